// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/comparison.h"

#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/html_page.h"
#include "core/report/html_table.h"
#include "core/report/plot.h"
#include "core/report/run_series.h"
#include "core/report/traffic.h"
#include "core/run/initial_state.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace halfopen::report {

namespace {

constexpr std::size_t kColours = 8;

std::string lineClass(std::size_t variant)
{
    return "line v-" + std::to_string(variant % kColours);
}

/// Of a line with \a above others drawn over it: broad enough to be seen on both sides of them where they say the same.
std::string widthClass(std::size_t above)
{
    constexpr std::size_t kWidths = 4;
    return above == 0 ? std::string() : " w-" + std::to_string(std::min(above, kWidths));
}

/// The variants whose first run is there, over one another on one time axis.
class Overlay {
public:
    explicit Overlay(const Comparison &comparison)
    {
        for (std::size_t v = 0; v < comparison.variants.size(); ++v) {
            const ComparedVariant &variant = comparison.variants[v];
            if (!variant.first)
                continue;
            m_drawn.push_back({&variant, v, timeColumns(*variant.first, kColumnsMax), {}});
            Drawn &one = m_drawn.back();
            std::vector<std::uint32_t> clients;
            for (std::uint32_t e = 0; e < variant.first->edges.size(); ++e)
                if (variant.first->edges[e].client)
                    clients.push_back(e);
            one.series = callSeries(*variant.first, one.columns, clients);
            // What a storm is made of leaves on the inner edges too.
            std::vector<std::uint32_t> all(variant.first->edges.size());
            std::iota(all.begin(), all.end(), 0u);
            one.series.attempts = callSeries(*variant.first, one.columns, all).attempts;
            m_end = std::max(m_end, variant.first->now.seconds());
        }
    }
    bool isEmpty() const { return m_drawn.empty(); }
    /// The columns of the variant with the most, by which the pointer finds its values.
    std::string hoverJson() const { return m_hover.json(m_drawn.front().columns); }

    std::string bands() const;
    std::string lines(std::string_view title, std::string_view note, bool isTime,
                      const std::vector<double> &(*values)(const CallSeries &));

private:
    struct Drawn {
        const ComparedVariant *variant;
        std::size_t index;
        TimeColumns columns;
        CallSeries series;
    };
    std::vector<LegendEntry> legend() const
    {
        std::vector<LegendEntry> entries;
        for (const Drawn &one : m_drawn)
            entries.push_back({lineSwatch(lineClass(one.index)), one.variant->name});
        return entries;
    }
    /// The values can be read off by the pointer only where the columns are the same.
    bool sharesColumns() const
    {
        return std::all_of(m_drawn.begin(), m_drawn.end(), [&](const Drawn &one) {
            return one.columns.from == m_drawn.front().columns.from;
        });
    }

