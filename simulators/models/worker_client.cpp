// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/worker_client.h"

#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace halfopen {

WorkerClient::WorkerClient(const ClientSpec &spec, std::uint64_t seed, Recorder::BacklogNow &count)
    : m_spec(spec), m_worker(spec.worker), m_salt(hashText(spec.name) << 40),
      m_arrivals(spec.arrivals, RandomStream(seed, "client " + spec.name)), m_count(count),
      m_workers(static_cast<std::size_t>(*spec.worker.workers))
{
}

void WorkerClient::start(std::uint32_t edge, Instant end)
{
    m_edge = edge;
    m_endNs = end.ns();
    for (std::uint32_t w = static_cast<std::uint32_t>(m_workers.size()); w-- > 0;) {
        const std::uint32_t task = m_engine->newTask(m_dependency);
        m_engine->request(task).phase = Worker;
        m_engine->request(task).coin = w;
        m_idle.push_back(task); // worker 0 is the first to be asked
    }
    const std::uint32_t arrival = m_engine->newTask(m_dependency);
    m_engine->request(arrival).phase = Arrival;
    if (m_arrivals.nextNs() < m_endNs)
        m_engine->scheduleWork(arrival, m_arrivals.nextNs());
    else
        m_engine->drop(arrival);
}

bool WorkerClient::onWork(Instant now, std::uint32_t task, Outcome &)
{
    switch (static_cast<Task>(m_engine->request(task).phase)) {
    case Arrival:
        messageArrives(now, task);
        return false;
    case Visibility:
    case Return:
        dues(now, task);
        return false;
    case GoOn:
        m_goesOn = false;
        m_engine->drop(task);
        deliver(now);
        return false;
    case Worker:
        break;
    }
    HALFOPEN_CHECK(!"a worker waits for its call, not for an event");
    return false;
}

// --- messages

void WorkerClient::messageArrives(Instant now, std::uint32_t task)
{
    publish(now);
    const bool isLast = m_spec.stopAfter && m_arrivals.index() + 1 >= static_cast<std::uint64_t>(*m_spec.stopAfter);
    m_arrivals.advance();
    if (isLast || m_arrivals.nextNs() >= m_endNs)
        m_engine->drop(task);
    else
        m_engine->scheduleWork(task, m_arrivals.nextNs());
    deliver(now);
}

void WorkerClient::publish(Instant now)
{
    ++m_count.published;
    if (m_waiting >= m_worker.maxBacklog) {
        ++m_count.lost;
        return;
    }
    auto index = static_cast<std::uint32_t>(m_messages.size());
    if (m_freeMessages.empty()) {
        m_messages.emplace_back();
    } else {
        index = m_freeMessages.back();
        m_freeMessages.pop_back();
    }
    m_messages[index] = {.arrivedNs = now.ns(), .number = m_arrivals.index()};
    ++m_live;
    becomeVisible(now, index);
}

void WorkerClient::becomeVisible(Instant now, std::uint32_t index)
{
    Message &message = m_messages[index];
    if (message.deliveries >= m_worker.maxDeliveries) {
        ++m_count.deadLettered;
        finish(now, message);
        return;
    }
    message.isVisible = true;
    m_queue.push_back(index);
    ++m_waiting;
    m_waitingNs -= now.ns();
    m_count.backlogMax = std::max(m_count.backlogMax, static_cast<std::uint32_t>(m_waiting));
}

/// Acknowledged or dead. A place in the queue stays until it is at the head.
void WorkerClient::finish(Instant now, Message &message)
{
    message.isDone = true;
    --m_live;
    if (message.isVisible) {
        --m_waiting;
        m_waitingNs += now.ns();
    }
}

/// The first message that waits leaves the queue; kNone if none does.
std::uint32_t WorkerClient::takeHead(Instant now)
{
    while (!m_queue.empty()) {
        const std::uint32_t index = m_queue.front();
        Message &message = m_messages[index];
        m_queue.pop_front();
        message.isVisible = false;
        if (message.isDone) { // by a worker that was slow, but not too slow
            release(index);
            continue;
        }
        --m_waiting;
        m_waitingNs += now.ns();
        m_count.oldestNs = std::max(m_count.oldestNs, now.ns() - message.arrivedNs);
        return index;
    }
    return kNone;
}

/// Frees the slot of a message that is done and that nothing refers to any more.
void WorkerClient::release(std::uint32_t index)
{
    const Message &message = m_messages[index];
    if (message.isDone && message.holders == 0 && !message.isVisible && !message.isReturning)
        m_freeMessages.push_back(index);
}

