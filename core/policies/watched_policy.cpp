// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/watched_policy.h"

#include "core/base/check.h"
#include "core/policies/explanation.h"

namespace halfopen {

namespace {

constexpr std::size_t kStateBytesMax = 32;
/// An admission in 64 bits: its time below 2^56 ns, which is more than a run can last, and the last bits of its stay.
constexpr int kTimeBits = 56;
constexpr std::uint64_t kTimeMask = (std::uint64_t{1} << kTimeBits) - 1;

/// What create() needs to know and a plain function cannot carry.
thread_local PolicyType t_watched;
thread_local const PolicyType *t_original = nullptr;

std::unique_ptr<Policy> createWatched(const void *config)
{
    HALFOPEN_CHECK(t_original != nullptr);
    return std::make_unique<WatchedPolicy>(t_original->create(config), t_original->stateBytes);
}

} // namespace

WatchedPolicy::WatchedPolicy(std::unique_ptr<Policy> inner, std::size_t innerStateBytes)
    : m_inner(std::move(inner)), m_ownBytesAt((innerStateBytes + 7) / 8 * 8)
{
    if (const Explanation first = m_inner->explain(Instant()); first.isBreaker)
        m_stays.push_back({Instant(), first.state});
}

/// Own bytes, if there is room for them behind the policy's; else one place that nobody reads.
std::uint64_t &WatchedPolicy::admission(const PolicyCall &call) const
{
    thread_local std::uint64_t nowhere = 0;
    if (m_ownBytesAt + kStateBytes > kStateBytesMax)
        return nowhere;
    return *std::launder(reinterpret_cast<std::uint64_t *>(call.state + m_ownBytesAt));
}

namespace {

void keep(WatchedCalls &calls, const WatchedCall &call)
{
    if (calls.kept.size() == WatchedPolicy::kCallsKept) {
        calls.kept.pop_front();
        ++calls.forgotten;
    }
    calls.kept.push_back(call);
}

} // namespace

/// \a stay is the one that the end arrived in.
void WatchedPolicy::keepEnd(Instant now, const PolicyCall &call, Outcome outcome, std::uint32_t stay)
{
    WatchedCall end{.at = now, .key = call.key, .outcome = outcome, .stay = stay, .admittedIn = stay};
    if (m_ownBytesAt + kStateBytes <= kStateBytesMax) {
        const std::uint64_t admitted = admission(call);
        end.took = Duration(now.ns() - static_cast<std::int64_t>(admitted & kTimeMask));
        // No call lasts for 256 stays: only their last bits are kept.
        end.admittedIn = stay - ((stay - static_cast<std::uint32_t>(admitted >> kTimeBits)) & 0xff);
    }
    keep(m_ended, end);
}

/// Whoever drives asks this object, not the inner one, for what happened.
void WatchedPolicy::collect()
{
    const std::size_t before = m_events.size();
    m_inner->takeEvents(m_events);
    m_inner->takeReleased(m_released);
    if (m_stays.empty())
        return;
    using Kind = TransitionReason::Kind;
    for (std::size_t i = before; i < m_events.size(); ++i) {
        const PolicyEvent &event = m_events[i];
        if (event.from != event.to || event.reason.kind == Kind::Manual || event.reason.kind == Kind::SettingsChanged)
            m_stays.push_back({event.at, event.to});
    }
}

Admission WatchedPolicy::admit(Instant now, PolicyCall &call)
{
    const Admission answer = m_inner->admit(now, call);
    collect(); // a trial is admitted in the stay that it begins
    if (answer.kind == Admission::Kind::Refuse)
        keep(m_refused, {.at = now, .key = call.key, .outcome = answer.outcome, .stay = stay(), .admittedIn = stay()});
    else
        admission(call) = (static_cast<std::uint64_t>(now.ns()) & kTimeMask) | std::uint64_t{stay()} << kTimeBits;
    return answer;
}

Verdict WatchedPolicy::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    keepEnd(now, call, outcome, stay());
    const Verdict verdict = m_inner->onOutcome(now, call, outcome);
    collect();
    return verdict;
}

Verdict WatchedPolicy::onDeadline(Instant now, PolicyCall &call)
{
    const std::uint32_t before = stay();
    const Verdict verdict = m_inner->onDeadline(now, call);
    if (verdict.kind == Verdict::Kind::Replace)
        keepEnd(now, call, verdict.outcome, before);
    collect();
    return verdict;
}

Verdict WatchedPolicy::onSubstitute(Instant now, PolicyCall &call, Outcome failed, Outcome substitute)
{
    const Verdict verdict = m_inner->onSubstitute(now, call, failed, substitute);
    collect();
    return verdict;
}

void WatchedPolicy::onCancelled(Instant now, PolicyCall &call)
{
    keepEnd(now, call, {.kind = OutcomeKind::Cancelled}, stay());
    m_inner->onCancelled(now, call);
    collect();
}

void WatchedPolicy::handleTimer(Instant now)
{
    m_inner->handleTimer(now);
    collect();
}

void WatchedPolicy::reconfigure(Instant now, const void *config)
{
    m_inner->reconfigure(now, config);
    collect();
}

void WatchedPolicy::onProbe(Instant now, Outcome answer)
{
    m_inner->onProbe(now, answer);
    collect();
}

Explanation WatchedPolicy::explain(Instant now) const
{
    return m_inner->explain(now);
}

const PolicyType &watchedType(const PolicyType &type)
{
    t_original = &type;
    t_watched = type;
    t_watched.create = &createWatched;
    // Every process and every end is to be seen, whatever a driver could leave out for this policy.
    t_watched.perProcess = true;
    t_watched.keepsOutcomes = false;
    if ((type.stateBytes + 7) / 8 * 8 + WatchedPolicy::kStateBytes <= kStateBytesMax)
        t_watched.stateBytes = (type.stateBytes + 7) / 8 * 8 + WatchedPolicy::kStateBytes;
    return t_watched;
}

} // namespace halfopen
