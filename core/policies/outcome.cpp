// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/outcome.h"

#include "core/base/check.h"

namespace halfopen {

namespace {

constexpr std::array<std::string_view, kOutcomeKinds> kNames = {
    "success",
    "fallback",
    "error",
    "timeout",
    "rejected",
    "connection_refused",
    "connection_reset",
    "circuit_breaker_open",
    "bulkhead_full",
    "rate_limited",
    "cancelled",
    "throttled",
    "unhealthy",
};

} // namespace

std::string_view outcomeName(OutcomeKind kind)
{
    const auto index = static_cast<std::size_t>(kind);
    HALFOPEN_CHECK(index < kOutcomeKinds);
    return kNames[index];
}

} // namespace halfopen