/// Free workers take what waits. Behind a call that ended at once, refused for example, the next delivery is an event of its
/// own: a queue of a million such messages is no single event that nobody could stop.
void WorkerClient::deliver(Instant now)
{
    if (m_isDelivering)
        return;
    m_isDelivering = true;
    m_endedAtOnce = false;
    while (!m_idle.empty() && !m_endedAtOnce) {
        const std::uint32_t index = takeHead(now);
        if (index == kNone)
            break;
        Message &message = m_messages[index];
        const std::uint32_t task = m_idle.back();
        m_idle.pop_back();
        ++m_count.delivered;
        m_count.redelivered += message.deliveries > 0 ? 1 : 0;
        ++message.holders;
        const std::uint32_t delivery = ++message.deliveries;
        const std::uint32_t number = m_engine->request(task).coin;
        m_workers[number] = {index, delivery, ++m_serial};
        schedule(m_visibility, Visibility, {now.ns() + m_worker.visibilityTimeout.count(), index, number, m_serial});
        const std::uint64_t call = message.number * static_cast<std::uint64_t>(m_worker.maxDeliveries) + delivery - 1;
        m_engine->callOn(m_edge, task, m_salt | (call & ((std::uint64_t(1) << 40) - 1)),
                         static_cast<std::uint16_t>(number % static_cast<std::uint64_t>(m_spec.processes)));
    }
    m_isDelivering = false;
    if (!m_endedAtOnce || m_goesOn || m_idle.empty() || m_queue.empty())
        return;
    m_goesOn = true;
    const std::uint32_t task = m_engine->newTask(m_dependency);
    m_engine->request(task).phase = GoOn;
    m_engine->scheduleWork(task, now.ns());
}

void WorkerClient::onCallReturned(Instant now, std::uint32_t task, Outcome outcome)
{
    m_endedAtOnce = m_isDelivering;
    callEnded(now, std::exchange(m_workers[m_engine->request(task).coin], WorkerState()), isGood(outcome.kind));
    m_idle.push_back(task);
    deliver(now);
}

void WorkerClient::callEnded(Instant now, const WorkerState &worker, bool isGoodEnd)
{
    Message &message = m_messages[worker.message];
    --message.holders;
    if (isGoodEnd && message.isDone) {
        ++m_count.duplicates;
    } else if (isGoodEnd) {
        finish(now, message);
        ++m_count.acknowledged;
        m_count.age.record(now.ns() - message.arrivedNs);
    } else {
        ++m_count.failed;
        // What became visible meanwhile, or was delivered again, is not this worker's affair any more.
        if (!message.isDone && worker.delivery == message.deliveries && !message.isVisible) {
            if (m_worker.redeliveryDelay == Duration(0)) {
                becomeVisible(now, worker.message);
            } else {
                message.isReturning = true;
                schedule(m_returns, Return, {now.ns() + m_worker.redeliveryDelay.count(), worker.message, 0, 0});
            }
        }
    }
    release(worker.message);
}

// --- what is due

/// One event stands for all that is due in a line: that of its head.
void WorkerClient::schedule(std::deque<Due> &line, Task kind, Due due)
{
    line.push_back(due);
    if (line.size() > 1)
        return;
    const std::uint32_t task = m_engine->newTask(m_dependency);
    m_engine->request(task).phase = kind;
    m_engine->scheduleWork(task, due.atNs);
}

void WorkerClient::dues(Instant now, std::uint32_t task)
{
    const auto kind = static_cast<Task>(m_engine->request(task).phase);
    std::deque<Due> &line = lineOf(kind);
    while (!line.empty() && line.front().atNs <= now.ns()) {
        const Due due = line.front();
        line.pop_front();
        Message &message = m_messages[due.message];
        if (kind == Return) {
            message.isReturning = false;
            if (!message.isDone)
                becomeVisible(now, due.message);
            release(due.message);
        } else if (const WorkerState &worker = m_workers[due.worker];
                   worker.serial == due.serial && !message.isDone && worker.delivery == message.deliveries) {
            ++m_count.timedOut;
            becomeVisible(now, due.message);
        }
    }
    if (line.empty())
        m_engine->drop(task);
    else
        m_engine->scheduleWork(task, line.front().atNs);
    deliver(now);
}

// --- the rest of a dependency

bool WorkerClient::arrive(Instant, std::uint32_t, const Frame &, Outcome &)
{
    HALFOPEN_CHECK(!"nobody calls a client");
    return false;
}

void WorkerClient::onCallerLeft(Instant, std::uint32_t) {}

void WorkerClient::onNote(Instant, std::uint32_t) {}

void WorkerClient::settle(Instant now)
{
    const std::int64_t waiting = m_waitingNs + m_waiting * now.ns();
    m_count.backlogNs += waiting - m_waitingToldNs;
    m_waitingToldNs = waiting;
    m_count.waitingNow = static_cast<std::uint32_t>(m_waiting);
    m_count.backlog = static_cast<std::uint64_t>(m_waiting);
    m_count.inWork = static_cast<std::uint64_t>(m_live - m_waiting);
    while (!m_queue.empty() && m_messages[m_queue.front()].isDone) {
        const std::uint32_t index = m_queue.front();
        m_queue.pop_front();
        m_messages[index].isVisible = false;
        release(index);
    }
    if (!m_queue.empty())
        m_count.oldestNs = std::max(m_count.oldestNs, now.ns() - m_messages[m_queue.front()].arrivedNs);
}

} // namespace halfopen
