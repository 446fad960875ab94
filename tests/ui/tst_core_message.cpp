// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/models/core_message.h"
#include "ui/models/study_parameters.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/translation.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"

#include <QApplication>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// What a hand may type into a field of any kind.
constexpr const char *kTyped[] = {"",      "abc",   "-1",    "-5ms",  "0",       "0.748",     "1.5",   "1e9",      "1e9s", "1e9/s",    "2.5%", "150%",
                                  "50",    "-3%",   "12",    "12ms",  "5 parsecs", "5 seconds", "1s1h",  "0.1ns",  "9999999999d", "99999d", "1/s",  "7/fortnight",
                                  "7 rps", "-7/s",  "true",  "none",  "[a",      "[a,,b]",  "[,a]",    "[a, b]", "nothing", "5 percent", "99999999999999999999", "99999999999999999999/s",
                                  "0s",    "0/s",   "0%",    "1_",    "inf",     "1e400",     "unlimited", "999999999", "1000000000000/s"};

/// Every policy in each of its dialects.
std::vector<const PolicyType *> allTypes()
{
    std::vector<const PolicyType *> all;
    for (const PolicyType &type : policyTypes()) {
        all.push_back(&type);
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                all.push_back(&other);
    }
    return all;
}

/// Every way in which parseValue() refuses a text for \a field, and what it says.
std::set<std::string> refusalsOf(const Field &field)
{
    std::set<std::string> all;
    std::vector<std::string> texts(std::begin(kTyped), std::end(kTyped));
    texts.push_back(std::string(310, '9') + "/s"); // too large for a double
    for (const std::string &typed : texts)
        if (const Result<Value> value = parseValue(field, typed); !value)
            all.insert(value.error().message);
    return all;
}

/// Legal values of \a field, its bounds among them.
std::vector<Value> samplesOf(const Field &field)
{
    std::vector<Value> all{field.standard};
    if (field.optional)
        all.emplace_back();
    for (const Value &bound : {field.min, field.max})
        if (!std::holds_alternative<std::monostate>(bound))
            all.push_back(bound);
    for (const std::string_view choice : field.choices)
        if (field.type == ValueType::Choice)
            all.emplace_back(std::string(choice));
    for (const char *text : {"1", "2", "7", "50", "200", "100000", "1000000", "1ms", "20ms", "1s", "10s", "2m", "30h", "50%", "5/s", "true", "false", "db"})
        if (const Result<Value> value = parseValue(field, text))
            all.push_back(*value);
    std::erase_if(all, [&field](const Value &value) { return !parseValue(field, formatValue(field, value)); });
    return all;
}

/// What the rules between the settings of \a schema say of random settings, all of which are legal alone.
std::set<std::string> conflictsOf(const Schema &schema, std::uint64_t seed)
{
    std::set<std::string> all;
    std::vector<std::vector<Value>> samples;
    for (const Field &field : schema.fields)
        samples.push_back(samplesOf(field));
    std::uint64_t state = seed;
    const auto next = [&state](std::size_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return std::size_t(state >> 33) % below;
    };
    for (int world = 0; schema.conflict && world < 4000; ++world) {
        Settings settings(schema);
        for (std::size_t changes = 1 + next(5); changes > 0; --changes) {
            const std::size_t field = next(schema.fields.size());
            if (!samples[field].empty())
                settings.set(schema.fields[field], samples[field][next(samples[field].size())]);
        }
        if (std::string conflict = schema.conflict(settings.config()); !conflict.empty())
            all.insert(std::move(conflict));
    }
    return all;
}

/// What is said of ranges and lists of a study that are none.
std::set<std::string> refusalsOfRanges()
{
    std::set<std::string> all;
    for (const Result<std::vector<std::string>> &values :
         {studyValues("1s", "20%", 5, false), studyValues("0", "10", 5, true), studyValues("fast", "slow", 5, false), studyValues("1, , 2")})
        if (!values)
            all.insert(values.error().message);
    return all;
}

