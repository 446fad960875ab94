// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/policies/retry_on.h"
#include "core/policies/sliding_window.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// How chance spreads a computed delay v (B = initial_delay, C = max_delay, s = the wait before).
enum class Jitter : std::uint8_t {
    Full,         ///< U[0, v)
    Equal,        ///< v/2 + U[0, v/2)
    Decorrelated, ///< min(C, U[B, 3 s)), with s = B before the first wait; takes no notice of v
    None,         ///< v
};
std::span<const std::string_view> enumNames(Jitter);

/// How the wait grows from retry to retry, before chance and up to max_delay (n = number of the retry from 1).
enum class Backoff : std::uint8_t {
    Exponential, ///< initial_delay * backoff_multiplier^(n-1)
    Linear,      ///< initial_delay * n
    Constant,    ///< initial_delay
};
std::span<const std::string_view> enumNames(Backoff);

/// Limits retries to a share of the first tries: with it a fleet can never send more than (1 + ratio) times its
/// load for long, whatever max_attempts says.
struct RetryBudgetConfig {
    std::optional<double> ratio;             ///< 0..1 and above: retries per first try; none = no budget
    Duration window = std::chrono::seconds(10); ///< both are counted over this last while
    std::int64_t reserve = 3;                ///< retries per window that are always allowed
};

struct RetryConfig {
    std::string dialect = "halfopen";
    std::int64_t maxAttempts = 3; ///< the first try counts
    Duration initialDelay = std::chrono::seconds(1);
    Duration maxDelay = std::chrono::seconds(30);
    Backoff backoff = Backoff::Exponential;
    double backoffMultiplier = 2.0;
    Jitter jitter = Jitter::Full;
    std::vector<std::string> retryOn = outcomeNames(kDependencyFailures);
    std::optional<Duration> maxElapsed; ///< none = no limit but the attempts
    RetryBudgetConfig budget;
    bool honourRetryAfter = true;
};

const Schema &retrySchema();

/// The unjittered waits before retry 1, 2, ...: min(max_delay, see Backoff), in whole nanoseconds.
/// Multiplied step by step in IEEE doubles, which round the same everywhere (no pow()), then rounded to the nearest.
std::vector<Duration> backoffSchedule(const RetryConfig &config);

/// The wait before retry \a number (1-based) with 64 uniform \a bits. \a scheduled is its entry of backoffSchedule(),
/// \a previous the wait before (initial_delay before the first). Integer arithmetic only.
Duration jitteredDelay(const RetryConfig &config, Duration scheduled, Duration previous, std::uint64_t bits);

/// Counts first tries and retries over the last while and says whether one more retry is within the budget:
/// retries + 1 <= ratio * tries + reserve. The window is cut in ten.
/// Source: Finagle's RetryBudget (deposits and withdrawals that expire after a time, plus a minimum reserve) and the
/// per-client retry ratio of "Site Reliability Engineering", chapter 21.
class RetryBudget {
public:
    explicit RetryBudget(const RetryBudgetConfig &config) { apply(config); }
    void apply(const RetryBudgetConfig &config);
    [[nodiscard]] bool isLimited() const { return m_limited; }
    void onFirstTry(Instant now);
    /// Books the retry if it may be made.
    [[nodiscard]] bool tryRetry(Instant now);
    /// Retries that may be made right now.
    [[nodiscard]] std::int64_t balance(Instant now) const;

private:
    std::int64_t millionths(WindowCounts counts) const;

    bool m_limited = false;
    std::int64_t m_ratioMillionths = 0;
    std::int64_t m_reserve = 0;
    TimeWindow m_window; ///< calls = tries and retries, failures = retries
};

/// Runs everything inside it again when that failed in a way worth repeating, after a growing, spread-out wait.
///
/// - Attempts are counted with the first: max_attempts 3 is one try and two retries. When they are used up, or the budget
///   is empty, or the outcome is not in retry_on, the last outcome goes outwards unchanged.
/// - Waits: see Jitter and backoffSchedule(). Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture
///   Blog, 2015, with the exponent counted so that the first wait is drawn from initial_delay.
/// - honour_retry_after: a failure that names a wait is never retried before it. Is it longer than max_delay, the call ends
///   with that failure: earlier would be refused again, later is not allowed.
/// - max_elapsed: a retry that would begin later than this after the call began is not made; the last outcome goes outwards at once.
/// - The default retry_on leaves out refusals of this caller's own policies: retrying a breaker's refusal hammers
///   nothing but the breaker.
/// - The draw before retry n is call.draw(n): the same call in another world waits the same share of its range.
class Retry final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 24;

    explicit Retry(const RetryConfig &config);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    /// Calls under way keep the attempts they have made; new limits and waits act from their next failure.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    /// Retries the budget allows right now; a large number without a budget.
    [[nodiscard]] std::int64_t budgetBalance(Instant now) const { return m_budget.balance(now); }

private:
    struct CallState {
        std::int64_t begunAfterNs; ///< 1 ns after the call began; 0 = not noted, there was no max_elapsed then
        std::int64_t previousDelayNs;
        std::uint32_t retries;
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const RetryConfig &config);

    RetryOn m_retryOn;
    std::vector<Duration> m_schedule; ///< max_attempts - 1 entries
    RetryBudget m_budget;
    RetryConfig m_config;
};

} // namespace halfopen
