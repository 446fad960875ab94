// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expectations.h"

#include "core/base/grouped_digits.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace halfopen {

const std::vector<Metric> &metrics()
{
    using Unit = Metric::Unit;
    static const std::vector<Metric> kMetrics{
        {"goodput", Unit::Share, "Share of ended calls that were good: successes and fallbacks."},
        {"goodput_per_s", Unit::PerSecond, "Good calls per second."},
        {"success", Unit::Share, "Share of ended calls that the dependency itself answered well."},
        {"fallback", Unit::Share, "Share of ended calls that were given a substitute."},
        {"failed", Unit::Share, "Share of ended calls that were not good, for whatever reason."},
        {"error", Unit::Share, "Share of ended calls that ended with an error of the dependency."},
        {"timeout", Unit::Share, "Share of ended calls that nobody waited for any longer."},
        {"rejected", Unit::Share, "Share of ended calls that found a full queue."},
        {"connection_refused", Unit::Share, "Share of ended calls that found nothing listening."},
        {"connection_reset", Unit::Share, "Share of ended calls whose connection broke."},
        {"circuit_breaker_open", Unit::Share, "Share of ended calls that a breaker refused."},
        {"bulkhead_full", Unit::Share, "Share of ended calls that a concurrency limit refused."},
        {"rate_limited", Unit::Share, "Share of ended calls that a rate limiter refused."},
        {"throttled", Unit::Share,
         "Share of ended calls that a throttle refused, or whose retry the budget refused."},
        {"unhealthy", Unit::Share, "Share of ended calls that a health check refused."},
        {"offered", Unit::Count, "Calls begun."},
        {"offered_per_s", Unit::PerSecond, "Calls begun per second."},
        {"ended", Unit::Count, "Calls ended."},
        {"attempts", Unit::Count, "Requests sent: first tries and retries."},
        {"attempts_per_s", Unit::PerSecond, "Requests sent per second."},
        {"attempts_peak_per_s", Unit::PerSecond,
         "Requests sent per second in the busiest bucket of time."},
        {"retries", Unit::Count, "Further tries decided."},
        {"amplification", Unit::Ratio,
         "Requests sent for each call begun: 1 without retries and refusals."},
        {"late", Unit::Count, "Answers that came when nobody waited any longer."},
        {"mean", Unit::Seconds, "Mean time from start to end of a call, good or not."},
        {"p50", Unit::Seconds, "Half of all ended calls took at most this long."},
        {"p90", Unit::Seconds, "90 % of all ended calls took at most this long."},
        {"p95", Unit::Seconds, "95 % of all ended calls took at most this long."},
        {"p99", Unit::Seconds, "99 % of all ended calls took at most this long."},
        {"p99_9", Unit::Seconds, "99.9 % of all ended calls took at most this long."},
        {"max", Unit::Seconds, "The longest that an ended call took."},
        {"pool_waited", Unit::Share, "Share of requests that found no free connection in the pool of their edge."},
        {"pool_refused", Unit::Share, "Share of requests that waited for a connection as long as they may."},
        {"pool_wait", Unit::Seconds, "Mean wait for a connection, over all requests that wanted one."},
        {"max_backlog", Unit::Count, "Most messages that waited at once in the queue of a client's workers."},
        {"backlog", Unit::Count, "Messages that waited in the queue of a client's workers at the end of the span."},
        {"oldest_message", Unit::Seconds, "Greatest age of a message at the head of the queue of a client's workers."},
        {"redelivered", Unit::Share, "Share of deliveries to workers that were not the first of their message."},
        {"dead_lettered", Unit::Count, "Messages that used up their deliveries."},
        {"trips", Unit::Count, "How often breakers opened, or instances were ejected (outlier_ejection).", true},
        {"breakers_tripped", Unit::Count, "How many breakers opened at least once.", true},
        {"first_trip", Unit::Seconds,
         "When the first breaker opened, in time since the start of the run.", true},
        {"time_open", Unit::Share, "Share of the time that breakers were OPEN, over all of them.",
         true},
        {"utilisation", Unit::Share, "Share of the workers' time that was spent working.", false,
         true},
        {"mean_queue", Unit::Count, "Mean number of waiting requests, over all instances together.",
         false, true},
        {"max_queue", Unit::Count, "The most requests that waited at once, over all instances together.", false, true},
        {"queue_full", Unit::Share, "Share of arriving requests that found a full queue.", false,
         true},
        {"wasted", Unit::Share, "Share of finished work that was for callers who had left.", false,
         true},
        {"abandoned", Unit::Share,
         "Share of arriving requests that were given up unfinished because their callers had left.", false, true},
        {"arrivals", Unit::Count, "Requests that reached the service.", false, true},
        {"arrivals_per_s", Unit::PerSecond, "Requests that reached the service, per second.", false,
         true},
        {"synthetic", Unit::Share,
         "Share of a recorded service's answers that were drawn from neighbours in time instead of "
         "replayed.",
         false, true},
        {"unknown", Unit::Share,
         "Share of a recorded service's requests whose caller waited longer than the recorder had.",
         false, true},
    };
    return kMetrics;
}

const Metric *findMetric(std::string_view key)
{
    for (const Metric &metric : metrics())
        if (metric.key == key)
            return &metric;
    return nullptr;
}

namespace {

std::string printed(const char *format, double value)
{
    std::array<char, 64> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), format, value);
    return std::string(buffer.data(), static_cast<std::size_t>(length));
}

/// Three significant digits without an exponent for what turns up in practice.
std::string threeDigits(double value)
{
    const double size = std::abs(value);
    if (size >= 100 || value == 0)
        return groupedDigits(printed("%.0f", value));
    return size >= 10 ? printed("%.1f", value) : printed("%.3g", value);
}

std::string formatSeconds(double seconds)
{
    const double size = std::abs(seconds);
    if (size >= 100 || size == 0)
        return threeDigits(seconds) + " s";
    if (size >= 1)
        return printed("%.2f", seconds) + " s";
    if (size >= 1e-3)
        return threeDigits(seconds * 1e3) + " ms";
    return threeDigits(seconds * 1e6) + " us";
}

} // namespace

std::string formatMetric(const Metric &metric, double value)
{
    if (std::isnan(value))
        return "nothing measured";
    switch (metric.unit) {
    case Metric::Unit::Share: {
        const double percent = value * 100;
        // Near 0 and 100 % one digit would hide what matters.
        const bool isExtreme = percent != 0 && percent != 100 && (percent < 1 || percent > 99);
        return printed(isExtreme ? "%.3g" : "%.1f", percent) + " %";
    }
    case Metric::Unit::Seconds:
        return formatSeconds(value);
    case Metric::Unit::Count:
        return value == std::floor(value) ? groupedDigits(printed("%.0f", value)) : threeDigits(value);
    case Metric::Unit::PerSecond:
        return threeDigits(value) + " /s";
    case Metric::Unit::Ratio:
        return groupedDigits(printed("%.2f", value)) + " x";
    }
    return {};
}

} // namespace halfopen
