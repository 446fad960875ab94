// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_run.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

constexpr Duration kFaultFrom = 60s;
constexpr Duration kFaultTo = 80s;

class Builder {
public:
    explicit Builder(const SyntheticRun &options) : m_options(options) {}

    std::shared_ptr<RunRecord> build()
    {
        describeWorld();
        fillRetries();
        fillBuckets();
        fillBreakers();
        m_record->changes.append({Instant(95s), "policies.db_client.1.max_attempts", "3", "2"});
        m_record->changes.append(
            {Instant(120s), "policies.db_client.2.recovery_timeout", "5 s", "10 s"});
        return m_record;
    }

private:
    void describeWorld()
    {
        RunRecord &r = *m_record;
        r.seed = 42;
        r.version = "synthetic";
        r.runId = "synthetic";
        r.duration = m_options.duration;
        r.bucketWidth = m_options.duration / static_cast<std::int64_t>(m_options.buckets);
        r.now = Instant(m_options.played);
        r.end = m_options.played >= m_options.duration ? RunEnd::Finished : RunEnd::Running;
        r.edges = {{"web -> orders", "web", "orders", "edge", 0, m_options.fleet},
                   {"batch -> orders", "batch", "orders", "edge", 1, 1},
                   {"orders -> orders-db", "orders", "orders-db", "db_client", std::nullopt, 4}};
        r.services = {"orders-db", "orders"};
        r.faultWindows = {{Instant(kFaultFrom), Instant(kFaultTo), 0, "orders-db: latency +400 ms"},
                          {Instant(130s), Instant(133s), 1, "orders: error 20 %"}};
        r.edgeTotals.resize(r.edges.size());
        r.serviceTotals.resize(r.services.size());
    }

    /// 0 in calm times, 1 in the brownout, falling during the recovery.
    static double trouble(Instant t)
    {
        const double s = t.seconds();
        if (s < 60 || (s > 92 && s < 130) || s > 134)
            return 0;
        if (s < 80)
            return std::min(1.0, (s - 60) / 2);
        return s < 130 ? 1 - (s - 80) / 12 : 0.35;
    }

    OutcomeKind drawOutcome(double bad)
    {
        if (m_unit(m_rng) >= bad * 0.85 + 0.004)
            return m_unit(m_rng) < bad * 0.5 ? OutcomeKind::Fallback : OutcomeKind::Success;
        const double u = m_unit(m_rng);
        if (u < 0.45)
            return OutcomeKind::Timeout;
        if (u < 0.75)
            return OutcomeKind::CircuitBreakerOpen;
        if (u < 0.9)
            return OutcomeKind::Error;
        return u < 0.96 ? OutcomeKind::Rejected : OutcomeKind::ConnectionReset;
    }

    void fillEdge(EdgeBucket &edge, EdgeTotals &totals, double bad, std::size_t calls)
    {
        Histogram good;
        Histogram failed;
        std::lognormal_distribution<double> calm(std::log(12e6), 0.7);
        std::lognormal_distribution<double> slow(std::log(420e6), 0.35);
        for (std::size_t i = 0; i < calls; ++i) {
            const OutcomeKind kind = drawOutcome(bad);
            const bool isSlow = m_unit(m_rng) < bad * 0.8;
            const auto ns = static_cast<std::int64_t>(isSlow ? slow(m_rng) : calm(m_rng));
            const std::int64_t took = kind == OutcomeKind::Timeout ? 1'000'000'000
                                      : kind == OutcomeKind::CircuitBreakerOpen
                                          ? 40'000 + ns / 10'000
                                          : ns;
            ++edge.ended[static_cast<std::size_t>(kind)];
            ++totals.ended[static_cast<std::size_t>(kind)];
            (isGood(kind) ? good : failed).record(took);
            ++edge.attempts;
            if (kind == OutcomeKind::Timeout) {
                ++edge.late;
            }
        }
        edge.offered = calls + static_cast<std::size_t>(bad * 20);
        edge.goodLatency = SparseHistogram(good);
        edge.badLatency = SparseHistogram(failed);
        totals.offered += edge.offered;
        totals.attempts += edge.attempts;
        totals.late += edge.late;
        totals.goodLatency.merge(good);
        totals.badLatency.merge(failed);
    }

