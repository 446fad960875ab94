// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace halfopen {

/// A page of resources/help. The pages are a part of the program, so they are there wherever it is.
struct WrittenPage {
    std::string_view word;     ///< "circuit_breaker.polly"
    std::string_view language; ///< "en", "de"
    std::string_view markdown; ///< without the licence at its head; UTF-8
};
/// All of them.
std::span<const WrittenPage> helpPages();

/// The page of that word in that language; empty if there is none.
std::optional<std::string_view> helpPage(std::string_view word, std::string_view language = "en");

} // namespace halfopen
