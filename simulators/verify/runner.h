// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/verify/reference_case.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen::verify {

struct RunnerOptions {
    std::uint64_t seed = 1;
    double lengthShare = 1; ///< of the run lengths, in (0, 1]
};

struct CheckResult {
    Json measured;   ///< null if not understood
    double allowed = 0;
    bool passed = false;
    std::string note; ///< what differs, or why the metric was not understood
    bool understood = true;
};

struct CaseResult {
    std::string family;          ///< empty if none fits
    std::string notUnderstood;   ///< why nothing could be measured; empty if it was
    std::vector<CheckResult> checks; ///< in the order of the case's
    double seconds = 0;          ///< processor time taken

    bool passed() const;
};

/// Runs one case through the family that fits its model. Deterministic in \a options.
CaseResult runCase(const ReferenceCase &one, const RunnerOptions &options);

/// How a whole set went.
struct Tally {
    std::uint64_t cases = 0;
    std::uint64_t checks = 0;
    std::uint64_t failed = 0;        ///< checks
    std::uint64_t notUnderstood = 0; ///< checks
    void add(const CaseResult &result, std::size_t checkCount);
    bool ok() const { return failed == 0 && notUnderstood == 0; }
    /// "3 cases, 9 checks, 0 failed, 0 not understood".
    std::string summary() const;
};

} // namespace halfopen::verify
