// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/check.h"

#include <algorithm>
#include <cstring>

namespace halfopen {

namespace {

constexpr std::uint32_t kLayerShift = 28; // ring entries carry layer (4 bits) and frame (28 bits)
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

std::uint32_t Engine::addEdge(const EdgeSetup &setup)
{
    auto edge = std::make_unique<Edge>();
    edge->name = setup.name;
    edge->target = setup.target;
    edge->source = setup.source;
    edge->index = static_cast<std::uint32_t>(m_edges.size());
    edge->processes = setup.processes;
    const auto target = std::find(m_dependencies.begin(), m_dependencies.end(), setup.target);
    HALFOPEN_CHECK(target != m_dependencies.end());
    edge->dependency = static_cast<std::uint32_t>(target - m_dependencies.begin());
    std::uint32_t breaker = setup.firstBreaker;
    const std::size_t layers = setup.stack ? setup.stack->layers.size() : 0;
    HALFOPEN_CHECK(layers <= 16);
    edge->stackName = setup.stack ? setup.stack->name : std::string();
    edge->layers.resize(layers);
    std::uint32_t tagOffset = sizeof(Frame);
    for (std::size_t i = 0; i < layers; ++i) {
        const PolicySpec &spec = setup.stack->layers[i];
        Layer &layer = edge->layers[i];
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
        layer.firstBreaker = breaker;
        if (layer.isBreaker)
            breaker += setup.processes;
    }
    edge->counts = &m_recorder.edge(edge->index);
    edge->layer = edge->layers.data();
    edge->layerCount = static_cast<std::uint32_t>(layers);
    m_edgeOf.push_back(edge.get());
    m_tagsEnd = std::max(m_tagsEnd, tagOffset);
    m_edges.push_back(std::move(edge));
    return static_cast<std::uint32_t>(m_edges.size() - 1);
}

void Engine::addClient(std::uint32_t edge, const std::string &name, const ArrivalSpec &arrivals, Instant arrivalsEnd)
{
    const RandomStream random(m_seed, "client " + name);
    const std::uint64_t salt = hashText(name) << 40;
    m_clients.push_back({edge, salt, random, ArrivalSequence(arrivals, random),
                         arrivalsEnd.ns(), EventKey::never()});
    Client &client = m_clients.back();
    if (client.arrivals.nextNs() < client.endNs)
        client.next = EventKey(client.arrivals.nextNs(), ++m_order, 0);
    updateNextArrival();
}

void Engine::seal()
{
    std::uint32_t frameBytes = roundUp(m_tagsEnd, 8);
    for (const auto &edge : m_edges) {
        std::uint32_t offset = roundUp(m_tagsEnd, 8);
        for (Layer &layer : edge->layers) {
            layer.stateOffset = static_cast<std::uint16_t>(offset);
            offset += layer.stateWords * 8u;
        }
        edge->stateEnd = offset;
        frameBytes = std::max(frameBytes, offset);
    }
    m_frames = std::make_unique<Arena>(frameBytes, m_callsInFlightMax + 65536);
    m_requests = std::make_unique<Arena>(sizeof(Request), kRequestsMax);
    m_frameBase = m_frames->at(0);
    m_frameBytes = frameBytes;
    m_frameReciprocal = ~std::uint64_t(0) / frameBytes + 1;
    m_requestBase = reinterpret_cast<Request *>(m_requests->at(0));
}

// --- slabs

inline std::uint32_t Engine::newFrame()
{
    std::uint32_t f = m_freeFrame;
    if (f != Frame::kNone) {
        m_freeFrame = static_cast<std::uint32_t>(frameAt(f)->key);
    } else {
        f = m_framesMade++;
        HALFOPEN_CHECK(m_framesMade < m_frames->capacity());
    }
    if (++m_framesUsed > m_callsInFlightMax)
        m_overLimit = true;
    // Tags and layer bytes are zero: a fresh page is, and freeFrame() leaves the tags so; admit() zeroes each layer.
    return f;
}

inline void Engine::freeFrame(Frame *f)
{
    f->key = m_freeFrame;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    f->pending = 0;
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
        m_overLimit = true;
    HALFOPEN_CHECK(m_requestsMade < kRequestsMax - 1);
    return m_requestsMade++;
}

void Engine::freeRequest(std::uint32_t r)
{
    requestAt(r)->frame = m_freeRequest;
    m_freeRequest = r;
}

// --- the loop

std::uint64_t Engine::run(Instant until, std::uint64_t maxEvents, bool stopAtTransition)
{
    const std::int64_t untilNs = std::min(until.ns(), EventKey::kTimeMax);
    const std::uint64_t eventsBefore = m_events;
    const std::uint64_t eventsEnd = maxEvents > ~eventsBefore ? ~0ull : eventsBefore + maxEvents;
    const std::uint64_t transitionsBefore = m_recorder.transitionsSeen();
    while (m_events < eventsEnd) {
        const EventKey next = m_heap.top();
        if (m_nextArrival < next) {
            const std::int64_t at = m_nextArrival.timeNs();
            if (__builtin_expect(at > untilNs, 0))
                break;
            if (__builtin_expect(at >= m_recorder.bucketEndNs(), 0))
                closeBuckets(at);
            m_nowNs = at;
            ++m_events;
            arrivalDue();
        } else {
            const std::int64_t at = next.timeNs();
            if (__builtin_expect(at > untilNs, 0))
                break;
            if (__builtin_expect(at >= m_recorder.bucketEndNs(), 0))
                closeBuckets(at);
            m_nowNs = at;
            m_heap.pop();
            runEvent(next);
        }
        if (__builtin_expect(m_overLimit, 0))
            break;
        if (__builtin_expect(stopAtTransition, 0) && m_recorder.transitionsSeen() != transitionsBefore)
            break;
    }
    return m_events - eventsBefore;
}

inline void Engine::runEvent(EventKey key)
{
    const std::uint32_t slot = key.payload() & kSlotMask;
    switch (static_cast<Kind>(key.payload() >> kSlotBits)) {
    case Kind::Work: {
        ++m_events;
        m_dependencies[requestAt(slot)->dependency]->onWork(now(), slot);
        break;
    }
    case Kind::Wake:
        wakeDue(key);
        break;
    case Kind::Ring:
        ringDue(key);
        break;
    case Kind::Note:
        ++m_events;
        m_dependencies[m_notes[slot].dependency]->onNote(now(), m_notes[slot].note);
        break;
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
    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        if (m_clients[i].next < m_nextArrival) {
            m_nextArrival = m_clients[i].next;
            m_nextClient = static_cast<std::uint32_t>(i);
        }
    }
}

inline void Engine::arrivalDue()
{
    Client &client = m_clients[m_nextClient];
    const std::uint64_t number = client.arrivals.index();
    Edge &edge = *m_edges[client.edge];
    client.arrivals.advance();
    const bool more = client.arrivals.nextNs() < client.endNs;
    client.next = more ? EventKey(client.arrivals.nextNs(), ++m_order, 0) : EventKey::never();
    if (m_clients.size() == 1)
        m_nextArrival = client.next;
    else
        updateNextArrival();
    std::uint32_t process = 0;
    if (edge.processes > 1)
        process = static_cast<std::uint32_t>(
            static_cast<UnsignedWide>(client.random.draw(number, 1)) * edge.processes >> 64);
    startCall(edge, client.keySalt | number, process, Frame::kNone);
}

// --- one call

inline void Engine::startCall(Edge &edge, std::uint64_t key, std::uint32_t process, std::uint32_t parent)
{
    const std::uint32_t index = newFrame();
    Frame *f = frameAt(index);
    f->key = key;
    f->startNs = m_nowNs;
    f->parent = parent;
    f->edge = static_cast<std::uint16_t>(edge.index);
    f->process = static_cast<std::uint16_t>(process);
    f->attempts = 0;
    f->depth = 0;
    f->sampled = 0;
    ++edge.counts->offered;
    if (parent != Frame::kNone) {
        requestAt(parent)->child = index; // so that cancelCallsOf() finds it
    } else if (__builtin_expect(m_recorder.wantsCall(edge.index, key), 0)) {
        f->sampled = 1;
        m_recorder.traceBegin(index, edge.index, process, key, now());
    }
    enter(f, 0);
}

void Engine::enter(Frame *f, std::size_t layer)
{
    Edge &edge = edgeOf(f);
    const std::size_t count = edge.layerCount;
    for (;;) {
        Outcome outcome;
        std::size_t entered = layer;
        // All layers inside begin afresh: their bytes lie behind each other.
        for (std::byte *p = bytesOf(f) + (layer < count ? edge.layer[layer].stateOffset : edge.stateEnd),
                       *end = bytesOf(f) + edge.stateEnd;
             p < end; p += 8)
            std::memset(p, 0, 8);
        for (; entered < count; ++entered) {
            Layer &l = edge.layer[entered];
            PolicyCall call = policyCall(f, l);
            const Admission a = l.byProcess[f->process]->admit(now(), call);
            if (__builtin_expect(a.hasEvents, 0))
                collectEvents(l, f->process);
            if (a.kind == Admission::Kind::Admit)
                continue;
            if (a.kind == Admission::Kind::AdmitWithDeadline) {
                armDeadline(f, l, entered, a.atNs);
                continue;
            }
            outcome = a.outcome;
            trace(f, CallStep::Kind::Refused, entered, outcome);
            break;
        }
        f->depth = static_cast<std::uint8_t>(entered);
        if (entered == count && !send(f, edge, outcome))
            return;
        const int again = goOutwards(f, edge, entered, outcome);
        if (again < 0)
            return;
        layer = static_cast<std::size_t>(again) + 1;
    }
}

inline bool Engine::send(Frame *f, Edge &edge, Outcome &answer)
{
    const std::uint32_t r = newRequest();
    Request *request = requestAt(r);
    request->frame = indexOf(f);
    request->dependency = static_cast<std::uint16_t>(edge.dependency);
    f->pending = r;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Request);
    if (__builtin_expect(f->attempts != 0xffff, 1))
        ++f->attempts;
    ++edge.counts->attempts;
    trace(f, CallStep::Kind::AttemptSent, edge.layerCount, {});
    if (__builtin_expect(!edge.target->arrive(now(), r, answer), 1))
        return false;
    freeRequest(r);
    f->pending = 0;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    trace(f, CallStep::Kind::AttemptEnded, edge.layerCount, answer);
    return true;
}

int Engine::goOutwards(Frame *f, Edge &edge, std::size_t count, Outcome outcome)
{
    for (std::size_t i = count; i-- > 0;) {
        Layer &l = edge.layer[i];
        if (l.timerOffset != 0)
            timerTag(f, l) = 0;
        if (l.keepsOutcomes)
            continue;
        PolicyCall call = policyCall(f, l);
        const Verdict v = l.byProcess[f->process]->onOutcome(now(), call, outcome);
        if (__builtin_expect(v.hasEvents, 0))
            collectEvents(l, f->process);
        if (__builtin_expect(v.kind == Verdict::Kind::Keep, 1))
            continue;
        int again = -1;
        if (!obey(f, i, v, outcome, again))
            return again;
    }
    endCall(f, edge, outcome);
    return -1;
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
    const std::int64_t at = std::min(std::max(verdict.atNs, m_nowNs), EventKey::kTimeMax);
    m_recorder.retryDecided(f->edge, f->key, m_nowNs, at - m_nowNs, f->attempts + 1u);
    trace(f, CallStep::Kind::RetryScheduled, layer, outcome, at - m_nowNs);
    f->depth = static_cast<std::uint8_t>(layer + 1);
    if (at == m_nowNs) {
        enterAgain = static_cast<int>(layer);
        return false;
    }
    const EventKey key(at, nextTagged(), payloadOf(Kind::Wake, indexOf(f)));
    f->pending = key.tag();
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Wake);
    m_heap.push(key);
    return false;
}

