// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expectations.h"

#include "core/base/units.h"
#include "core/scenario/world_edges.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

namespace halfopen {

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : kNothing;
}

std::uint64_t endedOf(const OutcomeCounts &ended, OutcomeKind kind)
{
    return ended[static_cast<std::size_t>(kind)];
}

/// What one expectation measures: a span of time and the edges, service or breakers that `of`
/// names.
class Measurement {
public:
    Measurement(const RunRecord &record, const ExpectationSpec &expectation)
        : m_record(record), m_of(expectation.of),
          m_from(Instant(expectation.from.value_or(Duration(0)))),
          m_to(expectation.to ? std::min(Instant(*expectation.to), record.now) : record.now)
    {
        for (std::size_t i = 0; i < record.bucketCount(); ++i) {
            const TimeBucket &bucket = record.bucket(i);
            const bool fits = bucket.from >= m_from && bucket.from + bucket.width <= m_to;
            if (fits && bucket.width > Duration(0))
                m_buckets.push_back(&bucket);
        }
        for (const TimeBucket *bucket : m_buckets)
            m_seconds += toSeconds(bucket->width);
    }

    double measure(const Metric &metric) const
    {
        if (metric.ofBreaker)
            return ofBreakers(metric.key);
        if (m_buckets.empty())
            return kNothing;
        return metric.ofService ? ofService(metric.key) : ofEdges(metric);
    }

private:
    bool isMeasured(const EdgeInfo &edge) const
    {
        if (m_of.empty())
            return edge.client.has_value();
        return edge.name == m_of || edge.to == m_of || (!edge.endpoint.empty() && edge.to + "/" + edge.endpoint == m_of) ||
               commonEdgeName(edge.from, edge.to, edge.insteadOf.has_value(), edge.endpoint) == m_of ||
               (edge.client.has_value() && edge.from == m_of);
    }

    double ofEdges(const Metric &metric) const
    {
        const std::string_view key = metric.key;
        const bool isTime = metric.unit == Metric::Unit::Seconds; // merging histograms is most of the work
        EdgeBucket sum; // its histograms stay empty: those are merged apart
        Histogram latency;
        double peak = 0;
        for (const TimeBucket *bucket : m_buckets) {
            std::uint64_t attempts = 0;
            for (std::size_t e = 0; e < bucket->edges.size(); ++e) {
                if (!isMeasured(m_record.edges[e]))
                    continue;
                const EdgeBucket &edge = bucket->edges[e];
                sum.offered += edge.offered;
                for (std::size_t k = 0; k < kOutcomeKinds; ++k)
                    sum.ended[k] += edge.ended[k];
                attempts += edge.attempts;
                sum.retries += edge.retries;
                sum.late += edge.late;
                if (isTime) {
                    edge.goodLatency.mergeInto(latency);
                    edge.badLatency.mergeInto(latency);
                }
            }
            sum.attempts += attempts;
            if (bucket->width == m_record.bucketWidth)
                peak = std::max(peak, static_cast<double>(attempts) / toSeconds(bucket->width));
        }
        if (key == "attempts_peak_per_s")
            return peak;
        if (const double special = ofPoolsAndQueues(key); !std::isnan(special))
            return special;
        const double time = timeMetric(key, latency);
        return std::isnan(time) ? countMetric(key, sum) : time;
    }

    /// Of the connection pools and the workers' queues of what is measured; NaN for another key.
    double ofPoolsAndQueues(std::string_view key) const
    {
        PoolBucket pools;
        BacklogBucket queues;
        for (std::size_t i = 0; i < m_record.pools.size(); ++i)
            for (const TimeBucket *bucket : m_buckets)
                if (isMeasured(m_record.edges[m_record.pools[i].edge]))
                    pools.add(bucket->pools[i]);
        for (std::size_t i = 0; i < m_record.backlogs.size(); ++i) {
            const std::string &client = m_record.scenario->clients[m_record.backlogs[i].client].name;
            BacklogBucket queue;
            for (const TimeBucket *bucket : m_buckets)
                if (m_of.empty() || m_of == client)
                    queue.add(bucket->backlogs[i]);
            queue.backlog += queues.backlog; // add() keeps the later one, which is right in time only
            queues.add(queue);
        }
        const auto asked = static_cast<double>(pools.asked);
        if (key == "pool_waited")
            return ratio(static_cast<double>(pools.waited), asked);
        if (key == "pool_refused")
            return ratio(static_cast<double>(pools.refused), asked);
        if (key == "pool_wait") // Little: the integral of the line is the sum of the waits
            return ratio(static_cast<double>(pools.waitingNs) * 1e-9, asked);
        if (m_record.backlogs.empty())
            return kNothing;
        if (key == "max_backlog")
            return static_cast<double>(queues.backlogMax);
        if (key == "backlog")
            return static_cast<double>(queues.backlog);
        if (key == "oldest_message")
            return static_cast<double>(queues.oldestNs) * 1e-9;
        if (key == "redelivered")
            return ratio(static_cast<double>(queues.redelivered), static_cast<double>(queues.delivered));
        return key == "dead_lettered" ? static_cast<double>(queues.deadLettered) : kNothing;
    }

