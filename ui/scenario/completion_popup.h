// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/completion.h"

#include <QFrame>

#include <vector>

class QKeyEvent;
class QLabel;
class QListWidget;

namespace halfopen {

/// The words that may stand at the text cursor, each with its hint, and what the chosen one means below. The editor keeps
/// the focus and gives its keys first to handleKey().
class CompletionPopup : public QFrame {
    Q_OBJECT
public:
    explicit CompletionPopup(QWidget *parent);

    /// Opens with \a words with its upper left corner below \a line (global coordinates), or above it where the screen
    /// ends.
    void showWords(std::vector<Completion> words, const QRect &line);
    /// True if the key was for the popup: up, down, Enter, Tab, Escape.
    bool handleKey(const QKeyEvent &event);
    QListWidget *list() const { return m_list; }

signals:
    void chosen(const QString &word);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showHelp(int row);
    void choose();

    std::vector<Completion> m_words;
    QListWidget *m_list;
    QLabel *m_help;
};

} // namespace halfopen
