// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/text_cache.h"

#include <QFontMetricsF>
#include <QHash>
#include <QPainter>
#include <QStaticText>

#include <utility>

namespace halfopen {

namespace {

constexpr qsizetype kMostKept = 4096; // texts; cursors and counts make new ones all the time

struct Key {
    QString text;
    QString family;
    int pixelSize = 0;
    int weight = 0;
    friend bool operator==(const Key &, const Key &) = default;
};

size_t qHash(const Key &key, size_t seed = 0)
{
    return qHashMulti(seed, key.text, key.family, key.pixelSize, key.weight);
}

struct Entry {
    QStaticText text;
    QSizeF size;
};

const Entry &entryFor(const QString &text, const QFont &font)
{
    static QHash<Key, Entry> kept;
    const Key key{text, font.family(), font.pixelSize(), font.weight()};
    if (const auto found = kept.constFind(key); found != kept.constEnd())
        return *found;
    if (kept.size() >= kMostKept)
        kept.clear();
    Entry entry{QStaticText(text), {}};
    entry.text.setTextFormat(Qt::PlainText);
    entry.text.setPerformanceHint(QStaticText::AggressiveCaching);
    entry.text.prepare(QTransform(), font);
    entry.size = entry.text.size();
    return *kept.insert(key, std::move(entry));
}

} // namespace

double textWidth(const QString &text, const QFont &font)
{
    return text.isEmpty() ? 0 : entryFor(text, font).size.width();
}

QString elidedLine(const QString &text, const QFont &font, double width, Qt::TextElideMode mode)
{
    return textWidth(text, font) <= width ? text
                                          : QFontMetricsF(font).elidedText(text, mode, width);
}

void drawLine(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text)
{
    if (text.isEmpty())
        return;
    const Entry &entry = entryFor(text, painter.font());
    double x = rect.left();
    if (alignment & Qt::AlignRight)
        x = rect.right() - entry.size.width();
    else if (alignment & Qt::AlignHCenter)
        x = rect.center().x() - entry.size.width() / 2;
    double y = rect.top();
    if (alignment & Qt::AlignVCenter)
        y = rect.center().y() - entry.size.height() / 2;
    else if (alignment & Qt::AlignBottom)
        y = rect.bottom() - entry.size.height();
    painter.drawStaticText(QPointF(x, y), entry.text);
}

} // namespace halfopen
