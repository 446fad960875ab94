// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/wide.h"
#include "core/base/random.h"
#include "core/engine/arena.h"
#include "core/engine/arrivals.h"
#include "core/engine/dependency.h"
#include "core/engine/event_queue.h"
#include "core/policies/instance_judge.h"
#include "core/policies/policy.h"
#include "core/policies/registry.h"
#include "core/run/recorder.h"
#include "core/scenario/scenario.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace halfopen {

class Substitutes; // core/engine/substitutes.h

/// One call on one edge while it is under way: a header, then one timer tag per layer that gives deadlines, then
/// each layer's own bytes. Lives in a slab; everything a stale event could reach is zero when the slot is free.
///
/// A layer that starts copies of its inside (hedging) keeps the call, and every copy is a frame of its own: a child that knows
/// only the layers further in.
struct Frame {
    enum class Waiting : std::uint8_t { Nothing, Request, Wake, Copies };
    std::uint64_t key;      ///< names the call (common random numbers); links free slots
    std::int64_t startNs;   ///< of a copy: the next copy of the same call, a frame or kNone
    std::uint32_t pending;  ///< the request (Waiting::Request), the tag of the wake event (Waiting::Wake; 0 = parked in a
                            ///< layer's queue) or the first copy (Waiting::Copies)
    std::uint32_t parent;   ///< the request it is made for; kNone for a client's call; of a copy: the call's frame
    std::uint16_t edge;
    std::uint16_t process;
    std::uint16_t attempts; ///< requests sent so far; of a copy: the number of its own latest one
    std::uint8_t depth;     ///< layers entered, outermost first
    std::uint8_t waiting : 2;
    std::uint8_t sampled : 1;
    std::uint8_t isCopy : 1;
    std::uint8_t retries : 4; ///< decided so far; stops counting at 15

    static constexpr std::uint32_t kNone = ~0u;
    static constexpr std::uint8_t kRetriesMax = 15;
};
static_assert(sizeof(Frame) == 32);

/// The virtual-time engine: events in order of (time, scheduling), calls in a slab, policies as a run-time stack.
///
/// One thread. Hardly any allocation in steady state. Time sources are kept apart: the next arrival of each client in a
/// register, deadlines with a constant delay in rings (only each ring's head is in the queue), everything else
/// in the queue. Equal times run in the order in which they were scheduled.
///
/// Order inside one event: the input (an answer, a deadline, a wake) goes to the innermost entered layer first and
/// outwards until a layer keeps the call inside; a service that finished work starts its next queued request before the
/// finished one is answered.
class Engine {
public:
    struct EdgeSetup {
        std::string name;            ///< also names the random streams: "web -> orders"
        const PolicyStackSpec *stack = nullptr; ///< null = no policies
        std::uint32_t processes = 1;
        Dependency *target = nullptr;
        Dependency *source = nullptr; ///< the caller's side of a call between services; null for a client's; substitutes()
                                      ///< for calls that stand in for another edge's
        std::uint32_t firstBreaker = 0; ///< index of this edge's first breaker in the record
    };

    Engine(std::uint64_t seed, Recorder &recorder, std::uint64_t callsInFlightMax);
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    // --- building, before the first event
    std::uint32_t addEdge(const EdgeSetup &setup);
    /// Begins the timers of the policies. Called once, before the first event and after seal().
    void start();
    void addClient(std::uint32_t edge, const std::string &name, const ArrivalSpec &arrivals, Instant arrivalsEnd);
    /// Before the edges that lead to it. Its number goes with scheduleNote().
    std::uint32_t addDependency(Dependency *dependency)
    {
        m_dependencies.push_back(dependency);
        return static_cast<std::uint32_t>(m_dependencies.size() - 1);
    }
    /// Whoever makes the calls that stand in for failed ones (fallback). Makes it at the first use.
    Substitutes &substitutes();
    /// Where the other call of \a layer of \a edge is made (Verdict::CallOther).
    void setOtherEdge(std::uint32_t edge, std::uint32_t layer, std::uint32_t otherEdge);
    /// Whether a policy of \a edge judges the instances of its target.
    bool isJudged(std::uint32_t edge) const { return !m_edges[edge]->judges.empty(); }
    /// \a watcher must outlive the engine; null = nobody (the usual case).
    void watchRequests(RequestWatcher *watcher) { m_watcher = watcher; }
    /// Called once after all edges: lays out the slab. Timer tags lie at the same place in every frame, whatever its edge,
    /// so that no layer's bytes can ever be taken for a tag.
    void seal();

