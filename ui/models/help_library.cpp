// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/help_library.h"

#include "core/help/help_pages.h"
#include "core/scenario/none_value.h"
#include "ui/models/schema_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <iterator>

namespace halfopen {
namespace {

constexpr qsizetype kExcerptBefore = 30; ///< letters before the found word
constexpr qsizetype kExcerptLength = 90;
constexpr int kSettingsMost = 5; ///< of one page

QString tr(const char *text)
{
    return QCoreApplication::translate("HelpLibrary", text);
}

/// The groups of schemaTopics() in the language of the lab, by how they begin.
QString groupTitle(std::string_view group)
{
    if (group.starts_with("policies"))
        return tr("Policies");
    if (group.starts_with("dialects"))
        return tr("Dialects: policies as other libraries have them");
    if (group.starts_with("faults"))
        return tr("Faults");
    if (group.starts_with("distributions"))
        return tr("Distributions of a service time");
    return tr("Parts of a scenario");
}

QString metricUnit(Metric::Unit unit)
{
    switch (unit) {
    case Metric::Unit::Share:
        return tr("A share, written as 95%.");
    case Metric::Unit::Seconds:
        return tr("A time, written as 800ms.");
    case Metric::Unit::Count:
        return tr("A count, written as 3.");
    case Metric::Unit::PerSecond:
        return tr("A rate, written as 900/s.");
    case Metric::Unit::Ratio:
        return tr("A ratio, written as 1.5.");
    }
    return {};
}

QString metricPlace(const Metric &metric)
{
    return metric.ofBreaker   ? tr("“of” names a policy stack.")
        : metric.ofService ? tr("“of” names a service, and must be given.")
                           : tr("“of” names a client or an edge; without it all clients together.");
}

/// What a value is where neither a range nor choices say it.
QString typeText(ValueType type)
{
    switch (type) {
    case ValueType::Duration:
        return tr("a duration such as 100ms");
    case ValueType::Rate:
        return tr("a rate such as 900/s");
    case ValueType::Probability:
        return tr("a share such as 10%");
    case ValueType::Count:
        return tr("a whole number");
    case ValueType::Number:
        return tr("a number");
    case ValueType::Flag:
        return QStringLiteral("true, false");
    case ValueType::TextList:
        return tr("a list");
    case ValueType::CountOrDuration:
        return tr("a whole number or a duration");
    case ValueType::Choice:
    case ValueType::Text:
        break;
    }
    return tr("a text");
}

/// What a reader sees of Markdown, near enough for a search.
QString withoutMarks(QString markdown)
{
    static const QRegularExpression marks(QStringLiteral("<!--[^>]*-->|^#+ |^\\||\\|\\s*$|^\\|[-:| ]+\\|$|[`*]"),
                                          QRegularExpression::MultilineOption);
    return markdown.remove(marks).replace(QLatin1Char('|'), QLatin1Char(' ')).simplified();
}

/// The sentences of \a markdown alone: no drawing, no table; a heading leads what follows it.
QString proseOf(QString markdown)
{
    static const QRegularExpression apart(QStringLiteral("```.*?(?:```|\\z)|^\\|.*?$|^- "),
                                          QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression heading(QStringLiteral("^#+ (.*)$"), QRegularExpression::MultilineOption);
    return withoutMarks(markdown.remove(apart).replace(heading, QStringLiteral("\\1:")));
}

/// Whether one of the words that \a key is made of begins with \a word: "ratio" is in "budget.ratio", and not in "duration".
bool hasWord(const QString &key, const QString &word)
{
    for (qsizetype at = key.indexOf(word); at >= 0; at = key.indexOf(word, at + 1))
        if (at == 0 || !key[at - 1].isLetterOrNumber())
            return true;
    return false;
}

struct Setting {
    QString key;
    std::string_view help;
};

std::vector<Setting> settingsOf(const HelpTopic &topic)
{
    std::vector<Setting> settings;
    for (const SchemaTopic *schema : topic.schemas) {
        for (const Field &field : schema->schema->fields)
            settings.push_back({fromView(field.key), field.help});
        for (const NestedKey &key : schema->nested)
            settings.push_back({fromView(key.key), key.help});
    }
    for (const PartTopic *part : topic.parts)
        for (const Field &field : part->schema.fields)
            settings.push_back({fromView(field.key), field.help});
    return settings;
}

/// What it is.
QString sentenceOf(const HelpTopic &topic)
{
    return topic.summary.isEmpty() && !topic.metricText.isEmpty() ? topic.metricText : topic.summary.isEmpty() ? topic.body.left(kExcerptLength)
                                                                                                               : topic.summary;
}

/// What \a topic has around most of \a words; empty where its body has none of them.
QString excerptOf(const HelpTopic &topic, const QStringList &words)
{
    const QString body = topic.body.toLower();
    qsizetype best = -1;
    qsizetype most = 0;
    for (qsizetype at = body.indexOf(words.front()); at >= 0; at = body.indexOf(words.front(), at + 1)) {
        const QStringView around = QStringView(body).mid(std::max(qsizetype(0), at - kExcerptBefore), kExcerptLength);
        const qsizetype has = std::count_if(words.begin(), words.end(), [around](const QString &word) { return around.contains(word); });
        if (has > most) {
            most = has;
            best = at;
        }
    }
    if (best < 0)
        return {};
    qsizetype from = std::max(qsizetype(0), best - kExcerptBefore);
    if (from > 0) // not in the middle of a word
        from = std::min(body.indexOf(QLatin1Char(' '), from) + 1, best);
    return (from > 0 ? QStringLiteral("… ") : QString()) + topic.body.mid(from, kExcerptLength).simplified();
}

} // namespace

HelpPlace HelpPlace::of(const QString &text)
{
    return {text.section(QLatin1Char('#'), 0, 0), text.section(QLatin1Char('#'), 1)};
}

HelpLibrary::HelpLibrary(const QString &language) : m_language(language)
{
    addLists();
    addSchemas();
    addParts();
    addMetrics();
    for (HelpTopic &topic : m_topics) {
        read(topic);
        gatherText(topic);
    }
    // Policies first, the tables of numbers last; within a group as the tables have it.
    const QStringList order = {tr("Policies"), tr("The lab"), groupTitle("dialects"), tr("Faults"), groupTitle("parts"),
                               groupTitle("distributions"), tr("Metrics of expectations")};
    std::stable_sort(m_topics.begin(), m_topics.end(), [&order](const HelpTopic &a, const HelpTopic &b) {
        return order.indexOf(a.group) < order.indexOf(b.group);
    });
}

HelpTopic &HelpLibrary::topic(const QString &word, const QString &group)
{
    const auto found = std::find_if(m_topics.begin(), m_topics.end(), [&](const HelpTopic &one) { return one.word == word; });
    if (found != m_topics.end())
        return *found;
    HelpTopic &made = m_topics.emplace_back();
    made.word = word;
    made.group = group;
    return made;
}

void HelpLibrary::addLists()
{
    for (const ListTopic &list : listTopics())
        topic(fromView(list.name), list.name == "views" ? tr("The lab") : groupTitle("parts")).lists.push_back(&list);
}

void HelpLibrary::addSchemas()
{
    for (const SchemaTopic &schema : schemaTopics()) {
        // The settings of one service stand on the page of the services.
        const auto list = std::find_if(listTopics().begin(), listTopics().end(),
                                       [&](const ListTopic &one) { return !one.one.empty() && one.one == schema.name; });
        const QString word = list == listTopics().end() ? helpWordOf(schema) : fromView(list->name);
        topic(word, groupTitle(schema.group)).schemas.push_back(&schema);
    }
}

void HelpLibrary::addParts()
{
    for (const PartTopic &part : partTopics()) {
        // "window.size" of a policy is explained with its policy. Only what is a thing of its own has a page.
        if (!part.schema.summary.empty())
            topic(fromView(part.name), groupTitle("parts")).parts.push_back(&part);
    }
}

void HelpLibrary::addMetrics()
{
    for (const Metric &metric : metrics())
        topic(fromView(metric.key), tr("Metrics of expectations")).metric = &metric;
}

void HelpLibrary::read(HelpTopic &topic)
{
    const std::string word = topic.word.toStdString();
    std::optional<std::string_view> page = helpPage(word, m_language.toStdString());
    topic.isForeign = !page && m_language != QLatin1String("en") && helpPage(word);
    if (!page)
        page = helpPage(word);
    if (page)
        topic.markdown = fromView(*page);
    if (!topic.schemas.empty())
        topic.summary = schemaText(topic.schemas.front()->schema->summary);
    else if (!topic.parts.empty())
        topic.summary = schemaText(topic.parts.front()->schema.summary);
    if (!topic.lists.empty())
        topic.summary = schemaText(topic.lists.front()->summary);
    if (topic.metric)
        topic.metricText = QStringLiteral("%1 %2 %3").arg(schemaText(topic.metric->help), metricUnit(topic.metric->unit),
                                                          metricPlace(*topic.metric));
    static const QRegularExpression heading(QStringLiteral("^# (.+)$"), QRegularExpression::MultilineOption);
    const QRegularExpressionMatch match = heading.match(topic.markdown);
    if (match.hasMatch())
        topic.title = match.captured(1);
    else if (!topic.schemas.empty() && topic.lists.empty() && !topic.schemas.front()->schema->title.empty())
        topic.title = schemaText(topic.schemas.front()->schema->title);
    else
        topic.title = topic.word;
}

void HelpLibrary::gatherText(HelpTopic &topic)
{
    static const QRegularExpression title(QStringLiteral("^# .*$"), QRegularExpression::MultilineOption);
    topic.body = proseOf(QString(topic.markdown).remove(title));
    if (topic.body.isEmpty())
        topic.body = topic.summary.isEmpty() ? topic.metricText : topic.summary;
    QStringList texts{topic.title, topic.word, topic.summary, topic.metricText, withoutMarks(topic.markdown)};
    const auto add = [&texts](const Schema &schema) {
        for (const Field &field : schema.fields)
            texts += fromView(field.key) + QStringLiteral(": ") + schemaText(field.help);
    };
    for (const SchemaTopic *schema : topic.schemas) {
        add(*schema->schema);
        for (const NestedKey &key : schema->nested)
            texts += fromView(key.key) + QStringLiteral(": ") + schemaText(key.help);
    }
    for (const PartTopic *part : topic.parts)
        add(part->schema);
    topic.text = texts.join(QStringLiteral(" · ")).toLower();
}

const HelpTopic *HelpLibrary::find(const QString &word) const
{
    const auto found = std::find_if(m_topics.begin(), m_topics.end(), [&](const HelpTopic &one) { return one.word == word; });
    if (found != m_topics.end())
        return &*found;
    for (const HelpTopic &topic : m_topics) // "service" stands on the page of the services
        for (const SchemaTopic *schema : topic.schemas)
            if (fromView(schema->name) == word && !topic.lists.empty())
                return &topic;
    return nullptr;
}

std::optional<HelpPlace> HelpLibrary::resolve(const QString &text) const
{
    if (text.isEmpty())
        return HelpPlace{};
    HelpPlace place = HelpPlace::of(text);
    place.word.replace(QLatin1Char('/'), QLatin1Char('.'));
    if (place.word.endsWith(QLatin1String(".halfopen")))
        place.word.chop(9);
    if (const HelpTopic *topic = find(place.word)) {
        place.word = topic->word;
        return place;
    }
    if (!place.at.isEmpty())
        return std::nullopt;
    for (const SettingTopic &setting : settingTopics(place.word.toStdString()))
        return HelpPlace::of(helpPlaceOf(*setting.of->schema, setting.field->key));
    return std::nullopt;
}

std::vector<HelpHit> HelpLibrary::search(const QString &query) const
{
    const QStringList words = query.simplified().toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto hasAll = [&words](const QString &text) {
        return std::all_of(words.begin(), words.end(), [&text](const QString &word) { return text.contains(word); });
    };
    std::vector<HelpHit> byTitle, bySetting, byText;
    for (const HelpTopic &topic : m_topics) {
        const bool isTitle = hasAll((topic.title + QLatin1Char(' ') + topic.word).toLower());
        if (isTitle)
            byTitle.push_back({&topic, {}, words.isEmpty() ? QString() : sentenceOf(topic)});
        if (isTitle || !hasAll(topic.text))
            continue;
        int hits = 0;
        if (words.size() == 1)
            for (const Setting &setting : settingsOf(topic))
                if (hits < kSettingsMost && hasWord(setting.key, words.front()))
                    bySetting.push_back({&topic, setting.key, setting.key + QStringLiteral(": ") + schemaText(setting.help).remove(QLatin1Char('`')),
                                         hits++ == 0});
        if (hits == 0) {
            const QString excerpt = excerptOf(topic, words);
            byText.push_back({&topic, {}, excerpt.isEmpty() ? sentenceOf(topic) : excerpt});
        }
    }
    byTitle.insert(byTitle.end(), bySetting.begin(), bySetting.end());
    byTitle.insert(byTitle.end(), byText.begin(), byText.end());
    return byTitle;
}

std::vector<const HelpTopic *> HelpLibrary::related(const HelpTopic &topic) const
{
    const QString policy = topic.word.section(QLatin1Char('.'), 0, 0);
    // Read from the English page, so that every language has the same.
    const std::optional<std::string_view> page = helpPage(topic.word.toStdString());
    const QString text = page ? withoutMarks(fromView(*page)).toLower() : QString();
    std::vector<const HelpTopic *> found;
    for (const HelpTopic &other : m_topics) {
        const bool isSame = &other == &topic;
        const bool isFamily = other.word == policy || other.word.startsWith(policy + QLatin1Char('.'));
        if (!isSame && isFamily && (topic.word == policy || other.word == policy)) {
            found.push_back(&other);
            continue;
        }
        const bool isPolicy = other.group == tr("Policies") && !other.word.contains(QLatin1Char('.'));
        if (isSame || isFamily || !isPolicy)
            continue;
        QString name = other.word;
        name.replace(QLatin1Char('_'), QLatin1Char(' '));
        if (name == QLatin1String("circuit breaker"))
            name = QStringLiteral("breaker"); // as everybody calls it
        const QRegularExpression mention(QStringLiteral("\\b(%1|%2)s?\\b").arg(name, other.word));
        if (text.contains(mention))
            found.push_back(&other);
    }
    return found;
}

QString helpWordOf(const SchemaTopic &topic)
{
    return QString::fromStdString(topic.page).replace(QLatin1Char(' '), QLatin1Char('_'));
}

QString helpPlaceOf(const Schema &schema, std::string_view field)
{
    for (const SchemaTopic &topic : schemaTopics()) {
        if (topic.schema != &schema)
            continue;
        QString word = helpWordOf(topic);
        for (const ListTopic &list : listTopics())
            if (!list.one.empty() && list.one == topic.name)
                word = fromView(list.name);
        return HelpPlace{word, fromView(field)}.text();
    }
    return {};
}

QString helpOnValues(const Schema &schema, const Field &field)
{
    QStringList parts;
    QString range = schemaRange(describeRange(field));
    if (range.isEmpty()) {
        QStringList choices;
        for (const std::string_view choice : field.choices)
            choices += fromView(choice);
        range = choices.join(QStringLiteral(", "));
    }
    if (range.isEmpty())
        range = typeText(field.type);
    parts += field.optional ? tr("%1, or none").arg(range) : range;
    QString standard = QString::fromStdString(formatValue(field, field.standard));
    if (const std::string_view means = noneMeans(schema, field); !means.empty())
        standard = tr("%1 (then %2)").arg(standard, schemaText(means));
    if (field.required)
        parts += tr("must be given");
    else if (!standard.isEmpty())
        parts += tr("default %1").arg(standard);
    return parts.join(QStringLiteral("; "));
}

} // namespace halfopen
