// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/none_value.h"

#include "core/policies/circuit_breaker_config.h"
#include "core/policies/dialects/polly_circuit_breaker.h"

#include <string>
#include <vector>

namespace halfopen {

namespace {

struct Row {
    std::string_view schema;
    std::string_view field;
    std::string means;
};
/// No two dialects have an optional field of one name that means different things.
const std::vector<Row> &rows()
{
    static const std::vector<Row> kRows = {
        {"circuit_breaker", "failure_threshold", std::to_string(CircuitBreakerConfig::kFailureThreshold)},
        {"circuit_breaker", "window.size",
         std::to_string(WindowConfig::kCalls) + " or " + std::to_string(WindowConfig::kLength.count()) + "s"},
        {"circuit_breaker", "half_open_max_calls", "success_threshold"},
        {"circuit_breaker", "failure_thresholding_capacity", "failure_threshold"},
        {"circuit_breaker", "success_thresholding_capacity", "success_threshold"},
        {"circuit_breaker", "break_duration_generator.max", std::to_string(PollyBreakGrowth::kLongest.count()) + "h"},
    };
    return kRows;
}

} // namespace

std::string_view noneMeans(const Schema &schema, const Field &field)
{
    if (!std::holds_alternative<std::monostate>(field.standard))
        return {};
    for (const Row &row : rows())
        if (row.schema == schema.key && row.field == field.key)
            return row.means;
    return {};
}

} // namespace halfopen
