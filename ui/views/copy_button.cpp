// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/copy_button.h"

#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>

#include <chrono>
#include <utility>

namespace halfopen {

CopyButton::CopyButton(const QString &text, QWidget *parent) : QPushButton(text, parent), m_label(text)
{
    constexpr std::chrono::milliseconds kSaid{1500};
    setFont(Theme::axisFont());
    m_said.setSingleShot(true);
    m_said.setInterval(kSaid);
    connect(&m_said, &QTimer::timeout, this, [this] { setText(m_label); });
    connect(this, &QPushButton::clicked, this, [this] {
        if (!m_command || !isAble()) // the file may be another one since
            return;
        const QString command = m_command();
        QApplication::clipboard()->setText(command);
        setToolTip(command);
        setText(tr("Copied"));
        m_said.start();
    });
}

void CopyButton::setCommand(std::function<QString()> command, std::function<QString()> whyNot)
{
    m_command = std::move(command);
    m_whyNot = std::move(whyNot);
    m_said.stop();
    setText(m_label);
    isAble();
}

void CopyButton::clear()
{
    m_command = nullptr;
    m_whyNot = nullptr;
}

/// Asks again whenever the pointer comes: the file may have been saved since.
bool CopyButton::event(QEvent *event)
{
    if (m_command && event->type() == QEvent::Enter)
        isAble();
    return QPushButton::event(event);
}

/// Asks, and shows the answer.
bool CopyButton::isAble()
{
    const QString problem = m_whyNot ? m_whyNot() : QString();
    setEnabled(problem.isEmpty());
    setToolTip(problem.isEmpty() ? tr("The command line that tells this on a terminal") : problem);
    setAccessibleDescription(problem);
    return problem.isEmpty();
}

} // namespace halfopen
