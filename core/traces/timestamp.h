// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// Reads RFC 3339 with a zone ("2026-11-23T17:41:24.959699Z", "...+02:00"; 'T' may be a blank): ns
/// since 1970 UTC. Years 1900 to 2199, at most nine digits behind the point, leap seconds count as
/// the next second. Empty if it is anything else.
std::optional<std::int64_t> parseTimestamp(std::string_view text);

/// "2026-11-23T17:41:24.959699Z": as many digits as the value needs.
std::string formatTimestamp(std::int64_t nsSince1970);

} // namespace halfopen