inline void Engine::endCall(Frame *f, Edge &edge, Outcome outcome)
{
    const std::uint32_t parent = f->parent;
    m_recorder.callEnded(*edge.counts, edge.index, f->key, f->startNs, m_nowNs, outcome, f->attempts);
    if (__builtin_expect(f->sampled, 0))
        m_recorder.traceEnd(indexOf(f), now(), outcome);
    freeFrame(f);
    if (parent != Frame::kNone)
        edge.source->onCallReturned(now(), parent, outcome);
}

void Engine::respond(std::uint32_t r, Outcome outcome)
{
    Frame *f = frameAt(requestAt(r)->frame);
    const bool waits = callerWaits(r);
    freeRequest(r);
    if (!waits)
        return;
    Edge &edge = edgeOf(f);
    f->pending = 0;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    trace(f, CallStep::Kind::AttemptEnded, edge.layerCount, outcome);
    const int again = goOutwards(f, edge, edge.layerCount, outcome);
    if (again >= 0)
        enter(f, static_cast<std::size_t>(again) + 1);
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
    for (std::size_t i = f->depth; i-- > keepLayers;) {
        Layer &l = edge.layer[i];
        if (l.timerOffset != 0)
            timerTag(f, l) = 0;
        PolicyCall call = policyCall(f, l);
        l.byProcess[f->process]->onCancelled(now(), call);
    }
    const auto waiting = static_cast<Frame::Waiting>(f->waiting);
    const std::uint32_t pending = f->pending;
    f->depth = static_cast<std::uint8_t>(std::min<std::size_t>(f->depth, keepLayers));
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    f->pending = 0;
    if (waiting == Frame::Waiting::Request) {
        ++edge.counts->late;
        edge.target->onCallerLeft(now(), pending);
    }
}

