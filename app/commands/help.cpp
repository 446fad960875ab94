// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/help.h"

#include "app/commands/command_line.h"
#include "app/console/nearest.h"
#include "app/console/terminal.h"
#include "core/report/format.h"
#include "core/report/text_table.h"
#include "core/run/expectations.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace halfopen {

namespace {

constexpr std::size_t kIndent = 6;

class HelpPage {
public:
    HelpPage() : m_style(outputStyle()) {}
    void line(std::string_view text, report::Tone tone = report::Tone::Plain)
    {
        m_text += report::paint(fit(text), tone, m_style) + "\n";
    }
    void paragraph(std::string_view text, std::size_t indent)
    {
        for (const std::string &part : report::wrapText(fit(text), m_style.width - indent))
            m_text += std::string(indent, ' ') + part + "\n";
    }
    const std::string &text() const { return m_text; }

private:
    std::string fit(std::string_view text) const
    {
        return m_style.unicode ? std::string(text) : report::toAscii(text);
    }
    report::TextStyle m_style;
    std::string m_text;
};

void addField(HelpPage &page, const Field &field)
{
    std::string facts =
        field.required ? "required" : "default " + formatValue(field, field.standard);
    if (const std::string range = describeRange(field); !range.empty())
        facts += ", " + range;
    if (!field.choices.empty()) {
        facts += ", one of";
        for (const std::string_view choice : field.choices)
            facts += " " + std::string(choice);
    }
    page.line("  " + std::string(field.key) + "  (" + facts + ")", report::Tone::Strong);
    page.paragraph(field.help, kIndent);
}

void addSchema(HelpPage &page, const Schema &schema, std::string_view kind)
{
    page.line(std::string(schema.key) + ": " + std::string(kind), report::Tone::Strong);
    page.paragraph(schema.summary, 0);
    if (!schema.shorthand.empty())
        page.paragraph("Short form: '" + std::string(schema.key) + ": VALUE' sets " +
                           std::string(schema.shorthand) + ".",
                       0);
    page.line("");
    for (const Field &field : schema.fields)
        addField(page, field);
}

std::string_view unitWords(Metric::Unit unit)
{
    switch (unit) {
    case Metric::Unit::Share:
        return "a share, written as 95%";
    case Metric::Unit::Seconds:
        return "a time, written as 800ms";
    case Metric::Unit::Count:
        return "a count, written as 3";
    case Metric::Unit::PerSecond:
        return "a rate, written as 900/s";
    case Metric::Unit::Ratio:
        return "a ratio, written as 1.5";
    }
    return "";
}

void addMetric(HelpPage &page, const Metric &metric)
{
    page.line(std::string(metric.key) + ": metric of an expectation", report::Tone::Strong);
    page.paragraph(metric.help, 0);
    page.paragraph("It is " + std::string(unitWords(metric.unit)) + ". 'of' names " +
                       (metric.ofBreaker ? "a policy stack."
                        : metric.ofService
                            ? "a service, and must be given."
                            : "a client or an edge; all clients together without it."),
                   0);
}

void addTopics(HelpPage &page)
{
    const Vocabulary &words = standardVocabulary();
    const auto row = [&](std::string_view key, std::string_view summary) {
        page.line("  " + std::string(key), report::Tone::Strong);
        page.paragraph(summary, kIndent);
    };
    page.line("commands (also: halfopen COMMAND --help)", report::Tone::Faint);
    for (const Command &command : commands())
        row(command.name, command.summary);
    page.line("policies, outermost first in a stack", report::Tone::Faint);
    for (const PolicyType &type : words.policies)
        row(type.key(), type.schema().summary);
    page.line("faults", report::Tone::Faint);
    for (const FaultType &type : words.faults)
        row(type.key(), type.schema().summary);
    page.line("metrics of expectations", report::Tone::Faint);
    for (const Metric &metric : metrics())
        row(metric.key, metric.help);
}

/// False when there is no such topic.
bool addTopic(HelpPage &page, const std::string &topic)
{
    const Vocabulary &words = standardVocabulary();
    if (const PolicyType *policy = words.findPolicy(topic))
        addSchema(page, policy->schema(), "policy");
    else if (const FaultType *fault = words.findFault(topic))
        addSchema(page, fault->schema(), "fault");
    else if (const Metric *metric = findMetric(topic))
        addMetric(page, *metric);
    else
        return false;
    return true;
}

std::vector<std::string_view> topics()
{
    std::vector<std::string_view> names;
    for (const PolicyType &type : standardVocabulary().policies)
        names.push_back(type.key());
    for (const FaultType &type : standardVocabulary().faults)
        names.push_back(type.key());
    for (const Metric &metric : metrics())
        names.push_back(metric.key);
    for (const Command &command : commands())
        names.push_back(command.name);
    return names;
}

int help(CLI::App &program, const std::string &topic)
{
    for (const Command &command : commands()) {
        if (command.name == topic) {
            print(program.get_subcommand(topic)->help("halfopen"));
            return kExitOk;
        }
    }
    HelpPage page;
    if (topic.empty()) {
        addTopics(page);
    } else if (!addTopic(page, topic)) {
        printError("there is no topic '" + topic + "'");
        const auto near = nearest(topic, topics());
        printHint(near ? "did you mean '" + std::string(*near) + "'?"
                       : "'halfopen help' lists all");
        return kExitBadInput;
    }
    print(page.text());
    return kExitOk;
}

} // namespace

Action setUpHelp(CLI::App &app)
{
    auto topic = std::make_shared<std::string>();
    app.add_option("TOPIC", *topic, "a command, policy, fault or metric; all topics without it");
    return [topic, &app] { return help(*app.get_parent(), *topic); };
}

} // namespace halfopen