    std::vector<Drawn> m_drawn;
    double m_end = 1e-6;
    HoverData m_hover;
};

/// How many of the breakers are open, and how many are not closed, at most within each pixel.
struct FleetStates {
    std::vector<double> open, notClosed; ///< shares 0..1
};

FleetStates fleetStates(const RunRecord &record, double end, std::size_t pixels)
{
    FleetStates states{std::vector<double>(pixels), std::vector<double>(pixels)};
    std::vector<BreakerState> now = initialStates(record);
    double open = 0, half = 0;
    const auto isOpen = [](BreakerState s) { return s == BreakerState::Open || s == BreakerState::ForcedOpen; };
    for (const BreakerState state : now) {
        open += isOpen(state) ? 1 : 0;
        half += state == BreakerState::HalfOpen ? 1 : 0;
    }
    const double all = std::max<double>(1, static_cast<double>(now.size()));
    std::size_t filled = 0;
    const auto fill = [&](std::size_t to) {
        for (; filled <= to && filled < pixels; ++filled) {
            states.open[filled] = open / all;
            states.notClosed[filled] = (open + half) / all;
        }
    };
    for (const BreakerTransition &t : record.transitions) {
        const auto pixel = std::min(static_cast<std::size_t>(t.at.seconds() / end * static_cast<double>(pixels)), pixels - 1);
        fill(pixel);
        BreakerState &old = now[t.breaker];
        open += (isOpen(t.to) ? 1 : 0) - (isOpen(old) ? 1 : 0);
        half += (t.to == BreakerState::HalfOpen ? 1 : 0) - (old == BreakerState::HalfOpen ? 1 : 0);
        old = t.to;
        states.open[pixel] = std::max(states.open[pixel], open / all);
        states.notClosed[pixel] = std::max(states.notClosed[pixel], (open + half) / all);
    }
    fill(pixels - 1);
    return states;
}

/// A fleet's band: filled from below by the share of its breakers.
void drawFleet(Plot &plot, const RunRecord &record, double top, double height)
{
    const auto pixels = static_cast<std::size_t>(kWidth - kRight - kLeft);
    const FleetStates states = fleetStates(record, plot.end, pixels);
    plot.svg.rect(kLeft, top + height - 3, plot.time.pixel(record.now.seconds()) - kLeft, 3, "s-closed");
    for (const auto *shares : {&states.notClosed, &states.open}) {
        PathData area;
        area.moveTo(kLeft, top + height);
        for (std::size_t i = 0; i < pixels; ++i) {
            if (i > 0 && (*shares)[i] == (*shares)[i - 1])
                continue;
            area.horizontalTo(kLeft + static_cast<double>(i));
            area.verticalTo(top + height - height * (*shares)[i]);
        }
        area.horizontalTo(kWidth - kRight);
        area.verticalTo(top + height);
        area.close();
        plot.svg.path(area.data(), shares == &states.open ? "s-open" : "s-half");
    }
}

std::string Overlay::bands() const
{
    constexpr double kBand = 26;
    std::vector<const Drawn *> shown;
    for (const Drawn &one : m_drawn)
        if (!one.variant->first->breakers.empty())
            shown.push_back(&one);
    if (shown.empty())
        return {};
    Plot plot(m_end, kBand * static_cast<double>(shown.size()));
    plot.timeAxis();
    plot.inputs(*shown.front()->variant->first);
    double y = kTop;
    for (const Drawn *one : shown) {
        const RunRecord &record = *one->variant->first;
        if (record.breakers.size() == 1)
            plot.band(record, 0, y + (kBand - kBandHeight) / 2, kBandHeight);
        else
            drawFleet(plot, record, y + 4, kBand - 8);
        plot.svg.text(kLeft + 4, y + kBand / 2 - 3, one->variant->name, "start", "note");
        y += kBand;
    }
    return track("Breakers",
                 "One band per variant, all its breakers together: the height is the share that is open. Shaded: the faults.",
                 {{stateSwatch(BreakerState::Closed), "CLOSED"},
                  {stateSwatch(BreakerState::Open), "OPEN"},
                  {stateSwatch(BreakerState::HalfOpen), "HALF_OPEN"}},
                 plot.finish("Breaker states of every variant over time"));
}

std::string Overlay::lines(std::string_view title, std::string_view note, bool isTime,
                           const std::vector<double> &(*values)(const CallSeries &))
{
    double low = INFINITY, high = 0;
    for (const Drawn &one : m_drawn) {
        low = std::min(low, smallestPositive(values(one.series)));
        high = std::max(high, largest(values(one.series)));
    }
    Plot plot(m_end);
    if (isTime)
        plot.logAxis(std::max(low, high * 1e-5), high, timeLabel);
    else
        plot.rateAxis(high);
    plot.timeAxis();
    plot.inputs(*m_drawn.front().variant->first);
    std::vector<HoverData::Line> read;
    for (std::size_t i = 0; i < m_drawn.size(); ++i) {
        const Drawn &one = m_drawn[i];
        plot.line(one.columns, values(one.series), lineClass(one.index) + widthClass(m_drawn.size() - 1 - i));
        // A name goes into JSON inside a script element.
        std::string name;
        for (const char c : one.variant->name)
            name += c == '"' || c == '\\' || c == '<' || static_cast<unsigned char>(c) < 32 ? '?' : c;
        read.push_back({name, isTime ? "time" : "rate", &values(one.series)});
    }
    const std::string chart = sharesColumns() ? m_hover.add(read) : std::string();
    return track(title, note, legend(), plot.finish(std::string(title) + " of every variant over time", chart));
}

std::string figureRows(const Comparison &comparison)
{
    std::vector<HtmlTable::Head> heads = {{"variant"}};
    for (const ComparedFigure &figure : comparedFigures())
        heads.push_back({figure.title});
    HtmlTable table(heads);
    HtmlTable differences(heads);
    const bool isMany = comparison.seeds.size() > 1;
    for (const ComparedVariant &variant : comparison.variants) {
        std::vector<std::string> cells = {variant.name};
        std::vector<std::string> less = {variant.name};
        for (std::size_t f = 0; f < comparedFigures().size(); ++f) {
            const ComparedFigure &figure = comparedFigures()[f];
            cells.push_back(figureText(comparison, figure, figureOf(variant, f)));
            less.push_back(differenceText(comparison, figure, differenceOf(variant, comparison.variants.front(), f)));
        }
        table.row(cells);
        if (&variant != &comparison.variants.front())
            differences.row(less);
    }
    std::string note;
    for (const std::string &sentence : undisturbedSentences(comparison))
        note += (note.empty() ? "" : " ") + sentence;
    std::string html = "<h2>Figures</h2>\n" + table.html(note);
    if (comparison.variants.size() > 1)
        html += "<h2>Difference to " + escapeMarkup(comparison.variants.front().name) + "</h2>\n" +
                differences.html(isMany ? "Paired by seed, 95 % confidence intervals; * does not hold 0; pt = percentage points."
                                        : "One seed: no confidence intervals.");
    return html;
}

std::string carriedRows(const Comparison &comparison)
{
    std::string html;
    for (const ComparedVariant &variant : comparison.variants) {
        if (variant.carried.empty())
            continue;
        HtmlTable table({{"meaning"}, {"setting", "wrap"}, {"what is different", "wrap"}});
        for (const CarriedSetting &one : variant.carried)
            table.row({one.meaning, one.isCarried() ? one.setting : "no counterpart", one.note},
                      one.isCarried() ? "" : "part");
        html += "<h2>Settings of " + escapeMarkup(variant.name) + "</h2>\n" + table.html();
    }
    return html;
}

std::string disturbanceRows(const Comparison &comparison)
{
    HtmlTable table({{"variant"}, {"from"}, {"to"}, {"first breaker opens after"}, {"goodput is back after"}});
    std::vector<std::pair<const ComparedVariant *, const Disturbance *>> all;
    for (const ComparedVariant &variant : comparison.variants)
        for (const Disturbance &one : variant.firstDisturbances)
            all.emplace_back(&variant, &one);
    // One disturbance after the other, so that those who met it stand together.
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.second->from < b.second->from; });
    for (const auto &[variant, one] : all)
        table.row({variant->name, formatInstant(one->from), formatInstant(one->to),
                   one->detection ? formatSeconds(toSeconds(*one->detection)) : "none opened",
                   one->recovery ? formatRecovery(*one->recovery, one->resolution) : "not back"});
    return !all.empty() ? "<h2>Disturbances</h2>\n" + table.html() : std::string();
}

} // namespace

