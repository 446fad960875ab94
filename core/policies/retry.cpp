// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/retry.h"

#include "core/policies/dialects/dialect_field.h"
#include "core/scenario/schema_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(Jitter)
{
    static constexpr std::array<std::string_view, 4> kNames = {"full", "equal", "decorrelated", "none"};
    return kNames;
}

std::span<const std::string_view> enumNames(Backoff)
{
    static constexpr std::array<std::string_view, 3> kNames = {"exponential", "linear", "constant"};
    return kNames;
}

// ---- waits ----

std::vector<Duration> backoffSchedule(const RetryConfig &config)
{
    std::vector<Duration> waits;
    const auto cap = static_cast<double>(config.maxDelay.count());
    const auto first = static_cast<double>(config.initialDelay.count());
    double wait = first;
    for (std::int64_t retry = 1; retry < config.maxAttempts; ++retry) {
        wait = std::min(wait, cap);
        waits.emplace_back(std::llround(wait));
        if (config.backoff == Backoff::Exponential)
            wait *= config.backoffMultiplier;
        else if (config.backoff == Backoff::Linear)
            wait += first;
    }
    return waits;
}

Duration jitteredDelay(const RetryConfig &config, Duration scheduled, Duration previous, std::uint64_t bits)
{
    switch (config.jitter) {
    case Jitter::Full:
        return uniform(bits, Duration(0), scheduled);
    case Jitter::Equal:
        return uniform(bits, scheduled / 2, scheduled);
    case Jitter::Decorrelated:
        return std::min(config.maxDelay, uniform(bits, config.initialDelay, previous * 3));
    case Jitter::None:
        break;
    }
    return scheduled;
}

// ---- budget ----

namespace {
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::uint32_t kBudgetBuckets = 10;
} // namespace

void RetryBudget::apply(const RetryBudgetConfig &config)
{
    m_limited = config.ratio.has_value();
    m_ratioMillionths = std::llround(config.ratio.value_or(0.0) * kMillion);
    m_reserve = config.reserve;
    const Duration bucket = (config.window + Duration(kBudgetBuckets - 1)) / kBudgetBuckets;
    if (bucket != m_window.bucketLength())
        m_window.resize(bucket, kBudgetBuckets);
}

void RetryBudget::onFirstTry(Instant now)
{
    if (m_limited)
        m_window.record(now, false, false);
}

/// What the budget still holds, in millionths of a retry.
std::int64_t RetryBudget::millionths(WindowCounts counts) const
{
    const std::int64_t retries = counts.failures;
    const std::int64_t tries = counts.calls - counts.failures;
    return m_ratioMillionths * tries + (m_reserve - retries) * kMillion;
}

bool RetryBudget::tryRetry(Instant now)
{
    if (!m_limited)
        return true;
    m_window.advance(now);
    if (millionths(m_window.counts()) < kMillion)
        return false;
    m_window.record(now, true, false);
    return true;
}

std::int64_t RetryBudget::balance(Instant now) const
{
    if (!m_limited)
        return std::numeric_limits<std::int64_t>::max();
    return std::max<std::int64_t>(0, millionths(m_window.countsAt(now)) / kMillion);
}

// ---- the policy ----

Retry::Retry(const RetryConfig &config) : m_budget(config.budget)
{
    apply(config);
}

void Retry::apply(const RetryConfig &config)
{
    m_config = config;
    m_retryOn = RetryOn::fromNames(config.retryOn);
    m_schedule = backoffSchedule(config);
    m_budget.apply(config.budget);
    m_alwaysAdmits = !m_budget.isLimited() && !m_config.maxElapsed;
    m_keepsGoodOutcomes = true;
}

void Retry::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const RetryConfig *>(config));
}

Admission Retry::admit(Instant now, PolicyCall &call)
{
    // Without a limit of time the bytes stay as they are: a driver need not ask (alwaysAdmits()).
    call.as<CallState>() = {.begunAfterNs = m_config.maxElapsed ? now.ns() + 1 : 0, .previousDelayNs = 0, .retries = 0};
    m_budget.onFirstTry(now);
    return Admission::admit();
}

Verdict Retry::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    // Is it worth another try? Five reasons to say no, the cheap ones first; each hands the last outcome outwards.
    if (isGood(outcome.kind) || !m_retryOn.contains(outcome)) [[likely]]
        return Verdict::keep(); // nothing to repair, or nothing that another try could
    CallState &state = call.as<CallState>();
    if (state.retries >= m_schedule.size())
        return Verdict::keep(); // every attempt is used up
    const Duration asked = std::chrono::milliseconds(m_config.honourRetryAfter ? outcome.retryAfterMs : 0);
    if (asked > m_config.maxDelay)
        return Verdict::keep(); // earlier would be refused again, later is not allowed
    const Duration previous = state.retries == 0 ? m_config.initialDelay : Duration(state.previousDelayNs);
    const Duration wait = jitteredDelay(m_config, m_schedule[state.retries], previous, call.draw(state.retries + 1));
    const Instant next = now + std::max(wait, asked);
    if (m_config.maxElapsed && state.begunAfterNs > 0
        && next - Instant::fromNs(state.begunAfterNs - 1) > *m_config.maxElapsed)
        return Verdict::keep(); // it would begin too late
    if (!m_budget.tryRetry(now)) // asked last: it books the retry
        return Verdict::keep();  // this process has retried enough for now
    ++state.retries;
    state.previousDelayNs = wait.count();
    return Verdict::retryAt(next);
}

