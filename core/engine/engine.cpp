// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/check.h"
#include "core/engine/substitutes.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace halfopen {

namespace {

constexpr std::size_t kRequestsMax = std::size_t(1) << 28;

std::uint32_t roundUp(std::uint32_t n, std::uint32_t to)
{
    return (n + to - 1) / to * to;
}

} // namespace

Engine::Engine(std::uint64_t seed, Recorder &recorder, std::uint64_t callsInFlightMax)
    : m_recorder(recorder), m_seed(seed), m_callsInFlightMax(std::min<std::uint64_t>(callsInFlightMax, kSlotMask - 65536))
{
}

Engine::~Engine() = default;

std::uint32_t Engine::addEdge(const EdgeSetup &setup)
{
    auto edge = std::make_unique<Edge>();
    edge->name = setup.name;
    edge->target = setup.target;
    edge->source = setup.source;
    edge->index = static_cast<std::uint32_t>(m_edges.size());
    edge->processes = setup.processes;
    edge->dependency = numberOf(setup.target);
    std::uint32_t breaker = setup.firstBreaker;
    const std::size_t layers = setup.stack ? setup.stack->layers.size() : 0;
    HALFOPEN_CHECK(layers <= kLayersMax);
    edge->stackName = setup.stack ? setup.stack->name : std::string();
    edge->layers.resize(layers + 2);
    edge->layer = edge->layers.data() + 1;
    std::uint32_t tagOffset = sizeof(Frame);
    for (std::size_t i = 0; i < layers; ++i) {
        const PolicySpec &spec = setup.stack->layers[i];
        Layer &layer = edge->layer[i];
        layer.random = RandomStream(m_seed, "edge " + setup.name + " layer " + std::to_string(i));
        layer.stateWords = static_cast<std::uint16_t>((spec.type->stateBytes + 7) / 8);
        if (spec.type->givesDeadlines) {
            layer.timerOffset = static_cast<std::uint16_t>(tagOffset);
            tagOffset += 4;
        }
        const std::uint32_t objects = spec.type->perProcess ? setup.processes : 1;
        for (std::uint32_t p = 0; p < objects; ++p)
            layer.owned.push_back(spec.type->create(spec.settings.config()));
        for (std::uint32_t p = 0; p < setup.processes; ++p)
            layer.processes.push_back(layer.owned[objects == 1 ? 0 : p].get());
        layer.byProcess = layer.processes.data();
        layer.isBreaker = spec.type->isBreaker;
        layer.keepsOutcomes = spec.type->keepsOutcomes;
        layer.queuesCalls = spec.type->queuesCalls;
        layer.hasTimers = spec.type->hasTimers;
        layer.probes = spec.type->probes;
        layer.keepsBytes = spec.type->keepsBytes;
        layer.isZeroed = !spec.type->keepsBytes && !spec.type->beginsBytes;
        layer.attended = layer.queuesCalls || layer.hasTimers;
        layer.startsCopies = spec.type->startsCopies;
        layer.special = layer.attended || layer.startsCopies || spec.type->looksAtCalls;
        if (layer.startsCopies) {
            HALFOPEN_CHECK(edge->firstCopied == 0); // one per stack: the loader sees to it
            edge->firstCopied = static_cast<std::uint32_t>(i + 1);
        }
        layer.firstTimer = static_cast<std::uint32_t>(m_timers.size());
        if (layer.hasTimers)
            for (std::uint32_t object = 0; object < objects; ++object)
                m_timers.push_back({.edge = edge.get(), .layer = static_cast<std::uint32_t>(i), .object = object});
        layer.firstBreaker = breaker;
        layer.parts = spec.type->judgesInstances ? setup.target->instances() : 1;
        if (layer.isBreaker || spec.type->judgesInstances)
            breaker += setup.processes * layer.parts;
    }
    edge->counts = &m_recorder.edge(edge->index);
    edge->layerCount = static_cast<std::uint32_t>(layers);
    edge->layersEnd = edge->layer + layers;
    chain(*edge);
    meetJudges(*edge);
    m_edgeOf.push_back(edge.get());
    m_tagsEnd = std::max(m_tagsEnd, tagOffset);
    m_edges.push_back(std::move(edge));
    return static_cast<std::uint32_t>(m_edges.size() - 1);
}

void Engine::chain(Edge &edge)
{
    for (Layer *l = edge.layer; l != edge.layersEnd; ++l) {
        const Policy &policy = *l->owned.front();
        l->alwaysAdmits = policy.alwaysAdmits();
        l->admitsForNs = l->special ? -1 : policy.alwaysAdmitsForNs();
        l->asked[false] = !l->keepsOutcomes;
        l->asked[true] = !l->keepsOutcomes && !policy.keepsGoodOutcomes();
        l->clearOffset = l->timerOffset != 0 ? l->timerOffset : static_cast<std::uint16_t>(offsetof(Frame, pending));
    }
    Layer *const before = edge.layer - 1;
    std::uint8_t steps[2] = {};
    for (Layer *l = edge.layersEnd; l != before; --l) {
        for (const bool good : {false, true}) {
            l->firstStep[good] = steps[good];
            const Layer *next = l - 1;
            if (next != before && (next->asked[good] || next->timerOffset != 0)) {
                Policy *only = next->owned.size() == 1 ? next->owned.front().get() : nullptr;
                edge.outwards[good][steps[good]++] = {l - 1, only, next->clearOffset, next->asked[good]};
            }
        }
        l->number = static_cast<std::uint8_t>(l - edge.layer);
        Layer *asked = l; // of the one before: that it need not look at whom it may pass over
        while (asked != edge.layersEnd && asked->alwaysAdmits)
            ++asked;
        (l - 1)->inwards = asked;
    }
    for (const bool good : {false, true})
        edge.outwards[good][steps[good]] = {.layer = before};
}

