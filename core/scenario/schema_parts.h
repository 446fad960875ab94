// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema_fields.h"

#include <chrono>
#include <cstdint>
#include <string_view>

// What the tables of the scenario language share.

namespace halfopen {

inline constexpr Duration kLongest = std::chrono::hours(720); ///< of any time in a scenario

template <typename Config>
Schema makeSchema(std::string_view key, std::string_view title, std::string_view summary)
{
    Schema schema{};
    schema.key = key;
    schema.title = title;
    schema.summary = summary;
    schema.create = schema::create<Config>;
    schema.clone = schema::clone<Config>;
    return schema;
}

/// A whole number as a bound of a field.
inline std::int64_t count(std::int64_t value)
{
    return value;
}

} // namespace halfopen
