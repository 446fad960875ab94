// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <optional>
#include <string>

namespace halfopen {

/// The random numbers of one fault of \a scenario: by its name or, without one, by its place in the list. So a fault that is
/// added behind the others, or anywhere when they have names, changes nothing for them.
RandomStream faultStream(const Scenario &scenario, std::size_t fault, std::uint64_t seed);

/// When one fault is active: a pure function of the scenario, the seed and time.
///
///     windows   [from, from + length), again after each `every`
///     bursts    two states that take turns from `from` on, each as long as an exponential draw; the first one is chosen
///               as if they had always gone on (E. N. Gilbert, "Capacity of a burst-noise channel", 1960, in time
///               instead of bits)
///     cycle     of the kind of fault itself, from the beginning of each window
///
/// The fault is active where all of them are on.
class FaultTimeline {
public:
    struct Span {
        Instant from;
        Instant to; ///< not included
        Instant windowFrom;
        Instant windowTo;
    };

    /// \a spec must outlive this. \a random is faultStream(). Nothing is told that begins after \a end.
    FaultTimeline(const FaultSpec &spec, RandomStream random, Instant end);

    /// The next time it is active, each behind the last; empty when there is none any more.
    std::optional<Span> next();

private:
    struct State {
        bool isOn;
        std::int64_t until; ///< when it changes, ns
    };
    State burstAt(std::int64_t ns);
    State cycleAt(std::int64_t ns) const;
    bool nextWindow();

    const FaultSpec &m_spec;
    RandomStream m_random;
    std::int64_t m_endNs;
    std::int64_t m_windows = 0; ///< begun so far
    std::int64_t m_windowFrom = 0;
    std::int64_t m_windowTo = 0;
    std::int64_t m_at = 0;      ///< everything before is told
    bool m_burstIsOn = true;
    std::int64_t m_burstUntil = -1; ///< -1 = not begun
    std::uint64_t m_bursts = 0;
};

/// Whether the strength of the fault changes while it is active.
bool changesStrength(const FaultSpec &spec);
/// How strong the fault is at \a at within \a span: 1 without ramp and wave, and their product with them.
double strengthAt(const FaultSpec &spec, const FaultTimeline::Span &span, Instant at);
/// In which steps the strength of what is not asked per request (capacity) follows: a hundredth of the shortest ramp or wave,
/// at least 1 ms.
Duration strengthStep(const FaultSpec &spec);

/// "web -> db[2]", "web -> db/query".
std::string faultPlaceText(const FaultSpec &spec);
/// ", every_nth 3, ramp_up 10s": what else stands beside the kind, in the words of the scenario; empty when nothing does.
std::string faultTimingText(const FaultSpec &spec);
/// "web -> db[2]: partition loses answers, every_nth 3": where, what and when, in the words of the scenario.
std::string faultLabel(const FaultSpec &spec);

} // namespace halfopen