    /// The delays of the retry points that were decided in \a bucket, in the place of all retries.
    void fillDelays(TimeBucket &bucket)
    {
        RunRecord &r = *m_record;
        std::vector<Histogram> delays(r.edges.size());
        for (; m_nextRetry < r.retryPoints.size(); ++m_nextRetry) {
            const RetryPoint &point = r.retryPoints[m_nextRetry];
            if (point.at >= bucket.from + bucket.width)
                break;
            delays[point.edge].record(point.delay.count());
        }
        for (std::size_t e = 0; e < r.edges.size(); ++e) {
            bucket.edges[e].retryDelay = SparseHistogram(delays[e]);
            bucket.edges[e].retries = delays[e].count();
            bucket.edges[e].attempts += delays[e].count();
            r.edgeTotals[e].retries += delays[e].count();
            r.edgeTotals[e].attempts += delays[e].count();
            r.edgeTotals[e].retryDelay.merge(delays[e]);
        }
    }

    void fillBuckets()
    {
        RunRecord &r = *m_record;
        for (Instant from; from < r.now; from = from + r.bucketWidth) {
            auto bucket = std::make_shared<TimeBucket>();
            bucket->from = from;
            bucket->width = std::min(r.bucketWidth, r.now - from);
            bucket->edges.resize(r.edges.size());
            bucket->services.resize(r.services.size());
            for (std::size_t e = 0; e < r.edges.size(); ++e) {
                const double wave =
                    1 + 0.15 * std::sin(from.seconds() / 9 + static_cast<double>(e));
                const double share = e == 1 ? 0.2 : 1;
                const double calls = static_cast<double>(m_options.callsPerBucket) * wave * share;
                fillEdge(bucket->edges[e], r.edgeTotals[e], trouble(from),
                         static_cast<std::size_t>(calls));
            }
            fillDelays(*bucket);
            if (bucket->width == r.bucketWidth)
                r.buckets.append(std::move(bucket));
            else
                r.openBucket = std::move(bucket);
        }
    }

    void add(std::vector<BreakerTransition> &all, std::uint32_t breaker, Instant at,
             BreakerState from, BreakerState to)
    {
        BreakerTransition t{at, breaker, from, to, {}};
        TransitionReason &why = t.reason;
        why.windowCalls = 21;
        why.windowFailures = 11;
        why.consecutiveFailures = 3;
        why.hasDecidingCall = to != BreakerState::HalfOpen;
        why.decidingCall = 8812 + all.size();
        why.decidingOutcome = OutcomeKind::Timeout;
        if (to == BreakerState::HalfOpen) {
            why.kind = TransitionReason::Kind::RecoveryTimeoutElapsed;
            why.observed = why.threshold = 5;
        } else if (to == BreakerState::Closed) {
            why.kind = TransitionReason::Kind::TrialsSucceeded;
            why.observed = why.threshold = 3;
            why.decidingOutcome = OutcomeKind::Success;
        } else if (from == BreakerState::HalfOpen) {
            why.kind = TransitionReason::Kind::TrialFailed;
        } else {
            why.kind = TransitionReason::Kind::FailureRate;
            why.observed = 11.0 / 21.0;
            why.threshold = 0.5;
        }
        if (at < m_record->now)
            all.push_back(t);
    }

    /// OPEN at \a from, half-open trials every 5 s until \a to, then CLOSED.
    void trip(std::vector<BreakerTransition> &all, std::uint32_t breaker, Instant from, Instant to)
    {
        add(all, breaker, from, BreakerState::Closed, BreakerState::Open);
        Instant at = from + 5s;
        while (at < to) {
            add(all, breaker, at, BreakerState::Open, BreakerState::HalfOpen);
            add(all, breaker, at + 260ms, BreakerState::HalfOpen, BreakerState::Open);
            at = at + 5260ms;
        }
        add(all, breaker, at, BreakerState::Open, BreakerState::HalfOpen);
        add(all, breaker, at + 900ms, BreakerState::HalfOpen, BreakerState::Closed);
    }

