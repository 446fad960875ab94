// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/histogram.h"
#include "core/live/call_error.h"
#include "core/live/clock.h"
#include "core/live/coroutine_kit.h"
#include "core/live/stack_driver.h"
#include "core/live/typed_call.h"
#include "core/policies/breaker.h"
#include "core/run/run_record.h"

#include <any>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <typeindex>
#include <vector>

class QThread;

namespace halfopen::live {

struct StackOptions {
    std::string name = "stack"; ///< in errors, and part of the random streams
    /// Must outlive the stack. None: a SteadyClock of its own.
    Clock *clock = nullptr;
    /// What jitter draws from. None: another one in each process, so that processes do not draw alike.
    std::optional<std::uint64_t> seed;
    /// Calls under way at once; one more is refused with outcome `bulkhead_full`, and counted. 1 to 2^31.
    std::size_t callsInFlightMax = 100'000;
    /// Asks the dependency how it is. Needed by a stack with a layer that probes (`health_check`).
    std::function<QCoro::Task<Outcome>()> probe;
    /// How many instances the dependency has, numbered from 0; 0 = it is one. At most 4096. Each attempt then asks one of them
    /// (Attempt::instance). Needed by a stack with a layer that judges instances (`outlier_ejection`).
    std::uint32_t instances = 0;
    /// Which of them an attempt asks. None: roundRobin(). Must not use the stack. What it throws is what the attempt ends with, as an
    /// error of which nothing was sent.
    InstanceChooser chooseInstance;
    /// Hears of everything, for logs and metrics; must not use the stack. It cannot hold anything up: what it throws is dropped, and
    /// the first time reported as a warning of Qt.
    std::function<void(Instant, const StackAction &)> observer;
};

/// Counted since the stack was made or resetMetrics().
struct StackMetrics {
    std::uint64_t calls = 0;    ///< begun, also those that ended at once
    std::uint64_t attempts = 0; ///< operations started
    std::uint64_t retries = 0;  ///< further tries decided
    std::uint64_t left = 0;     ///< attempts that nobody waited for to the end
    std::size_t inFlight = 0;   ///< calls right now
    OutcomeCounts ended{};      ///< calls, by outcome as the caller saw it
    std::map<OutcomeKind, Histogram> durations; ///< start to end of a call, ns, by outcome; only outcomes that there were
    Histogram duration;         ///< of all of them
    std::vector<std::uint64_t> trips; ///< per layer: how often its breaker opened, or it ejected an instance

    std::uint64_t endedAll() const;
    std::uint64_t good() const; ///< success + fallback
};

/// Any stack of policies around operations of a real program: the same policy objects, in the same order, as in a scenario.
///
///     PolicyStack stack(*scenario->findStack("db_client"), options);
///     const Row row = co_await stack.call(readRow);
///
/// An operation is a function that takes nothing, a std::stop_token or an Attempt, and gives a QCoro::Task<T> or a plain T. It
/// is run once per attempt. When nobody waits for an attempt any longer (a timeout, another copy was faster, the caller left) its token
/// is told; the attempt may run on, and what it gives is dropped. It must be copyable, and with GCC 12 it must have a
/// name: `co_await stack.call([x] { ... })` destroys what the lambda holds twice (a bug of that compiler).
///
/// Where the dependency has instances the operation asks the one that its Attempt names, and how it ends is what the stack
/// learns of that instance:
///
///     options.instances = m_replicas.size();
///     PolicyStack stack(*scenario->findStack("db_client"), options);
///     auto read = [this](Attempt attempt) { return m_replicas[attempt.instance].read(17, attempt.stop); };
///     auto call = stack.call(read);
///     const Row row = co_await call;
///
/// The call gives what the last attempt gave, and throws what it threw. A policy's word comes out as CircuitBreakerError,
/// TimeoutError or CallError; a substitute (outcome `fallback`) is taken from CallOptions::substitute, else it is the
/// last good value of this type that the stack has seen. The end of the stack, or of the caller, throws Cancelled; a caller that has
/// left before the call begins asks nothing.
///
/// Threads: a stack belongs to the thread that made it, which needs a Qt event loop; everything is called and everything
/// happens there. Use one stack per thread: it then is one process of a fleet, with a state of its own. Another thread, and a layer
/// that is not there, end the program with a message.
class PolicyStack {
public:
    /// Throws std::invalid_argument if a setting is out of its range, or a probe or the instances are missing.
    explicit PolicyStack(const PolicyStackSpec &spec, StackOptions options = {});
    ~PolicyStack();
    PolicyStack(const PolicyStack &) = delete;
    PolicyStack &operator=(const PolicyStack &) = delete;

