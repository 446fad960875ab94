// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/comparison.h"
#include "core/run/expectations.h"
#include "core/scenario/json_schema.h"
#include "core/scenario/loader.h"
#include "core/scenario/none_value.h"
#include "simulators/explained_moment.h"
#include "simulators/help_topics.h"
#include "simulators/study/measured.h"
#include "simulators/vocabulary.h"
#include "tests/support/catalogue.h"
#include "ui/format.h"
#include "ui/models/completion.h"
#include "ui/models/measured_text.h"
#include "ui/models/reason_text.h"
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

/// An outage under a stack of one layer, in which many calls meet three instances.
constexpr const char *kOutage = R"(halfopen: 1
duration: 110s
services:
  db: { instances: 3, workers: 20, service_time: 5ms }
clients:
  web: { processes: 1, arrivals: { constant: 50/s }, calls: [ { to: db, policies: edge } ] }
policies:
  edge: [ %1 ]
faults:
  - { on: db, from: 10s, for: 20s, error: {} }
  - { on: db, from: 36s, for: 10s, instance: 0, refuse: {} }
  - { on: db, from: 68s, for: 4s, latency: { add: 300ms } }
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
    for (const SchemaTopic &topic : schemaTopics()) {
        all.insert(fromView(topic.schema->summary));
        if (topic.schema->title != topic.schema->key) // a word of the file
            all.insert(fromView(topic.schema->title));
        for (const Field &field : topic.schema->fields) {
            all.insert(fromView(field.help));
            if (const std::string_view means = noneMeans(*topic.schema, field); means.find(' ') != means.npos) // no value, no key
                all.insert(fromView(means));
        }
        for (const NestedKey &key : topic.nested)
            all.insert(fromView(key.help));
    }
    for (const PartTopic &part : partTopics())
        all.insert(fromView(part.schema.summary));
    for (const ListTopic &list : listTopics())
        all.insert(fromView(list.summary));
    for (const Metric &metric : metrics())
        all.insert(fromView(metric.help));
    all.erase(QString());
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

/// With plain spaces between numbers and units.
QString plain(QString text)
{
    return text.replace(QChar(0xa0), QLatin1Char(' '));
}

const QRegularExpression &englishWord()
{
    static const QRegularExpression word(QStringLiteral(
        "\\b(the|of|is|are|calls?|trials?|failed|failures?|then|that|until|not|last|row|went|well|now|yet|it|and|reached)\\b"));
    return word;
}

} // namespace

/// That what the tables of core say is there in the lab's other language, too.
class TestSchemaTexts : public QObject {
    Q_OBJECT
private:
    std::set<QString> m_texts;
    std::vector<CatalogueText> m_german; ///< of the tables

