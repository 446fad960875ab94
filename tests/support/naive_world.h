// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/arrivals.h"
#include "core/policies/instance_judge.h"
#include "core/policies/policy.h"
#include "core/policies/registry.h"
#include "core/scenario/scenario.h"
#include "simulators/models/codel.h"
#include "tests/support/naive_engine.h"
#include "tests/support/naive_faults.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace halfopen::test::naive {

// The parts of the naive engine (naive_engine.h): plain structs full of pointers, and one class that knows all the rules.

struct Service;
struct Job;
struct Pool;

using Time = std::pair<std::int64_t, std::uint64_t>; ///< ns, order of scheduling

struct Timer {
    std::int64_t at = std::numeric_limits<std::int64_t>::max();
    Time event{};
    std::uint32_t probes = 0;
};

struct Edge {
    std::uint32_t index;
    std::uint32_t firstBreaker;
    std::vector<const PolicyType *> types;
    std::vector<std::vector<std::unique_ptr<Policy>>> policies; ///< by layer and process
    std::vector<RandomStream> random;                          ///< by layer
    std::map<std::pair<std::size_t, std::uint32_t>, Timer> timers; ///< by layer and object
    Service *target;
    std::string name;
    std::string from;
    std::string stack;
    std::uint32_t processes = 1;
    std::map<std::size_t, Edge *> others; ///< by layer: where it calls instead
    std::int64_t copies = 1;
    std::int64_t priority = 0;
    std::string endpoint; ///< that its calls name
    bool endsWithDeadline = false;
    std::vector<std::unique_ptr<Pool>> pools; ///< by process, or one for all; empty = none
};

struct Call : std::enable_shared_from_this<Call> {
    Edge *edge;
    std::uint64_t key;
    std::uint32_t process;
    std::uint32_t ticket;
    std::uint32_t attempts = 0;
    std::uint32_t retries = 0;
    std::size_t depth = 0;
    std::shared_ptr<Call> original; ///< of a copy: the call it belongs to
    std::vector<std::shared_ptr<Call>> copies;
    std::vector<std::array<std::uint64_t, 4>> state;
    std::vector<Time> deadline; ///< by layer; {0, 0} = none
    Time wake{};
    std::shared_ptr<Job> job;   ///< the request under way
    std::shared_ptr<Call> other; ///< made instead of this one
    std::function<void(Outcome)> done;
};
using CallPtr = std::shared_ptr<Call>;

/// One of the calls that a service makes at once for a request.
struct Branch {
    CallPtr call; ///< null once it has returned
    bool endsWithDeadline = false;
};

struct Job {
    CallPtr caller; ///< null when the caller has left
    std::uint64_t key = 0; ///< of the call that sent it
    std::uint32_t attempt = 0;
    std::uint64_t childKey = 0;
    std::uint32_t coin = 0;
    std::int64_t work = 0;
    std::size_t instance = 0;
    Outcome outcome{};
    std::size_t callsMade = 0;
    CallPtr child;
    std::vector<Branch> branches; ///< of calls made at once
    std::size_t branchesLeft = 0; ///< under way
    std::size_t endedWell = 0;
    Outcome lastBad{};
    bool isSettling = false; ///< the branches are just being made or cancelled
    bool isPastDeadline = false; ///< some branches were ended by it, or not made
    std::int64_t arrived = 0;
    std::int64_t priority = 0;
    bool isPatient = false;
    const EndpointSpec *endpoint = nullptr; ///< null = the service has none
    const Edge *edge = nullptr;
    Pool *pool = nullptr; ///< whose connection it holds
    std::int64_t asked = 0; ///< when it asked for one
    /// Waiting, Given and GivenAndLeft are states in front of the service, of a request that needs a connection.
    enum { Waiting, Given, GivenAndLeft, Queued, Working, Calling, Lost, Stopped, Dropped, Held, Sending, Done } phase = Queued;
};
using JobPtr = std::shared_ptr<Job>;

/// The connections of one edge, or of one process on it.
struct Pool {
    const PoolSpec *spec;
    std::int64_t inUse = 0;
    std::deque<JobPtr> line;
    bool hasAlarm = false;
};

struct Pause {
    std::int64_t from;
    std::int64_t to;
};

