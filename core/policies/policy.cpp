// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/policy.h"

#include "core/base/check.h"
#include "core/policies/explanation.h"

namespace halfopen {

Verdict Policy::onDeadline(Instant, PolicyCall &)
{
    // Only a policy that answered AdmitWithDeadline is asked, and such a policy has its own answer.
    HALFOPEN_CHECK(!"a deadline came to a policy that gives none");
    return Verdict::keep();
}

Verdict Policy::onSubstitute(Instant, PolicyCall &, Outcome, Outcome)
{
    HALFOPEN_CHECK(!"a substitute came to a policy that asks for none");
    return Verdict::keep();
}

void Policy::onCancelled(Instant, PolicyCall &) {}

void Policy::handleTimer(Instant) {}

void Policy::onProbe(Instant, Outcome) {}

Explanation Policy::explain(Instant) const
{
    return {};
}

void Policy::takeReleased(std::vector<std::uint32_t> &into)
{
    into.insert(into.end(), m_released.begin(), m_released.end());
    m_released.clear();
}

void Policy::takeEvents(std::vector<PolicyEvent> &into)
{
    into.insert(into.end(), m_events.begin(), m_events.end());
    m_events.clear(); // keeps its memory: the next event allocates nothing
}

} // namespace halfopen
