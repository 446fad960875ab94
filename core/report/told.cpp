// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/told.h"

#include "core/base/grouped_digits.h"
#include "core/report/format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace halfopen::report {

namespace {

constexpr int kDigitsMost = 5;    ///< of a number that has an interval
constexpr int kDigitsPlain = 3;   ///< of one that has none
constexpr int kDecimalsMost = 3;  ///< of a number that has an interval, if it needs no more
constexpr int kShareFinest = -9;  ///< power of ten: where a share that is not quite all or nothing is told as such after all
constexpr double kRounding = 1e-12; ///< of a number: what a sum of doubles may lose
constexpr double kMinute = 60;    ///< seconds: from here on a plain time is told in minutes

/// The power of ten of the first digit.
int exponentOf(double magnitude)
{
    return static_cast<int>(std::floor(std::log10(magnitude)));
}

/// To a multiple of 10^place. Dividing by a whole power gives the number nearest to it, as it is written.
double roundedTo(double value, int place)
{
    const double unit = std::pow(10.0, std::abs(place));
    return place < 0 ? std::round(value * unit) / unit : std::round(value / unit) * unit;
}

double roundedUpTo(double value, int place)
{
    const double near = roundedTo(value, place);
    const double unit = std::pow(10.0, place);
    return near < value * (1 - kRounding) ? roundedTo(near + unit, place) : near;
}

/// Whether an interval leaves 0 out, when both numbers are told to that place; cut: with the half width rounded up.
bool isOutside(double mean, double halfWidth, int place)
{
    return std::abs(roundedTo(mean, place)) > roundedTo(halfWidth, place) * (1 + kRounding);
}
bool isOutsideCut(double mean, double halfWidth, int place)
{
    return std::abs(roundedTo(mean, place)) > roundedUpTo(halfWidth, place) * (1 + kRounding);
}

struct Scale {
    Told::Unit unit;
    int exponent; ///< of one of the unit, in the quantity's own
};

Scale scaleOf(Quantity quantity, bool isDifference, double size)
{
    switch (quantity) {
    case Quantity::Share:
        return {isDifference ? Told::Unit::Points : Told::Unit::Percent, -2};
    case Quantity::Count:
        return {Told::Unit::None, 0};
    case Quantity::PerSecond:
        return {Told::Unit::PerSecond, 0};
    case Quantity::Ratio:
        return {Told::Unit::Times, 0};
    case Quantity::Seconds:
        break;
    }
    if (size >= 1 || size == 0)
        return {Told::Unit::Seconds, 0};
    if (size >= 1e-3)
        return {Told::Unit::Milliseconds, -3};
    return size >= 1e-6 ? Scale{Told::Unit::Microseconds, -6} : Scale{Told::Unit::Nanoseconds, -9};
}

/// The place of the last digit of a number that has no interval.
int plainPlace(Quantity quantity, double size, std::size_t count, bool isDifference)
{
    if (quantity == Quantity::Count && (count > 1 || size == std::floor(size)))
        return count > 1 ? -1 : 0;
    if (quantity == Quantity::Share && !isDifference) {
        int place = -3;
        while (place > kShareFinest && ((size < 1 && roundedTo(size, place) == 1) || (size > 0 && roundedTo(size, place) == 0)))
            --place; // one lost call in a million is not none
        return place;
    }
    if (size == 0)
        return quantity == Quantity::Share ? -4 : 0;
    const int place = exponentOf(size) - kDigitsPlain + 1;
    if (quantity == Quantity::Share)
        return std::max(place, std::min(-4, exponentOf(size)));
    return std::min(place, quantity == Quantity::Ratio ? -2 : quantity == Quantity::Seconds ? place : 0);
}

Told told(Quantity quantity, double mean, double halfWidth, std::size_t count, Duration step, bool isDifference, bool isUpper)
{
    Told told;
    if (!std::isfinite(mean))
        return told;
    const double size = std::abs(mean);
    const bool isSure = std::isfinite(halfWidth) && halfWidth > 0;
    const bool isStepped = step > Duration(0);
    const int stepPlace = isStepped ? exponentOf(static_cast<double>(step.count())) - 9 : 0;
    int place = isStepped ? stepPlace : plainPlace(quantity, size, count, isDifference);
    bool isCut = false; ///< the interval asks for more places than there are
    if (isSure) {
        place = exponentOf(halfWidth) - 1;
        if (roundedTo(halfWidth, place) >= 100 * std::pow(10.0, place) * (1 - kRounding)) // 0.0996 has become 0.100
            ++place;
        int least = std::min(0, exponentOf(std::max(size, halfWidth)) - kDigitsMost + 1);
        least = isStepped ? std::max(least, stepPlace) : least;
        isCut = place < least;
        place = std::max(place, least);
    } else if (isStepped && size >= kMinute) {
        place = std::max(place, 0);
    }
    // Behind so many zeros one digit of the interval is enough, unless the second is what leaves 0 out of it.
    if (isSure && !isCut && scaleOf(quantity, isDifference, std::max(size, halfWidth)).exponent - place > kDecimalsMost
        && isOutside(mean, halfWidth, place) == isOutsideCut(mean, halfWidth, place + 1)) {
        ++place;
        isCut = true;
    }
    const double value = isUpper ? roundedUpTo(mean, place) : roundedTo(mean, place);
    const double half = !isSure ? halfWidth : isCut ? roundedUpTo(halfWidth, place) : roundedTo(halfWidth, place);
    const Scale scale = scaleOf(quantity, isDifference, std::max(std::abs(value), isSure ? half : 0.0));
    const double unit = std::pow(10.0, -scale.exponent);
    told.unit = scale.unit;
    told.decimals = std::max(0, scale.exponent - place);
    told.value = value * unit;
    told.halfWidth = half * unit;
    return told;
}

std::string fixed(double number, int decimals)
{
    std::array<char, 64> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, decimals);
    return groupedDigits(std::string(text.data(), end.ec == std::errc() ? end.ptr : text.data()));
}

