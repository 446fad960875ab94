// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include "core/base/wide.h"

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

namespace halfopen {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t ns;
};

// From long to short: the order in which the parts of a duration must come.
constexpr std::array<Unit, 7> kUnits{{{"d", 86'400'000'000'000},
                                      {"h", 3'600'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"s", 1'000'000'000},
                                      {"ms", 1'000'000},
                                      {"us", 1'000},
                                      {"ns", 1}}};
constexpr std::string_view kUnitNames = "ns, us, ms, s, m, h or d";

const Unit *findUnit(std::string_view name)
{
    if (name == "\u00b5s" || name == "\u03bcs") // micro sign, Greek mu
        name = "us";
    for (const Unit &unit : kUnits)
        if (unit.name == name)
            return &unit;
    return nullptr;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string quoted(std::string_view text)
{
    std::string result(1, '\'');
    result += text;
    result += '\'';
    return result;
}

/// A decimal without sign or exponent: digits before and after one point, at least one digit.
struct Decimal {
    std::string_view whole;
    std::string_view fraction;
};

std::string_view takeDigits(std::string_view &text)
{
    std::size_t n = 0;
    while (n < text.size() && isDigit(text[n]))
        ++n;
    const std::string_view digits = text.substr(0, n);
    text.remove_prefix(n);
    return digits;
}

/// Takes a decimal from the front of \a text; empty if there is none.
std::optional<Decimal> takeDecimal(std::string_view &text)
{
    Decimal number;
    number.whole = takeDigits(text);
    if (!text.empty() && text.front() == '.') {
        text.remove_prefix(1);
        number.fraction = takeDigits(text);
        if (number.fraction.empty())
            return std::nullopt;
    }
    if (number.whole.empty() && number.fraction.empty())
        return std::nullopt;
    while (!number.fraction.empty() && number.fraction.back() == '0')
        number.fraction.remove_suffix(1);
    return number;
}

bool isZero(const Decimal &number)
{
    return number.fraction.empty() && number.whole.find_first_not_of('0') == std::string_view::npos;
}

/// The double nearest to number * 10^exponent; empty if it is too large.
std::optional<double> toDouble(const Decimal &number, int exponent)
{
    std::string text(number.whole.empty() ? "0" : number.whole);
    text += '.';
    text += number.fraction.empty() ? "0" : number.fraction;
    text += 'e' + std::to_string(exponent);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range)
        return number.whole.find_first_not_of('0') == std::string_view::npos ? std::optional(0.0)
                                                                             : std::nullopt;
    return value;
}

enum class Exactness { Exact, TooFine, TooLong };

/// Adds number * unit to \a sumNs.
Exactness addPart(const Decimal &number, const Unit &unit, std::int64_t &sumNs)
{
    constexpr Wide kLimit = std::numeric_limits<std::int64_t>::max();
    Wide sum = 0;
    for (const char digit : number.whole) {
        sum = sum * 10 + (digit - '0');
        if (sum > kLimit)
            return Exactness::TooLong;
    }
    sum *= unit.ns;
    Wide tenths = 0; // the fraction times scale
    Wide scale = 1;
    for (const char digit : number.fraction) {
        if (scale > kLimit)
            return Exactness::TooFine; // no unit is divisible by 10^19
        scale *= 10;
        tenths = tenths * 10 + (digit - '0');
    }
    const Wide product = tenths * unit.ns; // below 10^19 * 10^14
    if (product % scale != 0)
        return Exactness::TooFine;
    sum += product / scale + sumNs;
    if (sum > kLimit)
        return Exactness::TooLong;
    sumNs = static_cast<std::int64_t>(sum);
    return Exactness::Exact;
}

/// The unit that a word of everyday language means: "seconds", "mins", "hrs". Null for any other.
const Unit *meantUnit(std::string_view name)
{
    struct Word {
        std::string_view name, unit;
    };
    static constexpr std::array kWords{
        Word{"sec", "s"},          Word{"secs", "s"},          Word{"second", "s"},       Word{"seconds", "s"},      Word{"S", "s"},
        Word{"min", "m"},          Word{"mins", "m"},          Word{"minute", "m"},       Word{"minutes", "m"},      Word{"hr", "h"},
        Word{"hrs", "h"},          Word{"hour", "h"},          Word{"hours", "h"},        Word{"H", "h"},            Word{"day", "d"},
        Word{"days", "d"},         Word{"D", "d"},             Word{"msec", "ms"},        Word{"msecs", "ms"},       Word{"millis", "ms"},
        Word{"millisecond", "ms"}, Word{"milliseconds", "ms"}, Word{"MS", "ms"},          Word{"Ms", "ms"},          Word{"usec", "us"},
        Word{"usecs", "us"},       Word{"micros", "us"},       Word{"microsecond", "us"}, Word{"microseconds", "us"}, Word{"nanos", "ns"},
        Word{"nanosecond", "ns"},  Word{"nanoseconds", "ns"}};
    for (const Word &word : kWords)
        if (word.name == name)
            return findUnit(word.unit);
    return nullptr;
}

/// The unit of time of a rate in another way of writing: "rps", "per second", "req/s", "/min". Null for any other.
const Unit *meantRateUnit(std::string_view text)
{
    for (const std::string_view word : {"rps", "qps", "tps", "hz", "Hz", "RPS", "QPS", "TPS"})
        if (text == word)
            return findUnit("s");
    if (text == "rpm" || text == "RPM")
        return findUnit("m");
    const std::size_t slash = text.find('/');
    const bool isPer = text.starts_with("per ");
    if (slash == std::string_view::npos && !isPer)
        return nullptr;
    const std::string_view name = trimmed(text.substr(isPer ? 4 : slash + 1));
    const Unit *unit = findUnit(name);
    return unit ? unit : meantUnit(name);
}

std::string noUnit(std::string_view text, std::string_view number)
{
    return quoted(text) + " has no unit: write " + std::string(number) + "ms or " +
           std::string(number) + "s (" + std::string(kUnitNames) + ")";
}

/// A part of a duration as a decimal: value / unit, exact.
std::string decimalOf(std::int64_t value, const Unit &unit)
{
    std::string text = std::to_string(value / unit.ns);
    std::int64_t rest = value % unit.ns;
    if (rest == 0)
        return text + std::string(unit.name);
    text += '.';
    for (std::int64_t worth = unit.ns / 10; rest != 0; worth /= 10) {
        text += static_cast<char>('0' + rest / worth);
        rest %= worth;
    }
    return text + std::string(unit.name);
}

double perSecond(double number, const Unit &unit)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    return unit.ns >= kSecond ? number / static_cast<double>(unit.ns / kSecond)
                              : number * static_cast<double>(kSecond / unit.ns);
}

} // namespace

