// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/queueing_service.h"

#include <algorithm>
#include <utility>

namespace halfopen {

// The calls that a service makes itself, one after the other or all at once, and the deadlines that travel with them.

void QueueingService::setOwnCalls(std::vector<OwnCall> calls)
{
    m_ownCalls = std::move(calls);
    m_hasOwnCalls = !m_ownCalls.empty();
    const auto endsWithDeadline = [](const OwnCall &call) { return call.endsWithDeadline; };
    m_endsWithDeadline = std::any_of(m_ownCalls.begin(), m_ownCalls.end(), endsWithDeadline);
    m_allEndWithDeadline = std::all_of(m_ownCalls.begin(), m_ownCalls.end(), endsWithDeadline);
    m_branches = 0;
    if (m_spec.callOrder == ServiceSpec::CallOrder::OneByOne)
        return;
    for (const OwnCall &call : m_ownCalls)
        m_branches += call.copies;
    switch (m_spec.join) {
    case ServiceSpec::Join::All:
        m_branchesNeeded = m_branches;
        break;
    case ServiceSpec::Join::Any:
        m_branchesNeeded = 1;
        break;
    case ServiceSpec::Join::Quorum:
        m_branchesNeeded = m_branches / 2 + 1;
        break;
    }
    if (m_spec.joinCount)
        m_branchesNeeded = static_cast<std::uint32_t>(std::min<std::int64_t>(*m_spec.joinCount, m_branches));
}

void QueueingService::makeNextCall(std::uint32_t r)
{
    const std::uint32_t number = m_stories[m_engine->request(r).coin].callsMade++;
    const OwnCall &call = m_ownCalls[number];
    m_engine->callOn(call.edge, r, mix64(m_stories[m_engine->request(r).coin].key ^ call.salt),
                     static_cast<std::uint16_t>(m_engine->request(r).instance));
}

/// What went wrong below is an error to the caller above.
static Outcome failedBelow(Outcome below)
{
    return {.kind = OutcomeKind::Error,
            .status = static_cast<std::uint16_t>(below.kind == OutcomeKind::Timeout ? 504 : 502)};
}

void QueueingService::onCallReturned(Instant now, std::uint32_t r, Outcome outcome)
{
    if (m_branches > 0) {
        branchReturned(now, r, outcome);
        return;
    }
    Story &story = m_stories[m_engine->request(r).coin];
    if (isGood(outcome.kind) && story.callsMade < m_ownCalls.size()) {
        if (!m_endsWithDeadline || !stopsBeforeCalls(now, r))
            makeNextCall(r);
        return;
    }
    if (!isGood(outcome.kind))
        story.outcome = failedBelow(outcome);
    endOfCalls(now, r);
}

// --- calls made at once

/// Calls that end with a deadline are not made for a caller who has left.
void QueueingService::makeAllCalls(Instant now, std::uint32_t r)
{
    const std::uint32_t index = m_engine->request(r).coin;
    const std::uint16_t instance = m_engine->request(r).instance;
    const bool isPastDeadline = m_endsWithDeadline && !m_engine->callerWaits(r);
    m_stories[index].isPastDeadline = isPastDeadline;
    m_stories[index].isSettling = true; // some may return before all are made
    for (std::size_t number = 0; number < m_ownCalls.size(); ++number) {
        const OwnCall &call = m_ownCalls[number];
        if (isPastDeadline && call.endsWithDeadline)
            continue;
        m_stories[index].callsMade += call.copies;
        const std::uint64_t base = mix64(m_stories[index].key ^ call.salt);
        for (std::uint32_t copy = 0; copy < call.copies; ++copy) {
            const std::uint32_t branch = m_engine->newTask(m_dependency);
            Request &task = m_engine->request(branch);
            task.phase = Branch;
            task.coin = r;
            task.instance = static_cast<std::uint16_t>(number & 0xfff); // there are 4096 edges at most
            task.frame = m_stories[index].firstBranch;
            m_stories[index].firstBranch = branch;
            const std::uint64_t key = call.copies == 1 ? base : (base >> kCopyBits << kCopyBits | copy);
            m_engine->callOn(call.edge, branch, key, instance);
        }
    }
    m_stories[index].isSettling = false;
    judgeBranches(now, r);
}

void QueueingService::branchReturned(Instant now, std::uint32_t branch, Outcome outcome)
{
    Request &task = m_engine->request(branch);
    const std::uint32_t r = task.coin;
    task.phase = BranchDone;
    Story &story = m_stories[m_engine->request(r).coin];
    if (isGood(outcome.kind)) {
        ++story.endedWell;
    } else {
        ++story.endedBadly;
        story.lastBad = outcome;
    }
    if (!story.isSettling)
        judgeBranches(now, r);
}

/// Past the deadline nobody waits for the join any more: the branches that the deadline does not end come to their own ends.
void QueueingService::judgeBranches(Instant now, std::uint32_t r)
{
    Story &story = m_stories[m_engine->request(r).coin];
    if (story.endedWell < m_branchesNeeded) {
        const std::uint32_t underWay = story.callsMade - story.endedWell - story.endedBadly;
        if (story.endedWell + underWay >= m_branchesNeeded || (story.isPastDeadline && underWay > 0))
            return; // enough can still end well
        story.outcome = failedBelow(story.lastBad);
    }
    dropBranches(r);
    endOfCalls(now, r);
}

/// Cancels the calls that are still under way and forgets all branches, the last made first.
void QueueingService::dropBranches(std::uint32_t r)
{
    const std::uint32_t index = m_engine->request(r).coin;
    m_stories[index].isSettling = true; // a cancelled call may make room that lets another one return
    std::uint32_t branch = m_stories[index].firstBranch;
    while (branch != Frame::kNone) {
        const std::uint32_t next = m_engine->request(branch).frame;
        if (m_engine->request(branch).phase == Branch)
            m_engine->cancelCallsOf(branch);
        m_engine->drop(branch);
        branch = next;
    }
    m_stories[index].firstBranch = Frame::kNone;
}

// --- deadlines that travel with the calls

/// Gives up a request whose next own calls would all be for a caller who has left. False if some are to be made.
bool QueueingService::stopsBeforeCalls(Instant now, std::uint32_t r)
{
    if (m_engine->callerWaits(r))
        return false;
    const std::uint32_t next = m_stories[m_engine->request(r).coin].callsMade;
    if (!(m_branches > 0 ? m_allEndWithDeadline : m_ownCalls[next].endsWithDeadline))
        return false;
    ++m_count.stoppedByDeadline;
    giveUp(now, r, Owed::Nothing);
    return true;
}

/// The caller of a request whose own calls are under way has left.
void QueueingService::deadlinePassed(Instant now, std::uint32_t r)
{
    if (m_branches > 0)
        return branchesPassed(now, r);
    const std::uint32_t made = m_stories[m_engine->request(r).coin].callsMade;
    if (m_ownCalls[made - 1].endsWithDeadline) {
        ++m_count.stoppedByDeadline;
        giveUp(now, r, Owed::Calls);
    }
}

/// Ends those branches whose deadline has passed, the last made first; the others go on. Without any the request is given up.
void QueueingService::branchesPassed(Instant now, std::uint32_t r)
{
    const std::uint32_t index = m_engine->request(r).coin;
    m_stories[index].isPastDeadline = true;
    m_stories[index].isSettling = true; // a cancelled call may make room that lets another one return
    for (std::uint32_t b = m_stories[index].firstBranch; b != Frame::kNone; b = m_engine->request(b).frame) {
        if (m_engine->request(b).phase != Branch || !m_ownCalls[m_engine->request(b).instance].endsWithDeadline)
            continue;
        m_engine->cancelCallsOf(b);
        m_engine->request(b).phase = BranchDone;
        --m_stories[index].callsMade;
    }
    Story &story = m_stories[index];
    story.isSettling = false;
    if (story.endedWell >= m_branchesNeeded || story.callsMade > story.endedWell + story.endedBadly)
        return judgeBranches(now, r);
    ++m_count.stoppedByDeadline;
    giveUp(now, r, Owed::Calls);
}

} // namespace halfopen
