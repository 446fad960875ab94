// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/run_picture.h"

#include "ui/models/outcome_series.h"
#include "ui/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace halfopen {

namespace {

// A byte that says how to read the rest, the number of columns, that of outcome kinds, then the columns.
constexpr char kFormat = 1;
constexpr int kHead = 3;

using Rates = std::array<double, kOutcomeKinds>; ///< calls per second

double sum(const Rates &rates)
{
    double all = 0;
    for (const double rate : rates)
        all += rate;
    return all;
}

} // namespace

QByteArray makeRunPicture(const RunRecord &record)
{
    const TimeRange whole{Instant(), std::max(Instant(record.duration), record.now)};
    const TimeAxis axis(whole, 0, kPictureColumns);
    std::array<Rates, kPictureColumns> columns{};
    double most = 0;
    for (const OutcomeColumn &part : outcomeColumns(record, clientEdges(record), axis)) {
        const double seconds = part.seconds();
        if (seconds <= 0)
            continue;
        Rates rates{};
        for (std::size_t k = 0; k < kOutcomeKinds; ++k)
            rates[k] = static_cast<double>(part.ended[k]) / seconds;
        most = std::max(most, sum(rates));
        const int first = std::clamp(static_cast<int>(std::floor(axis.toPixel(part.range.from) + 0.5)), 0, kPictureColumns);
        const int last = std::clamp(static_cast<int>(std::floor(axis.toPixel(part.range.to) + 0.5)), first, kPictureColumns);
        std::fill(columns.begin() + first, columns.begin() + std::max(last, std::min(first + 1, kPictureColumns)), rates);
    }
    QByteArray picture;
    picture.append(kFormat).append(static_cast<char>(kPictureColumns)).append(static_cast<char>(kOutcomeKinds));
    for (const Rates &rates : columns) {
        for (const double rate : rates)
            picture.append(static_cast<char>(most > 0 ? std::lround(255 * rate / most) : 0));
    }
    return picture;
}

bool paintRunPicture(QPainter &painter, const QRectF &rect, const QByteArray &picture, const Theme &theme)
{
    if (picture.size() < kHead || picture[0] != kFormat)
        return false;
    const int columns = static_cast<unsigned char>(picture[1]);
    const int kinds = static_cast<unsigned char>(picture[2]);
    if (columns == 0 || picture.size() != kHead + columns * kinds)
        return false;
    for (int c = 0; c < columns; ++c) {
        const double left = std::round(rect.left() + rect.width() * c / columns);
        const double right = std::round(rect.left() + rect.width() * (c + 1) / columns);
        double below = 0;
        // Kinds that a later program has and this one has not are left out.
        for (int k = 0; k < std::min<int>(kinds, kOutcomeKinds); ++k) {
            const double part = static_cast<unsigned char>(picture[kHead + c * kinds + k]) / 255.0;
            if (part <= 0)
                continue;
            const double top = std::round(rect.bottom() - rect.height() * std::min(1.0, below + part));
            const double bottom = std::round(rect.bottom() - rect.height() * below);
            painter.fillRect(QRectF(left, top, right - left, bottom - top), theme.outcome(static_cast<OutcomeKind>(k)));
            below += part;
        }
    }
    return true;
}

} // namespace halfopen
