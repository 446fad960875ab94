// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// The present run beside the one kept to compare with, figure by figure, over the selection or all that both have
/// played.
View *createComparisonView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
