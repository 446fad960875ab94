// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/dependency.h"
#include "core/engine/engine.h"
#include "core/run/recorder.h"
#include "core/traces/recording.h"
#include "simulators/models/fault_schedule.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// A service that answers as a recording did: counterfactual replay in its smallest honest form.
///
/// The first try of a call whose arrival comes from the same recording meets exactly the recorded answer. Every
/// other request (a retry, a call of another client) is answered like one of the 16 attempts of the same endpoint that began
/// nearest to now, drawn by its own key: such answers are counted as `synthetic`. An attempt the recorder gave up on is
/// censored: a caller who waits as long gets a timeout then, counted as `unknown` because nobody knows how it would have ended.
/// The recorded times hold the queueing of the recorded load: shedding load does not make this service faster.
class RecordedService final : public Dependency {
public:
    RecordedService(const ServiceSpec &spec, std::uint32_t index, const Scenario &scenario, std::uint64_t seed,
                    Recorder &recorder);
    void connect(Engine &engine, std::uint32_t dependency) { m_engine = &engine, m_dependency = dependency; }
    /// The calls of this edge are the recorded ones, by their number.
    void replaysExactly(std::uint32_t edge);
    /// Calls of \a edge come from this client or service: faults may mean only some.
    void setCallerName(std::uint32_t edge, const std::string &caller) { m_faults.addCaller(edge, caller); }
    void start() { m_faults.start(*m_engine, m_dependency); }

    bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) override;
    bool onWork(Instant now, std::uint32_t request, Outcome &answer) override;
    void onCallerLeft(Instant now, std::uint32_t request) override;
    void onCallReturned(Instant now, std::uint32_t request, Outcome outcome) override;
    void onNote(Instant now, std::uint32_t note) override;
    Outcome probe(Instant now, std::uint32_t edge, std::uint64_t bits) override;
    void settle(Instant now) override;

private:
    std::uint32_t coinOf(const Frame &frame) const;
    void crash(Instant now, bool silently);
    bool losesRefusal(Instant now, std::uint32_t request);
    bool keepsAnswer(Instant now, std::uint32_t request);
    const RecordedAttempt &neighbour(Instant now, std::uint16_t endpoint, std::uint64_t bits) const;

    const Recording &m_recording;
    RandomStream m_random;
    Recorder::ServiceNow &m_count;
    FaultSchedule m_faults;
    Engine *m_engine = nullptr;
    std::uint32_t m_dependency = 0;
    std::vector<bool> m_exactEdges;
    std::vector<std::vector<std::uint32_t>> m_byEndpoint; ///< attempts in order of start; the last list holds all
    bool m_isDown = false;
    std::int64_t m_busy = 0;
    std::int64_t m_settledNs = 0;
};

} // namespace halfopen
