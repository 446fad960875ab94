// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/service_pace.h"

#include "core/base/distributions.h"
#include "core/base/wide.h"
#include "core/engine/dependency.h"

#include <algorithm>

namespace halfopen {

namespace {

std::int64_t rounded(double value)
{
    return static_cast<std::int64_t>(value + 0.5);
}

std::int64_t scaled(std::int64_t ns, Wide by, std::int64_t over)
{
    return static_cast<std::int64_t>(std::min<Wide>(static_cast<Wide>(ns) * by / over, kWorkMaxNs));
}

} // namespace

ServicePace::ServicePace(const ServiceSpec &spec, std::uint64_t seed)
    : m_spec(spec), m_random(seed, "pauses of " + spec.name), m_instances(static_cast<std::size_t>(spec.instances))
{
    const SlowdownSpec &slow = spec.slowdown;
    m_factorPermille = rounded(slow.factor.value_or(1) * 1000);
    m_freeBusy = rounded(slow.atBusy.value_or(1) * static_cast<double>(spec.workers) * 1000);
    m_contentionPpb = rounded(slow.contention * 1e9);
    m_coherencyPpb = rounded(slow.coherency * 1e9);
    m_coldPermille = rounded(spec.coldStart.factor.value_or(1) * 1000);
}

std::int64_t ServicePace::timeFor(Instant now, std::size_t i, std::int64_t busy, std::int64_t workNs)
{
    Instance &instance = m_instances[i];
    std::int64_t work = loaded(busy, workNs);
    if (m_coldPermille != 1000)
        work = cold(now, instance, work);
    if (!hasPauses())
        return work;
    // Every pause that begins before the end moves it by its length.
    std::int64_t end = now.ns() + work;
    for (std::size_t k = 0;; ++k) {
        if (k == instance.pauses.size())
            drawPause(i);
        const Pause &pause = instance.pauses[k];
        if (pause.fromNs >= end || end - now.ns() >= kWorkMaxNs)
            break;
        if (pause.toNs > now.ns())
            end += pause.toNs - std::max(pause.fromNs, now.ns());
    }
    return std::min(end - now.ns(), kWorkMaxNs);
}

std::int64_t ServicePace::loaded(std::int64_t busy, std::int64_t workNs) const
{
    std::int64_t work = workNs;
    const std::int64_t all = m_spec.workers * 1000;
    if (m_factorPermille != 1000 && busy * 1000 > m_freeBusy && all > m_freeBusy) {
        const Wide more = static_cast<Wide>(m_factorPermille - 1000) * (std::min(busy * 1000, all) - m_freeBusy);
        work += scaled(work, more, (all - m_freeBusy) * 1000);
    }
    if (m_contentionPpb + m_coherencyPpb > 0) {
        const Wide others = busy - 1;
        const Wide ppb = m_contentionPpb * others + m_coherencyPpb * others * busy;
        work = scaled(work, 1'000'000'000 + std::min<Wide>(ppb, Wide(1) << 60), 1'000'000'000);
    }
    return std::min(work, kWorkMaxNs);
}

std::int64_t ServicePace::cold(Instant now, const Instance &instance, std::int64_t workNs) const
{
    const std::int64_t length = m_spec.coldStart.length->count();
    const std::int64_t left = instance.startedNs + length - now.ns();
    if (left <= 0)
        return workNs;
    return std::min(workNs + scaled(workNs, static_cast<Wide>(m_coldPermille - 1000) * left / 1000, length), kWorkMaxNs);
}

void ServicePace::restarted(Instant now, std::size_t instance)
{
    m_instances[instance].startedNs = now.ns();
}

ServicePace::Pause ServicePace::nextPause(std::size_t instance)
{
    if (m_instances[instance].pauses.empty())
        drawPause(instance);
    return m_instances[instance].pauses.front();
}

void ServicePace::pauseEnded(std::size_t instance)
{
    m_instances[instance].pauses.pop_front();
}

void ServicePace::drawPause(std::size_t i)
{
    Instance &instance = m_instances[i];
    const std::int64_t every = m_spec.pause.every->count();
    std::int64_t gap = every;
    if (m_spec.pause.timing == PauseSpec::Timing::Random)
        gap = exponentialNs(m_random.child(i).draw(instance.drawn, 0), every);
    else if (instance.drawn == 0)
        gap += scaled(every, static_cast<std::int64_t>(i), m_spec.instances);
    ++instance.drawn;
    const std::int64_t from = instance.lastEndNs + std::max<std::int64_t>(gap, 1);
    instance.lastEndNs = from + m_spec.pause.length->count();
    instance.pauses.push_back({from, instance.lastEndNs});
}

} // namespace halfopen
