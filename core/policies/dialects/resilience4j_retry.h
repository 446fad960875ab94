// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/resilience4j_interval.h"
#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// How one run of the protected function ended, as resilience4j's predicates sort it.
enum class Resilience4jEnd : std::uint8_t {
    Good,           ///< a result that nobody objects to
    BadResult,      ///< a result that the result predicate wants retried
    RetriedError,   ///< an exception that is retried
    UnretriedError, ///< an exception that is ignored, or not among the listed ones
};

/// What the decisions need.
struct Resilience4jRetryRules {
    std::int64_t maxAttempts = 3;      ///< the first call counts
    bool failAfterMaxAttempts = false; ///< a last bad result becomes MaxRetriesExceeded instead of being returned
    bool retriesItsOwnException = true; ///< MaxRetriesExceeded is among the exceptions that are retried
    Resilience4jInterval interval;
};

/// resilience4j's retry: decisions and counters.
///
/// It copies the library's counting: a call whose last allowed attempt returns a bad result is counted once more at its
/// end, and the library's own MaxRetriesExceeded passes through its own error handler and is counted again.
/// Source: resilience4j 2.4, io.github.resilience4j.retry.internal.RetryImpl.
class Resilience4jRetryCore {
public:
    struct Counters {
        std::int64_t succeededWithoutRetry = 0;
        std::int64_t succeededWithRetry = 0;
        std::int64_t failedWithoutRetry = 0;
        std::int64_t failedWithRetry = 0;
        std::int64_t total = 0;
    };
    /// One call in progress.
    struct Call {
        std::int64_t failures = 0;
    };
    struct Decision {
        bool again = false;
        std::int64_t waitMs = 0;         ///< if again
        bool maxRetriesExceeded = false; ///< the caller gets the library's own exception
    };

    explicit Resilience4jRetryCore(const Resilience4jRetryRules &rules) : m_rules(rules) {}
    /// One run of the protected function ended. \a bits feed a randomised interval.
    [[nodiscard]] Decision onEnd(Call &call, Resilience4jEnd end, std::uint64_t bits = 0);
    const Counters &counters() const { return m_counters; }
    const Resilience4jRetryRules &rules() const { return m_rules; }
    /// Calls in progress keep what they have counted.
    void setRules(const Resilience4jRetryRules &rules) { m_rules = rules; }

private:
    Decision onError(Call &call, bool retried, std::uint64_t bits);
    Decision onComplete(Call &call);

    Resilience4jRetryRules m_rules;
    Counters m_counters;
};

/// Settings under the library's own names (in snake case), with the library's defaults.
struct Resilience4jRetryConfig {
    std::string dialect = "resilience4j";
    std::int64_t maxAttempts = 3;
    Duration waitDuration = std::chrono::milliseconds(500);
    bool enableExponentialBackoff = false;
    double exponentialBackoffMultiplier = 1.5;
    std::optional<Duration> exponentialMaxWaitDuration;
    bool enableRandomizedWait = false;
    double randomizedWaitFactor = 0.5;
    std::vector<std::string> retryExceptions; ///< empty = all that are not ignored
    std::vector<std::string> ignoreExceptions;

    Resilience4jRetryRules rules() const;
};

const Schema &resilience4jRetrySchema();

/// The retry of resilience4j 2.4. The dialect `resilience4j`.
///
/// What differs from the dialect `halfopen`: waits count in whole milliseconds, the default is a constant wait without
/// chance, and every failure is retried unless ignored, also refusals of a breaker further in. There is no budget and
/// Retry-After is not looked at. A cancelled call is not retried.
class Resilience4jRetry final : public Policy {
public:
    static constexpr std::size_t kStateBytes = sizeof(Resilience4jRetryCore::Call);

    explicit Resilience4jRetry(const Resilience4jRetryConfig &config);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    const Resilience4jRetryCore::Counters &counters() const { return m_core.counters(); }

private:
    void apply(const Resilience4jRetryConfig &config);

    OutcomeSet m_retried;
    Resilience4jRetryCore m_core;
};

} // namespace halfopen
