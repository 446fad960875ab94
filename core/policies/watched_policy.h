// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/policies/registry.h"

#include <cstdint>
#include <deque>
#include <memory>

namespace halfopen {

/// A call that one layer has seen end, or has refused.
struct WatchedCall {
    Instant at;
    Duration took{}; ///< from the layer's admission to its end
    std::uint64_t key = 0;
    Outcome outcome; ///< as the layer heard it; for a refusal, as it gave it
    bool refused = false;
};

/// Stands before another policy, passes everything on unchanged and keeps what was seen last: the second source beside what the
/// policy itself remembers. For explaining one layer; the other layers and the run's fingerprint do not notice.
class WatchedPolicy final : public Policy {
public:
    /// Calls kept; the oldest are forgotten first.
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

    /// Oldest first.
    const std::deque<WatchedCall> &calls() const { return m_calls; }
    /// Calls that came before those kept.
    std::uint64_t forgotten() const { return m_forgotten; }

private:
    void keep(const WatchedCall &call);
    void ended(Instant now, const PolicyCall &call, Outcome outcome);
    void collect();
    std::int64_t &admittedNs(const PolicyCall &call) const;

    std::unique_ptr<Policy> m_inner;
    std::size_t m_ownBytesAt;
    std::deque<WatchedCall> m_calls;
    std::uint64_t m_forgotten = 0;
};

/// A row whose policies are those of \a type, each behind a WatchedPolicy. It lasts until the same thread makes the
/// next one: only one kind of layer can be watched at a time.
const PolicyType &watchedType(const PolicyType &type);

} // namespace halfopen
