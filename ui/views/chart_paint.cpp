// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/chart_paint.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/geometry/decimation.h"
#include "ui/geometry/ticks.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/figure.h"
#include "ui/views/text_cache.h"
#include "ui/views/time_chart.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kLeftMargin = 68;
constexpr double kRightMargin = 16;
constexpr double kTopMargin = 8;
constexpr double kBottomMargin = 24;
constexpr double kWedge = 5;      // half of its width, and of its height
constexpr double kWedgeReach = 5; // pixels around the mark of a change

/// The step of the time labels: the shortest whose labels leave air to their neighbours.
Duration labelStep(const TimeAxis &axis)
{
    const QFont font = Theme::axisFont();
    Duration least(axis.perPixel().count() * Theme::px(40));
    for (int guard = 0; guard < 60; ++guard) {
        const Duration step = timeStep(least);
        const auto ticks = timeTicks(axis.range(), step);
        double widest = 0;
        // The later, the longer; one in the middle may be longer than one on a full minute.
        for (std::size_t i = ticks.size() > 3 ? ticks.size() - 3 : 0; i < ticks.size(); ++i)
            widest = std::max(widest, textWidth(formatInstant(ticks[i], step), font));
        if (axis.length(step) >= widest + Theme::px(16))
            return step;
        least = step + Duration(1);
    }
    return timeStep(least);
}

} // namespace

QRectF chartPlotRect(QSize size)
{
    const int left = Theme::px(kLeftMargin);
    const int top = Theme::px(kTopMargin);
    const int width = std::max(8, size.width() - left - Theme::px(kRightMargin));
    const int height = std::max(8, size.height() - top - Theme::px(kBottomMargin));
    return QRectF(left, top, width, height);
}

void paintHLine(QPainter &painter, double x0, double x1, double y, const QColor &color)
{
    painter.fillRect(QRectF(x0, std::round(y), x1 - x0, 1), color);
}

void paintVLine(QPainter &painter, double x, double y0, double y1, const QColor &color)
{
    painter.fillRect(QRectF(std::round(x), y0, 1, y1 - y0), color);
}

QColor faded(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(color.alphaF() * alpha));
    return color;
}

QColor blended(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * share));
    };
    return QColor(mix(under.red(), over.red()), mix(under.green(), over.green()),
                  mix(under.blue(), over.blue()));
}

void fillPatterned(QPainter &painter, const QRectF &rect, const QColor &color,
                   Qt::BrushStyle pattern)
{
    if (pattern == Qt::SolidPattern) {
        painter.fillRect(rect, color);
        return;
    }
    painter.fillRect(rect, faded(color, 0.4));
    painter.fillRect(rect, QBrush(color, pattern));
}

void paintValueAxis(QPainter &painter, const QRectF &plot, const ValueAxis &axis,
                    const std::vector<AxisLabel> &labels, const Theme &theme)
{
    painter.setFont(Theme::axisFont());
    const QFontMetricsF metrics(painter.font());
    const double half = metrics.height() / 2;
    for (const AxisLabel &label : labels) {
        const double y = axis.toPixel(label.value);
        paintHLine(painter, plot.left(), plot.right(), std::min(y, plot.bottom() - 1), theme.grid);
        if (label.text.isEmpty())
            continue;
        painter.setPen(theme.secondary);
        drawLine(painter, QRectF(0, y - half, plot.left() - Theme::gap(), metrics.height()),
                 Qt::AlignRight | Qt::AlignVCenter, label.text);
    }
}

std::vector<AxisLabel> durationLabels(const ValueAxis &axis)
{
    std::vector<AxisLabel> labels;
    const auto text = [](double ns) { return formatDuration(Duration(std::llround(ns))); };
    const double lineHeight = Theme::px(18);
    if (axis.scale() == ValueAxis::Scale::Linear) {
        const int most = std::max(1, static_cast<int>(axis.height() / (2 * lineHeight)));
        // Ticks in the unit of the axis, so that 2.5 ms steps stay round numbers.
        for (const double value : linearTicks(axis.high(), most).values) {
            if (value <= axis.high() * (1 + 1e-9))
                labels.push_back({value, text(value)});
        }
        return labels;
    }
    const LogTicks ticks = logTicks(axis.low(), axis.high());
    const double decade = axis.height() * std::log(10.0) / std::log(axis.high() / axis.low());
    for (const double value : ticks.major)
        labels.push_back({value, text(value)});
    for (const double value : ticks.minor) {
        const auto factor =
            std::lround(value / std::pow(10.0, std::floor(std::log10(value) + 1e-9)));
        const bool named = (factor == 2 || factor == 5) && decade > 5 * lineHeight;
        if (decade > 2.5 * lineHeight && (named || decade > 8 * lineHeight))
            labels.push_back({value, named ? text(value) : QString()});
    }
    // Decades closer than a line of text: only every second or third is named.
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(lineHeight / decade)));
    for (std::size_t i = 0; i < ticks.major.size(); ++i) {
        if (i % every != 0)
            labels[i].text.clear();
    }
    return labels;
}

