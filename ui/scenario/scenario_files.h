// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <string>

namespace halfopen {

/// The folder of the scenarios that ship with the lab: $HALFOPEN_SCENARIOS, or "scenarios" or
/// "share/halfopen/scenarios" in the program's folder or one of its parents. Empty if there is none.
QString scenarioFolder();
/// The scenario to open when none is named, or empty.
QString defaultScenarioFile();

/// Writes \a text to \a path so that a failure leaves the old file as it was.
Result<void> writeFileAtomically(const QString &path, const std::string &text);

} // namespace halfopen
