// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/fault_timeline.h"

#include "core/base/distributions.h"
#include "core/base/portable_math.h"
#include "core/base/units.h"
#include "core/scenario/vocabulary.h"

#include <algorithm>
#include <limits>

namespace halfopen {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// 0 to 1 to 0 over one turn.
double waveHeight(FaultSpec::WaveShape shape, double turn)
{
    switch (shape) {
    case FaultSpec::WaveShape::Sine:
        return (1 - portableCosTurns(turn)) / 2;
    case FaultSpec::WaveShape::Triangle:
        return turn < 0.5 ? 2 * turn : 2 - 2 * turn;
    case FaultSpec::WaveShape::Square:
        return turn < 0.5 ? 0 : 1;
    }
    return 1;
}

double share(Duration part, Duration whole)
{
    return std::clamp(static_cast<double>(part.count()) / static_cast<double>(whole.count()), 0.0, 1.0);
}

} // namespace

RandomStream faultStream(const Scenario &scenario, std::size_t fault, std::uint64_t seed)
{
    const FaultSpec &spec = scenario.faults[fault];
    const std::string name = spec.name.empty() ? std::to_string(spec.place.value_or(fault)) : spec.name;
    return RandomStream(seed, "fault " + name + " on " + spec.on);
}

FaultTimeline::FaultTimeline(const FaultSpec &spec, RandomStream random, Instant end)
    : m_spec(spec), m_random(random.child(1)), m_endNs(end.ns())
{
}

bool FaultTimeline::nextWindow()
{
    if (m_windows > 0 && !m_spec.every)
        return false;
    m_windowFrom = m_spec.from.count() + m_windows * m_spec.every.value_or(Duration(0)).count();
    m_windowTo = m_windowFrom + m_spec.length.count();
    m_at = m_windowFrom;
    ++m_windows;
    return m_windowFrom <= m_endNs;
}

/// The state of the bursts at \a ns, which never decreases.
FaultTimeline::State FaultTimeline::burstAt(std::int64_t ns)
{
    if (!m_spec.burstOn)
        return {true, kNever};
    const auto length = [this](bool isOn) {
        const Duration mean = isOn ? *m_spec.burstOn : *m_spec.burstOff;
        return std::max<std::int64_t>(exponentialNs(m_random.draw(m_bursts++, 0), mean.count()), 1);
    };
    if (m_burstUntil < 0) {
        const auto on = static_cast<double>(m_spec.burstOn->count());
        const auto off = static_cast<double>(m_spec.burstOff->count());
        m_burstIsOn = chance(m_random.draw(0, 1), Probability(on / (on + off)).threshold());
        m_burstUntil = m_spec.from.count() + length(m_burstIsOn);
    }
    while (m_burstUntil <= ns) {
        m_burstIsOn = !m_burstIsOn;
        m_burstUntil += length(m_burstIsOn);
    }
    return {m_burstIsOn, m_burstUntil};
}

FaultTimeline::State FaultTimeline::cycleAt(std::int64_t ns) const
{
    if (!m_spec.type->cycle)
        return {true, kNever};
    const FaultCycle cycle = m_spec.type->cycle(m_spec.settings.config());
    const std::int64_t begun = ns - (ns - m_windowFrom) % cycle.period.count();
    if (ns < begun + cycle.active.count())
        return {true, begun + cycle.active.count()};
    return {false, begun + cycle.period.count()};
}

std::optional<FaultTimeline::Span> FaultTimeline::next()
{
    if (m_windows == 0 && !nextWindow())
        return std::nullopt;
    for (;;) {
        if (m_at > m_endNs)
            return std::nullopt;
        if (m_at >= m_windowTo) {
            if (!nextWindow())
                return std::nullopt;
            continue;
        }
        const State burst = burstAt(m_at);
        if (!burst.isOn) {
            m_at = burst.until;
            continue;
        }
        const State cycle = cycleAt(m_at);
        if (!cycle.isOn) {
            m_at = cycle.until;
            continue;
        }
        const std::int64_t from = m_at;
        m_at = std::min({m_windowTo, burst.until, cycle.until});
        return Span{Instant::fromNs(from), Instant::fromNs(m_at), Instant::fromNs(m_windowFrom),
                    Instant::fromNs(m_windowTo)};
    }
}