Result<Duration> parseDuration(std::string_view text)
{
    const std::string_view all = trimmed(text);
    if (all.empty())
        return failure("a duration is missing: write a number with a unit (" +
                       std::string(kUnitNames) + "), for example 250ms");
    if (all.front() == '-')
        return failure(quoted(all) + " is negative, expected a duration of 0 or more");
    std::string_view rest = all;
    std::int64_t sumNs = 0;
    const Unit *previous = nullptr;
    while (!rest.empty()) {
        const std::string_view start = rest;
        const std::optional<Decimal> number = takeDecimal(rest);
        if (!number)
            return failure(quoted(all) + " is not a duration: expected a number with a unit (" +
                           std::string(kUnitNames) + "), for example 250ms or 1h30m");
        const std::string_view digits = start.substr(0, start.size() - rest.size());
        while (!rest.empty() && isBlank(rest.front()))
            rest.remove_prefix(1);
        std::size_t length = 0;
        while (length < rest.size() && !isDigit(rest[length]) && !isBlank(rest[length]) &&
               rest[length] != '.')
            ++length;
        const std::string_view name = rest.substr(0, length);
        rest = trimmed(rest.substr(length));
        if (name.empty()) {
            if (previous == nullptr && rest.empty() && isZero(*number))
                return Duration(0);
            return failure(noUnit(all, digits));
        }
        const Unit *unit = findUnit(name);
        if (unit == nullptr) {
            const Unit *meant = meantUnit(name);
            return failure(quoted(all) + " has the unknown unit " + quoted(name) + ", expected " +
                           std::string(kUnitNames) +
                           (meant                          ? ": write " + std::string(digits) + std::string(meant->name)
                            : name == "e" || name == "E" ? ": write the number out, without an exponent"
                                                         : ""));
        }
        if (previous != nullptr && unit->ns >= previous->ns)
            return failure(quoted(all) +
                           " is out of order: units go from long to short, each once, " +
                           "as in 1h30m");
        previous = unit;
        switch (addPart(*number, *unit, sumNs)) {
        case Exactness::Exact:
            break;
        case Exactness::TooFine:
            return failure(quoted(all) + " is finer than 1 ns, the smallest step of time here");
        case Exactness::TooLong:
            return failure(quoted(all) + " is longer than 292 years, the longest duration");
        }
    }
    return Duration(sumNs);
}

