// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/policy_stack.h"

#include "core/base/check.h"
#include "core/base/units.h"
#include "core/live/machine_seed.h"
#include "core/live/stack_spec.h"

#include <QThread>
#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace halfopen::live {

namespace {

constexpr std::size_t kCallsInFlightMax = std::size_t{1} << 31;

/// The spec itself, once it is known to be good.
const PolicyStackSpec &checked(const PolicyStackSpec &spec, const StackOptions &options)
{
    if (const Result<void> good = checkStack(spec); !good)
        throw std::invalid_argument("the policy stack '" + options.name + "': " + good.error().message);
    const bool probes =
        std::any_of(spec.layers.begin(), spec.layers.end(), [](const PolicySpec &layer) { return layer.type->probes; });
    if (probes && !options.probe)
        throw std::invalid_argument("the policy stack '" + options.name
                                    + "' has a layer that probes the dependency: give StackOptions::probe");
    const bool judges = std::any_of(spec.layers.begin(), spec.layers.end(),
                                    [](const PolicySpec &layer) { return layer.type->judgesInstances; });
    if (judges && options.instances == 0)
        throw std::invalid_argument("the policy stack '" + options.name
                                    + "' has a layer that judges instances: give StackOptions::instances");
    if (options.instances > StackDriver::kInstancesMax)
        throw std::invalid_argument("the policy stack '" + options.name + "' has " + std::to_string(options.instances)
                                    + " instances; at most " + std::to_string(StackDriver::kInstancesMax) + " are possible");
    if (options.chooseInstance && options.instances == 0)
        throw std::invalid_argument("the policy stack '" + options.name
                                    + "' has a StackOptions::chooseInstance but no instances: give StackOptions::instances");
    if (options.callsInFlightMax < 1 || options.callsInFlightMax > kCallsInFlightMax)
        throw std::invalid_argument("the policy stack '" + options.name + "': callsInFlightMax is "
                                    + std::to_string(options.callsInFlightMax) + ", expected 1 to "
                                    + std::to_string(kCallsInFlightMax));
    return spec;
}

} // namespace

std::uint64_t StackMetrics::endedAll() const
{
    return std::accumulate(ended.begin(), ended.end(), std::uint64_t{0});
}

std::uint64_t StackMetrics::good() const
{
    return ended[static_cast<std::size_t>(OutcomeKind::Success)] + ended[static_cast<std::size_t>(OutcomeKind::Fallback)];
}

// --- what a call does with its stack

void CallBase::startAttempt(const StackAction &action)
{
    Attempt attempt{.stop = m_running[action.attempt].get_token(), .number = action.number, .instance = action.instance};
    run(action.attempt, std::move(attempt));
}

void CallBase::leaveAttempt(AttemptId attempt)
{
    const auto found = m_running.find(attempt);
    if (found == m_running.end())
        return;
    std::stop_source source = found->second;
    m_running.erase(found);
    source.request_stop(); // may end the attempt at once
}

void CallBase::leaveAll()
{
    while (!m_running.empty())
        leaveAttempt(m_running.begin()->first);
}

void CallBase::leave()
{
    if (m_link->stack)
        m_link->stack->leave(m_id);
}

bool CallBase::isAwaited(AttemptId attempt) const
{
    return m_link->stack && m_link->stack->awaits(attempt);
}

void CallBase::reportEnd(AttemptId attempt, Outcome outcome)
{
    m_running.erase(attempt);
    m_link->stack->attemptEnded(attempt, outcome);
}

void CallBase::remember(std::type_index type, std::any value)
{
    if (m_link->stack)
        m_link->stack->remember(type, std::move(value));
}

const std::any *CallBase::remembered(std::type_index type) const
{
    return m_link->stack ? m_link->stack->remembered(type) : nullptr;
}

// --- the stack

PolicyStack::PolicyStack(const PolicyStackSpec &spec, StackOptions options)
    : m_options(std::move(options)), m_ownClock(m_options.clock ? nullptr : std::make_unique<SteadyClock>()),
      m_clock(m_options.clock ? m_options.clock : m_ownClock.get()),
      m_driver(checked(spec, m_options), m_options.name, m_options.seed ? *m_options.seed : seedOfMachine()),
      m_thread(QThread::currentThread()), m_link(std::make_shared<StackLink>()), m_alarm(m_clock->makeAlarm([this] {
          onAlarm();
      }))
{
    m_link->stack = this;
    if (m_options.instances > 0)
        m_driver.setInstances(m_options.instances, m_options.chooseInstance ? m_options.chooseInstance : roundRobin());
    m_metrics.trips.resize(m_driver.layerCount());
    for (std::size_t i = 0; i < m_driver.layerCount(); ++i) {
        const std::string_view key = m_driver.layerType(i).key();
        m_keepsValues = m_keepsValues || key == "fallback" || key == "cache";
    }
    drain();
}

