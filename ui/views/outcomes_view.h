// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// Calls ended per second, stacked by outcome, for all clients or one edge. Above them the active
/// faults, behind them as dashed lines what was offered and the good calls of the run to compare
/// with. The legend counts the selection or the visible range.
View *createOutcomesView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
