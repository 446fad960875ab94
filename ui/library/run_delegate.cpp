// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/run_delegate.h"

#include "ui/format.h"
#include "ui/library/run_list_model.h"
#include "ui/library/run_picture.h"
#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/text_cache.h"

#include <QPainter>

namespace halfopen {

namespace {

constexpr double kRowHeight = 60;
constexpr double kPictureWidth = 72;

/// What fits beside the picture: "98.2 % · p99 340 ms · 7 trips".
QString shortFigures(const KeptRun &run)
{
    QStringList parts;
    if (run.goodput)
        parts += formatShare(*run.goodput);
    if (run.p99)
        parts += RunListModel::tr("p99 %1").arg(formatDuration(*run.p99));
    parts += run.trips == 1 ? RunListModel::tr("1 trip")
                            : RunListModel::tr("%1 trips").arg(formatCountShort(run.trips));
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString lastLine(const KeptRun &run)
{
    QStringList parts;
    for (const QString &tag : run.tags)
        parts += QLatin1Char('#') + tag;
    if (!run.notes.isEmpty())
        parts += run.notes.section(QLatin1Char('\n'), 0, 0);
    if (parts.isEmpty() && !run.tuned.isEmpty())
        parts += shortTuned(run);
    if (parts.isEmpty())
        parts += RunListModel::tr("seed %1").arg(run.seed);
    return parts.join(QLatin1Char(' '));
}

} // namespace

QSize RunDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), Theme::px(kRowHeight)};
}

void RunDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const KeptRun run = index.data(RunListModel::RunRole).value<KeptRun>();
    const Theme &theme = Theme::of(option.widget);
    const QRectF row = option.rect;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(row, isSelected ? theme.raised : theme.panel);
    const double gap = Theme::px(6);
    const QRectF picture(row.left() + gap, row.top() + gap, Theme::px(kPictureWidth), row.height() - 2 * gap);
    painter->fillRect(picture, theme.window);
    paintRunPicture(*painter, picture, run.picture, theme);

    QRectF text(picture.right() + Theme::gap(), row.top() + Theme::px(4), 0, 0);
    text.setRight(row.right() - Theme::gap());
    text.setBottom(row.bottom() - Theme::px(4));
    const double line = text.height() / 3;
    const auto lineAt = [&](int number) { return QRectF(text.left(), text.top() + number * line, text.width(), line); };
    const QString when = whenText(run.kept, QDateTime::currentDateTimeUtc());
    const double whenWidth = textWidth(when, Theme::axisFont());
    QFont strong = Theme::axisFont();
    strong.setWeight(QFont::DemiBold);
    painter->setFont(strong);
    painter->setPen(theme.text);
    drawLine(*painter, lineAt(0), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(run.name, strong, text.width() - whenWidth - Theme::gap()));
    painter->setFont(Theme::axisFont());
    painter->setPen(theme.secondary);
    drawLine(*painter, lineAt(0), Qt::AlignRight | Qt::AlignVCenter, when);
    painter->setPen(theme.text);
    drawLine(*painter, lineAt(1), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(shortFigures(run), painter->font(), text.width()));
    painter->setPen(theme.secondary);
    drawLine(*painter, lineAt(2), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(lastLine(run), painter->font(), text.width()));

    paintHLine(*painter, row.left(), row.right(), row.bottom(), theme.divider);
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    if (isSelected || hasFocus) {
        painter->setPen(QPen(theme.accent, isSelected ? 2 : 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(row.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

} // namespace halfopen