    static QStringList saidAt(const std::shared_ptr<const Scenario> &scenario, Duration at);

private slots:
    void initTestCase()
    {
        m_texts = textsOfCore();
        QVERIFY(m_texts.size() > 500);
        for (CatalogueText &text : readCatalogue(QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/translations/schema_de.ts"))) {
            if (text.context == QLatin1String("Schema"))
                m_german.push_back(std::move(text));
        }
        QVERIFY(m_german.size() > 500);
    }

    void everyTextIsTranslated()
    {
        std::set<QString> known;
        for (const CatalogueText &text : m_german) {
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

    void reasonsAreGerman()
    {
        using Kind = TransitionReason::Kind;
        for (int k = 0; k <= int(Kind::EjectionOver); ++k) {
            TransitionReason reason;
            reason.kind = static_cast<Kind>(k);
            reason.observed = 3;
            reason.threshold = 2.5;
            reason.windowCalls = 20;
            reason.hasDecidingCall = k % 2 == 0;
            reason.decidingCall = 812;
            reason.decidingOutcome = OutcomeKind::Timeout;
            for (const double observed : {3.0, 1.0}) {
                reason.observed = observed;
                applyLanguage(*qApp, "en");
                QCOMPARE(plain(reasonText(reason)), QString::fromStdString(describe(reason)));
                applyLanguage(*qApp, "de");
                QVERIFY2(!reasonText(reason).contains(englishWord()), qPrintable(reasonText(reason)));
            }
        }
        TransitionReason rate{.kind = Kind::FailureRate, .windowCalls = 21, .observed = 11 / 21.0, .threshold = 0.5};
        QCOMPARE(plain(reasonText(rate)), QString("Fehlerrate 52,4 % (21 Aufrufe) hat die Schwelle von 50 % erreicht"));
        applyLanguage(*qApp, "en");
        rate.windowCalls = 1394; // as the other counts are written
        QVERIFY2(reasonText(rate).contains(formatCalls(1394)), qPrintable(reasonText(rate)));
        QVERIFY2(formatCalls(1394) == "1,394 calls", qPrintable(formatCalls(1394)));
    }

    /// What a breaker says of itself at moments before, in and after an outage.
    void explanationsAreGerman_data()
    {
        QTest::addColumn<QString>("layer");
        for (const char *settings :
             {"{}", "{ failure_rate_threshold: 50%, window: { kind: time, size: 10s }, recovery_timeout: 5s }",
              "{ slow_call: { duration: 100ms, rate_threshold: 50% }, failure_rate_threshold: 50%, window: { size: 20 } }",
              "{ mode: metrics_only }", "{ mode: disabled }", "{ mode: forced_open }", "{ dialect: resilience4j }",
              "{ dialect: resilience4j, sliding_window_type: time_based, max_wait_duration_in_half_open_state: 30s }",
              "{ dialect: resilience4j, enable_exponential_backoff: true }",
              "{ dialect: gobreaker }", "{ dialect: gobreaker, interval: 10s, bucket_period: 1s }",
              "{ dialect: gobreaker, interval: 10s, ready_to_trip: { kind: ratio } }",
              "{ dialect: gobreaker, ready_to_trip: { kind: total } }", "{ dialect: polly }", "{ dialect: hystrix }",
              "{ dialect: sentinel }", "{ dialect: sentinel, grade: error_count, count: 5 }",
              "{ dialect: sentinel, grade: slow_request_ratio, count: 100 }", "{ dialect: failsafe }",
              "{ dialect: failsafe, failure_thresholding_period: 10s, failure_rate_threshold: 50%, failure_execution_threshold: 10 }",
              "{ dialect: microprofile }"})
            QTest::newRow(settings) << QStringLiteral("circuit_breaker: ") + QString::fromLatin1(settings);
        QTest::newRow("outlier ejection") << "outlier_ejection: { consecutive_5xx: 5 }";
        QTest::newRow("outlier ejection of local failures")
            << "outlier_ejection: { consecutive_5xx: 0, split_external_local_origin_errors: true, max_ejection_percent: 50% }";
    }
    void explanationsAreGerman()
    {
        QFETCH(QString, layer);
        const std::string text = QString::fromLatin1(kOutage).arg(layer).toStdString();
        const LoadResult world = loadScenarioText(text, "outage.yaml", standardVocabulary());
        QVERIFY2(world.scenario, world.diagnostics.empty() ? "" : world.diagnostics.front().message.c_str());
        applyLanguage(*qApp, "de");
        int seen = 0;
        for (const int at : {0, 2, 10, 11, 14, 24, 38, 41, 64, 70, 71, 75, 100}) {
            for (const QString &said : saidAt(world.scenario, std::chrono::seconds(at))) {
                ++seen;
                QVERIFY2(!said.contains(englishWord()), qPrintable(said));
            }
        }
        applyLanguage(*qApp, "en");
        QVERIFY(seen > 10);
    }

    void phrasesKeepTheirNumbers()
    {
        QCOMPARE(phraseText("2 of at most 3"), QString("2 of at most 3"));
        applyLanguage(*qApp, "de");
        QCOMPARE(phraseText("2 of at most 3"), QString("2 von höchstens 3"));
        QCOMPARE(plain(phraseText("the last 2.5 s in buckets of 250 ms")), QString("die letzten 2,5 s in Abschnitten von 250 ms"));
        QCOMPARE(phraseText("ejected for 1m30s, back at the first sweep after 2m"),
                 QString("seit 1m30s ausgeschlossen, zurück beim ersten Durchgang nach 2m"));
        QCOMPARE(phraseText("nobody knows this 1"), QString("nobody knows this 1"));
        Explanation::Rule rule;
        rule.what = "failure rate";
        rule.unit = Explanation::Unit::Share;
        rule.observed = 0.125;
        rule.threshold = 0.5;
        rule.calls = 8;
        QCOMPARE(plain(ruleText(rule)), QString("Fehlerrate 12,5 % < 50 % bei 8 Aufrufen"));
        rule.callsNeeded = 10;
        QCOMPARE(ruleText(rule),
                 QString("Fehlerrate wird noch nicht gefragt: Mindestzahl der Aufrufe nicht erreicht, 8 von 10"));
        applyLanguage(*qApp, "en");
        QCOMPARE(plain(ruleText(rule)), QString::fromStdString(describe(rule)));
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
        QCOMPARE(label("p99_9"), QString("p99,9"));
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

/// Each sentence of the first layer's explanation at that moment.
QStringList TestSchemaTexts::saidAt(const std::shared_ptr<const Scenario> &scenario, Duration at)
{
    const auto moment = explainMoment(scenario, LayerPlace{"edge", 0, 0, true}, 0, RunOptions{}, {}, Instant(at));
    if (!moment)
        return {};
    const Explanation &e = moment->layer.explanation;
    QStringList all{phraseText(e.windowText), phraseText(e.next)};
    for (const Explanation::Rule &rule : e.rules)
        all += ruleText(rule);
    for (const Explanation::Fact &fact : e.facts)
        all += phraseText(fact.what) + QStringLiteral(": ") + phraseText(fact.value);
    all.removeAll(QString());
    return all;
}

QTEST_MAIN(TestSchemaTexts)
#include "tst_schema_texts.moc"
