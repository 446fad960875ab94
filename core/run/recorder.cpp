// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/recorder.h"

#include "core/run/initial_state.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

EdgeBucket closed(const Recorder::EdgeNow &e)
{
    EdgeBucket b;
    b.offered = e.offered;
    b.ended = e.ended;
    b.attempts = e.attempts;
    b.retries = e.retries;
    b.late = e.late;
    b.goodLatency = SparseHistogram(e.goodLatency);
    b.badLatency = SparseHistogram(e.badLatency);
    b.retryDelay = SparseHistogram(e.retryDelay);
    return b;
}

void add(EdgeTotals &t, const Recorder::EdgeNow &e)
{
    t.offered += e.offered;
    for (std::size_t k = 0; k < kOutcomeKinds; ++k)
        t.ended[k] += e.ended[k];
    t.attempts += e.attempts;
    t.retries += e.retries;
    t.late += e.late;
    t.goodLatency.merge(e.goodLatency);
    t.badLatency.merge(e.badLatency);
    t.retryDelay.merge(e.retryDelay);
}

void add(ServiceTotals &t, const Recorder::ServiceNow &s)
{
    t.arrivals += s.arrivals;
    t.started += s.started;
    t.completed += s.completed;
    t.rejected += s.rejected;
    t.refused += s.refused;
    t.failed += s.failed;
    t.wasted += s.wasted;
    t.lost += s.lost;
    t.abandoned += s.abandoned;
    t.stoppedByDeadline += s.stoppedByDeadline;
    t.synthetic += s.synthetic;
    t.unknown += s.unknown;
    t.busyNs += s.busyNs;
    t.queuedNs += s.queuedNs;
    t.queueMax = std::max(t.queueMax, s.queueMax);
    t.wait.merge(s.wait);
    if (s.waitedNot > 0)
        t.wait.record(0, s.waitedNot);
    t.service.merge(s.service);
    if (s.keepsSojourn)
        t.sojourn.merge(s.sojourn);
}

void add(PoolTotals &t, const Recorder::PoolNow &p)
{
    t.add(p);
    t.wait.merge(p.wait);
}

void add(BacklogTotals &t, const Recorder::BacklogNow &b)
{
    t.add(b);
    t.age.merge(b.age);
}

/// All-ones below the power of two that thins `seen` items to about `wanted`.
std::uint64_t thinningMask(std::uint64_t seen, std::uint64_t wanted)
{
    std::uint64_t mask = 0;
    while (seen / (mask + 1) > wanted)
        mask = mask * 2 + 1;
    return mask;
}

} // namespace

Recorder::Recorder(RunRecord identity, bool sampleCalls)
    : m_record(std::move(identity)), m_bucketEndNs(m_record.bucketWidth.count()), m_sampleCalls(sampleCalls)
{
    for (std::size_t i = 0; i < m_record.edges.size(); ++i)
        m_edges.push_back(std::make_unique<EdgeNow>());
    for (std::size_t i = 0; i < m_record.services.size(); ++i)
        m_services.push_back(std::make_unique<ServiceNow>());
    for (std::size_t i = 0; i < m_record.pools.size(); ++i)
        m_pools.push_back(std::make_unique<PoolNow>());
    for (std::size_t i = 0; i < m_record.backlogs.size(); ++i)
        m_backlogs.push_back(std::make_unique<BacklogNow>());
    m_record.poolTotals.resize(m_pools.size());
    m_record.backlogTotals.resize(m_backlogs.size());
    m_record.paceTotals.resize(m_record.paces.size());
    m_record.edgeTotals.resize(m_edges.size());
    m_record.serviceTotals.resize(m_services.size());
    m_record.breakerNsInState.resize(m_record.breakers.size());
    m_breakerState = initialStates(m_record);
    m_breakerSince.resize(m_record.breakers.size(), 0);
}

TimeBucket Recorder::currentBucket(Instant until) const
{
    TimeBucket bucket;
    bucket.from = Instant::fromNs(m_bucketFromNs);
    bucket.width = until - bucket.from;
    bucket.edges.reserve(m_edges.size());
    for (const auto &e : m_edges)
        bucket.edges.push_back(closed(*e));
    bucket.services.reserve(m_services.size());
    for (const auto &s : m_services)
        bucket.services.push_back(*s);
    for (const auto &p : m_pools)
        bucket.pools.push_back(*p);
    for (const auto &b : m_backlogs)
        bucket.backlogs.push_back(*b);
    return bucket;
}