const char *nameOf(Told::Unit unit)
{
    switch (unit) {
    case Told::Unit::None:
        return "";
    case Told::Unit::Percent:
        return " %";
    case Told::Unit::Points:
        return " pt";
    case Told::Unit::Times:
        return "\u00d7";
    case Told::Unit::PerSecond:
        return "/s";
    case Told::Unit::Seconds:
        return " s";
    case Told::Unit::Milliseconds:
        return " ms";
    case Told::Unit::Microseconds:
        return " \u00b5s";
    case Told::Unit::Nanoseconds:
        return " ns";
    }
    return "";
}

} // namespace

Told tell(Quantity quantity, double mean, double halfWidth, std::size_t count, Duration step)
{
    if (step > Duration(0) && mean <= toSeconds(step))
        return tellInSteps(Duration(std::llround(mean * 1e9)), step); // within one there is no interval to tell
    return told(quantity, mean, halfWidth, count, step, false, step > Duration(0));
}

Told tellDifference(Quantity quantity, double mean, double halfWidth, std::size_t count, Duration step)
{
    return told(quantity, mean, halfWidth, count, step, true, false);
}

Told tellInSteps(Duration time, Duration step)
{
    Told known = told(Quantity::Seconds, toSeconds(time), std::numeric_limits<double>::quiet_NaN(), 1, step, false, true);
    known.isWithin = time <= step;
    return known;
}

bool isClearAsTold(const Told &told)
{
    return std::isfinite(told.value) && (!std::isfinite(told.halfWidth) || std::abs(told.value) > told.halfWidth * (1 + kRounding));
}

std::string toldText(const Told &told, bool isDifference)
{
    if (!std::isfinite(told.value))
        return "-";
    const bool hasInterval = std::isfinite(told.halfWidth);
    if (isDifference && told.value == 0 && !hasInterval)
        return "0";
    std::string text = told.value < 0 ? "\u2212" : isDifference && told.value > 0 ? "+" : "";
    const double size = std::abs(told.value);
    text += told.isWithin ? "within " : "";
    if (told.unit == Told::Unit::Seconds && size >= kMinute && !hasInterval)
        return text + formatSeconds(size);
    text += fixed(size, told.decimals);
    if (hasInterval)
        text += " \u00b1" + (told.halfWidth == 0 ? "0" : fixed(told.halfWidth, told.decimals));
    return text + nameOf(told.unit);
}

} // namespace halfopen::report
