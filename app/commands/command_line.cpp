// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_line.h"

#include "app/commands/command.h"
#include "core/scenario/nearest.h"
#include "app/console/terminal.h"
#include "core/settings/defaults.h"
#include "simulators/version.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <optional>
#include <iostream>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace halfopen {

namespace {

constexpr const char *kAbout =
    "Halfopen: a lab for circuit breakers, retries, timeouts and fallbacks.\n"
    "It runs a scenario (services, clients, policies, faults) and shows what the policies did.";
constexpr const char *kFooter =
    "\nExamples:\n"
    "  halfopen run                             the default scenario, with a summary\n"
    "  halfopen run storm.yaml --report r.html  one page to show to others\n"
    "  halfopen check scenarios/*.yaml          exit status 1 if an expectation is not met\n"
    "  halfopen COMMAND --help                  more about one command\n"
    "\nExit status: 0 fine, 1 an expectation was not met, 2 bad flags, scenario or file,\n"
    "130 interrupted by Ctrl-C.";

/// The first word in \a used or the program that looks like a flag and is none.
std::optional<std::string> unknownFlag(const CLI::App &app, const std::vector<CLI::App *> &used)
{
    for (const std::string &word : used.empty() ? app.remaining(true) : used.front()->remaining(true))
        if (word.starts_with('-') && word.size() > 1)
            return word.substr(0, word.find('='));
    return std::nullopt;
}

/// The first word that nothing takes, or empty.
std::string firstExtra(const CLI::App &app, const std::vector<CLI::App *> &used)
{
    const std::vector<std::string> words = used.empty() ? app.remaining(true) : used.front()->remaining(true);
    return words.empty() ? std::string() : words.front();
}

std::optional<std::string> nearestFlag(const CLI::App &app, const std::string &flag)
{
    std::vector<std::string> flags;
    for (const CLI::Option *option : app.get_options())
        for (const std::string &name : option->get_lnames())
            flags.push_back("--" + name);
    const auto near = nearest(flag, std::vector<std::string_view>(flags.begin(), flags.end()));
    return near ? std::optional<std::string>(*near) : std::nullopt;
}

bool isUnknownCommand(const std::vector<std::string> &words)
{
    const auto all = commands();
    return !words.empty() && !words.front().starts_with('-') &&
           std::none_of(all.begin(), all.end(), [&](const Command &command) { return command.name == words.front(); });
}

int reportUnknownCommand(const std::string &word)
{
    printError("there is no command '" + word + "'");
    std::vector<std::string_view> names;
    for (const Command &command : commands())
        names.push_back(command.name);
    if (const auto near = nearest(word, names))
        printHint("did you mean 'halfopen " + std::string(*near) + "'?");
    else if (word.ends_with(".yaml") || word.ends_with(".yml"))
        printHint("'halfopen run " + word + "' runs a scenario");
    else
        printHint("'halfopen --help' lists the commands");
    return kExitBadInput;
}

/// One clear line and a hint, instead of a page of help that hides them.
int reportBadFlags(const CLI::App &app, const CLI::ParseError &error,
                   const std::vector<std::string> &words)
{
    const auto used = app.get_subcommands();
    if (used.empty() && words.empty()) {
        std::cerr << app.help();
        return kExitBadInput;
    }
    const bool isExtra = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError);
    const std::optional<std::string> flag = isExtra ? unknownFlag(app, used) : std::nullopt;
    if (const std::string word = isExtra && !flag ? firstExtra(app, used) : std::string(); !word.empty()) {
        const std::string name = used.empty() ? std::string() : " " + used.front()->get_name();
        printError("'" + word + "' is one argument too many");
        const bool takesScenario = !used.empty() && used.front()->get_option_no_throw("FILE") != nullptr;
        if (takesScenario && (word.ends_with(".yaml") || word.ends_with(".yml")))
            printHint("'halfopen" + name + "' takes one scenario; 'halfopen compare' and 'halfopen check' take several");
        else
            printHint("'halfopen" + name + " --help' says what it takes");
        return kExitBadInput;
    }
    if (flag) {
        printError("there is no flag " + *flag);
        if (const auto near = nearestFlag(used.empty() ? app : *used.front(), *flag)) {
            printHint("did you mean " + *near + "?");
            return kExitBadInput;
        }
        printHint("'halfopen" + (used.empty() ? std::string() : " " + used.front()->get_name()) + " --help' lists the flags");
        return kExitBadInput;
    }
    std::string message = error.what();
    message = message.substr(0, message.find('\n'));
    const std::size_t missing = message.find(": 1 required ");
    if (missing != std::string::npos && message.ends_with(" missing")) {
        const std::string name = message.substr(0, missing);
        const CLI::Option *option = used.empty() ? nullptr : used.front()->get_option_no_throw(name);
        message = name + " needs " + (option && !option->get_option_text().empty() ? option->get_option_text() : "a value") + " behind it";
    }
    printError(message);
    printHint("'halfopen" + (used.empty() ? std::string() : " " + used.front()->get_name()) +
              " --help' explains the flags");
    return kExitBadInput;
}

/// Puts the user's own defaults in place for everything that is loaded from now on.
bool useDefaults(const std::string &settingsFile)
{
    Result<Defaults> defaults = loadDefaults(processEnvironment(), settingsFile);
    if (!defaults) {
        printError(defaults.error().message);
        printHint("'halfopen settings --help' lists what changes defaults");
        return false;
    }
    setUserDefaults(*std::move(defaults));
    return true;
}

int dispatch(int argc, char **argv)
{
    CLI::App app(kAbout, "halfopen");
    app.set_version_flag("--version", std::string("halfopen ") + kVersion);
    app.set_help_flag("-h,--help", "print this help and exit");
    app.get_formatter()->column_width(32);
    app.footer(kFooter);
    app.require_subcommand(1);
    std::string settingsFile;
    std::vector<std::pair<CLI::App *, Action>> actions;
    std::set<CLI::App *> withDefaults;
    for (const Command &command : commands()) {
        CLI::App *sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
        sub->footer(std::string(command.details));
        actions.emplace_back(sub, command.setUp(*sub));
        if (command.usesDefaults)
            sub->add_option("--settings", settingsFile, "defaults for what scenarios leave open; see 'halfopen settings --help'")
                ->option_text("FILE");
        if (command.usesDefaults)
            withDefaults.insert(sub);
    }
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    if (isUnknownCommand(words)) // also with --help behind it, which would be taken for that of the program
        return reportUnknownCommand(words.front());
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        if (error.get_exit_code() == 0) // --help and --version
            return app.exit(error);
        return reportBadFlags(app, error, words);
    }
    for (const auto &[sub, action] : actions)
        if (sub->parsed())
            return !withDefaults.contains(sub) || useDefaults(settingsFile) ? action() : kExitBadInput;
    return kExitBadInput;
}

} // namespace

int badInput(const Error &error)
{
    printError(error.message);
    return kExitBadInput;
}

int runCommandLine(int argc, char **argv)
{
    // A closed pipe is an answer of write(), not a reason to die in the middle of a file.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        const int status = dispatch(argc, argv);
        std::cout.flush();
        if (outputError() == 0)
            return status;
        printError("cannot write the output: " + std::system_category().message(outputError()));
        return kExitBadInput;
    } catch (const std::exception &error) {
        printError(error.what());
        return kExitBadInput;
    }
}

} // namespace halfopen