Result<double> parseRate(std::string_view text)
{
    const std::string_view all = trimmed(text);
    const std::string example = ", for example 900/s or 10/m";
    if (!all.empty() && all.front() == '-')
        return failure(quoted(all) + " is negative, expected a rate of 0 or more");
    std::string_view rest = all;
    const std::optional<Decimal> number = takeDecimal(rest);
    if (!number)
        return failure((all.empty() ? "a rate is missing" : quoted(all) + " is not a rate") +
                       ": write a number per unit of time" + example);
    rest = trimmed(rest);
    if (rest.empty()) {
        if (isZero(*number))
            return 0.0;
        return failure(quoted(all) + " has no unit: write " + std::string(all) + "/s (/" +
                       "ns, /us, /ms, /s, /m, /h or /d)");
    }
    const Unit *unit = rest.front() == '/' ? findUnit(trimmed(rest.substr(1))) : nullptr;
    if (unit == nullptr) {
        const bool isExponent = rest.size() > 1 && (rest[0] == 'e' || rest[0] == 'E') && (isDigit(rest[1]) || rest[1] == '+' || rest[1] == '-');
        const Unit *meant = isExponent ? nullptr : meantRateUnit(rest);
        const std::string_view digits = trimmed(all.substr(0, all.size() - rest.size()));
        return failure(quoted(all) + " has the unknown unit " + quoted(rest) +
                       ", expected /ns, /us, /ms, /s, /m, /h or /d" +
                       (meant        ? ": write " + std::string(digits) + "/" + std::string(meant->name)
                        : isExponent ? ": write the number out, without an exponent"
                                     : ""));
    }
    const std::optional<double> value = toDouble(*number, 0);
    if (!value || perSecond(*value, *unit) >= 1e300)
        return failure(quoted(all) + " is too large for a rate");
    return perSecond(*value, *unit);
}

Result<double> parseProbability(std::string_view text)
{
    const std::string_view all = trimmed(text);
    std::string_view rest = all;
    if (!rest.empty() && rest.front() == '-')
        rest.remove_prefix(1);
    const std::optional<Decimal> number = takeDecimal(rest);
    rest = trimmed(rest);
    const bool isPercent = rest == "%";
    if (!number || (!rest.empty() && !isPercent))
        return failure(
            (all.empty() ? "a probability is missing" : quoted(all) + " is not a probability") +
            (number && (rest == "percent" || rest == "pct" || rest == "per cent" || rest == "percents")
                 ? ": write " + std::string(trimmed(all.substr(0, all.size() - rest.size()))) + "%"
                 : ": write 10% or 0.1"));
    const std::optional<double> value = toDouble(*number, isPercent ? -2 : 0);
    const bool isNegative = all.front() == '-' && !isZero(*number);
    if (isNegative || !value || *value > 1.0) {
        if (isPercent)
            return failure(quoted(all) + " is out of range, expected 0% to 100%");
        const bool mayBePercent = !isNegative && value && *value <= 100;
        return failure(quoted(all) + " is out of range, expected 0 to 1 or 0% to 100%" +
                       (mayBePercent ? "; did you mean " + std::string(all) + "%?" : ""));
    }
    return *value;
}

