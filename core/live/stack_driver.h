// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/live/instance_chooser.h"
#include "core/policies/instance_judge.h"
#include "core/policies/registry.h"
#include "core/scenario/scenario.h"

#include <array>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace halfopen::live {

/// Names a call, or an attempt, of one StackDriver. Counted from 1 and never used again.
using CallId = std::uint64_t;
using AttemptId = std::uint64_t;

/// Where the outcome of a call came from.
enum class EndedBy : std::uint8_t {
    Attempt,     ///< `attempt` ended so and every layer kept it
    Refusal,     ///< `layer` refused the call, or answered it without any attempt
    Replacement, ///< `layer` put its own outcome in place of another
    Caller,      ///< the caller left
    NotSent,     ///< an attempt could not begin: the rule that chooses its instance threw `notSent`
};

struct CallEnd {
    Outcome outcome{};
    EndedBy by = EndedBy::Attempt;
    std::uint8_t layer = 0;    ///< outermost = 0; see `by`
    AttemptId attempt = 0;     ///< see `by`; 0 = none
    std::uint32_t attempts = 0; ///< begun in all
    Duration limit{};           ///< of Replacement by a deadline: how long `layer` waited; else 0
    std::exception_ptr notSent; ///< see `by`
};

/// What a StackDriver wants done, in order.
struct StackAction {
    enum class Kind : std::uint8_t {
        StartAttempt,  ///< run the operation for `call`; attemptEnded() is owed, once
        LeaveAttempt,  ///< nobody waits for `attempt` any longer; what it gives is dropped
        EndCall,       ///< `call` is over: `end`
        StartProbe,    ///< ask the dependency how it is, for `layer`; probeEnded() is owed, once
        RetryDecided,  ///< `call` tries again after `delay`; nothing to do
        PolicyEvent,   ///< `event` of `layer`; nothing to do
    };
    Kind kind = Kind::StartAttempt;
    std::uint8_t layer = 0;
    CallId call = 0;
    AttemptId attempt = 0;
    std::uint32_t number = 0;   ///< of StartAttempt: which one of its call, from 1
    std::uint32_t instance = 0; ///< of StartAttempt: whom to ask, where the driver knows instances
    Duration delay{};
    CallEnd end{};
    PolicyEvent event{};
};

/// Runs a stack of policies for real calls: the live counterpart of Engine, without its clock, its network and its fleet.
///
/// A pure state machine like the policies it drives: `now` is an argument and must not decrease, what is to be done comes
/// out of nextAction(), and nextDue() says when advance() is wanted. The same stack under the virtual engine decides the
/// same (tests/twin). Not thread-safe: one thread, or a lock around it.
///
/// Use: one input, then every action, then nextDue(). Inputs that an action causes may come while the others are still
/// to be taken.
///
/// It knows one dependency. A layer that would call another one (Verdict::CallOther) hears at once that nobody listens
/// there. The dependency may have instances (setInstances()): then each attempt is for one of them, layers that judge
/// instances hear for which, and those that they pass over are asked no more.
///
/// A call is one frame, which holds each layer's bytes. A layer that starts copies has a frame of its own for each copy; the
/// number of a frame is the ticket that a waiting layer is given.
class StackDriver {
public:
    /// \a spec has at most kLayersMax layers. \a name and \a seed name the random streams as in Engine, so that the same
    /// draws come out.
    StackDriver(const PolicyStackSpec &spec, const std::string &name, std::uint64_t seed);
    StackDriver(const StackDriver &) = delete;
    StackDriver &operator=(const StackDriver &) = delete;

    static constexpr std::size_t kLayersMax = 16;
    static constexpr std::uint32_t kInstancesMax = 4096;

    /// The dependency has instances 0 to \a count - 1, at most kInstancesMax. Once, before the first call. Where \a chooser throws, the
    /// attempt is not sent: it ends as `error` (EndedBy::NotSent).
    void setInstances(std::uint32_t count, InstanceChooser chooser);

    // --- inputs; each does first what was due before it, so that a late timer changes nothing
    /// A call begins. \a key is what its draws depend on.
    CallId begin(Instant now, std::uint64_t key);
    /// An attempt is over. False if nobody waited for it any longer.
    bool attemptEnded(Instant now, AttemptId attempt, Outcome outcome);
    /// The caller waits no longer. Nothing happens to a call that is over.
    void leave(Instant now, CallId call);
    /// The answer to StartProbe of \a layer.
    void probeEnded(Instant now, std::size_t layer, Outcome answer);
    /// Does everything that is due at \a now. Early or repeated calls change nothing.
    void advance(Instant now);
    /// \a config is a valid config of that layer's type.
    void reconfigure(Instant now, std::size_t layer, const void *config);
    /// To be called after a layer's policy was changed directly (a breaker forced open).
    void policyTouched(Instant now);

    // --- outputs
    /// Takes the oldest action. False if there is none.
    bool nextAction(StackAction &action);
    /// When advance() is wanted; Instant::never() if at all.
    Instant nextDue() const { return m_timers.empty() ? Instant::never() : m_timers.begin()->at; }

