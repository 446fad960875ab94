// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/watched_policy.h"

#include "core/base/check.h"
#include "core/policies/explanation.h"

namespace halfopen {

namespace {

constexpr std::size_t kStateBytesMax = 32;

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
}

/// Own bytes, if there is room for them behind the policy's; else one place that nobody reads.
std::int64_t &WatchedPolicy::admittedNs(const PolicyCall &call) const
{
    thread_local std::int64_t nowhere = 0;
    if (m_ownBytesAt + kStateBytes > kStateBytesMax)
        return nowhere;
    return *std::launder(reinterpret_cast<std::int64_t *>(call.state + m_ownBytesAt));
}

void WatchedPolicy::keep(const WatchedCall &call)
{
    if (m_calls.size() == kCallsKept) {
        m_calls.pop_front();
        ++m_forgotten;
    }
    m_calls.push_back(call);
}

void WatchedPolicy::ended(Instant now, const PolicyCall &call, Outcome outcome)
{
    const bool isTimed = m_ownBytesAt + kStateBytes <= kStateBytesMax;
    keep({.at = now,
          .took = isTimed ? Duration(now.ns() - admittedNs(call)) : Duration(0),
          .key = call.key,
          .outcome = outcome});
}

/// Whoever drives asks this object, not the inner one, for what happened.
void WatchedPolicy::collect()
{
    m_inner->takeEvents(m_events);
    m_inner->takeReleased(m_released);
}

Admission WatchedPolicy::admit(Instant now, PolicyCall &call)
{
    const Admission admission = m_inner->admit(now, call);
    if (admission.kind == Admission::Kind::Refuse)
        keep({.at = now, .key = call.key, .outcome = admission.outcome, .refused = true});
    else
        admittedNs(call) = now.ns();
    collect();
    return admission;
}

Verdict WatchedPolicy::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    ended(now, call, outcome);
    const Verdict verdict = m_inner->onOutcome(now, call, outcome);
    collect();
    return verdict;
}

Verdict WatchedPolicy::onDeadline(Instant now, PolicyCall &call)
{
    const Verdict verdict = m_inner->onDeadline(now, call);
    if (verdict.kind == Verdict::Kind::Replace)
        ended(now, call, verdict.outcome);
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
    ended(now, call, {.kind = OutcomeKind::Cancelled});
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