std::uint32_t Engine::numberOf(const Dependency *dependency) const
{
    const auto found = std::find(m_dependencies.begin(), m_dependencies.end(), dependency);
    HALFOPEN_CHECK(found != m_dependencies.end());
    return static_cast<std::uint32_t>(found - m_dependencies.begin());
}

void Engine::addClient(std::uint32_t edge, const std::string &name, const ArrivalSpec &arrivals, Instant arrivalsEnd)
{
    const RandomStream random(m_seed, "client " + name);
    const std::uint64_t salt = hashText(name) << 40;
    m_clients.push_back({m_edges[edge].get(), salt, random, ArrivalSequence(arrivals, random, arrivalsEnd),
                         arrivalsEnd.ns(), EventKey::never()});
    m_oneClient = m_clients.size() == 1;
    Client &client = m_clients.back();
    if (client.arrivals.nextNs() < client.endNs)
        client.next = nextKey(client.arrivals.nextNs(), 0);
    updateNextArrival();
}

void Engine::seal()
{
    std::uint32_t frameBytes = roundUp(m_tagsEnd, 8);
    for (const auto &edge : m_edges) {
        std::uint32_t offset = roundUp(m_tagsEnd, 8);
        for (Layer *l = edge->layer; l <= edge->layersEnd; ++l) {
            l->zeroOffset = l->stateOffset = static_cast<std::uint16_t>(offset);
            if (l->isZeroed)
                offset += l->stateWords * 8u;
        }
        edge->stateEnd = offset;
        for (Layer *l = edge->layer; l != edge->layersEnd; ++l) {
            if (l->isZeroed)
                continue;
            l->stateOffset = static_cast<std::uint16_t>(offset);
            offset += l->stateWords * 8u;
        }
        frameBytes = std::max(frameBytes, offset);
    }
    // Frames are named in steps of 8 bytes by the bits of an event's slot.
    const std::uint64_t named = (std::uint64_t(kSlotMask) << 3) / frameBytes;
    m_callsInFlightMax = std::min<std::uint64_t>(m_callsInFlightMax, named - 65536);
    m_frames = std::make_unique<Arena>(frameBytes, m_callsInFlightMax + 65536);
    m_requests = std::make_unique<Arena>(sizeof(Request), kRequestsMax);
    m_frameBase = m_frames->at(0);
    m_frameBytes = frameBytes;
    m_requestBase = reinterpret_cast<Request *>(m_requests->at(0));
}

void Engine::start()
{
    for (const PolicyTimer &timer : m_timers)
        attend(timer.edge->layer[timer.layer], timer.object);
}

// --- slabs

inline Frame *Engine::newFrame()
{
    ++m_framesUsed;
    if (__builtin_expect(m_freeFrame == Frame::kNone, 0))
        return newFrameSlow();
    // Tags are zero: a fresh page is, and whoever drops a deadline clears its tag. admit() begins with zeroed bytes.
    Frame *f = frameAt(m_freeFrame);
    m_freeFrame = static_cast<std::uint32_t>(f->key);
    return f;
}

Frame *Engine::newFrameSlow()
{
    // All that were made are in use, so that this is where there can be too many.
    if (m_framesUsed > m_callsInFlightMax)
        m_overLimit = true, stop();
    HALFOPEN_CHECK(m_framesMade + 1 < m_frames->capacity());
    return reinterpret_cast<Frame *>(m_frames->at(m_framesMade++));
}

inline void Engine::freeFrame(Frame *f)
{
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    f->pending = 0;
    freeAnswered(f);
}

/// Of a call that waits for nothing, as whoever answers it has seen to.
inline void Engine::freeAnswered(Frame *f)
{
    f->key = m_freeFrame;
    m_freeFrame = indexOf(f);
    --m_framesUsed;
}

inline std::uint32_t Engine::newRequest()
{
    const std::uint32_t r = m_freeRequest;
    if (__builtin_expect(r == Frame::kNone, 0))
        return newRequestSlow();
    m_freeRequest = requestAt(r)->frame;
    return r;
}

std::uint32_t Engine::newRequestSlow()
{
    if (m_requestsMade + 65536u > kRequestsMax)
        m_overLimit = true, stop();
    HALFOPEN_CHECK(m_requestsMade < kRequestsMax - 1);
    return m_requestsMade++;
}

