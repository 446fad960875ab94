// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/time_axis.h"

#include <QString>

#include <optional>

namespace halfopen {

struct RunRecord;

// What the views draw, as tables for other programs: comma-separated with a header line, a point in numbers, times in
// seconds since the run's start and durations in milliseconds, both exact to the nanosecond. Names are quoted where
// they need it (RFC 4180). Lines end in "\n".

/// Per time bucket and edge: calls begun and ended by outcome, attempts, retries, late answers.
QString outcomesCsv(const RunRecord &record);
/// Per time bucket and edge with calls ended: their number, the percentiles drawn, least and greatest latency.
QString latencyCsv(const RunRecord &record);
/// The sampled retries: when decided, on which edge, which attempt comes, its delay.
QString retriesCsv(const RunRecord &record);
/// Every breaker transition with its reason in words.
QString transitionsCsv(const RunRecord &record);
/// The sampled calls: when, where, how they ended, how many attempts.
QString callsCsv(const RunRecord &record);
/// Transitions, changes of settings and faults in order of time.
QString eventsCsv(const RunRecord &record);
/// Per edge and service what the topology shows for the whole run.
QString edgesCsv(const RunRecord &record);
/// The rows of compareRuns(): figure, present run, other run, difference, as shown.
QString comparisonCsv(const RunRecord &present, const RunRecord &other, std::optional<TimeRange> range);

} // namespace halfopen
