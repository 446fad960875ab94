// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/queueing_service.h"

#include "core/base/check.h"
#include "core/base/units.h"
#include "simulators/models/request_draws.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

namespace halfopen {

namespace {

// An outcome in the 32 bits of Request::coin: kind, status, and retry-after in steps of 10 ms.
std::uint32_t pack(Outcome o)
{
    const std::uint32_t wait = std::min<std::uint32_t>((o.retryAfterMs + 9) / 10, (1u << 18) - 1);
    return static_cast<std::uint32_t>(o.kind) | static_cast<std::uint32_t>(o.status & 1023) << 4 | wait << 14;
}

Outcome unpack(std::uint32_t bits)
{
    static_assert(sizeof(Outcome) == 8 && offsetof(Outcome, kind) == 0 && offsetof(Outcome, status) == 2
                  && offsetof(Outcome, retryAfterMs) == 4);
    // As the one word that it is stored and read as: of three parts it would have to wait for three stores.
    if constexpr (std::endian::native == std::endian::little)
        return std::bit_cast<Outcome>(std::uint64_t(bits & 15) | std::uint64_t(bits >> 4 & 1023) << 16
                                      | std::uint64_t(bits >> 14) * 10 << 32);
    return {.kind = static_cast<OutcomeKind>(bits & 15),
            .status = static_cast<std::uint16_t>(bits >> 4 & 1023),
            .retryAfterMs = (bits >> 14) * 10};
}

/// Of the share of requests that `error_rate` lets fail.
Outcome ownError()
{
    return {.kind = OutcomeKind::Error, .status = 500};
}

} // namespace

QueueingService::QueueingService(const ServiceSpec &spec, std::uint32_t index, const Scenario &scenario,
                                 std::uint64_t seed, Recorder &recorder)
    : m_spec(spec), m_random(seed, "service " + spec.name), m_count(recorder.service(index)),
      m_faults(scenario, spec, seed, Instant(recorder.record().duration)), m_queuePlaces(spec.queue),
      m_isPlainQueue(spec.discipline == ServiceSpec::Discipline::Fifo && !spec.queueTimeout),
      m_instances(static_cast<std::size_t>(spec.instances)),
      m_errorThreshold32(static_cast<std::uint64_t>(spec.errorRate * 4294967296.0 + 0.5))
{
    m_oneInstance = m_instances.size() == 1;
    for (Instance &instance : m_instances)
        instance.workers = spec.workers;
    if (m_faults.canCrash())
        m_isDown.resize(m_instances.size());
    if (spec.discipline == ServiceSpec::Discipline::Codel)
        m_codels.assign(m_instances.size(), Codel(spec.queueTarget, spec.queueInterval));
    if (ServicePace::isWanted(spec))
        m_pace = std::make_unique<ServicePace>(spec, seed);
    if (ServiceEndpoints::isWanted(spec)) {
        m_endpoints = std::make_unique<ServiceEndpoints>(spec, index, seed, recorder.record());
        m_errorThreshold32 = m_endpoints->errorThresholdMax32();
        m_count.isDetailed = true;
    }
}

void QueueingService::start()
{
    m_faults.start(*m_engine, m_dependency);
    seeIfUsual();
    if (!m_pace || !m_pace->hasPauses())
        return;
    for (std::size_t i = 0; i < m_instances.size(); ++i) {
        const std::uint32_t task = m_engine->newTask(m_dependency);
        m_engine->request(task).phase = Pausing;
        m_engine->request(task).instance = static_cast<std::uint16_t>(i & 0xfff);
        m_engine->scheduleWork(task, m_pace->nextPause(i).fromNs);
    }
}

void QueueingService::setCallers(std::uint32_t edge, Caller caller)
{
    if (caller.priority == 0 && caller.copies == 1 && !caller.endsWithDeadline)
        return;
    if (m_callers.size() <= edge)
        m_callers.resize(edge + 1);
    caller.isJudged = m_callers[edge].isJudged;
    m_callers[edge] = caller;
    m_priorities = std::max(m_priorities, std::size_t(caller.priority) + 1);
    m_isPlainQueue = m_isPlainQueue && m_priorities == 1 && !caller.endsWithDeadline;
    for (Instance &instance : m_instances)
        instance.lines.resize(m_priorities);
}

// --- arriving

inline std::size_t QueueingService::chooseInstance(const Frame &frame)
{
    const std::size_t n = m_instances.size();
    if (__builtin_expect(!m_callers.empty(), 0)) {
        const Caller caller = callerOf(frame.edge);
        if (caller.isJudged && m_engine->passesOverAny(frame))
            return chooseJudged(frame);
        const std::size_t chosen = caller.copies > 1 && caller.copies <= n ? chooseForCopy(frame) : chooseAny(frame);
        if (caller.isJudged)
            m_engine->noteInstance(frame, static_cast<std::uint32_t>(chosen));
        return chosen;
    }
    return chooseAny(frame);
}

inline std::size_t QueueingService::chooseAny(const Frame &frame)
{
    const std::size_t n = m_instances.size();
    const auto bits = [&] { return m_random.draw(frame.key, frame.attempts * kDraws + kDrawInstance); };
    switch (m_spec.balancing) {
    case ServiceSpec::Balancing::RoundRobin: {
        const std::size_t chosen = m_nextInstance;
        m_nextInstance = chosen + 1 == n ? 0 : chosen + 1;
        return chosen;
    }
    case ServiceSpec::Balancing::Random:
        return static_cast<std::size_t>(uniformIndex(bits(), n));
    case ServiceSpec::Balancing::LeastRequests:
        return leastOfAll(bits());
    case ServiceSpec::Balancing::PowerOfTwoChoices:
        return leastOfSome(bits());
    }
    return 0;
}

/// Copy number j goes to the j-th instance of an order that is drawn for all copies together.
std::size_t QueueingService::chooseForCopy(const Frame &frame) const
{
    constexpr std::uint64_t kCopyMask = (std::uint64_t(1) << kCopyBits) - 1;
    const std::uint64_t group = frame.key & ~kCopyMask;
    DistinctIndices order(m_random.draw(group, frame.attempts * kDraws + kDrawInstance), m_instances.size());
    std::uint64_t chosen = order.next();
    for (std::uint64_t j = frame.key & kCopyMask; j > 0; --j)
        chosen = order.next();
    return static_cast<std::size_t>(chosen);
}

/// The instance with the fewest requests; among equals each is as likely.
std::size_t QueueingService::leastOfAll(std::uint64_t bits) const
{
    std::int64_t least = loadOf(0);
    std::uint64_t equals = 1;
    for (std::size_t i = 1; i < m_instances.size(); ++i) {
        const std::int64_t load = loadOf(i);
        equals = load < least ? 1 : equals + (load == least ? 1 : 0);
        least = std::min(least, load);
    }
    std::uint64_t skip = uniformIndex(bits, equals);
    for (std::size_t i = 0;; ++i)
        if (loadOf(i) == least && skip-- == 0)
            return i;
}

/// The one with the fewest requests among a few different ones that are drawn; the first drawn among equals.
std::size_t QueueingService::leastOfSome(std::uint64_t bits) const
{
    const std::size_t n = m_instances.size();
    DistinctIndices drawn(bits, n);
    auto best = static_cast<std::size_t>(drawn.next());
    for (std::int64_t c = 1; c < std::min<std::int64_t>(m_spec.choices, static_cast<std::int64_t>(n)); ++c) {
        const auto other = static_cast<std::size_t>(drawn.next());
        if (loadOf(other) < loadOf(best))
            best = other;
    }
    return best;
}

bool QueueingService::arrive(Instant now, std::uint32_t r, const Frame &caller, Outcome &answer)
{
    const std::uint64_t key = caller.key;
    if (__builtin_expect(key != m_foreseen.key || caller.attempts != 1, 0))
        return arriveUnforeseen(now, r, caller, answer);
    ++m_count.arrivals;
    const bool isAnswered = arriveWith(now, r, caller, m_foreseen, answer);
    // The calls of one client come in the order of their numbers. What the next one will draw is worked out while nobody
    // waits for it: an event cannot be begun before the one that this draw makes is in its place.
    foresee(key + 1);
    return isAnswered;
}

/// A repeated attempt, or one that is not the next of the client whose draws were worked out.
bool QueueingService::arriveUnforeseen(Instant now, std::uint32_t r, const Frame &caller, Outcome &answer)
{
    const std::uint64_t key = caller.key;
    const bool isFirst = caller.attempts == 1;
    ++m_count.arrivals;
    const bool isAnswered = arriveWith(now, r, caller, drawsOf(key, caller.attempts), answer);
    if (isFirst) {
        if (key == m_lastKey + 1)
            foresee(key + 1);
        m_lastKey = key;
    }
    return isAnswered;
}

[[gnu::always_inline]] inline bool QueueingService::arriveWith(Instant now, std::uint32_t r, const Frame &caller,
                                                               const ForeseenDraws &draws, Outcome &answer)
{
    if (__builtin_expect(!m_isUsual, 0))
        return arriveUnusually(now, r, caller, draws, answer);
    if (m_usual->busy >= m_usual->workers)
        return waitUsually(now, r, caller, draws, answer);
    Request &request = m_engine->request(r);
    request.instance = 0;
    request.phase = Working;
    if (__builtin_expect(draws.coin < m_errorThreshold32 || m_faults.anyActive(), 0)) {
        request.coin = draws.coin;
        begin(now, {r, caller.edge, false, now.ns(), draws.work}, *m_usual);
    } else {
        startWork(now, r, draws.work, *m_usual, 0);
    }
    return false;
}

/// In the usual world while no worker is free: what takeIn() comes to there.
bool QueueingService::waitUsually(Instant now, std::uint32_t r, const Frame &caller, const ForeseenDraws &draws, Outcome &answer)
{
    if (__builtin_expect(m_usual->waiting >= m_queuePlaces, 0))
        return arriveUnusually(now, r, caller, draws, answer);
    Request &request = m_engine->request(r);
    request.instance = 0;
    request.phase = Queued;
    request.coin = draws.coin;
    m_usual->lines.front().push({r, caller.edge, false, now.ns(), draws.work});
    joinQueue(now, *m_usual);
    return false;
}

/// With a choice of instances, a queue, faults that meet arrivals, and so on.
bool QueueingService::arriveUnusually(Instant now, std::uint32_t r, const Frame &frame, const ForeseenDraws &draws, Outcome &answer)
{
    Request &request = m_engine->request(r);
    if (__builtin_expect(m_endpoints != nullptr, 0))
        m_endpoints->arrives(r, frame.edge, frame.key);
    const std::size_t chosen = m_oneInstance ? 0 : chooseInstance(frame);
    request.instance = static_cast<std::uint16_t>(chosen & 0xfff);
    request.phase = Queued;
    request.coin = draws.coin;
    if (m_faults.touchesArrivals()) {
        const FaultDecision fault =
            m_faults.decide(kAtArrival, {static_cast<std::int64_t>(chosen), frame.edge, draws.coin, endpointOf(r)}, now);
        if (fault.refuse) {
            countRefused(r);
            answer = fault.outcome;
            return !losesRefusal(now, r);
        }
        if (fault.blackHole) {
            countRefused(r);
            request.phase = BlackHole;
            return false;
        }
        if (fault.heldUntil > now) {
            uncountArrival(r); // it arrives then
            hold(r, {.key = frame.key, .attempts = frame.attempts, .edge = frame.edge}, fault.heldUntil);
            return false;
        }
    }
    return takeIn(now, r, {.key = frame.key, .attempts = frame.attempts, .edge = frame.edge}, draws.work, answer);
}

bool QueueingService::takeIn(Instant now, std::uint32_t r, Sender sender, std::int64_t work, Outcome &answer)
{
    Request &request = m_engine->request(r);
    Instance &instance = m_instances[request.instance];
    const bool workerFree = instance.busy < instance.workers;
    if (!workerFree && instance.waiting >= m_queuePlaces) {
        countRejected(r);
        if (m_faults.anyActive()
            && m_faults
                   .decide(kAtFullQueue,
                           {static_cast<std::int64_t>(request.instance), sender.edge, request.coin, endpointOf(r)}, now)
                   .losesRejection) {
            request.phase = BlackHole;
            if (!m_engine->callerWaits(r))
                m_engine->drop(r);
            return false;
        }
        answer = {.kind = OutcomeKind::Rejected, .status = 503};
        return !losesRefusal(now, r);
    }
    if (__builtin_expect(m_endpoints != nullptr, 0))
        work = m_endpoints->workOf(r, m_random.draw(sender.key, sender.attempts * kDraws + kDrawWork));
    if (__builtin_expect(m_hasOwnCalls, 0))
        request.coin = newStory({.key = sender.key + sender.attempts * 0x9e3779b97f4a7c15u, .coin = request.coin});
    const WaitingRequest waiting{r, sender.edge, false, now.ns(), work};
    if (workerFree) {
        if (__builtin_expect(!m_isPlainQueue, 0) && instance.waiting == 0)
            instance.lastEmptyNs = now.ns();
        begin(now, waiting, instance);
        return false;
    }
    if (__builtin_expect(m_isPlainQueue, 1))
        instance.lines.front().push(waiting);
    else
        enqueue(now, instance, waiting);
    joinQueue(now, instance);
    return false;
}

std::uint32_t QueueingService::newStory(Story story)
{
    const std::uint32_t index = m_freeStory;
    if (index == ~0u) {
        m_stories.push_back(story);
        return static_cast<std::uint32_t>(m_stories.size() - 1);
    }
    m_freeStory = m_stories[index].nextFree;
    m_stories[index] = story;
    return index;
}

// --- waiting

WaitingRequest QueueingService::takeByDiscipline(RequestLine &line)
{
    if (m_spec.discipline == ServiceSpec::Discipline::Lifo)
        return line.takeNewest();
    if (m_spec.discipline != ServiceSpec::Discipline::Random)
        return line.takeOldest();
    return line.takeAt(static_cast<std::uint32_t>(uniformIndex(m_random.draw(~m_taken++, kDrawTaken), line.length())));
}

/// Counts one more that waits. leaveQueue() is its end.
inline void QueueingService::joinQueue(Instant now, Instance &instance)
{
    ++instance.waiting;
    ++m_waiting;
    m_queuedNs -= now.ns();
    m_count.queueMax = std::max(m_count.queueMax, static_cast<std::uint32_t>(m_waiting));
}

void QueueingService::leaveQueue(Instant now, Instance &instance)
{
    --instance.waiting;
    --m_waiting;
    m_queuedNs += now.ns();
    if (instance.waiting == 0)
        instance.lastEmptyNs = now.ns();
}

bool QueueingService::takeNext(Instant now, Instance &instance, WaitingRequest &next)
{
    for (RequestLine &line : instance.lines) {
        while (!line.isEmpty()) {
            next = takeByDiscipline(line);
            Request &request = m_engine->request(next.request);
            if (request.phase == Abandoned) {
                freeStory(request);
                m_engine->drop(next.request);
                continue;
            }
            leaveQueue(now, instance);
            if (__builtin_expect(m_isPlainQueue, 1))
                return true;
            if (callerOf(next.edge).endsWithDeadline && !m_engine->callerWaits(next.request)) {
                countAbandoned(next.request);
                ++m_count.stoppedByDeadline;
                freeStory(request);
                m_engine->drop(next.request);
                continue;
            }
            if (!isTooLate(now, instance, next))
                return true;
            dropFromQueue(now, next);
        }
    }
    return false;
}

// --- working

inline std::int64_t QueueingService::workOf(std::uint64_t bits) const
{
    return m_spec.serviceTime.sampleAtMost(bits, kWorkMaxNs);
}

QueueingService::ForeseenDraws QueueingService::drawsOf(std::uint64_t key, std::uint32_t attempt) const
{
    const std::uint64_t spread = m_random.spread(key);
    return {key, static_cast<std::uint32_t>(RandomStream::drawOf(spread, attempt * kDraws + kDrawCoin) >> 32),
            workOf(RandomStream::drawOf(spread, attempt * kDraws + kDrawWork))};
}

/// Straight into its place, word by word as it is read: an object that comes back by way of the stack is copied in pieces of
/// 16 bytes, and a load of two stores waits until both have left the processor.
[[gnu::always_inline]] inline void QueueingService::foresee(std::uint64_t key)
{
    const std::uint64_t spread = m_random.spread(key);
    m_foreseen.key = key;
    m_foreseen.coin = static_cast<std::uint32_t>(RandomStream::drawOf(spread, kDraws + kDrawCoin) >> 32);
    m_foreseen.work = workOf(RandomStream::drawOf(spread, kDraws + kDrawWork));
}

/// The usual world has one instance, a plain queue, no endpoints, no own calls, no pace of its own and no fault that meets
/// arrivals: then arrive() has a short way.
void QueueingService::seeIfUsual()
{
    m_isUsual = m_oneInstance && m_isPlainQueue && !m_hasOwnCalls && !m_pace && !m_endpoints && !m_faults.touchesArrivals()
        && !m_count.isDetailed;
    m_usual = m_instances.data();
}

inline std::uint32_t QueueingService::coinOf(const Request &request) const
{
    return m_hasOwnCalls ? m_stories[request.coin].coin : request.coin;
}

inline Outcome QueueingService::outcomeOf(const Request &request) const
{
    if (__builtin_expect(m_hasOwnCalls, 0))
        return m_stories[request.coin].outcome;
    return __builtin_expect(request.coin == 0, 1) ? Outcome() : unpack(request.coin);
}

inline void QueueingService::begin(Instant now, const WaitingRequest &next, Instance &instance)
{
    std::int64_t work = next.workNs;
    Request &request = m_engine->request(next.request);
    const std::uint32_t coin = coinOf(request);
    Outcome outcome;
    if (__builtin_expect(coin < m_errorThreshold32, 0) && (!m_endpoints || m_endpoints->fails(next.request, coin)))
        outcome = ownError();
    if (__builtin_expect(m_faults.anyActive(), 0)) {
        if (const FaultSchedule::PlainError *error = m_faults.plainError())
            outcome = error->hits(coin) ? error->outcome : outcome;
        else
            work = meetFaults(now, next, coin, work, instance, outcome);
    }
    if (__builtin_expect(m_pace != nullptr, 0))
        work = m_pace->timeFor(now, request.instance, instance.busy + 1, work);
    request.phase = Working;
    std::uint32_t kept = pack(outcome);
    if (m_hasOwnCalls) {
        m_stories[request.coin].outcome = outcome;
        kept = request.coin;
    }
    startWork(now, next.request, work, instance, kept);
    if (__builtin_expect(m_count.isDetailed, 0))
        noteBegin(now, next, work);
}

/// What the faults that are active make of the \a work on \a next and of its \a outcome.
std::int64_t QueueingService::meetFaults(Instant now, const WaitingRequest &next, std::uint32_t coin, std::int64_t work,
                                         const Instance &instance, Outcome &outcome)
{
    const auto place = static_cast<std::int64_t>(m_engine->request(next.request).instance);
    const FaultDecision fault = m_faults.decide(kAtWork, {place, next.edge, coin, endpointOf(next.request)}, now);
    if (fault.slowdownPermille != 1000)
        work = static_cast<std::int64_t>(
            std::min<Wide>(static_cast<Wide>(work) * fault.slowdownPermille / 1000, kWorkMaxNs));
    work += fault.delay.count() + fault.delayPerRequest.count() * (instance.busy + 1);
    work = std::min(work, kWorkMaxNs);
    if (fault.workPermille != 1000)
        work = static_cast<std::int64_t>(static_cast<Wide>(work) * fault.workPermille / 1000);
    if (fault.fail)
        outcome = fault.outcome;
    return work;
}

/// A worker is on it from now on. \a coin goes into Request::coin.
[[gnu::always_inline]] inline void QueueingService::startWork(Instant now, std::uint32_t r, std::int64_t work, Instance &instance,
                                                              std::uint32_t coin)
{
    ++instance.busy;
    ++m_busy;
    m_busyNs -= now.ns();
    m_engine->request(r).coin = coin;
    m_count.service.record(work);
    m_engine->scheduleWork(r, now.ns() + work);
}

/// What only some runs want to know of a request that a worker takes.
void QueueingService::noteBegin(Instant now, const WaitingRequest &next, std::int64_t work)
{
    const std::int64_t wait = now.ns() - next.arrivedNs;
    if (m_endpoints)
        m_endpoints->begins(now, next.request, next.arrivedNs, work);
    if (m_count.log)
        m_count.log->push_back({next.arrivedNs, wait, work, next.edge, false});
    if (m_hasOwnCalls)
        m_stories[m_engine->request(next.request).coin].arrivedNs = next.arrivedNs;
    else if (m_count.keepsSojourn)
        m_count.sojourn.record(wait + work);
}

void QueueingService::noteEnd(Instant now, std::uint32_t r)
{
    if (m_endpoints)
        m_endpoints->ends(now, r);
    if (m_hasOwnCalls && m_count.keepsSojourn)
        m_count.sojourn.record(now.ns() - m_stories[m_engine->request(r).coin].arrivedNs);
}

void QueueingService::beginNext(Instant now, Instance &instance)
{
    WaitingRequest next;
    while (instance.busy < instance.workers && takeNext(now, instance, next)) {
        m_count.wait.record(now.ns() - next.arrivedNs);
        begin(now, next, instance);
    }
}

/// beginNext() of the usual world: its line is not empty.
void QueueingService::beginOldest(Instant now)
{
    RequestLine &line = m_usual->lines.front();
    while (m_usual->busy < m_usual->workers) {
        const WaitingRequest next = line.takeOldest();
        if (__builtin_expect(m_engine->request(next.request).phase == Abandoned, 0)) {
            m_engine->drop(next.request);
        } else {
            leaveQueue(now, *m_usual);
            m_count.wait.record(now.ns() - next.arrivedNs);
            begin(now, next, *m_usual);
        }
        if (line.isEmpty())
            return;
    }
}

bool QueueingService::onWork(Instant now, std::uint32_t r, Outcome &answer)
{
    const Request &request = m_engine->request(r);
    // The usual end of work: the answer goes out at once.
    if (__builtin_expect(request.phase != Working || !m_isUsual || m_faults.touchesAnswers(), 0))
        return onWorkUnusually(now, r, answer);
    const std::uint32_t outcome = request.coin;
    --m_usual->busy;
    --m_busy;
    m_busyNs += now.ns();
    ++m_count.completed;
    if (!m_usual->lines.front().isEmpty())
        beginOldest(now);
    answer = {};
    if (__builtin_expect(outcome != 0, 0)) {
        answer = unpack(outcome);
        m_count.failed += isGood(answer.kind) ? 0 : 1;
    }
    return true;
}

bool QueueingService::onWorkUnusually(Instant now, std::uint32_t r, Outcome &answer)
{
    const Request &request = m_engine->request(r);
    if (request.phase != Working) {
        onOtherEvent(now, r);
        return false;
    }
    if (m_hasOwnCalls && isGood(m_stories[request.coin].outcome.kind)) {
        if (m_endsWithDeadline && stopsBeforeCalls(now, r))
            return false;
        m_engine->request(r).phase = Calling;
        if (m_branches > 0)
            makeAllCalls(now, r);
        else
            makeNextCall(r);
        return false;
    }
    if (!endOfWork(now, r))
        return false;
    answer = takeAnswer(r);
    return true;
}

/// An event that is not the end of a request's work.
void QueueingService::onOtherEvent(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    switch (static_cast<Phase>(request.phase)) {
    case Held:
    case HeldAbandoned:
        return arriveLate(now, r);
    case Abandoned: // its worker went on to other work when the caller left
        freeStory(request);
        m_engine->drop(r);
        return;
    case Alarm:
        return alarmRings(now, r);
    case Answers:
        return answerDropped(r);
    case Sending:
        return giveAnswer(r);
    case Pausing:
        return pauseBegins(r);
    case Resuming:
        return pauseEnds(now, r);
    default:
        HALFOPEN_CHECK(!"an event of a request that waits for none");
    }
}

/// Its worker is free again. False if the answer must wait.
inline bool QueueingService::endOfWork(Instant now, std::uint32_t r)
{
    Instance &instance = m_instances[m_engine->request(r).instance];
    --instance.busy;
    --m_busy;
    m_busyNs += now.ns();
    ++m_count.completed;
    if (__builtin_expect(m_count.isDetailed, 0))
        noteEnd(now, r);
    if (!instance.lines.front().isEmpty() || m_priorities > 1)
        beginNext(now, instance);
    return !m_faults.touchesAnswers() || !keepsAnswer(now, r);
}

void QueueingService::endOfCalls(Instant now, std::uint32_t r)
{
    if (endOfWork(now, r))
        giveAnswer(r);
}

inline Outcome QueueingService::takeAnswer(std::uint32_t r)
{
    const Request &request = m_engine->request(r);
    const Outcome outcome = outcomeOf(request);
    if (!isGood(outcome.kind))
        countFailed(r);
    freeStory(request);
    return outcome;
}

void QueueingService::giveAnswer(std::uint32_t r)
{
    if (!m_engine->respond(r, takeAnswer(r)))
        onLateAnswer();
}

void QueueingService::settle(Instant now)
{
    const std::int64_t busy = m_busyNs + m_busy * now.ns();
    const std::int64_t queued = m_queuedNs + m_waiting * now.ns();
    m_count.waitingNow = static_cast<std::uint32_t>(m_waiting);
    // Whoever a worker takes is recorded in one histogram, and in another if it had to wait.
    m_count.started = static_cast<decltype(m_count.started)>(m_count.service.count());
    m_count.waitedNot = m_count.started - m_count.wait.count();
    m_count.busyNs += busy - m_busyToldNs;
    m_count.queuedNs += queued - m_queuedToldNs;
    m_busyToldNs = busy;
    m_queuedToldNs = queued;
}

} // namespace halfopen