Result<std::int64_t> parseCount(std::string_view text)
{
    const std::string_view all = trimmed(text);
    if (all.empty())
        return failure("a count is missing: write a whole number, for example 100");
    if (all.front() == '-')
        return failure(quoted(all) + " is negative, expected a whole number of 0 or more");
    constexpr std::int64_t kLimit = std::numeric_limits<std::int64_t>::max();
    std::int64_t value = 0;
    char before = '_';
    for (const char c : all) {
        const bool isSeparator = c == '_' && before != '_';
        if (!isDigit(c) && !isSeparator)
            return failure(quoted(all) + " is not a whole number: write for example 100 or 1_000");
        before = c;
        if (isSeparator)
            continue;
        if (value > (kLimit - (c - '0')) / 10)
            return failure(quoted(all) + " is too large, expected at most " +
                           std::to_string(kLimit));
        value = value * 10 + (c - '0');
    }
    if (before == '_')
        return failure(quoted(all) + " is not a whole number: write for example 100 or 1_000");
    return value;
}

std::string formatDuration(Duration duration)
{
    std::int64_t ns = duration.count();
    if (ns == 0)
        return "0s";
    std::string text;
    if (ns < 0) {
        // The most negative value has no positive counterpart.
        ns = ns == std::numeric_limits<std::int64_t>::min() ? Duration::max().count() : -ns;
        text = '-';
    }
    for (const Unit &unit : kUnits) {
        if (ns < unit.ns)
            continue;
        if (unit.ns < 60'000'000'000) // below a minute one part is enough
            return text + decimalOf(ns, unit);
        text += std::to_string(ns / unit.ns) + std::string(unit.name);
        ns %= unit.ns;
        if (ns == 0)
            return text;
    }
    return text;
}

std::string formatNumber(double value)
{
    std::array<char, 1500> buffer{}; // the longest double has 1077 characters
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                            std::chars_format::fixed);
    return std::string(buffer.data(), end);
}

std::string formatRate(double perSecondValue)
{
    HALFOPEN_CHECK(perSecondValue >= 0.0 && perSecondValue < 1e300);
    std::string best = formatNumber(perSecondValue) + "/s";
    for (const std::string_view name : {"m", "h", "d"}) {
        const Unit &unit = *findUnit(name);
        const double number = perSecondValue * static_cast<double>(unit.ns / 1'000'000'000);
        const std::string text = formatNumber(number) + "/" + std::string(name);
        if (text.size() < best.size() && perSecond(number, unit) == perSecondValue)
            best = text;
    }
    return best;
}

std::string formatProbability(double probability)
{
    HALFOPEN_CHECK(probability >= 0.0 && probability <= 1.0);
    // The point of the shortest decimal moves by two places, which loses nothing.
    std::string digits = formatNumber(probability);
    std::size_t point = digits.find('.');
    if (point == std::string::npos)
        point = digits.size();
    else
        digits.erase(point, 1);
    while (digits.size() < point + 2)
        digits += '0';
    digits.insert(point + 2, 1, '.');
    if (digits.back() == '.')
        digits.pop_back();
    const std::size_t lead = digits.find_first_not_of('0');
    if (lead == std::string::npos)
        return "0%";
    digits.erase(0, lead);
    if (digits.front() == '.')
        digits.insert(0, 1, '0');
    return digits + "%";
}

} // namespace halfopen
