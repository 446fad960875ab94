// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/told.h"
#include "simulators/study/measured.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace halfopen {

/// "goodput", "utilisation of orders-db", "time to recover".
QString measuredLabel(const Measured &measured);
/// What it is, in a sentence; empty for figures that say it in their name.
QString measuredHelp(const Measured &measured);
/// "93.2 %", "412 ms", "7"; a dash where nothing was measured. A time in steps has two digits.
QString measuredText(const Measured &measured, double value);
/// A mean of \a count runs and its interval, to the same place: "93.20 ± 0.71 %"; without an interval as above. \a step as in tell().
QString measuredText(const Measured &measured, double mean, double halfWidth, std::size_t count, Duration step = Duration(0));
/// The values of an axis, evenly spaced and ascending, all in one unit and with as many decimals as their step needs:
/// "1.60 %", "1.65 %", "1.70 %".
QStringList measuredTicks(const Measured &measured, const std::vector<double> &ticks);
/// "+3.1 pt", "−120 ms": shares in percentage points.
QString measuredDifference(const Measured &measured, double value);
/// A mean difference and the half of its interval, to the place that is known of it: "+0.56 ± 0.98 pt". \a step as in tellDifference().
report::Told toldDifference(const Measured &measured, double value, double halfWidth, std::size_t count, Duration step = Duration(0));

/// report::toldText() in the words and signs of the locale; a difference of ratios has no unit: "+0.002 ×" would be read as a factor.
QString measuredText(const report::Told &told, bool isDifference = false);

} // namespace halfopen