std::uint32_t Engine::newTask(std::uint32_t dependency)
{
    const std::uint32_t r = newRequest();
    requestAt(r)->dependency = static_cast<std::uint16_t>(dependency);
    return r;
}

void Engine::freeRequest(std::uint32_t r)
{
    if (__builtin_expect(m_watcher != nullptr, 0))
        m_watcher->requestEnds(r);
    requestAt(r)->frame = m_freeRequest;
    m_freeRequest = r;
}

// --- the loop

std::uint64_t Engine::run(Instant until, std::uint64_t maxEvents, bool stopAtTransition)
{
    const std::int64_t untilNs = std::min(until.ns(), EventKey::kTimeMax);
    const std::uint64_t eventsBefore = events();
    m_eventsLeft = std::min(maxEvents, ~eventsBefore);
    m_eventsEnd = eventsBefore + m_eventsLeft;
    m_stopAtTransition = stopAtTransition;
    if (m_overLimit)
        stop();
    // Times are compared as keys have them, in the upper word; the order of equal times is looked at only then.
    const auto limitOf = [&] {
        return static_cast<std::uint64_t>(std::min(untilNs, m_recorder.bucketEndNs() - 1)) << 8 | 0xff;
    };
    std::uint64_t limit = limitOf();
    while (m_eventsLeft > 0) {
        const std::uint64_t next = m_queue.topHigh();
        const std::uint64_t arrival = m_nextArrival.high();
        const bool arrives = arrival < next || (__builtin_expect(arrival == next, 0) && m_nextArrival < m_queue.top());
        const std::uint64_t at = arrives ? arrival : next;
        if (__builtin_expect(at > limit, 0)) {
            const auto atNs = static_cast<std::int64_t>(at >> 8);
            if (atNs > untilNs)
                break;
            closeBuckets(atNs);
            limit = limitOf();
        }
        m_nowNs = static_cast<std::int64_t>(at >> 8);
        if (arrives) {
            countEvent();
            arrivalDue();
        } else {
            const std::uint64_t low = m_queue.topLow();
            m_queue.pop();
            runEvent(EventKey::fromWords(low, at));
        }
    }
    return events() - eventsBefore;
}

[[gnu::always_inline]] inline void Engine::runEvent(EventKey key)
{
    static_assert(static_cast<std::uint32_t>(Kind::Work) == 0);
    if (__builtin_expect(key.payload() <= kSlotMask, 1)) {
        const std::uint32_t slot = key.payload();
        countEvent();
        Outcome answer;
        Dependency &worker = *m_dependencies[requestAt(slot)->dependency];
        if (worker.onWork(now(), slot, answer) && __builtin_expect(!respondHere(slot, answer), 0))
            worker.onLateAnswer();
        return;
    }
    const std::uint32_t slot = key.payload() & kSlotMask;
    switch (static_cast<Kind>(key.payload() >> kSlotBits)) {
    case Kind::Work:
        break;
    case Kind::Wake:
        return wakeDue(key);
    case Kind::Timer:
        return timerDue(key);
    case Kind::Ring:
        return ringDue(key);
    case Kind::Note:
        countEvent();
        return m_dependencies[m_notes[slot].dependency]->onNote(now(), m_notes[slot].note);
    }
}

void Engine::advanceTo(Instant to)
{
    HALFOPEN_CHECK(to.ns() >= m_nowNs);
    if (to.ns() >= m_recorder.bucketEndNs())
        closeBuckets(to.ns());
    m_nowNs = to.ns();
}

void Engine::closeBuckets(std::int64_t beforeNs)
{
    while (beforeNs >= m_recorder.bucketEndNs()) {
        settle(Instant::fromNs(m_recorder.bucketEndNs()));
        m_recorder.closeBucket();
    }
}

void Engine::settle(Instant at)
{
    for (Dependency *d : m_dependencies)
        d->settle(at);
}

// --- arrivals

void Engine::updateNextArrival()
{
    m_nextArrival = EventKey::never();
    for (Client &client : m_clients) {
        if (client.next < m_nextArrival) {
            m_nextArrival = client.next;
            m_nextClient = &client;
        }
    }
}

[[gnu::always_inline]] inline void Engine::arrivalDue()
{
    Client &client = *m_nextClient;
    const std::uint64_t number = client.arrivals.index();
    Edge &edge = *client.edge;
    client.arrivals.advance();
    const bool more = client.arrivals.nextNs() < client.endNs;
    const EventKey next = more ? nextKey(client.arrivals.nextNs(), 0) : EventKey::never();
    if (__builtin_expect(m_oneClient, 1)) {
        m_nextArrival = next;
    } else {
        next.storeTo(&client.next);
        updateNextArrival();
    }
    std::uint32_t process = 0;
    if (__builtin_expect(edge.processes > 1, 0))
        process = static_cast<std::uint32_t>(
            static_cast<UnsignedWide>(client.random.draw(number, 1)) * edge.processes >> 64);
    startCallHere(edge, client.keySalt | number, process, Frame::kNone);
    client.arrivals.foresee();
}

// --- one call

void Engine::startCall(Edge &edge, std::uint64_t key, std::uint32_t process, std::uint32_t parent)
{
    startCallHere(edge, key, process, parent);
}

