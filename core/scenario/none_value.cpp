// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/none_value.h"

namespace halfopen {

namespace {

struct Row {
    std::string_view schema;
    std::string_view field;
    std::string_view means;
};
/// No two dialects have an optional field of one name that means different things.
constexpr Row kRows[] = {
    {"circuit_breaker", "failure_threshold", "5"},
    {"circuit_breaker", "window.size", "100 or 60s"},
    {"circuit_breaker", "half_open_max_calls", "success_threshold"},
    {"circuit_breaker", "failure_thresholding_capacity", "failure_threshold"},
    {"circuit_breaker", "success_thresholding_capacity", "success_threshold"},
    {"circuit_breaker", "break_duration_generator.max", "24h"},
};

} // namespace

std::string_view noneMeans(const Schema &schema, const Field &field)
{
    if (!std::holds_alternative<std::monostate>(field.standard))
        return {};
    for (const Row &row : kRows)
        if (row.schema == schema.key && row.field == field.key)
            return row.means;
    return {};
}

} // namespace halfopen