    // --- running
    Instant now() const { return Instant::fromNs(m_nowNs); }
    std::uint64_t events() const { return m_eventsEnd - m_eventsLeft; }
    std::uint64_t callsInFlight() const { return m_framesUsed - m_copies; }
    /// Runs events up to and including \a until; stops early after \a maxEvents, when the limit of calls in flight is
    /// reached (see overLimit()), or, with \a stopAtTransition, behind an event in which a breaker changed state.
    /// Returns the number of events run.
    std::uint64_t run(Instant until, std::uint64_t maxEvents, bool stopAtTransition);
    bool overLimit() const { return m_overLimit; }
    /// As asked for, or fewer when frames are so large that fewer can be named.
    std::uint64_t callsInFlightMax() const { return m_callsInFlightMax; }
    /// Moves the clock without an event. All events before \a to must have run.
    void advanceTo(Instant to);
    /// New settings for one layer of every process of the edges that use \a stackName.
    void reconfigure(std::string_view stackName, std::size_t layer, const void *config);
    /// Lets every dependency account its time-weighted figures up to now().
    void settle(Instant at);

    // --- for dependencies
    const Request &request(std::uint32_t r) const { return *requestAt(r); }
    Request &request(std::uint32_t r) { return *requestAt(r); }
    /// Whether somebody still waits for the answer to \a request.
    bool callerWaits(std::uint32_t request) const { return waitsFor(frameAt(requestAt(request)->frame), request); }
    /// The call that sent the request; only while callerWaits().
    const Frame &frameOf(std::uint32_t request) const { return *frameAt(requestAt(request)->frame); }
    /// Answers and frees \a request. False if nobody waited: the answer is late, the work was wasted.
    bool respond(std::uint32_t request, Outcome outcome);
    /// A request that nobody sent: \a dependency's own, for work of its own (scheduleWork()) and for calls (callOn()). Freed by
    /// drop(); it has no caller and is never answered.
    std::uint32_t newTask(std::uint32_t dependency);
    /// Frees a request that will never be answered.
    void drop(std::uint32_t request) { freeRequest(request); }
    /// onWork(\a request) at \a atNs: not before nowNs(), below 2^56.
    void scheduleWork(std::uint32_t request, std::int64_t atNs)
    {
        m_queue.pushNewest(nextKey(atNs, payloadOf(Kind::Work, request)));
    }
    /// The requests that \a dependency was given and has not answered, and its tasks, in no order that means anything.
    /// Looks at every request there is: for rare events.
    std::vector<std::uint32_t> requestsOf(std::uint32_t dependency) const;
    /// Brings requests whose callers all wait into the order of (edge, key, attempt), which depends on no slot.
    void sortByCall(std::vector<std::uint32_t> &requests) const;
    /// A new request takes the place of \a request before its caller, who must wait: what comes for the old one (an event
    /// that is scheduled) finds nobody. Returns the new one; its `instance` is that of the old one.
    std::uint32_t handOver(std::uint32_t request);
    /// The work on \a request has stopped for good, although its slot is still in use: whatever it holds is free.
    void workStops(std::uint32_t request)
    {
        if (m_watcher)
            m_watcher->requestEnds(request);
    }
    /// onNote(\a note) of dependency number \a dependency at \a at.
    void scheduleNote(std::uint32_t dependency, std::uint32_t note, Instant at);
    /// The number of \a dependency: for a request that is handed on to it.
    std::uint32_t numberOf(const Dependency *dependency) const;
    /// The virtual time of the event that is being run, in ns.
    std::int64_t nowNs() const { return m_nowNs; }
    /// Begins a call on \a edge for \a request. Its end comes through Dependency::onCallReturned(), maybe before this returns.
    void callOn(std::uint32_t edge, std::uint32_t request, std::uint64_t key, std::uint16_t process);
    /// Whoever made the call of this request has left: the call is cancelled. No onCallReturned() follows.
    void cancelCallsOf(std::uint32_t request);

