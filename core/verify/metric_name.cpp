// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/metric_name.h"

#include "core/verify/unit_name.h"

#include <optional>

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
    {"success_rate", "success_fraction"},
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
    {"utilization", "utilisation"},
    {"attempts_per_request", "load_amplification"},
    {"attempts_mean", "attempts_per_request"},
    {"attempts_mean", "load_amplification"},
    {"amplification", "load_amplification"},
    {"load_amplification", "attempts_per_request"},
    {"load_amplification", "bottom_calls_per_request"},
    {"retries_per_request", "attempts_per_request", 1, -1},
    {"retries_per_request", "load_amplification", 1, -1},
    {"extra_load_fraction", "extra_requests_fraction"},
    {"hedged_fraction", "extra_requests_fraction"},
    {"busy_servers_mean", "carried_concurrency"},
    {"mean_queue_length", "queue_length_mean"},
    {"number_in_queue_mean", "queue_length_mean"},
    {"number_in_system_mean", "concurrency_mean"},
};

/// Both with and without what comes before a dot ("hedged.").
void addWords(std::vector<MetricSpelling> &all, const MetricSpelling &of)
{
    const std::size_t dot = of.name.find('.');
    // "p99.9" has a dot that divides nothing.
    const bool divides = dot != std::string::npos && dot > 0 && (of.name[dot - 1] < '0' || of.name[dot - 1] > '9');
    const std::string before = divides ? of.name.substr(0, dot + 1) : "";
    const std::string_view name = std::string_view(of.name).substr(before.size());
    for (const Word &one : kWords)
        if (name == one.word)
            all.push_back({before + std::string(one.meant), one.factor * of.factor, of.offset + one.offset * of.factor});
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
    if (!hasUnit && unit.starts_with("1/"))
        addUnits(all, metric + "_per_" + std::string(unit.substr(2)));
    for (const std::string_view end : {"_pct", "_percent"})
        if (const auto stem = withoutEnd(metric, end)) {
            all.push_back({*stem, 100});
            all.push_back({*stem + "_fraction", 100});
        }
    if (all.size() == 1 && unit == "%")
        all = {{metric, 100}, {metric + "_fraction", 100}};
    for (std::size_t i = 0, given = all.size(); i < given; ++i)
        addWords(all, MetricSpelling(all[i]));
    return all;
}

} // namespace halfopen::verify
