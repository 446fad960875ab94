// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/study/present_value.h"

#include "core/base/units.h"
#include "core/scenario/mean_rate.h"
#include "core/scenario/world_schema.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace halfopen {

namespace {

std::vector<std::string_view> partsOf(std::string_view path)
{
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('.', at), path.size());
        parts.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// What of \a path is behind its first \a count parts.
std::string_view behind(std::string_view path, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        path.remove_prefix(std::min(path.find('.'), path.size() - 1) + 1);
    return path;
}

std::optional<std::string> valueOf(const Schema &schema, const void *config, std::string_view key)
{
    const Field *field = schema.find(key);
    return field ? std::optional(formatValue(*field, field->get(config))) : std::nullopt;
}

std::optional<std::string> ofLayer(const Scenario &scenario, const std::vector<std::string_view> &parts, std::string_view path)
{
    const PolicyStackSpec *stack = scenario.findStack(parts[1]);
    std::size_t layer = 0;
    const auto [after, error] = std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), layer);
    if (!stack || error != std::errc() || after != parts[2].data() + parts[2].size() || layer >= stack->layers.size())
        return std::nullopt;
    const PolicySpec &policy = stack->layers[layer];
    const Field *field = policy.type->schema().find(behind(path, 3));
    return field ? std::optional(formatValue(*field, policy.settings.get(*field))) : std::nullopt;
}

std::optional<std::string> ofClient(const Scenario &scenario, const std::vector<std::string_view> &parts, std::string_view path)
{
    const auto client = std::find_if(scenario.clients.begin(), scenario.clients.end(), [&](const ClientSpec &one) { return one.name == parts[1]; });
    if (client == scenario.clients.end())
        return std::nullopt;
    const std::string_view key = behind(path, 2);
    if (key != "mean_rate" && key != "arrivals.poisson" && key != "arrivals.constant")
        return valueOf(clientSchema(), &*client, key);
    if (client->arrivals.points.empty())
        return std::nullopt;
    // To nine digits: scaling a shape to its mean leaves the last ones to chance.
    const double rate = meanRateOf(client->arrivals, std::max(scenario.duration - client->arrivals.startsAt.value_or(Duration(0)), Duration(0)));
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, rate, std::chars_format::general, 9).ptr;
    return std::string(text, end) + "/s";
}

/// "25%..75%/5" around \a value, within the range of \a field; empty when it is no number.
std::string rangeAround(const Field &field, const Value &value)
{
    const auto range = [&](const Value &from, const Value &to, const char *how) {
        return formatValue(field, from) + ".." + formatValue(field, to) + how;
    };
    const auto within = [&](auto wanted) {
        if (const auto *min = std::get_if<decltype(wanted)>(&field.min))
            wanted = std::max(wanted, *min);
        if (const auto *max = std::get_if<decltype(wanted)>(&field.max))
            wanted = std::min(wanted, *max);
        return Value(wanted);
    };
    if (const auto *time = std::get_if<Duration>(&value); time && *time > Duration(1))
        return range(within(*time / 2), within(*time * 2), "/log5");
    if (const auto *count = std::get_if<std::int64_t>(&value); count && *count >= 2)
        return range(within(std::int64_t(1)), within(*count * 2), "/5");
    if (const auto *number = std::get_if<double>(&value); number && *number > 0)
        return range(within(*number / 2), within(*number * 1.5), "/5");
    return {};
}

} // namespace

std::optional<std::string> presentValue(const Scenario &scenario, std::string_view path)
{
    const std::vector<std::string_view> parts = partsOf(path);
    if (path == "duration")
        return formatDuration(scenario.duration);
    if (path == "seed")
        return std::to_string(scenario.seed);
    if (parts.size() >= 4 && parts[0] == "policies")
        return ofLayer(scenario, parts, path);
    if (parts.size() >= 3 && parts[0] == "clients")
        return ofClient(scenario, parts, path);
    if (parts.size() >= 3 && parts[0] == "services")
        if (const ServiceSpec *service = scenario.findService(parts[1]))
            return valueOf(serviceSchema(), service, behind(path, 2));
    return std::nullopt;
}

std::string axisProposal(const Scenario &scenario)
{
    for (const PolicyStackSpec &stack : scenario.stacks)
        for (std::size_t i = 0; i < stack.layers.size(); ++i) {
            const PolicySpec &policy = stack.layers[i];
            for (const Field &field : policy.type->schema().fields) {
                const std::string range = rangeAround(field, policy.settings.get(field));
                if (!range.empty())
                    return "policies." + stack.name + "." + std::to_string(i) + "." + std::string(field.key) + "=" + range;
            }
        }
    return {};
}

} // namespace halfopen
