// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/plot.h"

#include "core/report/format.h"
#include "core/run/initial_state.h"

#include <algorithm>
#include <array>

namespace halfopen::report {

namespace {

constexpr std::size_t kShadesMax = 200;
constexpr std::size_t kMarksMax = 100;

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

} // namespace

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

Scale logScale(double low, double high, double pixelLow, double pixelHigh)
{
    if (!(high > 0) || !std::isfinite(low))
        return Scale::logarithmic(1e-3, 1, pixelLow, pixelHigh);
    high = roundUp125(high);
    low = std::max(roundDown125(low), high * 1e-9);
    return Scale::logarithmic(std::min(low, high / 10), high, pixelLow, pixelHigh);
}

void Plot::rateAxis(double high)
{
    const std::vector<double> ticks = roundTicks(high, 4);
    const bool isSmall = ticks.back() < 10 || (ticks.back() < 10'000 && ticks[1] != std::floor(ticks[1]));
    value = Scale::linear(0, ticks.back(), bottom(), kTop);
    for (const double tick : ticks)
        valueTick(tick, isSmall ? smallRateLabel(tick) : rateLabel(tick));
}

void Plot::valueTick(double at, const std::string &label)
{
    const double y = value.pixel(at);
    svg.line(kLeft, y, kWidth - kRight, y, "grid");
    svg.text(kLeft - 6, std::max(y + 4, kTop + 7), label, "end", "tick");
}

void Plot::timeAxis()
{
    for (const Tick &tick : timeTicks(end, 10)) {
        const double x = time.pixel(tick.value);
        svg.line(x, kTop, x, bottom(), "grid");
        const char *anchor = tick.value == 0            ? "start"
                             : x > kWidth - kRight - 20 ? "end"
                                                        : "middle";
        svg.text(x, bottom() + 14, tick.label, anchor, "tick");
    }
    svg.line(kLeft, bottom(), kWidth - kRight, bottom(), "axis");
}

void Plot::inputs(const RunRecord &record)
{
    // Windows closer than a pixel are drawn as one, so that a fault that flaps does not fill the
    // page.
    double from = -1, to = -1;
    std::size_t drawn = 0;
    const auto flush = [&] {
        if (to > from && drawn++ < kShadesMax)
            svg.rect(from, kTop, std::max(to - from, 1.0), height, "fault-shade");
    };
    for (const FaultWindow &window : record.faultWindows) {
        if (window.from > record.now)
            continue;
        const double x1 = time.pixel(window.from.seconds());
        const double x2 = time.pixel(window.to.seconds());
        if (x1 > to + 1 || x1 < from) {
            flush();
            from = x1;
            to = x2;
        } else {
            to = std::max(to, x2);
        }
    }
    flush();
    for (std::size_t i = 0; i < std::min(record.changes.size(), kMarksMax); ++i) {
        const double x = time.pixel(record.changes[i].at.seconds());
        svg.line(x, kTop, x, bottom(), "change-mark");
    }
}

void Plot::line(const TimeColumns &columns, const std::vector<double> &values,
                std::string_view cssClass)
{
    PathData path;
    bool broken = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            broken = true;
            continue;
        }
        const double x = time.pixel(columns.from[i] + columns.width[i] / 2);
        const double y = value.pixel(values[i]);
        const bool lonely = broken && (i + 1 == values.size() || !std::isfinite(values[i + 1]));
        if (lonely)
            path.dot(x, y); // a line needs two points, but a single column was measured too
        else if (broken)
            path.moveTo(x, y);
        else
            path.lineTo(x, y);
        broken = false;
    }
    svg.path(path.data(), cssClass);
}

void Plot::band(const RunRecord &record, std::uint32_t breaker, double top, double bandHeight)
{
    std::array<double, 6> drawnTo;
    drawnTo.fill(-1);
    BreakerState state = initialState(record, breaker);
    Instant since;
    const auto draw = [&](Instant until, const BreakerTransition *cause) {
        const double x1 = time.pixel(since.seconds());
        const double x2 = std::max(time.pixel(until.seconds()), x1 + 1); // 1 px is always seen
        double &last = drawnTo[static_cast<std::size_t>(state)];
        if (x2 - x1 <= 1 && x1 < last)
            return; // the same pixel has this state already
        last = x2;
        const bool thin = state == BreakerState::Closed;
        std::string tooltip = std::string(breakerStateName(state)) + " " + formatInstant(since) +
                              " to " + formatInstant(until) + ", " + formatDuration(until - since);
        if (cause != nullptr)
            tooltip += ": " + describe(cause->reason);
        svg.rect(x1, thin ? top + bandHeight / 2 - 1.5 : top, x2 - x1, thin ? 3 : bandHeight,
                      stateClass(state), tooltip);
    };
    const BreakerTransition *cause = nullptr;
    for (const BreakerTransition &transition : record.transitions) {
        if (transition.breaker != breaker)
            continue;
        draw(transition.at, cause);
        state = transition.to;
        since = transition.at;
        cause = &transition;
    }
    draw(record.now, cause);
}

std::string Plot::finish(std::string_view label, std::string_view chart) const
{
    std::string attributes = "class=\"chart\" data-x0=\"" + compactNumber(kLeft) + "\" data-x1=\"" +
                             compactNumber(kWidth - kRight) + "\" data-y0=\"" +
                             compactNumber(kTop) + "\" data-y1=\"" + compactNumber(bottom()) +
                             "\" data-end=\"" + compactNumber(end, 6) + "\"";
    if (!chart.empty())
        attributes += " data-chart=\"" + std::string(chart) + "\"";
    return svg.element(kWidth, bottom() + kAxis, label, attributes);
}

std::string HoverData::add(const std::vector<Line> &lines)
{
    const std::string chart = "c" + std::to_string(++m_count);
    m_charts += (m_charts.empty() ? "\"" : ",\"") + chart + "\":[";
    for (const Line &line : lines) {
        m_charts += (&line == lines.data() ? "" : ",");
        m_charts += "{\"n\":\"" + line.name + "\",\"u\":\"" + std::string(line.unit) + "\",\"v\":[";
        for (std::size_t i = 0; i < line.values->size(); ++i) {
            const double value = (*line.values)[i];
            const int decimals = line.unit == "time" ? 6 : line.unit == "share" ? 4 : 1;
            m_charts += (i == 0 ? "" : ",");
            m_charts += std::isfinite(value) ? compactNumber(value, decimals) : "null";
        }
        m_charts += "]}";
    }
    m_charts += "]";
    return chart;
}

std::string HoverData::json(const TimeColumns &columns) const
{
    std::string text = "{\"t\":[";
    for (std::size_t i = 0; i < columns.size(); ++i)
        text += (i == 0 ? "" : ",") + compactNumber(columns.from[i], 6);
    text += "],\"w\":[";
    for (std::size_t i = 0; i < columns.size(); ++i)
        text += (i == 0 ? "" : ",") + compactNumber(columns.width[i], 6);
    return text + "],\"charts\":{" + m_charts + "}}";
}

} // namespace halfopen::report
