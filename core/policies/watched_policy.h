// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/policies/registry.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace halfopen {

/// A call that one layer has seen end, or has refused.
struct WatchedCall {
    Instant at;
    Duration took{}; ///< from the layer's admission to its end; 0 for a refusal
    std::uint64_t key = 0;
    Outcome outcome; ///< as the layer heard it; for a refusal, as it gave it
    std::uint32_t stay = 0;       ///< of a breaker: the stay in which it came, before it moved anything; see WatchedPolicy::stays()
    std::uint32_t admittedIn = 0; ///< the stay in which it was admitted
};

/// A breaker's time in one state. Set by hand or by new settings it begins anew, also in the same state.
struct WatchedStay {
    Instant from;
    BreakerState state = BreakerState::Closed;
};

/// The newest calls of one kind; the oldest are forgotten first, and counted.
struct WatchedCalls {
    std::deque<WatchedCall> kept; ///< oldest first
    std::uint64_t forgotten = 0;  ///< that came before those kept

    std::uint64_t all() const { return kept.size() + forgotten; }
};

/// Stands before another policy, passes everything on unchanged and keeps what was seen last: the second source beside what the
/// policy itself remembers. For explaining one layer; the other layers and the run's fingerprint do not notice.
class WatchedPolicy final : public Policy {
public:
    /// Ends kept, and refusals kept: each has a log of its own, so that a breaker that refuses a lot keeps what opened it.
    static constexpr std::size_t kCallsKept = 20'000;
    static constexpr std::size_t kStateBytes = 8; ///< behind those of the policy

    WatchedPolicy(std::unique_ptr<Policy> inner, std::size_t innerStateBytes);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    [[nodiscard]] Verdict onDeadline(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onSubstitute(Instant now, PolicyCall &call, Outcome failed, Outcome substitute) override;
    void onCancelled(Instant now, PolicyCall &call) override;
    InstanceJudge *instanceJudge() override { return m_inner->instanceJudge(); }
    [[nodiscard]] Instant nextTimer() const override { return m_inner->nextTimer(); }
    void handleTimer(Instant now) override;
    void reconfigure(Instant now, const void *config) override;
    void onProbe(Instant now, Outcome answer) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    /// Calls that ended in the layer.
    const WatchedCalls &ended() const { return m_ended; }
    /// Calls that it refused.
    const WatchedCalls &refused() const { return m_refused; }
    /// Of a breaker, the first at 0; of another policy empty.
    const std::vector<WatchedStay> &stays() const { return m_stays; }

private:
    void keepEnd(Instant now, const PolicyCall &call, Outcome outcome, std::uint32_t stay);
    void collect();
    std::uint32_t stay() const { return m_stays.empty() ? 0 : static_cast<std::uint32_t>(m_stays.size() - 1); }
    std::uint64_t &admission(const PolicyCall &call) const;

    std::unique_ptr<Policy> m_inner;
    std::size_t m_ownBytesAt;
    WatchedCalls m_ended;
    WatchedCalls m_refused;
    std::vector<WatchedStay> m_stays;
};

/// A row whose policies are those of \a type, each behind a WatchedPolicy. It lasts until the same thread makes the
/// next one: only one kind of layer can be watched at a time.
const PolicyType &watchedType(const PolicyType &type);

} // namespace halfopen
