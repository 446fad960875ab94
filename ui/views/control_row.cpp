// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/control_row.h"

#include "ui/theme.h"

#include <QEvent>
#include <QLayoutItem>

#include <algorithm>

namespace halfopen {

namespace {

constexpr double kTop = 4;

int leastWidth(QWidget *widget)
{
    return QWidgetItem(widget).minimumSize().width();
}

int wantedWidth(QWidget *widget)
{
    return QWidgetItem(widget).sizeHint().width();
}

} // namespace

ControlRow::ControlRow(QWidget *caption, QWidget *parent) : QWidget(parent), m_caption(caption)
{
    caption->setParent(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ControlRow::add(QWidget *control, bool isKey)
{
    control->setParent(this);
    m_controls.push_back({control, isKey});
    updateGeometry();
}

QSize ControlRow::sizeOfAll(bool isLeast) const
{
    int width = 2 * Theme::padding();
    int height = m_caption->sizeHint().height();
    for (const Control &control : m_controls) {
        if (control.widget->isHidden())
            continue;
        width += Theme::gap() + (isLeast ? leastWidth(control.widget) : wantedWidth(control.widget));
        height = std::max(height, control.widget->sizeHint().height());
    }
    return {width, height + Theme::px(kTop)};
}

QSize ControlRow::sizeHint() const
{
    return sizeOfAll(false);
}

QSize ControlRow::minimumSizeHint() const
{
    return sizeOfAll(true);
}

/// Of each control, hidden ones too, so that all of them are no wider than \a room if that can be.
std::vector<int> ControlRow::widthsFor(int room) const
{
    std::vector<int> widths;
    int over = -room;
    for (const Control &control : m_controls) {
        widths.push_back(control.widget->isHidden() ? 0 : wantedWidth(control.widget));
        over += control.widget->isHidden() ? 0 : widths.back() + Theme::gap();
    }
    for (const bool isKey : {false, true}) {
        bool isAny = true;
        while (over > 0 && isAny) { // a pixel from each that has one to spare
            isAny = false;
            for (std::size_t i = 0; i < widths.size() && over > 0; ++i) {
                const Control &control = m_controls[i];
                if (control.isKey != isKey || control.widget->isHidden() || widths[i] <= leastWidth(control.widget))
                    continue;
                --widths[i];
                --over;
                isAny = true;
            }
        }
    }
    return widths;
}

void ControlRow::place()
{
    const int top = Theme::px(kTop);
    const int left = Theme::padding();
    const std::vector<int> widths = widthsFor(width() - 2 * left);
    int x = width() - left;
    for (std::size_t i = m_controls.size(); i-- > 0;) {
        QWidget *widget = m_controls[i].widget;
        if (widget->isHidden())
            continue;
        const int high = std::min(height() - top, widget->sizeHint().height());
        x -= widths[i];
        widget->setGeometry(x, top + (height() - top - high) / 2, widths[i], high);
        x -= Theme::gap();
    }
    m_caption->setGeometry(left, top, std::max(0, x - left), height() - top);
}

bool ControlRow::event(QEvent *event)
{
    // A control has other wishes; while the row was hidden it could not say so.
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show) {
        updateGeometry();
        place();
    }
    return QWidget::event(event);
}

void ControlRow::resizeEvent(QResizeEvent *)
{
    place();
}

} // namespace halfopen
