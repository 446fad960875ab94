// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/comparison.h"
#include "core/report/told.h"
#include "core/run/expectations.h"
#include "core/run/run_record.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// A number that is taken of every run of a study: a metric of expectations, of something or of all, or one of the
/// figures of comparisons that are no metric ("time_to_recover").
struct Measured {
    std::string name; ///< "p99", "utilisation@orders-db", "time_to_recover"
    const Metric *metric = nullptr; ///< either this, with `where` ...
    ExpectationSpec where;
    const report::ComparedFigure *figure = nullptr; ///< ... or this

    /// NaN when there was nothing to measure.
    double of(const RunRecord &record) const;
    std::string format(double value) const;
    /// The step in which it is known of \a record; 0 = exactly.
    Duration stepIn(const RunRecord &record) const;
    report::Quantity quantity() const;
};
/// A mean with its interval, both to the place that the interval and \a step leave of them: see report::tell(). Without an interval
/// as Measured::format(); "-" where nothing was measured.
std::string estimateText(const Measured &measured, const report::Estimate &estimate, Duration step = Duration(0));

/// "time_to_detect" and "time_to_recover": the figures of comparisons that are no metric; else null.
const report::ComparedFigure *findStudyFigure(std::string_view name);
/// All that can be measured in runs of \a scenario: metrics of all clients, of each client where there are several,
/// and of each service, then the figures.
std::vector<Measured> everyMeasured(const Scenario &scenario);

/// Which way is better for those who wait for answers and those who pay for them. None: neither. The one rule for sweeps, What if and
/// Compare. Not judged are what the world brings (calls begun, requests in number) and what policies do against it (trips, time open,
/// retries, substitutes): less of that can mean that less went wrong, or that nothing was done about it.
enum class Better : std::uint8_t { None, More, Less };
Better betterOf(const Measured &measured);
Better betterOf(const report::ComparedFigure &figure);

/// One run to its end. Empty when \a cancelled said so on the way; it is asked every few thousand events.
std::optional<RunRecord> runForStudy(std::shared_ptr<const Scenario> scenario, std::uint64_t seed,
                                     std::optional<Duration> duration, const std::function<bool()> &cancelled);

} // namespace halfopen
