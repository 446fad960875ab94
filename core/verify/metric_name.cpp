// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/metric_name.h"

#include "core/verify/unit_name.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

namespace halfopen::verify {

namespace {

/// `word` is `offset` + `factor` times `meant`.
struct Word {
    std::string_view word;
    std::string_view meant;
    double factor = 1;
    double offset = 0;
};
constexpr Word kWords[] = {
    {"rejection_fraction", "rejected_fraction"},
    {"rejection_probability", "rejected_fraction"},
    {"rejected_probability", "rejected_fraction"},
    {"blocked_fraction", "rejected_fraction"},
    {"blocking_fraction", "rejected_fraction"},
    {"blocking_probability", "rejected_fraction"},
    {"loss_fraction", "rejected_fraction"},
    {"loss_probability", "rejected_fraction"},
    {"accepted_fraction", "rejected_fraction", -1, 1},
    {"admitted_fraction", "rejected_fraction", -1, 1},
    {"success_probability", "success_fraction"},
    {"failed_fraction", "success_fraction", -1, 1},
    {"failure_fraction", "success_fraction", -1, 1},
    {"failure_probability", "success_fraction", -1, 1},
    {"error_fraction", "success_fraction", -1, 1},
    {"timeout_fraction", "timed_out_fraction"},
    {"timeout_probability", "timed_out_fraction"},
    {"shed_fraction", "dropped_fraction"},
    {"drop_fraction", "dropped_fraction"},
    {"delayed_fraction", "wait_probability"},
    {"waiting_probability", "wait_probability"},
    {"abandonment_probability", "timed_out_fraction"},
    {"abandoned_fraction", "timed_out_fraction"},
    {"utilization", "utilisation"},
    {"busy_fraction", "utilisation"},
    {"idle_fraction", "utilisation", -1, 1},
    {"no_wait_probability", "wait_probability", -1, 1},
    {"no_wait_fraction", "wait_probability", -1, 1},
    {"availability", "success_fraction"},
    {"sent_fraction", "local_reject_fraction", -1, 1},
    {"attempts_per_request", "load_amplification"},
    {"attempts_mean", "attempts_per_request"},
    {"attempts_mean", "load_amplification"},
    {"amplification", "load_amplification"},
    {"load_amplification", "attempts_per_request"},
    {"load_amplification", "bottom_calls_per_request"},
    {"retries_per_request", "attempts_per_request", 1, -1},
    {"retries_per_request", "load_amplification", 1, -1},
    {"success_rate_per_s", "goodput_per_s"},
    {"successes_per_s", "goodput_per_s"},
    {"goodput_per_s", "accepted_rate_per_s"},
    {"success_rate_per_s", "accepted_rate_per_s"},
    {"extra_load_fraction", "extra_requests_fraction"},
    {"hedged_fraction", "extra_requests_fraction"},
    {"busy_servers_mean", "carried_concurrency"},
    {"carried_load", "carried_concurrency"},
    {"effective_arrival_rate_per_s", "throughput_per_s"},
    {"rejections_per_s", "rejected_rate_per_s"},
    {"rejected_per_s", "rejected_rate_per_s"},
    {"rejection_rate_per_s", "rejected_rate_per_s"},
    {"blocking_rate_per_s", "rejected_rate_per_s"},
    {"loss_rate_per_s", "rejected_rate_per_s"},
    {"offered_load", "offered_threads"},
    {"throughput_per_s", "admitted_rate_per_s"},
    {"goodput_per_s", "admitted_rate_per_s"},
    {"mean_queue_length", "queue_length_mean"},
    {"number_in_queue_mean", "queue_length_mean"},
    {"number_in_system_mean", "concurrency_mean"},
};
/// A "rate" without a unit of time is a share; with one it is so many per time, and none of these.
constexpr Word kShares[] = {
    {"rejection_rate", "rejected_fraction"},
    {"blocking_rate", "rejected_fraction"},
    {"loss_rate", "rejected_fraction"},
    {"acceptance_rate", "rejected_fraction", -1, 1},
    {"success_rate", "success_fraction"},
    {"failure_rate", "success_fraction", -1, 1},
    {"error_rate", "success_fraction", -1, 1},
    {"timeout_rate", "timed_out_fraction"},
    {"abandonment_rate", "timed_out_fraction"},
    {"drop_rate", "dropped_fraction"},
};

/// Beginnings of names for a time: `word` and what follows it is `meant` and that.
constexpr std::pair<std::string_view, std::string_view> kTimeWords[] = {
    {"sojourn_time_", "latency_"}, {"sojourn_", "latency_"},       {"response_time_", "latency_"},   {"response_", "latency_"},
    {"time_in_system_", "latency_"}, {"waiting_time_", "wait_"},   {"queueing_time_", "wait_"},      {"queueing_delay_", "wait_"},
    {"queue_wait_", "wait_"},        {"request_latency_", "latency_"},
};

/// "mean_latency_s" as "latency_mean_s", "p99_wait_ms" as "wait_p99_ms"; empty if \a name does not begin with a statistic.
std::string statisticLast(std::string_view name)
{
    const std::size_t at = name.find('_');
    const std::string_view first = name.substr(0, at);
    constexpr std::string_view kStatistics[] = {"mean", "median", "max", "min", "sd", "variance", "average"};
    const bool isRank = first.size() > 1 && first[0] == 'p' && first.find_first_not_of("0123456789.", 1) == first.npos;
    if (at == name.npos || !(isRank || std::find(std::begin(kStatistics), std::end(kStatistics), first) != std::end(kStatistics)))
        return {};
    const std::string_view rest = name.substr(at + 1);
    const std::string statistic(first == "average" ? "mean" : first);
    const std::string_view square = rest.ends_with('2') ? "2" : "";
    if (const auto time = splitTime(rest.substr(0, rest.size() - square.size())))
        return time->stem + "_" + statistic + "_" + std::string(time->unit.name) + std::string(square);
    return std::string(rest) + "_" + statistic;
}

/// The unit of time that \a unit is per: "s" of "1/s" and "requests per s".
std::string_view timeOfRate(std::string_view unit)
{
    if (unit == "rps" || unit == "qps")
        return "s";
    for (const std::string_view mark : {"/", "per ", "per_"})
        if (const std::size_t at = unit.rfind(mark); at != std::string_view::npos) {
            const std::string_view time = unit.substr(at + mark.size());
            for (const TimeUnit &one : rateUnits())
                if (one.name == time)
                    return one.name;
        }
    return {};
}

/// Both with and without what comes before a dot ("hedged.").
void addWords(std::vector<MetricSpelling> &all, const MetricSpelling &of, bool isPerTime)
{
    const std::size_t dot = of.name.find('.');
    // "p99.9" has a dot that divides nothing.
    const bool divides = dot != std::string::npos && dot > 0 && (of.name[dot - 1] < '0' || of.name[dot - 1] > '9');
    const std::string before = divides ? of.name.substr(0, dot + 1) : "";
    const std::string_view name = std::string_view(of.name).substr(before.size());
    const auto addThose = [&](std::span<const Word> words) {
        for (const Word &one : words)
            if (name == one.word)
                all.push_back({before + std::string(one.meant), one.factor * of.factor, of.offset + one.offset * of.factor});
    };
    const std::string last = statisticLast(name);
    if (!last.empty())
        all.push_back({before + last, of.factor, of.offset});
    const std::string_view ordered = last.empty() ? name : std::string_view(last);
    for (const auto &[word, meant] : kTimeWords)
        if (ordered.starts_with(word)) {
            all.push_back({before + std::string(meant) + std::string(ordered.substr(word.size())), of.factor, of.offset});
            break;
        }
    addThose(kWords);
    if (!isPerTime)
        addThose(kShares);
}

std::optional<std::string> withoutEnd(const std::string &name, std::string_view end)
{
    if (!name.ends_with(end))
        return std::nullopt;
    return name.substr(0, name.size() - end.size());
}

void addUnits(std::vector<MetricSpelling> &all, const std::string &metric)
{
    if (const auto per = splitRate(metric)) {
        for (const TimeUnit &unit : rateUnits())
            all.push_back({per->stem + "_per_" + std::string(unit.name), per->unit.seconds / unit.seconds});
        return;
    }
    const std::string_view square = metric.ends_with('2') ? "2" : "";
    const std::string linear = metric.substr(0, metric.size() - square.size());
    if (const auto time = splitTime(linear))
        for (const TimeUnit &unit : timeUnits()) {
            const double ratio = unit.seconds / time->unit.seconds;
            all.push_back({time->stem + "_" + std::string(unit.name) + std::string(square), square.empty() ? ratio : ratio * ratio});
        }
}

} // namespace

std::vector<MetricSpelling> spellingsOf(const std::string &metric, std::string_view unit)
{
    std::vector<MetricSpelling> all{{metric}};
    addUnits(all, metric);
    const bool hasUnit = all.size() > 1;
    if (!hasUnit && splitTime("x_" + std::string(unit)))
        addUnits(all, metric + "_" + std::string(unit));
    if (!hasUnit && (unit == "s^2" || unit == "ms^2"))
        addUnits(all, metric + "_" + std::string(unit.substr(0, unit.size() - 2)) + "2");
    const std::string_view perTime = timeOfRate(unit);
    if (!hasUnit && !perTime.empty())
        addUnits(all, metric + "_per_" + std::string(perTime));
    for (const std::string_view end : {"_pct", "_percent"})
        if (const auto stem = withoutEnd(metric, end)) {
            all.push_back({*stem, 100});
            all.push_back({*stem + "_fraction", 100});
        }
    if (all.size() == 1 && unit == "%")
        all = {{metric, 100}, {metric + "_fraction", 100}};
    for (std::size_t i = 0, given = all.size(); i < given; ++i)
        addWords(all, MetricSpelling(all[i]), !perTime.empty());
    return all;
}

} // namespace halfopen::verify
