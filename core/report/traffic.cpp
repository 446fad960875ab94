// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/traffic.h"

#include "core/report/format.h"

#include <algorithm>

namespace halfopen::report {

namespace {

std::string describeRates(const ArrivalSpec &arrivals)
{
    constexpr std::size_t kPointsShown = 4;
    std::string text;
    const std::size_t shown = std::min(arrivals.points.size(), kPointsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        text += (i > 0 ? ", " : "") + formatRate(arrivals.points[i].perSecond);
        if (arrivals.points.size() > 1)
            text += " from " + formatDuration(arrivals.points[i].from);
    }
    if (shown < arrivals.points.size())
        text += " and so on";
    if (arrivals.ramp)
        text += " in straight lines";
    if (arrivals.period)
        text += " again every " + formatDuration(*arrivals.period);
    return text;
}

const ClientSpec *findClient(const Scenario &scenario, const std::string &name)
{
    const auto found = std::find_if(scenario.clients.begin(), scenario.clients.end(),
                                    [&](const ClientSpec &client) { return client.name == name; });
    return found == scenario.clients.end() ? nullptr : &*found;
}

bool isSameTraffic(const ClientSpec &a, const ClientSpec &b)
{
    const auto samePoints = [](const ArrivalSpec::Point &x, const ArrivalSpec::Point &y) {
        return x.from == y.from && x.perSecond == y.perSecond;
    };
    const ArrivalSpec &one = a.arrivals, &other = b.arrivals;
    return one.kind == other.kind && one.ramp == other.ramp && one.period == other.period && one.startsAt == other.startsAt
        && one.recordingFile == other.recordingFile && one.users == other.users && one.thinkTimeText == other.thinkTimeText
        && one.pace == other.pace && a.stopAfter == b.stopAfter
        && std::equal(one.points.begin(), one.points.end(), other.points.begin(), other.points.end(), samePoints);
}

Duration lengthOf(const ComparedVariant &variant)
{
    return variant.first ? variant.first->duration : variant.scenario->duration;
}

/// "the clients web and batch"
std::string namesOf(const std::vector<std::string> &names)
{
    std::string text = names.size() == 1 ? "the client " : "the clients ";
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + printable(names[i]);
    return text;
}

void addMissing(std::vector<std::string> &sentences, const ComparedVariant &has, const ComparedVariant &hasNot)
{
    std::vector<std::string> names;
    for (const ClientSpec &client : has.scenario->clients)
        if (!findClient(*hasNot.scenario, client.name))
            names.push_back(client.name);
    if (!names.empty())
        sentences.push_back(printable(has.name) + " has " + namesOf(names) + ", " + printable(hasNot.name) + " has not");
}

} // namespace

std::string describeArrivals(const ClientSpec &client)
{
    const ArrivalSpec &arrivals = client.arrivals;
    std::string text;
    switch (arrivals.kind) {
    case ArrivalSpec::Kind::Poisson:
        text = describeRates(arrivals) + " by chance";
        break;
    case ArrivalSpec::Kind::Constant:
        text = describeRates(arrivals) + " evenly";
        break;
    case ArrivalSpec::Kind::Recorded:
        text = "the recording " + printable(arrivals.recordingFile);
        break;
    case ArrivalSpec::Kind::ClosedLoop:
        text = formatCount(static_cast<std::uint64_t>(arrivals.users)) + (arrivals.users == 1 ? " user who " : " users who ")
            + (arrivals.pace ? (arrivals.users == 1 ? "calls every " : "call every ") + formatDuration(*arrivals.pace)
                             : (arrivals.users == 1 ? "thinks " : "think ") + printable(arrivals.thinkTimeText));
        break;
    }
    if (arrivals.startsAt)
        text += ", from " + formatDuration(*arrivals.startsAt) + " on";
    if (client.stopAfter)
        text += ", at most " + formatCount(static_cast<std::uint64_t>(*client.stopAfter)) + (*client.stopAfter == 1 ? " call" : " calls");
    return text;
}

std::vector<std::string> trafficDifferences(const Comparison &comparison)
{
    std::vector<std::string> sentences;
    const ComparedVariant &base = comparison.variants.front();
    for (const ComparedVariant &variant : comparison.variants) {
        addMissing(sentences, base, variant);
        addMissing(sentences, variant, base);
        for (const ClientSpec &client : variant.scenario->clients) {
            const ClientSpec *before = findClient(*base.scenario, client.name);
            if (before && !isSameTraffic(*before, client))
                sentences.push_back(printable(client.name) + " calls " + describeArrivals(*before) + " in " + printable(base.name)
                                    + " and " + describeArrivals(client) + " in " + printable(variant.name));
        }
        if (lengthOf(variant) != lengthOf(base))
            sentences.push_back(printable(base.name) + " lasts " + formatDuration(lengthOf(base)) + ", " + printable(variant.name)
                                + " " + formatDuration(lengthOf(variant)));
    }
    return sentences;
}

} // namespace halfopen::report