[[gnu::always_inline]] inline void Engine::startCallHere(Edge &edge, std::uint64_t key, std::uint32_t process, std::uint32_t parent)
{
    Frame *f = newFrame();
    f->key = key;
    f->startNs = m_nowNs;
    f->parent = parent;
    f->edge = static_cast<std::uint16_t>(edge.index);
    f->process = static_cast<std::uint16_t>(process);
    f->attempts = 0;
    f->depth = 0;
    f->waiting = 0; // all of the word, so that nothing has to be read first
    f->sampled = 0;
    f->isCopy = 0;
    f->retries = 0;
    ++edge.counts->offered;
    if (parent != Frame::kNone) {
        requestAt(parent)->child = indexOf(f); // so that cancelCallsOf() finds it
    }
    if (__builtin_expect((key & edge.counts->callSampleMask) == 0, 0) && m_recorder.wantsCall(edge.index, key)) {
        f->sampled = 1;
        m_recorder.traceBegin(indexOf(f), edge.index, process, key, now());
        enter(f, 0);
        return;
    }
    enterHere<true>(f, edge, edge.layer);
}

void Engine::enter(Frame *f, std::size_t from)
{
    Edge &edge = edgeOf(f);
    enterHere<false>(f, edge, edge.layer + from);
}

template <bool kIsPlain> [[gnu::always_inline]] inline void Engine::enterHere(Frame *f, Edge &edge, Layer *l)
{
    Layer *const end = edge.layersEnd;
    for (;;) {
        Outcome outcome;
        // All layers inside begin afresh: their bytes lie behind each other, a whole number of words.
        std::byte *word = bytesOf(f) + l->zeroOffset;
        std::byte *const wordsEnd = bytesOf(f) + edge.stateEnd;
        if ((wordsEnd - word) & 8)
            std::memset(word, 0, 8), word += 8;
        for (; word < wordsEnd; word += 16)
            std::memset(word, 0, 16);
        for (l = (l - 1)->inwards; l != end; l = l->inwards) {
            if (l->admitsForNs >= 0) {
                armDeadline(f, *l, m_nowNs + l->admitsForNs);
                continue;
            }
            Step step;
            if (__builtin_expect(l->special, 0)) {
                step = enterSpecial(f, edge, *l, outcome);
            } else {
                PolicyCall call{bytesOf(f) + l->stateOffset, f->key, l->random};
                const Admission a = policyOf(*l, f)->admit(now(), call);
                if (__builtin_expect(a.isPlainAdmit(), 1))
                    continue;
                if (__builtin_expect(a.isPlainDeadline(), 1)) {
                    armDeadline(f, *l, a.atNs);
                    continue;
                }
                step = obeyAdmission(f, edge, *l, a, outcome);
            }
            if (step == Step::Inwards)
                continue;
            if (step == Step::Waits)
                return;
            break;
        }
        f->depth = l->number;
        if (l == end && !send<kIsPlain>(f, edge, outcome))
            return;
        const int again = goOutwards(f, edge, l->number, outcome);
        if (again < 0)
            return;
        l = edge.layer + again + 1;
    }
}

Engine::Step Engine::enterSpecial(Frame *f, Edge &edge, Layer &l, Outcome &outcome)
{
    PolicyCall call = policyCall(f, l);
    const Admission a = policyOf(l, f)->admit(now(), call);
    return obeyAdmission(f, edge, l, a, outcome);
}

Engine::Step Engine::obeyAdmission(Frame *f, Edge &edge, Layer &l, Admission a, Outcome &outcome)
{
    if (a.hasEvents)
        collectEvents(l, f->process);
    if (l.attended)
        attend(l, f->process);
    const auto entered = static_cast<std::uint8_t>(&l - edge.layer + 1);
    switch (a.kind) {
    case Admission::Kind::Refuse:
        outcome = a.outcome;
        trace(f, CallStep::Kind::Refused, entered - 1u, outcome);
        return Step::Outwards;
    case Admission::Kind::Wait:
        f->depth = entered;
        f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Wake);
        f->pending = 0; // no event: attend() lets it go on
        if (a.atNs < EventKey::kTimeMax)
            armDeadline(f, l, a.atNs);
        return Step::Waits;
    case Admission::Kind::AdmitAt:
        if (a.atNs > m_nowNs) {
            f->depth = entered;
            wakeAt(f, a.atNs);
            return Step::Waits;
        }
        break;
    case Admission::Kind::AdmitWithDeadline:
        armDeadline(f, l, a.atNs);
        break;
    case Admission::Kind::Admit:
        break;
    }
    if (!l.startsCopies)
        return Step::Inwards;
    f->depth = entered;
    startCopy(f, edge);
    return Step::Waits;
}

