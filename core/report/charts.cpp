// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/charts.h"

#include "core/report/format.h"
#include "core/report/plot.h"
#include "core/report/svg.h"
#include "core/run/initial_state.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace halfopen::report {

namespace {

constexpr std::size_t kDotsMax = 4000;
constexpr std::size_t kBandsMax = 12;
constexpr std::size_t kShadesMax = 200;
constexpr std::size_t kMarksMax = 100;

std::string outcomeClass(OutcomeKind kind)
{
    return "o-" + std::string(outcomeName(kind));
}

} // namespace

std::string ChartBuilder::hoverData() const
{
    return m_hover.json(m_columns);
}

ChartBuilder::ChartBuilder(const RunRecord &record)
    : m_record(record), m_columns(timeColumns(record, kColumnsMax)),
      m_end(std::max(record.now.seconds(), 1e-6))
{}

/// How strong a ramp or a wave is, as an area in the box from \a x1 to \a x2 below \a top.
static PathData strengthArea(const FaultWindow &window, double x1, double x2, double top, double height)
{
    const double steps = std::max(static_cast<double>(window.strength.size()) - 1, 1.0);
    PathData area;
    area.moveTo(x1, top + height);
    for (std::size_t i = 0; i < window.strength.size(); ++i)
        area.lineTo(x1 + (x2 - x1) * static_cast<double>(i) / steps,
                    top + height * (1 - static_cast<double>(window.strength[i])));
    area.lineTo(x2, top + height);
    area.close();
    return area;
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
    plot.timeAxis();
    double y = kTop;
    for (const auto &row : rows) {
        double rightmost = 0;
        for (std::size_t i = 0; i < std::min(row.size(), kShadesMax); ++i) {
            const FaultWindow &window = *row[i];
            const double x1 = plot.time.pixel(window.from.seconds());
            const double x2 = std::max(plot.time.pixel(window.to.seconds()), x1 + 1);
            plot.svg.rect(x1, y + 2, x2 - x1, kRowHeight - 4, window.strength.empty() ? "fault" : "fault-shade",
                          window.label + ", " + formatInstant(window.from) + " to " +
                              formatInstant(window.to));
            if (!window.strength.empty())
                plot.svg.path(strengthArea(window, x1, x2, y + 2, kRowHeight - 4).data(), "fault");
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
                 plot.finish("Faults and changed settings over time"));
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
    plot.timeAxis();

    std::vector<LegendEntry> legend;
    std::vector<HoverData::Line> lines;
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
    plot.inputs(m_record);
    // As stacked: what is on top in the picture is on top in the legend.
    std::reverse(legend.begin(), legend.end());
    std::reverse(lines.begin(), lines.end());
    return track(title, "Calls ended per second, by outcome as the caller saw it.", legend,
                 plot.finish(std::string(title) + ": outcomes over time", m_hover.add(lines)));
}

std::string ChartBuilder::loadTrack(std::string_view title, Edges edges)
{
    const CallSeries series = callSeries(m_record, m_columns, edges);
    Plot plot(m_end);
    plot.rateAxis(
        std::max({largest(series.offered), largest(series.attempts), largest(series.good)}));
    plot.timeAxis();
    plot.inputs(m_record);
    plot.line(m_columns, series.attempts, "line l-attempts");
    plot.line(m_columns, series.offered, "line l-offered");
    plot.line(m_columns, series.good, "line l-good");
    return track(title, "What was asked for, what was sent, what came back well, per second.",
                 {{lineSwatch("line l-attempts"), "attempts sent"},
                  {lineSwatch("line l-offered"), "calls offered"},
                  {lineSwatch("line l-good"), "goodput"}},
                 plot.finish(std::string(title) + ": offered, attempts and goodput over time",
                        m_hover.add({{"attempts", "rate", &series.attempts},
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
    plot.timeAxis();
    plot.inputs(m_record);
    std::vector<LegendEntry> legend;
    std::vector<HoverData::Line> lines;
    for (const std::size_t i : kShown) {
        const std::string cssClass = "line l-" + std::string(kPercentiles[i].key);
        plot.line(m_columns, series.latency[i], cssClass);
        legend.push_back({lineSwatch(cssClass), kPercentiles[i].label});
        lines.push_back({kPercentiles[i].label, "time", &series.latency[i]});
    }
    return track(
        title, "Of every call that ended, failed ones too. True percentiles of each column.",
        legend,
        plot.finish(std::string(title) + ": latency percentiles over time", m_hover.add(lines)));
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
    plot.timeAxis();
    plot.inputs(m_record);
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
                 legend, plot.finish("Retry delays over time"));
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
    plot.timeAxis();
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
    plot.inputs(m_record);
    if (queueMost > 0) {
        plot.line(m_columns, queue, "line l-queue");
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
                 plot.finish(name + ": utilisation and queue over time",
                        m_hover.add({{"queue", "count", &series.queue},
                                  {"busy", "share", &series.utilisation},
                                  {"wasted of work", "share", &series.wasted}})));
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
    plot.timeAxis();
    plot.inputs(m_record);
    double y = kTop;
    for (const std::uint32_t breaker : shown) {
        if (group.members.size() > 1)
            plot.svg.text(kLeft - 6, y + 13,
                          placeInLayer(m_record.breakers[breaker]), "end", "tick");
        plot.band(m_record, breaker, y + (kRowHeight - kBandHeight) / 2, kBandHeight);
        y += kRowHeight;
    }
    std::vector<LegendEntry> legend;
    for (std::size_t i = 0; i < 6; ++i) {
        const auto state = static_cast<BreakerState>(i);
        if (i < 3 || group.shareInState[i] > 0)
            legend.push_back({stateSwatch(state), std::string(breakerStateName(state))});
    }
    std::string note = "On " + group.edge + ".";
    if (m_record.breakers[group.members.front()].instance)
        note += " One band for each instance as a process sees it; OPEN: ejected."
            + (shown.size() < group.members.size() ? " The " + formatCount(shown.size()) + " that were ejected most." : std::string());
    else if (shown.size() < group.members.size())
        note += " The " + formatCount(shown.size()) + " processes of " +
                formatCount(group.members.size()) + " that tripped most.";
    else if (group.members.size() > 1)
        note += " One band per process.";
    return track(group.name, note, legend, plot.finish(group.name + ": breaker states over time"));
}

std::string ChartBuilder::openCountTrack(const BreakerGroup &group) const
{
    // The greatest number open and half-open at once within each pixel: no short opening is lost.
    const auto pixels = static_cast<std::size_t>(kWidth - kRight - kLeft);
    std::vector<bool> isMember(m_record.breakers.size(), false);
    for (const std::uint32_t breaker : group.members)
        isMember[breaker] = true;
    std::vector<std::int64_t> open(pixels, 0), notClosed(pixels, 0);
    const auto isOpen = [](BreakerState s) {
        return s == BreakerState::Open || s == BreakerState::ForcedOpen;
    };
    std::vector<BreakerState> state = initialStates(m_record);
    std::int64_t openNow = 0, halfNow = 0;
    for (const std::uint32_t breaker : group.members) {
        openNow += isOpen(state[breaker]) ? 1 : 0;
        halfNow += state[breaker] == BreakerState::HalfOpen ? 1 : 0;
    }
    std::size_t filled = 0;
    const auto fillTo = [&](std::size_t pixel) {
        for (; filled <= pixel && filled < pixels; ++filled) {
            open[filled] = openNow;
            notClosed[filled] = openNow + halfNow;
        }
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
    plot.timeAxis();
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
    plot.inputs(m_record);
    return track(group.name + " in the fleet",
                 "Of " + formatCount(group.members.size()) +
                     " processes, each with its own breaker; " + formatCount(group.tripped) +
                     " tripped.",
                 {{stateSwatch(BreakerState::HalfOpen), "HALF_OPEN"},
                  {stateSwatch(BreakerState::Open), "OPEN"}},
                 plot.finish(group.name + ": breakers not closed over time"));
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
