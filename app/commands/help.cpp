// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/help.h"

#include "app/commands/command_line.h"
#include "app/commands/help_pages.h"
#include "app/console/nearest.h"
#include "app/console/terminal.h"
#include "core/report/format.h"
#include "core/report/text_table.h"
#include "core/run/expectations.h"
#include "core/scenario/help_text.h"
#include "core/scenario/world_schema.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <span>
#include <string>
#include <utility>

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

/// Something that has a table of keys: the same table that loader, forms and editors read.
struct SchemaTopic {
    std::string_view group;
    std::string_view name; ///< the key, or the dialect for a policy as another library has it
    const Schema *schema;
    std::string page; ///< resources/help/<page>.md
    std::span<const NestedKey> nested{}; ///< keys with lists or maps of their own
};

std::vector<SchemaTopic> schemaTopics()
{
    const Vocabulary &words = standardVocabulary();
    std::vector<SchemaTopic> found;
    const auto add = [&](std::string_view group, const Schema &schema) {
        found.push_back({group, schema.key, &schema, std::string(schema.key)});
    };
    for (const PolicyType &type : words.policies)
        add("policies, outermost first in a stack", type.schema());
    for (const PolicyType &type : words.policies)
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                found.push_back({"dialects: policies as other libraries have them", other.dialect, &other.schema(),
                                 std::string(other.key()) + "." + std::string(other.dialect)});
    for (const FaultType &type : words.faults)
        add("faults", type.schema());
    for (const Schema *schema : {&worldSchema(), &serviceSchema(), &endpointSchema(), &clientSchema(), &callSchema(),
                                 &closedLoopSchema(), &waveSchema(), &burstSchema(), &faultPlaceSchema(),
                                 &expectationSchema()})
        add("parts of a scenario", *schema);
    for (SchemaTopic &topic : found)
        for (const auto &[schema, keys] : {std::pair{&worldSchema(), worldKeys()}, std::pair{&serviceSchema(), serviceKeys()},
                                           std::pair{&endpointSchema(), endpointKeys()},
                                           std::pair{&clientSchema(), clientKeys()},
                                           std::pair{&closedLoopSchema(), closedLoopKeys()}})
            if (topic.schema == schema)
                topic.nested = keys;
    for (const DistributionForm &form : distributionForms())
        add("distributions of a service time", form.schema());
    add("distributions of a service time", fitSchema());
    return found;
}

void addTopics(HelpPage &page)
{
    const auto row = [&](std::string_view key, std::string_view summary) {
        page.line("  " + std::string(key), report::Tone::Strong);
        page.paragraph(summary, kIndent);
    };
    page.line("commands (also: halfopen COMMAND --help)", report::Tone::Faint);
    for (const Command &command : commands())
        row(command.name, command.summary);
    std::string_view group;
    for (const SchemaTopic &topic : schemaTopics()) {
        if (topic.group != group)
            page.line(topic.group, report::Tone::Faint);
        group = topic.group;
        row(topic.name, topic.schema->summary);
    }
    page.line("metrics of expectations", report::Tone::Faint);
    for (const Metric &metric : metrics())
        row(metric.key, metric.help);
}

/// Every page of that name: `error` is a fault and a metric. Empty when there is none.
std::string pagesOf(const std::string &topic)
{
    std::string text;
    const auto separate = [&] { text += text.empty() ? "" : "\n"; };
    const report::TextStyle style = outputStyle();
    for (const SchemaTopic &one : schemaTopics()) {
        if (one.name != topic)
            continue;
        separate();
        if (const std::optional<std::string> markdown = helpPage(one.page))
            text += renderHelpPage(*markdown, style) + "\n";
        const std::string page = helpText(*one.schema, style.width, one.nested);
        text += style.unicode ? page : report::toAscii(page);
    }
    if (const Metric *metric = findMetric(topic)) {
        separate();
        HelpPage page;
        addMetric(page, *metric);
        text += page.text();
    }
    return text;
}

std::vector<std::string_view> topics()
{
    std::vector<std::string_view> names;
    for (const SchemaTopic &topic : schemaTopics())
        names.push_back(topic.name);
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
    if (topic.empty()) {
        HelpPage page;
        addTopics(page);
        print(page.text());
        return kExitOk;
    }
    const std::string text = pagesOf(topic);
    if (text.empty()) {
        printError("there is no topic '" + topic + "'");
        const auto near = nearest(topic, topics());
        printHint(near ? "did you mean '" + std::string(*near) + "'?"
                       : "'halfopen help' lists all");
        return kExitBadInput;
    }
    print(text);
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
