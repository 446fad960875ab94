// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/variants_chart.h"

#include "core/report/round_step.h"
#include "core/report/run_series.h"
#include "ui/format.h"
#include "ui/geometry/ticks.h"
#include "ui/models/record_slices.h"
#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/text_cache.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kColumnsMax = 240;
constexpr double kLeft = 58;
constexpr double kLegendLine = 18;
constexpr double kSample = 18; // a piece of line before a name
constexpr double kBottom = 20;
constexpr double kRight = 12;

constexpr std::size_t kP99 = 3; // of report::kPercentiles
static_assert(report::kPercentiles[kP99].q == 0.99);

Duration durationOf(double seconds)
{
    return Duration(std::llround(seconds * 1e9));
}

} // namespace

VariantsChart::VariantsChart(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("The variants over time"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setMinimumSize(Theme::px(240), Theme::px(120));
}

VariantsChart::Line VariantsChart::lineOf(const Run &run)
{
    Line line;
    line.name = run.name;
    line.record = run.record;
    if (!run.record)
        return line;
    const EdgeSet edges = clientEdges(*run.record);
    const report::TimeColumns columns = report::timeColumns(*run.record, kColumnsMax);
    const report::CallSeries series = report::callSeries(*run.record, columns, edges);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        line.from.push_back(columns.from[i]);
        line.at.push_back(columns.from[i] + columns.width[i] / 2);
        line.end = columns.from[i] + columns.width[i];
    }
    line.values = {series.good, series.latency[kP99]};
    return line;
}

void VariantsChart::setRuns(const std::vector<Run> &runs)
{
    std::vector<Line> before = std::exchange(m_lines, {});
    m_seconds = 1e-9;
    for (const Run &run : runs) {
        // Runs come one by one; a line that is there is not computed again.
        const auto same = std::find_if(before.begin(), before.end(), [&](const Line &line) {
            return run.record && line.record == run.record;
        });
        m_lines.push_back(same != before.end() ? std::move(*same) : lineOf(run));
        m_lines.back().name = run.name;
        if (run.record)
            m_seconds = std::max(m_seconds, toSeconds(run.record->now.sinceStart()));
    }
    measureRange();
}

void VariantsChart::setMeasure(Measure measure)
{
    m_measure = measure;
    measureRange();
}

void VariantsChart::setSideBySide(bool on)
{
    m_isSideBySide = on;
    update();
}

void VariantsChart::measureRange()
{
    double least = 1e300, most = 0;
    QStringList names;
    for (const Line &line : m_lines) {
        double lineLeast = 1e300, lineMost = 0;
        for (const double value : line.values[index()]) {
            if (!std::isfinite(value) || value <= 0)
                continue;
            lineLeast = std::min(lineLeast, value);
            lineMost = std::max(lineMost, value);
        }
        least = std::min(least, lineLeast);
        most = std::max(most, lineMost);
        names += lineMost > 0 ? tr("%1: %2 to %3").arg(line.name, valueText(lineLeast), valueText(lineMost)) : line.name;
    }
    if (m_measure == Measure::Good) {
        m_min = 0;
        m_max = linearTicks(most > 0 ? most : 1, 4).top;
    } else {
        m_min = most > 0 ? roundDown125(least) : 1e-3;
        m_max = most > 0 ? report::roundUpFinely(most) : 1;
        m_max = std::max(m_max, m_min * 2);
    }
    setAccessibleDescription(names.join(QStringLiteral(", ")));
    update();
}

QPen VariantsChart::penOf(int index, int count, const QWidget *on)
{
    const Theme &theme = Theme::of(on);
    QPen pen(index == 0 ? theme.text : theme.sequence(index - 1, std::max(1, count - 1)), Theme::kDataLine);
    constexpr Qt::PenStyle kStyles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    pen.setStyle(kStyles[index == 0 ? 0 : (index - 1) % 4]);
    return pen;
}

std::vector<QRectF> VariantsChart::panels() const
{
    const std::size_t count = m_isSideBySide ? std::max<std::size_t>(1, m_lines.size()) : 1;
    // As square as the room allows, at least this wide.
    const int columns = std::clamp(static_cast<int>(std::ceil(std::sqrt(count * 1.6))), 1,
                                   std::max(1, std::min(static_cast<int>(count), width() / Theme::px(170))));
    const int rows = (static_cast<int>(count) + columns - 1) / columns;
    std::vector<QRectF> panels;
    for (std::size_t i = 0; i < count; ++i) {
        const double w = double(width()) / columns, h = double(height()) / rows;
        panels.emplace_back(static_cast<int>(i) % columns * w, static_cast<int>(i) / columns * h, w, h);
    }
    return panels;
}

ValueAxis VariantsChart::axisOf(const QRectF &plot) const
{
    return m_measure == Measure::Good ? ValueAxis(m_min, m_max, plot.top(), plot.height())
                                      : ValueAxis(m_min * 1e9, m_max * 1e9, plot.top(), plot.height(), ValueAxis::Scale::Logarithmic);
}

QString VariantsChart::valueText(double value) const
{
    return m_measure == Measure::Good ? formatRate(value) : formatDuration(Duration(std::llround(value * 1e9)));
}

