// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/fault_schedule.h"

#include "core/base/check.h"
#include "core/base/units.h"

#include <algorithm>
#include <bit>

namespace halfopen {

FaultSchedule::FaultSchedule(const Scenario &scenario, const ServiceSpec &service, std::uint64_t seed, Instant end)
{
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
        const FaultSpec &spec = scenario.faults[i];
        if (spec.on != service.name)
            continue;
        const RandomStream random = faultStream(scenario, i, seed);
        Entry entry{.spec = &spec,
                    .coin = random,
                    .timeline = FaultTimeline(spec, random, end),
                    .stages = spec.type->stages(spec.settings.config()),
                    .byInstance = {},
                    .byEdge = {}};
        if (spec.instance || !spec.instances.empty())
            entry.byInstance.resize(static_cast<std::size_t>(service.instances));
        if (spec.instance)
            entry.byInstance.at(static_cast<std::size_t>(*spec.instance)) = true;
        for (const std::int64_t instance : spec.instances)
            entry.byInstance.at(static_cast<std::size_t>(instance)) = true;
        if (!spec.endpoint.empty()) {
            entry.endpoint = service.findEndpoint(spec.endpoint);
            HALFOPEN_CHECK(entry.endpoint.has_value());
        }
        entry.changes = changesStrength(spec) && (entry.stages & kOnInstances) != 0;
        FaultDecision whole;
        if (entry.stages & (kOnInstances | kAtAnswer))
            spec.type->apply(spec.settings.config(), {}, whole);
        entry.losesAnswers = whole.losesAnswer;
        m_canCrash = m_canCrash || whole.crashes;
        m_faults.push_back(std::move(entry));
    }
}

void FaultSchedule::addCaller(std::uint32_t edge, const std::string &caller)
{
    for (Entry &entry : m_faults) {
        const std::vector<std::string> &callers = entry.spec->callers;
        if (callers.empty())
            continue;
        if (entry.byEdge.size() <= edge)
            entry.byEdge.resize(edge + 1);
        entry.byEdge[edge] = std::find(callers.begin(), callers.end(), caller) != callers.end();
    }
}

// --- the timeline

void FaultSchedule::start(Engine &engine, std::uint32_t dependency)
{
    for (std::uint32_t i = 0; i < m_faults.size(); ++i) {
        m_faults[i].span = m_faults[i].timeline.next();
        if (m_faults[i].span)
            engine.scheduleNote(dependency, i, m_faults[i].span->from);
    }
}

void FaultSchedule::onNote(Engine &engine, std::uint32_t dependency, Instant now, std::uint32_t note)
{
    const auto count = static_cast<std::uint32_t>(m_faults.size());
    HALFOPEN_CHECK(note < 2 * count);
    if (note < count) {
        toggle(engine, dependency, now, note);
        return;
    }
    const Entry &entry = m_faults[note - count]; // its strength changes
    const Instant next = now + strengthStep(*entry.spec);
    if (entry.isActive && next < entry.span->to)
        engine.scheduleNote(dependency, note, next);
}

void FaultSchedule::toggle(Engine &engine, std::uint32_t dependency, Instant now, std::uint32_t index)
{
    Entry &entry = m_faults[index];
    entry.isActive = !entry.isActive;
    if (entry.isActive) {
        if (entry.countsFrom != entry.span->windowFrom)
            entry.counted = {};
        entry.countsFrom = entry.span->windowFrom;
        engine.scheduleNote(dependency, index, entry.span->to);
        const Instant step = now + strengthStep(*entry.spec);
        if (entry.changes && step < entry.span->to)
            engine.scheduleNote(dependency, static_cast<std::uint32_t>(m_faults.size()) + index, step);
    } else {
        entry.span = entry.timeline.next();
        if (entry.span)
            engine.scheduleNote(dependency, index, entry.span->from);
    }
    m_active.clear();
    m_activeStages = 0;
    m_mayLoseAnswers = false;
    for (std::uint32_t i = 0; i < m_faults.size(); ++i) {
        if (!m_faults[i].isActive)
            continue;
        m_mayLoseAnswers = m_mayLoseAnswers || m_faults[i].losesAnswers;
        m_active.push_back(i);
        m_activeStages |= m_faults[i].stages;
    }
    seeIfPlain();
}

void FaultSchedule::seeIfPlain()
{
    m_plainError.reset();
    if (m_active.size() != 1)
        return;
    const Entry &entry = m_faults[m_active.front()];
    const FaultSpec &spec = *entry.spec;
    const bool meetsAll = entry.byInstance.empty() && entry.byEdge.empty() && !entry.endpoint && !spec.firstRequests && !spec.everyNth;
    if (!meetsAll || changesStrength(spec) || !spec.type->onlyFails)
        return;
    if (const auto fails = spec.type->onlyFails(spec.settings.config()))
        m_plainError = PlainError{entry.coin, Probability(fails->probability).threshold(), fails->outcome};
}

// --- deciding

bool FaultSchedule::meets(const Entry &entry, const Subject &subject)
{
    const auto isIn = [](const std::vector<bool> &set, std::size_t i) { return set.empty() || (i < set.size() && set[i]); };
    return isIn(entry.byInstance, static_cast<std::size_t>(subject.instance)) && isIn(entry.byEdge, subject.edge)
        && (!entry.endpoint || *entry.endpoint == subject.endpoint);
}

