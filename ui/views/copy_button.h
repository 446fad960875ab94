// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QTimer>

#include <functional>

namespace halfopen {

/// Puts a command line on the clipboard, and says for a moment that it has.
class CopyButton : public QPushButton {
    Q_OBJECT
public:
    explicit CopyButton(const QString &text, QWidget *parent = nullptr);
    /// \a command is asked when the button is pressed; \a whyNot then, at once and when the pointer comes: while it has a sentence, there is no command, and
    /// the button is disabled and says so.
    void setCommand(std::function<QString()> command, std::function<QString()> whyNot);
    /// Forgets both, and what they hold.
    void clear();

protected:
    bool event(QEvent *event) override;

private:
    bool isAble();

    QString m_label;
    QTimer m_said;
    std::function<QString()> m_command;
    std::function<QString()> m_whyNot;
};

} // namespace halfopen
