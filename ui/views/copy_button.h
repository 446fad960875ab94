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
    /// Asked when the button is pressed.
    void setCommand(std::function<QString()> command);

private:
    QString m_label;
    QTimer m_said;
    std::function<QString()> m_command;
};

} // namespace halfopen
