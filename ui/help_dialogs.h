// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QWidget;

namespace halfopen {

/// One menu's commands that have a key.
struct ShortcutGroup {
    struct Entry {
        QString what;
        QList<QKeySequence> keys;
        QString byHand = {}; ///< what the mouse does, after the keys, or empty
    };
    QString title;
    QList<Entry> entries;
};

/// Every key of the program; \a key closes it again. Each of these dialogs is not modal: the run goes on and can be watched.
void showShortcuts(const QList<ShortcutGroup> &groups, const QKeySequence &key, QWidget *parent);
void showAbout(QWidget *parent);

} // namespace halfopen
