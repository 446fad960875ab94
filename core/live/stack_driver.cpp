// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/stack_driver.h"

#include "core/base/check.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace halfopen::live {

namespace {

constexpr std::uint32_t kRetriesMax = 15; // as PolicyCall::retries counts

} // namespace

StackDriver::StackDriver(const PolicyStackSpec &spec, const std::string &name, std::uint64_t seed)
{
    HALFOPEN_CHECK(spec.layers.size() <= kLayersMax);
    for (std::size_t i = 0; i < spec.layers.size(); ++i) {
        Layer layer;
        layer.type = spec.layers[i].type;
        HALFOPEN_CHECK(layer.type->stateBytes <= sizeof(LayerState::bytes));
        layer.policy = layer.type->create(spec.layers[i].settings.config());
        layer.random = RandomStream(seed, "edge " + name + " layer " + std::to_string(i));
        m_layers.push_back(std::move(layer));
    }
    settle(); // the first probe or timer may be wanted at once
}

void StackDriver::setInstances(std::uint32_t count, InstanceChooser chooser)
{
    HALFOPEN_CHECK(count > 0 && count <= kInstancesMax && chooser);
    HALFOPEN_CHECK(m_underWay.empty() && m_lastCall == 0);
    m_chooser = std::move(chooser);
    m_underWay.resize(count);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        InstanceJudge *judge = m_layers[i].policy->instanceJudge();
        if (!judge)
            continue;
        judge->setInstances(count);
        m_judges.push_back({i, judge});
    }
    settle(); // now they want their timers
}

// --- inputs

CallId StackDriver::begin(Instant now, std::uint64_t key)
{
    advance(now);
    const CallId call = ++m_lastCall;
    const std::uint32_t index = newFrame(call, key, Frame::kNone, 0);
    m_calls[call].frame = index;
    enter(index, 0);
    settle();
    return call;
}

bool StackDriver::attemptEnded(Instant now, AttemptId attempt, Outcome outcome)
{
    advance(now); // what was due before comes first
    const auto found = m_attempts.find(attempt);
    if (found == m_attempts.end())
        return false;
    const std::uint32_t index = found->second;
    m_attempts.erase(found);
    Frame &frame = m_frames[index];
    HALFOPEN_CHECK(frame.waiting == Frame::Waiting::Attempt);
    attemptLeaves(frame);
    frame.waiting = Frame::Waiting::Nothing;
    frame.attempt = 0;
    CallEnd end;
    end.outcome = outcome;
    end.attempt = attempt;
    goOut(index, m_layers.size(), end);
    settle();
    return true;
}

void StackDriver::leave(Instant now, CallId call)
{
    advance(now); // what was due before comes first
    const auto found = m_calls.find(call);
    if (found == m_calls.end())
        return;
    const std::uint32_t index = found->second.frame;
    cancelInside(index, 0);
    freeFrame(index);
    CallEnd end;
    end.outcome.kind = OutcomeKind::Cancelled;
    end.by = EndedBy::Caller;
    endCall(call, end);
    settle();
}

void StackDriver::probeEnded(Instant now, std::size_t layer, Outcome answer)
{
    advance(now); // what was due before comes first
    HALFOPEN_CHECK(m_layers[checked(layer)].probeRuns);
    m_layers[layer].probeRuns = false;
    m_layers[layer].policy->onProbe(m_now, answer);
    settle();
}

void StackDriver::advance(Instant now)
{
    m_now = std::max(m_now, now);
    // Bounded: a policy that asks for the same instant again and again is a bug of its own.
    for (int rounds = 0; nextDue() <= m_now; ++rounds) {
        HALFOPEN_CHECK(rounds < 10'000'000);
        const Timer timer = *m_timers.begin();
        m_timers.erase(m_timers.begin());
        switch (timer.kind) {
        case Timer::Kind::Deadline:
            m_frames[timer.frame].layers[timer.layer].deadline.reset();
            deadlineDue(timer.frame, timer.layer, timer.after);
            break;
        case Timer::Kind::Wake:
            m_frames[timer.frame].wake.reset();
            wakeDue(timer.frame);
            break;
        case Timer::Kind::Layer:
            m_layers[timer.layer].timer.reset();
            layerTimerDue(timer.layer);
            break;
        }
        settle();
    }
}

void StackDriver::reconfigure(Instant now, std::size_t layer, const void *config)
{
    advance(now); // what was due before comes first
    policy(layer).reconfigure(m_now, config);
    settle();
}

void StackDriver::policyTouched(Instant now)
{
    advance(now); // what was due before comes first
    settle();
}

