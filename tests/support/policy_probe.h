// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/instance_judge.h"
#include "core/policies/policy.h"

#include <array>
#include <cstring>
#include <vector>

namespace halfopen::test {

/// One call at one policy, with the bytes a driver would keep for it.
class ProbeCall {
    template <typename F> auto ask(F f)
    {
        PolicyCall call{.state = m_state.data(), .key = m_key, .random = m_stream, .ticket = ticket, .retries = retries};
        return f(call);
    }

public:
    explicit ProbeCall(std::uint64_t key = 0, RandomStream stream = RandomStream(1, "probe"))
        : m_key(key), m_stream(stream)
    {
    }
    std::uint64_t key() const { return m_key; }
    std::uint32_t ticket = 0;  ///< what the driver would name the call
    bool keepsBytes = false;   ///< of the policy's type; such a probe may stand for several tries
    std::uint32_t retries = 0; ///< how often a layer further out has tried again

    Admission admit(Policy &policy, Instant now)
    {
        if (!keepsBytes)
            m_state.fill(std::byte{0});
        return ask([&](PolicyCall &call) { return policy.admit(now, call); });
    }
    Verdict end(Policy &policy, Instant now, Outcome outcome)
    {
        return ask([&](PolicyCall &call) { return policy.onOutcome(now, call, outcome); });
    }
    Verdict deadline(Policy &policy, Instant now)
    {
        return ask([&](PolicyCall &call) { return policy.onDeadline(now, call); });
    }
    Verdict substitute(Policy &policy, Instant now, Outcome failed, Outcome instead)
    {
        return ask([&](PolicyCall &call) { return policy.onSubstitute(now, call, failed, instead); });
    }
    void sent(InstanceJudge &judge, std::uint32_t instance)
    {
        ask([&](PolicyCall &call) { judge.onSent(call, instance); });
    }
    void cancel(Policy &policy, Instant now)
    {
        ask([&](PolicyCall &call) { policy.onCancelled(now, call); });
    }

private:
    std::uint64_t m_key;
    RandomStream m_stream;
    alignas(8) std::array<std::byte, 32> m_state{};
};

inline bool isAdmitted(const Admission &admission)
{
    return admission.kind != Admission::Kind::Refuse;
}

/// What the policy reported since the last time.
inline std::vector<PolicyEvent> eventsOf(Policy &policy)
{
    std::vector<PolicyEvent> events;
    policy.takeEvents(events);
    return events;
}

/// A point of a timetable, in milliseconds since the start.
inline Instant at(std::int64_t ms)
{
    return Instant(std::chrono::milliseconds(ms));
}

} // namespace halfopen::test
