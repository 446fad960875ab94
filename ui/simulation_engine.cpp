// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "ui/run_engine.h"

#include <utility>

namespace halfopen {
namespace {

class SimulationEngine final : public RunEngine {
public:
    SimulationEngine(std::shared_ptr<const Scenario> scenario, const RunOptions &options)
        : m_simulation(std::move(scenario), options)
    {
    }
    Instant now() const override { return m_simulation.now(); }
    Instant endTime() const override { return m_simulation.endTime(); }
    bool finished() const override { return m_simulation.finished(); }
    std::uint64_t runUntil(Instant until, std::uint64_t maxEvents) override
    {
        return m_simulation.runUntil(until, maxEvents);
    }
    bool step() override { return m_simulation.step(); }
    bool runToNextTransition(std::uint64_t maxEvents) override
    {
        return m_simulation.runToNextTransition(maxEvents);
    }
    void cancel() override { m_simulation.cancel(); }
    Result<void> change(std::string_view path, std::string_view valueText) override
    {
        return m_simulation.change(path, valueText);
    }
    RunRecord snapshot() const override { return m_simulation.snapshot(); }

private:
    Simulation m_simulation;
};

} // namespace

EngineFactory simulationEngines()
{
    return [](std::shared_ptr<const Scenario> scenario, const RunOptions &options) -> std::unique_ptr<RunEngine> {
        return std::make_unique<SimulationEngine>(std::move(scenario), options);
    };
}

} // namespace halfopen