bool StackDriver::nextAction(StackAction &action)
{
    if (m_actions.empty())
        return false;
    action = std::move(m_actions.front());
    m_actions.pop_front();
    return true;
}

// --- frames

std::uint32_t StackDriver::newFrame(CallId call, std::uint64_t key, std::uint32_t parent, std::size_t first)
{
    std::uint32_t index = 0;
    if (m_freeFrames.empty()) {
        index = static_cast<std::uint32_t>(m_frames.size());
        m_frames.emplace_back();
    } else {
        index = m_freeFrames.back();
        m_freeFrames.pop_back();
    }
    Frame &frame = m_frames[index];
    frame.call = call;
    frame.key = key;
    frame.parent = parent;
    ++frame.generation;
    frame.first = static_cast<std::uint8_t>(first);
    frame.depth = frame.first;
    frame.waiting = Frame::Waiting::Nothing;
    frame.retries = parent == Frame::kNone ? 0 : m_frames[parent].retries;
    for (LayerState &layer : frame.layers)
        layer.bytes.fill(std::byte{0});
    return index;
}

void StackDriver::freeFrame(std::uint32_t index)
{
    Frame &frame = m_frames[index];
    HALFOPEN_CHECK(frame.copies.empty() && !frame.wake);
    frame.waiting = Frame::Waiting::Free;
    m_freeFrames.push_back(index);
}

PolicyCall StackDriver::policyCall(std::uint32_t index, std::size_t layer)
{
    Frame &frame = m_frames[index];
    PolicyCall call{.state = frame.layers[layer].bytes.data(), .key = frame.key, .random = m_layers[layer].random};
    call.ticket = index;
    call.retries = frame.retries;
    return call;
}

// --- inwards

/// Asks the layers from \a layer on, and goes outwards again if one of them answers.
void StackDriver::enter(std::uint32_t index, std::size_t layer)
{
    CallEnd end;
    std::size_t entered = layer;
    if (!goIn(index, layer, end, entered))
        goOut(index, entered, end);
}

/// True if the call is now under way or waits; false if layer \a entered has answered with \a end.
bool StackDriver::goIn(std::uint32_t index, std::size_t layer, CallEnd &end, std::size_t &entered)
{
    Frame &frame = m_frames[index];
    for (std::size_t i = layer; i < m_layers.size(); ++i)
        if (!m_layers[i].type->keepsBytes)
            frame.layers[i].bytes.fill(std::byte{0}); // everything inside begins afresh
    for (std::size_t i = layer;; ++i) {
        frame.depth = static_cast<std::uint8_t>(i);
        if (i > frame.first && m_layers[i - 1].type->startsCopies) {
            frame.waiting = Frame::Waiting::Copies;
            startCopy(index, i - 1);
            return true;
        }
        if (i == m_layers.size())
            break;
        PolicyCall call = policyCall(index, i);
        const Admission admission = m_layers[i].policy->admit(m_now, call);
        heard(i, admission.hasEvents);
        switch (admission.kind) {
        case Admission::Kind::Admit:
            break;
        case Admission::Kind::AdmitWithDeadline:
            armDeadline(index, i, admission.atNs);
            break;
        case Admission::Kind::AdmitAt:
            if (admission.atNs <= m_now.ns())
                break;
            frame.depth = static_cast<std::uint8_t>(i + 1);
            frame.waiting = Frame::Waiting::Wake;
            frame.wake = schedule(Timer::Kind::Wake, Instant::fromNs(admission.atNs), index, i);
            return true;
        case Admission::Kind::Wait:
            frame.depth = static_cast<std::uint8_t>(i + 1);
            frame.waiting = Frame::Waiting::Parked;
            armDeadline(index, i, admission.atNs);
            return true;
        case Admission::Kind::Refuse:
            end.outcome = admission.outcome;
            end.by = EndedBy::Refusal;
            end.layer = static_cast<std::uint8_t>(i);
            entered = i;
            return false;
        }
    }
    entered = m_layers.size();
    return sendAttempt(index, end);
}

/// False if no instance could be chosen: then nothing was sent, and \a end says why.
bool StackDriver::sendAttempt(std::uint32_t index, CallEnd &end)
{
    Frame &frame = m_frames[index];
    std::uint32_t instance = 0;
    try {
        instance = m_underWay.empty() ? 0 : chooseInstance(index);
    } catch (...) { // of the program's own rule; nothing has changed yet
        end.outcome = {.kind = OutcomeKind::Error};
        end.by = EndedBy::NotSent;
        end.notSent = std::current_exception();
        return false;
    }
    frame.waiting = Frame::Waiting::Attempt;
    frame.attempt = ++m_lastAttempt;
    frame.instance = instance;
    m_attempts[frame.attempt] = index;
    StackAction action;
    action.kind = StackAction::Kind::StartAttempt;
    action.call = frame.call;
    action.attempt = frame.attempt;
    action.number = ++m_calls[frame.call].attempts;
    action.instance = frame.instance;
    m_actions.push_back(action);
    return true;
}

