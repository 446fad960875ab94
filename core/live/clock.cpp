// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/clock.h"

#include "core/base/check.h"

#include <QBasicTimer>
#include <QCoreApplication>
#include <QObject>
#include <QTimerEvent>
#include <algorithm>
#include <optional>

namespace halfopen::live {

namespace {

class SteadyAlarm final : public QObject, public Alarm {
public:
    SteadyAlarm(const SteadyClock &clock, std::function<void()> ring) : m_clock(clock), m_ring(std::move(ring)) {}

    void set(Instant at) override
    {
        if (at == m_at && m_timer.isActive())
            return;
        m_at = at;
        start();
    }

protected:
    void timerEvent(QTimerEvent *event) override
    {
        if (event->timerId() != m_timer.timerId())
            return;
        if (m_clock.now() < m_at) { // Qt may be early by a part of a millisecond, and long waits come in pieces
            start();
            return;
        }
        m_timer.stop();
        m_at = Instant::never();
        m_ring(); // may set it again, or end it: nothing may follow
    }

private:
    void start()
    {
        if (m_at == Instant::never()) {
            m_timer.stop();
            return;
        }
        const Duration left = std::clamp(m_at - m_clock.now(), Duration::zero(), kTimeoutMax);
        m_timer.start(static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()), Qt::PreciseTimer, this);
    }

    const SteadyClock &m_clock;
    std::function<void()> m_ring;
    QBasicTimer m_timer;
    Instant m_at = Instant::never();
};

} // namespace

class ManualAlarm final : public Alarm {
public:
    ManualAlarm(ManualClock &clock, std::function<void()> ring) : m_clock(clock), m_ring(std::move(ring)) {}
    ManualAlarm(const ManualAlarm &) = delete;
    ManualAlarm &operator=(const ManualAlarm &) = delete;
    ~ManualAlarm() override { silence(); }

    void set(Instant at) override
    {
        if (m_key && m_key->first == at)
            return;
        silence();
        if (at == Instant::never())
            return;
        m_key = {at, ++m_clock.m_order};
        m_clock.m_alarms[*m_key] = this;
    }
    void ring()
    {
        silence();
        m_ring(); // may end this alarm: nothing may follow
    }

private:
    void silence()
    {
        if (m_key)
            m_clock.m_alarms.erase(*m_key);
        m_key.reset();
    }

    ManualClock &m_clock;
    std::function<void()> m_ring;
    std::optional<ManualClock::Key> m_key;
};

std::unique_ptr<Alarm> SteadyClock::makeAlarm(std::function<void()> ring)
{
    return std::make_unique<SteadyAlarm>(*this, std::move(ring));
}

std::unique_ptr<Alarm> ManualClock::makeAlarm(std::function<void()> ring)
{
    return std::make_unique<ManualAlarm>(*this, std::move(ring));
}

void ManualClock::settle()
{
    // One turn sends only what was posted before it.
    do
        QCoreApplication::sendPostedEvents();
    while (resumptionsPosted() > 0);
}

void ManualClock::advanceTo(Instant to)
{
    HALFOPEN_CHECK(to >= m_now);
    settle();
    while (nextAlarm() <= to) {
        m_now = std::max(m_now, nextAlarm());
        m_alarms.begin()->second->ring();
        settle();
    }
    m_now = to;
}

QCoro::Task<> sleepOn(Clock &clock, CoroutineScope &scope, Duration duration)
{
    Wait wait(scope, std::nullopt);
    const auto alarm = clock.makeAlarm([suspension = wait.suspension()] { suspension->wake(Woke::Signal); });
    alarm->set(clock.now() + duration);
    co_await wait;
}

} // namespace halfopen::live