/// What is left of \a message without what is no word of a language: names of settings, their values, what was typed.
QStringList words(QString message)
{
    message.remove(QRegularExpression(QStringLiteral("'[^']*'")));           // names and what was typed
    message.remove(QRegularExpression(QStringLiteral("\\[[^\\]]*\\]?")));
    message.remove(QRegularExpression(QStringLiteral("^to\\b"))); // the setting
    message.remove(QRegularExpression(QStringLiteral("\\w+:\\s(time|count|true|uniform|other|work|cached|static|error_ratio|[a-z0-9_]+ )")));
    return message.split(QRegularExpression(QStringLiteral("[^\\p{L}_.]+")), Qt::SkipEmptyParts);
}

bool isEnglish(const QString &message)
{
    static const std::set<QString> english{"is",     "expected", "write",  "or",   "to",   "a",     "at",    "least",   "most",  "the",   "has",  "unknown", "unit", "number",
                                           "whole",  "list",     "for",    "not",  "than", "with",  "above", "shorter", "needs", "calls", "must", "only",    "none_of", "and",
                                           "longer", "percent",  "negative", "of", "belongs", "meaning", "another", "between", "out", "example"};
    for (const QString &word : words(message))
        if (english.count(word) == 1)
            return true;
    return false;
}

} // namespace