PolicyStack::~PolicyStack()
{
    checkThread();
    m_link->stack = nullptr; // what still runs reports to nobody
    m_alarm->set(Instant::never());
    const auto calls = std::exchange(m_calls, {});
    for (const auto &[id, call] : calls) {
        call->m_onStop.reset();
        CallEnd end;
        end.outcome.kind = OutcomeKind::Cancelled;
        end.by = EndedBy::Caller;
        call->finished(end, std::make_exception_ptr(Cancelled()));
        call->leaveAll();
        call->m_wait.suspension()->wake(Woke::Signal); // a wait of the caller's own scope
    }
}

void PolicyStack::begin(const std::shared_ptr<CallBase> &call)
{
    checkThread();
    call->m_link = m_link;
    call->m_start = m_clock->now();
    CallEnd end;
    if (call->m_stop.stop_requested() || call->m_wait.await_ready()) { // its caller, or the scope of its caller, has left already
        end.outcome.kind = OutcomeKind::Cancelled;
        end.by = EndedBy::Caller;
        return endAtOnce(*call, end, std::make_exception_ptr(Cancelled()));
    }
    if (m_driver.callsInFlight() >= m_options.callsInFlightMax) {
        end.outcome.kind = OutcomeKind::BulkheadFull;
        end.by = EndedBy::Refusal;
        return endAtOnce(*call, end, std::make_exception_ptr(CallError(
                                         end.outcome, "the policy stack '" + m_options.name + "' has "
                                                          + std::to_string(m_options.callsInFlightMax) + " calls under way")));
    }
    ++m_metrics.calls;
    const std::uint64_t key = call->m_key ? *call->m_key : m_nextKey++;
    call->m_id = m_driver.begin(call->m_start, key);
    m_calls[call->m_id] = call;
    const std::shared_ptr<StackLink> link = m_link;
    drain();
    if (!link->stack)
        return; // an operation ended this stack
    if (call->m_stop.stop_possible() && m_calls.contains(call->m_id))
        call->m_onStop.emplace(call->m_stop, [weak = std::weak_ptr<CallBase>(call)] {
            if (const auto alive = weak.lock())
                alive->leave();
        });
}

/// A call that no layer has seen.
void PolicyStack::endAtOnce(CallBase &call, const CallEnd &end, std::exception_ptr error)
{
    ++m_metrics.calls;
    ++m_metrics.ended[static_cast<std::size_t>(end.outcome.kind)];
    m_metrics.durations[end.outcome.kind].record(0);
    call.finished(end, std::move(error));
    call.m_wait.suspension()->wake(Woke::Signal);
}

void PolicyStack::attemptEnded(AttemptId attempt, Outcome outcome)
{
    checkThread();
    m_driver.attemptEnded(m_clock->now(), attempt, outcome);
    drain();
}

void PolicyStack::leave(CallId call)
{
    checkThread();
    m_driver.leave(m_clock->now(), call);
    drain();
}

void PolicyStack::remember(std::type_index type, std::any value)
{
    if (m_keepsValues)
        m_lastGood[type] = std::move(value);
}

const std::any *PolicyStack::remembered(std::type_index type) const
{
    const auto found = m_lastGood.find(type);
    return found == m_lastGood.end() ? nullptr : &found->second;
}

void PolicyStack::onAlarm()
{
    m_driver.advance(m_clock->now());
    drain();
}

/// Does what the driver wants, also what comes up on the way; only the outermost call works.
void PolicyStack::drain()
{
    if (m_isDraining)
        return;
    m_isDraining = true;
    const std::shared_ptr<StackLink> link = m_link;
    StackAction action;
    while (link->stack && m_driver.nextAction(action)) {
        observe(action);
        perform(action);
    }
    if (!link->stack)
        return; // an operation ended this stack
    m_isDraining = false;
    m_alarm->set(m_driver.nextDue());
}

/// An observer that throws must not keep the stack from what is to be done: a call would hang, or its permits be lost.
void PolicyStack::observe(const StackAction &action)
{
    if (!m_options.observer)
        return;
    std::string what = "an exception that is no std::exception";
    try {
        m_options.observer(m_clock->now(), action);
        return;
    } catch (const std::exception &error) {
        what = error.what();
    } catch (...) {
    }
    if (!std::exchange(m_hasWarned, true))
        qWarning("the observer of the policy stack '%s' threw: %s; this is not reported again", m_options.name.c_str(), what.c_str());
}

void PolicyStack::perform(const StackAction &action)
{
    const auto call = m_calls.find(action.call);
    switch (action.kind) {
    case StackAction::Kind::StartAttempt: {
        ++m_metrics.attempts;
        const std::shared_ptr<CallBase> keepAlive = call->second;
        keepAlive->startAttempt(action);
        break;
    }
    case StackAction::Kind::LeaveAttempt: {
        ++m_metrics.left;
        const std::shared_ptr<CallBase> keepAlive = call->second;
        keepAlive->leaveAttempt(action.attempt);
        break;
    }
    case StackAction::Kind::EndCall:
        endCall(action);
        break;
    case StackAction::Kind::StartProbe:
        spawn(probe(m_link, action.layer), [](const std::exception &) {}); // it throws nothing
        break;
    case StackAction::Kind::RetryDecided:
        ++m_metrics.retries;
        break;
    case StackAction::Kind::PolicyEvent:
        if (action.event.to == BreakerState::Open && action.event.from != BreakerState::Open)
            ++m_metrics.trips[action.layer];
        break;
    }
}

