// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/traces/recording.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace halfopen {

/// Limits of one recording: past them it is refused, not cut.
struct RecordingLimits {
    std::uint64_t unpackedBytes = 1'000'000'000; ///< a small .gz may unpack to anything
    std::uint64_t attempts = 20'000'000;
    std::uint64_t lineBytes = 1'000'000;
};

/// Reads a recording of calls as JSON lines, one object per attempt, plain or gzip (found by its
/// first bytes, not its name).
///
/// Keys: `ts` (start of the attempt, RFC 3339 with zone, or seconds as a number), `duration_ms` (0
/// or more), `outcome` and `status` (at least one of the two), and optional `endpoint`, `attempt`
/// (1 = the first of its call, the default) and `trace_id` (kept together by the recorder; not
/// needed here). Other keys are passed over. Blank lines are allowed.
///
/// Outcomes: ok, success -> success; error, server_error, client_error, http_5xx, http_4xx,
/// app_error -> error; timeout; rejected -> circuit_breaker_open (refused before it left the
/// caller); rate_limited -> rejected; reset -> connection_reset; connect_failed ->
/// connection_refused; cancelled. Without one the status decides: 504 timeout, 499 and 460
/// cancelled, 429 and 503 rejected, other 4xx and 5xx error, 100 to 399 success; a status of 0
/// alone says nothing and is an error of the file. A timeout is `censored`: the caller stopped
/// waiting, so the answer would have taken at least that long. A status of 504 is an answer of a
/// proxy that stopped waiting, so it is censored, too.
///
/// Attempts are sorted by their start (stably) and counted from the first one. Errors name file and
/// line: no JSON, a missing or wrong value, a negative or absurd duration, a truncated file or last
/// line.
[[nodiscard]] Result<Recording> readRecording(const std::filesystem::path &path,
                                              const RecordingLimits &limits = {});

/// The same, read once for all that use the file at the same time, and again when it has changed on
/// disk.
[[nodiscard]] Result<std::shared_ptr<const Recording>>
readSharedRecording(const std::filesystem::path &path);

} // namespace halfopen
