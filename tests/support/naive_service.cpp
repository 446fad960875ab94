// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/distributions.h"
#include "tests/support/naive_world.h"

#include <algorithm>

namespace halfopen::test::naive {

namespace {

/// 0 .. n-1 in an order drawn from these bits.
std::vector<std::size_t> shuffled(std::uint64_t bits, std::size_t n)
{
    std::vector<std::size_t> left(n);
    for (std::size_t i = 0; i < n; ++i)
        left[i] = i;
    std::vector<std::size_t> order;
    while (!left.empty()) {
        const auto place = static_cast<std::ptrdiff_t>(
            uniformIndex(mix64(bits + order.size() * 0x9e3779b97f4a7c15u), left.size()));
        order.push_back(left[static_cast<std::size_t>(place)]);
        left.erase(left.begin() + place);
    }
    return order;
}

std::size_t chooseAmong(Service &s, const Call &c, std::uint32_t draws, const std::vector<std::size_t> &left)
{
    const std::size_t all = s.queues.size();
    const std::size_t n = left.size();
    if (all > 1 && c.edge->copies > 1 && static_cast<std::size_t>(c.edge->copies) <= all) {
        const std::uint64_t group = c.key >> 14 << 14;
        return left[shuffled(s.random.draw(group, draws + 2), n)[(c.key & 0x3fff) % n]];
    }
    if (s.spec->balancing == ServiceSpec::Balancing::RoundRobin) {
        while (std::find(left.begin(), left.end(), s.next % all) == left.end())
            ++s.next;
        return s.next++ % all;
    }
    const std::uint64_t bits = s.random.draw(c.key, draws + 2);
    if (s.spec->balancing == ServiceSpec::Balancing::Random)
        return left[static_cast<std::size_t>(static_cast<UnsignedWide>(bits) * n >> 64)];
    const auto load = [&](std::size_t i) { return s.busy[i] + waiting(s, i); };
    if (s.spec->balancing == ServiceSpec::Balancing::PowerOfTwoChoices) {
        const std::vector<std::size_t> order = shuffled(bits, n);
        std::size_t best = left[order[0]];
        for (std::size_t i = 1; i < std::min(n, static_cast<std::size_t>(s.spec->choices)); ++i)
            if (load(left[order[i]]) < load(best))
                best = left[order[i]];
        return best;
    }
    std::vector<std::size_t> least{left[0]};
    for (std::size_t i = 1; i < n; ++i) {
        if (load(left[i]) < load(least.front()))
            least = {left[i]};
        else if (load(left[i]) == load(least.front()))
            least.push_back(left[i]);
    }
    return least[static_cast<std::size_t>(uniformIndex(bits, least.size()))];
}

} // namespace

std::int64_t waiting(const Service &s, std::size_t instance)
{
    std::int64_t n = 0;
    for (const JobPtr &job : s.queues[instance])
        n += job->phase == Job::Queued ? 1 : 0;
    return n;
}

std::size_t World::choose(Service &s, Call &c, std::uint32_t draws)
{
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < s.queues.size(); ++i) {
        bool isPassedOver = false;
        forEachJudge(c, [&](Call &, std::size_t, InstanceJudge &judge) {
            isPassedOver = isPassedOver || judge.passesOver(static_cast<std::uint32_t>(i));
        });
        if (!isPassedOver)
            left.push_back(i);
    }
    if (left.empty())
        for (std::size_t i = 0; i < s.queues.size(); ++i)
            left.push_back(i);
    return chooseAmong(s, c, draws, left);
}

/// The endpoint that the call names, or the one on which a point thrown on all weights in a row falls.
static const EndpointSpec *endpointOf(const Service &s, const Job &job)
{
    double all = 0;
    for (const EndpointSpec &endpoint : s.spec->endpoints)
        all += endpoint.weight;
    double point = static_cast<double>(s.endpointRandom.draw(job.key, 0) >> 11) / 0x1p53 * all;
    for (const EndpointSpec &endpoint : s.spec->endpoints) {
        if (job.edge->endpoint.empty() ? point < endpoint.weight : job.edge->endpoint == endpoint.name)
            return &endpoint;
        point -= endpoint.weight;
    }
    return nullptr;
}

/// The request leaves its caller, with a connection if it needs one.
void World::arrive(Service &s, const JobPtr &job)
{
    Call &c = *job->caller;
    const std::uint32_t draws = job->attempt * 4;
    job->phase = Job::Queued;
    job->coin = static_cast<std::uint32_t>(s.random.draw(job->key, draws + 1) >> 32);
    job->instance = choose(s, c, draws);
    job->endpoint = endpointOf(s, *job);
    forEachJudge(c, [&](Call &owner, std::size_t i, InstanceJudge &judge) {
        PolicyCall view = viewOf(owner, i);
        judge.onSent(view, static_cast<std::uint32_t>(job->instance));
    });
    const FaultDecision fault = faultsOn(s, kAtArrival, *job);
    if (fault.refuse)
        return refuse(s, job, fault.outcome);
    if (!s.isDown.empty())
        s.live.push_back(job);
    if (fault.blackHole) {
        job->phase = Job::Lost;
        return;
    }
    job->work = (job->endpoint ? job->endpoint->serviceTime : s.spec->serviceTime).sample(s.random.draw(job->key, draws)).count();
    if (fault.heldUntil > now())
        hold(s, job, fault.heldUntil);
    else
        takeIn(s, job);
}

