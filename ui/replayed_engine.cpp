// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replayed_engine.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

/// About 10 ms of work.
constexpr std::uint64_t kEventsPerTurn = 50'000;

} // namespace

ReplayedEngine::ReplayedEngine(std::unique_ptr<RunEngine> inner, std::vector<ParameterChange> changes)
    : m_inner(std::move(inner)), m_changes(std::move(changes))
{
}

void ReplayedEngine::makeDue()
{
    // What the present program refuses is left out; the fingerprint tells.
    for (; isPending() && m_changes[m_next].at <= now(); ++m_next)
        (void)m_inner->change(m_changes[m_next].path, m_changes[m_next].after);
}

std::uint64_t ReplayedEngine::runUntil(Instant until, std::uint64_t maxEvents)
{
    std::uint64_t ran = 0;
    while (isPending() && m_changes[m_next].at <= until) {
        ran += m_inner->runUntil(m_changes[m_next].at, maxEvents - ran);
        if (ran >= maxEvents)
            return ran; // more may happen before the change is due
        makeDue();
    }
    return ran + m_inner->runUntil(until, maxEvents - ran);
}

bool ReplayedEngine::step()
{
    while (isPending()) {
        if (m_inner->runUntil(m_changes[m_next].at, 1) > 0)
            return true;
        makeDue(); // nothing more happens before it
    }
    return m_inner->step();
}

bool ReplayedEngine::runToNextTransition(std::uint64_t maxEvents)
{
    if (!isPending())
        return m_inner->runToNextTransition(maxEvents);
    if (m_inner->runUntil(m_changes[m_next].at, maxEvents) >= maxEvents)
        return false;
    makeDue();
    return true;
}

bool driveTo(RunEngine &engine, Instant until, bool cancelled, const std::function<bool()> &stop)
{
    const Instant target = std::min(until, engine.endTime());
    while (!engine.finished()) {
        if (stop && stop())
            return false;
        if (engine.runUntil(target, kEventsPerTurn) < kEventsPerTurn && engine.now() >= target)
            break;
    }
    if (cancelled && !engine.finished())
        engine.cancel();
    return true;
}

} // namespace halfopen
