// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/translation.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

#include <algorithm>

// From the global namespace: the macro declares a function there. See icons.cpp.
static void initTranslations()
{
    static const bool done = [] {
        Q_INIT_RESOURCE(translations);
        return true;
    }();
    Q_UNUSED(done)
}

namespace halfopen {
namespace {

const QString kSource = QStringLiteral("en"); // of the texts in the sources

QString g_shown = kSource; // set by applyLanguage() only, on the GUI thread

QString codeOfSystem()
{
    for (const QString &wanted : QLocale::system().uiLanguages()) {
        const QString code = wanted.section(QLatin1Char('-'), 0, 0);
        if (code == kSource)
            return kSource;
        for (const Language &language : languages()) {
            if (!language.code.isEmpty() && language.code == code)
                return code;
        }
    }
    return kSource;
}

} // namespace

QString LabTranslator::translate(const char *context, const char *source, const char *disambiguation, int n) const
{
    const QByteArray given(context);
    const QByteArray space("halfopen::");
    const QByteArray bare = given.startsWith(space) ? given.mid(space.size()) : space + given;
    for (const QByteArray &each : {given, bare, QByteArray("halfopen")}) {
        const QString text = QTranslator::translate(each.constData(), source, disambiguation, n);
        if (!text.isEmpty())
            return text;
    }
    return {};
}

std::vector<Language> languages()
{
    return {{QString(), QCoreApplication::translate("Language", "As the system")},
            {QStringLiteral("en"), QStringLiteral("English")},
            {QStringLiteral("de"), QStringLiteral("Deutsch")}};
}

std::optional<QString> parseLanguage(const QString &text)
{
    if (text == QLatin1String("system"))
        return QString();
    for (const Language &language : languages()) {
        if (!text.isEmpty() && language.code == text)
            return language.code;
    }
    return std::nullopt;
}

QString shownLanguage()
{
    return g_shown;
}

void applyLanguage(QCoreApplication &app, const QString &code)
{
    initTranslations();
    for (QTranslator *former : app.findChildren<QTranslator *>(QString(), Qt::FindDirectChildrenOnly)) {
        QCoreApplication::removeTranslator(former);
        delete former;
    }
    const QString language = code.isEmpty() ? codeOfSystem() : code;
    g_shown = language;
    // Dates and numbers stand in sentences: those of a system that speaks another language would not fit in.
    const QLocale system = QLocale::system(), spoken(language);
    QLocale::setDefault(code.isEmpty() && system.language() == spoken.language() ? system : spoken);
    if (language == kSource)
        return;
    auto *qt = new QTranslator(&app); // buttons and dialogs of Qt itself
    if (qt->load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    auto *lab = new LabTranslator(&app);
    if (lab->load(QStringLiteral(":/translations/halfopen_%1.qm").arg(language)))
        QCoreApplication::installTranslator(lab);
}

} // namespace halfopen
