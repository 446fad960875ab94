// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::verify {

/// Another name that a metric may be known by: what is asked for is `offset` + `factor` times what that one says.
struct MetricSpelling {
    std::string name;
    double factor = 1;
    double offset = 0;
};

/// The names that say the same as \a metric, itself first:
///
/// - in another unit: "latency_p99_ms" is 1000 times "latency_p99_s"; "_per_min" 60 times "_per_s"; "_ms2" a million times "_s2";
/// - with the unit of its check where the name has none: "latency_mean" in "ms";
/// - as a percentage: "utilisation_pct" is 100 times "utilisation", and so is "rejected_pct" of "rejected_fraction";
/// - in other words for the same share ("blocking_probability" is "rejected_fraction"), or the rest of one ("accepted_fraction");
/// - with the statistic in front ("p99_latency_s"), or another word for the time ("sojourn_time_mean_s", "waiting_time_p95_s");
/// - a "success_rate" is the share of successes, but in "1/s" it is so many per second.
///
/// Which of them a family knows decides.
std::vector<MetricSpelling> spellingsOf(const std::string &metric, std::string_view unit);

} // namespace halfopen::verify
