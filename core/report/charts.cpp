// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/charts.h"

#include "core/report/format.h"
#include "core/report/svg.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace halfopen::report {

namespace {

// One unit is one CSS pixel at the page's full width.
constexpr double kWidth = 960;
constexpr double kLeft = 58; ///< room for the labels of the value axis
constexpr double kRight = 12;
constexpr double kTop = 6;
constexpr double kAxis = 20; ///< room for the labels of the time axis
constexpr double kPlotHeight = 132;
constexpr double kRowHeight = 18;
constexpr double kBandHeight = 14;
constexpr double kTickRoom = 17; ///< height that a label of the value axis needs
constexpr std::size_t kColumnsMax = 600;
constexpr std::size_t kDotsMax = 4000;
constexpr std::size_t kBandsMax = 12;
constexpr std::size_t kShadesMax = 200;
constexpr std::size_t kMarksMax = 100;

struct LegendEntry {
    std::string swatch; ///< markup
    std::string label;  ///< text
};

std::string swatch(std::string_view shape, std::string_view cssClass)
{
    return "<svg class=\"swatch\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path d=\"" +
           std::string(shape) + "\" class=\"" + std::string(cssClass) + "\"/></svg>";
}
std::string areaSwatch(std::string_view cssClass)
{
    return swatch("M1 1h10v10h-10z", cssClass);
}
std::string lineSwatch(std::string_view cssClass)
{
    return swatch("M0 6h12", cssClass);
}

std::string track(std::string_view title, std::string_view note,
                  const std::vector<LegendEntry> &legend, const std::string &picture)
{
    std::string html =
        "<section class=\"track\">\n<div class=\"gutter\"><h3>" + escapeMarkup(title) + "</h3>";
    if (!note.empty())
        html += "<p>" + escapeMarkup(note) + "</p>";
    if (!legend.empty()) {
        html += "<ul class=\"legend\">";
        for (const LegendEntry &entry : legend)
            html += "<li>" + entry.swatch + escapeMarkup(entry.label) + "</li>";
        html += "</ul>";
    }
    return html + "</div>\n" + picture + "</section>\n";
}

std::string outcomeClass(OutcomeKind kind)
{
    return "o-" + std::string(outcomeName(kind));
}

double largest(const std::vector<double> &values)
{
    double most = 0;
    for (const double value : values)
        if (std::isfinite(value))
            most = std::max(most, value);
    return most;
}

double smallestPositive(const std::vector<double> &values)
{
    double least = INFINITY;
    for (const double value : values)
        if (value > 0)
            least = std::min(least, value);
    return least;
}

std::string_view stateClass(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return "s-closed";
    case BreakerState::Open:
        return "s-open";
    case BreakerState::HalfOpen:
        return "s-half";
    case BreakerState::ForcedOpen:
        return "s-forced";
    case BreakerState::Disabled:
        return "s-disabled";
    case BreakerState::MetricsOnly:
        return "s-metrics";
    }
    return "";
}

/// Shapes as well as colours tell the states apart.
std::string stateSwatch(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return swatch("M6 2a4 4 0 1 1 0 8a4 4 0 1 1 0-8z", "s-closed");
    case BreakerState::HalfOpen:
        return swatch("M6 0l6 6l-6 6l-6-6z", "s-half");
    default:
        return swatch("M1 1h10v10h-10z", stateClass(state));
    }
}

// What stands beside an axis: round values, so without the zeros that a measured value has.
std::string rateLabel(double perSecond)
{
    if (perSecond >= 10'000)
        return compactNumber(perSecond * 1e-3) + "k/s";
    return perSecond == 0 ? "0" : formatCount(static_cast<std::uint64_t>(perSecond)) + "/s";
}
std::string smallRateLabel(double perSecond)
{
    return perSecond == 0 ? "0" : compactNumber(perSecond, 3) + "/s";
}
std::string timeLabel(double seconds)
{
    return formatDuration(Duration(std::llround(seconds * 1e9)));
}
std::string shareLabel(double share)
{
    return compactNumber(share * 100) + " %";
}

/// The smallest power of ten's 1, 2 or 5 at or below, or at or above, \a value.
double roundDown125(double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {5.0, 2.0})
        if (value >= factor * decade * 0.999)
            return factor * decade;
    return decade;
}
double roundUp125(double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (value <= factor * decade * 1.001)
            return factor * decade;
    return 10 * decade;
}

