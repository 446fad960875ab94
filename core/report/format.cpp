// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/format.h"

#include "core/base/grouped_digits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace halfopen::report {

namespace {

/// std::to_chars knows no locale, so a report reads the same everywhere.
std::string fixed(double number, int decimals)
{
    std::array<char, 64> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   std::chars_format::fixed, decimals);
    return std::string(text.data(), end.ptr);
}

/// Three significant digits for 0 <= number < 1e15.
std::string threeDigits(double number)
{
    if (number == 0)
        return "0";
    if (number >= 999.5) {
        double unit = 1;
        while (number / unit >= 999.5)
            unit *= 10;
        return groupedDigits(fixed(std::round(number / unit) * unit, 0));
    }
    int decimals = 0;
    for (double limit = 99.95; number < limit && decimals < 9; limit /= 10)
        ++decimals;
    return fixed(number, decimals);
}

/// The length in bytes of the UTF-8 character at \a at, or 0 if it is malformed.
std::size_t utf8Length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const unsigned lead = byte(at);
    const std::size_t length = lead < 0x80                     ? 1
                               : (lead >= 0xc2 && lead < 0xe0) ? 2
                               : (lead >= 0xe0 && lead < 0xf0) ? 3
                               : (lead >= 0xf0 && lead < 0xf5) ? 4
                                                               : 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(at + i) & 0xc0) != 0x80)
            return 0;
    // Overlong forms, surrogates and values past U+10FFFF.
    if ((lead == 0xe0 && byte(at + 1) < 0xa0) || (lead == 0xed && byte(at + 1) >= 0xa0) ||
        (lead == 0xf0 && byte(at + 1) < 0x90) || (lead == 0xf4 && byte(at + 1) >= 0x90))
        return 0;
    return length;
}

} // namespace

std::string formatCount(std::uint64_t count)
{
    return groupedDigits(count);
}

std::string formatShare(double share)
{
    if (!std::isfinite(share))
        return "-";
    if (share > 0 && share < 0.001)
        return "< 0.1 %";
    if (share < 1 && share > 0.999)
        return "> 99.9 %";
    return fixed(share * 100, 1) + " %";
}

