// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/comparison.h"
#include "core/run/expectations.h"
#include "core/scenario/json_schema.h"
#include "core/scenario/loader.h"
#include "simulators/study/measured.h"
#include "simulators/vocabulary.h"
#include "tests/support/catalogue.h"
#include "ui/models/completion.h"
#include "ui/models/measured_text.h"
#include "ui/models/schema_text.h"
#include "ui/translation.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace halfopen;
using namespace halfopen::test;

namespace {

/// A small world in which everything can be measured.
constexpr const char *kScenario = R"(halfopen: 1
duration: 1s
services:
  db: { workers: 1 }
clients:
  web: { arrivals: { constant: 1/s }, calls: [ { to: db } ] }
)";

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Every description below \a node: the help of each key and the summary of each kind of settings.
void addDescriptions(const QJsonValue &node, std::set<QString> &into)
{
    for (const QJsonValue &each : node.toArray())
        addDescriptions(each, into);
    const QJsonObject object = node.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QLatin1String("description") && it->isString())
            into.insert(splitDescription(it->toString()).text);
        else
            addDescriptions(*it, into);
    }
}

void addTitles(const Schema &schema, std::set<QString> &into)
{
    into.insert(fromView(schema.title));
    into.insert(fromView(schema.summary));
}

/// "time open" of the metric time_open@db, as the views ask for it.
QString wordsOf(const std::string &name)
{
    return QString::fromStdString(name).section(QLatin1Char('@'), 0, 0).replace(QLatin1Char('_'), QLatin1Char(' '));
}

/// All texts of core's tables that the desktop shows, read from the tables themselves.
std::set<QString> textsOfCore()
{
    std::set<QString> all;
    const Vocabulary &words = standardVocabulary();
    addDescriptions(QJsonDocument::fromJson(QByteArray::fromStdString(jsonSchema(words))).object(), all);
    for (const PolicyType &type : words.policies) {
        addTitles(type.schema(), all);
        if (type.otherDialects) {
            for (const PolicyType &other : type.otherDialects())
                addTitles(other.schema(), all);
        }
    }
    for (const FaultType &type : words.faults)
        addTitles(type.schema(), all);
    for (const report::ComparedFigure &figure : report::comparedFigures())
        all.insert(QString::fromUtf8(figure.title));
    const LoadResult world = loadScenarioText(kScenario, "world.yaml", words);
    if (!world.scenario)
        return {};
    for (const Measured &measured : everyMeasured(*world.scenario)) {
        const QString label = wordsOf(measured.name);
        if (label != QLatin1String("amplification") && label != QLatin1String("p99 9")) // see measuredLabel()
            all.insert(label);
    }
    return all;
}

QString asMessage(const QString &text)
{
    return QStringLiteral("    <message>\n        <source>%1</source>\n        <translation></translation>\n    </message>")
        .arg(text.toHtmlEscaped());
}

/// What a translation must not touch: keys and words of the file, names in capitals, numbers.
std::set<QString> codeOf(QString text)
{
    static const QRegularExpression decimalComma(QStringLiteral("(\\d),(\\d)"));
    static const QRegularExpression code(
        QStringLiteral("[a-z0-9]+_[a-z0-9_]+|\\b[A-Z]{2,}[A-Z_]+\\b|\\d+(?:\\.\\d+)?|`[^`]*`|(?<=[.;:] )[a-z_]+(?=: )"));
    text.replace(decimalComma, QStringLiteral("\\1.\\2"));
    std::set<QString> found;
    for (auto match = code.globalMatch(text); match.hasNext();)
        found.insert(match.next().captured());
    return found;
}

} // namespace

