// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/policies/retry_on.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace halfopen {

struct WaitRange {
    Duration from{};
    Duration to{};
};

/// "after try 1 fails": "the next follows 0 s to 1 s later", for at most four retries, and that there are more.
void addWaits(Explanation &e, std::int64_t triesAtMost, const std::function<WaitRange(std::uint32_t)> &range);

/// What the retries of several libraries have in common: the count of retries, the sorting of failures, and the bytes of a
/// call. A dialect adds the wait (waitAfter()) and what limits retries beyond their number: tokens, quotas, budgets.
///
/// The draw before retry n is call.draw(n), as in the lab's own retry. A cancelled call is not retried.
class LibraryRetry : public Policy {
public:
    static constexpr std::size_t kStateBytes = 24;

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) final;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) final;
    void onCancelled(Instant now, PolicyCall &call) final;
    [[nodiscard]] Explanation explain(Instant now) const final;

protected:
    /// One call in progress.
    struct Try {
        std::int64_t memory;  ///< the dialect's own, 0 at first: the wait before, for example
        std::int64_t retryNs; ///< when the last retry begins, 0 before the first
        std::uint32_t retries;
        std::uint32_t holds;  ///< the dialect's own: what the last retry took
    };
    static_assert(sizeof(Try) <= kStateBytes);

    /// Acts on calls under way from their next failure on.
    void setRetryOn(RetryOn retryOn) { m_retryOn = retryOn; }

    /// A try failed in a way that is retried: how long to wait before the next one, or empty: no more. \a bits are the draw of
    /// this retry.
    [[nodiscard]] virtual std::optional<Duration> waitAfter(Instant now, Try &made, Outcome outcome, std::uint64_t bits) = 0;
    /// A call begins.
    virtual void onBegun(Instant now, Try &made);
    /// A try ended, in whatever way; before anything else is asked.
    virtual void onTryEnded(Instant now, Try &made);
    virtual void onSuccess(Instant now, Try &made);

    // --- for people
    /// Tries per call, the first included.
    [[nodiscard]] virtual std::int64_t triesAtMost() const = 0;
    /// Between which waits retry \a number (from 1) of a call is drawn, without any Retry-After.
    [[nodiscard]] virtual WaitRange waitRange(std::uint32_t number) const = 0;
    /// Adds what limits retries beyond their number. Why a call that failed now would not be retried, or empty: it would.
    [[nodiscard]] virtual std::string showLimits(Instant now, Explanation &e) const;

private:
    RetryOn m_retryOn;
    // How failed tries went on, since the beginning.
    std::uint64_t m_retried = 0;
    std::uint64_t m_notRetriable = 0; ///< not among the outcomes that are retried
    std::uint64_t m_usedUp = 0;       ///< the last try that is allowed
    std::uint64_t m_limited = 0;      ///< tries were left, but a quota or budget was not
};

/// 64 uniform bits as a number in [0, 1) with 53 of them.
constexpr double unitOf(std::uint64_t bits)
{
    return static_cast<double>(bits >> 11) * 0x1p-53;
}

/// No wait is longer than a century: sums of them must fit an Instant.
inline constexpr double kLongestWaitNs = 3.15576e18;

/// \a ns as a wait: cut to whole nanoseconds, and to a century.
constexpr Duration waitOf(double ns)
{
    return Duration(static_cast<std::int64_t>(ns < kLongestWaitNs ? ns : kLongestWaitNs));
}

/// first * factor^steps by repeated multiplication, up to \a most. The same on every machine.
constexpr double grown(double first, double factor, std::uint32_t steps, double most)
{
    double value = first;
    for (std::uint32_t i = 0; i < steps && value < most && factor != 1; ++i)
        value *= factor;
    return value < most ? value : most;
}

} // namespace halfopen
