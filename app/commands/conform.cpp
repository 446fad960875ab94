// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/conform.h"

#include "app/commands/command_line.h"
#include "app/console/interrupt.h"
#include "app/console/terminal.h"
#include "core/conform/conform.h"
#include "core/report/format.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace halfopen {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Flags {
    std::vector<std::string> files;
    bool isJson = false;
};

bool isRecording(const fs::path &path)
{
    const std::string name = path.filename().string();
    return name.ends_with(".jsonl") || name.ends_with(".jsonl.gz");
}

/// Files as they are, and every recording of a folder in order of name.
Result<std::vector<fs::path>> collect(const std::vector<std::string> &names)
{
    std::vector<fs::path> files;
    for (const std::string &name : names) {
        std::error_code error;
        if (!fs::is_directory(name, error)) {
            files.emplace_back(name);
            continue;
        }
        std::vector<fs::path> inside;
        fs::directory_iterator entry(name, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error))
            if (isRecording(entry->path()))
                inside.push_back(entry->path());
        if (error)
            return failure("the folder '" + name + "' cannot be read: " + error.message());
        if (inside.empty())
            return failure("there is no recording (.jsonl or .jsonl.gz) in the folder '" + name +
                           "'");
        std::sort(inside.begin(), inside.end());
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

Json toJson(const ConformReport &result)
{
    Json json;
    json["file"] = result.file;
    json["format"] = result.format;
    json["library"] = result.library;
    json["sequences"] = result.sequences;
    json["operations"] = result.operations;
    json["mismatches"] = result.mismatches;
    if (!result.ok())
        json["first_mismatch"] = result.firstMismatch;
    return json;
}

/// The summary, and below it where the first difference is, what it is and the recorded line.
void printResult(const ConformReport &result)
{
    std::string text = report::printable(result.summary()) + "\n";
    const std::string &first = result.firstMismatch;
    for (std::size_t at = 0; at < first.size();) {
        const std::size_t end = std::min(first.find('\n', at), first.size());
        text += "  " + report::printable(first.substr(at, end - at)) + "\n";
        at = end + 1;
    }
    print(text);
}

int conform(const Flags &flags)
{
    const Result<std::vector<fs::path>> files = collect(flags.files);
    if (!files) {
        printError(files.error().message);
        return kExitBadInput;
    }
    const InterruptGuard interrupt;
    Json all = Json::array();
    ConformReport total;
    int status = kExitOk;
    for (const fs::path &path : *files) {
        if (InterruptGuard::isRequested()) {
            status = kExitInterrupted;
            break;
        }
        const Result<ConformReport> result = conformFile(path);
        if (!result) {
            printError(result.error().message);
            status = kExitBadInput;
            continue;
        }
        if (!result->ok() && status == kExitOk)
            status = kExitNotMet;
        total.sequences += result->sequences;
        total.operations += result->operations;
        total.mismatches += result->mismatches;
        all.push_back(toJson(*result));
        if (!flags.isJson)
            printResult(*result);
    }
    if (flags.isJson) {
        print(all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    } else if (all.size() > 1) {
        total.file = std::to_string(all.size()) + " files";
        print(total.summary() + "\n");
    }
    return status;
}

} // namespace

Action setUpConform(CLI::App &app)
{
    auto flags = std::make_shared<Flags>();
    app.add_option("FILE", flags->files, "recordings of a real library, or folders of them")
        ->required();
    app.add_flag("--json", flags->isJson, "print the results as JSON");
    return [flags] { return conform(*flags); };
}

} // namespace halfopen