    /// Whether a policy of the sender of \a frame wants \a instance passed over. Only on edges with isJudged().
    bool passesOver(const Frame &frame, std::uint32_t instance) const;
    /// Whether it wants any passed over.
    bool passesOverAny(const Frame &frame) const;
    /// The request that \a frame waits for goes to \a instance. Only on edges with isJudged().
    void noteInstance(const Frame &frame, std::uint32_t instance);
    /// What was asked for instead of the inside of \a request's call has ended. Frees \a request.
    void respondSubstitute(std::uint32_t request, Outcome failed, Outcome substitute);

    struct Memory {
        std::uint64_t bytesPerCall; ///< frame, request, event, a timer slot per layer that gave a deadline
        std::uint64_t frameBytes, requestBytes, timerBytes; ///< touched so far
    };
    Memory memory() const;
    /// The object that judges the calls of \a process; the same one for all where a fleet can share it.
    const Policy &policy(std::size_t edge, std::size_t layer, std::size_t process) const
    {
        return *m_edges[edge]->layer[layer].processes[process];
    }

private:
    enum class Kind : std::uint32_t { Work, Wake, Ring, Note, Timer };
    static constexpr std::uint32_t kSlotBits = 28;
    static constexpr std::uint32_t kSlotMask = (1u << kSlotBits) - 1;
    static constexpr std::uint32_t payloadOf(Kind kind, std::uint32_t slot)
    {
        return static_cast<std::uint32_t>(kind) << kSlotBits | slot;
    }

