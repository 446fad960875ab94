// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/run_list_model.h"

#include <QFont>
#include <QStyledItemDelegate>

#include <vector>

namespace halfopen {

/// "Failure r…hreshold 95%, Max attempts 5": as many of \a changes as have room in \a width, with whole values, and how many
/// more there are. Names give way.
QString changesLine(const std::vector<RunChange> &changes, const QFont &font, double width);

/// Draws a kept run: its picture, and beside it name, time, figures, tags, and in a line of their own the settings changed.
class RunDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace halfopen