void VariantsChart::paintPanel(QPainter &painter, const QRectF &panel, const std::vector<std::size_t> &lines) const
{
    const Theme &theme = Theme::of(this);
    const std::vector<Name> names = legendIn(panel, lines);
    const QRectF plot = plotIn(panel, names);
    if (plot.width() < 20 || plot.height() < 20)
        return;
    const ValueAxis values = axisOf(plot);
    const TimeRange range{Instant(), Instant(durationOf(m_seconds))};
    const TimeAxis time(range, plot.left(), plot.width());
    painter.setFont(Theme::axisFont());
    std::vector<AxisLabel> labels;
    if (m_measure == Measure::Good) {
        for (const double tick : linearTicks(m_max, plot.height() > Theme::px(100) ? 4 : 2).values)
            if (tick <= m_max * (1 + 1e-9)) // of fewer steps the last may lie above
                labels.push_back({tick, formatRate(tick)});
    } else {
        labels = durationLabels(values);
    }
    paintValueAxis(painter, plot, values, labels, theme);
    paintTimeAxis(painter, plot, time, static_cast<int>(panel.right()), theme);
    painter.save();
    painter.setClipRect(plot.adjusted(0, -1, 0, 1));
    painter.setRenderHint(QPainter::Antialiasing, true);
    const double unit = m_measure == Measure::Good ? 1 : 1e9;
    for (const std::size_t i : lines) { // the base below: the others are what is looked at
        const Line &line = m_lines[i];
        QPainterPath path;
        bool isDown = false;
        for (std::size_t k = 0; k < line.at.size(); ++k) {
            const double value = line.values[index()][k];
            if (!std::isfinite(value)) {
                isDown = false;
                continue;
            }
            const QPointF point(time.toPixel(Instant(durationOf(line.at[k]))), values.toPixel(value * unit));
            if (isDown)
                path.lineTo(point);
            else
                path.moveTo(point);
            isDown = true;
        }
        painter.setPen(penOf(static_cast<int>(i), static_cast<int>(m_lines.size()), this));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
    painter.restore();
    // Names above the plot, each with a piece of its line.
    for (const Name &name : names) {
        const double y = name.at.y() + Theme::px(kLegendLine) / 2;
        painter.setPen(penOf(static_cast<int>(name.line), static_cast<int>(m_lines.size()), this));
        painter.drawLine(QPointF(name.at.x(), y), QPointF(name.at.x() + Theme::px(kSample) - Theme::px(4), y));
        painter.setPen(theme.text);
        drawLine(painter, QRectF(name.at.x() + Theme::px(kSample), name.at.y(), name.width, Theme::px(kLegendLine)),
                 Qt::AlignLeft | Qt::AlignVCenter, name.text);
    }
}

/// The names of \a lines from left to right, in as many lines as it takes.
std::vector<VariantsChart::Name> VariantsChart::legendIn(const QRectF &panel, const std::vector<std::size_t> &lines) const
{
    const double left = panel.left() + Theme::px(kLeft), right = panel.right() - Theme::px(kRight);
    std::vector<Name> names;
    QPointF at(left, panel.top());
    for (const std::size_t line : lines) {
        const QString text = elidedLine(m_lines[line].name, Theme::axisFont(), right - left - Theme::px(kSample));
        const double width = textWidth(text, Theme::axisFont());
        if (at.x() > left && at.x() + Theme::px(kSample) + width > right)
            at = QPointF(left, at.y() + Theme::px(kLegendLine));
        names.push_back({line, at, width, text});
        at.rx() += Theme::px(kSample) + width + Theme::px(12);
    }
    return names;
}

QRectF VariantsChart::plotIn(const QRectF &panel, const std::vector<Name> &names) const
{
    const double legend = names.empty() ? 0 : names.back().at.y() - panel.top() + Theme::px(kLegendLine);
    return panel.adjusted(Theme::px(kLeft), legend + Theme::px(2), -Theme::px(kRight), -Theme::px(kBottom));
}

std::vector<std::size_t> VariantsChart::linesOf(std::size_t panel) const
{
    if (m_isSideBySide)
        return panel < m_lines.size() ? std::vector<std::size_t>{panel} : std::vector<std::size_t>();
    std::vector<std::size_t> lines(m_lines.size());
    std::iota(lines.begin(), lines.end(), std::size_t{0});
    return lines;
}

void VariantsChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).panel);
    const std::vector<QRectF> all = panels();
    for (std::size_t p = 0; p < all.size(); ++p)
        paintPanel(painter, all[p], linesOf(p));
}

std::optional<std::size_t> VariantsChart::columnAt(const Line &line, double seconds)
{
    const auto after = std::upper_bound(line.from.begin(), line.from.end(), seconds);
    if (after == line.from.begin() || seconds >= line.end)
        return std::nullopt;
    return static_cast<std::size_t>(after - line.from.begin()) - 1;
}

QStringList VariantsChart::textAt(double seconds) const
{
    QStringList rows{formatInstant(Instant(durationOf(seconds)))};
    for (const Line &line : m_lines) { // all of them, whatever panel: that is what is compared
        if (const auto column = columnAt(line, seconds)) {
            const double value = line.values[index()][*column];
            rows += line.name + QStringLiteral(": ") + (std::isfinite(value) ? valueText(value) : tr("none"));
        }
    }
    return rows;
}

void VariantsChart::mouseMoveEvent(QMouseEvent *event)
{
    const std::vector<QRectF> all = panels();
    for (std::size_t p = 0; p < all.size(); ++p) {
        const QRectF plot = plotIn(all[p], legendIn(all[p], linesOf(p)));
        if (!plot.contains(event->position()) || m_lines.empty())
            continue;
        const double at = (event->position().x() - plot.left()) / plot.width() * m_seconds;
        QToolTip::showText(event->globalPosition().toPoint(), textAt(at).join(QLatin1Char('\n')), this);
        return;
    }
    QToolTip::hideText();
}

void VariantsChart::leaveEvent(QEvent *)
{
    QToolTip::hideText();
}

void VariantsChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        update();
}

} // namespace halfopen