    struct Layer {
        Policy *const *byProcess = nullptr; ///< one per process; the same object where a fleet can share it
        RandomStream random;
        std::uint16_t stateOffset = 0;   ///< in the frame, bytes
        std::uint16_t zeroOffset = 0;    ///< where the bytes begin that are zeroed when the call enters here
        std::uint16_t timerOffset = 0;   ///< of the u32 tag; 0 = gives no deadlines
        std::uint16_t clearOffset = 0;   ///< of the u32 that an outcome makes 0: the tag, or what is 0 then anyway
        std::uint8_t number = 0;         ///< the outermost has 0
        bool special = false;            ///< attended, starts copies, or wants to know more of a call than its key
        bool asked[2] = {};              ///< whether onOutcome() wants a bad, a good outcome
        bool armed = false;              ///< has given a deadline
        std::int64_t admitsForNs = -1;   ///< not negative: admit() need not be asked, this is what it gives
        Layer *inwards = nullptr;        ///< the next further in whose admit() must be asked, or the end
        std::uint8_t firstStep[2] = {};  ///< of Edge::outwards, for a bad, a good outcome from inside this layer
        TimerRing *ring = nullptr;       ///< the ring used last
        std::uint32_t ringIndex = 0;
        std::uint32_t firstBreaker = 0;
        std::uint32_t firstTimer = 0;    ///< in m_timers, one per object
        bool alwaysAdmits = false;       ///< admit() need not be asked
        bool keepsOutcomes = false;      ///< onOutcome() need not be asked
        bool attended = false;           ///< queues calls or has timers: see attend()
        bool startsCopies = false;
        bool isBreaker = false;
        bool hasTimers = false;
        bool probes = false;
        bool queuesCalls = false;
        bool keepsBytes = false;
        bool isZeroed = false;           ///< its bytes, when the call enters
        std::uint16_t stateWords = 0;    ///< 8-byte words
        std::uint32_t parts = 1;         ///< bands in the record per process: instances, where it judges them
        std::vector<std::unique_ptr<Policy>> owned;
        std::vector<Policy *> processes; ///< what byProcess points to
    };
    /// What a layer has to do with an outcome on its way outwards. In a list per edge and not by way of the layers, so that one step
    /// does not wait for the one before to say where the next is.
    struct OutwardStep {
        Layer *layer = nullptr;        ///< the one before the first when there are no more
        Policy *only = nullptr;        ///< of the layer, when all processes share it
        std::uint16_t clearOffset = 0; ///< as the layer's
        bool asked = false;            ///< whether onOutcome() wants to know
    };
    static constexpr std::size_t kLayersMax = 16;
    /// A layer that judges instances, as such.
    struct JudgeLayer {
        std::uint32_t layer = 0;
        std::vector<InstanceJudge *> byProcess;
    };
    struct Edge {
        Layer *layer = nullptr;       ///< the outermost; one before it and one behind the innermost have no policies
        Layer *layersEnd = nullptr;
        std::uint32_t layerCount = 0;
        std::uint32_t index = 0;
        std::uint32_t stateEnd = 0;   ///< end of the bytes that are zeroed; what lasts longer lies behind (keepsBytes)
        Recorder::EdgeNow *counts = nullptr;
        Dependency *target = nullptr;
        std::uint32_t dependency = 0; ///< number of the target
        std::uint32_t processes = 1;
        std::uint32_t firstCopied = 0; ///< the layer below the one that starts copies; copies begin here
        Dependency *source = nullptr;
        std::array<OutwardStep, kLayersMax + 1> outwards[2]; ///< of a bad, a good outcome, from the innermost; behind the last, no more
        std::vector<Layer> layers; ///< with the two that have no policies
        std::vector<JudgeLayer> judges;
        std::string name;
        std::string stackName;
    };
    struct Client {
        Edge *edge;
        std::uint64_t keySalt;
        RandomStream random;
        ArrivalSequence arrivals;
        std::int64_t endNs;
        EventKey next;
    };
    struct Note {
        std::uint32_t dependency;
        std::uint32_t note;
    };
    /// When one policy object wants to be woken.
    struct PolicyTimer {
        Edge *edge;
        std::uint32_t layer;
        std::uint32_t object; ///< of Layer::owned
        std::uint32_t tag = 0; ///< of the event that is still good
        std::int64_t atNs = std::numeric_limits<std::int64_t>::max();
        std::uint64_t probes = 0; ///< sent so far
    };

    // A frame is named by its place in the arena in steps of 8 bytes: neither way needs a multiplication.
    Frame *frameAt(std::uint32_t f) const
    {
        return reinterpret_cast<Frame *>(m_frameBase + (static_cast<std::size_t>(f) << 3));
    }
    std::uint32_t indexOf(const Frame *f) const
    {
        return static_cast<std::uint32_t>(
            static_cast<std::size_t>(reinterpret_cast<const std::byte *>(f) - m_frameBase) >> 3);
    }
    Request *requestAt(std::uint32_t r) const { return m_requestBase + r; }
    static bool waitsFor(const Frame *f, std::uint32_t request)
    {
        return f->pending == request && f->waiting == static_cast<std::uint8_t>(Frame::Waiting::Request);
    }
    Edge &edgeOf(const Frame *f) const { return *m_edgeOf[f->edge]; }
    static std::byte *bytesOf(Frame *f) { return reinterpret_cast<std::byte *>(f); }
    static std::uint32_t &timerTag(Frame *f, const Layer &l)
    {
        return *reinterpret_cast<std::uint32_t *>(bytesOf(f) + l.timerOffset);
    }
    PolicyCall policyCall(Frame *f, const Layer &l) const
    {
        return {bytesOf(f) + l.stateOffset, f->key, l.random, indexOf(f), f->retries};
    }
    static Policy *policyOf(const OutwardStep &step, const Frame *f)
    {
        return __builtin_expect(step.only != nullptr, 1) ? step.only : policyOf(*step.layer, f);
    }
    static Policy *policyOf(const Layer &l, const Frame *f) { return l.byProcess[f->process]; }

