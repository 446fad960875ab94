// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop.h"

#include "core/settings/defaults.h"
#include "simulators/vocabulary.h"
#include "ui/icons.h"
#include "ui/lab_settings.h"
#include "ui/main_window.h"
#include "ui/run_engine.h"
#include "ui/scenario/scenario_files.h"
#include "ui/speed_stops.h"
#include "ui/translation.h"

#include <QApplication>
#include <QCommandLineParser>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string_view>

namespace halfopen {
namespace {

void describe(QCommandLineParser &parser)
{
    const auto tr = [](const char *english) { return QCoreApplication::translate("Desktop", english); };
    parser.setApplicationDescription(
        tr("Runs a resilience scenario in virtual time, to be watched and tuned while it plays."));
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 tr("The scenario to open: a file, or the name of one that ships with the lab, such as "
                                    "retry_storm. Without one: the one that was open last, at first the retry storm."),
                                 QStringLiteral("[FILE]"));
    parser.addOptions({{QStringLiteral("play"), tr("Play at once.")},
                       {QStringLiteral("speed"), tr("Virtual time per real time, 0.1 to 1000, or max."),
                        QStringLiteral("S"), QString()},
                       {QStringLiteral("theme"), tr("light, dark or system."), QStringLiteral("T"), QString()},
                       {QStringLiteral("language"), tr("en, de or system."), QStringLiteral("L"), QString()},
                       {QStringLiteral("settings"),
                        tr("Defaults for what scenarios leave open; see halfopen settings --help."),
                        QStringLiteral("FILE"), QString()},
                       {{QStringLiteral("h"), QStringLiteral("help")}, tr("Show this help.")},
                       {{QStringLiteral("v"), QStringLiteral("version")}, tr("Show the version.")}});
}

} // namespace

Result<DesktopOptions> parseDesktopOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(arguments))
        return failure(parser.errorText().toStdString());
    DesktopOptions options;
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1)
        return failure("one scenario at a time, but there are " + std::to_string(files.size()));
    options.file = files.value(0);
    options.play = parser.isSet(QStringLiteral("play"));
    options.help = parser.isSet(QStringLiteral("help"));
    options.version = parser.isSet(QStringLiteral("version"));
    options.settings = parser.value(QStringLiteral("settings"));
    if (parser.isSet(QStringLiteral("speed"))) {
        const Result<Speed> speed = parseSpeed(parser.value(QStringLiteral("speed")));
        if (!speed)
            return tl::unexpected<Error>(speed.error());
        options.speed = *speed;
    }
    if (parser.isSet(QStringLiteral("theme"))) {
        const QString name = parser.value(QStringLiteral("theme"));
        options.theme = parseThemeKind(name);
        if (!options.theme)
            return failure("the theme is '" + name.toStdString() + "', expected light, dark or system");
    }
    if (parser.isSet(QStringLiteral("language"))) {
        const QString name = parser.value(QStringLiteral("language"));
        options.language = parseLanguage(name);
        if (!options.language)
            return failure("the language is '" + name.toStdString() + "', expected en, de or system");
    }
    return options;
}

QString desktopHelpText()
{
    QCommandLineParser parser;
    describe(parser);
    return parser.helpText();
}

static int printText(QCoreApplication &app, const Result<DesktopOptions> &options)
{
    if (!options) {
        std::fprintf(stderr, "halfopen-lab: %s\nTry halfopen-lab --help.\n", options.error().message.c_str());
        return 2;
    }
    applyLanguage(app, options->language.value_or(LabSettings().language()));
    const QString text = options->help ? desktopHelpText()
                                       : QStringLiteral("halfopen-lab %1\n").arg(QCoreApplication::applicationVersion());
    std::fputs(qPrintable(text), stdout);
    return 0;
}

/// Help and version need no display.
static bool asksForText(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) {
        const std::string_view word = argument;
        return word == "-h" || word == "--help" || word == "-v" || word == "--version";
    });
}

int runDesktop(int argc, char **argv)
{
    if (asksForText(argc, argv)) {
        QCoreApplication app(argc, argv);
        QCoreApplication::setApplicationName(QStringLiteral("halfopen-lab"));
        QCoreApplication::setApplicationVersion(QStringLiteral(HALFOPEN_VERSION));
        return printText(app, parseDesktopOptions(QCoreApplication::arguments()));
    }
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("halfopen-lab"));
    QApplication::setApplicationDisplayName(QStringLiteral("Halfopen"));
    QApplication::setApplicationVersion(QStringLiteral(HALFOPEN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.halfopen.Halfopen"));
    const Result<DesktopOptions> options = parseDesktopOptions(QApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "halfopen-lab: %s\nTry halfopen-lab --help.\n", options.error().message.c_str());
        return 2;
    }
    const Result<QString> file = options->file.isEmpty() ? Result<QString>(QString()) : fileOfScenario(options->file);
    if (!file) {
        std::fprintf(stderr, "halfopen-lab: %s\n", file.error().message.c_str());
        return 2;
    }
    auto settings = std::make_unique<LabSettings>();
    applyLanguage(app, options->language.value_or(settings->language()));
    Result<Defaults> defaults = loadDefaults(processEnvironment(), options->settings.toStdString());
    if (!defaults) {
        std::fprintf(stderr, "halfopen-lab: %s\n", defaults.error().message.c_str());
        return 2;
    }
    setUserDefaults(*std::move(defaults));
    const ThemeKind theme = options->theme.value_or(settings->theme());
    if (const Result<void> themed = applyTheme(app, theme); !themed) {
        std::fprintf(stderr, "halfopen-lab: %s\n", themed.error().message.c_str());
        return 2;
    }
    QApplication::setWindowIcon(themedIcon(QStringLiteral("halfopen")));
    MainWindow window(simulationEngines(), std::move(settings));
    window.show();
    window.startUp(*file, options->play, options->speed);
    return QApplication::exec();
}

} // namespace halfopen
