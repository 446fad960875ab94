// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace halfopen {

/// What came out of replaying one file of recordings.
struct ConformReport {
    std::string file;    ///< its name without the folder
    std::string format;  ///< for example "r4j.cb"
    std::string library; ///< for example "resilience4j 2.4.0", empty if the file does not say
    std::uint64_t sequences = 0;
    std::uint64_t operations = 0; ///< lines that were compared
    std::uint64_t mismatches = 0; ///< lines on which anything differed
    std::string firstMismatch;    ///< where, what was done, what differs; empty if nothing does

    bool ok() const { return mismatches == 0; }
    /// "r4j-cb-count.jsonl: 13 sequences, 7360 operations, 0 mismatches".
    std::string summary() const;
};

/// Replays recordings of a real library (JSON lines, plain or gzip) through the policy of the same dialect and compares
/// every answer and every observation. The format is described in tests/data/vectors/README.md.
/// An Error is a file that cannot be read or understood; a difference is not an Error.
Result<ConformReport> conformFile(const std::filesystem::path &path);

} // namespace halfopen
