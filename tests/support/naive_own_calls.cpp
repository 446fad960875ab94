// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/support/naive_world.h"

#include <algorithm>

namespace halfopen::test::naive {

namespace {

std::size_t needed(const Service &s)
{
    std::size_t all = 0;
    for (const auto &[edge, salt] : s.calls)
        all += static_cast<std::size_t>(edge->copies);
    if (s.spec->joinCount)
        return std::min(all, static_cast<std::size_t>(*s.spec->joinCount));
    switch (s.spec->join) {
    case ServiceSpec::Join::All:
        return all;
    case ServiceSpec::Join::Any:
        return 1;
    default:
        return all / 2 + 1;
    }
}

bool allEndWithDeadline(const Service &s)
{
    return std::all_of(s.calls.begin(), s.calls.end(), [](const auto &call) { return call.first->endsWithDeadline; });
}

bool someEndWithDeadline(const Service &s)
{
    return std::any_of(s.calls.begin(), s.calls.end(), [](const auto &call) { return call.first->endsWithDeadline; });
}

} // namespace

Outcome failedBelow(Outcome below)
{
    return {.kind = OutcomeKind::Error,
            .status = static_cast<std::uint16_t>(below.kind == OutcomeKind::Timeout ? 504 : 502)};
}

void World::callOrFinish(Service &s, const JobPtr &job)
{
    if (!isGood(job->outcome.kind) || job->callsMade == s.calls.size())
        return finish(s, job);
    const bool isParallel = s.spec->callOrder == ServiceSpec::CallOrder::Parallel;
    if (!job->caller && (isParallel ? allEndWithDeadline(s) : s.calls[job->callsMade].first->endsWithDeadline)) {
        job->phase = Job::Working; // no call is under way
        return giveUp(s, job);
    }
    job->phase = Job::Calling;
    if (isParallel)
        return callAll(s, job);
    auto [edge, salt] = s.calls[job->callsMade++];
    job->child = begin(*edge, mix64(job->childKey ^ salt), static_cast<std::uint32_t>(job->instance),
                       [this, &s, job](Outcome o) {
                           job->child.reset();
                           if (!isGood(o.kind))
                               job->outcome = failedBelow(o);
                           callOrFinish(s, job);
                       });
    const CallPtr child = job->child;
    in(child, 0);
}

void World::callAll(Service &s, const JobPtr &job)
{
    job->callsMade = s.calls.size();
    job->isSettling = true;
    job->isPastDeadline = !job->caller && someEndWithDeadline(s);
    for (const auto &[edge, salt] : s.calls) {
        if (edge->endsWithDeadline && !job->caller)
            continue;
        const std::uint64_t base = mix64(job->childKey ^ salt);
        for (std::int64_t copy = 0; copy < edge->copies; ++copy) {
            const std::uint64_t key = edge->copies == 1 ? base : (base >> 14 << 14 | static_cast<std::uint64_t>(copy));
            const std::size_t number = job->branches.size();
            const CallPtr child = begin(*edge, key, static_cast<std::uint32_t>(job->instance),
                                        [this, &s, job, number](Outcome o) { branchReturned(s, job, number, o); });
            job->branches.push_back({child, edge->endsWithDeadline});
            ++job->branchesLeft;
            in(child, 0);
        }
    }
    job->isSettling = false;
    judge(s, job);
}

void World::branchReturned(Service &s, const JobPtr &job, std::size_t number, Outcome o)
{
    job->branches[number].call.reset();
    --job->branchesLeft;
    if (isGood(o.kind))
        ++job->endedWell;
    else
        job->lastBad = o;
    if (!job->isSettling)
        judge(s, job);
}

void World::judge(Service &s, const JobPtr &job)
{
    if (job->endedWell < needed(s)) {
        const bool canStill = job->endedWell + job->branchesLeft >= needed(s);
        if (canStill || (job->isPastDeadline && job->branchesLeft > 0))
            return;
        job->outcome = failedBelow(job->lastBad);
    }
    cancelBranches(job);
    finish(s, job);
}

void World::cancelBranches(const JobPtr &job)
{
    job->isSettling = true;
    for (std::size_t b = job->branches.size(); b-- > 0;)
        if (const CallPtr child = std::move(job->branches[b].call))
            cancelCall(child);
}

void World::cancelOwnCalls(const JobPtr &job)
{
    if (const CallPtr child = std::move(job->child))
        cancelCall(child);
    cancelBranches(job);
}

/// The caller has left, and the service would go on: calls whose deadline travels end, the last made first.
void World::deadlinePassed(Service &s, const JobPtr &job)
{
    if (s.spec->callOrder == ServiceSpec::CallOrder::OneByOne) {
        if (s.calls[job->callsMade - 1].first->endsWithDeadline)
            giveUp(s, job);
        return;
    }
    if (!someEndWithDeadline(s))
        return;
    job->isPastDeadline = true;
    job->isSettling = true;
    for (std::size_t b = job->branches.size(); b-- > 0;) {
        if (!job->branches[b].call || !job->branches[b].endsWithDeadline)
            continue;
        const CallPtr child = std::move(job->branches[b].call);
        cancelCall(child);
        --job->branchesLeft;
    }
    job->isSettling = false;
    if (job->endedWell >= needed(s) || job->branchesLeft > 0)
        return judge(s, job);
    giveUp(s, job);
}

} // namespace halfopen::test::naive