/// What core says of a value that it refuses reaches the window in its language, wholly.
class TestCoreMessage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void cleanup() { applyLanguage(*qApp, "en"); }

    void everyRefusalOfEverySettingIsGerman()
    {
        std::map<ValueType, std::set<std::string>> messages;
        for (const PolicyType *type : allTypes())
            for (const Field &field : type->schema().fields)
                messages[field.type].merge(refusalsOf(field));
        for (const ValueType kind : {ValueType::Duration, ValueType::Rate, ValueType::Probability, ValueType::Count, ValueType::Number, ValueType::Flag,
                                     ValueType::Choice, ValueType::TextList, ValueType::CountOrDuration})
            QVERIFY2(!messages[kind].empty(), qPrintable(QString::number(int(kind))));
        applyLanguage(*qApp, "de");
        static const QRegularExpression point(QStringLiteral("\\d\\.\\d"));
        QStringList wrong;
        for (const auto &[kind, all] : messages) {
            for (const std::string &message : all) {
                const QString german = coreMessage(message);
                if (isEnglish(german) || german.contains(point) || german == QString::fromStdString(message))
                    wrong += QString::fromStdString(message) + "  ->  " + german;
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(QString("%1:\n").arg(wrong.size()) + wrong.join('\n')));
    }

    void everyRuleBetweenSettingsIsGerman()
    {
        std::set<std::string> messages;
        std::uint64_t seed = 1;
        for (const PolicyType *type : allTypes())
            messages.merge(conflictsOf(type->schema(), seed++));
        QVERIFY(messages.size() > 40);
        applyLanguage(*qApp, "de");
        QStringList wrong;
        for (const std::string &message : messages) {
            const QString german = coreMessage(message);
            if (isEnglish(german) || german == QString::fromStdString(message))
                wrong += QString::fromStdString(message) + "  ->  " + german;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }

    void whatIsNoRangeOfAStudyIsSaidInGerman()
    {
        const std::set<std::string> messages = refusalsOfRanges();
        QVERIFY(messages.size() >= 3);
        applyLanguage(*qApp, "de");
        for (const std::string &message : messages) {
            const QString german = coreMessage(message);
            QVERIFY2(!isEnglish(german) && german != QString::fromStdString(message), qPrintable(german));
        }
        QCOMPARE(coreMessage(studyValues("1s", "20%", 5, false).error().message),
                 QString("'1s..20%/5' ist kein Bereich: erwartet werden zwei Werte einer Einheit, zum Beispiel 20%..80%/13 oder 100ms..2s/log5"));
    }

    /// A sentence that core does not say any more, or in other words, is one that will not be found when it is said.
    void everyKnownSentenceIsSaidByCore()
    {
        std::set<std::string> said{"policies.edge.0.to says who is called instead: that cannot be changed while the run plays",
                                   "more than 10 calls were in flight at 1.5 s: the world takes in more than it can answer. Add a timeout, a smaller "
                                   "queue or less load, or raise the limit.",
                                   "the limit of 10 events was reached at 1.5 s. Raise it or shorten the run."};
        said.merge(refusalsOfRanges());
        std::uint64_t seed = 1;
        for (const PolicyType *type : allTypes()) {
            said.merge(conflictsOf(type->schema(), seed++));
            for (const Field &field : type->schema().fields)
                said.merge(refusalsOf(field));
        }
        QStringList unsaid;
        for (const QString &known : knownCoreMessages()) {
            QString pattern = QRegularExpression::escape(known);
            pattern.replace(QRegularExpression(QStringLiteral("\\\\%\\d")), QStringLiteral(".*"));
            const QRegularExpression fits(pattern + QStringLiteral("$"));
            const bool isSaid = std::any_of(said.begin(), said.end(), [&fits](const std::string &one) { return QString::fromStdString(one).contains(fits); });
            if (!isSaid)
                unsaid += known;
        }
        QVERIFY2(unsaid.isEmpty(), qPrintable(unsaid.join('\n')));
    }

    void sentencesAreWhole()
    {
        applyLanguage(*qApp, "de");
        QCOMPARE(coreMessage("'max_attempts' is 0.748, expected a whole number, 1 to 100"), QString("'max_attempts' ist 0,748, erwartet: eine ganze Zahl, 1 bis 100"));
        QCOMPARE(coreMessage("'failure_rate_threshold' is 50, expected 0% to 100% or none: 50 percent is written 50%"),
                 QString("'failure_rate_threshold' ist 50, erwartet: 0% bis 100% oder none; 50 Prozent schreibt man 50%"));
        QCOMPARE(coreMessage("'after': '5 parsecs' has the unknown unit 'parsecs', expected ns, us, ms, s, m, h or d"),
                 QString("'after': '5 parsecs' hat die unbekannte Einheit 'parsecs', erwartet wird ns, us, ms, s, m, h oder d"));
        QCOMPARE(coreMessage("burst has no meaning with kind: fixed_window; it belongs to kind: token_bucket or warm_up"),
                 QString("burst hat bei kind: fixed_window keine Bedeutung; es gehört zu kind: token_bucket oder warm_up"));
        QCOMPARE(coreMessage("nobody knows this one"), QString("nobody knows this one"));
        applyLanguage(*qApp, "en");
        for (const char *english : {"'max_attempts' is 0.748, expected a whole number, 1 to 100", "max_delay is shorter than initial_delay"})
            QCOMPARE(coreMessage(english), QString(english));
    }

    /// As the user meets it: in the row, with the value that stays. A comma is a decimal point for those who write one.
    void theFormRefusesInGermanAndTakesAComma()
    {
        applyLanguage(*qApp, "de");
        TuningModel model;
        model.setScenario(loadScenarioText(test::kTunedScenario, "tuned.yaml", standardVocabulary()).scenario);
        QVERIFY(model.scenario());
        TuningPanel panel(&model);
        panel.resize(300, 700);
        panel.show();
        const auto type = [&](const QString &path, const char *text) {
            auto *line = panel.row(path)->findChild<QLineEdit *>();
            line->setFocus();
            line->selectAll();
            QTest::keyClicks(line, text);
            QTest::keyClick(line, Qt::Key_Return);
            return panel.row(path)->error();
        };
        const QString attempts = QStringLiteral("policies.edge.0.max_attempts"), rate = QStringLiteral("policies.edge.1.failure_rate_threshold");
        const QString refused = type(attempts, "0,748");
        QVERIFY2(refused.startsWith("'max_attempts' ist 0,748, erwartet: eine ganze Zahl") && refused.endsWith("; 4 bleibt"), qPrintable(refused));
        QCOMPARE(type(rate, "12,5%"), QString());
        QCOMPARE(model.valueText(*model.find(rate)), QString("12.5%"));
        QCOMPARE(type(rate, "150%"), QString("'failure_rate_threshold' ist 150%, erwartet: 0,0001% bis 100% oder none; 12,5% bleibt"));
        QCOMPARE(type(QStringLiteral("policies.edge.0.max_delay"), "10ms"), QString("max_delay ist kürzer als initial_delay; 2s bleibt"));
    }
};

QTEST_MAIN(TestCoreMessage)
#include "tst_core_message.moc"
