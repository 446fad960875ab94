// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/button_look.h"

#include "ui/theme.h"

#include <QPainter>
#include <QSize>
#include <QStyleOption>
#include <QToolButton>
#include <QVariant>

namespace halfopen {

namespace {

constexpr char kLookProperty[] = "halfopen_button_look";
constexpr double kRadius = 4; // logical pixels, as the next three
constexpr double kChoicePadding = 4;
constexpr double kTogglePaddingX = 8;
constexpr double kTogglePaddingY = 2;

} // namespace

void setButtonLook(QToolButton *button, ButtonLook look)
{
    button->setProperty(kLookProperty, static_cast<int>(look));
    button->updateGeometry();
    button->update();
}

ButtonLook buttonLook(const QWidget *widget)
{
    return widget ? static_cast<ButtonLook>(widget->property(kLookProperty).toInt()) : ButtonLook::Plain;
}

QSize roomAroundButton(ButtonLook look)
{
    const bool isToggle = look == ButtonLook::Toggle;
    const int x = Theme::px(isToggle ? kTogglePaddingX : kChoicePadding) + 1;
    const int y = Theme::px(isToggle ? kTogglePaddingY : kChoicePadding) + 1;
    return {2 * x, 2 * y};
}

void drawButtonFrame(ButtonLook look, const QStyleOptionToolButton &option, QPainter &painter)
{
    const bool isOn = option.state & QStyle::State_On;
    const bool isUnderPointer = (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled);
    const QPalette &palette = option.palette;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette.color(option.state & QStyle::State_HasFocus ? QPalette::Highlight : QPalette::Mid));
    if (isOn)
        painter.setBrush(palette.brush(QPalette::Highlight));
    else if (isUnderPointer)
        painter.setBrush(palette.brush(QPalette::Button));
    else if (look == ButtonLook::Choice)
        painter.setBrush(palette.brush(QPalette::Base));
    const QRectF frame = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = look == ButtonLook::Toggle ? Theme::px(kRadius) : 0;
    painter.drawRoundedRect(frame, radius, radius);
    if (isOn && (option.state & QStyle::State_HasFocus)) { // the edge has the colour of the ground
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette.color(QPalette::HighlightedText));
        painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), radius, radius);
    }
    painter.restore();
}

} // namespace halfopen