template <bool kIsPlain> inline bool Engine::send(Frame *f, Edge &edge, Outcome &answer)
{
    const std::uint32_t r = newRequest();
    Request *request = requestAt(r);
    request->frame = indexOf(f);
    request->dependency = static_cast<std::uint16_t>(edge.dependency);
    f->pending = r;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Request);
    Frame *counter = !kIsPlain && f->isCopy ? frameAt(f->parent) : f; // copies count together
    if (__builtin_expect(counter->attempts != 0xffff, 1))
        f->attempts = ++counter->attempts;
    ++edge.counts->attempts;
    if constexpr (!kIsPlain)
        trace(f, CallStep::Kind::AttemptSent, edge.layerCount, {});
    if (__builtin_expect(!edge.target->arrive(now(), r, *f, answer), 1))
        return false;
    freeRequest(r);
    f->pending = 0;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    if constexpr (!kIsPlain)
        trace(f, CallStep::Kind::AttemptEnded, edge.layerCount, answer);
    return true;
}

int Engine::goOutwards(Frame *f, Edge &edge, std::size_t count, Outcome outcome)
{
    return goOutwardsHere<false>(f, edge, edge.layer + count, outcome);
}

template <bool kIsPlain>
[[gnu::always_inline]] inline int Engine::goOutwardsHere(Frame *f, Edge &edge, const Layer *inside, Outcome outcome)
{
    Layer *const outermost = edge.layer + (!kIsPlain && f->isCopy ? edge.firstCopied : 0);
    const bool good = isGood(outcome.kind);
    const std::size_t first = kIsPlain ? 0 : inside->firstStep[good]; // a plain answer comes from the inside of all
    for (const OutwardStep *step = &edge.outwards[good][first]; step->layer >= outermost; ++step) {
        *reinterpret_cast<std::uint32_t *>(bytesOf(f) + step->clearOffset) = 0;
        if (!step->asked)
            continue;
        Layer &l = *step->layer;
        if (__builtin_expect(l.special, 0))
            return leaveSpecial(f, edge, l, outcome);
        PolicyCall call{bytesOf(f) + l.stateOffset, f->key, l.random};
        const Verdict v = policyOf(*step, f)->onOutcome(now(), call, outcome);
        if (__builtin_expect(v.isPlainKeep(), 1))
            continue;
        return obeyVerdict(f, edge, l, v, outcome);
    }
    endCall<kIsPlain>(f, edge, outcome);
    return -1;
}

int Engine::leaveSpecial(Frame *f, Edge &edge, Layer &l, Outcome outcome)
{
    PolicyCall call = policyCall(f, l);
    const Verdict v = policyOf(l, f)->onOutcome(now(), call, outcome);
    return obeyVerdict(f, edge, l, v, outcome);
}

int Engine::obeyVerdict(Frame *f, Edge &edge, Layer &l, Verdict v, Outcome outcome)
{
    if (v.hasEvents)
        collectEvents(l, f->process);
    if (l.attended)
        attend(l, f->process);
    const auto layer = static_cast<std::size_t>(&l - edge.layer);
    int again = -1;
    if (!obey(f, layer, v, outcome, again))
        return again;
    return goOutwards(f, edge, layer, outcome);
}

bool Engine::obey(Frame *f, std::size_t layer, Verdict verdict, Outcome &outcome, int &enterAgain)
{
    if (verdict.kind == Verdict::Kind::Keep)
        return true;
    if (verdict.kind == Verdict::Kind::Replace) {
        outcome = verdict.outcome;
        trace(f, CallStep::Kind::Replaced, layer, outcome);
        return true;
    }
    if (verdict.kind != Verdict::Kind::RetryAt) {
        beginSubstitute(f, layer, verdict, outcome);
        return false;
    }
    const std::int64_t at = std::min(std::max(verdict.atNs, m_nowNs), EventKey::kTimeMax);
    m_recorder.retryDecided(f->edge, f->key, m_nowNs, at - m_nowNs, f->attempts + 1u);
    trace(f, CallStep::Kind::RetryScheduled, layer, outcome, at - m_nowNs);
    f->depth = static_cast<std::uint8_t>(layer + 1);
    if (f->retries < Frame::kRetriesMax)
        ++f->retries;
    if (at == m_nowNs) {
        enterAgain = static_cast<int>(layer);
        return false;
    }
    wakeAt(f, at);
    return false;
}

template <bool kIsPlain> inline void Engine::endCall(Frame *f, Edge &edge, Outcome outcome)
{
    if (!kIsPlain && __builtin_expect(f->isCopy, 0))
        return copyEnded(f, edge, outcome);
    const std::uint32_t parent = f->parent;
    m_recorder.callEnded(*edge.counts, edge.index, f->key, f->startNs, m_nowNs, outcome, f->attempts);
    if (!kIsPlain && __builtin_expect(f->sampled, 0))
        m_recorder.traceEnd(indexOf(f), now(), outcome);
    if constexpr (kIsPlain)
        freeAnswered(f);
    else
        freeFrame(f);
    if (parent != Frame::kNone)
        edge.source->onCallReturned(now(), parent, outcome);
}

bool Engine::respond(std::uint32_t r, Outcome outcome)
{
    return respondHere(r, outcome);
}