void paintTimeAxis(QPainter &painter, const QRectF &plot, const TimeAxis &axis, int widgetWidth,
                   const Theme &theme)
{
    const QFont font = Theme::axisFont();
    painter.setFont(font);
    painter.setPen(theme.secondary);
    const Duration step = labelStep(axis);
    double free = 0; // left of it, labels stand already
    for (const Instant tick : timeTicks(axis.range(), step)) {
        const double x = std::min(axis.toPixel(tick), plot.right() - 1);
        paintVLine(painter, x, plot.top(), plot.bottom() + Theme::px(4), theme.grid);
        const QString text = formatInstant(tick, step);
        const double width = textWidth(text, font);
        // The last one ends with the plot: beside the chart other texts begin.
        const double room = std::max(0.0, std::min<double>(widgetWidth - Theme::px(6), plot.right()) - width);
        const double left = std::clamp(x - width / 2, 0.0, room);
        if (left < free)
            continue;
        drawLine(painter, QRectF(left, plot.bottom() + Theme::px(5), width, Theme::px(18)),
                 Qt::AlignLeft, text);
        free = left + width + Theme::px(4);
    }
    paintHLine(painter, plot.left(), plot.right(), plot.bottom(), theme.divider);
}

void paintContext(QPainter &painter, const QRectF &plot, const TimeAxis &axis,
                  const RunRecord &record, const Theme &theme)
{
    std::vector<PixelSpan> spans;
    for (const FaultWindow &window : record.faultWindows)
        spans.push_back(pixelsOf({window.from, window.to}, axis));
    std::sort(spans.begin(), spans.end(),
              [](const PixelSpan &a, const PixelSpan &b) { return a.from < b.from; });
    // Opaque, because Qt hands large half-transparent fills to a pool of threads: slower than
    // filling at once.
    const QColor tint = blended(theme.panel, theme.error, theme.dark ? 0.12 : 0.07);
    for (const PixelSpan &span : joined(spans))
        painter.fillRect(QRectF(span.from, plot.top(), span.to - span.from, plot.height()), tint);
    const double now = std::round(axis.toPixel(record.now));
    if (now < plot.right() - 1) {
        const double from = std::max(now, plot.left());
        painter.fillRect(QRectF(from, plot.top(), plot.right() - from, plot.height()),
                         blended(theme.panel, theme.window, 0.7));
        if (now >= plot.left())
            paintVLine(painter, now, plot.top(), plot.bottom(), theme.divider);
    }
}