// ---- schema ----

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const RetryConfig *>(config);
    if (c.dialect != RetryConfig().dialect)
        return kOtherDialect;
    if (c.maxDelay < c.initialDelay)
        return "max_delay is shorter than initial_delay";
    return {};
}

std::vector<Field> attemptsAndWaits()
{
    using C = RetryConfig;
    return {
        schema::field<&C::maxAttempts>(
            {.key = "max_attempts",
             .type = ValueType::Count,
             .help = "Tries per call, the first included. While the dependency is down every call costs it this many "
                     "requests; layers of retries multiply (3 around 3 is 9).",
             .min = std::int64_t{1},
             .max = std::int64_t{100}}),
        schema::field<&C::initialDelay>(
            {.key = "initial_delay",
             .type = ValueType::Duration,
             .help = "Wait before the first retry, before jitter. Shorter than the trouble lasts, and the retry is wasted.",
             .min = Duration(0),
             .max = Duration(1h)}),
        schema::field<&C::maxDelay>(
            {.key = "max_delay",
             .type = ValueType::Duration,
             .help = "No wait is longer. A call can take max_attempts times its timeout plus all waits: keep that below what "
                     "the caller waits.",
             .min = Duration(0),
             .max = Duration(1h)}),
        schema::field<&C::backoff>(
            {.key = "backoff",
             .type = ValueType::Choice,
             .help = "How the wait grows from retry to retry. exponential: times backoff_multiplier. linear: by initial_delay. "
                     "constant: not at all, so that the load of the retries never falls.",
             .choices = {"exponential", "linear", "constant"}}),
        schema::field<&C::backoffMultiplier>(
            {.key = "backoff_multiplier",
             .type = ValueType::Number,
             .help = "Each wait is this many times the one before. 1 keeps it constant: the load of the retries then never "
                     "falls. Used by backoff: exponential only, and not by jitter: decorrelated, which draws up to three times "
                     "the wait before.",
             .min = 1.0,
             .max = 10.0}),
        schema::field<&C::jitter>(
            {.key = "jitter",
             .type = ValueType::Choice,
             .help = "How chance spreads the waits. full: from 0 to the wait. equal: from half of it. decorrelated: from "
                     "initial_delay to three times the wait before. none: everybody who failed together returns together.",
             .choices = {"full", "equal", "decorrelated", "none"}}),
    };
}

std::vector<Field> whatAndHowMuch()
{
    using C = RetryConfig;
    return {
        schema::field<&C::retryOn>(
            {.key = "retry_on",
             .type = ValueType::TextList,
             .help = "Outcomes worth another try: kinds, HTTP statuses (503) and classes of them (5xx); one of them is enough. A "
                     "breaker's refusal is left out: asking again at once only meets the same open breaker.",
             .choices = retryOnNames()}),
        schema::field<&C::maxElapsed>(
            {.key = "max_elapsed",
             .type = ValueType::Duration,
             .help = "A retry that would begin later than this after the call began is not made. It ends the retrying, not a try "
                     "that is under way: that is a timeout's work.",
             .min = Duration(1ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::budget, &RetryBudgetConfig::ratio>(
            {.key = "budget.ratio",
             .type = ValueType::Probability,
             .help = "Retries this process may make per first try over budget.window. 10% keeps the extra load of an outage "
                     "at a tenth; without it retries can triple the load of a dependency that is already too slow.",
             .min = 0.0,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::budget, &RetryBudgetConfig::window>(
            {.key = "budget.window",
             .type = ValueType::Duration,
             .help = "The last while over which the budget counts first tries and retries.",
             .min = Duration(100ms),
             .max = Duration(1h)}),
        schema::field<&C::budget, &RetryBudgetConfig::reserve>(
            {.key = "budget.reserve",
             .type = ValueType::Count,
             .help = "Retries per window that are allowed whatever the ratio says, so that a quiet process can retry at all. "
                     "It counts per process: 3 in each of 200 processes is 600.",
             .min = std::int64_t{0},
             .max = std::int64_t{100'000}}),
        schema::field<&C::honourRetryAfter>(
            {.key = "honour_retry_after",
             .type = ValueType::Flag,
             .help = "Wait at least as long as the failure asks for (Retry-After). If that is longer than max_delay, the call "
                     "is not retried."}),
    };
}

} // namespace

const Schema &retrySchema()
{
    static const Schema schema = [] {
        Schema s;
        s.key = "retry";
        s.title = "Retry";
        s.summary = "Tries again when a call failed in a way worth repeating, after a growing, spread-out wait.";
        s.shorthand = "max_attempts";
        for (auto part : {attemptsAndWaits, whatAndHowMuch})
            for (Field &field : part())
                s.fields.push_back(std::move(field));
        s.fields.push_back(dialectField<RetryConfig>(retryDialectNames()));
        s.create = &schema::create<RetryConfig>;
        s.clone = &schema::clone<RetryConfig>;
        s.conflict = &conflict;
        return s;
    }();
    return schema;
}

} // namespace halfopen
