// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/recorder.h"
#include "tests/support/naive_world.h"

#include <algorithm>

namespace halfopen::test::naive {

namespace {

constexpr std::int64_t kNever = std::int64_t(1) << 56;

std::size_t firstCopied(const Call &c)
{
    const auto &types = c.edge->types;
    return static_cast<std::size_t>(
        std::find_if(types.begin(), types.end(), [](const PolicyType *t) { return t->startsCopies; }) - types.begin() + 1);
}

} // namespace

Policy &policyOf(const Call &c, std::size_t i)
{
    auto &objects = c.edge->policies[i];
    return *objects[objects.size() == 1 ? 0 : c.process];
}

PolicyCall viewOf(Call &c, std::size_t i)
{
    return {reinterpret_cast<std::byte *>(c.state[i].data()), c.key, c.edge->random[i], c.ticket, c.retries};
}

// --- inwards and outwards

void World::after(const CallPtr &c, std::size_t i)
{
    noteOf(*c->edge, i, c->process);
    attend(*c->edge, i, c->process);
}

void World::in(const CallPtr &c, std::size_t i)
{
    c->depth = i;
    if (i == c->edge->types.size())
        return send(c);
    if (!c->edge->types[i]->keepsBytes)
        c->state[i] = {};
    PolicyCall view = viewOf(*c, i);
    const Admission a = policyOf(*c, i).admit(now(), view);
    after(c, i);
    if (a.kind == Admission::Kind::Refuse)
        return out(c, static_cast<int>(i) - 1, a.outcome);
    if (a.kind == Admission::Kind::Wait) {
        c->depth = i + 1;
        m_parked[c->ticket] = c;
        if (a.atNs < kNever)
            c->deadline[i] = schedule(std::max(a.atNs, m_now), [this, c, i] { expire(c, i); });
        return;
    }
    if (a.kind == Admission::Kind::AdmitAt && a.atNs > m_now) {
        c->depth = i + 1;
        return wakeAt(c, i, a.atNs);
    }
    if (a.kind == Admission::Kind::AdmitWithDeadline)
        c->deadline[i] = schedule(std::max(a.atNs, m_now), [this, c, i] { expire(c, i); });
    if (c->edge->types[i]->startsCopies) {
        c->depth = i + 1;
        return startCopy(c, i);
    }
    in(c, i + 1);
}

void World::wakeAt(const CallPtr &c, std::size_t i, std::int64_t at)
{
    c->wake = schedule(at, [this, c, i] {
        c->wake = {};
        in(c, i + 1);
    });
}

void World::out(const CallPtr &c, int layer, Outcome outcome)
{
    if (c->original && (layer < 0 || c->edge->types[static_cast<std::size_t>(layer)]->startsCopies))
        return copyEnded(c, static_cast<std::size_t>(layer), outcome);
    if (layer < 0)
        return end(c, outcome);
    const auto i = static_cast<std::size_t>(layer);
    cancel(c->deadline[i]);
    PolicyCall view = viewOf(*c, i);
    const Verdict v = policyOf(*c, i).onOutcome(now(), view, outcome);
    after(c, i);
    obey(c, i, v, outcome);
}

void World::obey(const CallPtr &c, std::size_t i, Verdict v, Outcome outcome)
{
    if (v.kind == Verdict::Kind::Keep)
        return out(c, static_cast<int>(i) - 1, outcome);
    if (v.kind == Verdict::Kind::Replace)
        return out(c, static_cast<int>(i) - 1, v.outcome);
    c->depth = i + 1;
    if (v.kind == Verdict::Kind::CallOther)
        return callOther(c, i, outcome);
    const std::int64_t at = std::max(v.atNs, m_now);
    if (v.kind == Verdict::Kind::WorkUntil) {
        c->wake = schedule(at, [this, c, i, outcome] {
            c->wake = {};
            substituteEnded(c, i, outcome, {});
        });
        return;
    }
    m_result.fingerprint += fingerprintOfRetry(c->key, c->attempts + 1, at - m_now);
    c->retries = std::min<std::uint32_t>(c->retries + 1, 15);
    if (at == m_now)
        return in(c, i + 1);
    wakeAt(c, i, at);
}

void World::callOther(const CallPtr &c, std::size_t i, Outcome failed)
{
    Edge &other = *c->edge->others.at(i);
    const std::uint64_t salt = hashText(other.name) + i * 0x9e3779b97f4a7c15u;
    const std::uint64_t tries = c->attempts + (static_cast<std::uint64_t>(c->retries) << 16);
    const std::uint64_t key = mix64((c->key + tries * 0x9e3779b97f4a7c15u) ^ salt);
    const CallPtr call = begin(other, key, c->process, [this, c, i, failed](Outcome o) {
        c->other.reset();
        substituteEnded(c, i, failed, o);
    });
    c->other = call;
    in(call, 0);
}

void World::substituteEnded(const CallPtr &c, std::size_t i, Outcome failed, Outcome substitute)
{
    PolicyCall view = viewOf(*c, i);
    const Verdict v = policyOf(*c, i).onSubstitute(now(), view, failed, substitute);
    after(c, i);
    obey(c, i, v, failed);
}

void World::expire(const CallPtr &c, std::size_t i)
{
    c->deadline[i] = {};
    const bool copies = c->edge->types[i]->startsCopies;
    if (!copies)
        leave(c, i + 1);
    PolicyCall view = viewOf(*c, i);
    const Verdict v = policyOf(*c, i).onDeadline(now(), view);
    after(c, i);
    if (v.kind == Verdict::Kind::StartAnother) {
        if (v.atNs < kNever)
            c->deadline[i] = schedule(std::max(v.atNs, m_now), [this, c, i] { expire(c, i); });
        return startCopy(c, i);
    }
    if (copies)
        leave(c, i + 1);
    obey(c, i, v, {.kind = OutcomeKind::Timeout});
}

/// Cancels everything inside the outer `kept` layers.
void World::leave(const CallPtr &c, std::size_t kept)
{
    while (!c->copies.empty()) { // the latest first
        const CallPtr copy = c->copies.back();
        c->copies.pop_back();
        leave(copy, firstCopied(*c));
    }
    for (std::size_t j = c->depth; j-- > kept;) {
        cancel(c->deadline[j]);
        PolicyCall view = viewOf(*c, j);
        policyOf(*c, j).onCancelled(now(), view);
        after(c, j);
    }
    c->depth = std::min(c->depth, kept);
    cancel(c->wake);
    m_parked.erase(c->ticket);
    if (const CallPtr other = std::move(c->other))
        cancelCall(other);
    if (const JobPtr job = std::move(c->job))
        senderLeft(job);
}

CallPtr World::begin(Edge &edge, std::uint64_t key, std::uint32_t process, std::function<void(Outcome)> done)
{
    auto c = std::make_shared<Call>();
    m_calls.push_back(c);
    c->edge = &edge;
    c->key = key;
    c->ticket = ++m_tickets;
    c->process = process;
    c->state.resize(edge.types.size());
    c->deadline.resize(edge.types.size());
    c->done = std::move(done);
    return c;
}

void World::end(const CallPtr &c, Outcome outcome)
{
    m_result.fingerprint += fingerprintOfCall(c->edge->index, c->key, m_now, outcome.kind, c->attempts);
    ++m_result.calls;
    if (const auto done = std::exchange(c->done, {}))
        done(outcome);
}

void World::cancelCall(const CallPtr &c)
{
    leave(c, 0);
    m_result.fingerprint += fingerprintOfCall(c->edge->index, c->key, m_now, OutcomeKind::Cancelled, c->attempts);
    ++m_result.calls;
}

// --- copies

void World::startCopy(const CallPtr &c, std::size_t i)
{
    const CallPtr copy = begin(*c->edge, c->key, c->process, {});
    copy->original = c;
    copy->attempts = c->attempts;
    copy->retries = c->retries;
    copy->depth = i + 1;
    c->copies.push_back(copy);
    in(copy, i + 1);
}

void World::copyEnded(const CallPtr &copy, std::size_t i, Outcome outcome)
{
    const CallPtr c = copy->original;
    c->copies.erase(std::find(c->copies.begin(), c->copies.end(), copy));
    PolicyCall view = viewOf(*c, i);
    const Verdict v = policyOf(*c, i).onOutcome(now(), view, outcome);
    after(c, i);
    if (v.kind == Verdict::Kind::AwaitOthers)
        return;
    leave(c, i + 1);
    cancel(c->deadline[i]);
    obey(c, i, v, outcome);
}

// --- queues and timers of policies

void World::attend(Edge &edge, std::size_t i, std::uint32_t process)
{
    const std::uint32_t object = edge.policies[i].size() == 1 ? 0 : process;
    Policy &policy = *edge.policies[i][object];
    if (edge.types[i]->queuesCalls) {
        std::vector<std::uint32_t> released;
        policy.takeReleased(released);
        for (const std::uint32_t ticket : released) {
            const CallPtr c = m_parked.at(ticket);
            m_parked.erase(ticket);
            cancel(c->deadline[i]);
            wakeAt(c, i, m_now);
        }
    }
    if (!edge.types[i]->hasTimers)
        return;
    Timer &timer = edge.timers[{i, object}];
    const std::int64_t at = std::max(policy.nextTimer().ns(), m_now);
    if (at == timer.at)
        return;
    cancel(timer.event);
    timer.at = at;
    if (at < kNever - 1)
        timer.event = schedule(at, [this, &edge, i, object] { timerDue(edge, i, object); });
}

void World::timerDue(Edge &edge, std::size_t i, std::uint32_t object)
{
    Timer &timer = edge.timers[{i, object}];
    Policy &policy = *edge.policies[i][object];
    timer.event = {};
    timer.at = std::numeric_limits<std::int64_t>::max();
    if (edge.types[i]->probes)
        policy.onProbe(now(), probe(*edge.target, edge, edge.random[i].draw(object, timer.probes++)));
    else
        policy.handleTimer(now());
    noteOf(edge, i, object);
    attend(edge, i, object);
}

std::uint32_t bandsOf(const Edge &edge, std::size_t i, std::size_t processes)
{
    const std::size_t each = edge.types[i]->judgesInstances ? edge.target->queues.size() : edge.types[i]->isBreaker ? 1 : 0;
    return static_cast<std::uint32_t>(each * processes);
}

void World::noteOf(Edge &edge, std::size_t i, std::uint32_t process)
{
    std::vector<PolicyEvent> events;
    edge.policies[i][edge.policies[i].size() == 1 ? 0 : process]->takeEvents(events);
    for (const PolicyEvent &e : events) {
        ++m_result.transitions;
        std::uint32_t breaker = edge.firstBreaker + process;
        for (std::size_t j = 0; j < i; ++j)
            breaker += bandsOf(edge, j, edge.policies[j].size());
        if (edge.types[i]->judgesInstances)
            breaker += process * static_cast<std::uint32_t>(edge.target->queues.size() - 1) + e.part;
        m_result.fingerprint += fingerprintOfTransition(breaker, e.at, e.to);
    }
}

void forEachJudge(Call &c, const std::function<void(Call &, std::size_t, InstanceJudge &)> &each)
{
    bool isInCopy = c.original == nullptr; // of the layers before it starts, the original is asked
    for (std::size_t i = 0; i < c.edge->types.size(); ++i) {
        Call &owner = isInCopy ? c : *c.original;
        isInCopy = isInCopy || c.edge->types[i]->startsCopies;
        auto &objects = c.edge->policies[i];
        if (InstanceJudge *judge = objects[objects.size() == 1 ? 0 : c.process]->instanceJudge())
            each(owner, i, *judge);
    }
}

} // namespace halfopen::test::naive