/// Counts one more request. Whether the fault means it.
bool FaultSchedule::counts(Entry &entry, unsigned stages)
{
    const FaultSpec &spec = *entry.spec;
    if (!spec.firstRequests && !spec.everyNth)
        return true;
    const std::int64_t number = ++entry.counted[static_cast<std::size_t>(std::countr_zero(entry.stages & stages))];
    return (!spec.firstRequests || number <= *spec.firstRequests) && (!spec.everyNth || number % *spec.everyNth == 0);
}

void FaultSchedule::apply(const Entry &entry, const Subject &subject, Instant now, FaultDecision &decision)
{
    FaultDraw draw{.bits = entry.coin.draw(subject.coin, 0)};
    if (changesStrength(*entry.spec))
        draw.strength = strengthAt(*entry.spec, *entry.span, now);
    entry.spec->type->apply(entry.spec->settings.config(), draw, decision);
    if (decision.hold) {
        decision.heldUntil = std::max(decision.heldUntil, entry.span->to);
        decision.hold = false;
    }
}

FaultDecision FaultSchedule::decide(unsigned stages, const Subject &subject, Instant now)
{
    FaultDecision decision;
    for (const std::uint32_t i : m_active) {
        Entry &entry = m_faults[i];
        if ((entry.stages & stages) != 0 && meets(entry, subject) && counts(entry, stages))
            apply(entry, subject, now, decision);
    }
    return decision;
}

bool FaultSchedule::losesAnswer(const Subject &subject, Instant now)
{
    FaultDecision decision;
    for (const std::uint32_t i : m_active) {
        Entry &entry = m_faults[i];
        if (entry.losesAnswers && meets(entry, subject) && counts(entry, kAtAnswer))
            apply(entry, subject, now, decision);
    }
    return decision.losesAnswer;
}

FaultDecision FaultSchedule::decideProbe(const Subject &subject, Instant now) const
{
    FaultDecision decision;
    for (const std::uint32_t i : m_active) {
        const Entry &entry = m_faults[i];
        const bool isCounting = entry.spec->firstRequests || entry.spec->everyNth;
        if ((entry.stages & (kAtArrival | kAtWork | kAtAnswer)) != 0 && !isCounting && meets(entry, subject))
            apply(entry, subject, now, decision);
    }
    return decision;
}

FaultDecision FaultSchedule::decideInstance(std::int64_t instance, Instant now) const
{
    FaultDecision decision;
    for (const std::uint32_t i : m_active) {
        const Entry &entry = m_faults[i];
        const Subject subject{instance, 0, 0};
        if ((entry.stages & kOnInstances) != 0 && meets(entry, subject))
            apply(entry, subject, now, decision);
    }
    return decision;
}

Outcome probeOutcome(const FaultDecision &fault, Instant now)
{
    if (fault.losesAnswer)
        return {.kind = OutcomeKind::Timeout};
    if (fault.refuse)
        return fault.outcome;
    if (fault.blackHole || fault.heldUntil > now)
        return {.kind = OutcomeKind::Timeout};
    return fault.fail ? fault.outcome : Outcome{.kind = OutcomeKind::Success};
}

/// How the strength goes within a window, as closely as a chart can show it.
static std::vector<float> strengthCourse(const FaultSpec &fault, const FaultTimeline::Span &span, Instant to)
{
    constexpr std::int64_t kStepsMax = 400;
    if (!changesStrength(fault))
        return {};
    const std::int64_t length = (to - span.from).count();
    const std::int64_t steps = std::clamp<std::int64_t>(length / (4 * strengthStep(fault).count()), 1, kStepsMax);
    std::vector<float> course;
    for (std::int64_t i = 0; i <= steps; ++i) {
        const auto into = static_cast<std::int64_t>(static_cast<Wide>(length) * i / steps);
        course.push_back(static_cast<float>(strengthAt(fault, span, span.from + Duration(into))));
    }
    return course;
}

std::vector<FaultWindow> faultWindows(const Scenario &scenario, std::uint64_t seed, Duration length)
{
    constexpr std::size_t kWindowsMax = 10'000; // of one fault; what comes behind them is one window more
    std::vector<FaultWindow> windows;
    for (std::uint32_t i = 0; i < scenario.faults.size(); ++i) {
        const FaultSpec &fault = scenario.faults[i];
        const std::string label = faultLabel(fault);
        FaultTimeline timeline(fault, faultStream(scenario, i, seed), Instant(length));
        const std::size_t first = windows.size();
        for (;;) {
            const std::optional<FaultTimeline::Span> span = timeline.next();
            if (!span || span->from >= Instant(length))
                break;
            const Instant to = std::min(span->to, Instant(length));
            if (windows.size() - first > kWindowsMax)
                windows.back().to = to;
            else
                windows.push_back({span->from, to, i, label, strengthCourse(fault, *span, to)});
        }
    }
    std::stable_sort(windows.begin(), windows.end(),
                     [](const FaultWindow &a, const FaultWindow &b) { return a.from < b.from; });
    return windows;
}

} // namespace halfopen
