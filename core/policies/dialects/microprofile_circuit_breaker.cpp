// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/microprofile_circuit_breaker.h"

#include "core/policies/dialects/dialect_field.h"

namespace halfopen {

using namespace std::chrono_literals;

MicroprofileCircuitBreaker::MicroprofileCircuitBreaker(const MicroprofileConfig &config)
{
    apply(config);
    begin();
}

void MicroprofileCircuitBreaker::apply(const MicroprofileConfig &config)
{
    m_config = config;
    m_window = CountWindow(static_cast<std::uint32_t>(config.requestVolumeThreshold));
    Rules rules{.countsLateResults = config.countsLateResults, .recordsInOpen = false, .recordsTrials = false, .permits = config.successThreshold};
    if (!config.failOn.empty())
        rules.failures = OutcomeSet::fromNames(config.failOn);
    rules.failures = rules.failures.without(OutcomeSet::fromNames(config.skipOn));
    rules.sortCancelled(config.cancelled);
    setRules(rules);
}

void MicroprofileCircuitBreaker::reconfigure(Instant now, const void *config)
{
    const auto &next = *static_cast<const MicroprofileConfig *>(config);
    if (next == m_config)
        return;
    apply(next);
    beginAnew(now);
}

void MicroprofileCircuitBreaker::onResult(Instant now, const End &end)
{
    if (state() == BreakerState::HalfOpen) {
        const double wanted = static_cast<double>(m_config.successThreshold);
        if (end.failed)
            moveTo(now, BreakerState::Open, reason(now, Kind::TrialFailed, 1, 1, &end));
        else if (trials().calls >= m_config.successThreshold)
            moveTo(now, BreakerState::Closed, reason(now, Kind::TrialsSucceeded, trials().calls, wanted, &end));
        return;
    }
    if (state() != BreakerState::Closed)
        return;
    m_window.record(end.failed, false);
    const WindowCounts &seen = m_window.counts();
    if (seen.calls < m_window.size())
        return;
    const double ratio = static_cast<double>(seen.failures) / static_cast<double>(seen.calls);
    if (ratio >= m_config.failureRatio)
        moveTo(now, BreakerState::Open, reason(now, Kind::FailureRate, ratio, m_config.failureRatio, &end));
}

void MicroprofileCircuitBreaker::onEntered(Instant)
{
    if (state() == BreakerState::Closed)
        m_window.clear();
}

// ---- what it says about itself ----

void MicroprofileCircuitBreaker::showWindow(Instant, Explanation &e) const
{
    e.show(m_window);
}

void MicroprofileCircuitBreaker::showRules(Instant, Explanation &e) const
{
    if (state() == BreakerState::HalfOpen) {
        showTrialRules(m_config.successThreshold, e);
        return;
    }
    const WindowCounts &seen = m_window.counts();
    Explanation::Rule rule{.what = "failure ratio", .unit = Explanation::Unit::Share, .threshold = m_config.failureRatio};
    rule.observed = seen.calls ? static_cast<double>(seen.failures) / static_cast<double>(seen.calls) : 0.0;
    rule.calls = seen.calls;
    rule.callsNeeded = m_window.size(); // only a full window is judged
    rule.isReached = seen.calls > 0 && rule.observed >= rule.threshold;
    e.rules.push_back(rule);
}

namespace {

using C = MicroprofileConfig;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    return c.dialect != C().dialect ? kOtherDialect : std::string();
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::requestVolumeThreshold>(
            {.key = "request_volume_threshold",
             .type = ValueType::Count,
             .help = "The last calls that are looked at. The window must be full before anything is judged.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000}}),
        schema::field<&C::failureRatio>(
            {.key = "failure_ratio",
             .type = ValueType::Probability,
             .help = "Share of failures in the full window at or over which it opens.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::delay>(
            {.key = "delay",
             .type = ValueType::Duration,
             .help = "How long it stays open; the next call at or after that is let through on trial.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::successThreshold>(
            {.key = "success_threshold",
             .type = ValueType::Count,
             .help = "Trial calls let through in all; when all of them go well it closes, the first failure opens it again. A trial that "
                     "never ends keeps it half-open for ever.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000}}),
        schema::field<&C::failOn>(
            {.key = "fail_on",
             .type = ValueType::TextList,
             .help = "Outcomes that are failures. Empty: all of them, also refusals of policies further in.",
             .choices = failureNames()}),
        schema::field<&C::skipOn>(
            {.key = "skip_on",
             .type = ValueType::TextList,
             .help = "Outcomes that are successes although the call failed; wins over fail_on.",
             .choices = failureNames()}),
        schema::field<&C::countsLateResults>(
            {.key = "counts_late_results",
             .type = ValueType::Flag,
             .help = "Whether the end of a call that was admitted in an earlier state counts in the present one. The specification leaves it "
                     "open. false: such an end is dropped."}),
        schema::field<&C::cancelled>(
            {.key = "cancelled",
             .type = ValueType::Choice,
             .help = "What a cancelled call counts as; the specification leaves it open. nothing: it only gives its place on trial back.",
             .choices = {"failure", "success", "nothing"}}),
        dialectField<C>(breakerDialectNames()),
    };
}

} // namespace

const Schema &microprofileSchema()
{
    static const Schema schema = {
        .key = "circuit_breaker",
        .title = "Circuit breaker (MicroProfile Fault Tolerance)",
        .summary = "The circuit breaker of MicroProfile Fault Tolerance 4, as its specification has it.",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
