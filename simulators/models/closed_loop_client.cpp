// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/closed_loop_client.h"

#include "core/base/check.h"

#include <algorithm>

namespace halfopen {

ClosedLoopClient::ClosedLoopClient(const ClientSpec &spec, std::uint64_t seed, PaceTotals *pace)
    : m_spec(spec), m_pace(pace), m_random(seed, "client " + spec.name), m_salt(hashText(spec.name) << 40),
      m_startNs(spec.arrivals.startsAt.value_or(Duration(0)).count()),
      m_users(static_cast<std::size_t>(spec.arrivals.users))
{
}

void ClosedLoopClient::start(std::uint32_t edge, Instant end)
{
    m_edge = edge;
    m_endNs = end.ns();
    for (std::uint32_t u = 0; u < m_users.size(); ++u) {
        const std::uint32_t task = m_engine->newTask(m_dependency);
        m_engine->request(task).coin = u;
        const std::int64_t first = m_spec.arrivals.pace ? m_startNs : m_startNs + think(m_users[u], u).count();
        m_engine->scheduleWork(task, first);
    }
}

/// The pause before a user's next call.
Duration ClosedLoopClient::think(const User &user, std::uint32_t number) const
{
    return m_spec.arrivals.thinkTime.sample(m_random.draw(user.calls * m_users.size() + number, 0));
}

/// The first time of the pace that is not before \a from.
std::int64_t ClosedLoopClient::nextSlot(std::int64_t from) const
{
    const std::int64_t pace = m_spec.arrivals.pace->count();
    return m_startNs + (from - m_startNs + pace - 1) / pace * pace;
}

bool ClosedLoopClient::onWork(Instant now, std::uint32_t task, Outcome &)
{
    if (now.ns() >= m_endNs || (m_spec.stopAfter && m_callsBegun >= *m_spec.stopAfter)) {
        m_engine->drop(task);
        return false;
    }
    const std::uint32_t number = m_engine->request(task).coin;
    User &user = m_users[number];
    const std::uint64_t key = m_salt | (user.calls * m_users.size() + number);
    ++user.calls;
    ++m_callsBegun;
    user.lastStartNs = now.ns();
    m_engine->callOn(m_edge, task, key, static_cast<std::uint16_t>(number % static_cast<std::uint64_t>(m_spec.processes)));
    return false;
}

void ClosedLoopClient::onCallReturned(Instant now, std::uint32_t task, Outcome)
{
    const std::uint32_t number = m_engine->request(task).coin;
    const User &user = m_users[number];
    if (m_pace)
        noteIntended(now.ns(), user);
    const std::int64_t next = m_spec.arrivals.pace ? nextSlot(std::max(now.ns(), user.lastStartNs + 1))
                                                   : now.ns() + think(user, number).count();
    m_engine->scheduleWork(task, std::max(next, user.lastStartNs + kShortestCycleNs));
}

/// The call that has ended, and every time of the pace that it made its user leave out: somebody who keeps to the pace whatever
/// happens would have begun a call then, and have had its answer no earlier than now.
void ClosedLoopClient::noteIntended(std::int64_t now, const User &user)
{
    m_pace->fromIntendedStart.record(now - user.lastStartNs);
    const std::int64_t pace = m_spec.arrivals.pace->count();
    const std::int64_t missed = std::max<std::int64_t>((std::min(now, m_endNs) - 1 - user.lastStartNs) / pace, 0);
    m_pace->missed += static_cast<std::uint64_t>(missed);
    // A stall of hours at a pace of microseconds: groups of neighbours count as their middle.
    const std::int64_t group = 1 + missed / 100'000;
    for (std::int64_t first = 1; first <= missed; first += group) {
        const std::int64_t size = std::min(group, missed - first + 1);
        m_pace->fromIntendedStart.record(now - user.lastStartNs - (first + size / 2) * pace, static_cast<std::uint64_t>(size));
    }
}

bool ClosedLoopClient::arrive(Instant, std::uint32_t, const Frame &, Outcome &)
{
    HALFOPEN_CHECK(!"nobody calls a client");
    return false;
}

void ClosedLoopClient::onCallerLeft(Instant, std::uint32_t) {}

void ClosedLoopClient::onNote(Instant, std::uint32_t) {}

void ClosedLoopClient::settle(Instant) {}

} // namespace halfopen
