// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/study/measured.h"

#include "core/report/recovery.h"
#include "simulators/simulation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, 2> kFigures{"time_to_detect", "time_to_recover"};

/// Metrics that a person would rather have more of; what is refused, late or slow is better when it is less.
constexpr std::array<std::string_view, 3> kMoreIsBetter{"goodput", "goodput_per_s", "success"};
/// Metrics of the world, or of what policies do in it, rather than of how well it is dealt with.
constexpr std::array<std::string_view, 16> kNeither{"offered",        "offered_per_s",       "ended",   "arrivals",
                                                    "arrivals_per_s", "synthetic",           "unknown", "attempts",
                                                    "attempts_per_s", "attempts_peak_per_s", "retries", "fallback",
                                                    "trips",          "breakers_tripped",    "first_trip", "time_open"};

template <std::size_t N> bool holds(const std::array<std::string_view, N> &words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

Better betterOfKey(std::string_view key)
{
    if (holds(kMoreIsBetter, key))
        return Better::More;
    return holds(kNeither, key) ? Better::None : Better::Less;
}

} // namespace

double Measured::of(const RunRecord &record) const
{
    if (metric != nullptr)
        return measure(record, *metric, where);
    return figure->measure(record, report::disturbances(record));
}

std::string Measured::format(double value) const
{
    if (!std::isfinite(value))
        return "-";
    return metric != nullptr ? formatMetric(*metric, value) : report::formatFigure(*figure, value);
}

Duration Measured::stepIn(const RunRecord &record) const
{
    return figure != nullptr && figure->isInSteps ? report::widestResolution(report::disturbances(record)) : Duration(0);
}

report::Quantity Measured::quantity() const
{
    if (metric != nullptr) {
        switch (metric->unit) {
        case Metric::Unit::Share:
            return report::Quantity::Share;
        case Metric::Unit::Seconds:
            return report::Quantity::Seconds;
        case Metric::Unit::Count:
            return report::Quantity::Count;
        case Metric::Unit::PerSecond:
            return report::Quantity::PerSecond;
        case Metric::Unit::Ratio:
            break;
        }
        return report::Quantity::Ratio;
    }
    return report::quantityOf(*figure);
}

std::string estimateText(const Measured &measured, const report::Estimate &estimate, Duration step)
{
    if (!std::isfinite(estimate.mean) || !std::isfinite(estimate.halfWidth))
        return measured.format(estimate.mean);
    return report::toldText(report::tell(measured.quantity(), estimate.mean, estimate.halfWidth, estimate.count, step));
}

const report::ComparedFigure *findStudyFigure(std::string_view name)
{
    if (!holds(kFigures, name))
        return nullptr;
    for (const report::ComparedFigure &figure : report::comparedFigures())
        if (std::string_view(figure.key) == std::string(name) + "_s")
            return &figure;
    return nullptr;
}

std::vector<Measured> everyMeasured(const Scenario &scenario)
{
    std::vector<Measured> all;
    const auto add = [&all](const Metric &metric, const std::string &of) {
        Measured one;
        one.name = std::string(metric.key) + (of.empty() ? "" : "@" + of);
        one.metric = &metric;
        one.where.of = of;
        all.push_back(std::move(one));
    };
    for (const Metric &metric : metrics())
        if (!metric.ofService)
            add(metric, "");
    for (const std::string_view name : kFigures) {
        Measured one;
        one.name = name;
        one.figure = findStudyFigure(name);
        if (one.figure != nullptr)
            all.push_back(std::move(one));
    }
    if (scenario.clients.size() > 1)
        for (const ClientSpec &client : scenario.clients)
            for (const Metric &metric : metrics())
                if (!metric.ofService && !metric.ofBreaker)
                    add(metric, client.name);
    for (const ServiceSpec &service : scenario.services)
        for (const Metric &metric : metrics())
            if (metric.ofService)
                add(metric, service.name);
    return all;
}

Better betterOf(const Measured &measured)
{
    return measured.metric != nullptr ? betterOfKey(measured.metric->key) : betterOf(*measured.figure);
}

Better betterOf(const report::ComparedFigure &figure)
{
    std::string_view key = figure.key; // that of the metric; times have their unit behind it
    if (key.ends_with("_s"))
        key.remove_suffix(2);
    return betterOfKey(key);
}

std::optional<RunRecord> runForStudy(std::shared_ptr<const Scenario> scenario, std::uint64_t seed,
                                     std::optional<Duration> duration, const std::function<bool()> &cancelled)
{
    RunOptions options;
    options.seed = seed;
    options.duration = duration;
    options.sampleCalls = false;
    Simulation simulation(std::move(scenario), options);
    simulation.runToEnd(cancelled);
    RunRecord record = simulation.snapshot();
    if (record.end == RunEnd::Cancelled)
        return std::nullopt;
    return record;
}

} // namespace halfopen
