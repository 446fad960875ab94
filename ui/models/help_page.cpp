// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/help_page.h"

#include "core/policies/outcome.h"
#include "ui/models/schema_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <utility>

namespace halfopen {
namespace {

const QString kRun = QStringLiteral("halfopen run ");
const QString kHelp = QStringLiteral("halfopen help");

QString tr(const char *text)
{
    return QCoreApplication::translate("HelpPage", text);
}

QString link(const QString &text, const QString &place)
{
    return QStringLiteral("[%1](help:%2)").arg(text, place);
}

QString code(const QString &text)
{
    return QLatin1Char('`') + text + QLatin1Char('`');
}

bool hasSettings(const HelpTopic &topic)
{
    return !topic.schemas.empty() || !topic.parts.empty();
}

/// Reads a written page line by line.
class Composer {
public:
    Composer(const HelpLibrary &library, const HelpTopic &topic) : m_library(library), m_topic(topic) {}

    HelpPageText compose()
    {
        for (const QString &line : m_topic.markdown.split(QLatin1Char('\n')))
            add(line);
        return std::move(m_page);
    }

private:
    void add(const QString &line)
    {
        if (!line.startsWith(QLatin1Char('|')))
            m_isTable = m_isOfSettings = false;
        if (line.startsWith(QLatin1String("```"))) {
            m_isDrawing = !m_isDrawing;
            put(line);
        } else if (m_isDrawing) {
            put(line);
        } else if (line.startsWith(QLatin1String("<!-- "))) {
            m_section = line.mid(5).section(QLatin1Char(' '), 0, 0);
        } else if (line.startsWith(QLatin1Char('#'))) {
            m_page.sections.push_back(std::exchange(m_section, QString()));
            put(line);
        } else if (line.startsWith(QLatin1Char('|'))) {
            row(line);
        } else {
            put(linked(line));
        }
    }
    void row(const QString &line)
    {
        const QString first = line.section(QLatin1Char('|'), 1, 1).trimmed();
        if (!std::exchange(m_isTable, true)) {
            m_isOfSettings = hasSettings(m_topic) && (first == QLatin1String("setting") || first == QLatin1String("Einstellung"));
            if (m_isOfSettings)
                put(QStringLiteral("[%1](#settings)\n").arg(QCoreApplication::translate("HelpPage", "Its settings, with ranges and defaults")));
        }
        if (!m_isOfSettings)
            put(linked(line));
    }
    void put(const QString &line) { m_page.markdown += line + QLatin1Char('\n'); }

    /// \a line with links where it has code that leads somewhere.
    QString linked(const QString &line) const
    {
        QString out;
        bool speaksOfHelp = false;
        for (qsizetype at = 0; at < line.size();) {
            const qsizetype open = line.indexOf(QLatin1Char('`'), at);
            const qsizetype close = open < 0 ? -1 : line.indexOf(QLatin1Char('`'), open + 1);
            if (close < 0) {
                out += line.mid(at);
                break;
            }
            const QString span = line.mid(open + 1, close - open - 1);
            out += line.mid(at, open - at);
            speaksOfHelp = speaksOfHelp || span.startsWith(kHelp);
            out += ofSpan(span, speaksOfHelp);
            at = close + 1;
        }
        return out;
    }
    QString ofSpan(const QString &span, bool speaksOfHelp) const
    {
        if (span.startsWith(kRun)) {
            const QString name = span.mid(kRun.size()).section(QLatin1Char(' '), 0, 0);
            return QStringLiteral("[%1](scenario:%1)").arg(name);
        }
        if (span == kHelp)
            return link(code(span), {});
        const QString word = span.startsWith(kHelp) ? span.mid(kHelp.size() + 1) : span;
        if (speaksOfHelp) {
            const std::optional<HelpPlace> place = m_library.resolve(word);
            return place ? link(word, place->text()) : code(word);
        }
        const HelpTopic *other = topicOf(word);
        return other ? link(code(word), other->word) : code(word);
    }
    /// The topic that a word on this page speaks of; null when it is a setting of this page's own, an outcome, or anything else.
    const HelpTopic *topicOf(const QString &word) const
    {
        const std::string key = word.toStdString();
        for (const SchemaTopic *schema : m_topic.schemas)
            for (const Field &field : schema->schema->fields)
                if (field.key == key || field.key.starts_with(key + "."))
                    return nullptr;
        if (isOutcome(key) || word == m_topic.word)
            return nullptr;
        const QString policy = m_topic.word.section(QLatin1Char('.'), 0, 0);
        if (const HelpTopic *dialect = m_library.find(policy + QLatin1Char('.') + word))
            return dialect;
        const HelpTopic *other = m_library.find(word);
        return other && other != &m_topic && !other->metric ? other : nullptr;
    }
    static bool isOutcome(std::string_view word)
    {
        for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
            if (outcomeName(OutcomeKind(kind)) == word)
                return true;
        return false;
    }

