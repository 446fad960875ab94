// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/naive_engine.h"

#include "core/engine/arrivals.h"
#include "core/policies/instance_judge.h"
#include "core/policies/policy.h"
#include "core/policies/registry.h"
#include "core/run/recorder.h"
#include "core/scenario/vocabulary.h"
#include "simulators/faults/fault_timeline.h"
#include "simulators/models/codel.h"
#include "tests/support/naive_faults.h"

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace halfopen::test {

namespace {

struct Service;
struct Job;

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
    std::string caller;
    std::string endpoint; ///< that its calls name
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

struct Job {
    CallPtr caller; ///< null when the caller has left
    std::uint64_t childKey;
    std::uint32_t coin;
    std::int64_t work;
    std::size_t instance;
    Outcome outcome{};
    std::size_t callsMade = 0;
    CallPtr child;
    std::vector<CallPtr> branches; ///< of calls made at once; null once returned
    std::size_t endedWell = 0;
    std::size_t endedBadly = 0;
    Outcome lastBad{};
    bool isSettling = false; ///< the branches are just being made or cancelled
    std::int64_t arrived = 0;
    std::int64_t priority = 0;
    bool isPatient = false;
    const EndpointSpec *endpoint = nullptr; ///< null = the service has none
    const Edge *edge = nullptr;
    enum { Queued, Working, Calling, Lost, Stopped, Dropped, Held, Sending, Done } phase = Queued;
};
using JobPtr = std::shared_ptr<Job>;

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
    std::vector<JobPtr> live;            ///< every request that has come; looked at only in a crash
    std::vector<std::pair<Edge *, std::uint64_t>> calls; ///< with the salt of the keys below
    std::size_t next = 0;
};

class World {
public:
    World(const Scenario &scenario, std::uint64_t seed) : m_scenario(scenario), m_seed(seed) { build(); }

    NaiveResult run()
    {
        while (!m_events.empty() && m_events.begin()->first.first <= m_scenario.duration.count()) {
            const auto [at, action] = *m_events.begin();
            m_events.erase(m_events.begin());
            m_now = at.first;
            action();
        }
        return m_result;
    }

private:
    Instant now() const { return Instant::fromNs(m_now); }
    Time schedule(std::int64_t at, std::function<void()> action)
    {
        const Time time{at, ++m_order};
        m_events.emplace(time, std::move(action));
        return time;
    }
    void cancel(Time &time)
    {
        m_events.erase(time);
        time = {};
    }

    // --- calls
    void in(const CallPtr &c, std::size_t i)
    {
        c->depth = i;
        if (i == c->edge->types.size())
            return send(c);
        if (!c->edge->types[i]->keepsBytes)
            c->state[i] = {};
        PolicyCall view = viewOf(c, i);
        const Admission a = policyOf(c, i).admit(now(), view);
        note(c, i);
        attend(*c->edge, i, c->process);
        if (a.kind == Admission::Kind::Refuse)
            return out(c, static_cast<int>(i) - 1, a.outcome);
        if (a.kind == Admission::Kind::Wait) {
            c->depth = i + 1;
            m_parked[c->ticket] = c;
            if (a.atNs < std::int64_t(1) << 56)
                c->deadline[i] = schedule(std::max(a.atNs, m_now), [this, c, i] { expire(c, i); });
            return;
        }
        if (a.kind == Admission::Kind::AdmitAt && a.atNs > m_now) {
            c->depth = i + 1;
            return wakeAt(c, i, a.atNs);
        }
        if (a.kind == Admission::Kind::AdmitWithDeadline)
            c->deadline[i] = schedule(std::max(a.atNs, m_now), [this, c, i] { expire(c, i); });
        if (c->edge->types[i]->startsCopies) {
            c->depth = i + 1;
            return startCopy(c, i);
        }
        in(c, i + 1);
    }
    void wakeAt(const CallPtr &c, std::size_t i, std::int64_t at)
    {
        c->wake = schedule(at, [this, c, i] {
            c->wake = {};
            in(c, i + 1);
        });
    }
    void out(const CallPtr &c, int layer, Outcome outcome)
    {
        if (c->original && (layer < 0 || c->edge->types[static_cast<std::size_t>(layer)]->startsCopies))
            return copyEnded(c, static_cast<std::size_t>(layer), outcome);
        if (layer < 0)
            return end(c, outcome);
        const auto i = static_cast<std::size_t>(layer);
        cancel(c->deadline[i]);
        PolicyCall view = viewOf(c, i);
        const Verdict v = policyOf(c, i).onOutcome(now(), view, outcome);
        note(c, i);
        attend(*c->edge, i, c->process);
        obey(c, i, v, outcome);
    }
    void obey(const CallPtr &c, std::size_t i, Verdict v, Outcome outcome)
    {
        if (v.kind == Verdict::Kind::Keep)
            return out(c, static_cast<int>(i) - 1, outcome);
        if (v.kind == Verdict::Kind::Replace)
            return out(c, static_cast<int>(i) - 1, v.outcome);
        c->depth = i + 1;
        if (v.kind == Verdict::Kind::CallOther)
            return callOther(c, i, outcome);
        const std::int64_t at = std::max(v.atNs, m_now);
        if (v.kind == Verdict::Kind::WorkUntil) {
            c->wake = schedule(at, [this, c, i, outcome] {
                c->wake = {};
                substituteEnded(c, i, outcome, {});
            });
            return;
        }
        m_result.fingerprint += fingerprintOfRetry(c->key, c->attempts + 1, at - m_now);
        c->retries = std::min<std::uint32_t>(c->retries + 1, 15);
        if (at == m_now)
            return in(c, i + 1);
        wakeAt(c, i, at);
    }
    void callOther(const CallPtr &c, std::size_t i, Outcome failed)
    {
        Edge &other = *c->edge->others.at(i);
        const std::uint64_t salt = hashText(other.name) + i * 0x9e3779b97f4a7c15u;
        const std::uint64_t tries = c->attempts + (static_cast<std::uint64_t>(c->retries) << 16);
        const std::uint64_t key = mix64((c->key + tries * 0x9e3779b97f4a7c15u) ^ salt);
        const CallPtr call = begin(other, key, c->process, [this, c, i, failed](Outcome o) {
            c->other.reset();
            substituteEnded(c, i, failed, o);
        });
        c->other = call;
        in(call, 0);
    }
    void substituteEnded(const CallPtr &c, std::size_t i, Outcome failed, Outcome substitute)
    {
        PolicyCall view = viewOf(c, i);
        const Verdict v = policyOf(c, i).onSubstitute(now(), view, failed, substitute);
        note(c, i);
        attend(*c->edge, i, c->process);
        obey(c, i, v, failed);
    }
    void expire(const CallPtr &c, std::size_t i)
    {
        c->deadline[i] = {};
        const bool copies = c->edge->types[i]->startsCopies;
        if (!copies)
            leave(c, i + 1);
        PolicyCall view = viewOf(c, i);
        const Verdict v = policyOf(c, i).onDeadline(now(), view);
        note(c, i);
        attend(*c->edge, i, c->process);
        if (v.kind == Verdict::Kind::StartAnother) {
            if (v.atNs < std::int64_t(1) << 56)
                c->deadline[i] = schedule(std::max(v.atNs, m_now), [this, c, i] { expire(c, i); });
            return startCopy(c, i);
        }
        if (copies)
            leave(c, i + 1);
        obey(c, i, v, {.kind = OutcomeKind::Timeout});
    }
    /// Cancels everything inside the outer `kept` layers.
    void leave(const CallPtr &c, std::size_t kept)
    {
        while (!c->copies.empty()) { // the latest first
            const CallPtr copy = c->copies.back();
            c->copies.pop_back();
            leave(copy, firstCopied(c));
        }
        for (std::size_t j = c->depth; j-- > kept;) {
            cancel(c->deadline[j]);
            PolicyCall view = viewOf(c, j);
            policyOf(c, j).onCancelled(now(), view);
            note(c, j);
            attend(*c->edge, j, c->process);
        }
        c->depth = std::min(c->depth, kept);
        cancel(c->wake);
        m_parked.erase(c->ticket);
        if (const CallPtr other = std::move(c->other))
            cancelCall(other);
        if (JobPtr job = std::move(c->job))
            callerLeft(*c->edge->target, job);
    }

    // --- copies
    static std::size_t firstCopied(const CallPtr &c)
    {
        const auto &types = c->edge->types;
        return static_cast<std::size_t>(
            std::find_if(types.begin(), types.end(), [](const PolicyType *t) { return t->startsCopies; })
            - types.begin() + 1);
    }
    void startCopy(const CallPtr &c, std::size_t i)
    {
        const CallPtr copy = begin(*c->edge, c->key, c->process, {});
        copy->original = c;
        copy->attempts = c->attempts;
        copy->retries = c->retries;
        copy->depth = i + 1;
        c->copies.push_back(copy);
        in(copy, i + 1);
    }
    void copyEnded(const CallPtr &copy, std::size_t i, Outcome outcome)
    {
        const CallPtr c = copy->original;
        c->copies.erase(std::find(c->copies.begin(), c->copies.end(), copy));
        PolicyCall view = viewOf(c, i);
        const Verdict v = policyOf(c, i).onOutcome(now(), view, outcome);
        note(c, i);
        attend(*c->edge, i, c->process);
        if (v.kind == Verdict::Kind::AwaitOthers)
            return;
        leave(c, i + 1);
        cancel(c->deadline[i]);
        obey(c, i, v, outcome);
    }

    // --- queues and timers of policies
    void attend(Edge &edge, std::size_t i, std::uint32_t process)
    {
        const std::uint32_t object = edge.policies[i].size() == 1 ? 0 : process;
        Policy &policy = *edge.policies[i][object];
        if (edge.types[i]->queuesCalls) {
            std::vector<std::uint32_t> released;
            policy.takeReleased(released);
            for (const std::uint32_t ticket : released) {
                const CallPtr c = m_parked.at(ticket);
                m_parked.erase(ticket);
                cancel(c->deadline[i]);
                wakeAt(c, i, m_now);
            }
        }
        if (!edge.types[i]->hasTimers)
            return;
        Timer &timer = edge.timers[{i, object}];
        const std::int64_t at = std::max(policy.nextTimer().ns(), m_now);
        if (at == timer.at)
            return;
        cancel(timer.event);
        timer.at = at;
        if (at < (std::int64_t(1) << 56) - 1)
            timer.event = schedule(at, [this, &edge, &timer, &policy, i, object] {
                timer.event = {};
                timer.at = std::numeric_limits<std::int64_t>::max();
                if (edge.types[i]->probes)
                    policy.onProbe(now(), probe(*edge.target, edge, edge.random[i].draw(object, timer.probes++), now()));
                else
                    policy.handleTimer(now());
                noteOf(edge, i, object);
                attend(edge, i, object);
            });
    }
    static Outcome probe(Service &s, const Edge &edge, std::uint64_t bits, Instant now)
    {
        Job asked{};
        asked.instance = uniformIndex(bits, s.queues.size());
        asked.coin = static_cast<std::uint32_t>(mix64(bits) >> 32);
        asked.edge = &edge;
        FaultDecision fault;
        for (NaiveFault &f : s.faults)
            if (!f.counts())
                f.fold(kAtArrival | kAtWork | kAtAnswer, {asked.instance, edge.caller, {}}, asked.coin, now, fault);
        if (fault.refuse || fault.fail)
            return fault.outcome;
        const bool silence = fault.blackHole || fault.losesAnswer || fault.heldUntil > now;
        return {.kind = silence ? OutcomeKind::Timeout : OutcomeKind::Success};
    }
    void end(const CallPtr &c, Outcome outcome)
    {
        m_result.fingerprint += fingerprintOfCall(c->edge->index, c->key, m_now, outcome.kind, c->attempts);
        ++m_result.calls;
        if (c->done)
            c->done(outcome);
    }
    CallPtr begin(Edge &edge, std::uint64_t key, std::uint32_t process, std::function<void(Outcome)> done)
    {
        auto c = std::make_shared<Call>();
        c->edge = &edge;
        c->key = key;
        c->ticket = ++m_tickets;
        c->process = process;
        c->state.resize(edge.types.size());
        c->deadline.resize(edge.types.size());
        c->done = std::move(done);
        return c;
    }

    // --- the service
    void send(const CallPtr &c)
    {
        Service &s = *c->edge->target;
        c->attempts = c->original ? ++c->original->attempts : c->attempts + 1;
        const std::uint32_t draws = c->attempts * 4;
        auto job = std::make_shared<Job>();
        job->coin = static_cast<std::uint32_t>(s.random.draw(c->key, draws + 1) >> 32);
        job->instance = choose(s, *c, draws);
        job->edge = c->edge;
        job->endpoint = endpointOf(s, *c);
        forEachJudge(*c, [&](const Call &owner, std::size_t i, InstanceJudge &judge) {
            PolicyCall view = viewOf(std::const_pointer_cast<Call>(owner.shared_from_this()), i);
            judge.onSent(view, static_cast<std::uint32_t>(job->instance));
        });
        const FaultDecision fault = faultsOn(s, kAtArrival, *job);
        const int inner = static_cast<int>(c->edge->types.size()) - 1;
        if (fault.refuse)
            return out(c, inner, fault.outcome);
        job->caller = c;
        c->job = job;
        if (!s.isDown.empty())
            s.live.push_back(job);
        if (fault.blackHole) {
            job->phase = Job::Lost;
            return;
        }
        const Distribution &time = job->endpoint ? job->endpoint->serviceTime : s.spec->serviceTime;
        job->work = time.sample(s.random.draw(c->key, draws)).count();
        job->childKey = c->key + c->attempts * 0x9e3779b97f4a7c15u;
        job->priority = c->edge->priority;
        if (fault.heldUntil > now())
            hold(s, job, fault.heldUntil);
        else
            takeIn(s, job);
    }
    /// The endpoint that the call names, or the one on which a point thrown on all weights in a row falls.
    static const EndpointSpec *endpointOf(const Service &s, const Call &c)
    {
        double all = 0;
        for (const EndpointSpec &endpoint : s.spec->endpoints)
            all += endpoint.weight;
        double point = static_cast<double>(s.endpointRandom.draw(c.key, 0) >> 11) / 0x1p53 * all;
        for (const EndpointSpec &endpoint : s.spec->endpoints) {
            if (c.edge->endpoint.empty() ? point < endpoint.weight : c.edge->endpoint == endpoint.name)
                return &endpoint;
            point -= endpoint.weight;
        }
        return nullptr;
    }
    /// An outage keeps the request back until it ends.
    void hold(Service &s, const JobPtr &job, Instant until)
    {
        job->phase = Job::Held;
        schedule(until.ns(), [this, &s, job] {
            if (job->phase == Job::Stopped)
                return;
            const FaultDecision fault = faultsOn(s, kAtArrival, *job);
            if (fault.refuse)
                return respond(job, fault.outcome);
            if (fault.heldUntil > now())
                return hold(s, job, fault.heldUntil);
            job->phase = fault.blackHole ? Job::Lost : Job::Queued;
            if (!fault.blackHole)
                takeIn(s, job);
        });
    }
    void takeIn(Service &s, const JobPtr &job)
    {
        const bool free = s.busy[job->instance] < s.workers[job->instance];
        if (!free && waiting(s, job->instance) >= s.spec->queue) {
            job->phase = faultsOn(s, kAtFullQueue, *job).losesRejection ? Job::Lost : Job::Stopped;
            if (job->phase == Job::Stopped)
                respond(job, {.kind = OutcomeKind::Rejected, .status = 503});
            return;
        }
        job->arrived = m_now;
        if (waiting(s, job->instance) == 0)
            s.lastEmpty[job->instance] = m_now;
        if (free)
            return work(s, job);
        job->isPatient = s.lastEmpty[job->instance] >= m_now - s.spec->queueInterval.count();
        s.queues[job->instance].push_back(job);
        if (!s.hasAlarm[job->instance])
            setAlarm(s, job->instance);
    }
    /// One event per instance for the queue timeout of its oldest request, looked at again when it comes.
    void setAlarm(Service &s, std::size_t instance)
    {
        const auto &queue = s.queues[instance];
        if (!s.spec->queueTimeout || queue.empty())
            return;
        const auto oldest = std::min_element(queue.begin(), queue.end(),
                                             [](const JobPtr &a, const JobPtr &b) { return a->arrived < b->arrived; });
        s.hasAlarm[instance] = true;
        schedule((*oldest)->arrived + s.spec->queueTimeout->count(), [this, &s, instance] {
            s.hasAlarm[instance] = false;
            for (const std::int64_t priority : {0, 1, 2})
                dropExpired(s, instance, priority);
            setAlarm(s, instance);
        });
    }
    void dropExpired(Service &s, std::size_t instance, std::int64_t priority)
    {
        auto &queue = s.queues[instance];
        std::vector<std::size_t> line = lineOf(queue, priority);
        for (std::size_t place = 0; place < line.size();) {
            const JobPtr job = queue[line[place]];
            if (job->arrived + s.spec->queueTimeout->count() > m_now) {
                ++place;
                continue;
            }
            takeAt(s, instance, line, place);
            line = lineOf(queue, priority);
            if (job->phase != Job::Stopped)
                drop(s, job);
        }
    }
    /// The indices in the queue of the requests of one priority.
    static std::vector<std::size_t> lineOf(const std::deque<JobPtr> &queue, std::int64_t priority)
    {
        std::vector<std::size_t> line;
        for (std::size_t i = 0; i < queue.size(); ++i)
            if (queue[i]->priority == priority)
                line.push_back(i);
        return line;
    }
    /// Takes one out of its line; when the order is random, the newest of the line moves into its place.
    void takeAt(Service &s, std::size_t instance, const std::vector<std::size_t> &line, std::size_t place)
    {
        auto &queue = s.queues[instance];
        std::size_t gap = line[place];
        const bool wasLive = queue[gap]->phase != Job::Stopped;
        if (s.spec->discipline == ServiceSpec::Discipline::Random) {
            queue[gap] = queue[line.back()];
            gap = line.back();
        }
        queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(gap));
        if (wasLive && waiting(s, instance) == 0)
            s.lastEmpty[instance] = m_now;
    }
    void drop(Service &s, const JobPtr &job)
    {
        job->phase = Job::Dropped;
        if (s.dropped.empty()) // they are answered together, in an event of their own
            schedule(m_now, [this, &s] { answerDropped(s); });
        s.dropped.push_back(job);
    }
    void answerDropped(Service &s)
    {
        const std::vector<JobPtr> dropped = std::exchange(s.dropped, {});
        for (const JobPtr &job : dropped)
            respond(job, {.kind = OutcomeKind::Rejected, .status = 503});
    }
    void respond(const JobPtr &job, Outcome outcome)
    {
        job->phase = Job::Done;
        if (CallPtr c = job->caller) {
            job->caller.reset();
            c->job.reset();
            out(c, static_cast<int>(c->edge->types.size()) - 1, outcome);
        }
    }
    void work(Service &s, const JobPtr &job)
    {
        ++s.busy[job->instance];
        job->phase = Job::Working;
        const FaultDecision fault = faultsOn(s, kAtWork, *job);
        const double errorRate = job->endpoint ? job->endpoint->errorRate : s.spec->errorRate;
        if (static_cast<double>(job->coin) / 4294967296.0 < errorRate)
            job->outcome = {.kind = OutcomeKind::Error, .status = 500};
        if (fault.fail)
            job->outcome = fault.outcome;
        const auto slowed = static_cast<std::int64_t>(static_cast<Wide>(job->work) * fault.slowdownPermille / 1000);
        const std::int64_t crowd = fault.delayPerRequest.count() * s.busy[job->instance];
        const std::int64_t whole = slowed + fault.delay.count() + crowd;
        const auto done = static_cast<std::int64_t>(static_cast<Wide>(whole) * fault.workPermille / 1000);
        schedule(m_now + done, [this, &s, job] {
            if (job->phase == Job::Working)
                callOrFinish(s, job);
        });
    }
    void callOrFinish(Service &s, const JobPtr &job)
    {
        if (!isGood(job->outcome.kind) || job->callsMade == s.calls.size())
            return finish(s, job);
        job->phase = Job::Calling;
        if (s.spec->callOrder == ServiceSpec::CallOrder::Parallel)
            return callAll(s, job);
        auto [edge, salt] = s.calls[job->callsMade++];
        job->child = begin(*edge, mix64(job->childKey ^ salt), static_cast<std::uint32_t>(job->instance),
                           [this, &s, job](Outcome o) {
                               job->child.reset();
                               if (!isGood(o.kind))
                                   job->outcome = {.kind = OutcomeKind::Error,
                                                   .status = static_cast<std::uint16_t>(
                                                       o.kind == OutcomeKind::Timeout ? 504 : 502)};
                               callOrFinish(s, job);
                           });
        const CallPtr child = job->child;
        in(child, 0);
    }
    static std::size_t needed(const Service &s)
    {
        std::size_t all = 0;
        for (const auto &[edge, salt] : s.calls)
            all += static_cast<std::size_t>(edge->copies);
        if (s.spec->joinCount)
            return std::min(all, static_cast<std::size_t>(*s.spec->joinCount));
        switch (s.spec->join) {
        case ServiceSpec::Join::All:
            return all;
        case ServiceSpec::Join::Any:
            return 1;
        default:
            return all / 2 + 1;
        }
    }
    void callAll(Service &s, const JobPtr &job)
    {
        job->callsMade = s.calls.size();
        job->isSettling = true;
        for (const auto &[edge, salt] : s.calls) {
            const std::uint64_t base = mix64(job->childKey ^ salt);
            for (std::int64_t copy = 0; copy < edge->copies; ++copy) {
                const std::uint64_t key =
                    edge->copies == 1 ? base : (base >> 14 << 14 | static_cast<std::uint64_t>(copy));
                const std::size_t number = job->branches.size();
                const CallPtr child = begin(*edge, key, static_cast<std::uint32_t>(job->instance),
                                            [this, &s, job, number](Outcome o) { branchReturned(s, job, number, o); });
                job->branches.push_back(child);
                in(child, 0);
            }
        }
        job->isSettling = false;
        judge(s, job);
    }
    void branchReturned(Service &s, const JobPtr &job, std::size_t number, Outcome o)
    {
        job->branches[number].reset();
        ++(isGood(o.kind) ? job->endedWell : job->endedBadly);
        if (!isGood(o.kind))
            job->lastBad = o;
        if (!job->isSettling)
            judge(s, job);
    }
    void judge(Service &s, const JobPtr &job)
    {
        if (job->endedWell < needed(s)) {
            if (job->branches.size() - job->endedBadly >= needed(s))
                return;
            job->outcome = {.kind = OutcomeKind::Error,
                            .status = static_cast<std::uint16_t>(job->lastBad.kind == OutcomeKind::Timeout ? 504 : 502)};
        }
        cancelBranches(job);
        finish(s, job);
    }
    void cancelBranches(const JobPtr &job)
    {
        job->isSettling = true;
        for (std::size_t b = job->branches.size(); b-- > 0;)
            if (const CallPtr child = std::move(job->branches[b]))
                cancelCall(child);
    }
    void cancelCall(const CallPtr &child)
    {
        leave(child, 0);
        m_result.fingerprint +=
            fingerprintOfCall(child->edge->index, child->key, m_now, OutcomeKind::Cancelled, child->attempts);
        ++m_result.calls;
    }
    void finish(Service &s, const JobPtr &job)
    {
        --s.busy[job->instance];
        workOnNext(s, job->instance);
        const FaultDecision fault = job->caller ? faultsOn(s, kAtAnswer, *job) : FaultDecision();
        if (fault.losesAnswer) {
            job->phase = Job::Lost;
        } else if (fault.answerTime.count() > 0) {
            job->phase = Job::Sending;
            schedule(m_now + fault.answerTime.count(), [this, job] {
                if (job->phase == Job::Sending)
                    respond(job, job->outcome);
            });
        } else {
            respond(job, job->outcome);
        }
    }
    void workOnNext(Service &s, std::size_t instance)
    {
        while (s.busy[instance] < s.workers[instance]) {
            const JobPtr job = next(s, instance);
            if (!job)
                return;
            work(s, job);
        }
    }
    JobPtr next(Service &s, std::size_t instance)
    {
        auto &queue = s.queues[instance];
        for (const std::int64_t priority : {0, 1, 2}) {
            for (auto line = lineOf(queue, priority); !line.empty(); line = lineOf(queue, priority)) {
                std::size_t place = 0;
                if (s.spec->discipline == ServiceSpec::Discipline::Lifo)
                    place = line.size() - 1;
                if (s.spec->discipline == ServiceSpec::Discipline::Random)
                    place = static_cast<std::size_t>(uniformIndex(s.random.draw(~s.taken++, 3), line.size()));
                const JobPtr job = queue[line[place]];
                takeAt(s, instance, line, place);
                if (job->phase == Job::Stopped)
                    continue;
                if (!isTooLate(s, instance, job))
                    return job;
                drop(s, job);
            }
        }
        return nullptr;
    }
    bool isTooLate(Service &s, std::size_t instance, const JobPtr &job) const
    {
        const Duration waited(m_now - job->arrived);
        switch (s.spec->discipline) {
        case ServiceSpec::Discipline::Codel:
            return s.codels[instance].shouldDrop(now(), waited, waiting(s, instance) == 0);
        case ServiceSpec::Discipline::ControlledDelay:
            return waited > (job->isPatient ? s.spec->queueInterval : s.spec->queueTarget);
        case ServiceSpec::Discipline::DeadlineDrop:
            return !job->caller;
        default:
            return false;
        }
    }
    void cancelOwnCalls(const JobPtr &job)
    {
        if (const CallPtr child = std::move(job->child))
            cancelCall(child);
        cancelBranches(job);
    }
    void callerLeft(Service &s, const JobPtr &job)
    {
        job->caller.reset();
        if (job->phase == Job::Lost || s.spec->keepsWorkingForDepartedCallers)
            return;
        const auto before = job->phase;
        if (before == Job::Dropped)
            return;
        if (before == Job::Calling)
            cancelOwnCalls(job);
        job->phase = Job::Stopped;
        if (before == Job::Queued || before == Job::Held || before == Job::Sending)
            return;
        --s.busy[job->instance];
        workOnNext(s, job->instance);
    }
    static std::int64_t waiting(const Service &s, std::size_t instance)
    {
        std::int64_t n = 0;
        for (const JobPtr &job : s.queues[instance])
            n += job->phase == Job::Queued ? 1 : 0;
        return n;
    }
    /// \a each is given every layer that judges instances, with the call that owns the layer.
    static void forEachJudge(const Call &c, const std::function<void(const Call &, std::size_t, InstanceJudge &)> &each)
    {
        bool isInCopy = c.original == nullptr; // of the layers before it starts, the original is asked
        for (std::size_t i = 0; i < c.edge->types.size(); ++i) {
            const Call &owner = isInCopy ? c : *c.original;
            isInCopy = isInCopy || c.edge->types[i]->startsCopies;
            auto &objects = c.edge->policies[i];
            if (InstanceJudge *judge = objects[objects.size() == 1 ? 0 : c.process]->instanceJudge())
                each(owner, i, *judge);
        }
    }
    static std::size_t choose(Service &s, const Call &c, std::uint32_t draws)
    {
        std::vector<std::size_t> left;
        for (std::size_t i = 0; i < s.queues.size(); ++i) {
            bool isPassedOver = false;
            forEachJudge(c, [&](const Call &, std::size_t, InstanceJudge &judge) {
                isPassedOver = isPassedOver || judge.passesOver(static_cast<std::uint32_t>(i));
            });
            if (!isPassedOver)
                left.push_back(i);
        }
        if (left.empty())
            for (std::size_t i = 0; i < s.queues.size(); ++i)
                left.push_back(i);
        return chooseAmong(s, c, draws, left);
    }
    static std::size_t chooseAmong(Service &s, const Call &c, std::uint32_t draws, const std::vector<std::size_t> &left)
    {
        const std::size_t all = s.queues.size();
        const std::size_t n = left.size();
        if (all > 1 && c.edge->copies > 1 && static_cast<std::size_t>(c.edge->copies) <= all) {
            const std::uint64_t group = c.key >> 14 << 14;
            return left[shuffled(s.random.draw(group, draws + 2), n)[(c.key & 0x3fff) % n]];
        }
        if (s.spec->balancing == ServiceSpec::Balancing::RoundRobin) {
            while (std::find(left.begin(), left.end(), s.next % all) == left.end())
                ++s.next;
            return s.next++ % all;
        }
        const std::uint64_t bits = s.random.draw(c.key, draws + 2);
        if (s.spec->balancing == ServiceSpec::Balancing::Random)
            return left[static_cast<std::size_t>(static_cast<UnsignedWide>(bits) * n >> 64)];
        const auto load = [&](std::size_t i) { return s.busy[i] + waiting(s, i); };
        if (s.spec->balancing == ServiceSpec::Balancing::PowerOfTwoChoices) {
            const std::vector<std::size_t> order = shuffled(bits, n);
            std::size_t best = left[order[0]];
            for (std::size_t i = 1; i < std::min(n, static_cast<std::size_t>(s.spec->choices)); ++i)
                if (load(left[order[i]]) < load(best))
                    best = left[order[i]];
            return best;
        }
        std::vector<std::size_t> least{left[0]};
        for (std::size_t i = 1; i < n; ++i) {
            if (load(left[i]) < load(least.front()))
                least = {left[i]};
            else if (load(left[i]) == load(least.front()))
                least.push_back(left[i]);
        }
        return least[static_cast<std::size_t>(uniformIndex(bits, least.size()))];
    }
    /// 0 .. n-1 in an order drawn from these bits.
    static std::vector<std::size_t> shuffled(std::uint64_t bits, std::size_t n)
    {
        std::vector<std::size_t> left(n);
        for (std::size_t i = 0; i < n; ++i)
            left[i] = i;
        std::vector<std::size_t> order;
        while (!left.empty()) {
            const auto place = static_cast<std::ptrdiff_t>(
                uniformIndex(mix64(bits + order.size() * 0x9e3779b97f4a7c15u), left.size()));
            order.push_back(left[static_cast<std::size_t>(place)]);
            left.erase(left.begin() + place);
        }
        return order;
    }
    static NaiveFault::Subject subjectOf(const Job &job)
    {
        return {job.instance, job.edge->caller, job.endpoint ? std::string_view(job.endpoint->name) : std::string_view()};
    }
    FaultDecision faultsOn(Service &s, unsigned stages, const Job &job) const
    {
        FaultDecision decision;
        for (NaiveFault &f : s.faults)
            if (f.counted(stages, subjectOf(job)))
                f.fold(stages, subjectOf(job), job.coin, now(), decision);
        return decision;
    }
    FaultDecision faultsOnInstance(Service &s, std::size_t instance) const
    {
        FaultDecision decision;
        for (NaiveFault &f : s.faults)
            f.fold(kOnInstances, {instance, {}, {}}, 0, now(), decision);
        return decision;
    }
    void faultBegins(Service &s, NaiveFault &f)
    {
        if (f.next == f.spans.size())
            return;
        schedule(f.spans[f.next].from.ns(), [this, &s, &f] {
            f.begin();
            schedule(f.spans[f.next].to.ns(), [this, &s, &f] {
                f.active = false;
                ++f.next;
                faultBegins(s, f);
                lookAtInstances(s);
            });
            faultChanges(s, f);
            lookAtInstances(s);
        });
    }
    /// A fault whose strength changes what instances can do is looked at in steps.
    void faultChanges(Service &s, NaiveFault &f)
    {
        const std::int64_t at = m_now + strengthStep(*f.spec).count();
        if (!f.changesInstances() || at >= f.spans[f.next].to.ns())
            return;
        schedule(at, [this, &s, &f] {
            faultChanges(s, f);
            lookAtInstances(s);
        });
    }
    void lookAtInstances(Service &s)
    {
        std::vector<JobPtr> told;
        if (!s.isDown.empty())
            told = crashed(s);
        for (std::size_t i = 0; i < s.queues.size(); ++i) {
            s.workers[i] = s.spec->workers * faultsOnInstance(s, i).workersPermille / 1000;
            workOnNext(s, i);
        }
        for (const JobPtr &job : told)
            respond(job, {.kind = OutcomeKind::ConnectionReset});
    }
    /// Those whose callers must hear that their request is gone.
    std::vector<JobPtr> crashed(Service &s)
    {
        std::map<std::size_t, bool> silent; ///< the instances that have just gone down
        for (std::size_t i = 0; i < s.queues.size(); ++i) {
            const FaultDecision fault = faultsOnInstance(s, i);
            if (fault.crashes && !s.isDown[i])
                silent[i] = fault.crashesSilently;
            s.isDown[i] = fault.crashes;
        }
        std::vector<JobPtr> lost;
        for (const JobPtr &job : s.live)
            if (silent.contains(job->instance) && (job->phase == Job::Working || job->phase == Job::Calling
                                                   || job->phase == Job::Sending || job->phase == Job::Queued))
                lost.push_back(job);
        const auto byCall = [](const JobPtr &a, const JobPtr &b) {
            const auto place = [](const JobPtr &j) {
                return j->caller ? std::tuple(0, j->caller->edge->index, j->caller->key, j->caller->attempts)
                                 : std::tuple(1, 0u, j->childKey, 0u);
            };
            return place(a) < place(b);
        };
        std::stable_sort(lost.begin(), lost.end(), byCall);
        std::vector<JobPtr> told;
        for (const JobPtr &job : lost) {
            if (job->phase == Job::Calling)
                cancelOwnCalls(job);
            job->phase = !job->caller ? Job::Stopped : silent[job->instance] ? Job::Lost : Job::Dropped;
            if (job->phase == Job::Dropped)
                told.push_back(job);
        }
        for (const auto &[i, isSilent] : silent) {
            s.queues[i].clear();
            s.busy[i] = 0;
            s.lastEmpty[i] = m_now;
            s.codels[i] = Codel(s.spec->queueTarget, s.spec->queueInterval);
        }
        std::erase_if(s.live, [](const JobPtr &job) { return job->phase == Job::Done || job->phase == Job::Stopped; });
        return told;
    }

    // --- the rest
    Policy &policyOf(const CallPtr &c, std::size_t i)
    {
        auto &objects = c->edge->policies[i];
        return *objects[objects.size() == 1 ? 0 : c->process];
    }
    static PolicyCall viewOf(const CallPtr &c, std::size_t i)
    {
        return {reinterpret_cast<std::byte *>(c->state[i].data()), c->key, c->edge->random[i], c->ticket,
                c->retries};
    }
    void note(const CallPtr &c, std::size_t i) { noteOf(*c->edge, i, c->process); }
    void noteOf(Edge &edge, std::size_t i, std::uint32_t process)
    {
        std::vector<PolicyEvent> events;
        edge.policies[i][edge.policies[i].size() == 1 ? 0 : process]->takeEvents(events);
        for (const PolicyEvent &e : events) {
            ++m_result.transitions;
            std::uint32_t breaker = edge.firstBreaker + process;
            for (std::size_t j = 0; j < i; ++j)
                breaker += bandsOf(edge, j, edge.policies[j].size());
            if (edge.types[i]->judgesInstances)
                breaker += process * static_cast<std::uint32_t>(edge.target->queues.size() - 1) + e.part;
            m_result.fingerprint += fingerprintOfTransition(breaker, e.at, e.to);
        }
    }
    /// How many breakers, or instances judged, the record has of layer \a i.
    static std::uint32_t bandsOf(const Edge &edge, std::size_t i, std::size_t processes)
    {
        const std::size_t each = edge.types[i]->judgesInstances ? edge.target->queues.size()
            : edge.types[i]->isBreaker                          ? 1
                                                                : 0;
        return static_cast<std::uint32_t>(each * processes);
    }
    Edge &makeEdge(const std::string &name, const CallSpec &call, std::uint32_t processes)
    {
        auto edge = std::make_unique<Edge>();
        edge->name = name;
        edge->from = name.substr(0, name.find(" -> "));
        edge->stack = call.policies;
        edge->processes = processes;
        edge->index = static_cast<std::uint32_t>(m_edges.size());
        edge->firstBreaker = m_breakers;
        edge->copies = call.copies;
        edge->caller = name.substr(0, name.find(" -> "));
        edge->priority = call.priority;
        edge->endpoint = call.endpoint;
        for (std::size_t i = 0; i < m_scenario.services.size(); ++i)
            if (m_scenario.services[i].name == call.to)
                edge->target = m_services[i].get();
        if (const PolicyStackSpec *stack = m_scenario.findStack(call.policies)) {
            for (std::size_t l = 0; l < stack->layers.size(); ++l) {
                const PolicySpec &layer = stack->layers[l];
                edge->types.push_back(layer.type);
                edge->random.emplace_back(m_seed, "edge " + name + " layer " + std::to_string(l));
                auto &objects = edge->policies.emplace_back();
                for (std::uint32_t p = 0; p < (layer.type->perProcess ? processes : 1); ++p)
                    objects.push_back(layer.type->create(layer.settings.config()));
                for (const auto &policy : objects)
                    if (InstanceJudge *judge = policy->instanceJudge())
                        judge->setInstances(static_cast<std::uint32_t>(edge->target->queues.size()));
                m_breakers += bandsOf(*edge, l, processes);
            }
        }
        m_edges.push_back(std::move(edge));
        return *m_edges.back();
    }
    void makeOtherEdges(Edge &edge)
    {
        const PolicyStackSpec *stack = m_scenario.findStack(edge.stack);
        for (std::size_t l = 0; stack && l < stack->layers.size(); ++l) {
            const PolicySpec &layer = stack->layers[l];
            if (!layer.type->otherCall)
                continue;
            const OtherCall other = layer.type->otherCall(layer.settings.config());
            if (!other.to.empty())
                edge.others[l] = &makeEdge(edge.from + " -> " + other.to + " (fallback)", {.to = other.to, .policies = other.policies},
                                           edge.processes);
        }
    }
    void build()
    {
        for (const ServiceSpec &spec : m_scenario.services) {
            auto s = std::make_unique<Service>();
            s->spec = &spec;
            s->random = RandomStream(m_seed, "service " + spec.name);
            s->endpointRandom = RandomStream(m_seed, "endpoints of service " + spec.name);
            s->queues.resize(static_cast<std::size_t>(spec.instances));
            s->busy.resize(static_cast<std::size_t>(spec.instances));
            s->workers.assign(static_cast<std::size_t>(spec.instances), spec.workers);
            s->lastEmpty.resize(static_cast<std::size_t>(spec.instances));
            s->hasAlarm.resize(static_cast<std::size_t>(spec.instances));
            s->codels.assign(static_cast<std::size_t>(spec.instances), Codel(spec.queueTarget, spec.queueInterval));
            for (std::size_t i = 0; i < m_scenario.faults.size(); ++i)
                if (m_scenario.faults[i].on == spec.name)
                    s->faults.push_back(naiveFault(m_scenario, i, m_seed));
            for (const NaiveFault &f : s->faults)
                if (f.canCrash())
                    s->isDown.resize(static_cast<std::size_t>(spec.instances));
            m_services.push_back(std::move(s));
        }
        std::vector<Edge *> clientEdges;
        for (const ClientSpec &client : m_scenario.clients)
            clientEdges.push_back(&makeEdge(edgeName(client.name, client.calls[0]), client.calls[0],
                                            static_cast<std::uint32_t>(client.processes)));
        for (std::size_t i = 0; i < m_scenario.services.size(); ++i) {
            const ServiceSpec &spec = m_scenario.services[i];
            std::map<std::string, std::uint64_t> names;
            for (const CallSpec &call : spec.calls) {
                const std::string name = edgeName(spec.name, call);
                const std::uint64_t repeats = names[name]++;
                m_services[i]->calls.emplace_back(&makeEdge(name, call, static_cast<std::uint32_t>(spec.instances)),
                                                  hashText(name) + repeats * 0x9e3779b97f4a7c15u);
            }
        }
        for (std::size_t e = 0; e < m_edges.size(); ++e) // those that stand in for others; they may have some of their own
            makeOtherEdges(*m_edges[e]);
        for (const auto &s : m_services)
            for (NaiveFault &f : s->faults)
                faultBegins(*s, f);
        for (std::size_t i = 0; i < m_scenario.clients.size(); ++i) {
            const ClientSpec &client = m_scenario.clients[i];
            const RandomStream random(m_seed, "client " + client.name);
            if (client.arrivals.kind == ArrivalSpec::Kind::ClosedLoop) {
                usersBegin(client, *clientEdges[i], random);
                continue;
            }
            auto arrivals = std::make_shared<ArrivalSequence>(client.arrivals, random);
            arriveNext(client, *clientEdges[i], random, arrivals);
        }
        for (const auto &edge : m_edges)
            for (std::size_t i = 0; i < edge->types.size(); ++i)
                for (std::uint32_t object = 0; object < edge->policies[i].size(); ++object)
                    if (edge->types[i]->hasTimers)
                        attend(*edge, i, object);
    }
    void usersBegin(const ClientSpec &client, Edge &edge, RandomStream random)
    {
        auto begun = std::make_shared<std::int64_t>(0);
        for (std::uint64_t u = 0; u < static_cast<std::uint64_t>(client.arrivals.users); ++u) {
            const std::int64_t start = client.arrivals.startsAt.value_or(Duration(0)).count();
            userCalls(client, edge, random, u, 0, begun,
                      client.arrivals.pace ? start : start + client.arrivals.thinkTime.sample(random.draw(u, 0)).count());
        }
    }
    void userCalls(const ClientSpec &client, Edge &edge, RandomStream random, std::uint64_t u, std::uint64_t k,
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
    void arriveNext(const ClientSpec &client, Edge &edge, RandomStream random, std::shared_ptr<ArrivalSequence> arrivals)
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
    NaiveResult m_result;
};

} // namespace

NaiveResult runNaively(const Scenario &scenario, std::uint64_t seed)
{
    return World(scenario, seed).run();
}

} // namespace halfopen::test
