// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace halfopen {

/// "16204" as "16,204", "-1234.56" as "-1,234.56": groups of three from 1000 on. Everything that people read has counts like that, in every locale the same; what
/// programs read (JSON, CSV, scenario files, names of calls, seeds) has plain digits. The desktop puts its locale's sign for the comma.
inline std::string groupedDigits(std::string digits)
{
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    std::size_t at = std::min(digits.find('.'), digits.size());
    for (; at > first + 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

inline std::string groupedDigits(std::uint64_t count)
{
    return groupedDigits(std::to_string(count));
}

} // namespace halfopen