std::string comparisonPage(const Comparison &comparison, const std::string &date)
{
    const Scenario &scenario = *comparison.variants.front().scenario;
    std::string html = pageBegin(scenario.name + ", compared");
    html += "<header>\n<h1>" + escapeMarkup(scenario.name) + ": " +
            std::to_string(comparison.variants.size()) + " variants compared</h1>\n";
    if (!scenario.question.empty())
        html += "<p class=\"question\">" + escapeMarkup(scenario.question) + "</p>\n";
    const std::vector<std::string> differences = trafficDifferences(comparison);
    html += "<p class=\"facts\"><span>" + std::string(differences.empty() ? "the same traffic for all" : "not the same traffic") +
            "</span><span>seed " +
            std::to_string(comparison.seeds.front()) +
            (comparison.seeds.size() > 1 ? " to " + std::to_string(comparison.seeds.back()) : "") + "</span>" +
            (date.empty() ? "" : "<span>" + escapeMarkup(date) + "</span>") + "</p>\n";
    for (const std::string &difference : differences)
        html += "<p class=\"notice\">" + escapeMarkup(difference) + "</p>\n";
    if (!comparison.isComplete)
        html += "<p class=\"notice\">Interrupted: some seeds are missing.</p>\n";
    html += "</header>\n" + figureRows(comparison);
    Overlay overlay(comparison);
    std::string hover = "{\"t\":[],\"w\":[],\"charts\":{}}";
    if (!overlay.isEmpty()) {
        html += "<h2>Over time, seed " + std::to_string(comparison.seeds.front()) +
                "</h2>\n<div class=\"tracks\">\n" + overlay.bands();
        html += overlay.lines("Goodput", "Good calls per second, of all clients. Where lines coincide, the upper ones of the list are broader.", false,
                              [](const CallSeries &s) -> const std::vector<double> & { return s.good; });
        html += overlay.lines("Attempts", "Requests sent per second, by clients and between services.", false,
                              [](const CallSeries &s) -> const std::vector<double> & { return s.attempts; });
        html += overlay.lines("Latency p99", "Of every call that ended, failed ones too.", true,
                              [](const CallSeries &s) -> const std::vector<double> & { return s.latency[3]; });
        html += "</div>\n";
        hover = overlay.hoverJson();
    }
    html += disturbanceRows(comparison) + carriedRows(comparison);
    return html + pageEnd(hover);
}

} // namespace halfopen::report
