// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/key_strip.h"

#include "ui/theme.h"
#include "ui/views/text_cache.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace halfopen {

namespace {
constexpr double kSwatch = 12;
constexpr double kInner = 5;
constexpr double kOuter = 12;
} // namespace

KeyStrip::KeyStrip(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Key"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
}

void KeyStrip::setKeys(std::vector<Key> keys)
{
    if (keys == m_keys)
        return;
    m_keys = std::move(keys);
    QStringList labels;
    for (const Key &key : m_keys)
        labels += key.label;
    setAccessibleDescription(labels.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

double KeyStrip::widthOf(const Key &key)
{
    return Theme::px(kSwatch + kInner + kOuter) + textWidth(key.label, Theme::axisFont());
}

QSize KeyStrip::sizeOfKeys(bool withOptional) const
{
    double width = 0;
    for (const Key &key : m_keys)
        width += key.isOptional && !withOptional ? 0 : widthOf(key);
    const QFontMetricsF metrics(Theme::axisFont());
    return QSize(static_cast<int>(std::ceil(width)),
                 static_cast<int>(std::ceil(metrics.height())) + 2);
}

QSize KeyStrip::sizeHint() const
{
    return sizeOfKeys(true);
}

QSize KeyStrip::minimumSizeHint() const
{
    return sizeOfKeys(false);
}

void KeyStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(Theme::axisFont());
    const bool hasRoom = width() >= sizeHint().width();
    double x = 0;
    const double middle = std::round(height() / 2.0);
    for (const Key &key : m_keys) {
        if (key.isOptional && !hasRoom)
            continue;
        const double side = Theme::px(kSwatch);
        if (key.isLine) {
            QPen pen(key.color, 2);
            if (key.isDashed)
                pen.setDashPattern({2, 1.5});
            painter.setPen(pen);
            painter.drawLine(QPointF(x, middle), QPointF(x + side, middle));
        } else {
            const double dot = Theme::px(7);
            painter.fillRect(QRectF(x + (side - dot) / 2, middle - std::round(dot / 2), dot, dot),
                             key.color);
        }
        x += side + Theme::px(kInner);
        painter.setPen(theme.secondary);
        drawLine(painter, QRectF(x, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter,
                 key.label);
        x += textWidth(key.label, Theme::axisFont()) + Theme::px(kOuter);
    }
}

} // namespace halfopen
