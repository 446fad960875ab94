// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/message_bar.h"

#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QFontMetrics>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

constexpr double kReadable = 420; ///< of a text of several lines, in logical pixels

} // namespace

MessageBar::MessageBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_text = new QLabel(this);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_busy = new QProgressBar(this);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(Theme::px(120), Theme::px(8));
    m_busy->hide();
    hide();
}

MessageBar::Places MessageBar::placesAt(int width) const
{
    Places places;
    const int gap = Theme::gap(), edge = Theme::px(6);
    const int left = Theme::padding() + Theme::px(4);
    const int room = std::max(1, width - left - gap);
    int all = 0, buttonHeight = 0;
    for (const QPushButton *button : m_buttons) {
        all += gap + button->sizeHint().width();
        buttonHeight = std::max(buttonHeight, button->sizeHint().height());
    }
    const int busy = m_busy->isHidden() ? 0 : gap + m_busy->width();
    int longest = 0; // line of the text, unbroken
    for (const QString &line : m_text->text().split(QLatin1Char('\n')))
        longest = std::max(longest, m_text->fontMetrics().horizontalAdvance(line) + 1);
    const bool isBeside = room - busy - all >= std::min(longest, Theme::px(kReadable));
    const int textWidth = std::max(1, room - busy - (isBeside ? all : 0));
    const int textHeight = std::max(m_text->heightForWidth(textWidth), m_text->fontMetrics().height());
    const int line = isBeside ? std::max(textHeight, buttonHeight) : textHeight;
    const auto middleOf = [&](int height) { return edge + (line - height) / 2; };
    places.text = {left, middleOf(textHeight), textWidth, textHeight};
    places.busy = {left + textWidth + gap, middleOf(m_busy->height()), m_busy->width(), m_busy->height()};
    int x = isBeside ? left + room - all + gap : left;
    int y = isBeside ? middleOf(buttonHeight) : edge + line + edge;
    for (const QPushButton *button : m_buttons) {
        const int wanted = std::min(button->sizeHint().width(), room);
        if (!isBeside && x > left && x + wanted > left + room) { // the next line
            x = left;
            y += buttonHeight + gap;
        }
        places.buttons.emplace_back(x, y, wanted, buttonHeight);
        x += wanted + gap;
    }
    places.height = (isBeside || m_buttons.empty() ? edge + line : y + buttonHeight) + edge;
    return places;
}

void MessageBar::arrange()
{
    updateGeometry();
    const Places places = placesAt(width());
    m_text->setGeometry(places.text);
    m_busy->setGeometry(places.busy);
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setGeometry(places.buttons[i]);
}

QSize MessageBar::sizeHint() const
{
    return {Theme::px(kReadable), placesAt(std::max(width(), Theme::px(kReadable))).height};
}

QSize MessageBar::minimumSizeHint() const
{
    return {Theme::px(kReadable) / 2, m_text->fontMetrics().height() + 2 * Theme::px(6)};
}

int MessageBar::heightForWidth(int width) const
{
    return placesAt(width).height;
}

void MessageBar::clearButtons()
{
    // Later: one of them may be the caller.
    for (QPushButton *button : std::exchange(m_buttons, {})) {
        button->hide();
        button->deleteLater();
    }
    m_dismissal = nullptr;
    m_onDismissal = nullptr;
    m_subject = {};
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
    m_dismissal = m_buttons.front();
    show();
    announce();
    update();
    emit changed();
}

void MessageBar::amend(const QString &text)
{
    if (m_text->text() == text)
        return; // said already, and heard
    m_text->setText(text);
    arrange();
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
    emit changed();
}

void MessageBar::addAction(const QString &text, std::function<void()> action)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    button->setFocusPolicy(Qt::TabFocus);
    QPushButton *last = m_buttons.empty() ? nullptr : m_buttons.back();
    m_buttons.insert(m_buttons.end() - (last ? 1 : 0), button);
    if (last) { // what only closes the bar comes last: to the eye, to the Tab key and to those who hear it
        last->raise();
        setTabOrder(button, last);
    }
    button->show();
    arrange();
    connect(button, &QPushButton::clicked, this, [this, action = std::move(action)] {
        dismiss();
        if (action)
            action();
    });
}

bool MessageBar::offers(const QString &text) const
{
    const auto says = [&text](const QPushButton *one) { return one->text() == text; };
    return !isHidden() && std::any_of(m_buttons.begin(), m_buttons.end(), says);
}

void MessageBar::setDismissal(const QString &text, std::function<void()> action)
{
    if (!m_dismissal)
        return;
    if (!text.isEmpty()) {
        m_dismissal->setText(text);
        arrange();
    }
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
    if (isHidden())
        return;
    hide();
    emit changed();
}

void MessageBar::setSubject(const char *subject)
{
    m_subject = QLatin1String(subject);
}

bool MessageBar::isAbout(const char *subject) const
{
    return !isHidden() && m_subject == QLatin1String(subject);
}

void MessageBar::dismissAbout(const char *subject)
{
    if (isAbout(subject))
        dismiss();
}

void MessageBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void MessageBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (m_busy && (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange))
        arrange();
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
