// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/distribution_panel.h"

#include "ui/format.h"
#include "ui/theme.h"
#include "ui/views/chart_paint.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kBinPixels = 3;
constexpr double kSmallestShare = 1e-4; // the left end of the CCDF's axis

QString durationOf(double ns)
{
    return formatDuration(Duration(std::llround(ns)));
}

/// Counts per bin of kBinPixels, bin 0 at the bottom. Values outside of the axis are not in any
/// bin.
std::vector<double> binned(const Histogram &values, const ValueAxis &axis)
{
    std::vector<double> bins(static_cast<std::size_t>(std::ceil(axis.height() / kBinPixels)), 0.0);
    values.forEachBucket([&](std::int64_t low, std::int64_t high, std::uint64_t count) {
        const double middle = (static_cast<double>(low) + static_cast<double>(high)) / 2;
        if (middle < axis.low() || middle > axis.high())
            return;
        const auto bin =
            static_cast<std::size_t>((axis.bottom() - axis.toPixel(middle)) / kBinPixels);
        bins[std::min(bin, bins.size() - 1)] += static_cast<double>(count);
    });
    return bins;
}

} // namespace

DistributionPanel::DistributionPanel(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("Distribution"));
}

void DistributionPanel::setContents(Contents contents)
{
    m_contents = std::move(contents);
    QString spoken = m_contents.title;
    for (const Mark &mark : m_contents.marks)
        spoken += QStringLiteral("; ") + mark.label + QLatin1Char(' ') + durationOf(mark.value);
    if (spoken != accessibleDescription())
        setAccessibleDescription(spoken);
    update();
}

void DistributionPanel::setMode(Mode mode)
{
    m_mode = mode;
    update();
}

QRectF DistributionPanel::plotRect() const
{
    const ValueAxis &axis = m_contents.axis;
    return QRectF(0, axis.top(), std::max(8, width() - Theme::padding()), axis.height());
}

std::uint64_t DistributionPanel::total() const
{
    std::uint64_t n = 0;
    for (const Part &part : m_contents.parts)
        n += part.values.count();
    return n;
}

void DistributionPanel::paintBars(QPainter &painter, const Theme &theme) const
{
    const ValueAxis &axis = m_contents.axis;
    const QRectF plot = plotRect();
    std::vector<std::vector<double>> bins;
    std::vector<double> sums;
    for (const Part &part : m_contents.parts) {
        bins.push_back(binned(part.values, axis));
        sums.resize(bins.back().size(), 0.0);
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i] += bins.back()[i];
    }
    const double most = sums.empty() ? 0 : *std::max_element(sums.begin(), sums.end());
    if (most <= 0)
        return;
    const double room = plot.width() - Theme::px(m_contents.marks.empty() ? 0 : 84);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double top = std::max(
            plot.top(), std::round(axis.bottom() - kBinPixels * static_cast<double>(i + 1)));
        const double bottom = std::round(axis.bottom() - kBinPixels * static_cast<double>(i));
        double x = plot.left();
        for (std::size_t p = 0; p < bins.size(); ++p) {
            if (bins[p][i] <= 0)
                continue;
            // At least a pixel: a rare slow call must not vanish.
            const double w = std::max(1.0, std::round(bins[p][i] / most * room));
            painter.fillRect(QRectF(x, top, w, bottom - top - (bottom - top > 2 ? 1 : 0)),
                             m_contents.parts[p].color);
            x += w;
        }
    }
    painter.setPen(theme.secondary);
}