/// A logarithmic value axis that shows all positive values, at least one decade, at most nine.
Scale logScale(double low, double high, double pixelLow, double pixelHigh)
{
    if (!(high > 0) || !std::isfinite(low))
        return Scale::logarithmic(1e-3, 1, pixelLow, pixelHigh);
    high = roundUp125(high);
    low = std::max(roundDown125(low), high * 1e-9);
    return Scale::logarithmic(std::min(low, high / 10), high, pixelLow, pixelHigh);
}

} // namespace

/// One picture being drawn: its scales and its markup.
struct ChartBuilder::Plot {
    Svg svg;
    double height = kPlotHeight;
    Scale time;
    Scale value = Scale::linear(0, 1, 0, 1);

    explicit Plot(double end, double plotHeight = kPlotHeight)
        : height(plotHeight), time(Scale::linear(0, end, kLeft, kWidth - kRight))
    {}
    double bottom() const { return kTop + height; }
    /// From 0 to a round value at or above \a high.
    void rateAxis(double high)
    {
        const std::vector<double> ticks = roundTicks(high, 4);
        value = Scale::linear(0, ticks.back(), bottom(), kTop);
        for (const double tick : ticks)
            valueTick(tick, ticks.back() < 10 ? smallRateLabel(tick) : rateLabel(tick));
    }
    template <typename Format> void logAxis(double low, double high, Format &&format)
    {
        value = logScale(low, high, bottom(), kTop);
        for (const double tick : decadeTicks(value.low(), value.high(), height / kTickRoom))
            valueTick(tick, format(tick));
    }
    void valueTick(double at, const std::string &label)
    {
        const double y = value.pixel(at);
        svg.line(kLeft, y, kWidth - kRight, y, "grid");
        svg.text(kLeft - 6, std::max(y + 4, kTop + 7), label, "end", "tick");
    }
};

struct ChartBuilder::Line {
    std::string name;
    std::string_view unit; ///< "rate", "time", "share", "count"
    const std::vector<double> *values;
};

ChartBuilder::ChartBuilder(const RunRecord &record)
    : m_record(record), m_columns(timeColumns(record, kColumnsMax)),
      m_end(std::max(record.now.seconds(), 1e-6))
{}

void ChartBuilder::drawTimeAxis(Plot &plot) const
{
    for (const Tick &tick : timeTicks(m_end, 10)) {
        const double x = plot.time.pixel(tick.value);
        plot.svg.line(x, kTop, x, plot.bottom(), "grid");
        const char *anchor = tick.value == 0            ? "start"
                             : x > kWidth - kRight - 20 ? "end"
                                                        : "middle";
        plot.svg.text(x, plot.bottom() + 14, tick.label, anchor, "tick");
    }
    plot.svg.line(kLeft, plot.bottom(), kWidth - kRight, plot.bottom(), "axis");
}

void ChartBuilder::drawInputs(Plot &plot) const
{
    // Windows closer than a pixel are drawn as one, so that a fault that flaps does not fill the
    // page.
    double from = -1, to = -1;
    std::size_t drawn = 0;
    const auto flush = [&] {
        if (to > from && drawn++ < kShadesMax)
            plot.svg.rect(from, kTop, std::max(to - from, 1.0), plot.height, "fault-shade");
    };
    for (const FaultWindow &window : m_record.faultWindows) {
        if (window.from > m_record.now)
            continue;
        const double x1 = plot.time.pixel(window.from.seconds());
        const double x2 = plot.time.pixel(window.to.seconds());
        if (x1 > to + 1 || x1 < from) {
            flush();
            from = x1;
            to = x2;
        } else {
            to = std::max(to, x2);
        }
    }
    flush();
    for (std::size_t i = 0; i < std::min(m_record.changes.size(), kMarksMax); ++i) {
        const double x = plot.time.pixel(m_record.changes[i].at.seconds());
        plot.svg.line(x, kTop, x, plot.bottom(), "change-mark");
    }
}

