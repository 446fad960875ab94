// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/outcome_set.h"
#include "core/policies/policy_event.h"
#include "core/policies/sliding_window.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// What a policy knows at one moment and what it would take to change its mind. A value, made on demand
/// by Policy::explain(); nothing of it is kept while calls run.
///
/// A breaker fills: state, window (with its calls or buckets), one rule per way out of the state, and when time alone
/// can end it. Other policies leave `isBreaker` false and give facts. What happened before (since when, the deciding
/// call) is not here: it is in the record's transitions.
struct Explanation {
    enum class Unit : std::uint8_t {
        Count, ///< calls, failures
        Share, ///< 0..1
        Time,  ///< seconds
    };
    /// One way out of the present state, with what it looks at. Met means that it leads to `leadsTo` as soon as it is
    /// asked, which is at the next end of a call unless `note` says otherwise.
    struct Rule {
        std::string what; ///< "failure rate", "failures in a row": no capital, no full stop
        BreakerState leadsTo = BreakerState::Open;
        Unit unit = Unit::Count;
        double observed = 0;
        double threshold = 0;
        bool strictly = false; ///< observed must be more than threshold, not reach it
        bool below = false;    ///< observed must be less than threshold (a closing rule by rate)
        std::uint32_t calls = 0;       ///< seen by the rule
        std::uint32_t callsNeeded = 0; ///< before that many the rule is not asked; 0 = always asked
        std::string note;              ///< one more condition in words, or empty
        /// By the library's own comparison, which may be in integers or 32-bit floats.
        bool isReached = false;

        bool isAsked() const { return calls >= callsNeeded; }
        bool isMet() const { return isAsked() && isReached; }
    };
    struct Bucket {
        Instant from;
        Duration length{};
        WindowCounts counts;
    };
    enum class Mark : std::uint8_t { Good, Failed, Slow, FailedSlow };
    /// Which ends of calls a breaker's window takes in, so that a log of calls can be held against it.
    struct Intake {
        /// With the beginning of which state the window was empty last.
        enum class Since : std::uint8_t {
            Normal, ///< the last one that is neither OPEN nor HALF_OPEN
            Trials, ///< the last HALF_OPEN: the window is that of the trials
            State,  ///< the present one
        };
        Since since = Since::Normal;
        bool inOpen = false;     ///< also ends that arrive in OPEN
        bool inHalfOpen = false; ///< also ends that arrive in HALF_OPEN
        bool late = false;       ///< also ends of calls that were admitted in an earlier state
        OutcomeSet kinds = kEveryFailure.with({OutcomeKind::Success, OutcomeKind::Fallback}); ///< the others count as nothing
        std::optional<Instant> from; ///< where the window itself says so: no earlier end is in it
    };
    struct Fact {
        std::string what;  ///< "trials in flight"
        std::string value; ///< "2 of at most 3"
    };

    bool isBreaker = false;
    BreakerState state = BreakerState::Closed;
    std::string windowText; ///< "the last 20 calls", "10 s in buckets of 1 s", "since 12.0 s, cleared after 10 s"
    WindowCounts window;
    std::optional<Instant> frozenAt; ///< the window is as it was then; calls that ended later are not in it
    Intake intake;                   ///< of a breaker
    std::vector<Mark> calls;     ///< of a count window, oldest first
    std::vector<Bucket> buckets; ///< of a time window, oldest first
    std::vector<Rule> rules;
    std::vector<Fact> facts;
    std::optional<Instant> nextAt; ///< the first instant at which time alone lets the state end
    std::string next;              ///< what happens then: "the next call is let through as a trial"

    double failureRate() const { return window.calls ? double(window.failures) / window.calls : 0.0; }
    double slowCallRate() const { return window.calls ? double(window.slow) / window.calls : 0.0; }

    // ---- for the policies that fill it
    /// "the last N calls", their counts and marks.
    void show(const CountWindow &shown);
    /// The buckets that are inside at \a now, their counts.
    void show(const TimeWindow &shown, Instant now);
    void addFact(std::string what, std::string value) { facts.push_back({std::move(what), std::move(value)}); }
};

/// Why a rule has not changed the state, or that it has what it wants: "failure rate 34 % < 50 %",
/// "minimum calls not reached: 7 of 10", "failures in a row: 3 of 5".
std::string describe(const Explanation::Rule &rule);
/// Why the breaker is not in another state already, one line each: the rules that are not met, then what time will do.
std::vector<std::string> whyNotYet(const Explanation &explanation);

} // namespace halfopen
