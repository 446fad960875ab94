// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <optional>

namespace halfopen {

/// Requests are worked on as usual and then answered with an error.
struct ErrorFaultConfig {
    double probability = 1;      ///< share of the requests that fail, 0 to 1
    std::int64_t status = 500;   ///< HTTP-like status of the answer, 400 to 599
    bool atOnce = false;         ///< answered on arrival, without any work
    std::optional<Duration> retryAfter; ///< what the answer asks the caller to wait
};

const Schema &errorFaultSchema();
unsigned errorFaultStages(const void *config);
void applyErrorFault(const void *config, const FaultDraw &draw, FaultDecision &decision);
std::optional<ShareFails> errorFaultOnlyFails(const void *config);

} // namespace halfopen