std::string ChartBuilder::finish(Plot &plot, std::string_view label, std::string_view chart) const
{
    std::string attributes = "class=\"chart\" data-x0=\"" + compactNumber(kLeft) + "\" data-x1=\"" +
                             compactNumber(kWidth - kRight) + "\" data-y0=\"" +
                             compactNumber(kTop) + "\" data-y1=\"" + compactNumber(plot.bottom()) +
                             "\" data-end=\"" + compactNumber(m_end, 6) + "\"";
    if (!chart.empty())
        attributes += " data-chart=\"" + std::string(chart) + "\"";
    return plot.svg.element(kWidth, plot.bottom() + kAxis, label, attributes);
}

void ChartBuilder::drawLine(Plot &plot, const std::vector<double> &values,
                            std::string_view cssClass) const
{
    PathData path;
    bool broken = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            broken = true;
            continue;
        }
        const double x = plot.time.pixel(m_columns.from[i] + m_columns.width[i] / 2);
        const double y = plot.value.pixel(values[i]);
        const bool lonely = broken && (i + 1 == values.size() || !std::isfinite(values[i + 1]));
        if (lonely)
            path.dot(x, y); // a line needs two points, but a single column was measured too
        else if (broken)
            path.moveTo(x, y);
        else
            path.lineTo(x, y);
        broken = false;
    }
    plot.svg.path(path.data(), cssClass);
}

std::string ChartBuilder::addHover(const std::vector<Line> &lines)
{
    const std::string chart = "c" + std::to_string(++m_charts);
    m_hover += (m_hover.empty() ? "\"" : ",\"") + chart + "\":[";
    for (const Line &line : lines) {
        m_hover += (&line == lines.data() ? "" : ",");
        m_hover += "{\"n\":\"" + line.name + "\",\"u\":\"" + std::string(line.unit) + "\",\"v\":[";
        for (std::size_t i = 0; i < line.values->size(); ++i) {
            const double value = (*line.values)[i];
            const int decimals = line.unit == "time" ? 6 : line.unit == "share" ? 4 : 1;
            m_hover += (i == 0 ? "" : ",");
            m_hover += std::isfinite(value) ? compactNumber(value, decimals) : "null";
        }
        m_hover += "]}";
    }
    m_hover += "]";
    return chart;
}

std::string ChartBuilder::hoverData() const
{
    std::string json = "{\"t\":[";
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        json += (i == 0 ? "" : ",") + compactNumber(m_columns.from[i], 6);
    json += "],\"w\":[";
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        json += (i == 0 ? "" : ",") + compactNumber(m_columns.width[i], 6);
    return json + "],\"charts\":{" + m_hover + "}}";
}

