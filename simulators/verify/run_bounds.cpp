// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/run_bounds.h"

#include "core/traces/recording.h"
#include "core/verify/model_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

namespace halfopen::verify {

namespace {

/// Four digits: "4.4e+06", "300".
std::string about(double number)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.4g", number);
    return text.data();
}

/// What the clients of \a arrivals would begin by \a end, with rates in steps.
double callsBy(const ArrivalSpec &arrivals, double end)
{
    if (arrivals.kind == ArrivalSpec::Kind::Recorded)
        return arrivals.recording ? static_cast<double>(arrivals.recording->firstAttempts.size())
                                  : 0;
    if (arrivals.kind == ArrivalSpec::Kind::ClosedLoop) {
        const double cycle =
            arrivals.pace ? toSeconds(*arrivals.pace) : toSeconds(arrivals.thinkTime.mean());
        return cycle > 0 ? static_cast<double>(arrivals.users) * end / cycle
                         : 0; // else as fast as the service
    }
    double calls = 0;
    for (std::size_t i = 0; i < arrivals.points.size(); ++i) {
        const double from = toSeconds(arrivals.points[i].from);
        const double to = i + 1 < arrivals.points.size()
                              ? std::min(end, toSeconds(arrivals.points[i + 1].from))
                              : end;
        calls += std::max(0.0, to - from) * arrivals.points[i].perSecond;
    }
    return calls;
}

void needCalls(double calls, double most)
{
    if (!(calls <= most))
        throw NotUnderstood("the run makes about " + about(calls) +
                            " calls, which is out of range: expected at most " + about(most) +
                            " (--length takes a share of a run that is given by its calls)");
}

void needTime(double seconds, double most, const std::string &what, const std::string &mend = "")
{
    if (!(seconds <= most * (1 + 1e-12))) // as a time in ns may be rounded
        throw NotUnderstood(what + about(seconds) + " s, which is out of range: expected at most " +
                            about(most) + " s (" + std::to_string(std::lround(most / 86'400)) +
                            " days)" + mend);
}

} // namespace

void needRunnable(double calls)
{
    needCalls(calls, kMostCalls);
}

void needRunnable(const Scenario &scenario, Duration end, double mostCalls)
{
    needTime(toSeconds(end), kMostSeconds, "the run takes ");
    double calls = 0;
    for (const ClientSpec &client : scenario.clients) {
        const double free = callsBy(client.arrivals, toSeconds(end));
        calls += client.stopAfter ? std::min(free, static_cast<double>(*client.stopAfter)) : free;
    }
    needCalls(calls, mostCalls);
}

Duration timeOfCalls(double calls, double perSecond)
{
    const double seconds = calls / perSecond;
    needTime(seconds, kMostSeconds / 1.5,
             "'run': " + about(calls) + " calls at " + about(perSecond) + " per second take ",
             "; --length takes a share of the calls");
    return secondsToDuration(seconds);
}

} // namespace halfopen::verify
