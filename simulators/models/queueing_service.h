// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/dependency.h"
#include "core/engine/engine.h"
#include "core/run/recorder.h"
#include "simulators/models/codel.h"
#include "simulators/models/fault_schedule.h"
#include "simulators/models/request_line.h"
#include "simulators/models/service_endpoints.h"
#include "simulators/models/service_pace.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// A service as queueing theory draws it:
///
///     request -> balancer -> instance: [ bounded queue ] -> one of its workers -> (own calls) -> answer
///
/// A worker takes the next request, works for a drawn time, then makes the service's own calls (it is held meanwhile) and
/// answers. A full queue rejects. When the caller leaves, the work goes on to the end
/// (`keeps_working_for_departed_callers`, the default: it is counted as wasted) or stops at once.
/// The number of the request's draws is its call's key and attempt: the same in every world with the same seed.
///
/// Own calls are made one after the other, or all at once: then each is a branch, a task of the engine that stands for the
/// request, and the request goes on when as many branches as `join` asks for ended well; the others are cancelled.
class QueueingService final : public Dependency {
public:
    struct OwnCall {
        std::uint32_t edge;
        std::uint64_t salt;       ///< makes the key of the call below from the key of the call above
        std::uint32_t copies = 1; ///< made at once
        bool endsWithDeadline = false; ///< given up when the caller above has left (DeadlineMode::Propagate)
    };
    /// How the calls of one edge come.
    struct Caller {
        std::uint8_t priority = 0;
        bool endsWithDeadline = false; ///< not begun when its caller has left (DeadlineMode::Propagate)
        std::uint16_t copies = 1;
        bool isJudged = false; ///< see setJudged()
    };
    /// The key of copy number j (below 2^kCopyBits) of a call ends in these bits.
    static constexpr std::uint32_t kCopyBits = 14;

    /// \a index is the service's place in the scenario and the record. \a spec must outlive this.
    QueueingService(const ServiceSpec &spec, std::uint32_t index, const Scenario &scenario, std::uint64_t seed,
                    Recorder &recorder);
    void connect(Engine &engine, std::uint32_t dependency) { m_engine = &engine, m_dependency = dependency; }
    void setOwnCalls(std::vector<OwnCall> calls);
    void setCallers(std::uint32_t edge, Caller caller);
    /// Calls of \a edge come from this client or service: faults may mean only some.
    void setCallerName(std::uint32_t edge, const std::string &caller) { m_faults.addCaller(edge, caller); }
    /// Calls of \a edge name this endpoint. For the others one is drawn.
    void setEndpoint(std::uint32_t edge, std::string_view endpoint) { m_endpoints->setNamed(edge, endpoint); }
    /// Policies of \a edge judge the instances: it is told where each request goes, and some are passed over.
    void setJudged(std::uint32_t edge);
    std::uint32_t instances() const override { return static_cast<std::uint32_t>(m_instances.size()); }
    /// Schedules faults and pauses. Called once, when everything is connected.
    void start();

    bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) override;
    bool onWork(Instant now, std::uint32_t request, Outcome &answer) override;
    void onLateAnswer() override { ++m_count.wasted; }
    void onCallerLeft(Instant now, std::uint32_t request) override;
    void onCallReturned(Instant now, std::uint32_t request, Outcome outcome) override;
    void onNote(Instant now, std::uint32_t note) override;
    Outcome probe(Instant now, std::uint32_t edge, std::uint64_t bits) override;
    void settle(Instant now) override;