void Recorder::closeBucket()
{
    m_record.buckets.append(
        std::make_shared<const TimeBucket>(currentBucket(Instant::fromNs(m_bucketEndNs))));
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
        EdgeNow &e = *m_edges[i];
        add(m_record.edgeTotals[i], e);
        e.retrySampleMask = thinningMask(e.retries, kRetryPointsPerBucket);
        if (!m_followed)
            e.callSampleMask = thinningMask(e.offered, kCallTracesPerBucket);
        e.offered = e.attempts = e.retries = e.late = e.retryPointsKept = 0;
        e.ended = {};
        e.goodLatency.clear();
        e.badLatency.clear();
        e.retryDelay.clear();
    }
    for (std::size_t i = 0; i < m_services.size(); ++i) {
        ServiceNow &s = *m_services[i];
        add(m_record.serviceTotals[i], s);
        static_cast<ServiceBucket &>(s) = {};
        s.queueMax = s.waitingNow;
        s.waitedNot = 0;
        s.wait.clear();
        s.service.clear();
        if (s.keepsSojourn)
            s.sojourn.clear();
    }
    for (std::size_t i = 0; i < m_pools.size(); ++i) {
        PoolNow &p = *m_pools[i];
        add(m_record.poolTotals[i], p);
        static_cast<PoolBucket &>(p) = {};
        p.waitingMax = p.waitingNow;
        p.wait.clear();
    }
    for (std::size_t i = 0; i < m_backlogs.size(); ++i) {
        BacklogNow &b = *m_backlogs[i];
        add(m_record.backlogTotals[i], b);
        static_cast<BacklogBucket &>(b) = {};
        b.backlogMax = b.waitingNow;
        b.age.clear();
    }
    m_bucketFromNs = m_bucketEndNs;
    m_bucketEndNs += m_record.bucketWidth.count();
}

void Recorder::retryDecided(std::uint32_t edge, std::uint64_t key, std::int64_t nowNs, std::int64_t delayNs,
                            std::uint32_t attempt)
{
    EdgeNow &e = *m_edges[edge];
    ++e.retries;
    e.retryDelay.record(delayNs);
    const std::uint64_t hash = mix64(key + attempt);
    m_fingerprint += fingerprintOfRetry(key, attempt, delayNs);
    if ((hash & e.retrySampleMask) == 0 && e.retryPointsKept++ < 4 * kRetryPointsPerBucket)
        m_record.retryPoints.append({Instant::fromNs(nowNs), Duration(delayNs), edge,
                                     static_cast<std::uint16_t>(attempt)});
}

void Recorder::transition(std::uint32_t breaker, const PolicyEvent &event)
{
    m_fingerprint += fingerprintOfTransition(breaker, event.at, event.to);
    m_record.breakerNsInState[breaker][static_cast<std::size_t>(m_breakerState[breaker])] +=
        event.at.ns() - m_breakerSince[breaker];
    m_breakerState[breaker] = event.to;
    m_breakerSince[breaker] = event.at.ns();
    if (m_record.transitions.size() >= RunRecord::kMaxTransitions) {
        ++m_record.transitionsDropped;
        return;
    }
    m_record.transitions.append({event.at, breaker, event.from, event.to, event.reason});
}

void Recorder::parameterChanged(ParameterChange change)
{
    m_record.changes.append(std::move(change));
}

void Recorder::follow(std::uint64_t key)
{
    m_followed = key;
    for (const auto &edge : m_edges)
        edge->callSampleMask = ~key; // hardly any other call is asked about
}

void Recorder::traceBegin(std::uint32_t slot, std::uint32_t edge, std::uint32_t process, std::uint64_t key, Instant at)
{
    CallTrace trace;
    trace.call = key;
    trace.edge = edge;
    trace.process = process;
    trace.start = at;
    m_traces.push_back({slot, std::move(trace)});
}

void Recorder::traceStep(std::uint32_t slot, CallStep step)
{
    constexpr std::size_t kStepsMax = 200; // a call of a hundred retries still tells its story
    for (ActiveTrace &t : m_traces)
        if (t.slot == slot && t.trace.steps.size() < kStepsMax)
            t.trace.steps.push_back(step);
}

void Recorder::traceEnd(std::uint32_t slot, Instant at, Outcome outcome)
{
    for (std::size_t i = 0; i < m_traces.size(); ++i) {
        if (m_traces[i].slot != slot)
            continue;
        CallTrace &trace = m_traces[i].trace;
        trace.end = at;
        trace.outcome = outcome;
        trace.steps.push_back({at, CallStep::Kind::Ended, 0, outcome, {}});
        m_record.calls.append(std::move(trace));
        m_traces[i] = std::move(m_traces.back());
        m_traces.pop_back();
        return;
    }
}

RunRecord Recorder::snapshot(Instant now, std::uint64_t events, std::uint64_t inFlight) const
{
    RunRecord copy = m_record;
    copy.now = now;
    copy.events = events;
    copy.callsInFlight = inFlight;
    copy.fingerprint = m_fingerprint;
    if (now.ns() > m_bucketFromNs)
        copy.openBucket = std::make_shared<const TimeBucket>(currentBucket(now));
    for (std::size_t i = 0; i < m_edges.size(); ++i)
        add(copy.edgeTotals[i], *m_edges[i]);
    for (std::size_t i = 0; i < m_services.size(); ++i)
        add(copy.serviceTotals[i], *m_services[i]);
    for (std::size_t i = 0; i < m_pools.size(); ++i)
        add(copy.poolTotals[i], *m_pools[i]);
    for (std::size_t i = 0; i < m_backlogs.size(); ++i)
        add(copy.backlogTotals[i], *m_backlogs[i]);
    for (std::size_t i = 0; i < copy.breakerNsInState.size(); ++i)
        copy.breakerNsInState[i][static_cast<std::size_t>(m_breakerState[i])] += now.ns() - m_breakerSince[i];
    return copy;
}

} // namespace halfopen
