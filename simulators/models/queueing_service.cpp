// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/queueing_service.h"

#include "core/base/check.h"
#include "core/base/units.h"

#include <algorithm>

namespace halfopen {

namespace {

// Draw numbers of one attempt: attempt * kDraws + which.
constexpr std::uint32_t kDraws = 4;
constexpr std::uint32_t kDrawWork = 0;
constexpr std::uint32_t kDrawCoin = 1;
constexpr std::uint32_t kDrawInstance = 2;

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

} // namespace

QueueingService::QueueingService(const ServiceSpec &spec, std::uint32_t index, const Scenario &scenario,
                                 std::uint64_t seed, Recorder &recorder)
    : m_spec(spec), m_random(seed, "service " + spec.name), m_count(recorder.service(index)),
      m_faults(scenario, spec.name, seed), m_workers(spec.workers), m_queuePlaces(spec.queue),
      m_instances(static_cast<std::size_t>(spec.instances)),
      m_errorThreshold32(static_cast<std::uint64_t>(spec.errorRate * 4294967296.0 + 0.5))
{
    m_oneInstance = m_instances.size() == 1;
    for (Instance &instance : m_instances)
        instance.queue.resize(16);
}

// --- arriving

inline std::size_t QueueingService::chooseInstance(const Frame &frame)
{
    const std::size_t n = m_instances.size();
    switch (m_spec.balancing) {
    case ServiceSpec::Balancing::RoundRobin: {
        const std::size_t chosen = m_nextInstance;
        m_nextInstance = chosen + 1 == n ? 0 : chosen + 1;
        return chosen;
    }
    case ServiceSpec::Balancing::Random:
        return static_cast<std::size_t>(
            static_cast<UnsignedWide>(m_random.draw(frame.key, frame.attempts * kDraws + kDrawInstance)) * n >> 64);
    case ServiceSpec::Balancing::LeastRequests: {
        std::size_t best = 0;
        for (std::size_t i = 1; i < n; ++i)
            if (m_instances[i].busy + m_instances[i].waiting < m_instances[best].busy + m_instances[best].waiting)
                best = i;
        return best;
    }
    }
    return 0;
}

bool QueueingService::arrive(Instant now, std::uint32_t r, Outcome &answer)
{
    const Frame &frame = m_engine->frameOf(r);
    Request &request = m_engine->request(r);
    const std::uint32_t draws = frame.attempts * kDraws;
    const auto coin = static_cast<std::uint32_t>(m_random.draw(frame.key, draws + kDrawCoin) >> 32);
    const std::size_t chosen = m_oneInstance ? 0 : chooseInstance(frame);
    Instance &instance = m_instances[chosen];
    ++m_count.arrivals;
    request.instance = static_cast<std::uint16_t>(chosen & 0xfff);
    request.phase = Queued;
    request.coin = coin;
    if (m_faults.anyActive()) {
        const FaultDecision fault = m_faults.decide(static_cast<std::int64_t>(chosen), coin);
        if (fault.refuse) {
            ++m_count.refused;
            answer = fault.outcome;
            return true;
        }
        if (fault.blackHole) {
            ++m_count.refused;
            request.phase = BlackHole;
            return false;
        }
    }
    const bool workerFree = instance.busy < m_workers;
    if (!workerFree && instance.waiting >= m_queuePlaces) {
        ++m_count.rejected;
        answer = {.kind = OutcomeKind::Rejected, .status = 503};
        return true;
    }
    const std::int64_t work =
        std::min(m_spec.serviceTime.sample(m_random.draw(frame.key, draws + kDrawWork)).count(), kWorkMaxNs);
    if (__builtin_expect(m_hasOwnCalls, 0))
        request.coin = newStory({.key = frame.key + frame.attempts * 0x9e3779b97f4a7c15u, .coin = coin});
    if (workerFree) {
        ++m_count.waitedNot;
        begin(now, r, instance, work);
        return false;
    }
    push(instance, {r, now.ns(), work});
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

void QueueingService::push(Instance &instance, Waiting waiting)
{
    const std::size_t size = instance.queue.size();
    if (instance.tail - instance.head == size) {
        std::vector<Waiting> wider(size * 2);
        for (std::uint32_t i = instance.head; i != instance.tail; ++i)
            wider[i & (wider.size() - 1)] = instance.queue[i & (size - 1)];
        instance.queue.swap(wider);
    }
    instance.queue[instance.tail++ & (instance.queue.size() - 1)] = waiting;
}

// --- working

inline std::uint32_t QueueingService::coinOf(const Request &request) const
{
    return m_hasOwnCalls ? m_stories[request.coin].coin : request.coin;
}

inline void QueueingService::setOutcome(Request &request, Outcome outcome)
{
    if (m_hasOwnCalls)
        m_stories[request.coin].outcome = outcome;
    else
        request.coin = pack(outcome);
}

inline Outcome QueueingService::outcomeOf(const Request &request) const
{
    return m_hasOwnCalls ? m_stories[request.coin].outcome : unpack(request.coin);
}

inline void QueueingService::begin(Instant now, std::uint32_t r, Instance &instance, std::int64_t work)
{
    Request &request = m_engine->request(r);
    ++instance.busy;
    ++m_busy;
    m_busyNs -= now.ns();
    ++m_count.started;
    request.phase = Working;
    const std::uint32_t coin = coinOf(request);
    if (__builtin_expect(coin < m_errorThreshold32 || m_faults.anyActive(), 0)) {
        Outcome outcome;
        if (coin < m_errorThreshold32)
            outcome = {.kind = OutcomeKind::Error, .status = 500};
        const FaultDecision fault = m_faults.decide(static_cast<std::int64_t>(request.instance), coin);
        work = static_cast<std::int64_t>(static_cast<Wide>(work) * fault.slowdownPermille / 1000) + fault.delay.count();
        work = std::min(work, kWorkMaxNs);
        if (fault.fail)
            outcome = fault.outcome;
        setOutcome(request, outcome);
    } else {
        setOutcome(request, {});
    }
    m_count.service.record(work);
    m_engine->scheduleWork(r, now.ns() + work);
}

void QueueingService::beginNext(Instant now, Instance &instance)
{
    while (instance.head != instance.tail) {
        const Waiting next = instance.queue[instance.head++ & (instance.queue.size() - 1)];
        if (m_engine->request(next.request).phase == Abandoned) {
            freeStory(m_engine->request(next.request));
            m_engine->drop(next.request);
            continue;
        }
        --instance.waiting;
        --m_waiting;
        m_queuedNs += now.ns();
        m_count.wait.record(now.ns() - next.arrivedNs);
        begin(now, next.request, instance, next.workNs);
        return;
    }
}

void QueueingService::onWork(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    if (request.phase == Abandoned) { // its worker went on to other work when the caller left
        freeStory(request);
        m_engine->drop(r);
        return;
    }
    HALFOPEN_CHECK(request.phase == Working);
    if (m_hasOwnCalls && isGood(m_stories[request.coin].outcome.kind)) {
        request.phase = Calling;
        makeNextCall(r);
        return;
    }
    endOfWork(now, r);
}

void QueueingService::makeNextCall(std::uint32_t r)
{
    const std::uint32_t number = m_stories[m_engine->request(r).coin].callsMade++;
    const OwnCall &call = m_ownCalls[number];
    m_engine->callOn(call.edge, r, mix64(m_stories[m_engine->request(r).coin].key ^ call.salt),
                     static_cast<std::uint16_t>(m_engine->request(r).instance));
}

void QueueingService::onCallReturned(Instant now, std::uint32_t r, Outcome outcome)
{
    Story &story = m_stories[m_engine->request(r).coin];
    if (isGood(outcome.kind) && story.callsMade < m_ownCalls.size()) {
        makeNextCall(r);
        return;
    }
    if (!isGood(outcome.kind)) // what went wrong below is an error to the caller above
        story.outcome = {.kind = OutcomeKind::Error, .status = static_cast<std::uint16_t>(
                             outcome.kind == OutcomeKind::Timeout ? 504 : 502)};
    endOfWork(now, r);
}

inline void QueueingService::endOfWork(Instant now, std::uint32_t r)
{
    Instance &instance = m_instances[m_engine->request(r).instance];
    --instance.busy;
    --m_busy;
    m_busyNs += now.ns();
    ++m_count.completed;
    if (instance.head != instance.tail)
        beginNext(now, instance);
    answer(r);
}

inline void QueueingService::answer(std::uint32_t r)
{
    const Request &request = m_engine->request(r);
    const Outcome outcome = outcomeOf(request);
    if (!isGood(outcome.kind))
        ++m_count.failed;
    freeStory(request);
    if (!m_engine->respond(r, outcome))
        ++m_count.wasted;
}

inline void QueueingService::freeStory(const Request &request)
{
    if (!m_hasOwnCalls)
        return;
    m_stories[request.coin].nextFree = m_freeStory;
    m_freeStory = request.coin;
}

// --- leaving and faults

void QueueingService::onCallerLeft(Instant now, std::uint32_t r)
{
    Request &request = m_engine->request(r);
    if (request.phase == BlackHole) {
        m_engine->drop(r);
        return;
    }
    if (m_spec.keepsWorkingForDepartedCallers)
        return;
    Instance &instance = m_instances[request.instance];
    const auto phase = static_cast<Phase>(request.phase);
    if (phase == Queued) {
        request.phase = Abandoned;
        --instance.waiting;
        --m_waiting;
        m_queuedNs += now.ns();
        return;
    }
    if (phase == Calling)
        m_engine->cancelCallsOf(r);
    request.phase = Abandoned;
    --instance.busy;
    --m_busy;
    m_busyNs += now.ns();
    if (phase == Calling) { // no event will come for it
        freeStory(request);
        m_engine->drop(r);
    }
    beginNext(now, instance);
}

Outcome QueueingService::probe(Instant, std::uint64_t bits)
{
    // A health check asks any instance and needs neither a worker nor a place in the queue.
    const auto instance = static_cast<std::int64_t>(uniformIndex(bits, m_instances.size()));
    const FaultDecision fault = m_faults.decide(instance, static_cast<std::uint32_t>(mix64(bits) >> 32));
    if (fault.refuse || fault.fail)
        return fault.outcome;
    return {.kind = fault.blackHole ? OutcomeKind::Timeout : OutcomeKind::Success};
}

void QueueingService::onNote(Instant now, std::uint32_t note)
{
    m_faults.onNote(*m_engine, m_dependency, now, note);
}

void QueueingService::settle(Instant now)
{
    const std::int64_t busy = m_busyNs + m_busy * now.ns();
    const std::int64_t queued = m_queuedNs + m_waiting * now.ns();
    m_count.busyNs += busy - m_busyToldNs;
    m_count.queuedNs += queued - m_queuedToldNs;
    m_busyToldNs = busy;
    m_queuedToldNs = queued;
}

} // namespace halfopen