/// That what the tables of core say is there in the lab's other language, too.
class TestSchemaTexts : public QObject {
    Q_OBJECT
private:
    std::set<QString> m_texts;
    std::vector<CatalogueText> m_german;

private slots:
    void initTestCase()
    {
        m_texts = textsOfCore();
        QVERIFY(m_texts.size() > 500);
        m_german = readCatalogue(QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/translations/schema_de.ts"));
        QVERIFY(m_german.size() > 500);
    }

    void everyTextIsTranslated()
    {
        std::set<QString> known;
        for (const CatalogueText &text : m_german) {
            QCOMPARE(text.context, QString("Schema"));
            QVERIFY2(text.finished && !text.translations.join(QString()).isEmpty(), qPrintable(text.source));
            QVERIFY2(known.insert(text.source).second, qPrintable("twice: " + text.source));
        }
        QStringList missing;
        for (const QString &text : m_texts) {
            if (known.count(text) == 0)
                missing += asMessage(text);
        }
        QVERIFY2(missing.isEmpty(), qPrintable(QString("%1 texts without German, for resources/translations/schema_de.ts:\n")
                                                   .arg(missing.size())
                                               + missing.join('\n')));
    }

    /// A sentence that was changed in its table needs its German again.
    void noTranslationIsLeftOver()
    {
        QStringList left;
        for (const CatalogueText &text : m_german) {
            if (m_texts.count(text.source) == 0)
                left += text.source;
        }
        QVERIFY2(left.isEmpty(), qPrintable(left.join('\n')));
    }

    void wordsOfTheFileAreKept()
    {
        QStringList changed;
        for (const CatalogueText &text : m_german) {
            if (codeOf(text.source) != codeOf(text.translations.join(QString())))
                changed += text.source + "\n  " + text.translations.join(QString());
        }
        QVERIFY2(changed.isEmpty(), qPrintable(changed.join('\n')));
    }

    void theTextEditorExplainsInGerman()
    {
        const std::string text = "services:\n  db: { instances: 3 }\n";
        const std::size_t at = text.find("instances") + 2;
        applyLanguage(*qApp, "de");
        const Completion german = helpAt(text, at);
        applyLanguage(*qApp, "en");
        const Completion english = helpAt(text, at);
        QCOMPARE(english.help, QString("Copies of the service behind its load balancer."));
        QCOMPARE(english.hint, QString("1 to 1000, default 1"));
        QCOMPARE(german.help, QString("Kopien des Dienstes hinter seinem Load Balancer."));
        QCOMPARE(german.hint, QString("1 bis 1000, Vorgabe 1"));
        QCOMPARE(german.word, english.word);
    }

    void rangesAndLabelsAreGerman()
    {
        const LoadResult world = loadScenarioText(kScenario, "world.yaml", standardVocabulary());
        QVERIFY(world.scenario);
        const std::vector<Measured> measured = everyMeasured(*world.scenario);
        const auto label = [&measured](const char *name) {
            for (const Measured &each : measured) {
                if (each.name == name)
                    return measuredLabel(each);
            }
            return QString();
        };
        QCOMPARE(label("utilisation@db"), QString("utilisation of db"));
        applyLanguage(*qApp, "de");
        QCOMPARE(label("utilisation@db"), QString("Auslastung von db"));
        QCOMPARE(label("time_to_recover"), QString("Zeit bis zur Erholung"));
        QCOMPARE(label("p99_9"), QString("p99.9"));
        QCOMPARE(schemaRange("at least 1"), QString("mindestens 1"));
        QCOMPARE(schemaRange("at most 10s"), QString("höchstens 10s"));
        QCOMPARE(schemaRange("1ms to 30d"), QString("1ms bis 30d"));
        QCOMPARE(schemaRange("1"), QString("1"));
        QCOMPARE(schemaRange(""), QString());
        QCOMPARE(insideSentence("Latenz"), QString("Latenz"));
        applyLanguage(*qApp, "en");
        QCOMPARE(insideSentence("Slow body"), QString("slow body"));
        QCOMPARE(schemaText(std::string_view("Latency")), QString("Latency"));
        QCOMPARE(schemaText(std::string_view()), QString());
    }
};

QTEST_MAIN(TestSchemaTexts)
#include "tst_schema_texts.moc"