// --- timers

std::uint64_t Engine::nextTagged()
{
    if (__builtin_expect((++m_order & 0xffffffffu) == 0, 0))
        ++m_order; // tag 0 means "no timer"
    return m_order;
}

std::uint32_t Engine::findRing(std::int64_t delayNs)
{
    std::size_t free = m_rings.size();
    for (std::size_t i = 0; i < m_rings.size(); ++i) {
        if (m_rings[i].delay().count() == delayNs)
            return static_cast<std::uint32_t>(i);
        if (m_rings[i].empty())
            free = i;
    }
    if (free < m_rings.size())
        m_rings[free] = TimerRing(Duration(delayNs));
    else
        m_rings.emplace_back(Duration(delayNs));
    return static_cast<std::uint32_t>(free);
}

void Engine::armDeadline(Frame *f, Layer &l, std::size_t layer, std::int64_t atNs)
{
    const std::int64_t at = std::min(std::max(atNs, m_nowNs), EventKey::kTimeMax);
    if (__builtin_expect(l.ring >= m_rings.size() || m_rings[l.ring].delay().count() != at - m_nowNs, 0))
        l.ring = findRing(at - m_nowNs);
    TimerRing &ring = m_rings[l.ring];
    const EventKey key(at, nextTagged(), static_cast<std::uint32_t>(layer) << kLayerShift | indexOf(f));
    timerTag(f, l) = key.tag();
    l.armed = true;
    if (ring.empty())
        m_heap.push(key.withPayload(payloadOf(Kind::Ring, l.ring)));
    ring.push(key);
}

