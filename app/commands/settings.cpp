// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/settings.h"

#include "app/commands/command_line.h"
#include "app/console/terminal.h"
#include "core/policies/registry.h"
#include "core/report/format.h"
#include "core/report/text_table.h"
#include "core/scenario/none_value.h"
#include "core/settings/defaults.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

struct SettingsFlags {
    bool isJson = false;
    bool changedOnly = false;
};

/// One default as it is now.
struct Row {
    const PolicyType *type;
    const Field *field;
    const DefaultValue *changed; ///< null = built in
};

std::vector<Row> rowsOf(const PolicyType &type)
{
    std::vector<Row> rows;
    const Defaults *defaults = standardVocabulary().defaults;
    for (const Field &field : type.schema().fields)
        if (field.key != "dialect")
            rows.push_back({&type, &field, defaults ? defaults->find(type, field) : nullptr});
    if (type.otherDialects)
        for (const PolicyType &other : type.otherDialects())
            for (const Row &row : rowsOf(other))
                rows.push_back(row);
    return rows;
}

std::string_view sourceName(const DefaultValue *changed)
{
    if (!changed)
        return "built_in";
    return changed->from == DefaultValue::From::Environment ? "environment" : "settings_file";
}

std::string valueText(const Row &row)
{
    return formatValue(*row.field, row.changed ? row.changed->value : row.field->standard);
}

/// With what is in force where nothing is set: "none (then 5)".
std::string shownText(const Row &row)
{
    const std::string value = valueText(row);
    const std::string_view means = noneMeans(row.type->schema(), *row.field);
    if (value != "none" || means.empty())
        return value;
    // The one that is off altogether as soon as another is given.
    const Field *rate = row.type->schema().find("failure_rate_threshold");
    const Defaults *defaults = standardVocabulary().defaults;
    const DefaultValue *changed = rate && defaults ? defaults->find(*row.type, *rate) : nullptr;
    const bool isOff = row.field->key == "failure_threshold" && changed && !std::holds_alternative<std::monostate>(changed->value);
    return isOff ? value : value + " (then " + std::string(means) + ")";
}

std::string asJson(const std::vector<Row> &rows)
{
    const Defaults *defaults = standardVocabulary().defaults;
    Json root;
    root["settings_file"] = defaults && !defaults->file().empty() ? Json(defaults->file().string()) : Json();
    root["settings"] = Json::array();
    for (const Row &row : rows) {
        const std::string range = describeRange(*row.field);
        Json json;
        json["policy"] = row.type->key();
        json["dialect"] = row.type->dialect;
        json["key"] = row.field->key;
        json["value"] = valueText(row);
        json["built_in"] = formatValue(*row.field, row.field->standard);
        json["from"] = sourceName(row.changed);
        json["where"] = row.changed ? Json(row.changed->where) : Json();
        json["range"] = range.empty() ? Json() : Json(range);
        root["settings"].push_back(std::move(json));
    }
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Wide enough for every name and value of \a rows: a terminal that is not breaks the lines, but no name is cut.
report::TextStyle wideStyle(const std::vector<Row> &rows, const report::TextStyle &style)
{
    std::size_t name = 0, value = 0, from = 0, builtIn = 0;
    for (const Row &row : rows) {
        name = std::max(name, report::displayWidth(row.field->key));
        value = std::max(value, report::displayWidth(shownText(row)));
        from = std::max(from, row.changed ? report::displayWidth(row.changed->where) : std::size_t(8));
        builtIn = std::max(builtIn, report::displayWidth(formatValue(*row.field, row.field->standard)));
    }
    report::TextStyle wide = style;
    wide.width = std::max(style.width, name + value + from + std::max<std::size_t>(builtIn, 8) + 6);
    return wide;
}

std::string asText(const std::vector<Row> &rows)
{
    const report::TextStyle style = outputStyle();
    std::string text;
    const PolicyType *type = nullptr;
    std::optional<report::TextTable> table;
    const auto finish = [&] {
        if (table)
            text += table->text() + "\n";
    };
    bool hasChanges = false; // of this policy; without any, where they come from goes without saying
    for (const Row &row : rows) {
        if (row.type != type) {
            finish();
            type = row.type;
            std::vector<Row> own;
            std::copy_if(rows.begin(), rows.end(), std::back_inserter(own), [&](const Row &one) { return one.type == type; });
            hasChanges = std::any_of(own.begin(), own.end(), [](const Row &one) { return one.changed != nullptr; });
            text += report::paint(std::string(type->key()) + " (" + std::string(type->dialect) + ")" + (hasChanges ? "" : ", all built in"), report::Tone::Strong, style)
                + "\n";
            std::vector<report::TextTable::Column> columns{{"setting", true}, {"value", true}};
            if (hasChanges) {
                columns.push_back({"from", true});
                columns.push_back({"built in", true});
            }
            table.emplace(columns, wideStyle(own, style));
        }
        const auto tone = row.changed ? report::Tone::Strong : report::Tone::Plain;
        std::vector<report::TextTable::Cell> cells{{std::string(row.field->key), tone},
                                                   {report::printable(shownText(row)), tone}};
        if (hasChanges) {
            cells.emplace_back(row.changed ? report::printable(row.changed->where) : std::string("built in"), tone);
            cells.emplace_back(row.changed ? formatValue(*row.field, row.field->standard) : std::string());
        }
        table->addRow(std::move(cells));
    }
    finish();
    return text;
}

int settings(const SettingsFlags &flags)
{
    std::vector<Row> rows;
    for (const PolicyType &type : policyTypes())
        for (const Row &row : rowsOf(type))
            if (row.changed || !flags.changedOnly)
                rows.push_back(row);
    if (flags.isJson)
        print(asJson(rows));
    else if (rows.empty())
        print("every default is built in\n");
    else
        print(asText(rows));
    return kExitOk;
}

} // namespace

Action setUpSettings(CLI::App &app)
{
    auto flags = std::make_shared<SettingsFlags>();
    app.add_flag("--json", flags->isJson, "print the settings as JSON");
    app.add_flag("--changed", flags->changedOnly, "only those that are not built in");
    return [flags] { return settings(*flags); };
}

} // namespace halfopen