std::string ChartBuilder::inputsTrack() const
{
    // One row per fault, with its windows; one row for the changed settings.
    std::vector<std::vector<const FaultWindow *>> rows;
    std::vector<std::uint32_t> faults;
    for (const FaultWindow &window : m_record.faultWindows) {
        if (window.from > m_record.now)
            continue;
        const auto known = std::find(faults.begin(), faults.end(), window.fault);
        if (known == faults.end()) {
            faults.push_back(window.fault);
            rows.push_back({&window});
        } else {
            rows[static_cast<std::size_t>(known - faults.begin())].push_back(&window);
        }
    }
    const bool hasChanges = !m_record.changes.empty();
    if (rows.empty() && !hasChanges)
        return {};
    Plot plot(m_end, kRowHeight * static_cast<double>(rows.size() + (hasChanges ? 1 : 0)));
    drawTimeAxis(plot);
    double y = kTop;
    for (const auto &row : rows) {
        double rightmost = 0;
        for (std::size_t i = 0; i < std::min(row.size(), kShadesMax); ++i) {
            const FaultWindow &window = *row[i];
            const double x1 = plot.time.pixel(window.from.seconds());
            const double x2 = std::max(plot.time.pixel(window.to.seconds()), x1 + 1);
            plot.svg.rect(x1, y + 2, x2 - x1, kRowHeight - 4, "fault",
                          window.label + ", " + formatInstant(window.from) + " to " +
                              formatInstant(window.to));
            rightmost = std::max(rightmost, x2);
        }
        // Beside the first window where there is room, else in front of it.
        const std::string &label = row.front()->label;
        const double first = plot.time.pixel(row.front()->from.seconds());
        const double need = static_cast<double>(displayWidth(label)) * 6.3 + 8;
        if (row.size() > 1 || rightmost + need <= kWidth - kRight)
            plot.svg.text(rightmost + 6, y + 13, label,
                          rightmost + need <= kWidth - kRight ? "start" : "end", "note");
        else
            plot.svg.text(first - 6, y + 13, label, "end", "note");
        y += kRowHeight;
    }
    for (std::size_t i = 0; hasChanges && i < std::min(m_record.changes.size(), kMarksMax); ++i) {
        const ParameterChange &change = m_record.changes[i];
        const double x = plot.time.pixel(change.at.seconds());
        plot.svg.line(x, kTop, x, plot.bottom(), "change-mark");
        plot.svg.raw("<g><title>" +
                     escapeMarkup(formatInstant(change.at) + " " + change.path + ": " +
                                  change.before + " \u2192 " + change.after) +
                     "</title>");
        PathData marker;
        marker.moveTo(x, y + 3);
        marker.lineTo(x + 5, y + 13);
        marker.lineTo(x - 5, y + 13);
        marker.close();
        plot.svg.path(marker.data(), "change");
        plot.svg.text(x + 8, y + 13, std::to_string(i + 1), "start", "note");
        plot.svg.raw("</g>");
    }
    std::vector<LegendEntry> legend;
    if (!rows.empty())
        legend.push_back({areaSwatch("fault"), "fault active"});
    if (hasChanges)
        legend.push_back({swatch("M6 1l5 10h-10z", "change"), "setting changed"});
    return track("What was done", "Shaded in every chart below.", legend,
                 finish(plot, "Faults and changed settings over time"));
}

std::string ChartBuilder::outcomesTrack(std::string_view title, Edges edges)
{
    const CallSeries series = callSeries(m_record, m_columns, edges);
    std::vector<double> top(m_columns.size(), 0.0);
    for (const auto &kind : series.ended)
        for (std::size_t i = 0; i < top.size(); ++i)
            top[i] += kind[i];
    Plot plot(m_end);
    plot.rateAxis(largest(top));
    drawTimeAxis(plot);

    std::vector<LegendEntry> legend;
    std::vector<Line> lines;
    std::vector<double> base(m_columns.size(), 0.0);
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind) {
        const std::vector<double> &rate = series.ended[kind];
        if (largest(rate) == 0)
            continue;
        PathData area;
        // Steps, because a column is a count over its whole width and not a value at a point.
        area.moveTo(plot.time.pixel(m_columns.from.front()), plot.value.pixel(base.front()));
        for (std::size_t i = 0; i < rate.size(); ++i) {
            area.verticalTo(plot.value.pixel(base[i] + rate[i]));
            area.horizontalTo(plot.time.pixel(m_columns.from[i] + m_columns.width[i]));
        }
        for (std::size_t i = rate.size(); i-- > 0;) {
            area.verticalTo(plot.value.pixel(base[i]));
            area.horizontalTo(plot.time.pixel(m_columns.from[i]));
            base[i] += rate[i];
        }
        area.close();
        const auto outcome = static_cast<OutcomeKind>(kind);
        plot.svg.path(area.data(), "area " + outcomeClass(outcome));
        lines.push_back({std::string(outcomeName(outcome)), "rate", &rate});
        legend.push_back({areaSwatch(outcomeClass(outcome)), std::string(outcomeName(outcome))});
    }
    drawInputs(plot);
    // As stacked: what is on top in the picture is on top in the legend.
    std::reverse(legend.begin(), legend.end());
    std::reverse(lines.begin(), lines.end());
    return track(title, "Calls ended per second, by outcome as the caller saw it.", legend,
                 finish(plot, std::string(title) + ": outcomes over time", addHover(lines)));
}