struct Service {
    const ServiceSpec *spec;
    RandomStream random;
    RandomStream endpointRandom;
    std::vector<std::deque<JobPtr>> queues;
    std::vector<std::int64_t> busy;
    std::vector<std::int64_t> workers;   ///< by instance: those that are there
    std::vector<std::int64_t> lastEmpty; ///< by instance
    std::vector<char> hasAlarm;          ///< by instance
    std::vector<Codel> codels;           ///< by instance
    std::vector<JobPtr> dropped;         ///< not yet answered
    std::uint64_t taken = 0;
    std::vector<NaiveFault> faults;
    std::vector<bool> isDown;            ///< by instance
    std::vector<std::vector<Pause>> pauses; ///< by instance: all of the run
    std::vector<char> isPausing;         ///< by instance
    std::vector<std::int64_t> started;   ///< by instance: since when it warms up
    std::vector<JobPtr> live;            ///< every request that has come; looked at only in a crash
    std::vector<std::pair<Edge *, std::uint64_t>> calls; ///< with the salt of the keys below
    std::size_t next = 0;
};

/// A message of a client with workers.
struct Message {
    std::uint64_t number;
    std::int64_t deliveries = 0;
    bool isDone = false;
    bool isVisible = false;
};
using MessagePtr = std::shared_ptr<Message>;

/// A client that takes its calls from a queue.
struct WorkerQueue {
    const ClientSpec *spec;
    Edge *edge;
    std::shared_ptr<ArrivalSequence> arrivals;
    std::deque<MessagePtr> queue;
    std::vector<std::size_t> idle; ///< numbers of workers; the last one is asked first
    struct Delivery {
        MessagePtr message;
        std::int64_t number = 0;
        std::uint64_t serial = 0;
    };
    std::vector<Delivery> deliveries; ///< by worker
    struct Due {
        std::int64_t at;
        MessagePtr message;
        std::size_t worker = 0;
        std::uint64_t serial = 0;
    };
    std::deque<Due> visibility;
    std::deque<Due> returns;
    std::uint64_t serial = 0;
    bool isDelivering = false;
    bool endedAtOnce = false;
    bool goesOn = false;
};

class World {
public:
    World(const Scenario &scenario, std::uint64_t seed);
    ~World();
    World(const World &) = delete;
    World &operator=(const World &) = delete;
    NaiveResult run();

private:
    Instant now() const { return Instant::fromNs(m_now); }
    Time schedule(std::int64_t at, std::function<void()> action);
    void cancel(Time &time);

    // --- naive_calls.cpp: a call and its policies
    void in(const CallPtr &c, std::size_t layer);
    void out(const CallPtr &c, int layer, Outcome outcome);
    void obey(const CallPtr &c, std::size_t layer, Verdict verdict, Outcome outcome);
    void wakeAt(const CallPtr &c, std::size_t layer, std::int64_t at);
    void callOther(const CallPtr &c, std::size_t layer, Outcome failed);
    void substituteEnded(const CallPtr &c, std::size_t layer, Outcome failed, Outcome substitute);
    void expire(const CallPtr &c, std::size_t layer);
    void leave(const CallPtr &c, std::size_t kept);
    void startCopy(const CallPtr &c, std::size_t layer);
    void copyEnded(const CallPtr &copy, std::size_t layer, Outcome outcome);
    void end(const CallPtr &c, Outcome outcome);
    void cancelCall(const CallPtr &c);
    CallPtr begin(Edge &edge, std::uint64_t key, std::uint32_t process, std::function<void(Outcome)> done);
    void attend(Edge &edge, std::size_t layer, std::uint32_t process);
    void timerDue(Edge &edge, std::size_t layer, std::uint32_t object);
    void noteOf(Edge &edge, std::size_t layer, std::uint32_t process);
    /// What every layer's answer is followed by.
    void after(const CallPtr &c, std::size_t layer);

    // --- naive_pools.cpp: the connections of an edge
    void send(const CallPtr &c);
    void askPool(Pool &pool, const JobPtr &job);
    void give(Pool &pool, const JobPtr &job);
    void release(const JobPtr &job);
    void giveBack(Pool &pool);
    void setPoolAlarm(Pool &pool);
    void senderLeft(const JobPtr &job);

    // --- naive_service.cpp: a request at an instance
    void arrive(Service &s, const JobPtr &job);
    void hold(Service &s, const JobPtr &job, Instant until);
    void takeIn(Service &s, const JobPtr &job);
    void refuse(Service &s, const JobPtr &job, Outcome outcome);
    void respond(const JobPtr &job, Outcome outcome);
    void work(Service &s, const JobPtr &job);
    void finish(Service &s, const JobPtr &job);
    void callerLeft(Service &s, const JobPtr &job);
    void giveUp(Service &s, const JobPtr &job);
    std::size_t choose(Service &s, Call &c, std::uint32_t draws);

