// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/fit.h"

#include "app/commands/command_line.h"
#include "app/console/terminal.h"
#include "core/base/quantile_fit.h"
#include "core/base/units.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/text_page.h"
#include "core/traces/json_lines_reader.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

struct Flags {
    std::vector<std::string> arguments;
    bool isJson = false;
};

Result<QuantilePoint> readPoint(const std::string &argument)
{
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos)
        return failure("'" + argument + "' is neither pNN=TIME nor the only argument: give percentiles such as p50=12ms, or "
                       "one recording");
    const Result<double> probability = parsePercentileName(argument.substr(0, equals));
    if (!probability)
        return tl::unexpected<Error>(probability.error());
    const Result<Duration> value = parseDuration(argument.substr(equals + 1));
    if (!value)
        return failure("'" + argument + "': " + value.error().message);
    return QuantilePoint{*probability, *value};
}

Result<std::vector<QuantilePoint>> readPoints(const std::vector<std::string> &arguments)
{
    if (arguments.size() == 1 && arguments.front().find('=') == std::string::npos) {
        const auto recording = readSharedRecording(arguments.front());
        if (!recording)
            return tl::unexpected<Error>(recording.error());
        Result<std::vector<QuantilePoint>> points = percentilesOf(goodDurations(**recording));
        return points ? std::move(points) : failure(arguments.front() + ": " + points.error().message);
    }
    std::vector<QuantilePoint> points;
    for (const std::string &argument : arguments) {
        const Result<QuantilePoint> point = readPoint(argument);
        if (!point)
            return tl::unexpected<Error>(point.error());
        points.push_back(*point);
    }
    return points;
}

std::string seconds(Duration value)
{
    return report::formatSeconds(report::inSeconds(value.count()));
}

std::string textOf(const QuantileFit &fit)
{
    report::TextPage page(outputStyle());
    std::vector<report::TextTable::Column> columns{{"family"}, {"misfit"}};
    for (const QuantilePoint &point : fit.points)
        columns.push_back({percentileName(point.probability), false, static_cast<int>(columns.size()) - 1});
    report::TextTable table(columns, page.style());
    std::vector<report::TextTable::Cell> given{"measured", ""};
    for (const QuantilePoint &point : fit.points)
        given.emplace_back(seconds(point.value), report::Tone::Strong);
    table.addRow(std::move(given));
    for (const FittedFamily &family : fit.families) {
        const bool isBest = &family == &fit.best();
        std::vector<report::TextTable::Cell> row{{family.family, isBest ? report::Tone::Good : report::Tone::Plain},
                                                 report::formatShare(family.misfit)};
        for (const Duration value : family.values)
            row.emplace_back(seconds(value));
        table.addRow(std::move(row));
    }
    page.table(table);
    page.blank();
    // Not broken into lines: it is there to be copied.
    return page.text() + "service_time: " + fit.best().yaml + "\n";
}

std::string jsonOf(const QuantileFit &fit)
{
    Json root;
    root["service_time"] = fit.best().yaml;
    root["measured_ms"] = Json::object();
    for (const QuantilePoint &point : fit.points)
        root["measured_ms"][percentileName(point.probability)] = report::inMilliseconds(point.value.count());
    root["families"] = Json::array();
    for (const FittedFamily &family : fit.families) {
        Json fitted;
        for (std::size_t i = 0; i < fit.points.size(); ++i)
            fitted[percentileName(fit.points[i].probability)] = report::inMilliseconds(family.values[i].count());
        root["families"].push_back({{"family", family.family},
                                    {"service_time", family.yaml},
                                    {"misfit", family.misfit},
                                    {"fitted_ms", std::move(fitted)}});
    }
    return root.dump(2) + "\n";
}

int fit(const Flags &flags)
{
    Result<std::vector<QuantilePoint>> points = readPoints(flags.arguments);
    if (!points)
        return badInput(points.error());
    const Result<QuantileFit> fitted = fitQuantiles(*std::move(points));
    if (!fitted)
        return badInput(fitted.error());
    print(flags.isJson ? jsonOf(*fitted) : textOf(*fitted));
    return kExitOk;
}

} // namespace

Action setUpFit(CLI::App &app)
{
    auto flags = std::make_shared<Flags>();
    app.add_option("PERCENTILE", flags->arguments, "pNN=TIME for each percentile, or one recording")->required();
    app.add_flag("--json", flags->isJson, "print every family as JSON");
    return [flags] { return fit(*flags); };
}

} // namespace halfopen