std::string ChartBuilder::loadTrack(std::string_view title, Edges edges)
{
    const CallSeries series = callSeries(m_record, m_columns, edges);
    Plot plot(m_end);
    plot.rateAxis(
        std::max({largest(series.offered), largest(series.attempts), largest(series.good)}));
    drawTimeAxis(plot);
    drawInputs(plot);
    drawLine(plot, series.attempts, "line l-attempts");
    drawLine(plot, series.offered, "line l-offered");
    drawLine(plot, series.good, "line l-good");
    return track(title, "What was asked for, what was sent, what came back well, per second.",
                 {{lineSwatch("line l-attempts"), "attempts sent"},
                  {lineSwatch("line l-offered"), "calls offered"},
                  {lineSwatch("line l-good"), "goodput"}},
                 finish(plot, std::string(title) + ": offered, attempts and goodput over time",
                        addHover({{"attempts", "rate", &series.attempts},
                                  {"offered", "rate", &series.offered},
                                  {"goodput", "rate", &series.good}})));
}

std::string ChartBuilder::latencyTrack(std::string_view title, Edges edges)
{
    const CallSeries series = callSeries(m_record, m_columns, edges);
    constexpr std::size_t kShown[] = {4, 3, 1, 0}; // p99.9, p99, p90, p50
    double low = INFINITY, high = 0;
    for (const std::size_t i : kShown) {
        low = std::min(low, smallestPositive(series.latency[i]));
        high = std::max(high, largest(series.latency[i]));
    }
    Plot plot(m_end);
    // Refused calls take no time at all; they must not stretch the axis down to nanoseconds.
    plot.logAxis(std::max(low, high * 1e-5), high, timeLabel);
    drawTimeAxis(plot);
    drawInputs(plot);
    std::vector<LegendEntry> legend;
    std::vector<Line> lines;
    for (const std::size_t i : kShown) {
        const std::string cssClass = "line l-" + std::string(kPercentiles[i].key);
        drawLine(plot, series.latency[i], cssClass);
        legend.push_back({lineSwatch(cssClass), kPercentiles[i].label});
        lines.push_back({kPercentiles[i].label, "time", &series.latency[i]});
    }
    return track(
        title, "Of every call that ended, failed ones too. True percentiles of each column.",
        legend,
        finish(plot, std::string(title) + ": latency percentiles over time", addHover(lines)));
}

std::string ChartBuilder::retryTrack() const
{
    const std::size_t all = m_record.retryPoints.size();
    if (all == 0)
        return {};
    double low = INFINITY, high = 0;
    for (const RetryPoint &point : m_record.retryPoints) {
        const double delay = toSeconds(point.delay);
        low = delay > 0 ? std::min(low, delay) : low;
        high = std::max(high, delay);
    }
    Plot plot(m_end);
    plot.logAxis(std::max(low, high * 1e-4), high, timeLabel);
    drawTimeAxis(plot);
    drawInputs(plot);
    std::array<PathData, 3> dots; // second try, third, later ones
    const std::size_t step = (all + kDotsMax - 1) / kDotsMax;
    for (std::size_t i = 0; i < all; i += step) {
        const RetryPoint &point = m_record.retryPoints[i];
        const std::size_t group = point.attempt <= 2 ? 0 : point.attempt == 3 ? 1 : 2;
        dots[group].dot(plot.time.pixel(point.at.seconds()),
                        plot.value.pixel(std::max(toSeconds(point.delay), plot.value.low())));
    }
    const std::array<std::string_view, 3> labels = {"first retry", "second retry", "later retries"};
    std::vector<LegendEntry> legend;
    for (std::size_t group = 0; group < dots.size(); ++group) {
        if (dots[group].isEmpty())
            continue;
        const std::string cssClass = "dots d-" + std::to_string(group + 1);
        plot.svg.path(dots[group].data(), cssClass);
        legend.push_back({swatch("M6 6h0", cssClass + " big"), std::string(labels[group])});
    }
    const std::uint64_t retries = std::accumulate(
        m_record.edgeTotals.begin(), m_record.edgeTotals.end(), std::uint64_t{0},
        [](std::uint64_t sum, const EdgeTotals &totals) { return sum + totals.retries; });
    const std::size_t shown = (all + step - 1) / step;
    return track("Retry delays",
                 "The wait before each further try, at the moment it was decided. " +
                     formatCount(shown) + " of " + formatCount(retries) +
                     " retries drawn, evenly chosen.",
                 legend, finish(plot, "Retry delays over time"));
}

