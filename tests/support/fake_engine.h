// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/simulation.h"
#include "ui/run_engine.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace halfopen::test {

/// What a FakeEngine does and what was done to it. Shared by the test and all engines of one factory.
struct FakeWorld {
    Duration length = std::chrono::seconds(100);  ///< of the run
    Duration eventEvery = std::chrono::milliseconds(1); ///< virtual time between two events
    Duration transitionEvery = std::chrono::seconds(7); ///< virtual time between two breaker transitions
    Duration eventCost{};                         ///< real time one event takes, busy
    std::atomic<int> made = 0;                    ///< engines made so far
    std::atomic<int> alive = 0;
    std::atomic<int> copies = 0;                  ///< snapshots taken
    std::atomic<bool> failToStart = false;
    std::string refuse;                           ///< changes of this path are refused

    std::mutex mutex;
    std::vector<std::string> changes; ///< "path=value @ns", under mutex
};

/// A run with one event every eventEvery and nothing else: exact, and as slow as the test wants.
class FakeEngine final : public RunEngine {
public:
    FakeEngine(std::shared_ptr<FakeWorld> world, std::shared_ptr<const Scenario> scenario)
        : m_world(std::move(world))
    {
        ++m_world->made;
        ++m_world->alive;
        m_record.scenario = std::move(scenario);
        m_record.duration = m_world->length;
        m_record.bucketWidth = std::chrono::seconds(1);
        m_record.breakers.push_back({"fake.0", 0, 0, 0});
        m_record.edges.push_back({"web -> fake", "web", "fake", "fake", 0u, 1});
        m_record.edgeTotals.resize(1);
    }
    ~FakeEngine() override { --m_world->alive; }

    Instant now() const override { return m_record.now; }
    Instant endTime() const override { return Instant(m_world->length); }
    bool finished() const override { return m_record.end != RunEnd::Running; }

    std::uint64_t runUntil(Instant until, std::uint64_t maxEvents) override
    {
        std::uint64_t ran = 0;
        while (ran < maxEvents && !finished() && nextEvent() <= until) {
            runEvent();
            ++ran;
        }
        if (ran < maxEvents && !finished())
            m_record.now = std::min(until, endTime());
        finishAtEnd();
        return ran;
    }
    bool step() override
    {
        if (finished())
            return false;
        runEvent();
        finishAtEnd();
        return true;
    }
    bool runToNextTransition(std::uint64_t maxEvents) override
    {
        const std::size_t before = m_record.transitions.size();
        for (std::uint64_t i = 0; i < maxEvents && !finished(); ++i) {
            step();
            if (m_record.transitions.size() > before)
                return true;
        }
        return false;
    }
    void cancel() override { m_record.end = RunEnd::Cancelled; }
    Result<void> change(std::string_view path, std::string_view valueText) override
    {
        if (path == m_world->refuse)
            return failure("'" + std::string(path) + "' is not liked");
        const std::scoped_lock lock(m_world->mutex);
        m_world->changes.push_back(std::string(path) + "=" + std::string(valueText) + " @"
                                   + std::to_string(m_record.now.ns()));
        m_record.changes.append({m_record.now, std::string(path), "?", std::string(valueText)});
        return {};
    }
    RunRecord snapshot() const override
    {
        ++m_world->copies;
        return m_record;
    }

private:
    Instant nextEvent() const { return Instant::fromNs((m_event + 1) * m_world->eventEvery.count()); }
    void runEvent()
    {
        const auto until = std::chrono::steady_clock::now() + m_world->eventCost;
        while (m_world->eventCost.count() > 0 && std::chrono::steady_clock::now() < until) {
        }
        m_record.now = nextEvent();
        ++m_event;
        ++m_record.events;
        ++m_record.edgeTotals[0].offered;
        ++m_record.edgeTotals[0].attempts;
        if (m_record.now.ns() % m_world->transitionEvery.count() == 0) {
            const bool open = m_record.transitions.size() % 2 == 0;
            m_record.transitions.append({m_record.now, 0, open ? BreakerState::Closed : BreakerState::Open,
                                         open ? BreakerState::Open : BreakerState::Closed, {}});
        }
    }
    void finishAtEnd()
    {
        if (!finished() && m_record.now >= endTime())
            m_record.end = RunEnd::Finished;
    }

    std::shared_ptr<FakeWorld> m_world;
    RunRecord m_record;
    std::int64_t m_event = 0;
};

inline EngineFactory fakeEngines(std::shared_ptr<FakeWorld> world)
{
    return [world](std::shared_ptr<const Scenario> scenario, const RunOptions &) -> std::unique_ptr<RunEngine> {
        if (world->failToStart)
            throw std::runtime_error("no memory for 10 000 processes");
        return std::make_unique<FakeEngine>(world, std::move(scenario));
    };
}

} // namespace halfopen::test
