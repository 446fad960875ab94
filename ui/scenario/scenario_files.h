// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <string>

namespace halfopen {

/// The folder of the scenarios that ship with the lab, see scenarioFolder() of the core. Empty if there is none.
QString shippedFolder();
/// The scenario to open when none is named, or empty.
QString defaultScenarioFile();
/// The file that \a named means: a path, or the name of a shipped scenario ("retry_storm", "patterns/hedge_cuts_the_tail"),
/// as on the command line of halfopen.
Result<QString> fileOfScenario(const QString &named);

/// The scenario files of \a folder and of the folders in it, up to \a most, sorted by folder and name: those of the folder
/// itself come first. Folders deeper than three are left out, and links to folders are not followed.
QStringList scenarioFilesIn(const QString &folder, int most = 300);
bool isScenarioFile(const QString &path);
/// The question that a scenario asks, from its first lines; empty when it asks none or cannot be read.
QString questionOf(const QString &path);

/// Writes \a text to \a path so that a failure leaves the old file as it was.
Result<void> writeFileAtomically(const QString &path, const std::string &text);

} // namespace halfopen
