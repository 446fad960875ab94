// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QCheckBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QStringList>
#include <QTabBar>
#include <QToolButton>

namespace halfopen::test {

namespace cut_widgets {

inline QString nameOf(const QWidget *widget)
{
    QString text = widget->metaObject()->className();
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        text += " '" + label->text().left(60) + "'";
    else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        text += " '" + button->text() + "'";
    else if (!widget->accessibleName().isEmpty())
        text += " '" + widget->accessibleName() + "'";
    else if (!widget->objectName().isEmpty())
        text += " '" + widget->objectName() + "'";
    return text;
}

/// The scroll area that shows \a widget's contents in its viewport, or null.
inline const QAbstractScrollArea *scrollAreaOf(const QWidget *parent)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(parent->parentWidget());
    return area && area->viewport() == parent ? area : nullptr;
}

/// A dock behind another tab is kept far outside of its window.
inline bool isBehindTab(const QWidget *window, const QWidget *widget)
{
    while (widget && !qobject_cast<const QDockWidget *>(widget))
        widget = widget->parentWidget();
    return widget && !window->rect().intersects(QRect(widget->mapTo(window, QPoint()), widget->size()));
}

inline QString outside(const QWidget *widget)
{
    const QWidget *parent = widget->parentWidget();
    const QAbstractScrollArea *area = scrollAreaOf(parent);
    const bool scrollsX = area && area->horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff;
    const bool scrollsY = area && area->verticalScrollBarPolicy() != Qt::ScrollBarAlwaysOff;
    const QRect in = widget->geometry();
    QString how;
    if (!scrollsX && (in.left() < 0 || in.right() >= parent->width()))
        how += QStringLiteral(" from %1 to %2 of %3").arg(in.left()).arg(in.right() + 1).arg(parent->width());
    if (!scrollsY && (in.top() < 0 || in.bottom() >= parent->height()))
        how += QStringLiteral(" down from %1 to %2 of %3").arg(in.top()).arg(in.bottom() + 1).arg(parent->height());
    return how.isEmpty() ? how : nameOf(widget) + how + " in " + nameOf(parent);
}

inline QString lacking(const QWidget *widget, int has, int needs, const char *what)
{
    return has >= needs ? QString() : QStringLiteral("%1: %2 of %3 pixels of %4").arg(nameOf(widget)).arg(has).arg(needs).arg(QLatin1String(what));
}

inline QString textCut(const QWidget *widget)
{
    const bool takesAny = widget->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored; // it elides by itself
    if (const auto *label = qobject_cast<const QLabel *>(widget); label && !label->text().isEmpty()) {
        if (label->wordWrap())
            return lacking(label, label->height(), label->heightForWidth(label->width()), "height");
        return takesAny ? QString() : lacking(label, label->width(), label->sizeHint().width(), "width");
    }
    const auto *box = qobject_cast<const QCheckBox *>(widget); // the style elides it
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget); button && !button->text().isEmpty() && !takesAny && !box) {
        const auto *tool = qobject_cast<const QToolButton *>(button);
        const bool isIcon = tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull();
        // Small ones are wider in the style's eyes than their one letter.
        return isIcon || button->text().size() < 2 ? QString() : lacking(button, button->width(), button->sizeHint().width(), "width");
    }
    if (const auto *edit = qobject_cast<const QLineEdit *>(widget); edit && !edit->isReadOnly()) {
        const QString text = edit->text().isEmpty() ? edit->placeholderText() : QString();
        const int margins = edit->textMargins().left() + edit->textMargins().right() + 8;
        return text.isEmpty() ? QString() : lacking(edit, edit->width() - margins, edit->fontMetrics().horizontalAdvance(text), "its hint");
    }
    if (const auto *bar = qobject_cast<const QTabBar *>(widget))
        return lacking(bar, bar->width(), bar->sizeHint().width(), "tabs");
    if (const auto *dock = qobject_cast<const QDockWidget *>(widget)) {
        int buttons = 0;
        for (const QAbstractButton *button : dock->findChildren<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly))
            buttons += button->isVisible() ? button->width() : 0;
        return lacking(dock, dock->width() - buttons - 12, dock->fontMetrics().horizontalAdvance(dock->windowTitle()), "its title");
    }
    return {};
}

} // namespace cut_widgets

/// What cannot be seen whole although it is shown, in words: a widget that reaches beyond the one it is in (unless that
/// scrolls there), and a text that its label, button, field or tab has no room for. Texts that are drawn by charts are not
/// looked at, nor are those that elide themselves.
inline QStringList cutIn(const QWidget *window)
{
    QStringList cut;
    for (const QWidget *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->isWindow() || widget->size().isEmpty() || qobject_cast<const QScrollBar *>(widget))
            continue;
        if (cut_widgets::isBehindTab(window, widget))
            continue;
        // The tab bar of a group of docks that shows no tabs: a main window keeps it far outside, and visible.
        if (qobject_cast<const QTabBar *>(widget) && widget->parentWidget() == window && !window->rect().intersects(widget->geometry()))
            continue;
        for (const QString &one : {cut_widgets::outside(widget), cut_widgets::textCut(widget)}) {
            if (!one.isEmpty())
                cut += one;
        }
    }
    return cut;
}

} // namespace halfopen::test
