// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lab_settings.h"

#include "ui/speed_stops.h"
#include "ui/translation.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace halfopen {
namespace {

const QString kTheme = QStringLiteral("theme");
const QString kLanguage = QStringLiteral("language");
const QString kRecent = QStringLiteral("recent_files");
const QString kOpensLast = QStringLiteral("start/open_last");
const QString kLastFile = QStringLiteral("start/last_file");
const QString kSpeed = QStringLiteral("run/speed");
const QString kWhatIf = QStringLiteral("run/what_if");
const QString kMaximum = QStringLiteral("max"); ///< as on the command line, in every language

} // namespace

LabSettings::LabSettings()
    : m_settings(std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("halfopen"),
                                             QStringLiteral("halfopen-lab"))),
      m_libraryFile(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                    + QStringLiteral("/halfopen/runs.sqlite"))
{
}

LabSettings::LabSettings(const QString &iniFile)
    : m_settings(std::make_unique<QSettings>(iniFile, QSettings::IniFormat)),
      m_libraryFile(QFileInfo(iniFile).absolutePath() + QStringLiteral("/runs.sqlite"))
{
}

ThemeKind LabSettings::theme() const
{
    return parseThemeKind(m_settings->value(kTheme).toString()).value_or(ThemeKind::System);
}

void LabSettings::setTheme(ThemeKind theme)
{
    m_settings->setValue(kTheme, themeKindText(theme));
}

QString LabSettings::language() const
{
    return parseLanguage(m_settings->value(kLanguage).toString()).value_or(QString());
}

void LabSettings::setLanguage(const QString &code)
{
    m_settings->setValue(kLanguage, code.isEmpty() ? QStringLiteral("system") : code);
}

QStringList LabSettings::recentFiles() const
{
    QStringList files;
    for (const QString &file : m_settings->value(kRecent).toStringList()) {
        if (files.size() < kRecentMax && QFileInfo(file).isFile())
            files += file;
    }
    return files;
}

void LabSettings::addRecentFile(const QString &path)
{
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    m_settings->setValue(kRecent, files.mid(0, kRecentMax));
}

void LabSettings::clearRecentFiles()
{
    m_settings->remove(kRecent);
    m_settings->remove(kLastFile);
}

bool LabSettings::opensLastFile() const
{
    return m_settings->value(kOpensLast, true).toString() != QLatin1String("false");
}

void LabSettings::setOpensLastFile(bool opens)
{
    m_settings->setValue(kOpensLast, opens);
}

QString LabSettings::lastFile() const
{
    return m_settings->value(kLastFile).toString();
}

void LabSettings::setLastFile(const QString &path)
{
    m_settings->setValue(kLastFile, path);
}

std::optional<Speed> LabSettings::speed() const
{
    const Result<Speed> speed = parseSpeed(m_settings->value(kSpeed).toString());
    return speed ? std::optional(*speed) : std::nullopt;
}

void LabSettings::setSpeed(Speed speed)
{
    m_settings->setValue(kSpeed, speed.factor ? QString::number(*speed.factor) : kMaximum);
}

bool LabSettings::isWhatIf() const
{
    return m_settings->value(kWhatIf).toString() == QLatin1String("true");
}

void LabSettings::setWhatIf(bool on)
{
    m_settings->setValue(kWhatIf, on);
}

QString LabSettings::folder() const
{
    return QFileInfo(m_settings->fileName()).absolutePath();
}

QByteArray LabSettings::bytes(const QString &key) const
{
    return m_settings->value(key).toByteArray();
}

void LabSettings::setBytes(const QString &key, const QByteArray &value)
{
    m_settings->setValue(key, value);
}

void LabSettings::remove(const QString &key)
{
    m_settings->remove(key);
}

std::optional<ThemeKind> parseThemeKind(const QString &text)
{
    for (const ThemeKind kind : {ThemeKind::System, ThemeKind::Light, ThemeKind::Dark}) {
        if (text == themeKindText(kind))
            return kind;
    }
    return std::nullopt;
}

QString themeKindText(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Light:
        return QStringLiteral("light");
    case ThemeKind::Dark:
        return QStringLiteral("dark");
    case ThemeKind::System:
        break;
    }
    return QStringLiteral("system");
}

} // namespace halfopen
