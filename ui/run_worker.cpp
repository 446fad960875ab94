// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_worker.h"

#include "ui/replayed_engine.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace halfopen {
namespace {

constexpr std::uint64_t kChunkMax = 1 << 16;
constexpr Duration kChunkShort = std::chrono::microseconds(250);
constexpr Duration kChunkLong = std::chrono::microseconds(1500);
/// Copies may take one part in four of the worker's time.
constexpr int kCopyShare = 4;
/// What the window takes to draw all views of a copy, about.
constexpr std::chrono::milliseconds kDrawTime{35};
/// The pace so far can be wrong about the rest: what is shown is never older than this.
constexpr std::chrono::milliseconds kOldMax{250};

template <typename... Handlers> struct Overloaded : Handlers... {
    using Handlers::operator()...;
};
template <typename... Handlers> Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace

RunWorker::RunWorker(EngineFactory factory, OnFinished onFinished)
    : m_factory(std::move(factory)), m_onFinished(std::move(onFinished)), m_thread([this](const std::stop_token &stop) { loop(stop); })
{
}

RunWorker::~RunWorker()
{
    m_thread.request_stop();
    m_thread.join();
}

RunWorker::RealTime RunWorker::realTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

RunWorker::Job RunWorker::start(std::shared_ptr<const Scenario> scenario, const RunOptions &options, bool playing,
                                std::vector<ParameterChange> changes)
{
    send(Start{++m_lastJob, std::move(scenario), std::make_shared<const RunOptions>(options), playing, std::move(changes)});
    return m_lastJob;
}

void RunWorker::play()
{
    send(Play{});
}

void RunWorker::pause()
{
    send(Pause{});
}

void RunWorker::step()
{
    send(Step{});
}

void RunWorker::seekTransition()
{
    send(SeekTransition{});
}

void RunWorker::seekTime(Instant at)
{
    send(SeekTime{at});
}

void RunWorker::setSpeed(Speed speed)
{
    send(SetSpeed{speed});
}

void RunWorker::change(std::string path, std::string valueText)
{
    send(Change{std::move(path), std::move(valueText)});
}

void RunWorker::cancel()
{
    send(Cancel{});
}

void RunWorker::send(Command command)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_commands.push_back(std::move(command));
    }
    ++m_sent;
    m_wake.notify_one();
}

RunWorker::Delivery RunWorker::take()
{
    const std::scoped_lock lock(m_mutex);
    return {m_shared, std::exchange(m_slot, nullptr), std::exchange(m_refusals, {})};
}

void RunWorker::loop(const std::stop_token &stop)
{
    std::vector<Command> commands;
    while (!stop.stop_requested()) {
        {
            const std::scoped_lock lock(m_mutex);
            commands.swap(m_commands);
        }
        for (Command &command : commands) {
            obey(command);
            ++m_done;
        }
        commands.clear();

        const bool caughtUp = !isMoving() || runSlice();
        // At rest the window must get the very last state, so the copy does not wait for its turn.
        publish(realTime(), !isMoving());
        if (!caughtUp)
            continue;
        std::unique_lock lock(m_mutex);
        if (isMoving())
            m_wake.wait_for(lock, stop, kSlice, [this] { return !m_commands.empty(); });
        else
            m_wake.wait(lock, stop, [this] { return !m_commands.empty(); });
    }
}

void RunWorker::obey(Command &command)
{
    const auto seek = [this](std::optional<Instant> to) {
        if (!m_engine || m_engine->finished() || (to && *to <= m_engine->now()))
            return;
        m_seekTime = to;
        m_seekFrom = m_engine->now();
        m_seekBegan = realTime();
        enter(State::Seeking);
    };
    std::visit(Overloaded{
                   [this](const Start &start) { begin(start); },
                   [this](Play) {
                       if (m_engine && !m_engine->finished())
                           enter(State::Playing);
                   },
                   [this](Pause) {
                       if (isMoving())
                           enter(State::Paused);
                   },
                   [this](Step) {
                       if (!m_engine || m_engine->finished())
                           return;
                       m_engine->step();
                       enter(m_engine->finished() ? State::Finished : State::Paused);
                   },
                   [&seek](SeekTransition) { seek(std::nullopt); },
                   [&seek](SeekTime to) { seek(to.at); },
                   [this](SetSpeed to) {
                       m_speed = to.speed;
                       if (m_engine)
                           m_pacer.anchor(realTime(), m_engine->now(), m_speed);
                   },
                   [this](Change &change) {
                       if (!m_engine || m_engine->finished())
                           return;
                       m_dirty = true;
                       finishInstant();
                       if (m_engine->finished()) {
                           enter(State::Finished);
                           return;
                       }
                       const Result<void> changed = m_engine->change(change.path, change.value);
                       if (!changed)
                           m_newRefusals.push_back({m_job, change.path, change.value, changed.error().message});
                   },
                   [this](Cancel) {
                       if (!m_engine || m_engine->finished())
                           return;
                       finishInstant();
                       if (!m_engine->finished())
                           m_engine->cancel();
                       enter(State::Finished);
                   },
               },
               command);
}

