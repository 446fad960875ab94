// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QPainter;
class QSize;
class QStyleOptionToolButton;
class QToolButton;
class QWidget;

namespace halfopen {

/// How the program's style draws a text button. A style sheet would do it too, but Qt freezes the palette of a widget that
/// has one, so that another theme does not reach it.
enum class ButtonLook {
    Plain,   ///< as the style draws it
    Choice,  ///< one of several side by side: framed, filled with the accent where it is chosen
    Toggle,  ///< on or off: a round frame, filled with the accent while it is on
    NoArrow, ///< Plain, without the arrow of its menu, which lands below a text like a stray dot
};

void setButtonLook(QToolButton *button, ButtonLook look);
/// Plain where none was set, and for null.
ButtonLook buttonLook(const QWidget *widget);

/// What frame and padding of a Choice or a Toggle need around their text, in pixels.
QSize roomAroundButton(ButtonLook look);
/// The frame and the ground of a Choice or a Toggle.
void drawButtonFrame(ButtonLook look, const QStyleOptionToolButton &option, QPainter &painter);

} // namespace halfopen
