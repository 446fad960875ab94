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

#include <algorithm>

namespace halfopen {

namespace {

// Two lines each: a library that shows two runs at once is none.
constexpr double kRowHeight = 38;
constexpr double kPictureWidth = 44;
constexpr double kNameLeast = 0.35; ///< of a line, for the name of the scenario

/// The fullest of "98.2 % · p99 340 ms · 7 trips", the same without "p99", and without trips that has room. No number is cut.
QString shortFigures(const KeptRun &run, const QFont &font, double width)
{
    const QString between = QStringLiteral(" \u00b7 ");
    const QString trips = run.trips == 1 ? RunListModel::tr("1 trip")
                                         : RunListModel::tr("%1 trips").arg(formatCountShort(run.trips));
    const QString share = run.goodput ? formatShare(*run.goodput) : QString();
    const QString latency = run.p99 ? formatDuration(*run.p99) : QString();
    const QString label = run.p99 ? RunListModel::tr("p99 %1").arg(latency) : QString();
    QStringList fullest;
    for (const QStringList &parts : {QStringList{share, label, trips}, QStringList{share, latency, trips}, QStringList{share, latency}, QStringList{share}}) {
        QStringList some = parts;
        some.removeAll(QString());
        const QString text = some.join(between);
        if (textWidth(text, font) <= width)
            return text;
        fullest = fullest.isEmpty() ? some : fullest;
    }
    return elidedLine(fullest.join(between), font, width);
}

/// "#slow look at t = 20 s": the user's own words, which stand first where there are any.
QString ownWords(const KeptRun &run)
{
    QStringList own;
    for (const QString &tag : run.tags)
        own += QLatin1Char('#') + tag;
    if (!run.notes.isEmpty())
        own += run.notes.section(QLatin1Char('\n'), 0, 0);
    return own.join(QLatin1Char(' '));
}

/// What tells the run from others of its scenario. The seed goes first: it does so only when nothing else does.
QString differencesIn(const KeptRun &run, const QFont &font, double width)
{
    const QString whole = differencesText(run);
    const QString changes = changesText(run);
    return changes.isEmpty() || textWidth(whole, font) <= width ? whole : changes;
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
    const double gap = Theme::px(4);
    const QRectF picture(row.left() + gap, row.top() + gap, Theme::px(kPictureWidth), row.height() - 2 * gap);
    painter->fillRect(picture, theme.window);
    paintRunPicture(*painter, picture, run.picture, theme);

    const QRectF text(QPointF(picture.right() + Theme::px(6), row.top() + Theme::px(2)), QPointF(row.right() - gap, row.bottom() - Theme::px(2)));
    const QRectF upper(text.left(), text.top(), text.width(), text.height() / 2);
    const QRectF lower = upper.translated(0, upper.height());
    const QFont plain = Theme::axisFont();
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    const double apart = Theme::px(6);
    // Above: whose run it is, what the user says of it or what tells it from the others, when. A long name leaves room for the rest.
    const QString when = whenShort(run.kept, QDateTime::currentDateTimeUtc());
    const double room = upper.width() - textWidth(when, plain) - apart;
    const QString own = ownWords(run);
    const double roomBeside = room - std::min(textWidth(run.name, strong) + apart, room / 2);
    const QString beside = own.isEmpty() ? differencesIn(run, plain, roomBeside) : own;
    const QString name = elidedLine(run.name, strong, std::max(kNameLeast * room, room - textWidth(beside, plain) - apart));
    const double nameWidth = textWidth(name, strong) + apart;
    painter->setFont(strong);
    painter->setPen(theme.text);
    drawLine(*painter, upper, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter->setFont(plain);
    painter->setPen(theme.secondary);
    drawLine(*painter, upper, Qt::AlignRight | Qt::AlignVCenter, when);
    drawLine(*painter, upper.adjusted(nameWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, elidedLine(beside, plain, room - nameWidth));
    // Below: its figures, and what the user's own words have taken the place of.
    const QString differences = own.isEmpty() ? QString() : differencesIn(run, plain, lower.width() / 2);
    const double wanted = differences.isEmpty() ? 0 : std::min(textWidth(differences, plain) + apart, lower.width() / 2);
    const QString figures = shortFigures(run, plain, lower.width() - wanted);
    const double figuresWidth = textWidth(figures, plain) + apart;
    painter->setPen(theme.text);
    drawLine(*painter, lower, Qt::AlignLeft | Qt::AlignVCenter, figures);
    painter->setPen(theme.secondary);
    drawLine(*painter, lower.adjusted(figuresWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(differences, plain, lower.width() - figuresWidth));

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
