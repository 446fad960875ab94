// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/hit_delegate.h"

#include "ui/theme.h"

#include <QPainter>
#include <QStyle>
#include <QWidget>

#include <utility>

namespace halfopen {

void HitDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem whole(option);
    initStyleOption(&whole, index);
    const QString title = std::exchange(whole.text, QString());
    whole.widget->style()->drawControl(QStyle::CE_ItemViewItem, &whole, painter, whole.widget); // what lies behind the words
    const bool isChosen = option.state & QStyle::State_Selected;
    const bool isHead = !(index.flags() & Qt::ItemIsSelectable);
    const Theme &theme = Theme::of(option.widget);
    const QColor chosen = option.palette.highlightedText().color();
    const QRect inside = option.rect.adjusted(Theme::px(isHead ? 8 : 14), Theme::px(3), -Theme::px(6), -Theme::px(3));
    const auto line = [&](const QString &text, const QFont &font, const QColor &colour, int top) {
        painter->setFont(font);
        painter->setPen(isChosen ? chosen : colour);
        const QFontMetrics metrics(font);
        painter->drawText(QRect(inside.left(), top, inside.width(), metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, inside.width()));
        return top + metrics.height();
    };
    painter->save();
    const bool isMore = index.data(IsMoreRole).toBool();
    const int next = isMore ? inside.top() : line(title, whole.font, isHead ? theme.secondary : theme.text, inside.top());
    if (const QString excerpt = index.data(ExcerptRole).toString(); !excerpt.isEmpty())
        line(excerpt, Theme::axisFont(), theme.secondary, next);
    painter->restore();
}

QSize HitDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem whole(option);
    initStyleOption(&whole, index);
    const bool isTall = !index.data(ExcerptRole).toString().isEmpty();
    const int height = (index.data(IsMoreRole).toBool() ? 0 : QFontMetrics(whole.font).height()) + (isTall ? QFontMetrics(Theme::axisFont()).height() : 0);
    return {Theme::px(60), height + 2 * Theme::px(3)};
}

} // namespace halfopen
