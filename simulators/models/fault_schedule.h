// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/base/wide.h"
#include "core/engine/engine.h"
#include "core/scenario/scenario.h"
#include "core/scenario/vocabulary.h"
#include "simulators/faults/fault_timeline.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// The faults of one service on their timeline: which are active now, and what they decide for a request.
class FaultSchedule {
public:
    static constexpr std::uint32_t kNoEndpoint = ~0u;
    /// Whom a fault decides about.
    struct Subject {
        std::int64_t instance;
        std::uint32_t edge;
        std::uint32_t coin; ///< the request's own 32 uniform bits: at every stage each fault's chance falls the same way
        std::uint32_t endpoint = kNoEndpoint; ///< that the request is for; a health check is for none
    };

    /// \a seed makes the chance of each fault its own. Faults on other services, and what comes after \a end, are ignored.
    FaultSchedule(const Scenario &scenario, const ServiceSpec &service, std::uint64_t seed, Instant end);
    /// Calls of \a edge come from \a caller, a client or a service. For all edges, before start().
    void addCaller(std::uint32_t edge, const std::string &caller);

    /// Schedules the first beginning of every fault as notes of \a dependency.
    void start(Engine &engine, std::uint32_t dependency);
    /// A fault begins, ends or changes its strength.
    void onNote(Engine &engine, std::uint32_t dependency, Instant now, std::uint32_t note);

    bool anyActive() const { return !m_active.empty(); }
    /// The one fault that is active, when all it does is to let a share of all requests fail at work, each with the same chance.
    /// What decide(kAtWork) would say of it, for a world in which most faults are of that kind.
    struct PlainError {
        RandomStream coin;
        std::uint64_t threshold = 0;
        Outcome outcome;
        bool hits(std::uint32_t ofRequest) const { return chance(coin.draw(ofRequest, 0), threshold); }
    };
    const PlainError *plainError() const { return m_plainError ? &*m_plainError : nullptr; }
    /// Whether some fault that is active decides about arriving requests.
    bool touchesArrivals() const { return (m_activeStages & kAtArrival) != 0; }
    /// Whether some fault that is active decides about answers.
    bool touchesAnswers() const { return (m_activeStages & kAtAnswer) != 0; }
    /// Whether some fault that is active may lose answers.
    bool mayLoseAnswers() const { return m_mayLoseAnswers; }
    /// Whether an answer that says no (refused, rejected, dropped, reset) is lost. It has no body, so that of the faults that
    /// decide about answers only those are asked, and count it, that lose some.
    bool losesAnswer(const Subject &subject, Instant now);
    /// Everything active that decides at one of \a stages, folded together, for one request. Counts it for the faults that
    /// mean the first or every n-th request.
    FaultDecision decide(unsigned stages, const Subject &subject, Instant now);
    /// What a health check would meet. It is no request: it is not counted, and faults that count pass it over.
    FaultDecision decideProbe(const Subject &subject, Instant now) const;

    /// How many of \a workers of an instance are there now.
    std::int64_t workersLeft(std::int64_t instance, std::int64_t workers, Instant now) const
    {
        return workers * decideInstance(instance, now).workersPermille / 1000;
    }
    /// What is the matter with an instance as a whole: workersPermille, crashes, crashesSilently.
    FaultDecision decideInstance(std::int64_t instance, Instant now) const;
    bool canCrash() const { return m_canCrash; }

private:
    struct Entry {
        const FaultSpec *spec;
        RandomStream coin;
        FaultTimeline timeline;
        unsigned stages;
        std::vector<bool> byInstance; ///< whom it meets; empty = all
        std::vector<bool> byEdge;     ///< empty = all
        std::optional<FaultTimeline::Span> span{}; ///< the present one or the next
        bool isActive = false;
        bool losesAnswers = false;
        bool changes = false; ///< its strength does, while it is active
        Instant countsFrom{};
        std::array<std::int64_t, 4> counted{}; ///< requests met in this window, by stage
        std::optional<std::uint32_t> endpoint{}; ///< only requests for this one; empty = all
    };
    static bool meets(const Entry &entry, const Subject &subject);
    static bool counts(Entry &entry, unsigned stages);
    static void apply(const Entry &entry, const Subject &subject, Instant now, FaultDecision &decision);
    void seeIfPlain();
    void toggle(Engine &engine, std::uint32_t dependency, Instant now, std::uint32_t index);

    std::vector<Entry> m_faults;
    std::vector<std::uint32_t> m_active; ///< indices into m_faults, in scenario order
    unsigned m_activeStages = 0;
    std::optional<PlainError> m_plainError;
    bool m_mayLoseAnswers = false;
    bool m_canCrash = false;
};

/// What a health check hears of a service to which active faults do this.
Outcome probeOutcome(const FaultDecision &fault, Instant now);

/// Unrolls every fault of \a scenario over \a length, for charts. At most 10 000 windows.
std::vector<FaultWindow> faultWindows(const Scenario &scenario, std::uint64_t seed, Duration length);

} // namespace halfopen
