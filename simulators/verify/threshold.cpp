// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/threshold.h"

#include "core/verify/model_reader.h"
#include "core/verify/unit_name.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace halfopen::verify {

/// The time at the beginning of \a text: "50 ms", "0.5s", "2 seconds".
static std::optional<Duration> timeAtStartOf(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc())
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    text.remove_prefix(std::min(text.find_first_not_of(" _"), text.size()));
    std::size_t letters = 0;
    while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z')
        ++letters;
    const std::string_view word = text.substr(0, letters);
    for (const TimeUnit &unit : rateUnits())
        if (unit.name == word)
            return secondsToDuration(number * unit.seconds);
    return std::nullopt;
}

std::optional<Duration> thresholdIn(std::string_view words)
{
    constexpr std::pair<std::string_view, bool> kPhrases[] = {
        {"slower than ", false},
        {"slower_than_", false},
        {"more than ", false},
        {"more_than_", false},
        {"longer than ", false},
        {"longer_than_", false},
        {"greater than ", false},
        {"greater_than_", false},
        {"at least ", true},
        {"or above ", true},
        {"above ", false},
        {"above_", false},
        {"over ", false},
        {"over_", false},
        {"exceeding ", false},
        {"exceeding_", false},
        {"exceeds ", false},
        {"exceeds_", false},
        {"exceed ", false},
        {">= ", true},
        {"> ", false},
        {">=", true},
        {">", false},
        {"threshold ", false},
    };
    for (const auto &[phrase, isIncluded] : kPhrases)
        for (std::size_t at = words.find(phrase); at != std::string_view::npos;
             at = words.find(phrase, at + 1))
            if (const auto time = timeAtStartOf(words.substr(at + phrase.size())))
                return isIncluded ? *time - Duration(1) : *time;
    return std::nullopt;
}

} // namespace halfopen::verify
