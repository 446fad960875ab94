// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/queueing_service.h"

#include "core/base/check.h"
#include "core/base/units.h"
#include "simulators/models/request_draws.h"

#include <algorithm>
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
    return {.kind = static_cast<OutcomeKind>(bits & 15),
            .status = static_cast<std::uint16_t>(bits >> 4 & 1023),
            .retryAfterMs = (bits >> 14) * 10};
}

Outcome tooLate()
{
    return {.kind = OutcomeKind::Rejected, .status = 503};
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

void QueueingService::setOwnCalls(std::vector<OwnCall> calls)
{
    m_ownCalls = std::move(calls);
    m_hasOwnCalls = !m_ownCalls.empty();
    m_endsWithDeadline = std::any_of(m_ownCalls.begin(), m_ownCalls.end(),
                                     [](const OwnCall &call) { return call.endsWithDeadline; });
    m_branches = 0;
    if (m_spec.callOrder == ServiceSpec::CallOrder::OneByOne)
        return;
    for (const OwnCall &call : m_ownCalls)
        m_branches += call.copies;
    switch (m_spec.join) {
    case ServiceSpec::Join::All:
        m_branchesNeeded = m_branches;
        break;
    case ServiceSpec::Join::Any:
        m_branchesNeeded = 1;
        break;
    case ServiceSpec::Join::Quorum:
        m_branchesNeeded = m_branches / 2 + 1;
        break;
    }
    if (m_spec.joinCount)
        m_branchesNeeded = static_cast<std::uint32_t>(std::min<std::int64_t>(*m_spec.joinCount, m_branches));
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

bool QueueingService::arrive(Instant now, std::uint32_t r, Outcome &answer)
{
    const Frame &frame = m_engine->frameOf(r);
    Request &request = m_engine->request(r);
    const std::uint64_t key = frame.key;
    const bool isFirst = frame.attempts == 1;
    ForeseenDraws draws = m_foreseen;
    if (__builtin_expect(key != draws.key || !isFirst, 0))
        draws = drawsOf(key, frame.attempts);
    ++m_count.arrivals;
    bool isAnswered = false;
    if (__builtin_expect(m_isUsual, 1) && m_usual->busy < m_usual->workers) {
        request.instance = 0;
        request.phase = Working;
        if (__builtin_expect(draws.coin < m_errorThreshold32 || m_faults.anyActive(), 0)) {
            request.coin = draws.coin;
            begin(now, {r, frame.edge, false, now.ns(), draws.work}, *m_usual);
        } else {
            startWork(now, r, draws.work, *m_usual, 0);
        }
    } else {
        isAnswered = arriveUnusually(now, r, draws, answer);
    }
    // The calls of one client come in the order of their numbers. What the next one will draw is worked out while nobody
    // waits for it: an event cannot be begun before the one that this draw makes is in its place.
    if (isFirst) {
        if (__builtin_expect(key == m_lastKey + 1, 1))
            m_foreseen = drawsOf(key + 1, 1);
        m_lastKey = key;
    }
    return isAnswered;
}

/// With a choice of instances, a queue, faults that meet arrivals, and so on.
bool QueueingService::arriveUnusually(Instant now, std::uint32_t r, const ForeseenDraws &draws, Outcome &answer)
{
    const Frame &frame = m_engine->frameOf(r);
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
            return true;
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

/// Kept by the network: the caller may be gone when it arrives, so that it carries what its draws need.
void QueueingService::hold(std::uint32_t r, Sender sender, Instant until)
{
    Request &request = m_engine->request(r);
    request.phase = Held;
    std::uint32_t index = m_freeHeld;
    if (index == ~0u) {
        index = static_cast<std::uint32_t>(m_held.size());
        m_held.emplace_back();
    } else {
        m_freeHeld = m_held[index].nextFree;
    }
    m_held[index] = {.sender = sender, .coin = request.coin};
    request.coin = index;
    m_engine->scheduleWork(r, until.ns());
}

void QueueingService::arriveLate(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    const HeldRequest held = m_held[request.coin];
    m_held[request.coin].nextFree = m_freeHeld;
    m_freeHeld = request.coin;
    request.coin = held.coin;
    if (request.phase == HeldAbandoned) {
        m_engine->drop(r);
        return;
    }
    request.phase = Queued;
    count(r, &ServiceBucket::arrivals, &EndpointTotals::arrivals);
    Outcome answer;
    const FaultDecision fault = m_faults.decide(
        kAtArrival, {static_cast<std::int64_t>(request.instance), held.sender.edge, held.coin, endpointOf(r)}, now);
    if (fault.refuse || fault.blackHole) {
        countRefused(r);
        request.phase = BlackHole;
        if (fault.refuse)
            m_engine->respond(r, fault.outcome);
        else if (!m_engine->callerWaits(r))
            m_engine->drop(r);
        return;
    }
    if (fault.heldUntil > now) {
        uncountArrival(r);
        hold(r, held.sender, fault.heldUntil);
        return;
    }
    const std::int64_t work = drawsOf(held.sender.key, held.sender.attempts).work;
    if (takeIn(now, r, held.sender, work, answer))
        m_engine->respond(r, answer);
}

void QueueingService::uncountArrival(std::uint32_t r)
{
    --m_count.arrivals;
    if (m_endpoints)
        --m_endpoints->count(r).arrivals;
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
        return true;
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
    ++instance.waiting;
    ++m_waiting;
    m_queuedNs -= now.ns();
    m_count.queueMax = std::max(m_count.queueMax, static_cast<std::uint32_t>(m_waiting));
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

void QueueingService::enqueue(Instant now, Instance &instance, WaitingRequest waiting)
{
    if (instance.waiting == 0)
        instance.lastEmptyNs = now.ns();
    waiting.isPatient = instance.lastEmptyNs >= now.ns() - m_spec.queueInterval.count();
    instance.lines[callerOf(waiting.edge).priority].push(waiting);
    if (m_spec.queueTimeout && instance.alarm == Frame::kNone)
        setAlarm(instance);
}

WaitingRequest QueueingService::takeByDiscipline(RequestLine &line)
{
    if (m_spec.discipline == ServiceSpec::Discipline::Lifo)
        return line.takeNewest();
    if (m_spec.discipline != ServiceSpec::Discipline::Random)
        return line.takeOldest();
    return line.takeAt(static_cast<std::uint32_t>(uniformIndex(m_random.draw(~m_taken++, kDrawTaken), line.length())));
}

/// Whether \a next, which has just left the queue, has waited too long to be worked on.
bool QueueingService::isTooLate(Instant now, const Instance &instance, const WaitingRequest &next)
{
    const Duration waited(now.ns() - next.arrivedNs);
    switch (m_spec.discipline) {
    case ServiceSpec::Discipline::Codel:
        return m_codels[static_cast<std::size_t>(&instance - m_instances.data())].shouldDrop(now, waited,
                                                                                            instance.waiting == 0);
    case ServiceSpec::Discipline::ControlledDelay:
        return waited > (next.isPatient ? m_spec.queueInterval : m_spec.queueTarget);
    case ServiceSpec::Discipline::DeadlineDrop:
        return !m_engine->callerWaits(next.request);
    default:
        return false;
    }
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

void QueueingService::dropFromQueue(Instant now, const WaitingRequest &waiting)
{
    m_engine->request(waiting.request).phase = Dropped;
    countRejected(waiting.request);
    if (m_count.log)
        m_count.log->push_back({waiting.arrivedNs, now.ns() - waiting.arrivedNs, 0, waiting.edge, true});
    if (m_dropped.empty()) {
        const std::uint32_t task = m_engine->newTask(m_dependency);
        m_engine->request(task).phase = Answers;
        m_engine->scheduleWork(task, now.ns());
    }
    m_dropped.push_back(waiting.request);
}

/// Answers those that waited too long, in an event of its own: who hears it may leave other requests or send new ones
/// at once, and nothing of this service is half done then.
void QueueingService::answerDropped(std::uint32_t task)
{
    m_engine->drop(task);
    std::vector<std::uint32_t> dropped;
    dropped.swap(m_dropped);
    for (const std::uint32_t r : dropped) {
        freeStory(m_engine->request(r));
        m_engine->respond(r, tooLate());
    }
}

/// One event per instance stands for all its queue timeouts: it is that of the oldest request.
void QueueingService::setAlarm(Instance &instance)
{
    const bool isOrdered = m_spec.discipline != ServiceSpec::Discipline::Random;
    std::int64_t oldest = INT64_MAX;
    for (const RequestLine &line : instance.lines)
        for (std::uint32_t place = 0; place < (isOrdered ? std::min(line.length(), 1u) : line.length()); ++place)
            oldest = std::min(oldest, line.at(place).arrivedNs);
    if (oldest == INT64_MAX)
        return;
    const std::uint32_t task = m_engine->newTask(m_dependency);
    m_engine->request(task).phase = Alarm;
    m_engine->request(task).instance = static_cast<std::uint16_t>((&instance - m_instances.data()) & 0xfff);
    instance.alarm = task;
    m_engine->scheduleWork(task, oldest + m_spec.queueTimeout->count());
}

void QueueingService::alarmRings(Instant now, std::uint32_t task)
{
    Instance &instance = m_instances[m_engine->request(task).instance];
    m_engine->drop(task);
    instance.alarm = Frame::kNone;
    const bool isOrdered = m_spec.discipline != ServiceSpec::Discipline::Random;
    for (RequestLine &line : instance.lines) {
        for (std::uint32_t place = 0; place < line.length();) {
            if (line.at(place).arrivedNs + m_spec.queueTimeout->count() > now.ns()) {
                if (isOrdered)
                    break; // all others came later
                ++place;
                continue;
            }
            const WaitingRequest expired = isOrdered ? line.takeOldest() : line.takeAt(place);
            Request &request = m_engine->request(expired.request);
            if (request.phase == Abandoned) {
                freeStory(request);
                m_engine->drop(expired.request);
                continue;
            }
            leaveQueue(now, instance);
            dropFromQueue(now, expired);
        }
    }
    setAlarm(instance);
}

// --- working

inline std::int64_t QueueingService::workOf(std::uint64_t bits) const
{
    return m_spec.serviceTime.sampleAtMost(bits, kWorkMaxNs);
}

inline QueueingService::ForeseenDraws QueueingService::drawsOf(std::uint64_t key, std::uint32_t attempt) const
{
    const std::uint64_t spread = m_random.spread(key);
    return {key, static_cast<std::uint32_t>(RandomStream::drawOf(spread, attempt * kDraws + kDrawCoin) >> 32),
            workOf(RandomStream::drawOf(spread, attempt * kDraws + kDrawWork))};
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
        const FaultDecision fault = m_faults.decide(
            kAtWork, {static_cast<std::int64_t>(request.instance), next.edge, coin, endpointOf(next.request)}, now);
        if (fault.slowdownPermille != 1000)
            work = static_cast<std::int64_t>(
                std::min<Wide>(static_cast<Wide>(work) * fault.slowdownPermille / 1000, kWorkMaxNs));
        work += fault.delay.count() + fault.delayPerRequest.count() * (instance.busy + 1);
        work = std::min(work, kWorkMaxNs);
        if (fault.workPermille != 1000)
            work = static_cast<std::int64_t>(static_cast<Wide>(work) * fault.workPermille / 1000);
        if (fault.fail)
            outcome = fault.outcome;
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

bool QueueingService::onWork(Instant now, std::uint32_t r, Outcome &answer)
{
    const Request &request = m_engine->request(r);
    // The usual end of work: nothing waits for the worker, and the answer is good and goes out at once.
    if (__builtin_expect(request.phase == Working && m_isUsual && request.coin == 0, 1)
        && m_usual->lines.front().isEmpty() && !m_faults.touchesAnswers()) {
        --m_usual->busy;
        --m_busy;
        m_busyNs += now.ns();
        ++m_count.completed;
        answer = {};
        return true;
    }
    return onWorkUnusually(now, r, answer);
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

void QueueingService::makeNextCall(std::uint32_t r)
{
    const std::uint32_t number = m_stories[m_engine->request(r).coin].callsMade++;
    const OwnCall &call = m_ownCalls[number];
    m_engine->callOn(call.edge, r, mix64(m_stories[m_engine->request(r).coin].key ^ call.salt),
                     static_cast<std::uint16_t>(m_engine->request(r).instance));
}

/// What went wrong below is an error to the caller above.
static Outcome failedBelow(Outcome below)
{
    return {.kind = OutcomeKind::Error,
            .status = static_cast<std::uint16_t>(below.kind == OutcomeKind::Timeout ? 504 : 502)};
}

void QueueingService::onCallReturned(Instant now, std::uint32_t r, Outcome outcome)
{
    if (m_branches > 0) {
        branchReturned(now, r, outcome);
        return;
    }
    Story &story = m_stories[m_engine->request(r).coin];
    if (isGood(outcome.kind) && story.callsMade < m_ownCalls.size()) {
        if (!m_endsWithDeadline || !stopsBeforeCalls(now, r))
            makeNextCall(r);
        return;
    }
    if (!isGood(outcome.kind))
        story.outcome = failedBelow(outcome);
    if (endOfWork(now, r))
        giveAnswer(r);
}

// --- calls made at once

void QueueingService::makeAllCalls(Instant now, std::uint32_t r)
{
    const std::uint32_t index = m_engine->request(r).coin;
    const std::uint16_t instance = m_engine->request(r).instance;
    m_stories[index].isSettling = true; // some may return before all are made
    for (const OwnCall &call : m_ownCalls) {
        const std::uint64_t base = mix64(m_stories[index].key ^ call.salt);
        for (std::uint32_t copy = 0; copy < call.copies; ++copy) {
            const std::uint32_t branch = m_engine->newTask(m_dependency);
            Request &task = m_engine->request(branch);
            task.phase = Branch;
            task.coin = r;
            task.instance = instance & 0xfff;
            task.frame = m_stories[index].firstBranch;
            m_stories[index].firstBranch = branch;
            const std::uint64_t key = call.copies == 1 ? base : (base >> kCopyBits << kCopyBits | copy);
            m_engine->callOn(call.edge, branch, key, instance);
        }
    }
    m_stories[index].isSettling = false;
    judgeBranches(now, r);
}

void QueueingService::branchReturned(Instant now, std::uint32_t branch, Outcome outcome)
{
    Request &task = m_engine->request(branch);
    const std::uint32_t r = task.coin;
    task.phase = BranchDone;
    Story &story = m_stories[m_engine->request(r).coin];
    if (isGood(outcome.kind)) {
        ++story.endedWell;
    } else {
        ++story.endedBadly;
        story.lastBad = outcome;
    }
    if (!story.isSettling)
        judgeBranches(now, r);
}

void QueueingService::judgeBranches(Instant now, std::uint32_t r)
{
    Story &story = m_stories[m_engine->request(r).coin];
    if (story.endedWell < m_branchesNeeded) {
        if (story.endedWell + (m_branches - story.endedWell - story.endedBadly) >= m_branchesNeeded)
            return; // enough can still end well
        story.outcome = failedBelow(story.lastBad);
    }
    dropBranches(r);
    if (endOfWork(now, r))
        giveAnswer(r);
}

/// Cancels the calls that are still under way and forgets all branches, the last made first.
void QueueingService::dropBranches(std::uint32_t r)
{
    const std::uint32_t index = m_engine->request(r).coin;
    m_stories[index].isSettling = true; // a cancelled call may make room that lets another one return
    std::uint32_t branch = m_stories[index].firstBranch;
    while (branch != Frame::kNone) {
        const std::uint32_t next = m_engine->request(branch).frame;
        if (m_engine->request(branch).phase == Branch)
            m_engine->cancelCallsOf(branch);
        m_engine->drop(branch);
        branch = next;
    }
    m_stories[index].firstBranch = Frame::kNone;
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

// --- leaving

void QueueingService::onCallerLeft(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    if (request.phase == BlackHole) {
        m_engine->drop(r);
        return;
    }
    if (m_spec.keepsWorkingForDepartedCallers) {
        if (__builtin_expect(m_endsWithDeadline && request.phase == Calling, 0))
            deadlinePassed(now, r);
        return;
    }
    Instance &instance = m_instances[request.instance];
    const auto phase = static_cast<Phase>(request.phase);
    if (phase == Dropped)
        return;
    if (phase == Sending) {
        request.phase = Abandoned;
        m_engine->workStops(r);
        return;
    }
    if (phase == Held) {
        request.phase = HeldAbandoned;
        return;
    }
    if (phase == Queued) {
        request.phase = Abandoned;
        countAbandoned(r);
        --instance.waiting;
        --m_waiting;
        m_queuedNs += now.ns();
        m_engine->workStops(r);
        return;
    }
    giveUp(now, r, phase == Calling ? Owed::Calls : Owed::Event);
}

/// Frees the worker of a request that nobody waits for.
void QueueingService::giveUp(Instant now, std::uint32_t r, Owed owed)
{
    if (owed == Owed::Calls) {
        if (m_branches > 0)
            dropBranches(r);
        else
            m_engine->cancelCallsOf(r);
    }
    Instance &instance = m_instances[m_engine->request(r).instance];
    countAbandoned(r);
    m_engine->request(r).phase = Abandoned;
    --instance.busy;
    --m_busy;
    m_busyNs += now.ns();
    if (owed != Owed::Event) {
        freeStory(m_engine->request(r));
        m_engine->drop(r);
    } else {
        m_engine->workStops(r);
    }
    beginNext(now, instance);
}

// --- pauses: ServicePace knows when, and has already moved the end of the work under way

void QueueingService::pauseBegins(std::uint32_t task)
{
    Request &request = m_engine->request(task);
    request.phase = Resuming;
    m_instances[request.instance].isPausing = true;
    setWorkers(m_engine->now(), request.instance);
    m_engine->scheduleWork(task, m_pace->nextPause(request.instance).toNs);
}

void QueueingService::pauseEnds(Instant now, std::uint32_t task)
{
    Request &request = m_engine->request(task);
    const std::size_t i = request.instance;
    request.phase = Pausing;
    m_pace->pauseEnded(i);
    m_engine->scheduleWork(task, m_pace->nextPause(i).fromNs);
    m_instances[i].isPausing = false;
    setWorkers(now, i);
    beginNext(now, m_instances[i]);
}

// --- deadlines that travel with the calls

/// Gives up a request whose next own calls would be for a caller who has left. False if they are to be made.
bool QueueingService::stopsBeforeCalls(Instant now, std::uint32_t r)
{
    const std::size_t next = m_branches > 0 ? 0 : m_stories[m_engine->request(r).coin].callsMade;
    if (m_engine->callerWaits(r) || (m_branches == 0 && !m_ownCalls[next].endsWithDeadline))
        return false;
    ++m_count.stoppedByDeadline;
    giveUp(now, r, Owed::Nothing);
    return true;
}

/// The caller of a request whose own calls are under way has left.
void QueueingService::deadlinePassed(Instant now, std::uint32_t r)
{
    const std::uint32_t made = m_stories[m_engine->request(r).coin].callsMade;
    if (m_branches > 0 || m_ownCalls[made - 1].endsWithDeadline) {
        ++m_count.stoppedByDeadline;
        giveUp(now, r, Owed::Calls);
    }
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