    /// A latency in seconds, or NaN for another key.
    static double timeMetric(std::string_view key, const Histogram &latency)
    {
        if (latency.isEmpty())
            return kNothing;
        constexpr std::array<std::pair<std::string_view, double>, 6> kQuantiles{{{"p50", 0.5},
                                                                                 {"p90", 0.9},
                                                                                 {"p95", 0.95},
                                                                                 {"p99", 0.99},
                                                                                 {"p99_9", 0.999},
                                                                                 {"max", 1.0}}};
        for (const auto &[name, q] : kQuantiles)
            if (key == name)
                return static_cast<double>(latency.quantile(q)) * 1e-9;
        return key == "mean" ? latency.meanNs() * 1e-9 : kNothing;
    }

    double countMetric(std::string_view key, const EdgeBucket &sum) const
    {
        double ended = 0;
        double good = 0;
        for (std::size_t k = 0; k < kOutcomeKinds; ++k) {
            ended += static_cast<double>(sum.ended[k]);
            if (isGood(static_cast<OutcomeKind>(k)))
                good += static_cast<double>(sum.ended[k]);
        }
        const auto offered = static_cast<double>(sum.offered);
        const auto attempts = static_cast<double>(sum.attempts);
        const std::array<std::pair<std::string_view, double>, 11> kValues{{
            {"goodput", ratio(good, ended)},
            {"goodput_per_s", ratio(good, m_seconds)},
            {"failed", ratio(ended - good, ended)},
            {"offered", offered},
            {"offered_per_s", ratio(offered, m_seconds)},
            {"ended", ended},
            {"attempts", attempts},
            {"attempts_per_s", ratio(attempts, m_seconds)},
            {"retries", static_cast<double>(sum.retries)},
            {"amplification", ratio(attempts, offered)},
            {"late", static_cast<double>(sum.late)},
        }};
        for (const auto &[name, value] : kValues)
            if (key == name)
                return value;
        for (std::size_t k = 0; k < kOutcomeKinds; ++k)
            if (key == outcomeName(static_cast<OutcomeKind>(k)))
                return ratio(static_cast<double>(endedOf(sum.ended, static_cast<OutcomeKind>(k))),
                             ended);
        return kNothing;
    }

    double ofService(std::string_view key) const
    {
        const auto found = std::find(m_record.services.begin(), m_record.services.end(), m_of);
        const ServiceSpec *spec = m_record.scenario->findService(m_of);
        if (found == m_record.services.end() || !spec)
            return kNothing;
        const auto index = static_cast<std::size_t>(found - m_record.services.begin());
        ServiceBucket sum;
        for (const TimeBucket *bucket : m_buckets) {
            const ServiceBucket &one = bucket->services[index];
            sum.arrivals += one.arrivals;
            sum.completed += one.completed;
            sum.rejected += one.rejected;
            sum.wasted += one.wasted;
            sum.abandoned += one.abandoned;
            sum.synthetic += one.synthetic;
            sum.unknown += one.unknown;
            sum.busyNs += one.busyNs;
            sum.queuedNs += one.queuedNs;
            sum.queueMax = std::max(sum.queueMax, one.queueMax);
        }
        const auto arrivals = static_cast<double>(sum.arrivals);
        const double workers =
            spec->recording ? 0 : static_cast<double>(spec->workers * spec->instances);
        const std::array<std::pair<std::string_view, double>, 10> kValues{{
            {"abandoned", ratio(static_cast<double>(sum.abandoned), arrivals)},
            {"utilisation", ratio(static_cast<double>(sum.busyNs) * 1e-9, workers * m_seconds)},
            {"mean_queue", ratio(static_cast<double>(sum.queuedNs) * 1e-9, m_seconds)},
            {"max_queue", static_cast<double>(sum.queueMax)},
            {"queue_full", ratio(static_cast<double>(sum.rejected), arrivals)},
            {"wasted", ratio(static_cast<double>(sum.wasted), static_cast<double>(sum.completed))},
            {"arrivals", arrivals},
            {"arrivals_per_s", ratio(arrivals, m_seconds)},
            {"synthetic",
             spec->recording ? ratio(static_cast<double>(sum.synthetic), arrivals) : kNothing},
            {"unknown",
             spec->recording ? ratio(static_cast<double>(sum.unknown), arrivals) : kNothing},
        }};
        for (const auto &[name, value] : kValues)
            if (key == name)
                return value;
        return kNothing;
    }

