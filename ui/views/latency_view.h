// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// Percentiles of the latency over time (merged histograms, never averages of percentiles) on a
/// logarithmic axis, and beside them the distribution of the selection or the visible range, as
/// bars or as the share of slower calls.
View *createLatencyView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
