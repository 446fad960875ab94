// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace halfopen {

/// What makes work take longer than was drawn for it: load, a cold start, pauses. Asked once for each request, when its work
/// begins: how long it takes is known from then on, so that it costs no further event.
///
/// - Load: see SlowdownSpec. The number of requests in service is that at the beginning; who comes later does not slow those
///   who work already. Source of the law: N. J. Gunther, "Guerrilla Capacity Planning", Springer 2007, chapter 4.
/// - Cold start: an instance is cold at the beginning of the run and when it comes back after a crash.
/// - Pauses: no work goes on and none begins, so arrivals queue. Each instance has pauses of its own, drawn by their number,
///   whatever happens in it. With `timing: fixed` they come at the same distance, instance i a share i / instances of `every`
///   later than the first. Answers of the service's own calls are taken also during a pause.
class ServicePace {
public:
    ServicePace(const ServiceSpec &spec, std::uint64_t seed);

    static bool isWanted(const ServiceSpec &spec)
    {
        return spec.slowdown.isThere() || spec.coldStart.isThere() || spec.pause.isThere();
    }
    /// From \a now to the end of work that takes \a workNs where nothing slows it. \a busy requests are in service, this one
    /// included. \a now must not decrease.
    std::int64_t timeFor(Instant now, std::size_t instance, std::int64_t busy, std::int64_t workNs);
    /// The instance begins anew: it is cold.
    void restarted(Instant now, std::size_t instance);

    bool hasPauses() const { return m_spec.pause.isThere(); }
    struct Pause {
        std::int64_t fromNs;
        std::int64_t toNs;
    };
    /// The pause that is under way or comes next.
    Pause nextPause(std::size_t instance);
    /// The pause that nextPause() told is over.
    void pauseEnded(std::size_t instance);

private:
    struct Instance {
        std::int64_t startedNs = 0;
        std::deque<Pause> pauses; ///< known so far, in order
        std::uint64_t drawn = 0;
        std::int64_t lastEndNs = 0;
    };
    std::int64_t loaded(std::int64_t busy, std::int64_t workNs) const;
    std::int64_t cold(Instant now, const Instance &instance, std::int64_t workNs) const;
    void drawPause(std::size_t instance);

    const ServiceSpec &m_spec;
    RandomStream m_random;
    std::int64_t m_factorPermille = 1000; ///< of the slowdown when all workers are busy
    std::int64_t m_freeBusy = 0;          ///< up to so many busy workers, in thousandths of a worker, nothing slows down
    std::int64_t m_contentionPpb = 0;     ///< 10^-9
    std::int64_t m_coherencyPpb = 0;
    std::int64_t m_coldPermille = 1000;
    std::vector<Instance> m_instances;
};

} // namespace halfopen
