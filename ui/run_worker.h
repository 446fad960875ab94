// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/simulation.h"
#include "ui/pacer.h"
#include "ui/run_engine.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace halfopen {

/// A run on a thread of its own. Plain C++: no Qt, so that it can be tested under the thread sanitizer.
///
/// One thread (the window's) sends commands and takes deliveries; neither ever waits for the run. The worker
/// runs the engine in slices of a few milliseconds, so that a command acts within about 10 ms, and copies the
/// record at most every kPublishInterval and only when the last copy was taken: no queue can grow.
///
/// Each start() is a job with a number. A delivery says which job it belongs to, so that what an older run
/// still had under way can be dropped.
class RunWorker {
public:
    using Job = std::uint64_t;

    enum class State : std::uint8_t {
        Empty,    ///< no run
        Paused,
        Playing,  ///< at the chosen speed
        Seeking,  ///< as fast as possible to a given time or to the next transition, then paused
        Finished, ///< reached its end, was cancelled or met a limit
    };

    /// How things stood when the worker last looked up.
    struct Status {
        Job job = 0;
        State state = State::Empty;
        Instant now;
        Instant end;
        std::uint64_t commandsDone = 0; ///< of those sent; see commandsSent()
        bool behind = false;            ///< the machine does not reach the chosen speed
        std::string failure;            ///< why the run could not be made; empty = it could
    };

    /// A change of a setting that the engine did not accept.
    struct Refusal {
        Job job = 0;
        std::string path;
        std::string value;
        std::string message;
    };

    struct Delivery {
        Status status;
        std::shared_ptr<const RunRecord> record; ///< null when there is no newer one than the last taken
        std::vector<Refusal> refusals;
    };

    /// The shortest time between two copies of the record. Longer when a copy is costly: at most about a
    /// quarter of the worker's time goes into copies.
    static constexpr std::chrono::milliseconds kPublishInterval{16};
    /// Longest uninterrupted work on the engine, as far as its single events allow.
    static constexpr std::chrono::milliseconds kSlice{4};

    /// Told, on the worker's thread, when the last record of a run that is over is there to be taken. Must be short, and
    /// may call nothing of the worker: who waits for the end of a run need not look for it all the time.
    using OnFinished = std::function<void()>;

    explicit RunWorker(EngineFactory factory, OnFinished onFinished = {});
    /// Stops the run at the next slice and waits for the thread to end.
    ~RunWorker();
    RunWorker(const RunWorker &) = delete;
    RunWorker &operator=(const RunWorker &) = delete;

    /// Drops the present run and begins \a scenario, paused or playing. \a changes are made again when their time comes.
    Job start(std::shared_ptr<const Scenario> scenario, const RunOptions &options, bool playing,
              std::vector<ParameterChange> changes = {});
    void play();
    void pause();
    /// Runs exactly one event, then pauses.
    void step();
    /// Runs on until a breaker changes its state, then pauses.
    void seekTransition();
    /// Runs on to \a at, then pauses. Nothing happens if the run is already past it.
    void seekTime(Instant at);
    void setSpeed(Speed speed);
    /// Changes one setting from now on; a refusal comes with a later delivery. Ignored once a run has finished.
    void change(std::string path, std::string valueText);
    /// Ends the run where it is. What was computed stays.
    void cancel();

    /// What is new since the last call. Never waits for the run.
    Delivery take();
    /// Commands sent so far; when a Status has as many done, nothing is under way.
    std::uint64_t commandsSent() const { return m_sent; }

private:
    struct Start {
        Job job;
        std::shared_ptr<const Scenario> scenario;
        std::shared_ptr<const RunOptions> options;
        bool playing;
        std::vector<ParameterChange> changes;
    };
    struct Play {};
    struct Pause {};
    struct Step {};
    struct SeekTransition {};
    struct SeekTime {
        Instant at;
    };
    struct SetSpeed {
        Speed speed;
    };
    struct Change {
        std::string path;
        std::string value;
    };
    struct Cancel {};
    using Command = std::variant<Start, Play, Pause, Step, SeekTransition, SeekTime, SetSpeed, Change, Cancel>;
    using RealTime = Pacer::RealTime;

    void send(Command command);
    // Everything below runs on the worker's thread.
    void loop(const std::stop_token &stop);
    void obey(Command &command);
    void begin(const Start &start);
    bool runSlice();
    bool runChunk(RealTime &real);
    void enter(State state);
    /// What happens at this very instant has happened: an input that comes now has one place in the run.
    void finishInstant();
    bool endsSoon(RealTime real) const;
    void publish(RealTime real, bool force);
    bool isMoving() const { return m_state == State::Playing || m_state == State::Seeking; }
    static RealTime realTime();

    // Shared, under m_mutex.
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<Command> m_commands;
    Status m_shared;
    std::shared_ptr<const RunRecord> m_slot;
    std::vector<Refusal> m_refusals;

    // Of the commanding thread.
    std::uint64_t m_sent = 0;
    Job m_lastJob = 0;

    // Of the worker's thread.
    EngineFactory m_factory;
    OnFinished m_onFinished;
    std::unique_ptr<RunEngine> m_engine;
    Pacer m_pacer;
    Speed m_speed;
    State m_state = State::Empty;
    std::optional<Instant> m_seekTime; ///< while Seeking: empty = to the next transition
    Instant m_seekFrom; ///< where the seek began, in the run's time
    RealTime m_seekBegan{};
    Job m_job = 0;
    std::uint64_t m_done = 0;
    std::string m_failure;
    std::vector<Refusal> m_newRefusals;
    std::uint64_t m_chunk = 64; ///< events between two looks at the clock; follows the engine's pace
    RealTime m_published{};
    RealTime m_copyCost{};
    bool m_behind = false;
    bool m_dirty = false; ///< the record has moved on since the last copy

    std::jthread m_thread; ///< last: stopped and joined before anything it uses goes
};

} // namespace halfopen
