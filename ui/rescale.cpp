// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rescale.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QHeaderView>
#include <QLayout>
#include <QTableView>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

int scaled(int pixels, double ratio)
{
    return static_cast<int>(std::lround(pixels * ratio));
}

int scaledBound(int pixels, double ratio)
{
    return pixels >= QWIDGETSIZE_MAX ? pixels : scaled(pixels, ratio);
}

} // namespace

void WidgetScale::readLayout(QLayout *layout, QList<LayoutSizes> &into)
{
    into.append({layout, layout->contentsMargins(), layout->spacing()});
    for (int i = 0; i < layout->count(); ++i) {
        if (QLayout *inner = layout->itemAt(i)->layout())
            readLayout(inner, into);
    }
}

WidgetScale::Sizes WidgetScale::read(QWidget *widget)
{
    Sizes sizes;
    sizes.widget = widget;
    sizes.font = widget->testAttribute(Qt::WA_SetFont) ? std::max(0, widget->font().pixelSize()) : 0;
    sizes.least = widget->minimumSize();
    sizes.most = widget->maximumSize();
    if (const auto *button = qobject_cast<QAbstractButton *>(widget); button && !button->icon().isNull())
        sizes.icon = button->iconSize();
    if (const auto *table = qobject_cast<QTableView *>(widget)) {
        sizes.rows = table->verticalHeader()->defaultSectionSize();
        for (int column = 0; table->model() && column < table->model()->columnCount(); ++column)
            sizes.columns.append(table->columnWidth(column));
    }
    if (widget->layout())
        readLayout(widget->layout(), sizes.layouts);
    return sizes;
}

WidgetScale::Sizes WidgetScale::scaledBy(const Sizes &sizes, double ratio)
{
    Sizes result = sizes;
    result.font = sizes.font > 0 ? std::max(1, scaled(sizes.font, ratio)) : 0;
    result.least = {scaled(sizes.least.width(), ratio), scaled(sizes.least.height(), ratio)};
    result.most = {scaledBound(sizes.most.width(), ratio), scaledBound(sizes.most.height(), ratio)};
    result.icon = sizes.icon.isValid() ? sizes.icon * ratio : sizes.icon;
    result.rows = scaled(sizes.rows, ratio);
    for (int &column : result.columns)
        column = scaled(column, ratio);
    for (LayoutSizes &layout : result.layouts) {
        const QMargins &m = layout.margins;
        layout.margins = {scaled(m.left(), ratio), scaled(m.top(), ratio), scaled(m.right(), ratio), scaled(m.bottom(), ratio)};
        layout.spacing = layout.spacing > 0 ? scaled(layout.spacing, ratio) : layout.spacing;
    }
    return result;
}

void WidgetScale::write(const Sizes &sizes, const Sizes &now)
{
    QWidget *widget = sizes.widget;
    if (sizes.font > 0 && sizes.font != now.font) {
        QFont font = widget->font();
        font.setPixelSize(sizes.font);
        widget->setFont(font);
    }
    if (sizes.least != now.least || sizes.most != now.most) {
        // Never a least above the greatest, which would move the other one.
        widget->setMinimumSize(0, 0);
        widget->setMaximumSize(sizes.most);
        widget->setMinimumSize(sizes.least);
    }
    if (sizes.icon != now.icon)
        static_cast<QAbstractButton *>(widget)->setIconSize(sizes.icon);
    if (auto *table = qobject_cast<QTableView *>(widget)) {
        if (sizes.rows != now.rows)
            table->verticalHeader()->setDefaultSectionSize(sizes.rows);
        for (int column = 0; column < sizes.columns.size() && sizes.columns != now.columns; ++column)
            table->setColumnWidth(column, sizes.columns[column]);
    }
    for (int i = 0; i < sizes.layouts.size() && i < now.layouts.size(); ++i) {
        const LayoutSizes &layout = sizes.layouts[i];
        if (!layout.layout || layout.layout != now.layouts[i].layout)
            continue;
        if (layout.margins != now.layouts[i].margins)
            layout.layout->setContentsMargins(layout.margins);
        if (layout.spacing > 0 && layout.spacing != now.layouts[i].spacing)
            layout.layout->setSpacing(layout.spacing);
    }
}