    template <typename Operation>
    QCoro::Task<OperationValue<Operation>> call(Operation operation, CallOptions<OperationValue<Operation>> options = {})
    {
        using T = OperationValue<Operation>;
        auto typed = std::make_shared<TypedCall<T>>(runnable(std::move(operation)), std::move(options), m_scope);
        begin(typed);
        return TypedCall<T>::finish(std::move(typed));
    }

    const std::string &name() const { return m_options.name; }
    Instant now() const { return m_clock->now(); }
    Clock &clock() const { return *m_clock; }

    StackMetrics metrics() const;
    void resetMetrics();

    std::size_t layerCount() const { return m_driver.layerCount(); }
    const PolicyType &layerType(std::size_t layer) const { return m_driver.layerType(layer); }
    /// For looking at what a policy of one's own kind knows.
    const Policy &policy(std::size_t layer) const;
    /// In ascending order, those that attempts may ask now: the others are ejected. All where the policies leave none.
    std::vector<std::uint32_t> usableInstances();
    /// The first layer that is a circuit breaker; none if there is none.
    std::optional<std::size_t> breakerLayer() const;
    /// None if that layer is no breaker.
    std::optional<BreakerSnapshot> breaker(std::size_t layer) const;
    /// Sets the state of a breaker by hand. False if that layer is none, or if its dialect has no such state or no way to it; nothing changes.
    /// DISABLED and FORCED_OPEN are the lab's own where the library of a dialect lacks them; see Breaker::force().
    bool forceBreaker(std::size_t layer, BreakerState state);
    /// New settings act from now on, for calls under way as far as the policy can. The type must be the layer's own.
    Result<void> reconfigure(std::size_t layer, const Settings &settings);

private:
    template <typename T> friend class TypedCall;
    friend class CallBase;

    void begin(const std::shared_ptr<CallBase> &call);
    void endAtOnce(CallBase &call, const CallEnd &end, std::exception_ptr error);
    bool awaits(AttemptId attempt) const { return m_driver.awaits(attempt); }
    void attemptEnded(AttemptId attempt, Outcome outcome);
    void leave(CallId call);
    void remember(std::type_index type, std::any value);
    const std::any *remembered(std::type_index type) const;

    void onAlarm();
    void drain();
    void observe(const StackAction &action);
    void perform(const StackAction &action);
    void endCall(const StackAction &action);
    std::exception_ptr errorOf(const CallEnd &end) const;
    QCoro::Task<> probe(std::shared_ptr<StackLink> link, std::size_t layer);
    void checkThread() const;

    StackOptions m_options;
    std::unique_ptr<Clock> m_ownClock;
    Clock *m_clock;
    StackDriver m_driver;
    QThread *m_thread;
    std::shared_ptr<StackLink> m_link;
    std::map<CallId, std::shared_ptr<CallBase>> m_calls;
    std::map<std::type_index, std::any> m_lastGood;
    bool m_keepsValues = false; ///< a layer may serve them
    bool m_isDraining = false;
    bool m_hasWarned = false; ///< of an observer that throws
    std::uint64_t m_nextKey = 0;
    StackMetrics m_metrics;
    std::unique_ptr<Alarm> m_alarm;
    CoroutineScope m_scope; ///< last: its end wakes the callers while everything is alive
};

} // namespace halfopen::live
