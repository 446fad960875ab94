// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/conform.h"

#include "app/commands/command_line.h"
#include "app/console/terminal.h"
#include "core/conform/conform.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

struct Flags {
    std::vector<std::string> files;
    bool isJson = false;
};

Json toJson(const ConformReport &report)
{
    Json json;
    json["file"] = report.file;
    json["format"] = report.format;
    json["library"] = report.library;
    json["sequences"] = report.sequences;
    json["operations"] = report.operations;
    json["mismatches"] = report.mismatches;
    if (!report.ok())
        json["first_mismatch"] = report.firstMismatch;
    return json;
}

int conform(const Flags &flags)
{
    Json all = Json::array();
    int status = kExitOk;
    for (const std::string &file : flags.files) {
        const Result<ConformReport> report = conformFile(file);
        if (!report) {
            printError(report.error().message);
            status = kExitBadInput;
            continue;
        }
        if (!report->ok() && status == kExitOk)
            status = kExitNotMet;
        if (flags.isJson)
            all.push_back(toJson(*report));
        else
            print(report->summary() + "\n" + (report->ok() ? "" : "  first: " + report->firstMismatch + "\n"));
    }
    if (flags.isJson)
        print(all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return status;
}

} // namespace

Action setUpConform(CLI::App &app)
{
    auto flags = std::make_shared<Flags>();
    app.add_option("FILE", flags->files, "recordings of a real library")->required();
    app.add_flag("--json", flags->isJson, "print the results as JSON");
    return [flags] { return conform(*flags); };
}

} // namespace halfopen
