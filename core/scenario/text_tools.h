// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// How many letters must be added, removed, exchanged or swapped with a neighbour to turn one word
/// into the other (optimal string alignment distance), never counted beyond 64 letters of either.
std::size_t editDistance(std::string_view a, std::string_view b);

/// The one of \a words that \a word was probably meant to be, or empty. Near enough means: at most
/// a third of the letters differ, and at least one edit is always allowed for words of three
/// letters or more.
std::string_view nearestWord(std::string_view word, std::span<const std::string_view> words);

/// "a", "a or b", "a, b or c".
std::string joinWords(std::span<const std::string_view> words, std::string_view last = "or");

/// The lines of a text without their ends ("\n" or "\r\n").
std::vector<std::string_view> splitLines(std::string_view text);

std::string_view trimmed(std::string_view text);

/// The number of code points in the first \a bytes bytes of a UTF-8 text.
std::size_t codePoints(std::string_view utf8);

/// The place of the first byte that is not valid UTF-8, or npos.
std::size_t firstInvalidUtf8(std::string_view text);

/// \a text with control characters and broken bytes replaced by '?', so that a file cannot steer a terminal. Tabs stay.
std::string printableText(std::string_view text);

/// White space that is as wide on a terminal as \a utf8: tabs stay tabs, wide letters (CJK, emoji)
/// count two, combining marks none. A caret behind it stands below the letter that follows \a utf8.
std::string paddingFor(std::string_view utf8);

} // namespace halfopen
