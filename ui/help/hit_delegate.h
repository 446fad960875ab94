// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace halfopen {

/// A hit of a search, or a topic: a title, and below it, smaller, where on the page the words were found.
class HitDelegate final : public QStyledItemDelegate {
public:
    enum Role {
        ExcerptRole = Qt::UserRole + 1, ///< the smaller line; none = there is only the title
        IsMoreRole,                     ///< another hit of the page above it: without the title
    };
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace halfopen
