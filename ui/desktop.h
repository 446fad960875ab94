// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/pacer.h"
#include "ui/theme.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace halfopen {

/// What the command line asks for.
struct DesktopOptions {
    QString file; ///< or the name of a shipped scenario; empty = the one that was open last, at first the default one
    bool play = false;
    std::optional<Speed> speed;
    std::optional<ThemeKind> theme;
    std::optional<QString> language; ///< see ui/translation.h
    QString settings;     ///< a settings file; empty = the standard one, if it is there
    bool help = false;    ///< show the help text and end
    bool version = false; ///< show the version and end
};

/// Reads `halfopen-lab [FILE|NAME] [--play] [--speed S] [--theme light|dark|system] [--language en|de|system]
/// [--settings FILE]`. \a arguments[0] is the program. The error is one line.
Result<DesktopOptions> parseDesktopOptions(const QStringList &arguments);
/// The text of --help.
QString desktopHelpText();

/// The whole program. Returns its exit status: 0, or 2 for a bad command line or a machine without fonts.
int runDesktop(int argc, char **argv);

} // namespace halfopen
