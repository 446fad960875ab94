// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/fault_schedule.h"

#include "core/base/check.h"

#include <algorithm>

namespace halfopen {

FaultSchedule::FaultSchedule(const Scenario &scenario, const std::string &service, std::uint64_t seed)
{
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
        const FaultSpec &spec = scenario.faults[i];
        if (spec.on == service)
            m_faults.push_back({&spec, RandomStream(seed, "fault " + std::to_string(i) + " on " + service)});
    }
}

void FaultSchedule::start(Engine &engine, std::uint32_t dependency)
{
    for (std::uint32_t i = 0; i < m_faults.size(); ++i)
        engine.scheduleNote(dependency, i, Instant(m_faults[i].spec->from));
}

void FaultSchedule::onNote(Engine &engine, std::uint32_t dependency, Instant now, std::uint32_t note)
{
    HALFOPEN_CHECK(note < m_faults.size());
    Entry &entry = m_faults[note];
    entry.active = !entry.active;
    if (entry.active) {
        ++entry.cycle;
        engine.scheduleNote(dependency, note, now + entry.spec->length);
    } else if (entry.spec->every) {
        engine.scheduleNote(dependency, note, Instant(entry.spec->from + entry.cycle * *entry.spec->every));
    }
    m_active.clear();
    for (std::uint32_t i = 0; i < m_faults.size(); ++i)
        if (m_faults[i].active)
            m_active.push_back(i);
}

FaultDecision FaultSchedule::decide(std::int64_t instance, std::uint32_t coin) const
{
    FaultDecision decision;
    for (const std::uint32_t i : m_active) {
        const Entry &entry = m_faults[i];
        if (entry.spec->instance && *entry.spec->instance != instance)
            continue;
        entry.spec->type->apply(entry.spec->settings.config(), entry.coin.draw(coin, 0), decision);
        if (decision.hold) {
            const Duration begun = entry.spec->from + (entry.cycle - 1) * entry.spec->every.value_or(Duration(0));
            decision.heldUntil = std::max(decision.heldUntil, Instant(begun + entry.spec->length));
            decision.hold = false;
        }
    }
    return decision;
}

std::vector<FaultWindow> faultWindows(const Scenario &scenario, Duration length)
{
    constexpr std::size_t kWindowsMax = 10'000;
    std::vector<FaultWindow> windows;
    for (std::uint32_t i = 0; i < scenario.faults.size(); ++i) {
        const FaultSpec &fault = scenario.faults[i];
        std::string label = fault.on;
        if (fault.instance)
            label += "[" + std::to_string(*fault.instance) + "]";
        label += ": " + std::string(fault.type->key());
        for (const Field &field : fault.settings.schema().fields) {
            const Value value = fault.settings.get(field);
            if (value != field.standard)
                label += " " + std::string(field.key) + " " + formatValue(field, value);
        }
        for (Duration from = fault.from; from < length && windows.size() < kWindowsMax;) {
            windows.push_back({Instant(from), Instant(std::min(from + fault.length, length)), i, label});
            if (!fault.every)
                break;
            from += *fault.every;
        }
    }
    std::stable_sort(windows.begin(), windows.end(),
                     [](const FaultWindow &a, const FaultWindow &b) { return a.from < b.from; });
    return windows;
}

} // namespace halfopen