    /// The call that decided \a transition, in the sample of whole calls: one attempt that timed
    /// out.
    void addCall(const BreakerTransition &transition)
    {
        const Outcome timeout{OutcomeKind::Timeout};
        CallTrace trace;
        trace.call = transition.reason.decidingCall;
        trace.edge = m_record->breakers[transition.breaker].edge;
        trace.start = transition.at - 250ms;
        trace.end = transition.at;
        trace.outcome = timeout;
        trace.steps = {{trace.start, CallStep::Kind::AttemptSent, 0, {}, {}},
                       {trace.end, CallStep::Kind::DeadlinePassed, 2, timeout, {}},
                       {trace.end, CallStep::Kind::AttemptEnded, 2, timeout, {}},
                       {trace.end, CallStep::Kind::Ended, 0, timeout, {}}};
        m_record->calls.append(std::move(trace));
    }

    void fillBreakers()
    {
        RunRecord &r = *m_record;
        r.breakers.push_back({"db_client.2", 2, 2, 0});
        r.breakers.push_back({"batch.1", 1, 1, 0});
        for (std::uint32_t p = 0; p < m_options.fleet; ++p)
            r.breakers.push_back({"edge.1[" + std::to_string(p) + "]", 0, 1, p});
        std::vector<BreakerTransition> all;
        trip(all, 0, Instant(62310ms), Instant(82s));
        trip(all, 0, Instant(131s), Instant(132s));
        add(all, 1, Instant(30s), BreakerState::Closed, BreakerState::Open);
        add(all, 1, Instant(30005ms), BreakerState::Open, BreakerState::Closed);
        for (std::uint32_t p = 0; p < m_options.fleet; ++p) {
            if (m_unit(m_rng) < 0.8) {
                const auto wait = Duration(static_cast<std::int64_t>(m_unit(m_rng) * 9e9));
                trip(all, 2 + p, Instant(61s) + wait, Instant(80s) + wait / 2);
            }
        }
        std::stable_sort(all.begin(), all.end(),
                         [](const auto &a, const auto &b) { return a.at < b.at; });
        for (const BreakerTransition &t : all)
            r.transitions.append(t);
        if (!r.transitions.empty())
            addCall(r.transitions[0]);
        r.breakerNsInState.assign(r.breakers.size(), {});
    }

    void fillRetries()
    {
        RunRecord &r = *m_record;
        std::vector<RetryPoint> points;
        while (points.size() < m_options.retries) {
            const Instant at(Duration(static_cast<std::int64_t>(m_unit(m_rng) * 180e9)));
            if (m_unit(m_rng) > trouble(at) + 0.02)
                continue;
            RetryPoint point;
            point.at = at;
            point.edge = static_cast<std::uint32_t>(m_unit(m_rng) * 3);
            point.attempt =
                static_cast<std::uint16_t>(2 + std::min(4.0, -std::log(m_unit(m_rng)) * 1.2));
            const double most = std::min(2e9, 50e6 * std::pow(2.0, point.attempt - 2));
            point.delay = Duration(1 + static_cast<std::int64_t>(m_unit(m_rng) * most));
            points.push_back(point);
        }
        std::sort(points.begin(), points.end(),
                  [](const auto &a, const auto &b) { return a.at < b.at; });
        for (const RetryPoint &point : points) {
            if (point.at < r.now)
                r.retryPoints.append(point);
        }
    }

    SyntheticRun m_options;
    std::shared_ptr<RunRecord> m_record = std::make_shared<RunRecord>();
    std::size_t m_nextRetry = 0;
    std::mt19937_64 m_rng{42};
    std::uniform_real_distribution<double> m_unit{0.0, 1.0};
};

} // namespace

std::shared_ptr<RunRecord> syntheticRun(const SyntheticRun &options)
{
    return Builder(options).build();
}

SparseHistogram histogramOf(const std::vector<std::int64_t> &values)
{
    Histogram histogram;
    for (const std::int64_t value : values)
        histogram.record(value);
    return SparseHistogram(histogram);
}

} // namespace halfopen::test
