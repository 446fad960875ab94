// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/distribution_panel.h"

#include "ui/format.h"
#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/text_cache.h"

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

/// Where the curve of shares is on a logarithmic axis.
double xOfShare(const QRectF &plot, double share)
{
    const ValueAxis shares(kSmallestShare, 1, 0, plot.width(), ValueAxis::Scale::Logarithmic);
    return plot.left() + shares.toPixel(std::max(share, kSmallestShare));
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
    m_below = belowText();
    QString spoken = m_contents.title;
    if (!m_below.isEmpty())
        spoken += QStringLiteral("; ") + m_below;
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

QString DistributionPanel::belowText() const
{
    const auto lowest = m_contents.axis.low();
    std::uint64_t below = 0;
    bool areAllZero = true;
    for (const Part &part : m_contents.parts) {
        part.values.forEachBucket([&](std::int64_t low, std::int64_t high, std::uint64_t count) {
            if ((static_cast<double>(low) + static_cast<double>(high)) / 2 >= lowest) // as in binned()
                return;
            below += count;
            areAllZero = areAllZero && high == 0;
        });
    }
    if (below == 0)
        return {};
    const QString count = formatCount(below);
    return areAllZero ? tr("%1 at %2").arg(count, durationOf(0)) : tr("%1 below %2").arg(count, durationOf(lowest));
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
    const auto xOf = [&plot](double share) { return xOfShare(plot, share); };
    for (const double share : {1.0, 0.1, 0.01, 0.001}) {
        const double x = std::min(xOf(share), plot.right() - 1);
        paintVLine(painter, x, plot.top(), plot.bottom(), theme.grid);
        const QString text = formatShareTick(share);
        painter.setPen(theme.secondary);
        drawLine(painter, QRectF(x + (share == 1.0 ? 0 : 2), plot.bottom() + Theme::px(5), 1, 1),
                 Qt::AlignLeft, text);
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
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    // Centres of the labels: at their values, then pushed up from the bottom and down from the top
    // until no two overlap.
    std::vector<double> centres;
    for (const Mark &mark : m_contents.marks)
        centres.push_back(m_contents.axis.toPixel(mark.value));
    double limit = plot.bottom() - line / 2;
    if (!m_below.isEmpty()) { // they are not in the picture: told at its lower end
        painter.setPen(theme.secondary);
        const QRectF place(plot.left(), limit - line / 2, plot.width(), line);
        drawLine(painter, place, Qt::AlignRight | Qt::AlignVCenter, m_below);
        limit -= line;
    }
    for (double &centre : centres) {
        centre = std::min(centre, limit);
        limit = centre - line;
    }
    limit = plot.top() + line / 2;
    for (auto centre = centres.rbegin(); centre != centres.rend(); ++centre) {
        *centre = std::max(*centre, limit);
        limit = *centre + line;
    }
    Histogram all; // of the curve, if there is one
    for (const Part &part : m_contents.parts)
        if (m_mode == Mode::ShareAbove)
            all.merge(part.values);
    for (std::size_t i = 0; i < centres.size(); ++i) {
        const Mark &mark = m_contents.marks[i];
        const QString text = mark.label + QLatin1Char(' ') + durationOf(mark.value);
        const double width = textWidth(text, Theme::axisFont());
        const double y = std::round(m_contents.axis.toPixel(mark.value));
        const double end = plot.right() - width - Theme::px(4);
        const double value = m_contents.axis.toValue(std::max(plot.top(), centres[i] - line / 2));
        if (!all.isEmpty() && xOfShare(plot, all.fractionAbove(std::llround(value))) > end) { // the curve is there: left of it is room
            painter.fillRect(QRectF(plot.left() + width + Theme::px(8), y, plot.width() - width - Theme::px(8), 1), theme.divider);
            painter.setPen(theme.text);
            drawLine(painter, QRectF(plot.left() + Theme::px(4), centres[i] - line / 2, width, line), Qt::AlignLeft | Qt::AlignVCenter, text);
            continue;
        }
        painter.fillRect(QRectF(plot.left(), y, end - Theme::px(8) - plot.left(), 1),
                         theme.divider);
        painter.setPen(QPen(theme.divider, 1));
        painter.drawLine(QPointF(end - Theme::px(8), y + 0.5),
                         QPointF(end, std::round(centres[i]) + 0.5));
        if (centres[i] + line / 2 > plot.bottom() + line)
            continue; // no room at all
        painter.setPen(theme.text);
        drawLine(painter, QRectF(plot.right() - width, centres[i] - line / 2, width, line),
                 Qt::AlignRight | Qt::AlignVCenter, text);
    }
}

Readout DistributionPanel::readout() const
{
    const QRectF plot = plotRect();
    if (m_hoverY < plot.top() || m_hoverY > plot.bottom())
        return {};
    const double value = m_contents.axis.toValue(m_hoverY);
    Readout text;
    text.title = durationOf(value);
    std::uint64_t above = 0;
    for (const Part &part : m_contents.parts) {
        const std::uint64_t n = part.values.countAbove(std::llround(value));
        above += n;
        text.rows.push_back(
            {part.color, Qt::SolidPattern, tr("%1, longer").arg(part.label), formatCount(n)});
    }
    const std::uint64_t all = total();
    if (all > 0)
        text.rows.push_back({QColor(), Qt::SolidPattern, tr("share longer"),
                             formatShare(static_cast<double>(above) / static_cast<double>(all))});
    text.source = m_contents.title;
    if (!m_below.isEmpty())
        text.source += QStringLiteral(", ") + m_below;
    return text;
}

void DistributionPanel::tell()
{
    const Readout text = readout();
    if (text.isEmpty())
        m_box.hide();
    else
        m_box.show(this, QPointF(plotRect().center().x(), m_hoverY), text);
    update();
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
        drawLine(painter, QRectF(plot.left(), plot.bottom() + Theme::px(5), plot.width(), 1),
                 Qt::AlignLeft, elidedLine(m_contents.title, Theme::axisFont(), plot.width()));
    }
    if (m_hoverY >= plot.top() && m_hoverY <= plot.bottom())
        paintHLine(painter, plot.left(), plot.right(), m_hoverY, theme.secondary);
}

void DistributionPanel::mouseMoveEvent(QMouseEvent *event)
{
    m_hoverY = event->position().y();
    tell();
}

void DistributionPanel::leaveEvent(QEvent *)
{
    m_hoverY = -1;
    tell();
}

} // namespace halfopen
