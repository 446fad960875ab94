// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/mean_rate.h"

#include <algorithm>

namespace halfopen {

bool hasShape(const ArrivalSpec &arrivals)
{
    return arrivals.points.size() > 1 || arrivals.period.has_value();
}

double meanRateOf(const ArrivalSpec &arrivals, Duration length)
{
    const Duration end = arrivals.period.value_or(length);
    const std::vector<ArrivalSpec::Point> &points = arrivals.points;
    double calls = 0;
    for (std::size_t i = 0; i < points.size() && points[i].from < end; ++i) {
        const bool isLast = i + 1 == points.size();
        const Duration to = isLast ? end : std::min(points[i + 1].from, end);
        const double seconds = toSeconds(to - points[i].from);
        double rateAtEnd = points[i].perSecond;
        if (arrivals.ramp && !isLast) { // a straight line towards the next point, as far as it goes
            const double whole = toSeconds(points[i + 1].from - points[i].from);
            rateAtEnd += (points[i + 1].perSecond - points[i].perSecond) * (seconds / whole);
        }
        calls += seconds * (points[i].perSecond + rateAtEnd) / 2;
    }
    return end.count() > 0 ? calls / toSeconds(end) : 0;
}

std::optional<std::string> scaleToMean(ArrivalSpec &arrivals, double rate, Duration length)
{
    constexpr double kRateMax = 10'000'000; // as the schema has it for each rate
    if (arrivals.kind == ArrivalSpec::Kind::Recorded)
        return "the arrivals of a recording come when they came";
    if (arrivals.kind == ArrivalSpec::Kind::ClosedLoop)
        return "the rate of a closed loop follows from its users: change their number instead";
    const double mean = meanRateOf(arrivals, length);
    if (mean <= 0)
        return "there are no arrivals in the run that could be made more";
    for (ArrivalSpec::Point &point : arrivals.points) {
        point.perSecond *= rate / mean;
        if (point.perSecond > kRateMax)
            return "its highest rate would be more than 10 million calls per second";
    }
    return std::nullopt;
}

} // namespace halfopen
