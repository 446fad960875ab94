// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/queueing_service.h"

#include <algorithm>
#include <utility>

namespace halfopen {

// What becomes of requests that are not just worked on in turn: kept by the network, dropped from a queue, left by their
// caller, or standing still in a pause.

// --- kept by the network

/// Kept by the network: the caller may be gone when it arrives, so that it carries what its draws need.
void QueueingService::hold(std::uint32_t r, Sender sender, Instant until)
{
    Request &request = m_engine->request(r);
    request.phase = Held;
    std::uint32_t index = m_freeHeld;
    if (index == ~0u) {
        index = static_cast<std::uint32_t>(m_held.size());
        m_held.emplace_back();
    } else {
        m_freeHeld = m_held[index].nextFree;
    }
    m_held[index] = {.sender = sender, .coin = request.coin};
    request.coin = index;
    m_engine->scheduleWork(r, until.ns());
}

void QueueingService::arriveLate(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    const HeldRequest held = m_held[request.coin];
    m_held[request.coin].nextFree = m_freeHeld;
    m_freeHeld = request.coin;
    request.coin = held.coin;
    if (request.phase == HeldAbandoned) {
        m_engine->drop(r);
        return;
    }
    request.phase = Queued;
    count(r, &ServiceBucket::arrivals, &EndpointTotals::arrivals);
    Outcome answer;
    const FaultDecision fault = m_faults.decide(
        kAtArrival, {static_cast<std::int64_t>(request.instance), held.sender.edge, held.coin, endpointOf(r)}, now);
    if (fault.refuse || fault.blackHole) {
        countRefused(r);
        request.phase = BlackHole;
        if (!fault.refuse && !m_engine->callerWaits(r))
            m_engine->drop(r);
        else if (fault.refuse && !losesRefusal(now, r))
            m_engine->respond(r, fault.outcome);
        return;
    }
    if (fault.heldUntil > now) {
        uncountArrival(r);
        hold(r, held.sender, fault.heldUntil);
        return;
    }
    const std::int64_t work = drawsOf(held.sender.key, held.sender.attempts).work;
    if (takeIn(now, r, held.sender, work, answer))
        m_engine->respond(r, answer);
}

void QueueingService::uncountArrival(std::uint32_t r)
{
    --m_count.arrivals;
    if (m_endpoints)
        --m_endpoints->count(r).arrivals;
}

// --- waiting

void QueueingService::enqueue(Instant now, Instance &instance, WaitingRequest waiting)
{
    if (instance.waiting == 0)
        instance.lastEmptyNs = now.ns();
    waiting.isPatient = instance.lastEmptyNs >= now.ns() - m_spec.queueInterval.count();
    instance.lines[callerOf(waiting.edge).priority].push(waiting);
    if (m_spec.queueTimeout && instance.alarm == Frame::kNone)
        setAlarm(instance);
}

/// Whether \a next, which has just left the queue, has waited too long to be worked on.
bool QueueingService::isTooLate(Instant now, const Instance &instance, const WaitingRequest &next)
{
    const Duration waited(now.ns() - next.arrivedNs);
    switch (m_spec.discipline) {
    case ServiceSpec::Discipline::Codel:
        return m_codels[static_cast<std::size_t>(&instance - m_instances.data())].shouldDrop(now, waited,
                                                                                            instance.waiting == 0);
    case ServiceSpec::Discipline::ControlledDelay:
        return waited > (next.isPatient ? m_spec.queueInterval : m_spec.queueTarget);
    case ServiceSpec::Discipline::DeadlineDrop:
        return !m_engine->callerWaits(next.request);
    default:
        return false;
    }
}

void QueueingService::dropFromQueue(Instant now, const WaitingRequest &waiting)
{
    m_engine->request(waiting.request).phase = Dropped;
    countRejected(waiting.request);
    if (m_count.log)
        m_count.log->push_back({waiting.arrivedNs, now.ns() - waiting.arrivedNs, 0, waiting.edge, true});
    if (m_dropped.empty()) {
        const std::uint32_t task = m_engine->newTask(m_dependency);
        m_engine->request(task).phase = Answers;
        m_engine->scheduleWork(task, now.ns());
    }
    m_dropped.push_back(waiting.request);
}

/// Answers those that waited too long, in an event of its own: who hears it may leave other requests or send new ones
/// at once, and nothing of this service is half done then.
void QueueingService::answerDropped(std::uint32_t task)
{
    m_engine->drop(task);
    std::vector<std::uint32_t> dropped;
    dropped.swap(m_dropped);
    for (const std::uint32_t r : dropped) {
        freeStory(m_engine->request(r));
        if (!losesRefusal(m_engine->now(), r))
            m_engine->respond(r, {.kind = OutcomeKind::Rejected, .status = 503});
    }
}

/// One event per instance stands for all its queue timeouts: it is that of the oldest request.
void QueueingService::setAlarm(Instance &instance)
{
    const bool isOrdered = m_spec.discipline != ServiceSpec::Discipline::Random;
    std::int64_t oldest = INT64_MAX;
    for (const RequestLine &line : instance.lines)
        for (std::uint32_t place = 0; place < (isOrdered ? std::min(line.length(), 1u) : line.length()); ++place)
            oldest = std::min(oldest, line.at(place).arrivedNs);
    if (oldest == INT64_MAX)
        return;
    const std::uint32_t task = m_engine->newTask(m_dependency);
    m_engine->request(task).phase = Alarm;
    m_engine->request(task).instance = static_cast<std::uint16_t>((&instance - m_instances.data()) & 0xfff);
    instance.alarm = task;
    m_engine->scheduleWork(task, oldest + m_spec.queueTimeout->count());
}

void QueueingService::alarmRings(Instant now, std::uint32_t task)
{
    Instance &instance = m_instances[m_engine->request(task).instance];
    m_engine->drop(task);
    instance.alarm = Frame::kNone;
    const bool isOrdered = m_spec.discipline != ServiceSpec::Discipline::Random;
    for (RequestLine &line : instance.lines) {
        for (std::uint32_t place = 0; place < line.length();) {
            if (line.at(place).arrivedNs + m_spec.queueTimeout->count() > now.ns()) {
                if (isOrdered)
                    break; // all others came later
                ++place;
                continue;
            }
            const WaitingRequest expired = isOrdered ? line.takeOldest() : line.takeAt(place);
            Request &request = m_engine->request(expired.request);
            if (request.phase == Abandoned) {
                freeStory(request);
                m_engine->drop(expired.request);
                continue;
            }
            leaveQueue(now, instance);
            dropFromQueue(now, expired);
        }
    }
    setAlarm(instance);
}

// --- leaving

void QueueingService::onCallerLeft(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    if (request.phase == BlackHole) {
        m_engine->drop(r);
        return;
    }
    if (m_spec.keepsWorkingForDepartedCallers) {
        if (__builtin_expect(m_endsWithDeadline && request.phase == Calling, 0))
            deadlinePassed(now, r);
        return;
    }
    Instance &instance = m_instances[request.instance];
    const auto phase = static_cast<Phase>(request.phase);
    if (phase == Dropped)
        return;
    if (phase == Sending) {
        request.phase = Abandoned;
        m_engine->workStops(r);
        return;
    }
    if (phase == Held) {
        request.phase = HeldAbandoned;
        return;
    }
    if (phase == Queued) {
        request.phase = Abandoned;
        countAbandoned(r);
        --instance.waiting;
        --m_waiting;
        m_queuedNs += now.ns();
        m_engine->workStops(r);
        return;
    }
    giveUp(now, r, phase == Calling ? Owed::Calls : Owed::Event);
}

/// Frees the worker of a request that nobody waits for.
void QueueingService::giveUp(Instant now, std::uint32_t r, Owed owed)
{
    if (owed == Owed::Calls) {
        if (m_branches > 0)
            dropBranches(r);
        else
            m_engine->cancelCallsOf(r);
    }
    Instance &instance = m_instances[m_engine->request(r).instance];
    countAbandoned(r);
    m_engine->request(r).phase = Abandoned;
    --instance.busy;
    --m_busy;
    m_busyNs += now.ns();
    if (owed != Owed::Event) {
        freeStory(m_engine->request(r));
        m_engine->drop(r);
    } else {
        m_engine->workStops(r);
    }
    beginNext(now, instance);
}

// --- pauses: ServicePace knows when, and has already moved the end of the work under way

void QueueingService::pauseBegins(std::uint32_t task)
{
    Request &request = m_engine->request(task);
    request.phase = Resuming;
    m_instances[request.instance].isPausing = true;
    setWorkers(m_engine->now(), request.instance);
    m_engine->scheduleWork(task, m_pace->nextPause(request.instance).toNs);
}

void QueueingService::pauseEnds(Instant now, std::uint32_t task)
{
    Request &request = m_engine->request(task);
    const std::size_t i = request.instance;
    request.phase = Pausing;
    m_pace->pauseEnded(i);
    m_engine->scheduleWork(task, m_pace->nextPause(i).fromNs);
    m_instances[i].isPausing = false;
    setWorkers(now, i);
    beginNext(now, m_instances[i]);
}

} // namespace halfopen
