// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/arrivals.h"
#include "core/engine/dependency.h"
#include "core/engine/engine.h"
#include "core/run/recorder.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace halfopen {

/// A client that takes its calls from a queue:
///
///     arrivals -> [ messages ] -> a free worker -> call -> good: acknowledged
///                     ^                             bad: again after `redelivery_delay`
///                     +-- not acknowledged within `visibility_timeout`: delivered again, whoever still works on it
///
/// A message that has been delivered `max_deliveries` times and would become visible once more goes to the dead-letter queue
/// instead. The first call that ends well acknowledges; a good end of another delivery of the same message is a duplicate.
/// The model is that of Amazon SQS (at-least-once delivery, receive count, redrive policy).
///
/// To the engine it is a dependency that nobody calls; each worker is a task. Delivery d of message m has the call number
/// m * max_deliveries + d - 1, so what chance does to it is the same whatever the policies do.
class WorkerClient final : public Dependency {
public:
    /// \a spec must outlive this.
    WorkerClient(const ClientSpec &spec, std::uint64_t seed, Recorder::BacklogNow &count);
    void connect(Engine &engine, std::uint32_t dependency) { m_engine = &engine, m_dependency = dependency; }
    /// No message arrives at or after \a end; workers go on with what is there.
    void start(std::uint32_t edge, Instant end);

    bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) override;
    bool onWork(Instant now, std::uint32_t task, Outcome &answer) override;
    void onCallerLeft(Instant now, std::uint32_t request) override;
    void onCallReturned(Instant now, std::uint32_t task, Outcome outcome) override;
    void onNote(Instant now, std::uint32_t note) override;
    void settle(Instant now) override;

private:
    /// Request::phase of a task.
    enum Task : std::uint8_t { Worker, Arrival, Visibility, Return, GoOn };
    static constexpr std::uint32_t kNone = ~0u;
    struct Message {
        std::int64_t arrivedNs = 0;
        std::uint64_t number = 0;
        std::uint32_t deliveries = 0;
        std::uint32_t holders = 0;  ///< workers that are busy with a delivery of it
        bool isDone = false;        ///< acknowledged or dead
        bool isVisible = false;     ///< waits in the queue
        bool isReturning = false;   ///< waits for its redelivery
    };
    struct WorkerState {
        std::uint32_t message = kNone;
        std::uint32_t delivery = 0;
        std::uint64_t serial = 0; ///< names this delivery among all
    };
    /// A delivery that must be acknowledged by then, or a failed message that comes back then.
    struct Due {
        std::int64_t atNs;
        std::uint32_t message;
        std::uint32_t worker;
        std::uint64_t serial;
    };

    void messageArrives(Instant now, std::uint32_t task);
    void publish(Instant now);
    void deliver(Instant now);
    void becomeVisible(Instant now, std::uint32_t message);
    std::uint32_t takeHead(Instant now);
    void finish(Instant now, Message &message);
    void callEnded(Instant now, const WorkerState &worker, bool isGoodEnd);
    void release(std::uint32_t message);
    void dues(Instant now, std::uint32_t task);
    void schedule(std::deque<Due> &line, Task kind, Due due);
    std::deque<Due> &lineOf(Task kind) { return kind == Visibility ? m_visibility : m_returns; }

    const ClientSpec &m_spec;
    const WorkerSpec &m_worker;
    std::uint64_t m_salt;
    ArrivalSequence m_arrivals;
    Recorder::BacklogNow &m_count;
    Engine *m_engine = nullptr;
    std::uint32_t m_dependency = 0;
    std::uint32_t m_edge = 0;
    std::int64_t m_endNs = 0;
    std::deque<Message> m_messages; ///< a slab; growing moves nothing
    std::vector<std::uint32_t> m_freeMessages;
    std::deque<std::uint32_t> m_queue; ///< those that may be taken, longest visible first
    std::vector<std::uint32_t> m_idle; ///< tasks of the workers without a message, the longest idle last
    std::vector<WorkerState> m_workers;
    std::deque<Due> m_visibility; ///< both in order of time: each has one length
    std::deque<Due> m_returns;
    std::uint64_t m_serial = 0;
    bool m_isDelivering = false;  ///< a call that ends at once must not deliver inside a delivery
    bool m_endedAtOnce = false;   ///< the call of the delivery just made did
    bool m_goesOn = false;        ///< the next delivery is an event that is scheduled
    std::int64_t m_live = 0;      ///< messages that are not done
    std::int64_t m_waiting = 0;   ///< of these: in the queue
    std::int64_t m_waitingNs = 0; ///< integral of m_waiting, as in QueueingService
    std::int64_t m_waitingToldNs = 0;
};

} // namespace halfopen