void PolicyStack::endCall(const StackAction &action)
{
    const auto found = m_calls.find(action.call);
    const std::shared_ptr<CallBase> call = found->second;
    m_calls.erase(found);
    ++m_metrics.ended[static_cast<std::size_t>(action.end.outcome.kind)];
    m_metrics.durations[action.end.outcome.kind].record((m_clock->now() - call->m_start).count());
    call->m_onStop.reset();
    call->finished(action.end, errorOf(action.end));
    call->m_wait.suspension()->wake(Woke::Signal);
}

/// What the caller gets instead of a value; null if an attempt or a substitute says it.
std::exception_ptr PolicyStack::errorOf(const CallEnd &end) const
{
    if (end.by == EndedBy::Caller)
        return std::make_exception_ptr(Cancelled());
    if (end.by == EndedBy::NotSent)
        return end.notSent;
    if (end.by == EndedBy::Attempt || isGood(end.outcome.kind))
        return nullptr;
    if (end.outcome.kind == OutcomeKind::CircuitBreakerOpen)
        if (const std::optional<BreakerSnapshot> snapshot = breaker(end.layer))
            return std::make_exception_ptr(CircuitBreakerError(m_options.name, snapshot->state, end.outcome));
    const std::string where = "layer " + std::to_string(end.layer) + " ('" + std::string(m_driver.layerType(end.layer).key())
        + "') of the policy stack '" + m_options.name + "': ";
    if (end.outcome.kind == OutcomeKind::Timeout && end.limit > Duration::zero())
        return std::make_exception_ptr(TimeoutError(where + "no answer within " + formatDuration(end.limit)));
    const std::string how = where + CallError(end.outcome).what();
    return end.outcome.kind == OutcomeKind::Timeout ? std::make_exception_ptr(TimeoutError(how))
                                                    : std::make_exception_ptr(CallError(end.outcome, how));
}

QCoro::Task<> PolicyStack::probe(std::shared_ptr<StackLink> link, std::size_t layer)
{
    Outcome answer;
    const auto ask = link->stack->m_options.probe; // a copy: the stack may go while it waits
    try {
        auto task = ask();
        answer = co_await task;
    } catch (...) {
        answer = outcomeOf(std::current_exception());
    }
    if (!link->stack)
        co_return;
    link->stack->m_driver.probeEnded(link->stack->m_clock->now(), layer, answer);
    link->stack->drain();
}

StackMetrics PolicyStack::metrics() const
{
    checkThread();
    StackMetrics metrics = m_metrics;
    metrics.inFlight = m_driver.callsInFlight();
    for (const auto &[kind, histogram] : metrics.durations)
        metrics.duration.merge(histogram);
    return metrics;
}

const Policy &PolicyStack::policy(std::size_t layer) const
{
    checkThread();
    return m_driver.policy(layer);
}

std::vector<std::uint32_t> PolicyStack::usableInstances()
{
    checkThread();
    return m_driver.usableInstances();
}

void PolicyStack::resetMetrics()
{
    checkThread();
    m_metrics = {};
    m_metrics.trips.resize(m_driver.layerCount());
}

std::optional<std::size_t> PolicyStack::breakerLayer() const
{
    for (std::size_t i = 0; i < m_driver.layerCount(); ++i)
        if (m_driver.layerType(i).isBreaker)
            return i;
    return std::nullopt;
}

std::optional<BreakerSnapshot> PolicyStack::breaker(std::size_t layer) const
{
    checkThread();
    if (!m_driver.layerType(layer).isBreaker)
        return std::nullopt;
    return static_cast<const Breaker &>(m_driver.policy(layer)).snapshot(m_clock->now());
}

bool PolicyStack::forceBreaker(std::size_t layer, BreakerState state)
{
    checkThread();
    if (!m_driver.layerType(layer).isBreaker)
        return false;
    const Instant now = m_clock->now();
    m_driver.advance(now);
    const bool isDone = static_cast<Breaker &>(m_driver.policy(layer)).force(now, state);
    m_driver.policyTouched(now);
    drain();
    return isDone;
}

Result<void> PolicyStack::reconfigure(std::size_t layer, const Settings &settings)
{
    checkThread();
    if (&settings.schema() != &m_driver.layerType(layer).schema())
        return failure("layer " + std::to_string(layer) + " is a '" + std::string(m_driver.layerType(layer).key())
                       + "', but the settings are of another policy or dialect");
    if (Result<void> good = checkSettings(settings); !good)
        return good;
    m_driver.reconfigure(m_clock->now(), layer, settings.config());
    drain();
    return {};
}

void PolicyStack::checkThread() const
{
    HALFOPEN_CHECK(QThread::currentThread() == m_thread); // one stack per thread
}

} // namespace halfopen::live