void paintChanges(QPainter &painter, const QRectF &plot, double top, const TimeAxis &axis, const RunRecord &record,
                  const Theme &theme)
{
    const double size = Theme::px(kWedge);
    painter.save();
    for (const ParameterChange &change : record.changes) {
        if (!axis.range().contains(change.at))
            continue;
        const double x = std::round(axis.toPixel(change.at));
        QPen pen(theme.accent, 1);
        pen.setDashPattern({2, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(x + 0.5, plot.top()), QPointF(x + 0.5, plot.bottom()));
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.accent);
        const QPointF tip[] = {{x + 0.5 - size, top}, {x + 0.5 + size, top}, {x + 0.5, top + 2 * size}};
        painter.drawPolygon(tip, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.restore();
}

Readout readoutOfChange(QPointF pointer, double top, const TimeAxis &axis, const RunRecord &record)
{
    if (pointer.y() >= top + 2 * Theme::px(kWedge) + kWedgeReach)
        return {};
    for (const ParameterChange &change : record.changes) {
        if (!axis.range().contains(change.at) || std::abs(axis.toPixel(change.at) - pointer.x()) > kWedgeReach)
            continue;
        return {QString::fromStdString(change.path),
                {{QColor(), Qt::SolidPattern, TimeChart::tr("before"), QString::fromStdString(change.before)},
                 {QColor(), Qt::SolidPattern, TimeChart::tr("from here on"), QString::fromStdString(change.after)}},
                TimeChart::tr("setting changed at %1").arg(formatInstant(change.at))};
    }
    return {};
}

void paintBrush(QPainter &painter, const QRectF &plot, const TimeAxis &axis,
                const TimeAxisModel &model, const Theme &theme)
{
    if (const auto selection = model.selection()) {
        const double left = std::clamp(axis.toPixel(selection->from), plot.left(), plot.right());
        const double right = std::clamp(axis.toPixel(selection->to), plot.left(), plot.right());
        const QColor dim = faded(theme.panel, 1 - Theme::kUnselectedAlpha);
        painter.fillRect(QRectF(plot.left(), plot.top(), left - plot.left(), plot.height()), dim);
        painter.fillRect(QRectF(right, plot.top(), plot.right() - right, plot.height()), dim);
        painter.fillRect(QRectF(std::round(left) - 1, plot.top(), 2, plot.height()), theme.accent);
        painter.fillRect(QRectF(std::round(right) - 1, plot.top(), 2, plot.height()), theme.accent);
        painter.fillRect(QRectF(left, plot.top() - 2, right - left, 2), theme.accent);
        painter.fillRect(QRectF(left, plot.bottom(), right - left, 2), theme.accent);
    }
    if (const auto cursor = model.cursor(); cursor && !isDrawingFigure()) {
        const double x = axis.toPixel(*cursor);
        if (x >= plot.left() && x < plot.right())
            paintVLine(painter, x, plot.top(), plot.bottom(), theme.secondary);
    }
}

QString Readout::inOneLine() const
{
    QString text = title;
    for (const ReadoutRow &row : rows)
        text += kBetweenValues + (row.label + QLatin1Char(' ') + row.value).trimmed();
    return text;
}

void Readout::explainGhost()
{
    source += (source.isEmpty() ? QString() : QStringLiteral("\n"))
        + QCoreApplication::translate("halfopen::Readout", "Ghost, drawn pale: the run that this one is compared with.");
}

namespace {

/// Sizes of a readout's box, and how its parts are set.
struct ReadoutLayout {
    QFont strong = Theme::axisFont();
    double pad = Theme::px(8);
    double swatch = Theme::px(10);
    double line = 0;
    QRectF title;
    QRectF source;
    double width = 0; ///< of the text
    QSizeF box;

    explicit ReadoutLayout(const Readout &readout)
    {
        strong.setWeight(QFont::DemiBold);
        const QFontMetricsF metrics(Theme::axisFont());
        line = std::ceil(metrics.height()) + 2;
        double labels = 0;
        double values = 0;
        for (const ReadoutRow &row : readout.rows) {
            const double indent = row.color.isValid() ? swatch + Theme::px(6) : 0;
            labels = std::max(labels, textWidth(row.label, Theme::axisFont()) + indent);
            values = std::max(values, textWidth(row.value, Theme::axisFont()));
        }
        const double rowsWidth = labels + (values > 0 ? Theme::px(16) + values : 0);
        // Sentences (reasons, sources) wrap.
        const QRectF room(0, 0, std::max<double>(Theme::px(230), rowsWidth), 1e4);
        if (!readout.title.isEmpty())
            title = QFontMetricsF(strong).boundingRect(room, Qt::TextWordWrap, readout.title);
        if (!readout.source.isEmpty())
            source = metrics.boundingRect(room, Qt::TextWordWrap, readout.source);
        width = std::ceil(std::max({rowsWidth, title.width(), source.width()})) + 2;
        const double height =
            title.height() + source.height() + 4 + line * static_cast<double>(readout.rows.size());
        box = QSizeF(width + 2 * pad, std::ceil(height) + 1.5 * pad);
    }
};

} // namespace

QSize readoutSize(const Readout &readout)
{
    return ReadoutLayout(readout).box.toSize();
}

void paintReadout(QPainter &painter, const QRectF &box, const Readout &readout, const Theme &theme)
{
    const ReadoutLayout layout(readout);
    QTextOption wrapped;
    wrapped.setWrapMode(QTextOption::WordWrap);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme.divider, 1));
    painter.setBrush(theme.raised);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Theme::radius(), Theme::radius());
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double x = box.left() + layout.pad;
    double y = box.top() + layout.pad * 0.75;
    painter.setPen(theme.text);
    painter.setFont(layout.strong);
    painter.drawText(QRectF(x, y, layout.width, layout.title.height()), readout.title, wrapped);
    y += layout.title.height() + 2;
    painter.setFont(Theme::axisFont());
    for (const ReadoutRow &row : readout.rows) {
        double textX = x;
        if (row.color.isValid()) {
            const double top = std::round(y + (layout.line - layout.swatch) / 2);
            fillPatterned(painter, QRectF(x, top, layout.swatch, layout.swatch), row.color,
                          row.pattern);
            textX += layout.swatch + Theme::px(6);
        }
        const QRectF line(x, y, layout.width, layout.line);
        painter.setPen(theme.text);
        drawLine(painter, QRectF(textX, y, layout.width, layout.line),
                 Qt::AlignLeft | Qt::AlignVCenter, row.label);
        drawLine(painter, line, Qt::AlignRight | Qt::AlignVCenter, row.value);
        y += layout.line;
    }
    painter.setPen(theme.secondary);
    painter.drawText(QRectF(x, y + 2, layout.width, layout.source.height() + 2), readout.source,
                     wrapped);
}

void paintEmptyPlot(QPainter &painter, const QRectF &plot, const QString &text, const Theme &theme)
{
    painter.setFont(Theme::bodyFont());
    painter.setPen(theme.secondary);
    painter.drawText(plot.adjusted(Theme::padding(), 0, -Theme::padding(), 0),
                     Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace halfopen
