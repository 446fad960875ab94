// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/connection_pool.h"

#include "core/base/check.h"

#include <algorithm>

namespace halfopen {

void ConnectionTable::requestEnds(std::uint32_t request)
{
    if (request >= m_holds.size() || !m_holds[request].pool)
        return;
    const Hold hold = m_holds[request];
    m_holds[request].pool = nullptr;
    hold.pool->giveBack(hold.part);
}

ConnectionPool::ConnectionPool(const PoolSpec &spec, std::uint32_t processes, Dependency &target, ConnectionTable &table,
                               Recorder::PoolNow &count)
    : m_spec(spec), m_target(target), m_table(table), m_count(count),
      m_parts(static_cast<std::size_t>(poolsFor(spec, processes)))
{
}

bool ConnectionPool::arrive(Instant now, std::uint32_t r, const Frame &caller, Outcome &answer)
{
    const std::uint32_t number = m_parts.size() == 1 ? 0 : caller.process;
    Part &part = m_parts[number];
    ++m_count.asked;
    if (part.inUse < *m_spec.size && part.line.isEmpty()) {
        m_count.wait.record(0);
        ++m_count.given;
        take(part);
        return send(now, r, number, answer);
    }
    ++m_count.waited;
    if (m_spec.maxWait == Duration(0)) {
        ++m_count.refused;
        answer = {.kind = OutcomeKind::BulkheadFull};
        return true;
    }
    Request &request = m_engine->request(r);
    request.phase = Waiting;
    request.coin = part.line.join(r);
    m_table.of(r) = {.pool = nullptr, .part = number, .sinceNs = now.ns()};
    ++m_waiting;
    m_waitingNs -= now.ns();
    m_count.waitingMax = std::max(m_count.waitingMax, static_cast<std::uint32_t>(m_waiting));
    if (m_spec.maxWait && !part.hasAlarm)
        setAlarm(part);
    return false;
}

/// A connection is taken from now on.
void ConnectionPool::take(Part &part)
{
    ++part.inUse;
    ++m_inUse;
    m_heldNs -= m_engine->nowNs();
}

/// Hands the request, which has a connection, on to the service.
bool ConnectionPool::send(Instant now, std::uint32_t r, std::uint32_t part, Outcome &answer)
{
    m_table.of(r) = {.pool = this, .part = part, .sinceNs = now.ns()};
    m_engine->request(r).dependency = static_cast<std::uint16_t>(m_targetNumber);
    return m_target.arrive(now, r, m_engine->frameOf(r), answer);
}

void ConnectionPool::giveBack(std::uint32_t number)
{
    Part &part = m_parts[number];
    const std::int64_t now = m_engine->nowNs();
    --part.inUse;
    HALFOPEN_CHECK(part.inUse >= 0);
    --m_inUse;
    m_heldNs += now;
    while (part.inUse < *m_spec.size && !part.line.isEmpty()) {
        const std::uint32_t next = part.line.takeOldest();
        --m_waiting;
        m_waitingNs += now;
        m_count.wait.record(now - m_table.of(next).sinceNs);
        ++m_count.given;
        take(part);
        m_engine->request(next).phase = Given;
        m_engine->scheduleWork(next, now);
    }
}

bool ConnectionPool::onWork(Instant now, std::uint32_t r, Outcome &answer)
{
    const auto phase = static_cast<Phase>(m_engine->request(r).phase);
    if (phase == Alarm) {
        alarmRings(now, r);
        return false;
    }
    const std::uint32_t part = m_table.of(r).part;
    if (phase == GivenAndLeft) {
        m_engine->drop(r);
        giveBack(part);
        return false;
    }
    return send(now, r, part, answer);
}

void ConnectionPool::onCallerLeft(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    if (request.dependency == m_targetNumber) {
        // Before the service hears of it: it may be done with the request at once.
        if (ConnectionTable::Hold &hold = m_table.of(r); m_spec.abandoned == PoolSpec::Abandoned::Close && hold.pool) {
            hold.pool = nullptr;
            giveBack(hold.part);
        }
        m_target.onCallerLeft(now, r);
        return;
    }
    if (request.phase == Given) { // the event that sends it comes at this instant
        request.phase = GivenAndLeft;
        return;
    }
    if (request.phase == GivenAndLeft) // about to be refused
        return;
    ++m_count.left;
    Part &part = m_parts[m_table.of(r).part];
    stopWaiting(now, part, r);
    m_engine->drop(r);
}

void ConnectionPool::stopWaiting(Instant now, Part &part, std::uint32_t r)
{
    part.line.leave(m_engine->request(r).coin);
    --m_waiting;
    m_waitingNs += now.ns();
}

/// One event stands for the longest waits of a pool: that of the oldest request.
void ConnectionPool::setAlarm(Part &part)
{
    part.hasAlarm = !part.line.isEmpty();
    if (!part.hasAlarm)
        return;
    const std::uint32_t task = m_engine->newTask(m_dependency);
    m_engine->request(task).phase = Alarm;
    m_engine->request(task).coin = static_cast<std::uint32_t>(&part - m_parts.data());
    m_engine->scheduleWork(task, m_table.of(part.line.oldest()).sinceNs + m_spec.maxWait->count());
}

void ConnectionPool::alarmRings(Instant now, std::uint32_t task)
{
    Part &part = m_parts[m_engine->request(task).coin];
    m_engine->drop(task);
    std::vector<std::uint32_t> refused;
    while (!part.line.isEmpty()) {
        const std::uint32_t oldest = part.line.oldest();
        if (m_table.of(oldest).sinceNs + m_spec.maxWait->count() > now.ns())
            break;
        stopWaiting(now, part, oldest);
        ++m_count.refused;
        m_engine->request(oldest).phase = GivenAndLeft; // out of the line; see below
        refused.push_back(oldest);
    }
    setAlarm(part);
    for (const std::uint32_t r : refused)
        m_engine->respond(r, {.kind = OutcomeKind::BulkheadFull});
}

void ConnectionPool::onCallReturned(Instant, std::uint32_t, Outcome)
{
    HALFOPEN_CHECK(!"a pool makes no calls");
}

void ConnectionPool::onNote(Instant, std::uint32_t) {}

void ConnectionPool::settle(Instant now)
{
    const std::int64_t held = m_heldNs + m_inUse * now.ns();
    const std::int64_t waiting = m_waitingNs + m_waiting * now.ns();
    m_count.waitingNow = static_cast<std::uint32_t>(m_waiting);
    m_count.heldNs += held - m_heldToldNs;
    m_count.waitingNs += waiting - m_waitingToldNs;
    m_heldToldNs = held;
    m_waitingToldNs = waiting;
}

} // namespace halfopen
