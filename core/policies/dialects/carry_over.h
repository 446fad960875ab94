// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/policies/registry.h"
#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// What the settings of a circuit breaker mean, apart from the words of any library. Empty = the breaker has no such
/// rule.
struct BreakerMeaning {
    std::optional<double> failureRate; ///< share of the window's calls that trips
    std::optional<std::int64_t> failuresInARow;
    std::optional<std::int64_t> windowCalls; ///< either this ...
    std::optional<Duration> windowLength;    ///< ... or this, or neither: counted for ever
    std::optional<std::int64_t> minimumCalls; ///< before a rate is judged
    std::optional<Duration> openTime;
    std::optional<std::int64_t> trialsWanted; ///< successes that close a half-open breaker
    std::optional<Duration> slowAfter;
    std::optional<double> slowRate;
    std::optional<Duration> timeout; ///< of the protected call, where the breaker has one
    std::vector<std::string> ignored; ///< outcomes that never count
};

/// One meaning on its way into another dialect.
struct CarriedSetting {
    std::string meaning; ///< "failure rate 50 %"
    std::string setting; ///< "failure_ratio: 50%"; empty = it has no counterpart there
    std::string note;    ///< what is lost or different, or empty
    bool isCarried() const { return !setting.empty(); }
};

struct CarriedBreaker {
    PolicySpec spec;
    std::vector<CarriedSetting> settings; ///< one per meaning that the breaker had
};

/// What \a settings of any dialect of `circuit_breaker` mean.
BreakerMeaning meaningOf(const PolicySpec &breaker);

/// \a breaker as \a dialect would be set to mean the same, as far as it can. What the meaning does not say keeps the
/// dialect's default. The error names the dialects there are, or a conflict among the carried settings.
Result<CarriedBreaker> carryOver(const PolicySpec &breaker, std::string_view dialect);

} // namespace halfopen
