// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QPointer>
#include <QString>

#include <optional>
#include <vector>

class QAction;
class QLineEdit;
class QListWidget;
class QMenuBar;

namespace halfopen {

/// A command that a menu offers, with the menus above it: "Run › Step one event".
struct PaletteEntry {
    QString path;
    QString keys; ///< of its shortcuts, or empty
    QPointer<QAction> action;
    bool isReading = false; ///< a page of the help: stands behind everything that does something
};

/// All commands that can be given now, in the order of the menus. Menus that fill themselves do so first.
std::vector<PaletteEntry> paletteEntries(const QMenuBar *bar);

/// How well \a query fits \a text: every word of it must be in the text, in any order and case. Less = better (the
/// words begin a word of the text, early in it); none = it does not fit.
std::optional<int> paletteFit(const QString &query, const QString &text);

/// Type a part of a command's name, press Enter: the command is given. Escape leaves everything as it was.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    CommandPalette(std::vector<PaletteEntry> entries, QWidget *parent);

    QLineEdit *line() const { return m_line; }
    QListWidget *list() const { return m_list; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void give();

    std::vector<PaletteEntry> m_entries;
    std::vector<std::size_t> m_shown; ///< index into m_entries by row
    QLineEdit *m_line;
    QListWidget *m_list;
};

} // namespace halfopen