    Frame *newFrame();
    Frame *newFrameSlow();
    void freeFrame(Frame *f);
    void freeAnswered(Frame *f);
    std::uint32_t newRequest();
    std::uint32_t newRequestSlow();
    void freeRequest(std::uint32_t r);
    void runEvent(EventKey key);

    void arrivalDue();
    void updateNextArrival();
    /// run() ends behind the present event.
    void stop()
    {
        m_eventsEnd -= m_eventsLeft;
        m_eventsLeft = 0;
    }
    /// An event that does something. Timers that were dropped are not counted.
    void countEvent() { --m_eventsLeft; }
    void startCall(Edge &edge, std::uint64_t key, std::uint32_t process, std::uint32_t parent);
    // In place, for the hottest callers. kIsPlain: neither sampled nor a copy, so that nothing of that is asked.
    void startCallHere(Edge &edge, std::uint64_t key, std::uint32_t process, std::uint32_t parent);
    /// Runs the call inwards from `layer` and outwards again until it waits or has ended.
    void enter(Frame *f, std::size_t from);
    template <bool kIsPlain> void enterHere(Frame *f, Edge &edge, Layer *l);
    enum class Step { Inwards, Waits, Outwards };
    /// What enter() does seldom: events, waits, refusals, copies.
    [[gnu::noinline]] Step obeyAdmission(Frame *f, Edge &edge, Layer &l, Admission a, Outcome &outcome);
    [[gnu::noinline]] Step enterSpecial(Frame *f, Edge &edge, Layer &l, Outcome &outcome);
    /// The layers below `count` hear `outcome`, from the innermost. Returns the layer whose inside must be entered
    /// again at once, or -1 when the call waits or has ended.
    int goOutwards(Frame *f, Edge &edge, std::size_t count, Outcome outcome);
    template <bool kIsPlain> int goOutwardsHere(Frame *f, Edge &edge, const Layer *inside, Outcome outcome);
    [[gnu::noinline]] int leaveSpecial(Frame *f, Edge &edge, Layer &l, Outcome outcome);
    /// Who of the layers has to do with what; after a policy changed what it need not be asked.
    static void chain(Edge &edge);
    bool respondHere(std::uint32_t request, Outcome outcome);
    [[gnu::noinline]] bool respondUnusually(Frame *f, std::uint32_t request, Outcome outcome);
    /// What goOutwards() does seldom: a verdict of \a l other than to keep the outcome.
    [[gnu::noinline]] int obeyVerdict(Frame *f, Edge &edge, Layer &l, Verdict v, Outcome outcome);
    /// Does what \a verdict of \a layer says. True if the outcome goes on outwards.
    bool obey(Frame *f, std::size_t layer, Verdict verdict, Outcome &outcome, int &enterAgain);
    /// Of an event that is scheduled now. Its tag is not 0, which means "no timer".
    EventKey nextKey(std::int64_t atNs, std::uint32_t payload)
    {
        m_orderLow += std::uint64_t(1) << 32;
        if (__builtin_expect(m_orderLow == 0, 0))
            orderWraps();
        return EventKey::fromWords(m_orderLow | payload, static_cast<std::uint64_t>(atNs) << 8 | m_orderHigh);
    }
    [[gnu::cold, gnu::noinline]] void orderWraps();
    template <bool kIsPlain> bool send(Frame *f, Edge &edge, Outcome &answer);
    template <bool kIsPlain> void endCall(Frame *f, Edge &edge, Outcome outcome);
    void cancelInside(Frame *f, std::size_t keepLayers);
    void armDeadline(Frame *f, Layer &l, std::int64_t atNs);
    void findRing(Layer &l, std::int64_t delayNs);
    void ringDue(EventKey key);
    void deadlineDue(Frame *f, std::size_t layer);
    void wakeAt(Frame *f, std::int64_t atNs);
    void wakeDue(EventKey key);
    void collectEvents(Layer &layer, std::uint32_t process);
    /// Makes the layers of \a edge that judge instances known to it, and the instances to them.
    void meetJudges(Edge &edge);
    /// Begins what a layer asked for instead of its inside, which ended with \a failed.
    void beginSubstitute(Frame *f, std::size_t layer, Verdict verdict, Outcome failed);
    void startCopy(Frame *f, Edge &edge);
    void copyEnded(Frame *copy, Edge &edge, Outcome outcome);
    void cancelCopies(Frame *f);
    /// Lets go the calls that \a layer released and sees to its timer. Asked after every input to a layer that
    /// queues calls or has timers.
    void attend(Layer &layer, std::uint32_t process);
    void timerDue(EventKey key);
    bool deadlineLives(EventKey key) const;
    void trace(const Frame *f, CallStep::Kind kind, std::size_t layer, Outcome outcome, std::int64_t delayNs = 0)
    {
        if (__builtin_expect(f->sampled, 0))
            traceStep(f->isCopy ? frameAt(f->parent) : f, kind, layer, outcome, delayNs);
    }
    void traceStep(const Frame *f, CallStep::Kind kind, std::size_t layer, Outcome outcome, std::int64_t delayNs);
    void closeBuckets(std::int64_t beforeNs);