    // --- naive_queue.cpp: who is next
    void join(Service &s, const JobPtr &job);
    void setAlarm(Service &s, std::size_t instance);
    void dropExpired(Service &s, std::size_t instance, std::int64_t priority);
    void takeAt(Service &s, std::size_t instance, const std::vector<std::size_t> &line, std::size_t place);
    void drop(Service &s, const JobPtr &job);
    void workOnNext(Service &s, std::size_t instance);
    JobPtr next(Service &s, std::size_t instance);
    bool isTooLate(Service &s, std::size_t instance, const JobPtr &job) const;

    // --- naive_own_calls.cpp: what a service calls, and deadlines that travel
    void callOrFinish(Service &s, const JobPtr &job);
    void callAll(Service &s, const JobPtr &job);
    void branchReturned(Service &s, const JobPtr &job, std::size_t number, Outcome outcome);
    void judge(Service &s, const JobPtr &job);
    void cancelBranches(const JobPtr &job);
    void cancelOwnCalls(const JobPtr &job);
    void deadlinePassed(Service &s, const JobPtr &job);

    // --- naive_outages.cpp: faults and pauses over time
    FaultDecision faultsOn(Service &s, unsigned stages, const Job &job) const;
    FaultDecision faultsOnInstance(Service &s, std::size_t instance) const;
    bool losesAnswer(Service &s, const Job &job) const;
    Outcome probe(Service &s, const Edge &edge, std::uint64_t bits) const;
    void faultBegins(Service &s, NaiveFault &fault);
    void faultChanges(Service &s, NaiveFault &fault);
    void lookAtInstances(Service &s);
    std::vector<JobPtr> crashed(Service &s);
    void lose(const JobPtr &job, bool isSilent, std::vector<JobPtr> &told);
    void pausesBegin(Service &s, std::size_t instance, std::size_t number);
    std::int64_t paced(const Service &s, std::size_t instance, std::int64_t work) const;

    // --- naive_clients.cpp: who begins calls
    void usersBegin(const ClientSpec &client, Edge &edge, RandomStream random);
    void userCalls(const ClientSpec &client, Edge &edge, RandomStream random, std::uint64_t user, std::uint64_t call,
                   std::shared_ptr<std::int64_t> begun, std::int64_t at);
    void arriveNext(const ClientSpec &client, Edge &edge, RandomStream random, std::shared_ptr<ArrivalSequence> arrivals);
    void workersBegin(const ClientSpec &client, Edge &edge, RandomStream random);
    void messageArrives(WorkerQueue &q);
    void becomeVisible(WorkerQueue &q, const MessagePtr &message);
    void deliver(WorkerQueue &q);
    void deliveryEnded(WorkerQueue &q, std::size_t worker, bool isGoodEnd);
    void becomesDue(WorkerQueue &q, std::deque<WorkerQueue::Due> &line, WorkerQueue::Due due);
    void dues(WorkerQueue &q, std::deque<WorkerQueue::Due> &line);

    // --- naive_engine.cpp: making the world
    void build();
    void buildServices();
    void buildClients(const std::vector<Edge *> &edges);
    Edge &makeEdge(const std::string &name, const CallSpec &call, std::uint32_t processes);
    void makeOtherEdges(Edge &edge);

    const Scenario &m_scenario;
    std::uint64_t m_seed;
    std::int64_t m_now = 0;
    std::uint64_t m_order = 0;
    std::uint32_t m_breakers = 0;
    std::uint32_t m_tickets = 0;
    std::map<std::uint32_t, CallPtr> m_parked; ///< by ticket: calls that wait in a layer's queue
    std::map<Time, std::function<void()>> m_events;
    std::vector<std::unique_ptr<Service>> m_services;
    std::vector<std::unique_ptr<Edge>> m_edges;
    std::vector<std::unique_ptr<WorkerQueue>> m_workers;
    std::vector<std::weak_ptr<Call>> m_calls; ///< all there ever were: what is in flight at the end points at itself
    std::vector<std::weak_ptr<Job>> m_jobs;
    NaiveResult m_result;
};

std::int64_t waiting(const Service &s, std::size_t instance);
/// The indices in a queue of the requests of one priority.
std::vector<std::size_t> lineOf(const std::deque<JobPtr> &queue, std::int64_t priority);
Policy &policyOf(const Call &c, std::size_t layer);
PolicyCall viewOf(Call &c, std::size_t layer);
/// \a each is given every layer that judges instances, with the call that owns the layer.
void forEachJudge(Call &c, const std::function<void(Call &, std::size_t, InstanceJudge &)> &each);
/// How many breakers, or instances judged, the record has of that layer.
std::uint32_t bandsOf(const Edge &edge, std::size_t layer, std::size_t processes);
/// What went wrong below is an error to the caller above.
Outcome failedBelow(Outcome below);

} // namespace halfopen::test::naive
