// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen::report {

/// Of an axis at most so much lies above the data: its highest tick is at most 1 / (1 - this) times the greatest value.
inline constexpr double kEmptyShareMost = 0.25;

/// The distance of round ticks from 0 on that reach \a max > 0 (to 1e-9) in at most \a most >= 1 steps: 1, 2, 2.5 or 5 times a power
/// of ten, the least of them that will do. Where the last tick would leave more than kEmptyShareMost of the axis empty, as it may with
/// few steps, the least of these or 1.25, 1.5, 3, 4, 6 and 8 times a power of ten that does not.
double roundStep(double max, int most);
/// How many steps of that length reach \a max; at least 1.
int stepsUpTo(double max, double step);

/// The least of 1, 1.5, 2, 3, 4, 5, 6 and 8 times a power of ten that is at or above \a value > 0: the end of a logarithmic axis.
double roundUpFinely(double value);

} // namespace halfopen::report
