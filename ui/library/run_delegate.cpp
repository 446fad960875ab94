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

// Two lines each, and a third where settings were changed: a library that shows two runs at once is none.
constexpr double kRowHeight = 38;
constexpr double kChangesHeight = 17;
constexpr double kPartLeast = 44; ///< of a setting's name, where several share a line
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

} // namespace

QString changesLine(const std::vector<RunChange> &changes, const QFont &font, double width)
{
    const QString between = QStringLiteral(", ");
    for (std::size_t count = changes.size(); count > 0; --count) {
        const QString more = count < changes.size() ? QStringLiteral(" +%1").arg(changes.size() - count) : QString();
        double fixed = textWidth(more, font) + static_cast<double>(count - 1) * textWidth(between, font);
        std::vector<double> names;
        for (std::size_t i = 0; i < count; ++i) {
            fixed += changes[i].value.isEmpty() ? 0 : textWidth(QLatin1Char(' ') + changes[i].value, font);
            names.push_back(textWidth(changes[i].what, font));
        }
        // Short names have all the room that they want, long ones the same.
        std::vector<double> sorted = names;
        std::sort(sorted.begin(), sorted.end());
        double room = std::max(0.0, width - fixed), most = 0;
        for (std::size_t i = 0; i < count; ++i) {
            most = room / static_cast<double>(count - i);
            if (sorted[i] > most)
                break;
            room -= sorted[i];
            most = sorted.back();
        }
        if (count > 1 && most < std::min<double>(Theme::px(kPartLeast), sorted.back()))
            continue;
        QStringList parts;
        for (std::size_t i = 0; i < count; ++i) {
            const QString name = names[i] <= most ? changes[i].what : elidedLine(changes[i].what, font, most, Qt::ElideMiddle);
            parts += (name + QLatin1Char(' ') + changes[i].value).trimmed();
        }
        return elidedLine(parts.join(between) + more, font, width);
    }
    return {};
}

QSize RunDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isHigh = index.data(RunListModel::HasChangesRole).toBool();
    return {option.rect.width(), Theme::px(kRowHeight + (isHigh ? kChangesHeight : 0))};
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
    const bool isHigh = index.data(RunListModel::HasChangesRole).toBool();
    const QRectF upper(text.left(), text.top(), text.width(), text.height() / (isHigh ? 3 : 2));
    const QRectF lower = upper.translated(0, upper.height());
    const QFont plain = Theme::axisFont();
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    const double apart = Theme::px(6);
    // Above: whose run it is, what the user says of it or else the seed, when. A long name leaves room for the rest.
    const QString when = whenShort(run.kept, QDateTime::currentDateTimeUtc());
    const double room = upper.width() - textWidth(when, plain) - apart;
    const QString own = ownWords(run);
    const QString seed = RunListModel::tr("seed %1").arg(run.seed);
    const QString beside = own.isEmpty() ? seed : own;
    // Of a seed, both ends tell it from others.
    const Qt::TextElideMode elide = own.isEmpty() ? Qt::ElideMiddle : Qt::ElideRight;
    const QString name = elidedLine(run.name, strong, std::max(kNameLeast * room, room - textWidth(beside, plain) - apart));
    const double nameWidth = textWidth(name, strong) + apart;
    painter->setFont(strong);
    painter->setPen(theme.text);
    drawLine(*painter, upper, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter->setFont(plain);
    painter->setPen(theme.secondary);
    drawLine(*painter, upper, Qt::AlignRight | Qt::AlignVCenter, when);
    drawLine(*painter, upper.adjusted(nameWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(beside, plain, room - nameWidth, elide));
    // Below: its figures, then the seed that the user's own words have taken the place of. What was changed has its own line.
    const double wanted = own.isEmpty() ? 0 : std::min(textWidth(seed, plain) + apart, lower.width() / 2);
    const QString figures = shortFigures(run, plain, lower.width() - wanted);
    const double figuresWidth = textWidth(figures, plain) + apart;
    painter->setPen(theme.text);
    drawLine(*painter, lower, Qt::AlignLeft | Qt::AlignVCenter, figures);
    painter->setPen(theme.secondary);
    if (!own.isEmpty())
        drawLine(*painter, lower.adjusted(figuresWidth, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                 elidedLine(seed, plain, lower.width() - figuresWidth, Qt::ElideMiddle));
    drawLine(*painter, lower.translated(0, lower.height()), Qt::AlignLeft | Qt::AlignVCenter,
             changesLine(changesOf(run), plain, lower.width()));

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
