// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/verify.h"

#include "app/commands/command_line.h"
#include "app/console/flags.h"
#include "app/console/terminal.h"
#include "core/base/units.h"
#include "core/report/format.h"
#include "core/report/text_table.h"
#include "simulators/verify/runner.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace halfopen {

namespace {

using verify::Check;
using verify::CheckResult;
using verify::ReferenceCase;
using OrderedJson = nlohmann::ordered_json;

struct Flags {
    std::vector<std::string> files;
    std::vector<std::string> only;
    std::string length = "100%";
    std::optional<std::uint64_t> seed;
    bool isJson = false;
    bool isQuiet = false;
};

/// Six digits: what a person compares.
std::string shown(const verify::Json &value)
{
    if (!value.is_number() || value.is_number_integer())
        return value.dump();
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.6g", value.get<double>());
    return text.data();
}

void printCase(const ReferenceCase &one, const verify::CaseResult &result, const report::TextStyle &style)
{
    using report::Tone;
    const bool understood = result.notUnderstood.empty();
    const Tone tone = result.passed() ? Tone::Plain : Tone::Bad;
    const auto safe = [](const std::string &words) { return report::printable(words); };
    std::string text = report::paint(safe(one.id), Tone::Strong, style) + "  " + safe(one.title) + "\n";
    if (!understood)
        text += report::paint("  not understood: " + safe(result.notUnderstood), tone, style) + "\n";
    for (std::size_t i = 0; understood && i < one.checks.size(); ++i) {
        const Check &check = one.checks[i];
        const CheckResult &got = result.checks[i];
        std::string line = std::string("  ") + (got.passed ? "pass" : got.understood ? "FAIL" : "????") + "  " + check.metric
            + " expected " + shown(check.expected) + " got " + shown(got.measured) + " tolerance " + shown(got.allowed);
        if (!got.note.empty())
            line += "  (" + got.note + ")";
        text += report::paint(safe(line), got.passed ? Tone::Plain : Tone::Bad, style) + "\n";
    }
    print(text);
}

OrderedJson toJson(const ReferenceCase &one, const verify::CaseResult &result)
{
    OrderedJson json;
    json["file"] = one.file;
    json["id"] = one.id;
    json["title"] = one.title;
    json["family"] = result.family;
    json["passed"] = result.passed();
    json["seconds"] = result.seconds;
    if (!result.notUnderstood.empty())
        json["not_understood"] = result.notUnderstood;
    json["checks"] = OrderedJson::array();
    for (std::size_t i = 0; i < one.checks.size(); ++i) {
        const Check &check = one.checks[i];
        OrderedJson line;
        line["metric"] = check.metric;
        line["unit"] = check.unit;
        line["expected"] = check.expected;
        if (result.notUnderstood.empty()) {
            const CheckResult &got = result.checks[i];
            line["measured"] = got.measured;
            line["tolerance"] = got.allowed;
            line["result"] = got.passed ? "pass" : got.understood ? "fail" : "not_understood";
            if (!got.note.empty())
                line["note"] = got.note;
        } else {
            line["result"] = "not_understood";
        }
        json["checks"].push_back(std::move(line));
    }
    return json;
}

bool isWanted(const Flags &flags, const ReferenceCase &one)
{
    const auto names = [&](const std::string &name) {
        return name.ends_with('*') ? one.id.starts_with(std::string_view(name).substr(0, name.size() - 1)) : one.id == name;
    };
    return flags.only.empty() || std::any_of(flags.only.begin(), flags.only.end(), names);
}

int verifyFiles(const Flags &flags)
{
    const Result<double> share = parseProbability(flags.length);
    if (!share || *share <= 0) {
        printError("--length is '" + flags.length + "', expected a share above 0% up to 100%");
        return kExitBadInput;
    }
    const report::TextStyle style = outputStyle();
    verify::Tally tally;
    OrderedJson cases = OrderedJson::array();
    int status = kExitOk;
    for (const std::string &file : flags.files) {
        const auto read = verify::readReferenceFile(file);
        if (!read) {
            printError(read.error().message);
            status = kExitBadInput;
            continue;
        }
        for (const ReferenceCase &one : *read) {
            if (!isWanted(flags, one))
                continue;
            const verify::CaseResult result = verify::runCase(one, {flags.seed.value_or(1), *share});
            tally.add(result, one.checks.size());
            if (flags.isJson)
                cases.push_back(toJson(one, result));
            else if (!flags.isQuiet || !result.passed())
                printCase(one, result, style);
        }
    }
    if (tally.cases == 0 && status == kExitOk) {
        printError(flags.only.empty() ? "the files hold no cases" : "no case has such an id");
        return kExitBadInput;
    }
    if (flags.isJson) {
        OrderedJson all;
        all["cases"] = std::move(cases);
        all["summary"] = {{"cases", tally.cases}, {"checks", tally.checks}, {"failed", tally.failed},
                          {"not_understood", tally.notUnderstood}};
        print(all.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n");
    } else if (tally.cases > 0) {
        print(tally.summary() + "\n");
    }
    return status == kExitOk && !tally.ok() ? static_cast<int>(kExitNotMet) : status;
}

} // namespace

Action setUpVerify(CLI::App &app)
{
    auto flags = std::make_shared<Flags>();
    app.add_option("FILE", flags->files, "reference cases: JSON, plain or gzip")->required();
    app.add_option("--only", flags->only, "only the case of this id; 'Q-*' takes all that begin so")
        ->option_text("ID")
        ->allow_extra_args(false); // what follows is a file
    app.add_option("--length", flags->length, "share of the run lengths")->option_text("SHARE");
    declareSeed(app, flags->seed, "decides every chance of the runs; 1 without it");
    app.add_flag("--json", flags->isJson, "print the results as JSON");
    app.add_flag("--quiet", flags->isQuiet, "print only the cases that do not pass");
    return [flags] { return verifyFiles(*flags); };
}

} // namespace halfopen
