// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pacer.h"
#include "ui/theme.h"

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace halfopen {

/// What the desktop remembers between two starts. A damaged or foreign value counts as not there.
class LabSettings {
public:
    static constexpr int kRecentMax = 10;

    /// The user's own settings.
    LabSettings();
    /// Those in \a iniFile, for tests.
    explicit LabSettings(const QString &iniFile);

    ThemeKind theme() const;
    void setTheme(ThemeKind theme);

    /// A code of ui/translation.h; empty = that of the system.
    QString language() const;
    void setLanguage(const QString &code);

    /// Newest first, only files that are still there.
    QStringList recentFiles() const;
    void addRecentFile(const QString &path);
    /// Forgets lastFile(), too.
    void clearRecentFiles();

    /// Whether a start without a file opens lastFile(); yes, unless it was switched off.
    bool opensLastFile() const;
    void setOpensLastFile(bool opens);
    /// The scenario file that was opened or saved last, also when it is gone by now; empty if there is none.
    QString lastFile() const;
    void setLastFile(const QString &path);

    /// As it was chosen last; nothing when it never was.
    std::optional<Speed> speed() const;
    void setSpeed(Speed speed);
    /// Whether changes run it all again ("what if"); no at first.
    bool isWhatIf() const;
    void setWhatIf(bool on);

    /// Where these settings lie; drafts lie beside them.
    QString folder() const;
    /// Of the run library: in the user's data folder, or for tests beside the settings.
    QString libraryFile() const { return m_libraryFile; }

    QByteArray bytes(const QString &key) const;
    void setBytes(const QString &key, const QByteArray &value);
    void remove(const QString &key);

private:
    std::unique_ptr<QSettings> m_settings;
    QString m_libraryFile;
};

/// "system", "light" or "dark"; anything else = nothing.
std::optional<ThemeKind> parseThemeKind(const QString &text);
QString themeKindText(ThemeKind kind);

} // namespace halfopen
