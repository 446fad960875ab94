// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/flags.h"

#include "core/scenario/schema.h"

#include <CLI/CLI.hpp>

#include <charconv>
#include <limits>
#include <utility>

namespace halfopen {

void OptionalValueFlag::declare(CLI::App &app, const std::string &flag,
                                const std::string &valueName, const std::string &help)
{
    name = flag;
    const auto read = [this](const CLI::results_t &results) {
        given = true;
        value = results.empty() ? std::string() : results.front();
        // What CLI11 hands over for a flag without a value.
        if (value == "true" || value == "{}")
            value.clear();
        return true;
    };
    app.add_option(flag, read, help)->expected(0, 1)->option_text(valueName);
}

Result<void> OptionalValueFlag::giveBackScenario(std::string &file)
{
    if (!value.ends_with(".yaml") && !value.ends_with(".yml"))
        return {};
    if (!file.empty())
        return failure(name + " " + value + " would overwrite a scenario; name another file");
    file = value;
    value.clear();
    return {};
}

CLI::Option *declareWholeNumber(CLI::App &app, const std::string &flag, std::uint64_t most, std::function<void(std::uint64_t)> take,
                                const std::string &help)
{
    const auto read = [most](const std::string &text) -> std::optional<std::uint64_t> {
        std::uint64_t number = 0;
        const char *end = text.data() + text.size();
        const auto [after, error] = std::from_chars(text.data(), end, number);
        return error == std::errc() && after == end && number <= most ? std::optional(number) : std::nullopt;
    };
    const std::string note = most == std::numeric_limits<std::uint64_t>::max() ? " (2^64 - 1)" : "";
    const auto check = [read, most, note](const std::string &text) {
        return read(text) ? std::string() : "expected a whole number from 0 to " + std::to_string(most) + note + ", got '" + text + "'";
    };
    const auto taken = [read, take = std::move(take)](const std::string &text) { take(read(text).value_or(0)); };
    return app.add_option_function<std::string>(flag, taken, help)->option_text("N")->check(check);
}

void declareSeed(CLI::App &app, std::optional<std::uint64_t> &seed, const std::string &help)
{
    declareWholeNumber(app, "--seed", std::numeric_limits<std::uint64_t>::max(), [&seed](std::uint64_t number) { seed = number; }, help);
}

Result<std::optional<Duration>> parseDurationFlag(std::string_view flag, const std::string &text)
{
    if (text.empty())
        return std::nullopt;
    Field field{.key = flag, .type = ValueType::Duration, .help = "", .standard = {}};
    field.min = Duration(1);
    const Result<Value> value = parseValue(field, text);
    if (!value)
        return tl::unexpected<Error>(value.error());
    return std::get<Duration>(*value);
}

} // namespace halfopen