const std::vector<std::uint32_t> &StackDriver::usableInstances()
{
    m_usable.clear();
    const auto isPassedOver = [this](std::uint32_t instance) {
        return std::any_of(m_judges.begin(), m_judges.end(),
                           [instance](const Judge &j) { return j.judge->passesOver(instance); });
    };
    const auto all = static_cast<std::uint32_t>(m_underWay.size());
    for (std::uint32_t i = 0; i < all; ++i)
        if (!isPassedOver(i))
            m_usable.push_back(i);
    if (m_usable.empty()) { // several judges that leave nobody together: somebody must answer
        m_usable.resize(all);
        std::iota(m_usable.begin(), m_usable.end(), 0u);
    }
    return m_usable;
}

/// For the attempt that is about to leave; tells every layer that judges. Throws what the chooser throws, before it changes anything.
std::uint32_t StackDriver::chooseInstance(std::uint32_t index)
{
    const Frame &frame = m_frames[index];
    const std::uint32_t chosen =
        m_chooser({.usable = usableInstances(), .underWay = m_underWay, .key = frame.key, .attempt = m_lastAttempt + 1});
    HALFOPEN_CHECK(chosen < m_underWay.size()); // a chooser names an instance that exists
    ++m_underWay[chosen];
    for (const Judge &judge : m_judges) {
        std::uint32_t of = index; // the layers outside of one that starts copies belong to the call, not to the copy
        while (judge.layer < m_frames[of].first)
            of = m_frames[of].parent;
        PolicyCall call = policyCall(of, judge.layer);
        judge.judge->onSent(call, chosen);
    }
    return chosen;
}

/// Nobody waits any longer for the attempt of \a frame.
void StackDriver::attemptLeaves(const Frame &frame)
{
    if (!m_underWay.empty())
        --m_underWay[frame.instance];
}

/// Runs everything inside \a layer once more, beside what runs already.
void StackDriver::startCopy(std::uint32_t index, std::size_t layer)
{
    const Frame &frame = m_frames[index];
    const std::uint32_t copy = newFrame(frame.call, frame.key, index, layer + 1);
    m_frames[index].copies.push_back(copy);
    enter(copy, layer + 1);
}

// --- outwards

/// The inside of the first \a layers layers ended so.
void StackDriver::goOut(std::uint32_t index, std::size_t layers, CallEnd end)
{
    Frame &frame = m_frames[index];
    for (std::size_t i = layers; i-- > frame.first;) {
        unschedule(frame.layers[i].deadline);
        PolicyCall call = policyCall(index, i);
        const Verdict verdict = m_layers[i].policy->onOutcome(m_now, call, end.outcome);
        heard(i, verdict.hasEvents);
        if (!obey(index, i, verdict, end))
            return;
    }
    const CallId call = frame.call;
    const std::uint32_t parent = frame.parent;
    const std::size_t first = frame.first;
    freeFrame(index);
    if (parent == Frame::kNone) {
        endCall(call, end);
        return;
    }
    std::erase(m_frames[parent].copies, index);
    copyEnded(parent, first - 1, end);
}

