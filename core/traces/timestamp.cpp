// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traces/timestamp.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace halfopen {

namespace {

/// Takes exactly \a digits digits from the front.
std::optional<int> takeNumber(std::string_view &text, std::size_t digits)
{
    if (text.size() < digits)
        return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool takeOneOf(std::string_view &text, std::string_view letters)
{
    if (text.empty() || letters.find(text.front()) == std::string_view::npos)
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> takeFraction(std::string_view &text)
{
    std::int64_t ns = 0;
    std::int64_t worth = 100'000'000;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (++digits > 9)
            return std::nullopt;
        ns += (text.front() - '0') * worth;
        worth /= 10;
        text.remove_prefix(1);
    }
    return digits > 0 ? std::optional(ns) : std::nullopt;
}

/// "Z", "+02:00", "-0530": minutes ahead of UTC.
std::optional<int> takeZone(std::string_view &text)
{
    if (takeOneOf(text, "Zz"))
        return 0;
    const bool behind = text.starts_with('-');
    if (!takeOneOf(text, "+-"))
        return std::nullopt;
    const std::optional<int> hours = takeNumber(text, 2);
    takeOneOf(text, ":");
    const std::optional<int> minutes = takeNumber(text, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return (behind ? -1 : 1) * (*hours * 60 + *minutes);
}

} // namespace

std::optional<std::int64_t> parseTimestamp(std::string_view text)
{
    const auto year = takeNumber(text, 4);
    const bool dash = takeOneOf(text, "-");
    const auto month = takeNumber(text, 2);
    const bool secondDash = takeOneOf(text, "-");
    const auto day = takeNumber(text, 2);
    const bool separator = takeOneOf(text, "Tt ");
    const auto hour = takeNumber(text, 2);
    const bool colon = takeOneOf(text, ":");
    const auto minute = takeNumber(text, 2);
    const bool secondColon = takeOneOf(text, ":");
    const auto second = takeNumber(text, 2);
    if (!year || !dash || !month || !secondDash || !day || !separator || !hour || !colon ||
        !minute || !secondColon || !second)
        return std::nullopt;
    std::optional<std::int64_t> fraction = 0;
    if (takeOneOf(text, ".,"))
        fraction = takeFraction(text);
    const std::optional<int> zone = takeZone(text);
    if (!fraction || !zone || !text.empty())
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *year < 1900 || *year > 2199 || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = ((days * 24 + *hour) * 60 + *minute - *zone) * 60 + *second;
    return seconds * 1'000'000'000 + *fraction;
}

std::string formatTimestamp(std::int64_t nsSince1970)
{
    using namespace std::chrono;
    const sys_time<nanoseconds> time{nanoseconds(nsSince1970)};
    const sys_days day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 64> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%09lld",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<long long>(clock.subseconds().count()));
    std::string text(buffer.data(), static_cast<std::size_t>(length));
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text + "Z";
}

} // namespace halfopen