    const HelpLibrary &m_library;
    const HelpTopic &m_topic;
    HelpPageText m_page;
    QString m_section; ///< the name of the heading to come
    bool m_isDrawing = false;
    bool m_isTable = false;
    bool m_isOfSettings = false;
};

/// What a list holds: the topics of its group.
QString listed(const HelpLibrary &library, const ListTopic &list)
{
    QString text;
    if (list.group.empty())
        return text;
    for (const SchemaTopic &schema : schemaTopics()) {
        if (schema.group != list.group)
            continue;
        const HelpTopic *topic = library.find(helpWordOf(schema));
        if (topic)
            text += QStringLiteral("- %1: %2\n").arg(link(topic->title, topic->word), schemaText(schema.schema->summary));
    }
    return text.isEmpty() ? text : QLatin1Char('\n') + text;
}

} // namespace

HelpPageText helpPageText(const HelpLibrary &library, const HelpTopic &topic)
{
    HelpPageText page = Composer(library, topic).compose();
    if (topic.markdown.isEmpty()) {
        page.markdown = QStringLiteral("# %1\n\n").arg(topic.title == topic.word ? code(topic.word) : topic.title);
        page.sections.emplace_back();
        if (!topic.summary.isEmpty())
            page.markdown += topic.summary + QStringLiteral("\n\n");
    }
    if (topic.isForeign)
        page.markdown = QStringLiteral("*%1*\n\n").arg(tr("This page is not translated yet. Here it is in English.")) + page.markdown;
    for (const ListTopic *list : topic.lists)
        page.markdown += listed(library, *list);
    if (topic.metric)
        page.markdown += QLatin1Char('\n')
            + (hasSettings(topic) ? tr("As a metric of an expectation: %1").arg(topic.metricText) : topic.metricText) + QLatin1Char('\n');
    QStringList others;
    for (const HelpTopic *other : library.related(topic))
        others += link(other->title, other->word);
    if (!others.isEmpty())
        page.markdown += QStringLiteral("\n**%1** %2\n").arg(tr("See also:"), others.join(QStringLiteral(", ")));
    return page;
}

HelpPageText helpContents(const HelpLibrary &library)
{
    HelpPageText page{QStringLiteral("# %1\n\n%2\n").arg(tr("Help"), tr("F1 opens the page for what has the focus: a setting, a view, "
                                                                         "or the key at the cursor of the text. Esc goes back to it.")),
                      {QString()}};
    QString group;
    for (const HelpTopic &topic : library.topics()) {
        if (topic.group != group) {
            page.markdown += QStringLiteral("\n## %1\n\n").arg(topic.group);
            page.sections.emplace_back();
        }
        group = topic.group;
        const QString summary = topic.summary.isEmpty() ? topic.metricText : topic.summary;
        page.markdown += QStringLiteral("- %1%2\n").arg(
            link(topic.title == topic.word ? code(topic.word) : topic.title, topic.word),
            summary.isEmpty() ? QString() : QStringLiteral(": ") + summary.section(QStringLiteral("\n"), 0, 0));
    }
    return page;
}

} // namespace halfopen
