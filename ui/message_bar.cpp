// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/message_bar.h"

#include "ui/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include <utility>

namespace halfopen {

MessageBar::MessageBar(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::padding() + Theme::px(4), Theme::px(6), Theme::gap(), Theme::px(6));
    layout->setSpacing(Theme::gap());
    m_text = new QLabel;
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    layout->addWidget(m_text, 1);
    m_busy = new QProgressBar;
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(Theme::px(120), Theme::px(8));
    m_busy->hide();
    layout->addWidget(m_busy);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(Theme::gap());
    layout->addLayout(m_buttons);
    hide();
}

void MessageBar::clearButtons()
{
    // Later: one of them may be the caller.
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_dismissal = nullptr;
    m_onDismissal = nullptr;
}

/// Says it to those who hear the window: the bar never takes the focus, so nothing else would.
void MessageBar::announce()
{
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::showMessage(Kind kind, const QString &text)
{
    clearButtons();
    m_kind = kind;
    m_text->setText(text);
    m_busy->hide();
    setAccessibleName(text);
    addAction(tr("Dismiss"), [this] {
        if (const std::function<void()> action = std::exchange(m_onDismissal, nullptr))
            action();
    });
    m_dismissal = qobject_cast<QPushButton *>(m_buttons->itemAt(0)->widget());
    show();
    announce();
    update();
}

void MessageBar::amend(const QString &text)
{
    if (m_text->text() == text)
        return; // said already, and heard
    m_text->setText(text);
    setAccessibleName(text);
    announce();
}

void MessageBar::showBusy(const QString &text, const QString &button, std::function<void()> action)
{
    clearButtons();
    m_kind = Kind::Info;
    m_text->setText(text);
    m_busy->setAccessibleName(text);
    m_busy->show();
    setAccessibleName(text);
    addAction(button, std::move(action));
    show();
    announce();
    update();
}

void MessageBar::addAction(const QString &text, std::function<void()> action)
{
    auto *button = new QPushButton(text);
    button->setAutoDefault(false);
    button->setFocusPolicy(Qt::TabFocus);
    m_buttons->insertWidget(m_buttons->count() > 0 ? m_buttons->count() - 1 : 0, button);
    button->show(); // a layout that is already on screen would do it only later
    connect(button, &QPushButton::clicked, this, [this, action = std::move(action)] {
        dismiss();
        if (action)
            action();
    });
}

void MessageBar::setDismissal(const QString &text, std::function<void()> action)
{
    if (!m_dismissal)
        return;
    if (!text.isEmpty())
        m_dismissal->setText(text);
    m_onDismissal = std::move(action);
}

void MessageBar::giveUp()
{
    if (!isHidden() && m_dismissal)
        m_dismissal->click();
    else
        dismiss();
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void MessageBar::dismiss()
{
    hide();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.raised);
    painter.fillRect(QRect(0, 0, Theme::px(4), height()), m_kind == Kind::Problem ? theme.error : theme.accent);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.divider);
}

} // namespace halfopen