    Recorder &m_recorder;
    std::uint64_t m_seed;
    std::int64_t m_nowNs = 0;
    // The scheduling order as EventKey keeps it: the low 32 bits at the top of one word, the other 8 at the end of the next.
    std::uint64_t m_orderLow = 0;
    std::uint64_t m_orderHigh = 0;
    std::uint64_t m_eventsEnd = 0;  ///< those run when none are left; run() stops before more
    std::uint64_t m_eventsLeft = 0; ///< counted down, because comparing with 0 costs nothing
    bool m_stopAtTransition = false;
    EventQueue m_queue;
    EventKey m_nextArrival = EventKey::never();
    Client *m_nextClient = nullptr;
    bool m_oneClient = false;
    std::vector<std::unique_ptr<TimerRing>> m_rings;
    std::vector<PolicyTimer> m_timers;
    std::vector<std::uint32_t> m_released; ///< scratch
    std::vector<Client> m_clients;
    std::vector<std::unique_ptr<Edge>> m_edges;
    std::vector<Dependency *> m_dependencies;
    std::vector<Note> m_notes;
    std::uint32_t m_tagsEnd = sizeof(Frame); ///< end of the timer tags in a frame, bytes

    std::vector<Edge *> m_edgeOf; ///< the edges again, one step nearer
    std::byte *m_frameBase = nullptr;
    std::size_t m_frameBytes = sizeof(Frame);
    Request *m_requestBase = nullptr;
    std::unique_ptr<Arena> m_frames;
    std::unique_ptr<Arena> m_requests;
    std::uint32_t m_freeFrame = Frame::kNone;
    std::uint32_t m_framesMade = 0;
    std::uint64_t m_framesUsed = 0;
    std::uint64_t m_copies = 0; ///< of m_framesUsed
    std::uint32_t m_freeRequest = Frame::kNone;
    std::uint32_t m_requestsMade = 0;
    std::uint64_t m_callsInFlightMax;
    RequestWatcher *m_watcher = nullptr;
    bool m_overLimit = false;
    std::vector<PolicyEvent> m_policyEvents; ///< scratch
    std::unique_ptr<Substitutes> m_substitutes; ///< null before the first use
    std::uint32_t m_substitutesNumber = ~0u;    ///< as a dependency
};

/// The number of a client's call within its client (0, 1, 2, ...) from its key, as shown to people.
constexpr std::uint64_t callNumber(std::uint64_t key)
{
    return key & ((std::uint64_t(1) << 40) - 1);
}

} // namespace halfopen
