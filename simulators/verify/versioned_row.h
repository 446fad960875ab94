// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/retry.h"

#include <cstdint>

namespace halfopen::verify {

/// Optimistic concurrency on one row with a version number:
///
///     READ -> version -> WRITE(version) -> OK if the version still matches (it then grows by one), else CONFLICT
///
/// All clients start at 0 and each must write once. After a conflict a client waits as its retry policy says and begins
/// again with READ. The row answers at once; each of the four messages takes |normal(mean, deviation)|.
/// Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015, and its published simulator.
struct VersionedRowWorld {
    std::uint32_t clients = 1;
    Duration delayMean = std::chrono::milliseconds(10);
    Duration delayDeviation = std::chrono::milliseconds(2);
};

struct VersionedRowResult {
    std::uint64_t writes = 0; ///< WRITE messages the row has seen, conflicts included
    Instant lastSuccess;      ///< when the last client hears its OK
};

/// The waits are those of the retry policy with \a retry, one call per client. Same seed, same result, on every machine.
VersionedRowResult runVersionedRow(const VersionedRowWorld &world, const RetryConfig &retry, std::uint64_t seed);

} // namespace halfopen::verify
