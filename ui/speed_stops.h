// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/pacer.h"

#include <QString>

namespace halfopen {

/// The speeds that a slider offers: 0.1, 0.2, 0.5, 1, ... 1000 times real time, and last as fast as possible.
int speedStopCount();
Speed speedStop(int index);
/// The stop nearest to \a speed on a logarithmic scale.
int nearestSpeedStop(Speed speed);

/// "10×", "0.1×", or "max".
QString speedText(Speed speed);
/// Reads "10", "10x", "0.5×" or "max". The error names the range.
Result<Speed> parseSpeed(const QString &text);

} // namespace halfopen
