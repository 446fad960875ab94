// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/operations.h"

#include "core/base/check.h"
#include "core/live/machine_seed.h"

#include <algorithm>
#include <stdexcept>

namespace halfopen::live {

namespace {

const RetryConfig &checked(const RetryConfig &config)
{
    if (const Result<void> good = checkSettings(layerOf(config).settings); !good)
        throw std::invalid_argument(good.error().message);
    return config;
}

} // namespace

ExponentialBackoff::ExponentialBackoff(const RetryConfig &config, std::optional<std::uint64_t> seed)
    : m_config(checked(config)), m_random(seed ? *seed : seedOfMachine(), "backoff")
{
    m_config.maxAttempts = std::max<std::int64_t>(m_config.maxAttempts, 2);
    m_schedule = backoffSchedule(m_config);
}

Duration ExponentialBackoff::nextDelay(std::int64_t attempt) const
{
    HALFOPEN_CHECK(attempt >= 1);
    Duration delay = m_config.initialDelay; // what the first wait takes for the one before
    // A decorrelated wait depends on all before it; the others only on their own draw.
    const std::int64_t first = m_config.jitter == Jitter::Decorrelated ? 1 : attempt;
    for (std::int64_t n = first; n <= attempt; ++n) {
        const std::size_t place = std::min<std::size_t>(static_cast<std::size_t>(n), m_schedule.size()) - 1;
        delay = jitteredDelay(m_config, m_schedule[place], delay, m_random.draw(0, static_cast<std::uint32_t>(n)));
    }
    return delay;
}

namespace detail {

PolicyStackSpec stackOf(PolicySpec layer)
{
    PolicyStackSpec stack;
    stack.layers.push_back(std::move(layer));
    return stack;
}

std::function<Outcome(const std::exception_ptr &)> judgeBy(RetryPredicate isWorthIt)
{
    return [isWorthIt = std::move(isWorthIt)](const std::exception_ptr &error) {
        Outcome outcome = outcomeOf(error); // keeps status and Retry-After
        bool again = false;
        try {
            std::rethrow_exception(error);
        } catch (const std::exception &exception) {
            again = outcome.kind != OutcomeKind::Cancelled && isWorthIt(exception);
        } catch (...) {
            again = false; // nothing the predicate could look at
        }
        outcome.kind = again ? OutcomeKind::Error : OutcomeKind::Cancelled; // the kind that no policy repeats
        return outcome;
    };
}

RetryConfig decidedBy(const RetryPredicate &isWorthIt, RetryConfig config)
{
    if (isWorthIt)
        config.retryOn = {std::string(outcomeName(OutcomeKind::Error))};
    return config;
}

} // namespace detail

} // namespace halfopen::live