std::string ChartBuilder::serviceTrack(std::size_t service)
{
    const ServiceSpec *spec = m_record.scenario->findService(m_record.services[service]);
    const std::int64_t workers =
        spec != nullptr ? std::max<std::int64_t>(spec->instances * spec->workers, 1) : 1;
    const ServiceSeries series = serviceSeries(m_record, m_columns, service, workers);
    Plot plot(m_end, 90);
    plot.value = Scale::linear(0, std::max(1.0, largest(series.utilisation)), plot.bottom(), kTop);
    for (const double tick : {0.0, 0.5, 1.0})
        plot.valueTick(tick, shareLabel(tick));
    drawTimeAxis(plot);
    // The wasted part of the busy time, from the floor up, so that the rest reads as useful work.
    PathData busy, wasted;
    for (PathData *area : {&busy, &wasted}) {
        area->moveTo(kLeft, plot.bottom());
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const double share = area == &busy ? 1 : series.wasted[i];
            area->verticalTo(plot.value.pixel(series.utilisation[i] * share));
            area->horizontalTo(plot.time.pixel(m_columns.from[i] + m_columns.width[i]));
        }
        area->verticalTo(plot.bottom());
        area->close();
    }
    plot.svg.path(busy.data(), "area busy");
    plot.svg.path(wasted.data(), "area wasted");
    // The queue has its own axis: its greatest length is the full height.
    const double queueMost = largest(series.queue);
    std::vector<double> queue = series.queue;
    for (double &length : queue)
        length *= queueMost > 0 ? plot.value.high() / queueMost : 0;
    drawInputs(plot);
    if (queueMost > 0) {
        drawLine(plot, queue, "line l-queue");
        plot.svg.text(kWidth - kRight - 4, kTop + 12,
                      "full height = " + formatNumber(queueMost) + " waiting", "end", "tick");
    }
    const std::string name = m_record.services[service];
    return track(name,
                 "Share of " + formatCount(static_cast<std::uint64_t>(workers)) +
                     " workers busy; "
                     "wasted is work that nobody waited for any longer.",
                 {{lineSwatch("line l-queue"), "mean queue"},
                  {areaSwatch("busy"), "busy"},
                  {areaSwatch("wasted"), "wasted"}},
                 finish(plot, name + ": utilisation and queue over time",
                        addHover({{"queue", "count", &series.queue},
                                  {"busy", "share", &series.utilisation},
                                  {"wasted of work", "share", &series.wasted}})));
}

void ChartBuilder::drawBand(Plot &plot, std::uint32_t breaker, double top, double height) const
{
    std::array<double, 6> drawnTo;
    drawnTo.fill(-1);
    BreakerState state = BreakerState::Closed;
    Instant since;
    const auto draw = [&](Instant until, const BreakerTransition *cause) {
        const double x1 = plot.time.pixel(since.seconds());
        const double x2 = std::max(plot.time.pixel(until.seconds()), x1 + 1); // 1 px is always seen
        double &last = drawnTo[static_cast<std::size_t>(state)];
        if (x2 - x1 <= 1 && x1 < last)
            return; // the same pixel has this state already
        last = x2;
        const bool thin = state == BreakerState::Closed;
        std::string tooltip = std::string(breakerStateName(state)) + " " + formatInstant(since) +
                              " to " + formatInstant(until) + ", " + formatDuration(until - since);
        if (cause != nullptr)
            tooltip += ": " + describe(cause->reason);
        plot.svg.rect(x1, thin ? top + height / 2 - 1.5 : top, x2 - x1, thin ? 3 : height,
                      stateClass(state), tooltip);
    };
    const BreakerTransition *cause = nullptr;
    for (const BreakerTransition &transition : m_record.transitions) {
        if (transition.breaker != breaker)
            continue;
        draw(transition.at, cause);
        state = transition.to;
        since = transition.at;
        cause = &transition;
    }
    draw(m_record.now, cause);
}