/// Changes \a end as the verdict says. False if the call stays inside for another try.
bool StackDriver::obey(std::uint32_t index, std::size_t layer, const Verdict &verdict, CallEnd &end)
{
    Frame &frame = m_frames[index];
    switch (verdict.kind) {
    case Verdict::Kind::Keep:
        return true;
    case Verdict::Kind::Replace:
        if (end.by != EndedBy::Replacement || end.layer != layer || verdict.outcome.kind != OutcomeKind::Timeout)
            end.limit = {}; // not its own deadline
        end.outcome = verdict.outcome;
        end.by = EndedBy::Replacement;
        end.layer = static_cast<std::uint8_t>(layer);
        return true;
    case Verdict::Kind::RetryAt:
        break;
    case Verdict::Kind::CallOther:
        frame.depth = static_cast<std::uint8_t>(layer + 1);
        substituteEnded(index, layer, end, {.kind = OutcomeKind::ConnectionRefused});
        return false;
    case Verdict::Kind::WorkUntil:
        frame.depth = static_cast<std::uint8_t>(layer + 1);
        frame.failed = end;
        frame.waiting = Frame::Waiting::Wake;
        frame.wake = schedule(Timer::Kind::Wake, std::max(Instant::fromNs(verdict.atNs), m_now), index, layer);
        return false;
    case Verdict::Kind::StartAnother:
    case Verdict::Kind::AwaitOthers:
        HALFOPEN_CHECK(!"only a layer that starts copies answers so");
    }
    const Instant at = std::max(Instant::fromNs(verdict.atNs), m_now);
    frame.retries = std::min(frame.retries + 1, kRetriesMax);
    StackAction action;
    action.kind = StackAction::Kind::RetryDecided;
    action.layer = static_cast<std::uint8_t>(layer);
    action.call = frame.call;
    action.delay = at - m_now;
    m_actions.push_back(action);
    frame.depth = static_cast<std::uint8_t>(layer + 1);
    if (at == m_now) {
        enter(index, layer + 1);
        return false;
    }
    frame.waiting = Frame::Waiting::Wake;
    frame.wake = schedule(Timer::Kind::Wake, at, index, layer);
    return false;
}

/// What \a layer asked for in place of \a failed has ended.
void StackDriver::substituteEnded(std::uint32_t index, std::size_t layer, CallEnd failed, Outcome substitute)
{
    PolicyCall call = policyCall(index, layer);
    const Verdict verdict = m_layers[layer].policy->onSubstitute(m_now, call, failed.outcome, substitute);
    heard(layer, verdict.hasEvents);
    if (obey(index, layer, verdict, failed))
        goOut(index, layer, failed);
}

/// One of the copies inside \a layer of \a parent ended.
void StackDriver::copyEnded(std::uint32_t parent, std::size_t layer, CallEnd end)
{
    PolicyCall call = policyCall(parent, layer);
    const Verdict verdict = m_layers[layer].policy->onOutcome(m_now, call, end.outcome);
    heard(layer, verdict.hasEvents);
    if (verdict.kind == Verdict::Kind::AwaitOthers) {
        // Without another one under way the call could never end, unless the layer's next deadline starts one.
        HALFOPEN_CHECK(!m_frames[parent].copies.empty() || m_frames[parent].layers[layer].deadline);
        return;
    }
    cancelCopies(parent);
    m_frames[parent].waiting = Frame::Waiting::Nothing;
    unschedule(m_frames[parent].layers[layer].deadline);
    if (obey(parent, layer, verdict, end))
        goOut(parent, layer, end);
}

void StackDriver::endCall(CallId call, CallEnd end)
{
    const auto found = m_calls.find(call);
    HALFOPEN_CHECK(found != m_calls.end());
    end.attempts = found->second.attempts;
    m_calls.erase(found);
    StackAction action;
    action.kind = StackAction::Kind::EndCall;
    action.call = call;
    action.end = end;
    m_actions.push_back(action);
}

/// Gives up on everything inside the first \a keepLayers layers, innermost first.
void StackDriver::cancelInside(std::uint32_t index, std::size_t keepLayers)
{
    cancelCopies(index);
    Frame &frame = m_frames[index];
    for (std::size_t i = frame.depth; i-- > keepLayers;) {
        unschedule(frame.layers[i].deadline);
        PolicyCall call = policyCall(index, i);
        m_layers[i].policy->onCancelled(m_now, call);
        heard(i, false);
    }
    unschedule(frame.wake);
    frame.failed.reset();
    frame.depth = static_cast<std::uint8_t>(std::min<std::size_t>(frame.depth, keepLayers));
    const Frame::Waiting waiting = std::exchange(frame.waiting, Frame::Waiting::Nothing);
    if (waiting != Frame::Waiting::Attempt)
        return;
    attemptLeaves(frame);
    StackAction action;
    action.kind = StackAction::Kind::LeaveAttempt;
    action.call = frame.call;
    action.attempt = std::exchange(frame.attempt, 0);
    m_attempts.erase(action.attempt);
    m_actions.push_back(action);
}

void StackDriver::cancelCopies(std::uint32_t index)
{
    std::vector<std::uint32_t> copies = std::exchange(m_frames[index].copies, {});
    std::reverse(copies.begin(), copies.end()); // the newest first
    for (const std::uint32_t copy : copies) {
        cancelInside(copy, m_frames[copy].first);
        freeFrame(copy);
    }
}

// --- time