void RunWorker::begin(const Start &start)
{
    m_engine.reset(); // before the next one is made: two large runs need not fit in memory at once
    m_job = start.job;
    m_failure.clear();
    m_behind = false;
    m_chunk = 64;
    {
        const std::scoped_lock lock(m_mutex);
        m_slot = nullptr;
    }
    try {
        m_engine = m_factory(start.scenario, *start.options);
        if (!start.changes.empty())
            m_engine = std::make_unique<ReplayedEngine>(std::move(m_engine), start.changes);
    } catch (const std::exception &error) {
        m_failure = error.what();
    }
    if (m_engine)
        enter(m_engine->finished() ? State::Finished : start.playing ? State::Playing : State::Paused);
    else
        enter(State::Empty);
}

void RunWorker::finishInstant()
{
    m_engine->runUntil(m_engine->now(), ~std::uint64_t{0});
}

void RunWorker::enter(State state)
{
    m_state = state;
    m_dirty = true;
    if (state == State::Playing)
        m_pacer.anchor(realTime(), m_engine->now(), m_speed);
    else
        m_behind = false;
}

/// Works until the slice is over. True if there is nothing to do before more real time has passed.
bool RunWorker::runSlice()
{
    RealTime real = realTime();
    const RealTime until = real + kSlice;
    while (real < until) {
        if (runChunk(real))
            return true;
    }
    return false;
}

/// Runs up to m_chunk events and moves \a real on. True if the run needs no more work now.
bool RunWorker::runChunk(RealTime &real)
{
    const RealTime began = real;
    bool arrived = false;
    if (m_state == State::Seeking && !m_seekTime) {
        arrived = m_engine->runToNextTransition(m_chunk);
    } else {
        const Instant wanted = m_state == State::Seeking ? *m_seekTime : m_pacer.target(real);
        const Instant target = std::min(wanted, m_engine->endTime());
        m_engine->runUntil(target, m_chunk);
        arrived = m_engine->now() >= target;
    }
    m_dirty = true;
    real = realTime();
    if (real - began > kChunkLong)
        m_chunk = std::max<std::uint64_t>(m_chunk / 2, 1);
    else if (real - began < kChunkShort && !arrived)
        m_chunk = std::min(m_chunk * 2, kChunkMax);

    if (m_engine->finished()) {
        enter(State::Finished);
        return true;
    }
    if (m_state == State::Seeking) {
        if (arrived)
            enter(State::Paused);
        return arrived;
    }
    m_behind = m_pacer.settle(real, m_engine->now()) || (m_behind && !arrived);
    return arrived;
}

/// Whether a seek will have come to its end, at the pace so far, before a copy made now could be drawn: then the window would
/// still draw that one when the last one comes.
bool RunWorker::endsSoon(RealTime real) const
{
    if (m_state != State::Seeking || !m_seekTime)
        return false;
    const auto done = static_cast<double>((m_engine->now() - m_seekFrom).count());
    const auto left = static_cast<double>((*m_seekTime - m_engine->now()).count());
    return static_cast<double>((real - m_seekBegan).count()) * left < static_cast<double>(RealTime(kDrawTime).count()) * done;
}

void RunWorker::publish(RealTime real, bool force)
{
    std::shared_ptr<const RunRecord> copy;
    if (m_engine && m_dirty) {
        bool taken = false;
        {
            const std::scoped_lock lock(m_mutex);
            taken = m_slot == nullptr;
        }
        const RealTime interval = std::max<RealTime>(kPublishInterval, kCopyShare * m_copyCost);
        const bool isOld = real - std::max(m_published, m_seekBegan) >= kOldMax;
        if (force || (taken && real - m_published >= interval && (isOld || !endsSoon(real)))) {
            copy = std::make_shared<const RunRecord>(m_engine->snapshot());
            m_copyCost = realTime() - real;
            m_published = real;
            m_dirty = false;
        }
    }
    Status status{m_job, m_state, {}, {}, m_done, m_behind, m_failure};
    if (m_engine) {
        status.now = m_engine->now();
        status.end = m_engine->endTime();
    }
    const bool isLast = copy && m_state == State::Finished;
    {
        std::shared_ptr<const RunRecord> old; // freed outside the lock
        const std::scoped_lock lock(m_mutex);
        m_shared = std::move(status);
        if (copy)
            old = std::exchange(m_slot, std::move(copy));
        for (Refusal &refusal : m_newRefusals)
            m_refusals.push_back(std::move(refusal));
        m_newRefusals.clear();
    }
    if (isLast && m_onFinished)
        m_onFinished();
}

} // namespace halfopen
