// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// Breaker transitions, changes of settings and faults as a table, newest last, with a filter.
/// Shows the selection when there is one. A row that is picked moves the cursor of all charts.
View *createEventLogView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