[[gnu::always_inline]] inline bool Engine::respondHere(std::uint32_t r, Outcome outcome)
{
    Frame *f = frameAt(requestAt(r)->frame);
    const bool isPlain = f->pending == r && f->waiting == static_cast<std::uint8_t>(Frame::Waiting::Request) && !f->sampled && !f->isCopy;
    if (__builtin_expect(!isPlain, 0))
        return respondUnusually(f, r, outcome);
    freeRequest(r);
    Edge &edge = edgeOf(f);
    f->pending = 0;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    const int again = goOutwardsHere<true>(f, edge, edge.layersEnd, outcome);
    if (__builtin_expect(again >= 0, 0))
        enter(f, static_cast<std::size_t>(again) + 1);
    return true;
}

/// When nobody waits for \a r, or a sampled call or a copy does.
bool Engine::respondUnusually(Frame *f, std::uint32_t r, Outcome outcome)
{
    const bool waits = waitsFor(f, r);
    freeRequest(r);
    if (!waits)
        return false;
    Edge &edge = edgeOf(f);
    f->pending = 0;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    trace(f, CallStep::Kind::AttemptEnded, edge.layerCount, outcome);
    const int again = goOutwards(f, edge, edge.layerCount, outcome);
    if (again >= 0)
        enter(f, static_cast<std::size_t>(again) + 1);
    return true;
}

void Engine::callOn(std::uint32_t edge, std::uint32_t request, std::uint64_t key, std::uint16_t process)
{
    startCall(*m_edges[edge], key, process, request);
}

void Engine::cancelCallsOf(std::uint32_t request)
{
    Frame *f = frameAt(requestAt(request)->child);
    HALFOPEN_CHECK(f->parent == request);
    cancelInside(f, 0);
    m_recorder.callEnded(*edgeOf(f).counts, f->edge, f->key, f->startNs, m_nowNs, {.kind = OutcomeKind::Cancelled}, f->attempts);
    freeFrame(f);
}

void Engine::cancelInside(Frame *f, std::size_t keepLayers)
{
    Edge &edge = edgeOf(f);
    if (f->waiting == static_cast<std::uint8_t>(Frame::Waiting::Copies))
        cancelCopies(f);
    for (std::size_t i = f->depth; i-- > keepLayers;) {
        Layer &l = edge.layer[i];
        if (l.timerOffset != 0)
            timerTag(f, l) = 0;
        PolicyCall call = policyCall(f, l);
        policyOf(l, f)->onCancelled(now(), call);
        if (l.isBreaker)
            collectEvents(l, f->process);
        if (l.attended)
            attend(l, f->process);
    }
    const auto waiting = static_cast<Frame::Waiting>(f->waiting);
    const std::uint32_t pending = f->pending;
    f->depth = static_cast<std::uint8_t>(std::min<std::size_t>(f->depth, keepLayers));
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    f->pending = 0;
    if (waiting == Frame::Waiting::Request) {
        if (__builtin_expect(requestAt(pending)->dependency == m_substitutesNumber, 0))
            return m_substitutes->onCallerLeft(now(), pending);
        ++edge.counts->late;
        edge.target->onCallerLeft(now(), pending);
    }
}

// --- copies

void Engine::startCopy(Frame *f, Edge &edge)
{
    Frame *copy = newFrame();
    ++m_copies;
    copy->key = f->key;
    const bool first = f->waiting != static_cast<std::uint8_t>(Frame::Waiting::Copies);
    copy->startNs = first ? Frame::kNone : f->pending;
    copy->parent = indexOf(f);
    copy->edge = f->edge;
    copy->process = f->process;
    copy->attempts = f->attempts;
    copy->depth = static_cast<std::uint8_t>(edge.firstCopied);
    copy->sampled = f->sampled;
    copy->isCopy = 1;
    copy->retries = f->retries;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Copies);
    f->pending = indexOf(copy);
    for (std::size_t i = edge.firstCopied; i < edge.layerCount; ++i)
        if (edge.layer[i].keepsBytes)
            std::memset(bytesOf(copy) + edge.layer[i].stateOffset, 0, edge.layer[i].stateWords * std::size_t{8});
    enter(copy, edge.firstCopied);
}

void Engine::copyEnded(Frame *copy, Edge &edge, Outcome outcome)
{
    Frame *f = frameAt(copy->parent);
    const std::uint32_t next = static_cast<std::uint32_t>(copy->startNs);
    if (f->pending == indexOf(copy)) {
        f->pending = next;
    } else {
        Frame *before = frameAt(f->pending);
        while (static_cast<std::uint32_t>(before->startNs) != indexOf(copy))
            before = frameAt(static_cast<std::uint32_t>(before->startNs));
        before->startNs = next;
    }
    freeFrame(copy);
    --m_copies;
    const std::size_t layer = edge.firstCopied - 1;
    Layer &l = edge.layer[layer];
    PolicyCall call = policyCall(f, l);
    const Verdict v = policyOf(l, f)->onOutcome(now(), call, outcome);
    if (v.hasEvents)
        collectEvents(l, f->process);
    if (l.attended)
        attend(l, f->process);
    if (v.kind == Verdict::Kind::AwaitOthers) {
        HALFOPEN_CHECK(f->pending != Frame::kNone || timerTag(f, l) != 0); // something must come
        return;
    }
    cancelInside(f, layer + 1);
    timerTag(f, l) = 0;
    int again = -1;
    if (obey(f, layer, v, outcome, again))
        again = goOutwards(f, edge, layer, outcome);
    if (again >= 0)
        enter(f, static_cast<std::size_t>(again) + 1);
}

