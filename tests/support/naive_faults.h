// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/scenario/scenario.h"
#include "core/scenario/vocabulary.h"
#include "simulators/faults/fault_timeline.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::test {

/// One fault of the naive engine: all its times are known before the run begins. It shares the kinds of fault and their
/// strength with the simulators (they have tests of their own), not the timeline and not the counting.
struct NaiveFault {
    const FaultSpec *spec;
    RandomStream coin;
    std::vector<FaultTimeline::Span> spans;
    std::size_t next = 0; ///< of spans: the present one while active
    bool active = false;
    std::array<std::int64_t, 32> seen{}; ///< by lowest bit of the stage
    std::int64_t seenFrom = -1;          ///< beginning of the window they were seen in, ns

    void begin();
    bool counts() const { return spec->firstRequests || spec->everyNth; }
    bool canCrash() const;
    bool canLoseAnswers() const;
    bool changesInstances() const;
    struct Subject {
        std::size_t instance;
        std::string_view caller;
        std::string_view endpoint; ///< empty = none
    };
    bool meets(unsigned stages, const Subject &subject) const;
    /// Counts the request if it meets it, and says whether it is meant.
    bool counted(unsigned stages, const Subject &subject);
    void fold(unsigned stages, const Subject &subject, std::uint32_t bits, Instant now, FaultDecision &decision) const;
};

NaiveFault naiveFault(const Scenario &scenario, std::size_t index, std::uint64_t seed);

} // namespace halfopen::test
