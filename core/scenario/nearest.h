// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace halfopen {

/// The known word that \a word was most likely meant to be: at most two changes away (Levenshtein),
/// or a known word that begins with it. Empty when none is near.
std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view> &known);

} // namespace halfopen
