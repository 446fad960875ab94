// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// The world of the run: clients, services and the calls between them, with rate, share of bad calls, breaker state
/// and active faults at the cursor, in the selection, or now. A click on an edge or a node turns the other views
/// to it.
View *createTopologyView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