/// An outage keeps the request back until it ends.
void World::hold(Service &s, const JobPtr &job, Instant until)
{
    job->phase = Job::Held;
    schedule(until.ns(), [this, &s, job] {
        if (job->phase == Job::Stopped)
            return release(job);
        const FaultDecision fault = faultsOn(s, kAtArrival, *job);
        if (fault.refuse)
            return refuse(s, job, fault.outcome);
        if (fault.blackHole) {
            job->phase = Job::Lost;
            if (!job->caller)
                release(job);
            return;
        }
        if (fault.heldUntil > now())
            return hold(s, job, fault.heldUntil);
        job->phase = Job::Queued;
        takeIn(s, job);
    });
}

void World::takeIn(Service &s, const JobPtr &job)
{
    const bool free = s.busy[job->instance] < s.workers[job->instance];
    if (!free && waiting(s, job->instance) >= s.spec->queue) {
        if (!faultsOn(s, kAtFullQueue, *job).losesRejection)
            return refuse(s, job, {.kind = OutcomeKind::Rejected, .status = 503});
        job->phase = Job::Lost;
        if (!job->caller)
            release(job);
        return;
    }
    job->arrived = m_now;
    if (waiting(s, job->instance) == 0)
        s.lastEmpty[job->instance] = m_now;
    if (free)
        return work(s, job);
    join(s, job);
}

/// The answer is no: it is lost like others.
void World::refuse(Service &s, const JobPtr &job, Outcome outcome)
{
    if (job->caller && losesAnswer(s, *job)) {
        job->phase = Job::Lost;
        return;
    }
    respond(job, outcome);
}

void World::respond(const JobPtr &job, Outcome outcome)
{
    job->phase = Job::Done;
    release(job);
    if (const CallPtr c = std::move(job->caller)) {
        c->job.reset();
        out(c, static_cast<int>(c->edge->types.size()) - 1, outcome);
    }
}

void World::work(Service &s, const JobPtr &job)
{
    ++s.busy[job->instance];
    job->phase = Job::Working;
    const FaultDecision fault = faultsOn(s, kAtWork, *job);
    const double errorRate = job->endpoint ? job->endpoint->errorRate : s.spec->errorRate;
    if (static_cast<double>(job->coin) / 4294967296.0 < errorRate)
        job->outcome = {.kind = OutcomeKind::Error, .status = 500};
    if (fault.fail)
        job->outcome = fault.outcome;
    const auto slowed = static_cast<std::int64_t>(static_cast<Wide>(job->work) * fault.slowdownPermille / 1000);
    const std::int64_t crowd = fault.delayPerRequest.count() * s.busy[job->instance];
    const std::int64_t whole = slowed + fault.delay.count() + crowd;
    const auto cut = static_cast<std::int64_t>(static_cast<Wide>(whole) * fault.workPermille / 1000);
    schedule(m_now + paced(s, job->instance, cut), [this, &s, job] {
        if (job->phase == Job::Working)
            callOrFinish(s, job);
    });
}

void World::finish(Service &s, const JobPtr &job)
{
    --s.busy[job->instance];
    workOnNext(s, job->instance);
    const FaultDecision fault = job->caller ? faultsOn(s, kAtAnswer, *job) : FaultDecision();
    if (fault.losesAnswer) {
        job->phase = Job::Lost;
    } else if (fault.answerTime.count() > 0) {
        job->phase = Job::Sending;
        schedule(m_now + fault.answerTime.count(), [this, job] {
            if (job->phase == Job::Sending)
                respond(job, job->outcome);
        });
    } else {
        respond(job, job->outcome);
    }
}

void World::callerLeft(Service &s, const JobPtr &job)
{
    if (job->phase == Job::Lost)
        return release(job);
    if (s.spec->keepsWorkingForDepartedCallers) {
        if (job->phase == Job::Calling)
            deadlinePassed(s, job);
        return;
    }
    const auto before = job->phase;
    if (before == Job::Dropped)
        return;
    if (before == Job::Working || before == Job::Calling)
        return giveUp(s, job);
    job->phase = Job::Stopped;
    if (before != Job::Held) // that event still comes
        release(job);
}

/// Its worker takes other work.
void World::giveUp(Service &s, const JobPtr &job)
{
    if (job->phase == Job::Calling)
        cancelOwnCalls(job);
    job->phase = Job::Stopped;
    --s.busy[job->instance];
    release(job);
    workOnNext(s, job->instance);
}

} // namespace halfopen::test::naive
