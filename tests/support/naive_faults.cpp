// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/naive_faults.h"

#include "core/base/distributions.h"

#include <algorithm>

namespace halfopen::test {

namespace {

struct Interval {
    std::int64_t from;
    std::int64_t to;
};
using Intervals = std::vector<Interval>;

Intervals both(const Intervals &a, const Intervals &b)
{
    Intervals all;
    for (const Interval &x : a)
        for (const Interval &y : b)
            if (std::max(x.from, y.from) < std::min(x.to, y.to))
                all.push_back({std::max(x.from, y.from), std::min(x.to, y.to)});
    std::sort(all.begin(), all.end(), [](const Interval &x, const Interval &y) { return x.from < y.from; });
    return all;
}

Intervals windowsOf(const FaultSpec &spec, std::int64_t end)
{
    Intervals all;
    for (std::int64_t from = spec.from.count(); from <= end; from += spec.every.value_or(Duration(1)).count()) {
        all.push_back({from, from + spec.length.count()});
        if (!spec.every)
            break;
    }
    return all;
}

Intervals burstsOf(const FaultSpec &spec, RandomStream random, std::int64_t end)
{
    const std::int64_t last = end + spec.length.count() + 1;
    if (!spec.burstOn)
        return {{0, last}};
    Intervals all;
    const double on = static_cast<double>(spec.burstOn->count());
    const double off = static_cast<double>(spec.burstOff->count());
    bool isOn = static_cast<double>(random.draw(0, 1)) < on / (on + off) * 0x1p64;
    std::int64_t at = spec.from.count();
    for (std::uint64_t number = 0; at < last; ++number, isOn = !isOn) {
        const std::int64_t mean = (isOn ? *spec.burstOn : *spec.burstOff).count();
        const std::int64_t next = at + std::max<std::int64_t>(exponentialNs(random.draw(number, 0), mean), 1);
        if (isOn)
            all.push_back({at, next});
        at = next;
    }
    return all;
}

} // namespace

NaiveFault naiveFault(const Scenario &scenario, std::size_t index, std::uint64_t seed)
{
    const FaultSpec &spec = scenario.faults[index];
    const std::string name = spec.name.empty() ? std::to_string(index) : spec.name;
    NaiveFault fault{&spec, RandomStream(seed, "fault " + name + " on " + spec.on)};
    const std::int64_t end = scenario.duration.count();
    const Intervals bursts = burstsOf(spec, fault.coin.child(1), end);
    for (const Interval &window : windowsOf(spec, end)) {
        Intervals here{window};
        if (spec.type->cycle) {
            const FaultCycle cycle = spec.type->cycle(spec.settings.config());
            Intervals cycles;
            for (std::int64_t at = window.from; at < window.to; at += cycle.period.count())
                cycles.push_back({at, at + cycle.active.count()});
            here = both(here, cycles);
        }
        for (const Interval &one : both(here, bursts))
            if (one.from <= end)
                fault.spans.push_back({Instant::fromNs(one.from), Instant::fromNs(one.to),
                                       Instant::fromNs(window.from), Instant::fromNs(window.to)});
    }
    return fault;
}

void NaiveFault::begin()
{
    active = true;
    if (seenFrom != spans[next].windowFrom.ns())
        seen.fill(0);
    seenFrom = spans[next].windowFrom.ns();
}

bool NaiveFault::canCrash() const
{
    FaultDecision whole;
    spec->type->apply(spec->settings.config(), {0}, whole);
    return whole.crashes;
}

bool NaiveFault::canLoseAnswers() const
{
    FaultDecision whole;
    spec->type->apply(spec->settings.config(), {0}, whole);
    return whole.losesAnswer;
}

bool NaiveFault::changesInstances() const
{
    const bool changes = spec->rampUp.count() > 0 || spec->rampDown.count() > 0 || spec->wavePeriod;
    return changes && (spec->type->stages(spec->settings.config()) & kOnInstances) != 0;
}

bool NaiveFault::meets(unsigned stages, const Subject &subject) const
{
    const auto number = static_cast<std::int64_t>(subject.instance);
    const auto &list = spec->instances;
    const auto &callers = spec->callers;
    return active && (spec->type->stages(spec->settings.config()) & stages) != 0
        && (!spec->instance || *spec->instance == number)
        && (list.empty() || std::find(list.begin(), list.end(), number) != list.end())
        && (callers.empty() || std::find(callers.begin(), callers.end(), subject.caller) != callers.end())
        && (spec->endpoint.empty() || spec->endpoint == subject.endpoint);
}

bool NaiveFault::counted(unsigned stages, const Subject &subject)
{
    if (!meets(stages, subject))
        return false;
    const std::int64_t number = ++seen.at(stages);
    const bool isEarly = !spec->firstRequests || number <= *spec->firstRequests;
    return isEarly && (!spec->everyNth || number % *spec->everyNth == 0);
}

void NaiveFault::fold(unsigned stages, const Subject &subject, std::uint32_t bits, Instant now, FaultDecision &decision) const
{
    if (!meets(stages, subject))
        return;
    const FaultDraw draw{coin.draw(bits, 0), strengthAt(*spec, spans[next], now)};
    spec->type->apply(spec->settings.config(), draw, decision);
    if (decision.hold)
        decision.heldUntil = std::max(decision.heldUntil, spans[next].to);
    decision.hold = false;
}

} // namespace halfopen::test
