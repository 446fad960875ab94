// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/naive_world.h"

#include <algorithm>

namespace halfopen::test::naive {

void World::send(const CallPtr &c)
{
    c->attempts = c->original ? ++c->original->attempts : c->attempts + 1;
    auto job = std::make_shared<Job>();
    m_jobs.push_back(job);
    job->caller = c;
    job->edge = c->edge;
    job->key = c->key;
    job->attempt = c->attempts;
    job->childKey = c->key + c->attempts * 0x9e3779b97f4a7c15u;
    job->priority = c->edge->priority;
    c->job = job;
    if (c->edge->pools.empty())
        return arrive(*c->edge->target, job);
    askPool(*c->edge->pools[c->edge->pools.size() == 1 ? 0 : c->process], job);
}

void World::askPool(Pool &pool, const JobPtr &job)
{
    if (pool.inUse < *pool.spec->size && pool.line.empty()) {
        give(pool, job);
        return arrive(*job->edge->target, job);
    }
    if (pool.spec->maxWait == Duration(0))
        return respond(job, {.kind = OutcomeKind::BulkheadFull});
    job->phase = Job::Waiting;
    job->asked = m_now;
    pool.line.push_back(job);
    if (pool.spec->maxWait && !pool.hasAlarm)
        setPoolAlarm(pool);
}

void World::give(Pool &pool, const JobPtr &job)
{
    ++pool.inUse;
    job->pool = &pool;
}

/// The service is done with the request, or the connection was closed: it goes back, once.
void World::release(const JobPtr &job)
{
    if (Pool *pool = std::exchange(job->pool, nullptr))
        giveBack(*pool);
}

/// Those who wait are sent in events of their own.
void World::giveBack(Pool &pool)
{
    --pool.inUse;
    while (pool.inUse < *pool.spec->size && !pool.line.empty()) {
        const JobPtr job = pool.line.front();
        pool.line.pop_front();
        job->phase = Job::Given;
        ++pool.inUse;
        schedule(m_now, [this, &pool, job] {
            if (job->phase == Job::GivenAndLeft)
                return giveBack(pool);
            job->pool = &pool;
            arrive(*job->edge->target, job);
        });
    }
}

/// One event for the longest wait: that of the oldest.
void World::setPoolAlarm(Pool &pool)
{
    pool.hasAlarm = !pool.line.empty();
    if (!pool.hasAlarm)
        return;
    schedule(pool.line.front()->asked + pool.spec->maxWait->count(), [this, &pool] {
        std::vector<JobPtr> refused;
        while (!pool.line.empty() && pool.line.front()->asked + pool.spec->maxWait->count() <= m_now) {
            pool.line.front()->phase = Job::GivenAndLeft;
            refused.push_back(pool.line.front());
            pool.line.pop_front();
        }
        setPoolAlarm(pool);
        for (const JobPtr &job : refused)
            respond(job, {.kind = OutcomeKind::BulkheadFull});
    });
}

/// Whoever sent the request waits for it no longer.
void World::senderLeft(const JobPtr &job)
{
    job->caller.reset();
    switch (job->phase) {
    case Job::Waiting:
        for (const auto &pool : job->edge->pools)
            std::erase(pool->line, job);
        return;
    case Job::Given:
        job->phase = Job::GivenAndLeft;
        return;
    case Job::GivenAndLeft:
        return;
    default:
        if (job->pool && job->pool->spec->abandoned == PoolSpec::Abandoned::Close)
            release(job);
        callerLeft(*job->edge->target, job);
    }
}

} // namespace halfopen::test::naive
