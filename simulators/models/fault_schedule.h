// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/wide.h"
#include "core/base/random.h"
#include "core/engine/engine.h"
#include "core/scenario/scenario.h"
#include "core/scenario/vocabulary.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// The faults of one service on their timeline: which are active now, and what they decide for a request.
class FaultSchedule {
public:
    /// \a seed makes the coin of each fault its own. Faults on other services are ignored.
    FaultSchedule(const Scenario &scenario, const std::string &service, std::uint64_t seed);

    /// Schedules the first edge of every fault as notes of \a dependency.
    void start(Engine &engine, std::uint32_t dependency);
    /// A fault begins or ends.
    void onNote(Engine &engine, std::uint32_t dependency, Instant now, std::uint32_t note);

    /// How many of \a workers of an instance are there now.
    std::int64_t workersLeft(std::int64_t instance, std::int64_t workers) const
    {
        return workers * decide(instance, 0).workersPermille / 1000;
    }
    bool anyActive() const { return !m_active.empty(); }
    /// Everything active folded together, for a request at this instance. \a coin are the request's own 32 uniform bits:
    /// asked twice (on arrival and when its work begins), each fault's chance falls the same way.
    FaultDecision decide(std::int64_t instance, std::uint32_t coin) const;

private:
    struct Entry {
        const FaultSpec *spec;
        RandomStream coin;
        std::int64_t cycle = 0; ///< repetitions begun
        bool active = false;
    };
    std::vector<Entry> m_faults;
    std::vector<std::uint32_t> m_active; ///< indices into m_faults, in scenario order
};

/// Unrolls every fault of \a scenario over \a length, for charts. At most 10 000 windows.
std::vector<FaultWindow> faultWindows(const Scenario &scenario, Duration length);

} // namespace halfopen
