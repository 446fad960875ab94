// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/finagle_retry.h"

#include "core/policies/dialects/dialect_field.h"

#include <algorithm>
#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(FinagleBackoff)
{
    static constexpr std::array<std::string_view, 5> kNames = {"decorrelated_jittered", "equal_jittered", "exponential_jittered",
                                                              "exponential", "constant"};
    return kNames;
}

namespace {

RetryBudgetConfig budgetOf(const FinagleBudgetConfig &config)
{
    const std::int64_t wholeSeconds = config.ttl / 1s;
    return {.ratio = config.percentCanRetry, .window = config.ttl, .reserve = config.minRetriesPerSec * wholeSeconds};
}

} // namespace

Duration finagleWait(const FinagleRetryConfig &config, std::uint32_t number, Duration previous, std::uint64_t bits)
{
    const Duration most = config.maximum;
    if (number <= 1 || config.backoff == FinagleBackoff::Constant)
        return std::min(config.start, most);
    const auto start = static_cast<double>(config.start.count());
    const auto cap = static_cast<double>(most.count());
    const auto from = static_cast<double>(previous.count());
    switch (config.backoff) {
    case FinagleBackoff::DecorrelatedJittered: {
        const Duration low = config.chained ? previous : std::min(config.start, previous);
        return uniform(bits, low, std::max(low, std::min(3 * previous, most))); // the range is cut, not the draw
    }
    case FinagleBackoff::EqualJittered: {
        const Duration half = waitOf(grown(start, 2, number - 2, cap));
        return std::min(most, half + uniform(bits, Duration(0), half));
    }
    case FinagleBackoff::ExponentialJittered: {
        const double range = grown(config.chained ? from : start, 2, number - 1, cap);
        return range >= cap ? most : uniform(bits, Duration(0), waitOf(range)); // at the cap without chance
    }
    case FinagleBackoff::Exponential:
        return waitOf(grown(start, 2, number - 1, cap));
    case FinagleBackoff::Constant:
        break;
    }
    return most;
}

FinagleRetry::FinagleRetry(const FinagleRetryConfig &config) : m_budget(budgetOf(config.budget))
{
    apply(config);
}

void FinagleRetry::apply(const FinagleRetryConfig &config)
{
    m_config = config;
    m_budget.apply(budgetOf(config.budget));
    setRetryOn(RetryOn::fromNames(config.retryOn));
}

void FinagleRetry::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const FinagleRetryConfig *>(config));
}

void FinagleRetry::onBegun(Instant now, Try &)
{
    m_budget.onFirstTry(now);
}

std::optional<Duration> FinagleRetry::waitAfter(Instant now, Try &made, Outcome, std::uint64_t bits)
{
    if (made.retries + 1 >= m_config.tries || !m_budget.tryRetry(now))
        return std::nullopt;
    const Duration wait = finagleWait(m_config, made.retries + 1, Duration(made.memory), bits);
    made.memory = wait.count();
    return wait;
}

namespace {

using C = FinagleRetryConfig;
using B = FinagleBudgetConfig;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.maximum < c.start)
        return "maximum is shorter than start";
    return {};
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::tries>(
            {.key = "tries",
             .type = ValueType::Count,
             .help = "Tries per call, the first included.",
             .min = std::int64_t{1},
             .max = std::int64_t{100}}),
        schema::field<&C::backoff>(
            {.key = "backoff",
             .type = ValueType::Choice,
             .help = "How waits grow and spread. decorrelated_jittered: up to three times the one before. equal_jittered: a power of two "
                     "plus up to as much again. exponential_jittered: from 0 up. exponential: doubled, without chance. constant: start.",
             .choices = {"decorrelated_jittered", "equal_jittered", "exponential_jittered", "exponential", "constant"}}),
        schema::field<&C::start>(
            {.key = "start",
             .type = ValueType::Duration,
             .help = "The first wait, without chance: everybody who failed together makes the first retry together.",
             .min = Duration(1),
             .max = Duration(1h)}),
        schema::field<&C::maximum>(
            {.key = "maximum",
             .type = ValueType::Duration,
             .help = "No wait is longer, whatever the growth and chance say.",
             .min = Duration(1),
             .max = Duration(1h)}),
        schema::field<&C::chained>(
            {.key = "chained",
             .type = ValueType::Flag,
             .help = "Whether a jittered range begins at the wait that was drawn before. true is how the source reads, which was not tried out; "
                     "false is the formula in its comments, which begins at start."}),
        schema::field<&C::retryOn>(
            {.key = "retry_on",
             .type = ValueType::TextList,
             .help = "Outcomes that are retried: kinds, HTTP statuses, classes of them.",
             .choices = retryOnNames()}),
        schema::field<&C::budget, &B::percentCanRetry>(
            {.key = "budget.percent_can_retry",
             .type = ValueType::Probability,
             .help = "Retries per request of the last budget.ttl that this process may make.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::budget, &B::minRetriesPerSec>(
            {.key = "budget.min_retries_per_sec",
             .type = ValueType::Count,
             .help = "Reserve, times budget.ttl in whole seconds: 10 in 10 s are 100 retries in any 10 s, also all at once.",
             .min = std::int64_t{0},
             .max = std::int64_t{10'000}}),
        schema::field<&C::budget, &B::ttl>(
            {.key = "budget.ttl",
             .type = ValueType::Duration,
             .help = "How long a request pays for retries, in ten slices.",
             .min = Duration(1s),
             .max = Duration(60s)}),
        dialectField<C>(retryDialectNames()),
    };
}

} // namespace

const Schema &finagleRetrySchema()
{
    static const Schema schema = {
        .key = "retry",
        .title = "Retry (Finagle)",
        .summary = "The retry of Finagle: short waits, and a budget that starts with 100 retries.",
        .shorthand = "tries",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