bool Engine::deadlineLives(EventKey key) const
{
    Frame *f = frameAt(key.payload() & kSlotMask);
    const std::size_t layer = key.payload() >> kLayerShift;
    const Edge &edge = edgeOf(f);
    return layer < edge.layerCount && edge.layer[layer].timerOffset != 0
        && timerTag(f, edge.layer[layer]) == key.tag();
}

void Engine::ringDue(EventKey due)
{
    TimerRing &ring = m_rings[due.payload() & kSlotMask];
    const EventKey first = ring.front();
    const bool lives = deadlineLives(first);
    ring.popFront();
    while (!ring.empty() && !deadlineLives(ring.front()))
        ring.popFront();
    if (!ring.empty())
        m_heap.push(ring.front().withPayload(due.payload()));
    if (lives) {
        ++m_events;
        deadlineDue(frameAt(first.payload() & kSlotMask), first.payload() >> kLayerShift);
    }
}

void Engine::deadlineDue(Frame *f, std::size_t layer)
{
    Edge &edge = edgeOf(f);
    Layer &l = edge.layer[layer];
    timerTag(f, l) = 0;
    Outcome outcome{.kind = OutcomeKind::Timeout};
    trace(f, CallStep::Kind::DeadlinePassed, layer, outcome);
    cancelInside(f, layer + 1);
    PolicyCall call = policyCall(f, l);
    const Verdict v = l.byProcess[f->process]->onDeadline(now(), call);
    if (v.hasEvents)
        collectEvents(l, f->process);
    int again = -1;
    if (obey(f, layer, v, outcome, again))
        again = goOutwards(f, edge, layer, outcome);
    if (again >= 0)
        enter(f, static_cast<std::size_t>(again) + 1);
}

