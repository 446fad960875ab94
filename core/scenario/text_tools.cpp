// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/text_tools.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace halfopen {

namespace {

constexpr std::size_t kLettersCompared = 64;

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 0; ///< 0 = not valid UTF-8
};

/// Decodes the code point at the start of \a text, which is not empty.
CodePoint decode(std::string_view text)
{
    const auto byteAt = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byteAt(0);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length)
        return {};
    std::uint32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(i) & 0xC0) != 0x80)
            return {};
        value = value << 6 | (byteAt(i) & 0x3Fu);
    }
    // Refuse overlong forms, surrogates and what lies beyond Unicode.
    constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    if (value < kLeast[length] || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF)
        return {};
    return {value, length};
}

/// Columns of a terminal. A short form of Unicode's East Asian Width and combining marks: the
/// blocks that turn up in comments and names, not every single exception.
int displayWidth(std::uint32_t c)
{
    struct Range {
        std::uint32_t first, last;
    };
    constexpr std::array<Range, 6> kNoWidth{{{0x300, 0x36F},
                                             {0x200B, 0x200F},
                                             {0x20D0, 0x20FF},
                                             {0xFE00, 0xFE0F},
                                             {0x1AB0, 0x1AFF},
                                             {0xFE20, 0xFE2F}}};
    constexpr std::array<Range, 8> kWide{{{0x1100, 0x115F},
                                          {0x2E80, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};
    const auto within = [c](const Range &range) { return c >= range.first && c <= range.last; };
    if (std::any_of(kNoWidth.begin(), kNoWidth.end(), within))
        return 0;
    return std::any_of(kWide.begin(), kWide.end(), within) ? 2 : 1;
}

} // namespace

std::size_t editDistance(std::string_view a, std::string_view b)
{
    a = a.substr(0, kLettersCompared);
    b = b.substr(0, kLettersCompared);
    std::array<std::array<std::size_t, kLettersCompared + 1>, kLettersCompared + 1> cost; // as much of it as is needed
    for (std::size_t i = 0; i <= a.size(); ++i)
        cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j)
        cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t exchanged = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({exchanged, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

/// Equal but for capitals (of ASCII).
static bool sameLetters(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [lower](char x, char y) { return lower(x) == lower(y); });
}

std::string_view nearestWord(std::string_view word, std::span<const std::string_view> words)
{
    if (word.size() < 2)
        return {};
    std::string_view best;
    std::size_t bestDistance = std::max<std::size_t>(word.size() / 3, word.size() >= 3 ? 1 : 0) + 1;
    for (const std::string_view candidate : words) {
        if (sameLetters(word, candidate))
            return candidate;
        const std::size_t longer = std::max(word.size(), candidate.size()), shorter = std::min(word.size(), candidate.size());
        if (longer - shorter >= bestDistance && shorter < kLettersCompared)
            continue; // so many letters must be added alone
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance) {
            best = candidate;
            bestDistance = distance;
        }
    }
    return best;
}

std::string joinWords(std::span<const std::string_view> words, std::string_view last)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 < words.size() ? std::string(", ") : " " + std::string(last) + " ";
        text += words[i];
    }
    return text;
}

std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        lines.push_back(line);
        if (end == std::string_view::npos)
            return lines;
        text.remove_prefix(end + 1);
    }
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kWhite = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kWhite);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

std::size_t codePoints(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80;
    }));
}

std::size_t firstInvalidUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode(text.substr(at));
        if (point.bytes == 0)
            return at;
        at += point.bytes;
    }
    return std::string_view::npos;
}

std::string printableText(std::string_view text)
{
    std::string safe;
    while (!text.empty()) {
        const CodePoint point = decode(text);
        const std::size_t bytes = std::max<std::size_t>(point.bytes, 1);
        const bool isControl = point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0);
        if (point.bytes == 0 || (isControl && point.value != '\t'))
            safe += '?';
        else
            safe += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return safe;
}

std::string paddingFor(std::string_view utf8)
{
    std::string padding;
    while (!utf8.empty()) {
        const CodePoint point = decode(utf8);
        if (point.value == '\t')
            padding += '\t';
        else if (point.bytes == 0) // a broken byte is shown as one replacement sign
            padding += ' ';
        else
            padding.append(static_cast<std::size_t>(displayWidth(point.value)), ' ');
        utf8.remove_prefix(std::max<std::size_t>(point.bytes, 1));
    }
    return padding;
}

} // namespace halfopen
