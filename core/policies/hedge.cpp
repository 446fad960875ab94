// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/hedge.h"

#include "core/scenario/schema_fields.h"

#include <algorithm>

namespace halfopen {

using namespace std::chrono_literals;

// ---- the percentile ----

void RecentLatency::record(Duration latency)
{
    m_now.record(latency.count());
    ++m_total;
    const bool turnIsOver = m_now.count() >= kCallsPerTurn;
    if (m_total >= m_nextUpdate) {
        m_value = Duration(m_now.quantile(m_percentile));
        // By a quarter more each time while there is little, then once a turn.
        const std::uint64_t toTurnEnd = kCallsPerTurn - m_total % kCallsPerTurn;
        m_nextUpdate = m_total + (m_total < kCallsPerTurn ? std::min(m_total / 4 + 1, toTurnEnd) : toTurnEnd);
    }
    if (turnIsOver)
        m_now.clear();
}

// ---- the policy ----

void Hedge::apply(const HedgeConfig &config)
{
    const bool sameRule = config.effectivePercentile() == m_config.effectivePercentile()
        && config.minimumCalls == m_config.minimumCalls;
    m_config = config;
    m_waitOn = OutcomeSet::fromNames(config.waitOn);
    m_budget.apply({.ratio = config.budget});
    if (!config.effectivePercentile())
        m_recent.reset();
    else if (!m_recent || !sameRule)
        m_recent = std::make_unique<RecentLatency>(*config.effectivePercentile(), config.minimumCalls);
}

void Hedge::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const HedgeConfig *>(config));
}

std::optional<Duration> Hedge::delay() const
{
    if (!m_recent)
        return m_config.delay;
    if (const std::optional<Duration> usual = m_recent->value())
        return std::max(*usual, m_config.minDelay);
    return m_config.delay;
}

Admission Hedge::admit(Instant now, PolicyCall &call)
{
    CallState &state = call.as<CallState>();
    state = {.beganNs = now.ns(), .delayNs = 0, .started = 1, .ended = 0};
    m_budget.onFirstTry(now);
    const std::optional<Duration> wait = delay();
    if (!wait || m_config.maxHedges == 0 || m_budget.balance(now) == 0)
        return Admission::admit();
    state.delayNs = wait->count();
    return Admission::admitUntil(now + *wait);
}

Verdict Hedge::onDeadline(Instant now, PolicyCall &call)
{
    CallState &state = call.as<CallState>();
    ++state.started;
    static_cast<void>(m_budget.tryRetry(now)); // paid even if others took the last of it meanwhile
    const bool isLast = state.started > m_config.maxHedges || m_budget.balance(now) == 0;
    return Verdict::startAnother(isLast ? Instant::never() : now + Duration(state.delayNs));
}

Verdict Hedge::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    CallState &state = call.as<CallState>();
    if (state.started == 0) // a second end finds nothing
        return Verdict::keep();
    ++state.ended;
    if (m_waitOn.contains(outcome.kind) && state.ended < state.started)
        return Verdict::awaitOthers();
    if (outcome.kind == OutcomeKind::Success || outcome.kind == OutcomeKind::Timeout)
        record(now, state);
    state.started = 0;
    return Verdict::keep();
}

void Hedge::onCancelled(Instant now, PolicyCall &call)
{
    CallState &state = call.as<CallState>();
    // Before the delay it says nothing: it might have been quick.
    if (state.started > 0 && now - Instant::fromNs(state.beganNs) >= delay().value_or(Duration(0)))
        record(now, state);
    state.started = 0;
}

void Hedge::record(Instant now, const CallState &state)
{
    if (m_recent)
        m_recent->record(now - Instant::fromNs(state.beganNs));
}

// ---- schema ----

namespace {

std::vector<Field> fields()
{
    using C = HedgeConfig;
    return {
        schema::field<&C::delay>(
            {.key = "delay",
             .type = ValueType::Duration,
             .help = "A copy leaves when the call has taken this long. Below the median latency it doubles the load for little. "
                     "With a percentile it serves only until enough calls were seen.",
             .min = Duration(0),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::percentile>(
            {.key = "percentile",
             .type = ValueType::Probability,
             .help = "A copy leaves when the call has taken longer than this share of recent calls: at 95% one call in twenty is "
                     "copied. 95% when there is no delay either.",
             .min = 0.01,
             .max = 0.9999,
             .optional = true}),
        schema::field<&C::minDelay>(
            {.key = "min_delay",
             .type = ValueType::Duration,
             .help = "No copy leaves earlier, whatever the percentile says: for a dependency that is faster than the network.",
             .min = Duration(0),
             .max = Duration(1h)}),
        schema::field<&C::minimumCalls>(
            {.key = "minimum_calls",
             .type = ValueType::Count,
             .help = "Calls that must have been seen before the percentile is believed. Until then `delay` holds, or nothing is "
                     "copied.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::maxHedges>(
            {.key = "max_hedges",
             .type = ValueType::Count,
             .help = "Copies beside the first request. Each is a full request to the dependency: more than one rarely pays.",
             .min = std::int64_t{0},
             .max = std::int64_t{10}}),
        schema::field<&C::budget>(
            {.key = "budget",
             .type = ValueType::Probability,
             .help = "Copies per call over the last 10 s, and 3. When the whole dependency is slow every call looks slow, and "
                     "without a budget hedging doubles the load just then.",
             .min = 0.0,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::waitOn>(
            {.key = "wait_on",
             .type = ValueType::TextList,
             .help = "Failures that do not end the race while another copy runs. A failure that is not in the list is an answer.",
             .choices = failureNames()}),
    };
}

} // namespace

const Schema &hedgeSchema()
{
    static const Schema schema = {
        .key = "hedge",
        .title = "Hedge",
        .summary = "Sends a second request when the first takes longer than usual, and uses whichever answers first.",
        .shorthand = "delay",
        .fields = fields(),
        .create = &schema::create<HedgeConfig>,
        .clone = &schema::clone<HedgeConfig>,
    };
    return schema;
}

} // namespace halfopen
