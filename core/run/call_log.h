// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome.h"

#include <cstdint>
#include <vector>

namespace halfopen {

// Every call and every piece of work of a run, for exact percentiles. A record keeps histograms instead: these logs
// grow with the run, 24 and 32 bytes an entry, and are made only when RunOptions ask for them.

struct LoggedCall {
    std::int64_t startNs;
    std::int64_t latencyNs;
    std::uint32_t attempts;
    OutcomeKind outcome;
};
/// In order of their ends.
using CallLog = std::vector<LoggedCall>;

struct LoggedWork {
    std::int64_t arrivedNs;
    std::int64_t waitNs;   ///< until a worker took it or it was dropped
    std::int64_t workNs;   ///< its own work, faults included; 0 when it was dropped
    std::uint16_t edge;    ///< the edge of the call
    bool dropped;          ///< waited too long and was never worked on
};
/// In order of the begin of the work.
using WorkLog = std::vector<LoggedWork>;

} // namespace halfopen
