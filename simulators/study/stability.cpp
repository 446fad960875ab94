// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/study/stability.h"

#include "core/base/units.h"
#include "core/report/recovery.h"
#include "core/run/expectations.h"
#include "simulators/study/measured.h"

#include <cmath>

namespace halfopen {

namespace {

double goodput(const RunRecord &record, Instant from, Instant to)
{
    ExpectationSpec where;
    where.from = from.sinceStart();
    where.to = to.sinceStart();
    return measure(record, *findMetric("goodput"), where);
}

} // namespace

std::string_view stabilityStateName(StabilityCell::State state)
{
    switch (state) {
    case StabilityCell::State::NotRun:
        return "not_run";
    case StabilityCell::State::Recovers:
        return "recovers";
    case StabilityCell::State::StaysDown:
        return "stays_down";
    case StabilityCell::State::Overloaded:
        return "overloaded_before";
    case StabilityCell::State::Limit:
        return "limit_reached";
    }
    return "";
}

std::shared_ptr<const Scenario> withTrigger(const Scenario &scenario, std::size_t fault, Duration length)
{
    auto copy = std::make_shared<Scenario>(scenario);
    FaultSpec trigger = copy->faults[fault];
    trigger.length = length;
    trigger.every.reset();
    trigger.place = trigger.place.value_or(fault); // it meets the same chances as in the whole scenario
    copy->faults = {trigger};
    copy->expectations.clear();
    copy->text = "# Run of a stability map: of the faults below only number " + std::to_string(fault) +
                 " (from 0) acted, once, for " + formatDuration(length) + ".\n" + copy->text;
    return copy;
}

Duration stabilityDuration(const Scenario &scenario, std::size_t fault, Duration length, Duration settle)
{
    return scenario.faults[fault].from + length + settle;
}

std::optional<StabilityCell> runStabilityCell(const Scenario &scenario, std::size_t fault, Duration length,
                                              Duration settle, std::uint64_t seed,
                                              const std::function<bool()> &cancelled)
{
    const Instant from(scenario.faults[fault].from);
    const Instant over = from + length;
    const std::optional<RunRecord> record =
        runForStudy(withTrigger(scenario, fault, length), seed, (over + settle).sinceStart(), cancelled);
    if (!record)
        return std::nullopt;
    StabilityCell cell;
    cell.goodputBefore = goodput(*record, Instant(), from);
    cell.goodputAfter = goodput(*record, over + settle * 3 / 4, over + settle);
    const std::vector<report::Disturbance> all = report::disturbances(*record);
    if (record->end == RunEnd::LimitReached) {
        cell.state = StabilityCell::State::Limit;
    } else if (std::isfinite(cell.goodputBefore) && cell.goodputBefore < kWellBeforeTrigger) {
        cell.state = StabilityCell::State::Overloaded;
    } else if (all.empty() || !all.front().recovery) {
        cell.state = StabilityCell::State::StaysDown;
    } else {
        cell.state = StabilityCell::State::Recovers;
        cell.recovery = toSeconds(*all.front().recovery);
        cell.resolution = toSeconds(all.front().resolution);
    }
    return cell;
}

} // namespace halfopen