void Engine::cancelCopies(Frame *f)
{
    while (f->pending != Frame::kNone) {
        Frame *copy = frameAt(f->pending);
        f->pending = static_cast<std::uint32_t>(copy->startNs);
        cancelInside(copy, edgeOf(f).firstCopied);
        freeFrame(copy);
        --m_copies;
    }
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    f->pending = 0;
}

// --- timers

void Engine::orderWraps()
{
    m_orderLow = std::uint64_t(1) << 32;
    HALFOPEN_CHECK(++m_orderHigh < 255); // 1.1e12 events; with 255 the last instant would look like never()
}

/// Makes the ring of \a delayNs that of \a l.
void Engine::findRing(Layer &l, std::int64_t delayNs)
{
    std::size_t ring = m_rings.size();
    for (std::size_t i = 0; i < m_rings.size(); ++i) {
        if (m_rings[i]->delay().count() == delayNs) {
            ring = i;
            break;
        }
        if (m_rings[i]->empty())
            ring = i;
    }
    if (ring == m_rings.size())
        m_rings.push_back(std::make_unique<TimerRing>(Duration(delayNs)));
    else if (m_rings[ring]->delay().count() != delayNs)
        m_rings[ring]->reuse(Duration(delayNs));
    l.ringIndex = static_cast<std::uint32_t>(ring);
    l.ring = m_rings[ring].get();
    l.armed = true;
}

inline void Engine::armDeadline(Frame *f, Layer &l, std::int64_t atNs)
{
    if (__builtin_expect(!l.ring || l.ring->delay().count() != atNs - m_nowNs || atNs > EventKey::kTimeMax, 0)) {
        atNs = std::min(std::max(atNs, m_nowNs), EventKey::kTimeMax);
        findRing(l, atNs - m_nowNs);
    }
    // A ring's entry carries the place of its tag, in steps of 4 bytes: all that is needed to see that it was dropped.
    const auto place = static_cast<std::size_t>(bytesOf(f) + l.timerOffset - m_frameBase) >> 2;
    const EventKey key = nextKey(atNs, static_cast<std::uint32_t>(place));
    timerTag(f, l) = key.tag();
    if (__builtin_expect(l.ring->empty(), 0))
        m_queue.pushNewest(key.withPayload(payloadOf(Kind::Ring, l.ringIndex)));
    l.ring->push(key);
}

inline bool Engine::deadlineLives(EventKey key) const
{
    // The place is a tag in every frame, and no tag is used twice.
    return *reinterpret_cast<const std::uint32_t *>(m_frameBase + (static_cast<std::size_t>(key.payload()) << 2)) == key.tag();
}

void Engine::ringDue(EventKey due)
{
    TimerRing &ring = *m_rings[due.payload() & kSlotMask];
    const EventKey first = ring.front();
    const bool lives = deadlineLives(first);
    ring.popFront();
    while (!ring.empty() && !deadlineLives(ring.front()))
        ring.popFront();
    if (!ring.empty())
        m_queue.push(ring.front().withPayload(due.payload()));
    if (!lives)
        return;
    countEvent();
    const std::size_t place = static_cast<std::size_t>(first.payload()) << 2;
    const std::size_t inFrame = place % m_frameBytes;
    auto *f = reinterpret_cast<Frame *>(m_frameBase + (place - inFrame));
    const Edge &edge = edgeOf(f);
    std::size_t layer = 0;
    while (layer < edge.layerCount && edge.layer[layer].timerOffset != inFrame)
        ++layer;
    HALFOPEN_CHECK(layer < edge.layerCount);
    deadlineDue(f, layer);
}

void Engine::deadlineDue(Frame *f, std::size_t layer)
{
    Edge &edge = edgeOf(f);
    Layer &l = edge.layer[layer];
    timerTag(f, l) = 0;
    Outcome outcome{.kind = OutcomeKind::Timeout};
    trace(f, CallStep::Kind::DeadlinePassed, layer, outcome);
    if (!l.startsCopies)
        cancelInside(f, layer + 1);
    PolicyCall call = policyCall(f, l);
    const Verdict v = policyOf(l, f)->onDeadline(now(), call);
    if (v.hasEvents)
        collectEvents(l, f->process);
    if (l.attended)
        attend(l, f->process);
    if (v.kind == Verdict::Kind::StartAnother) {
        if (v.atNs < EventKey::kTimeMax)
            armDeadline(f, l, v.atNs);
        startCopy(f, edge);
        return;
    }
    if (l.startsCopies)
        cancelInside(f, layer + 1);
    int again = -1;
    if (obey(f, layer, v, outcome, again))
        again = goOutwards(f, edge, layer, outcome);
    if (again >= 0)
        enter(f, static_cast<std::size_t>(again) + 1);
}