/// A combo box keeps the least size that its contents had in the font before: of a new font alone it forgets the other hint.
/// All of them first: layouts that ask meanwhile would keep what those still say that come later.
void WidgetScale::refreshHints(const QHash<QWidget *, Sizes> &all)
{
    for (const Sizes &each : all) {
        if (QEvent changed(QEvent::StyleChange); qobject_cast<QComboBox *>(each.widget))
            QCoreApplication::sendEvent(each.widget, &changed);
    }
    for (const Sizes &each : all) {
        if (each.widget)
            each.widget->updateGeometry();
    }
}

void WidgetScale::remember(QWidget *root)
{
    m_root = root;
    m_before.clear();
    m_enlarged.clear();
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isWindow()) // dialogs and menus are made anew
            m_before.insert(widget, read(widget));
    }
}

void WidgetScale::enlarge(double ratio)
{
    m_ratio = ratio;
    for (const Sizes &before : std::as_const(m_before)) {
        if (!before.widget)
            continue;
        const Sizes larger = scaledBy(before, ratio);
        write(larger, read(before.widget));
    }
    refreshHints(m_before);
    for (const Sizes &before : std::as_const(m_before)) {
        if (before.widget)
            m_enlarged.insert(before.widget, read(before.widget));
    }
}

void WidgetScale::beforeBack()
{
    m_beforeBack.clear();
    if (!m_root)
        return;
    for (QWidget *widget : m_root->findChildren<QWidget *>()) {
        if (!widget->isWindow())
            m_beforeBack.insert(widget, read(widget));
    }
}

void WidgetScale::giveBack()
{
    for (auto entry = m_beforeBack.cbegin(); entry != m_beforeBack.cend(); ++entry) {
        const Sizes &was = entry.value(); // in the larger theme
        if (!was.widget)
            continue;
        const Sizes now = read(was.widget);
        const auto before = m_before.constFind(entry.key());
        const bool isKnown = before != m_before.cend() && before->widget == was.widget;
        const Sizes enlarged = isKnown ? m_enlarged.value(entry.key()) : Sizes();
        const Sizes smaller = scaledBy(was, 1 / m_ratio);
        const auto back = [isKnown](const auto &first, const auto &large, const auto &last, const auto &present, const auto &small) {
            if (isKnown && large == last)
                return first;
            return present == last ? small : present;
        };
        Sizes wanted = now;
        const Sizes &old = isKnown ? *before : now;
        wanted.font = back(old.font, enlarged.font, was.font, now.font, smaller.font);
        wanted.least = back(old.least, enlarged.least, was.least, now.least, smaller.least);
        wanted.most = back(old.most, enlarged.most, was.most, now.most, smaller.most);
        wanted.icon = back(old.icon, enlarged.icon, was.icon, now.icon, smaller.icon);
        wanted.rows = back(old.rows, enlarged.rows, was.rows, now.rows, smaller.rows);
        wanted.columns = back(old.columns, enlarged.columns, was.columns, now.columns, smaller.columns);
        for (LayoutSizes &layout : wanted.layouts) {
            const auto of = [&layout](const Sizes &sizes) {
                for (const LayoutSizes &one : sizes.layouts)
                    if (one.layout == layout.layout)
                        return one;
                return LayoutSizes();
            };
            const LayoutSizes first = of(old), large = of(enlarged), last = of(was), small = of(smaller);
            if (!last.layout)
                continue; // made with the theme
            layout.margins = back(first.margins, large.margins, last.margins, layout.margins, small.margins);
            layout.spacing = back(first.spacing, large.spacing, last.spacing, layout.spacing, small.spacing);
        }
        if (wanted.icon.isValid() != now.icon.isValid())
            wanted.icon = now.icon; // it has lost or got its icon
        write(wanted, now);
    }
    refreshHints(m_beforeBack);
    m_before.clear();
    m_enlarged.clear();
    m_beforeBack.clear();
}

} // namespace halfopen
