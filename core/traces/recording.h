// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/outcome.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// One attempt as the caller saw it.
struct RecordedAttempt {
    Instant start; ///< since the first attempt of the recording
    Duration duration{};
    Outcome outcome{};
    std::uint16_t endpoint = 0; ///< index into Recording::endpoints
    std::uint16_t attempt = 1;  ///< 1 = the first of its call
    bool censored =
        false; ///< the recorder stopped waiting: it would have taken at least `duration`
};

/// A recorded piece of traffic: attempts in order of their start.
struct Recording {
    std::string path;
    std::vector<std::string> endpoints;
    std::vector<RecordedAttempt> attempts;
    std::vector<std::uint32_t>
        firstAttempts;     ///< indices of the attempts that began a call: the arrivals
    std::string startedAt; ///< UTC, ISO 8601, of the first attempt
    Duration length{};     ///< from the first start to the last
};

/// How long every good attempt took.
std::vector<Duration> goodDurations(const Recording &recording);

} // namespace halfopen