void DistributionPanel::paintShareAbove(QPainter &painter, const Theme &theme) const
{
    const QRectF plot = plotRect();
    const ValueAxis &axis = m_contents.axis;
    const ValueAxis shares(kSmallestShare, 1, 0, plot.width(), ValueAxis::Scale::Logarithmic);
    const auto xOf = [&](double share) {
        return plot.left() + shares.toPixel(std::max(share, kSmallestShare));
    };
    const QFontMetricsF metrics(Theme::axisFont());
    for (const double share : {1.0, 0.1, 0.01, 0.001}) {
        const double x = std::min(xOf(share), plot.right() - 1);
        paintVLine(painter, x, plot.top(), plot.bottom(), theme.grid);
        const QString text = formatShareTick(share);
        painter.setPen(theme.secondary);
        painter.drawText(
            QPointF(x + (share == 1.0 ? 0 : 2), plot.bottom() + Theme::px(6) + metrics.ascent()),
            text);
    }
    Histogram all;
    for (const Part &part : m_contents.parts)
        all.merge(part.values);
    if (all.isEmpty())
        return;
    QPolygonF line;
    for (double y = axis.bottom(); y >= axis.top(); y -= 1) {
        const double share = all.fractionAbove(std::llround(axis.toValue(y)));
        if (share <= 0)
            break;
        line << QPointF(xOf(share), y);
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme.text, Theme::kDataLine));
    painter.drawPolyline(line);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void DistributionPanel::paintMarks(QPainter &painter, const Theme &theme) const
{
    const QRectF plot = plotRect();
    const QFontMetricsF metrics(Theme::axisFont());
    const double line = metrics.height();
    // From the bottom up; each label keeps clear of the one below it.
    double free = plot.bottom() + line / 2;
    for (const Mark &mark : m_contents.marks) {
        const double y = m_contents.axis.toPixel(mark.value);
        const double center = std::min(y, free - line / 2);
        const QString text = mark.label + QLatin1Char(' ') + durationOf(mark.value);
        const double width = metrics.horizontalAdvance(text);
        const QRectF box(plot.right() - width, center - line / 2, width, line);
        painter.fillRect(QRectF(plot.left(), std::round(y), plot.width() - width - 4, 1),
                         faded(theme.text, 0.35));
        if (box.top() < plot.top() - line)
            break;
        painter.setPen(theme.text);
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter, text);
        free = box.top();
    }
}

void DistributionPanel::paintHover(QPainter &painter, const Theme &theme) const
{
    const QRectF plot = plotRect();
    if (m_hoverY < plot.top() || m_hoverY > plot.bottom())
        return;
    const double value = m_contents.axis.toValue(m_hoverY);
    paintHLine(painter, plot.left(), plot.right(), m_hoverY, theme.secondary);
    Readout text;
    text.title = durationOf(value);
    std::uint64_t above = 0;
    for (const Part &part : m_contents.parts) {
        const std::uint64_t n = part.values.countAbove(std::llround(value));
        above += n;
        text.rows.push_back(
            {part.color, Qt::SolidPattern, tr("%1, above").arg(part.label), formatCount(n)});
    }
    const std::uint64_t all = total();
    if (all > 0)
        text.rows.push_back({QColor(), Qt::SolidPattern, tr("share above"),
                             formatShare(static_cast<double>(above) / static_cast<double>(all))});
    text.source = m_contents.title;
    paintReadout(painter, plot, plot.left(), m_hoverY, text, theme);
}

void DistributionPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(Theme::axisFont());
    const QRectF plot = plotRect();
    for (const AxisLabel &label : durationLabels(m_contents.axis)) {
        if (!label.text.isEmpty())
            paintHLine(painter, plot.left(), plot.right(),
                       std::min(m_contents.axis.toPixel(label.value), plot.bottom() - 1),
                       theme.grid);
    }
    paintHLine(painter, plot.left(), plot.right(), plot.bottom(), theme.divider);
    if (m_mode == Mode::Histogram)
        paintBars(painter, theme);
    else
        paintShareAbove(painter, theme);
    paintMarks(painter, theme);
    if (m_mode == Mode::Histogram) {
        const QFontMetricsF metrics(painter.font());
        painter.setPen(theme.secondary);
        painter.drawText(QPointF(plot.left(), plot.bottom() + Theme::px(6) + metrics.ascent()),
                         metrics.elidedText(m_contents.title, Qt::ElideRight, plot.width()));
    }
    paintHover(painter, theme);
}

void DistributionPanel::mouseMoveEvent(QMouseEvent *event)
{
    m_hoverY = event->position().y();
    update();
}

void DistributionPanel::leaveEvent(QEvent *)
{
    m_hoverY = -1;
    update();
}

} // namespace halfopen