std::string formatRate(double perSecond)
{
    if (!std::isfinite(perSecond))
        return "-";
    if (perSecond >= 999'500)
        return threeDigits(perSecond * 1e-6) + "M/s";
    if (perSecond >= 9'995)
        return threeDigits(perSecond * 1e-3) + "k/s";
    return threeDigits(perSecond) + "/s";
}

std::string formatRatio(double ratio)
{
    return std::isfinite(ratio) ? fixed(ratio, ratio < 99.995 ? 2 : 0) + "\u00d7" : "-";
}

std::string formatSeconds(double seconds)
{
    if (!std::isfinite(seconds))
        return "-";
    if (seconds < 0)
        return "\u2212" + formatSeconds(-seconds);
    if (seconds == 0)
        return "0 s";
    if (seconds < 999.5e-9)
        return threeDigits(seconds * 1e9) + " ns";
    if (seconds < 999.5e-6)
        return threeDigits(seconds * 1e6) + " \u00b5s";
    if (seconds < 0.9995)
        return threeDigits(seconds * 1e3) + " ms";
    if (seconds < 59.95)
        return threeDigits(seconds) + " s";
    const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
    const std::uint64_t hours = whole / 3600, minutes = whole / 60 % 60, rest = whole % 60;
    std::string text;
    if (hours > 0)
        text = formatCount(hours) + " h";
    if (minutes > 0)
        text += (text.empty() ? "" : " ") + std::to_string(minutes) + " min";
    if (rest > 0 && hours == 0)
        text += (text.empty() ? "" : " ") + std::to_string(rest) + " s";
    return text;
}

std::string formatDuration(Duration duration)
{
    // A round setting keeps its round look: "20 s", not "20.0 s".
    struct Unit {
        std::int64_t ns;
        const char *name;
    };
    for (const Unit unit :
         {Unit{1'000'000'000, " s"}, Unit{1'000'000, " ms"}, Unit{1000, " \u00b5s"}}) {
        const std::int64_t count = duration.count() / unit.ns;
        if (count > 0 && count < (unit.ns == 1'000'000'000 ? 60 : 1000) &&
            duration.count() % unit.ns == 0)
            return std::to_string(count) + unit.name;
    }
    return formatSeconds(toSeconds(duration));
}

std::string formatInstant(Instant at)
{
    // In integers, so that the last digit is the instant's own and not a rounding of a double.
    const std::int64_t ms = (at.ns() + 500'000) / 1'000'000;
    std::string rest = std::to_string(std::llabs(ms % 1000));
    rest.insert(0, 3 - rest.size(), '0');
    return std::to_string(ms / 1000) + "." + rest + " s";
}

std::string formatNumber(double number)
{
    if (!std::isfinite(number))
        return "-";
    return number < 0 ? "\u2212" + threeDigits(-number) : threeDigits(number);
}

std::string formatBytes(double bytes)
{
    if (!std::isfinite(bytes))
        return "-";
    if (bytes >= 999.5e6)
        return threeDigits(bytes * 1e-9) + " GB";
    if (bytes >= 999.5e3)
        return threeDigits(bytes * 1e-6) + " MB";
    if (bytes >= 999.5)
        return threeDigits(bytes * 1e-3) + " kB";
    return threeDigits(bytes) + " B";
}

std::string formatFingerprint(std::uint64_t fingerprint)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "0x";
    for (int shift = 60; shift >= 0; shift -= 4)
        text += kDigits[(fingerprint >> shift) & 15];
    return text;
}

std::string escapeMarkup(std::string_view text)
{
    std::string safe;
    safe.reserve(text.size() + text.size() / 16);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        const char c = text[at];
        if (length == 0) {
            safe += "\ufffd";
        } else if (length > 1) {
            safe += text.substr(at, length);
        } else if (c == '&') {
            safe += "&amp;";
        } else if (c == '<') {
            safe += "&lt;";
        } else if (c == '>') {
            safe += "&gt;";
        } else if (c == '"') {
            safe += "&quot;";
        } else if (c == '\'') {
            safe += "&#39;";
        } else if ((c >= 0 && c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f) {
            safe += "\ufffd";
        } else {
            safe += c;
        }
        at += length == 0 ? 1 : length;
    }
    return safe;
}

std::string printable(std::string_view text)
{
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        const auto c = static_cast<unsigned char>(text[at]);
        // U+0080..U+009F are control characters too, and some terminals obey them.
        const bool isC1 =
            length == 2 && c == 0xc2 && static_cast<unsigned char>(text[at + 1]) < 0xa0;
        if (length == 0 || isC1 || (length == 1 && (c < 0x20 || c == 0x7f)))
            safe += '?';
        else
            safe += text.substr(at, length);
        at += length == 0 ? 1 : length;
    }
    return safe;
}

std::string toAscii(std::string_view text)
{
    struct Replacement {
        std::string_view from, to;
    };
    static constexpr std::array kReplacements = {
        Replacement{"\u00b5", "u"},      Replacement{"\u00d7", "x"},  Replacement{"\u2212", "-"},
        Replacement{"\u2013", "-"},      Replacement{"\u00b7", "-"},  Replacement{"\u2026", "..."},
        Replacement{"\u2192", "->"},     Replacement{"\u2264", "<="}, Replacement{"\u2265", ">="},
        Replacement{"\u2588", "#"},      Replacement{"\u2591", "."},  Replacement{"\u2713", "ok"},
        Replacement{"\u2717", "FAILED"},
    };
    std::string ascii;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(utf8Length(text, at), 1);
        const std::string_view character = text.substr(at, length);
        const auto *known = std::find_if(kReplacements.begin(), kReplacements.end(),
                                         [&](const Replacement &r) { return r.from == character; });
        if (known != kReplacements.end())
            ascii += known->to;
        else
            ascii += static_cast<unsigned char>(text[at]) < 0x80 ? text[at] : '?';
        at += length;
    }
    return ascii;
}

std::size_t displayWidth(std::string_view text)
{
    std::size_t width = 0;
    for (const char c : text)
        width += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return width;
}

} // namespace halfopen::report
