// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/explanation.h"

#include "core/base/grouped_digits.h"

#include <cmath>
#include <cstdio>

namespace halfopen {

namespace {

/// At most \a decimals behind the point, no zeros at the end.
std::string number(double value, int decimals)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    std::string trimmed = text;
    if (trimmed.find('.') == std::string::npos)
        return groupedDigits(trimmed);
    trimmed.erase(trimmed.find_last_not_of('0') + 1);
    if (trimmed.ends_with('.'))
        trimmed.pop_back();
    return groupedDigits(trimmed);
}

std::string seconds(double value)
{
    return value < 1 ? number(value * 1000, 3) + " ms" : number(value, 3) + " s";
}

std::string amount(Explanation::Unit unit, double value)
{
    switch (unit) {
    case Explanation::Unit::Share:
        return number(value * 100, 2) + " %";
    case Explanation::Unit::Time:
        return seconds(value);
    case Explanation::Unit::Count:
        break;
    }
    return number(value, 2);
}

/// The relation between the two numbers as they are printed; the rule's own verdict decides at the edge.
const char *relation(const Explanation::Rule &rule)
{
    if (rule.below)
        return rule.isReached ? "<" : ">=";
    if (rule.strictly)
        return rule.isReached ? ">" : "<=";
    return rule.isReached ? ">=" : "<";
}

} // namespace

void Explanation::show(const CountWindow &shown)
{
    windowText = shown.size() == 1 ? "the last call" : "the last " + groupedDigits(std::to_string(shown.size())) + " calls";
    window = shown.counts();
    calls.clear();
    for (std::uint32_t age = window.calls; age > 0; --age) {
        const WindowCounts one = shown.callOfAge(age);
        calls.push_back(static_cast<Mark>((one.failures ? 1 : 0) + (one.slow ? 2 : 0)));
    }
}

void Explanation::show(const TimeWindow &shown, Instant now)
{
    const double length = toSeconds(shown.bucketLength()) * shown.buckets();
    windowText = "the last " + seconds(length);
    if (shown.buckets() > 1)
        windowText += " in buckets of " + seconds(toSeconds(shown.bucketLength()));
    window = shown.countsAt(now);
    buckets.clear();
    for (std::uint32_t age = shown.buckets(); age > 0; --age)
        if (shown.bucketStart(now, age) + shown.bucketLength() > Instant()) // not from before the run
            buckets.push_back({shown.bucketStart(now, age), shown.bucketLength(), shown.bucketCounts(now, age)});
}

std::string describe(const Explanation::Rule &rule)
{
    const std::string note = rule.note.empty() ? "" : " (" + rule.note + ")";
    if (!rule.isAsked())
        return rule.what + " is not asked yet: minimum calls not reached, " + groupedDigits(std::to_string(rule.calls)) + " of "
            + groupedDigits(std::to_string(rule.callsNeeded)) + note;
    const std::string observed = amount(rule.unit, rule.observed);
    const std::string threshold = amount(rule.unit, rule.threshold);
    if (rule.unit == Explanation::Unit::Count && !rule.strictly && !rule.below)
        return rule.what + ": " + observed + " of " + threshold + note;
    std::string text = rule.what + " " + observed + " " + relation(rule) + " " + threshold;
    if (rule.unit == Explanation::Unit::Share)
        text += " of " + groupedDigits(std::to_string(rule.calls)) + (rule.calls == 1 ? " call" : " calls");
    return text + note;
}

std::vector<std::string> whyNotYet(const Explanation &explanation)
{
    std::vector<std::string> lines;
    for (const Explanation::Rule &rule : explanation.rules)
        lines.push_back("not " + std::string(breakerStateName(rule.leadsTo)) + (rule.isMet() ? " yet, but will be: " : ": ")
                        + describe(rule));
    if (!explanation.next.empty())
        lines.push_back(explanation.next);
    return lines;
}

} // namespace halfopen