    double ofBreakers(std::string_view key) const
    {
        std::vector<bool> measured(m_record.breakers.size());
        double count = 0;
        for (std::size_t b = 0; b < measured.size(); ++b) {
            measured[b] = m_of.empty() || m_record.edges[m_record.breakers[b].edge].stack == m_of;
            count += measured[b] ? 1 : 0;
        }
        // A record that had to drop transitions cannot count them.
        if (count == 0 || m_to <= m_from || m_record.transitionsDropped > 0)
            return kNothing;
        double trips = 0;
        double firstTrip = kNothing;
        Duration open{};
        std::map<std::uint32_t, Instant> openSince;
        std::vector<bool> tripped(measured.size());
        const auto addOpen = [&](Instant from, Instant to) {
            open += std::max(std::min(to, m_to) - std::max(from, m_from), Duration(0));
        };
        for (const BreakerTransition &transition : m_record.transitions) {
            const std::uint32_t b = transition.breaker;
            if (!measured[b])
                continue;
            if (const auto since = openSince.find(b); since != openSince.end()) {
                addOpen(since->second, transition.at);
                openSince.erase(since);
            }
            if (transition.to != BreakerState::Open)
                continue;
            openSince[b] = transition.at;
            if (transition.at < m_from || transition.at >= m_to)
                continue;
            ++trips;
            tripped[b] = true;
            if (std::isnan(firstTrip))
                firstTrip = transition.at.seconds();
        }
        for (const auto &[b, since] : openSince)
            addOpen(since, m_to);
        if (key == "trips")
            return trips;
        if (key == "breakers_tripped")
            return static_cast<double>(std::count(tripped.begin(), tripped.end(), true));
        if (key == "first_trip")
            return firstTrip;
        return key == "time_open" ? toSeconds(open) / (toSeconds(m_to - m_from) * count) : kNothing;
    }

    const RunRecord &m_record;
    const std::string &m_of;
    Instant m_from;
    Instant m_to;
    std::vector<const TimeBucket *> m_buckets; ///< wholly within the span
    double m_seconds = 0;                      ///< their widths together
};

bool holds(ExpectationSpec::Comparison comparison, double got, double wanted)
{
    switch (comparison) {
    case ExpectationSpec::Comparison::Less:
        return got < wanted;
    case ExpectationSpec::Comparison::LessOrEqual:
        return got <= wanted;
    case ExpectationSpec::Comparison::Greater:
        return got > wanted;
    case ExpectationSpec::Comparison::GreaterOrEqual:
        return got >= wanted;
    case ExpectationSpec::Comparison::Equal:
        return got == wanted;
    }
    return false;
}

std::string describeSpan(const ExpectationSpec &expectation)
{
    if (expectation.from && expectation.to)
        return " from " + formatDuration(*expectation.from) + " to " +
               formatDuration(*expectation.to);
    if (expectation.from)
        return " from " + formatDuration(*expectation.from) + " on";
    return expectation.to ? " up to " + formatDuration(*expectation.to) : "";
}

} // namespace

double measure(const RunRecord &record, const Metric &metric, const ExpectationSpec &where)
{
    return Measurement(record, where).measure(metric);
}

std::vector<ExpectationResult> evaluateExpectations(const RunRecord &record)
{
    const bool isCut = record.end == RunEnd::Cancelled || record.end == RunEnd::LimitReached;
    const Duration end = isCut ? record.now.sinceStart() : record.duration;
    std::vector<ExpectationResult> results;
    for (const ExpectationSpec &expectation : record.scenario->expectations) {
        ExpectationResult result;
        result.expectation = expectation;
        const Metric *metric = findMetric(expectation.metric);
        result.got = metric ? measure(record, *metric, expectation) : kNothing;
        result.reached = expectation.from.value_or(Duration(0)) < end;
        result.met =
            result.reached && !std::isnan(result.got) && holds(expectation.comparison, result.got, expectation.value);
        result.gotText = metric ? formatMetric(*metric, result.got) : "nothing measured";
        result.sentence = expectation.metric + (std::isnan(result.got) ? ": " : " ") +
                          result.gotText + (expectation.of.empty() ? "" : " of " + expectation.of) +
                          describeSpan(expectation) + ", expected " + expectation.valueText;
        if (!result.reached)
            result.sentence = expectation.metric + (expectation.of.empty() ? "" : " of " + expectation.of) + describeSpan(expectation) +
                              ", expected " + expectation.valueText + ": the run ended at " + formatDuration(end);
        results.push_back(std::move(result));
    }
    return results;
}

} // namespace halfopen
