// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/distributions.h"
#include "tests/support/naive_world.h"

#include <algorithm>

namespace halfopen::test::naive {

void World::usersBegin(const ClientSpec &client, Edge &edge, RandomStream random)
{
    auto begun = std::make_shared<std::int64_t>(0);
    for (std::uint64_t u = 0; u < static_cast<std::uint64_t>(client.arrivals.users); ++u) {
        const std::int64_t start = client.arrivals.startsAt.value_or(Duration(0)).count();
        userCalls(client, edge, random, u, 0, begun,
                  client.arrivals.pace ? start : start + client.arrivals.thinkTime.sample(random.draw(u, 0)).count());
    }
}

void World::userCalls(const ClientSpec &client, Edge &edge, RandomStream random, std::uint64_t u, std::uint64_t k,
                      std::shared_ptr<std::int64_t> begun, std::int64_t at)
{
    schedule(at, [=, this, &client, &edge] {
        if (m_now >= m_scenario.duration.count() || (client.stopAfter && *begun >= *client.stopAfter))
            return;
        ++*begun;
        const auto users = static_cast<std::uint64_t>(client.arrivals.users);
        const auto process = static_cast<std::uint32_t>(u % static_cast<std::uint64_t>(client.processes));
        const std::int64_t begin0 = m_now;
        in(begin(edge, hashText(client.name) << 40 | (k * users + u), process, [=, this, &client, &edge](Outcome) {
            std::int64_t next = 0;
            if (client.arrivals.pace) {
                const std::int64_t start = client.arrivals.startsAt.value_or(Duration(0)).count();
                next = start;
                while (next <= begin0 || next < m_now)
                    next += client.arrivals.pace->count();
            } else {
                next = m_now + client.arrivals.thinkTime.sample(random.draw((k + 1) * users + u, 0)).count();
            }
            userCalls(client, edge, random, u, k + 1, begun, std::max(next, begin0 + 1000));
        }), 0);
    });
}

void World::arriveNext(const ClientSpec &client, Edge &edge, RandomStream random, std::shared_ptr<ArrivalSequence> arrivals)
{
    if (arrivals->nextNs() >= m_scenario.duration.count()
        || (client.stopAfter && arrivals->index() >= static_cast<std::uint64_t>(*client.stopAfter)))
        return;
    schedule(arrivals->nextNs(), [this, &client, &edge, random, arrivals] {
        const std::uint64_t number = arrivals->index();
        arrivals->advance();
        arriveNext(client, edge, random, arrivals);
        const auto processes = static_cast<std::uint64_t>(client.processes);
        const auto process = static_cast<std::uint32_t>(
            processes == 1 ? 0 : static_cast<UnsignedWide>(random.draw(number, 1)) * processes >> 64);
        in(begin(edge, hashText(client.name) << 40 | number, process, {}), 0);
    });
}

// --- workers who take messages from a queue

void World::workersBegin(const ClientSpec &client, Edge &edge, RandomStream random)
{
    auto q = std::make_unique<WorkerQueue>();
    q->spec = &client;
    q->edge = &edge;
    q->arrivals = std::make_shared<ArrivalSequence>(client.arrivals, random);
    const auto count = static_cast<std::size_t>(*client.worker.workers);
    for (std::size_t w = count; w-- > 0;)
        q->idle.push_back(w);
    q->deliveries.resize(count);
    if (q->arrivals->nextNs() < m_scenario.duration.count())
        schedule(q->arrivals->nextNs(), [this, &one = *q] { messageArrives(one); });
    m_workers.push_back(std::move(q));
}

void World::messageArrives(WorkerQueue &q)
{
    const auto waits = std::count_if(q.queue.begin(), q.queue.end(), [](const MessagePtr &m) { return !m->isDone; });
    if (waits < q.spec->worker.maxBacklog)
        becomeVisible(q, std::make_shared<Message>(Message{q.arrivals->index()}));
    const bool isLast = q.spec->stopAfter && q.arrivals->index() + 1 >= static_cast<std::uint64_t>(*q.spec->stopAfter);
    q.arrivals->advance();
    if (!isLast && q.arrivals->nextNs() < m_scenario.duration.count())
        schedule(q.arrivals->nextNs(), [this, &q] { messageArrives(q); });
    deliver(q);
}

void World::becomeVisible(WorkerQueue &q, const MessagePtr &message)
{
    if (message->deliveries >= q.spec->worker.maxDeliveries) { // to the dead-letter queue
        message->isDone = true;
        return;
    }
    message->isVisible = true;
    q.queue.push_back(message);
}

/// Behind a call that ended at once the next delivery is an event of its own.
void World::deliver(WorkerQueue &q)
{
    if (q.isDelivering)
        return;
    q.isDelivering = true;
    q.endedAtOnce = false;
    while (!q.idle.empty() && !q.endedAtOnce) {
        while (!q.queue.empty() && q.queue.front()->isDone)
            q.queue.pop_front();
        if (q.queue.empty())
            break;
        const MessagePtr message = q.queue.front();
        q.queue.pop_front();
        message->isVisible = false;
        const std::size_t worker = q.idle.back();
        q.idle.pop_back();
        q.deliveries[worker] = {message, ++message->deliveries, ++q.serial};
        becomesDue(q, q.visibility, {m_now + q.spec->worker.visibilityTimeout.count(), message, worker, q.serial});
        const std::uint64_t call = message->number * static_cast<std::uint64_t>(q.spec->worker.maxDeliveries)
            + static_cast<std::uint64_t>(message->deliveries) - 1;
        const std::uint64_t key = hashText(q.spec->name) << 40 | (call & 0xff'ffff'ffff);
        const auto process = static_cast<std::uint32_t>(worker % static_cast<std::size_t>(q.spec->processes));
        in(begin(*q.edge, key, process, [this, &q, worker](Outcome o) { deliveryEnded(q, worker, isGood(o.kind)); }), 0);
    }
    q.isDelivering = false;
    if (!q.endedAtOnce || q.goesOn || q.idle.empty() || q.queue.empty())
        return;
    q.goesOn = true;
    schedule(m_now, [this, &q] {
        q.goesOn = false;
        deliver(q);
    });
}

void World::deliveryEnded(WorkerQueue &q, std::size_t worker, bool isGoodEnd)
{
    q.endedAtOnce = q.isDelivering;
    const WorkerQueue::Delivery delivery = std::exchange(q.deliveries[worker], {});
    const MessagePtr &message = delivery.message;
    if (isGoodEnd) {
        message->isDone = true;
    } else if (!message->isDone && delivery.number == message->deliveries && !message->isVisible) {
        if (q.spec->worker.redeliveryDelay == Duration(0))
            becomeVisible(q, message);
        else
            becomesDue(q, q.returns, {m_now + q.spec->worker.redeliveryDelay.count(), message});
    }
    q.idle.push_back(worker);
    deliver(q);
}

/// One event for all that is due in a line: that of its head.
void World::becomesDue(WorkerQueue &q, std::deque<WorkerQueue::Due> &line, WorkerQueue::Due due)
{
    line.push_back(due);
    if (line.size() == 1)
        schedule(due.at, [this, &q, &line] { dues(q, line); });
}

void World::dues(WorkerQueue &q, std::deque<WorkerQueue::Due> &line)
{
    const bool isVisibility = &line == &q.visibility;
    while (!line.empty() && line.front().at <= m_now) {
        const WorkerQueue::Due due = line.front();
        line.pop_front();
        const WorkerQueue::Delivery &delivery = q.deliveries[due.worker];
        const bool isStillOut = delivery.serial == due.serial && delivery.number == due.message->deliveries;
        if (!due.message->isDone && (!isVisibility || isStillOut))
            becomeVisible(q, due.message);
    }
    if (!line.empty())
        schedule(line.front().at, [this, &q, &line] { dues(q, line); });
    deliver(q);
}

} // namespace halfopen::test::naive