void StackDriver::deadlineDue(std::uint32_t index, std::size_t layer, Duration after)
{
    Frame &frame = m_frames[index];
    CallEnd end;
    end.limit = after;
    end.outcome.kind = OutcomeKind::Timeout;
    end.by = EndedBy::Replacement;
    end.layer = static_cast<std::uint8_t>(layer);
    const bool isCopying = m_layers[layer].type->startsCopies;
    if (!isCopying) // such a layer may let what runs go on
        cancelInside(index, layer + 1);
    PolicyCall call = policyCall(index, layer);
    const Verdict verdict = m_layers[layer].policy->onDeadline(m_now, call);
    heard(layer, verdict.hasEvents);
    if (isCopying && verdict.kind == Verdict::Kind::StartAnother) {
        armDeadline(index, layer, verdict.atNs);
        startCopy(index, layer);
        return;
    }
    if (isCopying)
        cancelInside(index, layer + 1);
    frame.waiting = Frame::Waiting::Nothing; // a call that waited in this layer
    if (obey(index, layer, verdict, end))
        goOut(index, layer, end);
}

void StackDriver::wakeDue(std::uint32_t index)
{
    Frame &frame = m_frames[index];
    frame.waiting = Frame::Waiting::Nothing;
    if (const std::optional<CallEnd> failed = std::exchange(frame.failed, {}))
        return substituteEnded(index, frame.depth - 1u, *failed, {});
    enter(index, frame.depth);
}

void StackDriver::layerTimerDue(std::size_t layer)
{
    Layer &due = m_layers[layer];
    if (!due.type->probes) {
        due.policy->handleTimer(m_now);
        return;
    }
    due.probeRuns = true;
    StackAction action;
    action.kind = StackAction::Kind::StartProbe;
    action.layer = static_cast<std::uint8_t>(layer);
    m_actions.push_back(action);
}

StackDriver::Timer StackDriver::schedule(Timer::Kind kind, Instant at, std::uint32_t frame, std::size_t layer, Duration after)
{
    const Timer timer = {at, ++m_order, kind, frame, static_cast<std::uint8_t>(layer), after};
    m_timers.insert(timer);
    return timer;
}

void StackDriver::unschedule(std::optional<Timer> &timer)
{
    if (timer)
        m_timers.erase(*timer);
    timer.reset();
}

void StackDriver::armDeadline(std::uint32_t index, std::size_t layer, std::int64_t atNs)
{
    std::optional<Timer> &deadline = m_frames[index].layers[layer].deadline;
    unschedule(deadline);
    const Instant at = std::max(Instant::fromNs(atNs), m_now);
    if (at != Instant::never())
        deadline = schedule(Timer::Kind::Deadline, at, index, layer, at - m_now);
}

// --- what the policies say beside their answers

/// Takes what \a layer has to tell after it was asked something.
void StackDriver::heard(std::size_t layer, bool hasEvents)
{
    Layer &l = m_layers[layer];
    if (hasEvents) {
        m_policyEvents.clear();
        l.policy->takeEvents(m_policyEvents);
        for (const PolicyEvent &event : m_policyEvents) {
            StackAction action;
            action.kind = StackAction::Kind::PolicyEvent;
            action.layer = static_cast<std::uint8_t>(layer);
            action.event = event;
            m_actions.push_back(action);
        }
    }
    if (!l.type->queuesCalls)
        return;
    m_tickets.clear();
    l.policy->takeReleased(m_tickets);
    for (const std::uint32_t ticket : m_tickets)
        m_released.push_back({layer, ticket, m_frames[ticket].generation});
}

/// After each input: events and releases that came without a call, then the released calls, then the layers' timers.
void StackDriver::settle()
{
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        heard(i, true);
    while (!m_released.empty()) {
        const Released next = m_released.front();
        m_released.pop_front();
        Frame &frame = m_frames[next.frame];
        const bool waits = frame.generation == next.generation && frame.waiting == Frame::Waiting::Parked
            && frame.depth == next.layer + 1;
        if (!waits)
            continue; // cancelled in the meantime: it has given its permit back
        unschedule(frame.layers[next.layer].deadline);
        frame.waiting = Frame::Waiting::Nothing;
        enter(next.frame, next.layer + 1);
        for (std::size_t i = 0; i < m_layers.size(); ++i)
            heard(i, true);
    }
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        Layer &layer = m_layers[i];
        if ((!layer.type->hasTimers && !layer.type->probes) || layer.probeRuns)
            continue;
        const Instant at = layer.policy->nextTimer();
        if (layer.timer && layer.timer->at == at)
            continue;
        unschedule(layer.timer);
        if (at != Instant::never())
            layer.timer = schedule(Timer::Kind::Layer, at, 0, i);
    }
}

} // namespace halfopen::live
