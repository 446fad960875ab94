// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/engine/dependency.h"
#include "core/engine/engine.h"

#include <functional>
#include <map>
#include <vector>

namespace halfopen::test {

/// How one attempt goes, whoever runs it.
struct ScriptedAnswer {
    Duration after{}; ///< 0 = at once
    Outcome outcome{};
};

/// The answer of \a instance to attempt number \a attempt (from 0) of the call with number \a call: a pure function, so that two
/// drivers meet the same dependency.
using AnswerScript = std::function<ScriptedAnswer(std::uint64_t call, std::uint32_t attempt, std::uint32_t instance)>;

/// What a probe hears at \a now.
using ProbeScript = std::function<Outcome(Instant now)>;

/// A dependency of the virtual engine that answers by a script and works on for callers who have left. Its instances, if it has
/// any, are asked one after the other, those that are passed over left out.
class ScriptedDependency final : public Dependency {
public:
    explicit ScriptedDependency(AnswerScript script, ProbeScript probes = {}, std::uint32_t instances = 0)
        : m_script(std::move(script)), m_probes(std::move(probes)), m_instances(instances)
    {
    }
    void connect(Engine &engine) { m_engine = &engine; }

    bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) override
    {
        const std::uint64_t call = callNumber(caller.key);
        const ScriptedAnswer scripted = m_script(call, m_attempts[call]++, choose(request));
        if (scripted.after == Duration::zero()) {
            answer = scripted.outcome;
            return true;
        }
        m_outcomes[request] = scripted.outcome;
        m_engine->scheduleWork(request, (now + scripted.after).ns());
        return false;
    }
    bool onWork(Instant, std::uint32_t request, Outcome &answer) override
    {
        answer = m_outcomes.at(request);
        return true;
    }
    void onCallerLeft(Instant, std::uint32_t) override {}
    void onCallReturned(Instant, std::uint32_t, Outcome) override {}
    void onNote(Instant, std::uint32_t) override {}
    Outcome probe(Instant now, std::uint32_t, std::uint64_t) override { return m_probes ? m_probes(now) : Outcome(); }
    void settle(Instant) override {}
    std::uint32_t instances() const override { return m_instances; }

private:
    std::uint32_t choose(std::uint32_t request)
    {
        if (m_instances == 0)
            return 0;
        const auto &frame = m_engine->frameOf(request);
        std::uint32_t chosen = m_last;
        for (std::uint32_t tried = 0; tried < m_instances; ++tried) {
            chosen = chosen + 1 < m_instances ? chosen + 1 : 0;
            if (!m_engine->passesOver(frame, chosen))
                break;
            if (tried + 1 == m_instances) // nobody is left: the next in turn
                chosen = m_last + 1 < m_instances ? m_last + 1 : 0;
        }
        m_last = chosen;
        m_engine->noteInstance(frame, chosen);
        return chosen;
    }

    AnswerScript m_script;
    ProbeScript m_probes;
    std::uint32_t m_instances;
    std::uint32_t m_last = m_instances - 1; ///< instance that was asked last
    Engine *m_engine = nullptr;
    std::map<std::uint64_t, std::uint32_t> m_attempts; ///< so far, by call
    std::map<std::uint32_t, Outcome> m_outcomes;       ///< of requests being worked on
};

} // namespace halfopen::test