private:
    // Draw numbers of one attempt: attempt * kDraws + which.
    static constexpr std::uint32_t kDraws = 4;
    static constexpr std::uint32_t kDrawWork = 0;
    static constexpr std::uint32_t kDrawCoin = 1;
    static constexpr std::uint32_t kDrawInstance = 2;
    static constexpr std::uint32_t kDrawTaken = 3; ///< of the number of a request taken at random, not of a call

    /// Request::phase here.
    enum Phase : std::uint8_t {
        Queued,    ///< waits for a worker
        Working,   ///< a worker is on it; its end is scheduled
        Calling,   ///< its worker waits for the service's own calls
        Held,      ///< an outage keeps it; its arrival is scheduled
        HeldAbandoned, ///< held, and dropped when it would arrive
        BlackHole, ///< will never be answered
        Abandoned, ///< stopped because its caller left; the slot is freed when its event or queue place comes up
        Branch,    ///< a task: one of the calls made at once for the request in Request::coin
        BranchDone,
        Dropped,   ///< waited too long; its answer comes with the next event
        Answers,   ///< a task: the answers of all that were dropped
        Alarm,     ///< a task: the queue timeout of the oldest request of an instance
        Sending,   ///< worked on; the end of its answer is scheduled
        Pausing,   ///< a task: the next pause of an instance begins
        Resuming,  ///< a task: it ends
    };
    struct Instance {
        std::vector<RequestLine> lines = std::vector<RequestLine>(1); ///< by priority
        std::int64_t waiting = 0; ///< live requests in the queue
        std::int64_t busy = 0;    ///< workers taken
        std::int64_t workers = 0; ///< that are there; faults take some away, pauses all
        bool isPausing = false;
        std::int64_t lastEmptyNs = 0; ///< ControlledDelay
        std::uint32_t alarm = Frame::kNone; ///< the task whose event is scheduled
    };
    /// What a request of a service with own calls needs beyond its 16 bytes; Request::coin is its index.
    struct Story {
        std::uint64_t key = 0;
        std::uint32_t coin = 0;
        std::uint32_t callsMade = 0; ///< one after the other: so far; at once: all but those that a deadline ended
        std::uint32_t endedWell = 0; ///< of the branches
        std::uint32_t endedBadly = 0;
        std::uint32_t firstBranch = Frame::kNone; ///< the others follow by Request::frame
        bool isSettling = false;                  ///< the branches are just being made or cancelled
        bool isPastDeadline = false;              ///< a deadline ended some branches, or kept them from being made
        Outcome outcome{};
        Outcome lastBad{};
        std::uint32_t nextFree = 0;
        std::int64_t arrivedNs = 0; ///< only when the record wants details
    };

    /// What an attempt draws.
    struct ForeseenDraws {
        std::uint64_t key = ~std::uint64_t(0);
        std::uint32_t coin = 0;
        std::int64_t work = 0; ///< ns
    };
    /// What the draws of a request need of the call that sent it.
    struct Sender {
        std::uint64_t key = 0;
        std::uint32_t attempts = 0;
        std::uint16_t edge = 0;
    };
    struct HeldRequest {
        Sender sender;
        std::uint32_t coin = 0;
        std::uint32_t nextFree = ~0u;
    };

    [[gnu::noinline]] bool arriveUnforeseen(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer);
    [[gnu::noinline]] std::int64_t meetFaults(Instant now, const WaitingRequest &next, std::uint32_t coin, std::int64_t work,
                                              const Instance &instance, Outcome &outcome);
    bool arriveWith(Instant now, std::uint32_t request, const Frame &caller, const ForeseenDraws &draws, Outcome &answer);
    [[gnu::noinline]] bool waitUsually(Instant now, std::uint32_t request, const Frame &caller, const ForeseenDraws &draws, Outcome &answer);
    [[gnu::noinline]] bool arriveUnusually(Instant now, std::uint32_t request, const Frame &frame, const ForeseenDraws &draws, Outcome &answer);
    bool takeIn(Instant now, std::uint32_t request, Sender sender, std::int64_t workNs, Outcome &answer);
    void hold(std::uint32_t request, Sender sender, Instant until);
    void arriveLate(Instant now, std::uint32_t request);
    std::size_t chooseInstance(const Frame &frame);
    std::size_t chooseForCopy(const Frame &frame) const;
    std::size_t chooseAny(const Frame &frame);
    std::size_t chooseJudged(const Frame &frame);
    std::size_t chooseAmong(const Frame &frame, const std::vector<std::uint32_t> &left);
    std::size_t leastOfAll(std::uint64_t bits) const;
    std::size_t leastOfSome(std::uint64_t bits) const;
    std::int64_t loadOf(std::size_t i) const { return m_instances[i].busy + m_instances[i].waiting; }
    Caller callerOf(std::uint32_t edge) const { return edge < m_callers.size() ? m_callers[edge] : Caller(); }

    std::uint32_t newStory(Story story);
    std::uint32_t coinOf(const Request &request) const;
    Outcome outcomeOf(const Request &request) const;
    /// For the faults: of a service without endpoints, none.
    std::uint32_t endpointOf(std::uint32_t request) const
    {
        return m_endpoints ? m_endpoints->endpointOf(request) : FaultSchedule::kNoEndpoint;
    }
    /// One more for the service and, if it has any, for the endpoint that \a request is for.
    void count(std::uint32_t request, std::uint64_t ServiceBucket::*ofService, std::uint64_t EndpointTotals::*ofEndpoint)
    {
        ++(m_count.*ofService);
        if (__builtin_expect(m_endpoints != nullptr, 0))
            ++(m_endpoints->count(request).*ofEndpoint);
    }
    void countRefused(std::uint32_t r) { count(r, &ServiceBucket::refused, &EndpointTotals::refused); }
    void countRejected(std::uint32_t r) { count(r, &ServiceBucket::rejected, &EndpointTotals::rejected); }
    void countAbandoned(std::uint32_t r) { count(r, &ServiceBucket::abandoned, &EndpointTotals::abandoned); }
    void countLost(std::uint32_t r) { count(r, &ServiceBucket::lost, &EndpointTotals::lost); }
    void countFailed(std::uint32_t r) { count(r, &ServiceBucket::failed, &EndpointTotals::failed); }
    void uncountArrival(std::uint32_t request);
    Outcome takeAnswer(std::uint32_t request);
    void giveAnswer(std::uint32_t request);
    void freeStory(const Request &request)
    {
        if (!m_hasOwnCalls)
            return;
        m_stories[request.coin].nextFree = m_freeStory;
        m_freeStory = request.coin;
    }

    void enqueue(Instant now, Instance &instance, WaitingRequest waiting);
    bool takeNext(Instant now, Instance &instance, WaitingRequest &next);
    WaitingRequest takeByDiscipline(RequestLine &line);
    bool isTooLate(Instant now, const Instance &instance, const WaitingRequest &next);
    void joinQueue(Instant now, Instance &instance);
    void leaveQueue(Instant now, Instance &instance);
    void dropFromQueue(Instant now, const WaitingRequest &waiting);
    void answerDropped(std::uint32_t task);
    void setAlarm(Instance &instance);
    void alarmRings(Instant now, std::uint32_t task);

    /// Whether a fault loses what would tell the caller that a request is not worked on (any more): refused, rejected, dropped.
    /// Then it waits on, as in a black hole.
    bool losesRefusal(Instant now, std::uint32_t request)
    {
        return __builtin_expect(m_faults.mayLoseAnswers(), 0) && faultLosesRefusal(now, request);
    }
    [[gnu::noinline]] bool faultLosesRefusal(Instant now, std::uint32_t request);
    /// Whether a fault keeps the answer, for a while or for ever.
    bool keepsAnswer(Instant now, std::uint32_t request);
    enum class Crash : std::uint8_t { None, Told, Silent };
    std::vector<std::uint32_t> watchInstances(Instant now);
    void loseWork(const std::vector<Crash> &crashes, std::vector<std::uint32_t> &lost);
    void lose(std::uint32_t request, Crash crash, std::vector<std::uint32_t> &lost);
    void empty(Instant now, std::size_t index, Crash crash, std::vector<std::uint32_t> &lost);
    void onRestart(Instant now, std::size_t instance);

    /// A worker of \a instance takes the request, whose own work is workNs long.
    void begin(Instant now, const WaitingRequest &next, Instance &instance);
    void startWork(Instant now, std::uint32_t request, std::int64_t workNs, Instance &instance, std::uint32_t coin);
    std::int64_t workOf(std::uint64_t bits) const;
    ForeseenDraws drawsOf(std::uint64_t key, std::uint32_t attempt) const;
    void foresee(std::uint64_t key); ///< what the first attempt of the call \a key will draw
    void seeIfUsual();
    /// Free workers take what waits.
    void beginNext(Instant now, Instance &instance);
    [[gnu::noinline]] void beginOldest(Instant now);
    [[gnu::noinline]] bool onWorkUnusually(Instant now, std::uint32_t request, Outcome &answer);
    [[gnu::noinline]] void onOtherEvent(Instant now, std::uint32_t request);
    void pauseBegins(std::uint32_t task);
    void pauseEnds(Instant now, std::uint32_t task);
    void setWorkers(Instant now, std::size_t instance);
    [[gnu::noinline]] void noteBegin(Instant now, const WaitingRequest &next, std::int64_t work);
    [[gnu::noinline]] void noteEnd(Instant now, std::uint32_t request);
    bool stopsBeforeCalls(Instant now, std::uint32_t request);
    void deadlinePassed(Instant now, std::uint32_t request);
    void branchesPassed(Instant now, std::uint32_t request);
    /// What is still to come for a request that is given up.
    enum class Owed : std::uint8_t {
        Nothing,
        Event, ///< the end of its work: its slot is freed then
        Calls, ///< its own calls: they are cancelled
    };
    void giveUp(Instant now, std::uint32_t request, Owed owed);
    bool endOfWork(Instant now, std::uint32_t request);
    [[gnu::noinline]] void endOfCalls(Instant now, std::uint32_t request); ///< the same, for the ends of own calls
    void makeNextCall(std::uint32_t request);
    void makeAllCalls(Instant now, std::uint32_t request);
    void branchReturned(Instant now, std::uint32_t branch, Outcome outcome);
    void judgeBranches(Instant now, std::uint32_t request);
    void dropBranches(std::uint32_t request);

    const ServiceSpec &m_spec;
    RandomStream m_random;
    Recorder::ServiceNow &m_count;
    FaultSchedule m_faults;
    std::vector<bool> m_isDown; ///< by instance; empty when no fault can crash one
    Engine *m_engine = nullptr;
    std::uint32_t m_dependency = 0;
    std::unique_ptr<ServiceEndpoints> m_endpoints; ///< null = it has none
    std::unique_ptr<ServicePace> m_pace; ///< null = work takes as long as was drawn
    bool m_hasOwnCalls = false;
    bool m_endsWithDeadline = false; ///< some own calls do
    bool m_allEndWithDeadline = false;
    bool m_oneInstance = false;
    bool m_isUsual = false;      ///< see seeIfUsual()
    Instance *m_usual = nullptr; ///< the only instance
    std::vector<OwnCall> m_ownCalls;
    std::uint32_t m_branches = 0;       ///< calls made at once for one request
    std::uint32_t m_branchesNeeded = 0; ///< of which must end well
    std::vector<Caller> m_callers; ///< by edge; empty when all are alike
    std::vector<std::uint32_t> m_left; ///< scratch: instances that are not passed over
    std::size_t m_priorities = 1;
    std::int64_t m_queuePlaces; ///< of one instance
    bool m_isPlainQueue;        ///< FIFO without timeouts and priorities: the hot path
    std::vector<Instance> m_instances;
    std::vector<Codel> m_codels; ///< by instance, for that discipline
    std::vector<Story> m_stories;
    std::uint32_t m_freeStory = ~0u;
    std::vector<std::uint32_t> m_dropped; ///< waited too long; not yet answered
    std::uint64_t m_taken = 0;            ///< requests taken at random so far: numbers the draws
    std::vector<HeldRequest> m_held;
    std::uint32_t m_freeHeld = ~0u;
    std::uint64_t m_errorThreshold32; ///< a coin of 32 bits below this fails
    std::size_t m_nextInstance = 0;
    ForeseenDraws m_foreseen; ///< of a first attempt
    std::uint64_t m_lastKey = ~std::uint64_t(0) - 1; ///< of a first attempt
    // Time-weighted figures without a multiplication per change: the integral of the number of busy workers up to t is
    // m_busyNs + m_busy * t, where taking a worker at t adds -t to m_busyNs and freeing it adds +t.
    std::int64_t m_busy = 0;    ///< of all instances
    std::int64_t m_waiting = 0; ///< of all instances
    std::int64_t m_busyNs = 0;
    std::int64_t m_queuedNs = 0;
    std::int64_t m_busyToldNs = 0;   ///< what settle() has already counted
    std::int64_t m_queuedToldNs = 0;
};

} // namespace halfopen
