// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rescale.h"

#include <QAbstractButton>
#include <QComboBox>
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

void rescaleFont(QWidget *widget, double ratio)
{
    if (!widget->testAttribute(Qt::WA_SetFont))
        return; // follows the application's font
    QFont font = widget->font();
    if (font.pixelSize() <= 0)
        return;
    font.setPixelSize(std::max(1, scaled(font.pixelSize(), ratio)));
    widget->setFont(font);
}

void rescaleSize(QWidget *widget, double ratio)
{
    const QSize least = widget->minimumSize();
    const QSize most = widget->maximumSize();
    // The greater bound first when growing, so that least <= greatest at any time; setting both is safe either way.
    const auto bound = [ratio](int value) { return value >= QWIDGETSIZE_MAX ? value : scaled(value, ratio); };
    const QSize leastNew(scaled(least.width(), ratio), scaled(least.height(), ratio));
    const QSize mostNew(bound(most.width()), bound(most.height()));
    if (ratio >= 1)
        widget->setMaximumSize(mostNew);
    widget->setMinimumSize(leastNew);
    if (ratio < 1)
        widget->setMaximumSize(mostNew);
}

void rescaleLayout(QLayout *layout, double ratio)
{
    const QMargins margins = layout->contentsMargins();
    layout->setContentsMargins(scaled(margins.left(), ratio), scaled(margins.top(), ratio),
                               scaled(margins.right(), ratio), scaled(margins.bottom(), ratio));
    if (layout->spacing() > 0)
        layout->setSpacing(scaled(layout->spacing(), ratio));
    for (int i = 0; i < layout->count(); ++i) {
        if (QLayout *inner = layout->itemAt(i)->layout())
            rescaleLayout(inner, ratio);
    }
}

} // namespace

void rescaleWidgets(QWidget *root, double ratio)
{
    const auto widgets = root->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->isWindow())
            continue; // dialogs and menus are made anew
        rescaleFont(widget, ratio);
        rescaleSize(widget, ratio);
        if (widget->layout())
            rescaleLayout(widget->layout(), ratio);
        if (auto *button = qobject_cast<QAbstractButton *>(widget); button && !button->icon().isNull())
            button->setIconSize(button->iconSize() * ratio);
        if (auto *combo = qobject_cast<QComboBox *>(widget)) {
            // It keeps the size that its contents had in the old font until its policy changes.
            const auto policy = combo->sizeAdjustPolicy();
            combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            combo->setSizeAdjustPolicy(policy);
        }
        if (auto *table = qobject_cast<QTableView *>(widget)) {
            table->verticalHeader()->setDefaultSectionSize(scaled(table->verticalHeader()->defaultSectionSize(), ratio));
            for (int column = 0; table->model() && column < table->model()->columnCount(); ++column)
                table->setColumnWidth(column, scaled(table->columnWidth(column), ratio));
        }
        widget->updateGeometry();
    }
}

} // namespace halfopen
