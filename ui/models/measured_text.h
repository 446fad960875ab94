// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/study/measured.h"

#include <QString>

namespace halfopen {

/// "goodput", "utilisation of orders-db", "time to recover".
QString measuredLabel(const Measured &measured);
/// What it is, in a sentence; empty for figures that say it in their name.
QString measuredHelp(const Measured &measured);
/// "93.2 %", "412 ms", "7"; a dash where nothing was measured.
QString measuredText(const Measured &measured, double value);
/// "+3.1 pt", "−120 ms": shares in percentage points.
QString measuredDifference(const Measured &measured, double value);
/// " ± 0.4 pt", or empty when it is not known.
/// A mean difference and the half of its interval: "+0.56 pt ± 0.98 pt". The difference is told no finer than the interval.
QString measuredDifference(const Measured &measured, double value, double halfWidth);
QString measuredHalfWidth(const Measured &measured, double halfWidth);
/// The interval does not hold 0, and the two numbers as they are told say so, too: not "+0.02 pt ± 0.02 pt".
bool isToldClear(const Measured &measured, double value, double halfWidth);

} // namespace halfopen