std::string ChartBuilder::bandsTrack(const BreakerGroup &group) const
{
    const std::vector<std::uint64_t> trips = tripsPerBreaker(m_record);
    std::vector<std::uint32_t> shown = group.members;
    if (shown.size() > kBandsMax) {
        std::stable_sort(shown.begin(), shown.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return trips[a] > trips[b]; });
        shown.resize(kBandsMax);
        std::sort(shown.begin(), shown.end());
    }
    Plot plot(m_end, kRowHeight * static_cast<double>(shown.size()));
    drawTimeAxis(plot);
    drawInputs(plot);
    double y = kTop;
    for (const std::uint32_t breaker : shown) {
        if (group.members.size() > 1)
            plot.svg.text(kLeft - 6, y + 13,
                          "[" + std::to_string(m_record.breakers[breaker].process) + "]", "end",
                          "tick");
        drawBand(plot, breaker, y + (kRowHeight - kBandHeight) / 2, kBandHeight);
        y += kRowHeight;
    }
    std::vector<LegendEntry> legend;
    for (std::size_t i = 0; i < 6; ++i) {
        const auto state = static_cast<BreakerState>(i);
        if (i < 3 || group.shareInState[i] > 0)
            legend.push_back({stateSwatch(state), std::string(breakerStateName(state))});
    }
    std::string note = "On " + group.edge + ".";
    if (shown.size() < group.members.size())
        note += " The " + formatCount(shown.size()) + " processes of " +
                formatCount(group.members.size()) + " that tripped most.";
    else if (group.members.size() > 1)
        note += " One band per process.";
    return track(group.name, note, legend, finish(plot, group.name + ": breaker states over time"));
}

std::string ChartBuilder::openCountTrack(const BreakerGroup &group) const
{
    // The greatest number open and half-open at once within each pixel: no short opening is lost.
    const auto pixels = static_cast<std::size_t>(kWidth - kRight - kLeft);
    std::vector<bool> isMember(m_record.breakers.size(), false);
    for (const std::uint32_t breaker : group.members)
        isMember[breaker] = true;
    std::vector<std::int64_t> open(pixels, 0), notClosed(pixels, 0);
    std::vector<BreakerState> state(m_record.breakers.size(), BreakerState::Closed);
    std::int64_t openNow = 0, halfNow = 0;
    std::size_t filled = 0;
    const auto fillTo = [&](std::size_t pixel) {
        for (; filled <= pixel && filled < pixels; ++filled) {
            open[filled] = openNow;
            notClosed[filled] = openNow + halfNow;
        }
    };
    const auto isOpen = [](BreakerState s) {
        return s == BreakerState::Open || s == BreakerState::ForcedOpen;
    };
    for (const BreakerTransition &transition : m_record.transitions) {
        if (!isMember[transition.breaker])
            continue;
        const double share = transition.at.seconds() / m_end;
        const auto pixel =
            std::min(static_cast<std::size_t>(share * static_cast<double>(pixels)), pixels - 1);
        fillTo(pixel);
        BreakerState &old = state[transition.breaker];
        openNow += (isOpen(transition.to) ? 1 : 0) - (isOpen(old) ? 1 : 0);
        halfNow += (transition.to == BreakerState::HalfOpen ? 1 : 0) -
                   (old == BreakerState::HalfOpen ? 1 : 0);
        old = transition.to;
        open[pixel] = std::max(open[pixel], openNow);
        notClosed[pixel] = std::max(notClosed[pixel], openNow + halfNow);
    }
    fillTo(pixels - 1);

    Plot plot(m_end, 72);
    plot.value = Scale::linear(0, static_cast<double>(group.members.size()), plot.bottom(), kTop);
    for (const double tick : {0.0, plot.value.high()})
        plot.valueTick(tick, formatCount(static_cast<std::uint64_t>(tick)));
    drawTimeAxis(plot);
    for (const auto *counts : {&notClosed, &open}) {
        PathData area;
        area.moveTo(kLeft, plot.bottom());
        for (std::size_t i = 0; i < pixels; ++i) {
            if (i > 0 && (*counts)[i] == (*counts)[i - 1])
                continue;
            area.horizontalTo(kLeft + static_cast<double>(i));
            area.verticalTo(plot.value.pixel(static_cast<double>((*counts)[i])));
        }
        area.horizontalTo(kWidth - kRight);
        area.verticalTo(plot.bottom());
        area.close();
        plot.svg.path(area.data(), counts == &open ? "s-open" : "s-half");
    }
    drawInputs(plot);
    return track(group.name + " in the fleet",
                 "Of " + formatCount(group.members.size()) +
                     " processes, each with its own breaker; " + formatCount(group.tripped) +
                     " tripped.",
                 {{stateSwatch(BreakerState::HalfOpen), "HALF_OPEN"},
                  {stateSwatch(BreakerState::Open), "OPEN"}},
                 finish(plot, group.name + ": breakers not closed over time"));
}

