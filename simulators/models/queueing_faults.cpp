// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "simulators/models/queueing_service.h"

#include <algorithm>

namespace halfopen {

// What faults do to a service beyond making work longer or refusing it: answers that are late or lost, instances that
// stop and start again, and what a health check sees of all that.

bool QueueingService::keepsAnswer(Instant now, std::uint32_t r)
{
    if (!m_engine->callerWaits(r))
        return false; // nobody would notice
    const Frame &frame = m_engine->frameOf(r);
    Request &request = m_engine->request(r);
    const auto coin = static_cast<std::uint32_t>(m_random.draw(frame.key, frame.attempts * kDraws + kDrawCoin) >> 32);
    const FaultDecision fault =
        m_faults.decide(kAtAnswer, {static_cast<std::int64_t>(request.instance), frame.edge, coin, endpointOf(r)}, now);
    if (fault.losesAnswer) {
        ++m_count.wasted;
        freeStory(request);
        request.phase = BlackHole;
        return true;
    }
    if (fault.answerTime.count() == 0)
        return false;
    request.phase = Sending;
    m_engine->scheduleWork(r, now.ns() + std::min(fault.answerTime.count(), kWorkMaxNs));
    return true;
}

bool QueueingService::faultLosesRefusal(Instant now, std::uint32_t r)
{
    if (!m_engine->callerWaits(r))
        return false;
    const Frame &frame = m_engine->frameOf(r);
    Request &request = m_engine->request(r);
    const auto coin = static_cast<std::uint32_t>(m_random.draw(frame.key, frame.attempts * kDraws + kDrawCoin) >> 32);
    if (!m_faults.losesAnswer({static_cast<std::int64_t>(request.instance), frame.edge, coin, endpointOf(r)}, now))
        return false;
    request.phase = BlackHole;
    return true;
}

Outcome QueueingService::probe(Instant now, std::uint32_t edge, std::uint64_t bits)
{
    // A health check asks any instance and needs neither a worker nor a place in the queue.
    const auto instance = static_cast<std::int64_t>(uniformIndex(bits, m_instances.size()));
    const FaultDecision fault =
        m_faults.decideProbe({instance, edge, static_cast<std::uint32_t>(mix64(bits) >> 32)}, now);
    return probeOutcome(fault, now);
}

void QueueingService::onNote(Instant now, std::uint32_t note)
{
    m_faults.onNote(*m_engine, m_dependency, now, note);
    seeIfUsual();
    std::vector<std::uint32_t> lost;
    if (m_faults.canCrash())
        lost = watchInstances(now);
    for (std::size_t i = 0; i < m_instances.size(); ++i) {
        setWorkers(now, i);
        beginNext(now, m_instances[i]);
    }
    // Only now: who hears it may send again at once, and nothing is half done.
    for (const std::uint32_t r : lost)
        if (!losesRefusal(now, r))
            m_engine->respond(r, {.kind = OutcomeKind::ConnectionReset});
}

/// Stops the instances that a fault has just taken and starts those that it has given back. Returns the requests whose callers
/// must be told, in an order that no slot decides.
std::vector<std::uint32_t> QueueingService::watchInstances(Instant now)
{
    std::vector<Crash> crashes(m_instances.size(), Crash::None);
    bool any = false;
    for (std::size_t i = 0; i < m_instances.size(); ++i) {
        const FaultDecision fault = m_faults.decideInstance(static_cast<std::int64_t>(i), now);
        if (fault.crashes && !m_isDown[i]) {
            crashes[i] = fault.crashesSilently ? Crash::Silent : Crash::Told;
            any = true;
        }
        if (!fault.crashes && m_isDown[i])
            onRestart(now, i);
        m_isDown[i] = fault.crashes;
    }
    std::vector<std::uint32_t> lost;
    if (!any)
        return lost;
    loseWork(crashes, lost);
    for (std::size_t i = 0; i < m_instances.size(); ++i)
        if (crashes[i] != Crash::None)
            empty(now, i, crashes[i], lost);
    m_engine->sortByCall(lost);
    return lost;
}

/// Everything that crashing instances work on, or whose answer is still on its way.
void QueueingService::loseWork(const std::vector<Crash> &crashes, std::vector<std::uint32_t> &lost)
{
    std::vector<std::uint32_t> waited;
    std::vector<std::uint32_t> departed;
    for (const std::uint32_t r : m_engine->requestsOf(m_dependency)) {
        const Request &request = m_engine->request(r);
        const bool isHere = request.phase == Working || request.phase == Calling || request.phase == Sending;
        if (isHere && crashes[request.instance] != Crash::None)
            (m_engine->callerWaits(r) ? waited : departed).push_back(r);
    }
    // Ending their own calls is seen by others, so that the order counts.
    m_engine->sortByCall(waited);
    const auto keyOf = [this](std::uint32_t r) {
        return m_hasOwnCalls ? m_stories[m_engine->request(r).coin].key : 0;
    };
    std::sort(departed.begin(), departed.end(), [&](std::uint32_t a, std::uint32_t b) { return keyOf(a) < keyOf(b); });
    for (const auto *list : {&waited, &departed})
        for (const std::uint32_t r : *list)
            lose(r, crashes[m_engine->request(r).instance], lost);
}

/// One request that waits or is worked on is gone; its caller will be told or not.
void QueueingService::lose(std::uint32_t r, Crash crash, std::vector<std::uint32_t> &lost)
{
    Request &request = m_engine->request(r);
    const auto phase = static_cast<Phase>(request.phase);
    if (phase == Sending)
        ++m_count.wasted;
    else
        countLost(r);
    if (phase == Calling) {
        if (m_branches > 0)
            dropBranches(r);
        else
            m_engine->cancelCallsOf(r);
    }
    const bool waits = m_engine->callerWaits(r);
    const bool hasEvent = phase == Working || phase == Sending;
    std::uint32_t told = r;
    if (hasEvent) { // the slot is freed when its event comes
        if (waits) {
            told = m_engine->handOver(r);
            if (m_endpoints)
                m_endpoints->moved(r, told);
        } else {
            m_engine->workStops(r);
        }
        m_engine->request(r).phase = Abandoned;
    } else {
        freeStory(request);
        if (!waits)
            m_engine->drop(r);
    }
    if (!waits)
        return;
    m_engine->request(told).phase = crash == Crash::Silent ? BlackHole : Dropped;
    if (crash == Crash::Told)
        lost.push_back(told);
}

/// The queue of a crashing instance, and its figures.
void QueueingService::empty(Instant now, std::size_t index, Crash crash, std::vector<std::uint32_t> &lost)
{
    Instance &instance = m_instances[index];
    for (RequestLine &line : instance.lines) {
        while (!line.isEmpty()) {
            const std::uint32_t r = line.takeOldest().request;
            if (m_engine->request(r).phase == Queued) {
                lose(r, crash, lost);
                continue;
            }
            freeStory(m_engine->request(r)); // its caller left while it waited
            m_engine->drop(r);
        }
    }
    m_busy -= instance.busy;
    m_busyNs += instance.busy * now.ns();
    m_waiting -= instance.waiting;
    m_queuedNs += instance.waiting * now.ns();
    instance.busy = 0;
    instance.waiting = 0;
    instance.lastEmptyNs = now.ns();
    if (!m_codels.empty())
        m_codels[index] = Codel(m_spec.queueTarget, m_spec.queueInterval);
}

/// The instance is there again, with nothing in it and everything to be warmed up.
void QueueingService::onRestart(Instant now, std::size_t instance)
{
    if (m_pace)
        m_pace->restarted(now, instance);
}

void QueueingService::setWorkers(Instant now, std::size_t i)
{
    m_instances[i].workers =
        m_instances[i].isPausing ? 0 : m_faults.workersLeft(static_cast<std::int64_t>(i), m_spec.workers, now);
}

} // namespace halfopen