    // --- looking
    std::size_t layerCount() const { return m_layers.size(); }
    const PolicyType &layerType(std::size_t layer) const { return *m_layers[checked(layer)].type; }
    Policy &policy(std::size_t layer) { return *m_layers[checked(layer)].policy; }
    const Policy &policy(std::size_t layer) const { return *m_layers[checked(layer)].policy; }
    /// True if attemptEnded() of it would change anything.
    bool awaits(AttemptId attempt) const { return m_attempts.contains(attempt); }
    std::size_t callsInFlight() const { return m_calls.size(); }
    /// In ascending order, those that no layer passes over; all of them if there would be none.
    const std::vector<std::uint32_t> &usableInstances();

private:
    struct Timer {
        enum class Kind : std::uint8_t { Deadline, Wake, Layer };
        Instant at;
        std::uint64_t order = 0; ///< of scheduling; equal times run in this order
        Kind kind = Kind::Deadline;
        std::uint32_t frame = 0; ///< for Deadline and Wake
        std::uint8_t layer = 0;
        Duration after{}; ///< of Deadline: from when it was wanted

        bool operator<(const Timer &other) const
        {
            return at != other.at ? at < other.at : order < other.order;
        }
    };
    struct LayerState {
        alignas(8) std::array<std::byte, 32> bytes{};
        std::optional<Timer> deadline;
    };
    struct Frame {
        enum class Waiting : std::uint8_t { Free, Nothing, Attempt, Wake, Parked, Copies };
        static constexpr std::uint32_t kNone = ~0u;
        CallId call = 0;
        std::uint64_t key = 0;
        std::uint32_t parent = kNone; ///< the frame this is a copy of the inside for
        std::uint32_t generation = 0; ///< +1 with each use of the place
        std::uint8_t first = 0;       ///< layer with which it begins: behind the one that started it
        std::uint8_t depth = 0;       ///< layers before this are entered
        Waiting waiting = Waiting::Free;
        AttemptId attempt = 0;
        std::uint32_t instance = 0;   ///< that `attempt` asks
        std::uint32_t retries = 0;    ///< decided so far, with those before a copy began; see PolicyCall::retries
        std::optional<Timer> wake;
        std::optional<CallEnd> failed;     ///< works on a substitute for this until `wake`
        std::vector<std::uint32_t> copies; ///< under way, oldest first
        std::array<LayerState, kLayersMax> layers;
    };
    struct Layer {
        const PolicyType *type = nullptr;
        std::unique_ptr<Policy> policy;
        RandomStream random;
        std::optional<Timer> timer;
        bool probeRuns = false;
    };
    struct Judge {
        std::size_t layer;
        InstanceJudge *judge;
    };
    struct Released {
        std::size_t layer;
        std::uint32_t frame;
        std::uint32_t generation;
    };
    struct CallState {
        std::uint32_t frame = Frame::kNone;
        std::uint32_t attempts = 0;
    };

    std::uint32_t newFrame(CallId call, std::uint64_t key, std::uint32_t parent, std::size_t first);
    void freeFrame(std::uint32_t index);
    PolicyCall policyCall(std::uint32_t index, std::size_t layer);

    void enter(std::uint32_t index, std::size_t layer);
    bool goIn(std::uint32_t index, std::size_t layer, CallEnd &end, std::size_t &entered);
    bool sendAttempt(std::uint32_t index, CallEnd &end);
    std::uint32_t chooseInstance(std::uint32_t index);
    std::size_t checked(std::size_t layer) const
    {
        HALFOPEN_CHECK(layer < m_layers.size()); // a layer that this stack has
        return layer;
    }
    void attemptLeaves(const Frame &frame);
    void startCopy(std::uint32_t index, std::size_t layer);
    void goOut(std::uint32_t index, std::size_t layers, CallEnd end);
    bool obey(std::uint32_t index, std::size_t layer, const Verdict &verdict, CallEnd &end);
    void copyEnded(std::uint32_t parent, std::size_t layer, CallEnd end);
    void substituteEnded(std::uint32_t index, std::size_t layer, CallEnd failed, Outcome substitute);
    void endCall(CallId call, CallEnd end);
    void cancelInside(std::uint32_t index, std::size_t keepLayers);
    void cancelCopies(std::uint32_t index);

    void deadlineDue(std::uint32_t index, std::size_t layer, Duration after);
    void wakeDue(std::uint32_t index);
    void layerTimerDue(std::size_t layer);
    Timer schedule(Timer::Kind kind, Instant at, std::uint32_t frame, std::size_t layer, Duration after = {});
    void unschedule(std::optional<Timer> &timer);
    void armDeadline(std::uint32_t index, std::size_t layer, std::int64_t atNs);

    void heard(std::size_t layer, bool hasEvents);
    void settle();

    std::vector<Layer> m_layers;
    std::vector<Judge> m_judges; ///< outermost first
    InstanceChooser m_chooser;
    std::vector<std::uint32_t> m_underWay; ///< attempts, by instance
    std::vector<std::uint32_t> m_usable;   ///< scratch
    std::deque<Frame> m_frames; ///< places stay where they are
    std::vector<std::uint32_t> m_freeFrames;
    std::map<CallId, CallState> m_calls;
    std::map<AttemptId, std::uint32_t> m_attempts; ///< awaited ones, and their frames
    std::set<Timer> m_timers;
    std::deque<StackAction> m_actions;
    std::deque<Released> m_released;
    std::vector<std::uint32_t> m_tickets;      ///< scratch
    std::vector<PolicyEvent> m_policyEvents;   ///< scratch
    Instant m_now;
    std::uint64_t m_order = 0;
    CallId m_lastCall = 0;
    AttemptId m_lastAttempt = 0;
};

} // namespace halfopen::live