std::string ChartBuilder::breakerTracks(const BreakerGroup &group) const
{
    return (group.members.size() > kBandsMax ? openCountTrack(group) : std::string()) +
           bandsTrack(group);
}

std::string ChartBuilder::slowerThanTrack(std::string_view title, Edges edges) const
{
    Histogram good, bad, all;
    for (const std::uint32_t edge : edges) {
        good.merge(m_record.edgeTotals[edge].goodLatency);
        bad.merge(m_record.edgeTotals[edge].badLatency);
    }
    all.merge(good);
    all.merge(bad);
    if (all.isEmpty())
        return {};
    Plot plot(m_end, 190);
    const double shareLow = std::pow(
        10.0, -std::ceil(std::log10(std::max<double>(static_cast<double>(all.count()), 10))));
    plot.logAxis(std::max(shareLow, 1e-6), 1,
                 [](double share) { return compactNumber(share * 100, 4) + " %"; });
    const double high = static_cast<double>(std::max<std::int64_t>(all.max(), 1)) * 1e-9;
    const double low = static_cast<double>(std::max<std::int64_t>(all.quantile(0.001), 1)) * 1e-9;
    const Scale latency = logScale(std::max(low, high * 1e-6), high, kLeft, kWidth - kRight);
    for (const double tick : decadeTicks(latency.low(), latency.high(), 18)) {
        const double x = latency.pixel(tick);
        plot.svg.line(x, kTop, x, plot.bottom(), "grid");
        plot.svg.text(x, plot.bottom() + 14, timeLabel(tick),
                      x > kWidth - kRight - 20 ? "end" : "middle", "tick");
    }
    plot.svg.line(kLeft, plot.bottom(), kWidth - kRight, plot.bottom(), "axis");

    std::vector<LegendEntry> legend;
    const auto draw = [&](const Histogram &histogram, std::string_view cssClass,
                          std::string_view label) {
        if (histogram.isEmpty())
            return;
        PathData path;
        path.moveTo(kLeft, plot.value.pixel(1));
        std::uint64_t left = histogram.count();
        double lastX = -1;
        histogram.forEachBucket([&](std::int64_t, std::int64_t highNs, std::uint64_t count) {
            left -= count;
            const double x =
                latency.pixel(static_cast<double>(std::min(highNs, histogram.max())) * 1e-9);
            const double share = static_cast<double>(left) / static_cast<double>(histogram.count());
            if (left > 0 && x < lastX + 0.7)
                return;
            lastX = x;
            path.horizontalTo(x);
            path.verticalTo(plot.value.pixel(share));
        });
        plot.svg.path(path.data(), cssClass);
        legend.push_back({lineSwatch(cssClass), std::string(label)});
    };
    draw(all, "line l-offered", "all calls");
    draw(good, "line l-good", "good calls");
    draw(bad, "line l-bad", "failed calls");
    for (const std::size_t i : {0, 1, 3, 4}) {
        const double at = static_cast<double>(all.quantile(kPercentiles[i].q)) * 1e-9;
        const double share = 1 - kPercentiles[i].q;
        if (at < latency.low() || share < plot.value.low() * 0.999)
            continue;
        const double x = latency.pixel(at), y = plot.value.pixel(share);
        plot.svg.line(x, y, x, plot.bottom(), "marker");
        const bool isFarRight = x > kWidth - kRight - 110;
        plot.svg.text(isFarRight ? x - 6 : x + 5, isFarRight ? y + 14 : y - 4,
                      std::string(kPercentiles[i].label) + " " + formatSeconds(at),
                      isFarRight ? "end" : "start", "note");
    }
    std::string attributes = "class=\"chart\"";
    return track(title,
                 "Share of calls that took longer than the time below. A step that falls late is a "
                 "tail that users meet.",
                 legend,
                 plot.svg.element(kWidth, plot.bottom() + kAxis, std::string(title), attributes));
}

} // namespace halfopen::report
