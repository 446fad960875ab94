// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/list.h"

#include "app/commands/command_line.h"
#include "app/console/scenario_files.h"
#include "app/console/terminal.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/text_table.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

int list(bool isJson)
{
    const auto folder = scenarioFolder();
    if (!folder) {
        printError(folder.error().message);
        return kExitBadInput;
    }
    const report::TextStyle style = outputStyle();
    const auto fit = [&](const std::string &text) {
        return style.unicode ? text : report::toAscii(text);
    };
    Json json = Json::array();
    std::string text;
    for (const ShippedScenario &shipped : shippedScenarios(*folder)) {
        const LoadResult loaded = loadScenarioFile(shipped.path, standardVocabulary());
        // A broken scenario must not hide the others; 'halfopen check' says what is wrong with it.
        const std::string question =
            loaded.ok() ? loaded.scenario->question : "(does not load; 'halfopen check' says why)";
        Json entry;
        entry["name"] = shipped.name;
        entry["file"] = shipped.path.string();
        entry["title"] = loaded.ok() ? Json(loaded.scenario->name) : Json();
        entry["question"] = loaded.ok() ? Json(question) : Json();
        entry["duration_s"] = loaded.ok() ? Json(report::inSeconds(loaded.scenario->duration.count())) : Json();
        entry["expectations"] = loaded.ok() ? Json(loaded.scenario->expectations.size()) : Json();
        json.push_back(std::move(entry));
        text += report::paint(fit(report::printable(shipped.name)), report::Tone::Strong, style) +
                (shipped.name == kDefaultScenario ? "  (default)" : "") + "\n";
        for (std::size_t at = 0; at < question.size();) {
            const std::size_t end = std::min(question.find('\n', at), question.size());
            for (const std::string &line : report::wrapText(
                     fit(report::printable(question.substr(at, end - at))), style.width - 2))
                text += "  " + line + "\n";
            at = end + 1;
        }
    }
    if (json.empty()) {
        printError("there are no scenarios in " + folder->string());
        return kExitBadInput;
    }
    print(isJson ? json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n" : text);
    return kExitOk;
}

} // namespace

Action setUpList(CLI::App &app)
{
    auto isJson = std::make_shared<bool>(false);
    app.add_flag("--json", *isJson, "print the list as JSON");
    return [isJson] { return list(*isJson); };
}

} // namespace halfopen
