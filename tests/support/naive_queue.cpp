// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/distributions.h"
#include "tests/support/naive_world.h"

#include <algorithm>

namespace halfopen::test::naive {

std::vector<std::size_t> lineOf(const std::deque<JobPtr> &queue, std::int64_t priority)
{
    std::vector<std::size_t> line;
    for (std::size_t i = 0; i < queue.size(); ++i)
        if (queue[i]->priority == priority)
            line.push_back(i);
    return line;
}

void World::join(Service &s, const JobPtr &job)
{
    job->isPatient = s.lastEmpty[job->instance] >= m_now - s.spec->queueInterval.count();
    s.queues[job->instance].push_back(job);
    if (!s.hasAlarm[job->instance])
        setAlarm(s, job->instance);
}

/// One event per instance for the queue timeout of its oldest request, looked at again when it comes.
void World::setAlarm(Service &s, std::size_t instance)
{
    const auto &queue = s.queues[instance];
    if (!s.spec->queueTimeout || queue.empty())
        return;
    const auto oldest = std::min_element(queue.begin(), queue.end(),
                                         [](const JobPtr &a, const JobPtr &b) { return a->arrived < b->arrived; });
    s.hasAlarm[instance] = true;
    schedule((*oldest)->arrived + s.spec->queueTimeout->count(), [this, &s, instance] {
        s.hasAlarm[instance] = false;
        for (const std::int64_t priority : {0, 1, 2})
            dropExpired(s, instance, priority);
        setAlarm(s, instance);
    });
}

void World::dropExpired(Service &s, std::size_t instance, std::int64_t priority)
{
    auto &queue = s.queues[instance];
    std::vector<std::size_t> line = lineOf(queue, priority);
    for (std::size_t place = 0; place < line.size();) {
        const JobPtr job = queue[line[place]];
        if (job->arrived + s.spec->queueTimeout->count() > m_now) {
            ++place;
            continue;
        }
        takeAt(s, instance, line, place);
        line = lineOf(queue, priority);
        if (job->phase != Job::Stopped)
            drop(s, job);
    }
}

/// Takes one out of its line; when the order is random, the newest of the line moves into its place.
void World::takeAt(Service &s, std::size_t instance, const std::vector<std::size_t> &line, std::size_t place)
{
    auto &queue = s.queues[instance];
    std::size_t gap = line[place];
    const bool wasLive = queue[gap]->phase != Job::Stopped;
    if (s.spec->discipline == ServiceSpec::Discipline::Random) {
        queue[gap] = queue[line.back()];
        gap = line.back();
    }
    queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(gap));
    if (wasLive && waiting(s, instance) == 0)
        s.lastEmpty[instance] = m_now;
}

/// They are answered together, in an event of their own.
void World::drop(Service &s, const JobPtr &job)
{
    job->phase = Job::Dropped;
    if (s.dropped.empty())
        schedule(m_now, [this, &s] {
            for (const JobPtr &one : std::exchange(s.dropped, {}))
                refuse(s, one, {.kind = OutcomeKind::Rejected, .status = 503});
        });
    s.dropped.push_back(job);
}

void World::workOnNext(Service &s, std::size_t instance)
{
    while (s.busy[instance] < s.workers[instance]) {
        const JobPtr job = next(s, instance);
        if (!job)
            return;
        work(s, job);
    }
}

JobPtr World::next(Service &s, std::size_t instance)
{
    auto &queue = s.queues[instance];
    for (const std::int64_t priority : {0, 1, 2}) {
        for (auto line = lineOf(queue, priority); !line.empty(); line = lineOf(queue, priority)) {
            std::size_t place = 0;
            if (s.spec->discipline == ServiceSpec::Discipline::Lifo)
                place = line.size() - 1;
            if (s.spec->discipline == ServiceSpec::Discipline::Random)
                place = static_cast<std::size_t>(uniformIndex(s.random.draw(~s.taken++, 3), line.size()));
            const JobPtr job = queue[line[place]];
            takeAt(s, instance, line, place);
            if (job->phase == Job::Stopped)
                continue;
            if (job->edge->endsWithDeadline && !job->caller) { // its deadline has passed: nobody hears
                job->phase = Job::Stopped;
                release(job);
                continue;
            }
            if (!isTooLate(s, instance, job))
                return job;
            drop(s, job);
        }
    }
    return nullptr;
}

bool World::isTooLate(Service &s, std::size_t instance, const JobPtr &job) const
{
    const Duration waited(m_now - job->arrived);
    switch (s.spec->discipline) {
    case ServiceSpec::Discipline::Codel:
        return s.codels[instance].shouldDrop(now(), waited, waiting(s, instance) == 0);
    case ServiceSpec::Discipline::ControlledDelay:
        return waited > (job->isPatient ? s.spec->queueInterval : s.spec->queueTarget);
    case ServiceSpec::Discipline::DeadlineDrop:
        return !job->caller;
    default:
        return false;
    }
}

} // namespace halfopen::test::naive