bool changesStrength(const FaultSpec &spec)
{
    return spec.rampUp.count() > 0 || spec.rampDown.count() > 0 || spec.wavePeriod;
}

double strengthAt(const FaultSpec &spec, const FaultTimeline::Span &span, Instant at)
{
    double strength = 1;
    if (spec.rampUp.count() > 0)
        strength *= share(at - span.windowFrom, spec.rampUp);
    if (spec.rampDown.count() > 0)
        strength *= share(span.windowTo - at, spec.rampDown);
    if (spec.wavePeriod) {
        const Duration into((at - span.windowFrom).count() % spec.wavePeriod->count());
        strength *= spec.waveLow + (1 - spec.waveLow) * waveHeight(spec.waveShape, share(into, *spec.wavePeriod));
    }
    return std::clamp(strength, 0.0, 1.0);
}

Duration strengthStep(const FaultSpec &spec)
{
    std::int64_t shortest = kNever;
    for (const Duration time : {spec.rampUp, spec.rampDown, spec.wavePeriod.value_or(Duration(0))})
        if (time.count() > 0)
            shortest = std::min(shortest, time.count());
    return Duration(std::max<std::int64_t>(shortest / 100, 1'000'000));
}

std::string faultPlaceText(const FaultSpec &spec)
{
    std::string text;
    for (const std::string &caller : spec.callers)
        text += (text.empty() ? "" : ", ") + caller;
    text += (text.empty() ? "" : " -> ") + spec.on;
    if (!spec.endpoint.empty())
        text += "/" + spec.endpoint;
    if (spec.instance)
        text += "[" + std::to_string(*spec.instance) + "]";
    if (spec.instances.empty())
        return text;
    text += "[";
    for (std::size_t i = 0; i < spec.instances.size(); ++i) {
        std::size_t last = i; // of a row without gaps
        while (last + 1 < spec.instances.size() && spec.instances[last + 1] == spec.instances[last] + 1)
            ++last;
        text += (i > 0 ? ", " : "") + std::to_string(spec.instances[i]);
        if (last > i)
            text += (last == i + 1 ? ", " : "-") + std::to_string(spec.instances[last]);
        i = last;
    }
    return text + "]";
}

std::string faultTimingText(const FaultSpec &spec)
{
    std::string text;
    if (spec.firstRequests)
        text += ", first_requests " + std::to_string(*spec.firstRequests);
    if (spec.everyNth)
        text += ", every_nth " + std::to_string(*spec.everyNth);
    if (spec.burstOn)
        text += ", bursts of " + formatDuration(*spec.burstOn) + " after " + formatDuration(*spec.burstOff);
    if (spec.rampUp.count() > 0)
        text += ", ramp_up " + formatDuration(spec.rampUp);
    if (spec.rampDown.count() > 0)
        text += ", ramp_down " + formatDuration(spec.rampDown);
    if (spec.wavePeriod)
        text += ", wave of " + formatDuration(*spec.wavePeriod);
    return text;
}

std::string faultLabel(const FaultSpec &spec)
{
    std::string label = faultPlaceText(spec) + ": ";
    if (!spec.name.empty())
        label += spec.name + ", ";
    label += spec.type->key();
    for (const Field &field : spec.settings.schema().fields) {
        const Value value = spec.settings.get(field);
        if (value != field.standard)
            label += " " + std::string(field.key) + " " + formatValue(field, value);
    }
    return label + faultTimingText(spec);
}

} // namespace halfopen