void Engine::wakeDue(EventKey key)
{
    Frame *f = frameAt(key.payload() & kSlotMask);
    if (f->waiting != static_cast<std::uint8_t>(Frame::Waiting::Wake) || f->pending != key.tag())
        return;
    ++m_events;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    f->pending = 0;
    enter(f, f->depth);
}

void Engine::scheduleNote(std::uint32_t dependency, std::uint32_t note, Instant at)
{
    std::uint32_t slot = 0;
    while (slot < m_notes.size() && !(m_notes[slot].dependency == dependency && m_notes[slot].note == note))
        ++slot;
    if (slot == m_notes.size())
        m_notes.push_back({dependency, note});
    m_heap.push(EventKey(at.ns(), ++m_order, payloadOf(Kind::Note, slot)));
}

// --- settings, events, memory

void Engine::reconfigure(std::string_view stackName, std::size_t layer, const void *config)
{
    for (const auto &edge : m_edges) {
        if (edge->stackName != stackName || layer >= edge->layers.size())
            continue;
        Layer &l = edge->layers[layer];
        for (std::size_t p = 0; p < l.owned.size(); ++p) {
            l.owned[p]->reconfigure(now(), config);
            collectEvents(l, static_cast<std::uint32_t>(p));
        }
    }
}

void Engine::collectEvents(Layer &layer, std::uint32_t process)
{
    m_policyEvents.clear();
    layer.byProcess[process]->takeEvents(m_policyEvents);
    for (const PolicyEvent &event : m_policyEvents)
        m_recorder.transition(layer.firstBreaker + process, event);
}

void Engine::traceStep(const Frame *f, CallStep::Kind kind, std::size_t layer, Outcome outcome, std::int64_t delayNs)
{
    m_recorder.traceStep(indexOf(f), {now(), kind, static_cast<std::uint8_t>(layer), outcome, Duration(delayNs)});
}

Engine::Memory Engine::memory() const
{
    std::uint64_t timers = m_heap.capacity() * sizeof(EventKey);
    for (const TimerRing &ring : m_rings)
        timers += ring.capacity() * sizeof(EventKey);
    std::uint64_t deadlines = 0; // of the edge with the most
    for (const auto &edge : m_edges)
        deadlines = std::max<std::uint64_t>(
            deadlines, static_cast<std::uint64_t>(std::count_if(edge->layers.begin(), edge->layers.end(),
                                                                [](const Layer &l) { return l.armed; })));
    return {m_frameBytes + sizeof(Request) + (1 + deadlines) * sizeof(EventKey), m_framesMade * m_frameBytes,
            m_requestsMade * sizeof(Request), timers};
}

} // namespace halfopen