void Engine::wakeAt(Frame *f, std::int64_t atNs)
{
    const EventKey key = nextKey(std::min(atNs, EventKey::kTimeMax), payloadOf(Kind::Wake, indexOf(f)));
    f->pending = key.tag();
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Wake);
    m_queue.pushNewest(key);
}

void Engine::wakeDue(EventKey key)
{
    Frame *f = frameAt(key.payload() & kSlotMask);
    if (f->waiting != static_cast<std::uint8_t>(Frame::Waiting::Wake) || f->pending != key.tag())
        return;
    countEvent();
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    f->pending = 0;
    enter(f, f->depth);
}

void Engine::attend(Layer &layer, std::uint32_t process)
{
    const std::uint32_t object = layer.owned.size() == 1 ? 0 : process;
    Policy &policy = *layer.owned[object];
    if (layer.queuesCalls) {
        m_released.clear();
        policy.takeReleased(m_released);
        for (const std::uint32_t ticket : m_released) {
            Frame *f = frameAt(ticket);
            HALFOPEN_CHECK(f->waiting == static_cast<std::uint8_t>(Frame::Waiting::Wake) && f->pending == 0);
            timerTag(f, layer) = 0; // its deadline was for the wait
            wakeAt(f, m_nowNs);
        }
    }
    if (layer.hasTimers) {
        const std::uint32_t index = layer.firstTimer + object;
        PolicyTimer &timer = m_timers[index];
        const std::int64_t at = std::max(policy.nextTimer().ns(), m_nowNs);
        if (at == timer.atNs)
            return;
        timer.atNs = at;
        timer.tag = 0;
        if (at < EventKey::kTimeMax) {
            const EventKey key = nextKey(at, payloadOf(Kind::Timer, index));
            timer.tag = key.tag();
            m_queue.pushNewest(key);
        }
    }
}

void Engine::timerDue(EventKey key)
{
    PolicyTimer &timer = m_timers[key.payload() & kSlotMask];
    if (timer.tag != key.tag())
        return;
    countEvent();
    timer.tag = 0;
    timer.atNs = std::numeric_limits<std::int64_t>::max();
    Layer &layer = timer.edge->layer[timer.layer];
    Policy &policy = *layer.owned[timer.object];
    if (layer.probes)
        policy.onProbe(now(), timer.edge->target->probe(now(), timer.edge->index, layer.random.draw(timer.object, static_cast<std::uint32_t>(timer.probes++))));
    else
        policy.handleTimer(now());
    collectEvents(layer, timer.object);
    attend(layer, timer.object);
}

void Engine::scheduleNote(std::uint32_t dependency, std::uint32_t note, Instant at)
{
    HALFOPEN_CHECK(at.ns() >= m_nowNs);
    std::uint32_t slot = 0;
    while (slot < m_notes.size() && !(m_notes[slot].dependency == dependency && m_notes[slot].note == note))
        ++slot;
    if (slot == m_notes.size())
        m_notes.push_back({dependency, note});
    m_queue.pushNewest(nextKey(at.ns(), payloadOf(Kind::Note, slot)));
}

// --- settings, events, memory

void Engine::reconfigure(std::string_view stackName, std::size_t layer, const void *config)
{
    for (const auto &edge : m_edges) {
        if (edge->stackName != stackName || layer >= edge->layerCount)
            continue;
        Layer &l = edge->layer[layer];
        for (std::size_t p = 0; p < l.owned.size(); ++p) {
            l.owned[p]->reconfigure(now(), config);
            collectEvents(l, static_cast<std::uint32_t>(p));
            if (l.attended)
                attend(l, static_cast<std::uint32_t>(p));
        }
        chain(*edge);
    }
}

void Engine::collectEvents(Layer &layer, std::uint32_t process)
{
    m_policyEvents.clear();
    layer.byProcess[process]->takeEvents(m_policyEvents);
    for (const PolicyEvent &event : m_policyEvents)
        m_recorder.transition(layer.firstBreaker + process * layer.parts + event.part, event);
    if (m_stopAtTransition && !m_policyEvents.empty())
        stop();
}

void Engine::traceStep(const Frame *f, CallStep::Kind kind, std::size_t layer, Outcome outcome, std::int64_t delayNs)
{
    m_recorder.traceStep(indexOf(f), {now(), kind, static_cast<std::uint8_t>(layer), outcome, Duration(delayNs)});
}

Engine::Memory Engine::memory() const
{
    std::uint64_t timers = m_queue.capacity() * sizeof(EventKey);
    for (const auto &ring : m_rings)
        timers += ring->capacity() * sizeof(EventKey);
    std::uint64_t deadlines = 0; // of the edge with the most
    for (const auto &edge : m_edges)
        deadlines = std::max<std::uint64_t>(
            deadlines, static_cast<std::uint64_t>(std::count_if(edge->layer, edge->layersEnd,
                                                                [](const Layer &l) { return l.armed; })));
    return {m_frameBytes + sizeof(Request) + (1 + deadlines) * sizeof(EventKey), m_framesMade * m_frameBytes,
            m_requestsMade * sizeof(Request), timers};
}

} // namespace halfopen
