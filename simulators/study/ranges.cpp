// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/study/ranges.h"

#include "core/base/units.h"
#include "core/scenario/mean_rate.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace halfopen {

namespace {

constexpr std::size_t kValuesMax = 10'000;

std::string_view trim(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

/// One end of a range.
struct End {
    double number = 0;
    std::string unit;
    bool isWhole = false;
    bool isTime = false; ///< number is in nanoseconds
};

std::optional<End> parseEnd(std::string_view text)
{
    text = trim(text);
    End end;
    const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), end.number);
    if (error != std::errc() || !std::isfinite(end.number))
        return std::nullopt;
    end.unit = trim(std::string_view(after, static_cast<std::size_t>(text.data() + text.size() - after)));
    end.isWhole = end.unit.empty() && end.number == std::floor(end.number);
    if (!end.unit.empty() && end.unit != "%" && end.unit.front() != '/') {
        const Result<Duration> time = parseDuration(text);
        if (!time)
            return std::nullopt;
        end.isTime = true;
        end.number = static_cast<double>(time->count());
    }
    return end;
}

/// So many significant digits, so that the values read well, and no exponent.
double rounded(double value, int digits)
{
    if (value == 0)
        return 0;
    const double scale = std::pow(10.0, digits - 1 - std::floor(std::log10(std::abs(value))));
    return std::round(value * scale) / scale;
}

std::string textOf(double value, const End &like, bool isWhole, int digits)
{
    if (like.isTime)
        return formatDuration(Duration(std::llround(rounded(value, digits))));
    return formatNumber(isWhole ? std::round(value) : rounded(value, digits)) + like.unit;
}

} // namespace

Result<std::vector<std::string>> parseValues(std::string_view text, std::size_t standard)
{
    const std::string whole(text);
    const std::size_t dots = text.find("..");
    std::vector<std::string> values;
    if (dots == std::string_view::npos) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(',', at), text.size());
            const std::string_view value = trim(text.substr(at, end - at));
            if (value.empty())
                return failure("'" + whole + "' has an empty value");
            values.emplace_back(value);
            at = end + 1;
        }
        return values;
    }
    std::size_t count = standard;
    bool isLog = false;
    std::string_view last = text.substr(dots + 2);
    // "/11" at the end is the count; "/s" belongs to a rate.
    if (const std::size_t slash = last.rfind('/'); slash != std::string_view::npos) {
        std::string_view digits = trim(last.substr(slash + 1));
        isLog = digits.starts_with("log");
        if (isLog)
            digits.remove_prefix(3);
        std::size_t wanted = 0;
        const auto [after, error] = std::from_chars(digits.data(), digits.data() + digits.size(), wanted);
        if (error == std::errc() && after == digits.data() + digits.size()) {
            if (wanted < 2 || wanted > kValuesMax)
                return failure("'" + whole + "': a range has 2 to 10,000 values");
            count = wanted;
            last = last.substr(0, slash);
        } else if (isLog) {
            return failure("'" + whole + "': how many values? for example 1ms..1s/log7");
        }
    }
    const std::optional<End> from = parseEnd(text.substr(0, dots));
    std::optional<End> to = parseEnd(last);
    if (from && to && from->isTime && to->number == 0)
        to->isTime = true;
    if (!from || !to || from->isTime != to->isTime || (!from->isTime && from->unit != to->unit))
        return failure("'" + whole + "' is no range: expected two values of one unit, for example 20%..80%/13 or 100ms..2s/log5");
    if (isLog && (from->number <= 0 || to->number <= 0))
        return failure("'" + whole + "': a range in equal ratios needs both ends above 0");
    const bool isWhole = from->isWhole && to->isWhole;
    for (std::size_t i = 0; i < count; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(count - 1);
        const double value = i + 1 == count ? to->number
                             : isLog        ? from->number * std::pow(to->number / from->number, share)
                                            : from->number + (to->number - from->number) * share;
        // Equal ratios are never round numbers, and nobody means 1.25992 s; the ends are what was asked for.
        const bool isBetween = i > 0 && i + 1 < count;
        const std::string one = textOf(value, *from, isWhole, isLog && isBetween ? 3 : 6);
        if (values.empty() || values.back() != one)
            values.push_back(one);
    }
    return values;
}

Result<Axis> parseAxis(std::string_view flag, std::string_view text, const Scenario &scenario, std::size_t standard)
{
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string_view::npos)
        return failure(std::string(flag) + " takes PATH=VALUES, for example policies.db_client.1.max_attempts=1..5; got '" +
                       std::string(text) + "'");
    Axis axis;
    axis.name = trim(text.substr(0, equals));
    axis.path = axis.name;
    Result<std::vector<std::string>> values = parseValues(text.substr(equals + 1), standard);
    if (!values)
        return failure(std::string(flag) + " " + axis.name + ": " + values.error().message);
    axis.values = std::move(*values);
    constexpr std::string_view kClients = "clients.", kRate = ".rate";
    if (!axis.name.starts_with(kClients) || !axis.name.ends_with(kRate) || axis.name.size() <= kClients.size() + kRate.size())
        return axis;
    const std::string client = axis.name.substr(kClients.size(), axis.name.size() - kClients.size() - kRate.size());
    for (const ClientSpec &one : scenario.clients) {
        if (one.name != client)
            continue;
        if (one.arrivals.kind == ArrivalSpec::Kind::Recorded)
            return failure(std::string(flag) + " " + axis.name + ": the arrivals of '" + client + "' are a recording");
        if (one.arrivals.kind == ArrivalSpec::Kind::ClosedLoop)
            return failure(std::string(flag) + " " + axis.name + ": '" + client
                           + "' is a closed loop: its rate follows from its users; vary the users");
        const bool isPoisson = one.arrivals.kind == ArrivalSpec::Kind::Poisson;
        axis.path = "clients." + client + (isPoisson ? ".arrivals.poisson" : ".arrivals.constant");
        if (hasShape(one.arrivals) || one.meanRate)
            axis.path = "clients." + client + ".mean_rate"; // a wave stays a wave
        for (std::string &value : axis.values)
            if (value.find('/') == std::string::npos)
                value += "/s";
        return axis;
    }
    return failure(std::string(flag) + " " + axis.name + ": there is no client '" + client + "'");
}

} // namespace halfopen
