// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/live/coroutine_kit.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace halfopen::live {

/// Rings once at the instant it was last set to. Its end silences it. It must not outlive its clock.
class Alarm {
public:
    virtual ~Alarm() = default;
    /// Takes the place of what was set before. Instant::never() silences it.
    virtual void set(Instant at) = 0;
};

/// Where live code gets its time from: the machine, or a test. One clock belongs to one thread, like all that uses it.
class Clock {
public:
    virtual ~Clock() = default;
    /// Time since the clock was made; never decreases.
    [[nodiscard]] virtual Instant now() const = 0;
    /// \a ring is called from the event loop (SteadyClock) or from advance() (ManualClock), never earlier than asked.
    [[nodiscard]] virtual std::unique_ptr<Alarm> makeAlarm(std::function<void()> ring) = 0;
};

/// The machine's steady clock: the one place that reads it. Alarms are Qt timers and ring up to a millisecond late.
class SteadyClock final : public Clock {
public:
    SteadyClock() : m_start(std::chrono::steady_clock::now()) {}
    [[nodiscard]] Instant now() const override { return Instant(std::chrono::steady_clock::now() - m_start); }
    [[nodiscard]] std::unique_ptr<Alarm> makeAlarm(std::function<void()> ring) override;

private:
    std::chrono::steady_clock::time_point m_start;
};

/// Stands still until a test moves it. Alarms ring at exactly their instants, in the order of these and, when equal, in the
/// order in which they were set; between two of them the event loop does all that has been posted, so that coroutines go on.
class ManualClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return m_now; }
    [[nodiscard]] std::unique_ptr<Alarm> makeAlarm(std::function<void()> ring) override;

    /// Lets every coroutine that has been woken go on, and those that they wake, without moving the time.
    static void settle();
    /// \a by >= 0.
    void advance(Duration by) { advanceTo(m_now + by); }
    /// \a to >= now().
    void advanceTo(Instant to);
    /// The next instant at which an alarm rings; never() if none is set.
    [[nodiscard]] Instant nextAlarm() const { return m_alarms.empty() ? Instant::never() : m_alarms.begin()->first.first; }

private:
    friend class ManualAlarm;
    using Key = std::pair<Instant, std::uint64_t>; ///< when, and in which order it was set
    std::map<Key, class ManualAlarm *> m_alarms;
    Instant m_now;
    std::uint64_t m_order = 0;
};

/// Ends when \a duration (>= 0) has passed on \a clock.
QCoro::Task<> sleepOn(Clock &clock, CoroutineScope &scope, Duration duration);

} // namespace halfopen::live
