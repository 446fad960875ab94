// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/help.h"

#include "app/commands/command_line.h"
#include "app/commands/help_rendering.h"
#include "app/console/terminal.h"
#include "core/help/help_pages.h"
#include "core/report/format.h"
#include "core/report/text_table.h"
#include "core/run/expectations.h"
#include "core/scenario/help_text.h"
#include "core/scenario/nearest.h"
#include "core/scenario/text_tools.h"
#include "simulators/help_topics.h"

#include <CLI/CLI.hpp>

#include <algorithm>
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
    page.line("lists and groups of a scenario", report::Tone::Faint);
    for (const ListTopic &list : listTopics())
        row(list.name, list.summary);
    for (const PartTopic &part : partTopics())
        if (!part.schema.summary.empty())
            row(part.name, part.schema.summary);
    page.paragraph("Every setting has a page, too: halfopen help queue_discipline.", 0);
}

std::string plain(const std::string &text)
{
    return outputStyle().unicode ? text : report::toAscii(text);
}

/// resources/help/<word>.md, if there is such a page.
std::string written(std::string_view word)
{
    const std::optional<std::string_view> markdown = helpPage(word);
    return markdown ? renderHelpPage(*markdown, outputStyle()) + "\n" : std::string();
}

std::string schemaPage(const SchemaTopic &topic)
{
    return written(topic.page) + plain(helpText(*topic.schema, outputStyle().width, topic.nested));
}

std::string partPage(const PartTopic &part)
{
    HelpPage head;
    head.line(std::string(part.name) + ": settings of " + std::string(part.of->schema->key) + " that belong together",
              report::Tone::Strong);
    std::string text = helpText(part.schema, outputStyle().width);
    text.erase(0, text.find('\n') + 1); // the head of a whole schema
    return written(part.name) + head.text() + plain(text);
}

std::string listPage(const ListTopic &list)
{
    HelpPage page;
    page.line(std::string(list.name), report::Tone::Strong);
    page.paragraph(list.summary, 0);
    for (const SchemaTopic &topic : schemaTopics()) {
        if (list.group.empty() || topic.group != list.group)
            continue;
        page.line("  " + std::string(topic.name), report::Tone::Strong);
        page.paragraph(topic.schema->summary, kIndent);
    }
    std::string text = written(list.name) + page.text();
    for (const SchemaTopic &topic : schemaTopics())
        if (!list.one.empty() && topic.name == list.one)
            text += "\n" + schemaPage(topic);
    return text;
}

std::string settingPage(const SettingTopic &setting)
{
    HelpPage head;
    head.line("a setting of " + std::string(setting.of->name), report::Tone::Strong);
    Schema one = *setting.of->schema;
    one.shorthand = {};
    one.summary = {};
    one.fields = {*setting.field};
    std::string text = helpText(one, outputStyle().width);
    text.erase(0, text.find("\n\n") + 2);
    return head.text() + plain(text);
}

/// "circuit_breaker/polly" and "circuit_breaker.polly" are one dialect of one policy, and so is "circuit_breaker/halfopen".
std::string pageName(std::string topic)
{
    std::replace(topic.begin(), topic.end(), '/', '.');
    if (topic.ends_with(".halfopen"))
        topic.erase(topic.rfind('.'));
    return topic;
}

/// Every page of that name: `error` is a fault and a metric. A setting's own page comes up where nothing else has its name. Empty
/// when there is none.
std::string pagesOf(const std::string &topic)
{
    std::vector<std::string> pages;
    for (const ListTopic &list : listTopics())
        if (list.name == topic)
            pages.push_back(listPage(list));
    const std::string page = pageName(topic);
    for (const SchemaTopic &one : schemaTopics())
        if (one.name == topic || one.page == page)
            pages.push_back(schemaPage(one));
    for (const PartTopic &part : partTopics())
        if (part.name == topic)
            pages.push_back(partPage(part));
    if (const Metric *metric = findMetric(topic)) {
        HelpPage own;
        addMetric(own, *metric);
        pages.push_back(own.text());
    }
    if (pages.empty())
        for (const SettingTopic &setting : settingTopics(topic))
            pages.push_back(settingPage(setting));
    std::string text;
    for (const std::string &one : pages)
        text += (text.empty() ? "" : "\n") + one;
    return text;
}

std::vector<std::string_view> topics()
{
    std::vector<std::string_view> names;
    for (const SchemaTopic &topic : schemaTopics())
        names.push_back(topic.name);
    for (const ListTopic &list : listTopics())
        names.push_back(list.name);
    for (const PartTopic &part : partTopics())
        names.push_back(part.name);
    for (const Metric &metric : metrics())
        names.push_back(metric.key);
    for (const Command &command : commands())
        names.push_back(command.name);
    for (const SchemaTopic &topic : schemaTopics())
        for (const Field &field : topic.schema->fields)
            names.push_back(field.key);
    return names;
}

/// Whether \a word is one of the words that \a name is made of: "breaker" of "circuit_breaker", not of "breakers_tripped".
bool hasWord(std::string_view name, std::string_view word)
{
    const auto isEdge = [name](std::size_t at) { return at >= name.size() || name[at] == '_' || name[at] == '.' || name[at] == ' '; };
    for (std::size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1))
        if ((at == 0 || isEdge(at - 1)) && isEdge(at + word.size()))
            return true;
    return false;
}

/// What \a topic may have meant: a name that has it as a word, else one that is written much like it.
std::string hintFor(const std::string &topic)
{
    constexpr std::size_t kShown = 5;
    const std::vector<std::string_view> known = topics();
    std::vector<std::string> found;
    for (const std::string_view name : known) {
        const std::string quoted = "'" + std::string(name) + "'";
        if (hasWord(name, topic) && std::find(found.begin(), found.end(), quoted) == found.end() && found.size() < kShown)
            found.push_back(quoted);
    }
    if (!found.empty())
        return "did you mean " + joinWords(std::vector<std::string_view>(found.begin(), found.end())) + "?";
    const auto near = nearest(topic, known);
    return near ? "did you mean '" + std::string(*near) + "'?" : "'halfopen help' lists all";
}

int help(CLI::App &program, const std::string &topic)
{
    for (const Command &command : commands()) {
        if (command.name == topic) {
            const std::string pages = pagesOf(topic); // 'fit' is a command and a form of service_time
            print(program.get_subcommand(topic)->help("halfopen") + (pages.empty() ? "" : "\n" + pages));
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
        printHint(hintFor(topic));
        return kExitBadInput;
    }
    print(text);
    return kExitOk;
}

} // namespace

Action setUpHelp(CLI::App &app)
{
    auto topic = std::make_shared<std::string>();
    app.add_option("TOPIC", *topic, "a command, policy, fault, setting or metric; all topics without it");
    return [topic, &app] { return help(*app.get_parent(), *topic); };
}

} // namespace halfopen
