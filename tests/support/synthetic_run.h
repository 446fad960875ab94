// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <memory>

namespace halfopen::test {

/// How a drawn-up run looks.
struct SyntheticRun {
    Duration duration = std::chrono::seconds(180);
    std::size_t buckets = 600;
    Duration played = std::chrono::seconds(180); ///< up to here there is data
    std::size_t callsPerBucket = 270;            ///< on each client edge
    std::uint32_t fleet = 40;                    ///< processes, each with a breaker
    std::size_t retries = 6000;
};

/// A record that looks like a brownout with a retry storm: two client edges and one edge between
/// services, a fault from 60 s to 80 s, two single breakers (one of them OPEN for exactly 5 ms at
/// 30 s) and a fleet. It is made up, for looking at views and measuring them: no view may be judged
/// right by it, only by the numbers that stand in it. The same options give the same record.
std::shared_ptr<RunRecord> syntheticRun(const SyntheticRun &options = {});

/// A SparseHistogram of the given values in nanoseconds.
SparseHistogram histogramOf(const std::vector<std::int64_t> &values);

} // namespace halfopen::test
