// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <optional>
#include <string_view>

namespace halfopen::verify {

/// "slower than 50 ms", "taking more than 1 s", "> 0.5 s", "fraction_above_500ms": a time behind a
/// word that makes it a threshold. What takes longer than the one returned is slow: of "at least 1
/// s" that is the nanosecond before.
std::optional<Duration> thresholdIn(std::string_view words);

} // namespace halfopen::verify
