// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/distributions.h"
#include "tests/support/naive_world.h"

#include <algorithm>
#include <tuple>

namespace halfopen::test::naive {

// --- what faults decide

static NaiveFault::Subject subjectOf(const Job &job)
{
    return {job.instance, job.edge->from, job.endpoint ? std::string_view(job.endpoint->name) : std::string_view()};
}

FaultDecision World::faultsOn(Service &s, unsigned stages, const Job &job) const
{
    FaultDecision decision;
    for (NaiveFault &f : s.faults)
        if (f.counted(stages, subjectOf(job)))
            f.fold(stages, subjectOf(job), job.coin, now(), decision);
    return decision;
}

FaultDecision World::faultsOnInstance(Service &s, std::size_t instance) const
{
    FaultDecision decision;
    for (NaiveFault &f : s.faults)
        f.fold(kOnInstances, {instance, {}, {}}, 0, now(), decision);
    return decision;
}

/// Of an answer that says no: only faults that lose answers are asked, and count it.
bool World::losesAnswer(Service &s, const Job &job) const
{
    FaultDecision decision;
    for (NaiveFault &f : s.faults)
        if (f.canLoseAnswers() && f.counted(kAtAnswer, subjectOf(job)))
            f.fold(kAtAnswer, subjectOf(job), job.coin, now(), decision);
    return decision.losesAnswer;
}

Outcome World::probe(Service &s, const Edge &edge, std::uint64_t bits) const
{
    const std::size_t instance = uniformIndex(bits, s.queues.size());
    FaultDecision fault;
    for (NaiveFault &f : s.faults)
        if (!f.counts())
            f.fold(kAtArrival | kAtWork | kAtAnswer, {instance, edge.from, {}}, static_cast<std::uint32_t>(mix64(bits) >> 32), now(), fault);
    if (fault.losesAnswer)
        return {.kind = OutcomeKind::Timeout};
    if (fault.refuse)
        return fault.outcome;
    if (fault.blackHole || fault.heldUntil > now())
        return {.kind = OutcomeKind::Timeout};
    return fault.fail ? fault.outcome : Outcome{};
}

// --- faults over time

void World::faultBegins(Service &s, NaiveFault &f)
{
    if (f.next == f.spans.size())
        return;
    schedule(f.spans[f.next].from.ns(), [this, &s, &f] {
        f.begin();
        schedule(f.spans[f.next].to.ns(), [this, &s, &f] {
            f.active = false;
            ++f.next;
            faultBegins(s, f);
            lookAtInstances(s);
        });
        faultChanges(s, f);
        lookAtInstances(s);
    });
}

/// A fault whose strength changes what instances can do is looked at in steps.
void World::faultChanges(Service &s, NaiveFault &f)
{
    const std::int64_t at = m_now + strengthStep(*f.spec).count();
    if (!f.changesInstances() || at >= f.spans[f.next].to.ns())
        return;
    schedule(at, [this, &s, &f] {
        faultChanges(s, f);
        lookAtInstances(s);
    });
}

void World::lookAtInstances(Service &s)
{
    std::vector<JobPtr> told;
    if (!s.isDown.empty())
        told = crashed(s);
    for (std::size_t i = 0; i < s.queues.size(); ++i) {
        s.workers[i] = s.isPausing[i] ? 0 : s.spec->workers * faultsOnInstance(s, i).workersPermille / 1000;
        workOnNext(s, i);
    }
    for (const JobPtr &job : told)
        refuse(s, job, {.kind = OutcomeKind::ConnectionReset});
}

/// Those whose callers must hear that their request is gone.
std::vector<JobPtr> World::crashed(Service &s)
{
    std::map<std::size_t, bool> silent; ///< the instances that have just gone down
    for (std::size_t i = 0; i < s.queues.size(); ++i) {
        const FaultDecision fault = faultsOnInstance(s, i);
        if (fault.crashes && !s.isDown[i])
            silent[i] = fault.crashesSilently;
        if (!fault.crashes && s.isDown[i])
            s.started[i] = m_now; // and it is cold
        s.isDown[i] = fault.crashes;
    }
    std::vector<JobPtr> lost;
    for (const JobPtr &job : s.live)
        if (silent.contains(job->instance)
            && (job->phase == Job::Working || job->phase == Job::Calling || job->phase == Job::Sending))
            lost.push_back(job);
    const auto place = [](const JobPtr &j) {
        return j->caller ? std::tuple(0, j->caller->edge->index, j->caller->key, j->caller->attempts)
                         : std::tuple(1, 0u, j->childKey, 0u);
    };
    const auto byCall = [&](const JobPtr &a, const JobPtr &b) { return place(a) < place(b); };
    std::stable_sort(lost.begin(), lost.end(), byCall);
    std::vector<JobPtr> told;
    for (const JobPtr &job : lost)
        lose(job, silent[job->instance], told);
    for (const auto &[i, isSilent] : silent) {
        for (const std::int64_t priority : {0, 1, 2})
            for (const std::size_t at : lineOf(s.queues[i], priority))
                if (s.queues[i][at]->phase == Job::Queued)
                    lose(s.queues[i][at], isSilent, told);
        s.queues[i].clear();
        s.busy[i] = 0;
        s.lastEmpty[i] = m_now;
        s.codels[i] = Codel(s.spec->queueTarget, s.spec->queueInterval);
    }
    std::stable_sort(told.begin(), told.end(), byCall);
    std::erase_if(s.live, [](const JobPtr &job) { return job->phase == Job::Done || job->phase == Job::Stopped; });
    return told;
}

void World::lose(const JobPtr &job, bool isSilent, std::vector<JobPtr> &told)
{
    if (job->phase == Job::Calling)
        cancelOwnCalls(job);
    if (!job->caller) {
        job->phase = Job::Stopped;
        release(job);
    } else if (isSilent) {
        job->phase = Job::Lost;
    } else {
        job->phase = Job::Dropped;
        told.push_back(job);
    }
}

// --- what makes work longer

/// The next pause of an instance begins, and then it ends.
void World::pausesBegin(Service &s, std::size_t i, std::size_t number)
{
    if (number == s.pauses[i].size())
        return;
    schedule(s.pauses[i][number].from, [this, &s, i, number] {
        s.isPausing[i] = true;
        s.workers[i] = 0;
        schedule(s.pauses[i][number].to, [this, &s, i, number] {
            pausesBegin(s, i, number + 1);
            s.isPausing[i] = false;
            s.workers[i] = s.spec->workers * faultsOnInstance(s, i).workersPermille / 1000;
            workOnNext(s, i);
        });
    });
}

/// How long it takes work that is drawn as so long and begins now, with s.busy[i] requests in service.
std::int64_t World::paced(const Service &s, std::size_t i, std::int64_t drawn) const
{
    const auto thousandths = [](double value) { return static_cast<std::int64_t>(value * 1000 + 0.5); };
    const auto billionths = [](double value) { return static_cast<std::int64_t>(value * 1e9 + 0.5); };
    const std::int64_t busy = s.busy[i];
    std::int64_t work = drawn;
    if (const SlowdownSpec &slow = s.spec->slowdown; slow.isThere()) {
        const std::int64_t all = s.spec->workers * 1000;
        const std::int64_t free = thousandths(slow.atBusy.value_or(1) * static_cast<double>(s.spec->workers));
        if (slow.factor && busy * 1000 > free && all > free)
            work += static_cast<std::int64_t>(static_cast<Wide>(work) * (thousandths(*slow.factor) - 1000)
                                              * (std::min(busy * 1000, all) - free) / ((all - free) * 1000));
        const Wide others = busy - 1;
        work = static_cast<std::int64_t>(
            static_cast<Wide>(work)
            * (1'000'000'000 + billionths(slow.contention) * others + billionths(slow.coherency) * others * busy) / 1'000'000'000);
    }
    if (const ColdStartSpec &cold = s.spec->coldStart; cold.isThere()) {
        const std::int64_t left = s.started[i] + cold.length->count() - m_now;
        if (left > 0) // a straight line from `factor` to 1
            work += static_cast<std::int64_t>(static_cast<Wide>(work) * (static_cast<Wide>(thousandths(*cold.factor) - 1000) * left / 1000)
                                              / cold.length->count());
    }
    std::int64_t end = m_now + work;
    for (const Pause &pause : s.pauses[i]) // every pause before the end moves it
        if (pause.to > m_now && pause.from < end)
            end += pause.to - std::max(pause.from, m_now);
    return end - m_now;
}

} // namespace halfopen::test::naive
