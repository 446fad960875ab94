// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/icons.h"

#include "ui/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

// From the global namespace: the macro declares a function there. The resources lie in a static library, whose
// unused parts the linker drops.
static void initResources()
{
    static const bool done = [] {
        Q_INIT_RESOURCE(halfopen);
        return true;
    }();
    Q_UNUSED(done)
}

namespace halfopen {
namespace {

class ThemedIconEngine final : public QIconEngine {
public:
    explicit ThemedIconEngine(QString word) : m_word(std::move(word)) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
        QPixmap drawn = pixmap(rect.size() * ratio, mode, state);
        drawn.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, drawn);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const Theme &theme = Theme::current();
        const QColor colour = mode == QIcon::Disabled ? theme.disabled : theme.text;
        const QString key = QStringLiteral("halfopen:%1:%2:%3x%4")
                                .arg(m_word, colour.name())
                                .arg(size.width())
                                .arg(size.height());
        QPixmap drawn;
        if (QPixmapCache::find(key, &drawn))
            return drawn;
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_word));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QSvgRenderer svg(file.readAll().replace("#808080", colour.name().toLatin1()));
        drawn = QPixmap(size);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        svg.render(&painter);
        QPixmapCache::insert(key, drawn);
        return drawn;
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_word); }

private:
    QString m_word;
};

} // namespace

QIcon themedIcon(const QString &word)
{
    initResources();
    if (!QFile::exists(QStringLiteral(":/icons/%1.svg").arg(word)))
        return {};
    return QIcon(new ThemedIconEngine(word));
}

} // namespace halfopen
