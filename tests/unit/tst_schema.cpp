// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schema.h"

#include "core/scenario/help_text.h"
#include "core/scenario/world_schema.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <set>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

Field makeField(ValueType type)
{
    Field field{.key = "key", .type = type, .help = {}, .standard = {}};
    if (type == ValueType::Choice || type == ValueType::TextList)
        field.choices = {"full", "equal", "none"};
    return field;
}

QString message(const Field &field, std::string_view text)
{
    const Result<Value> value = parseValue(field, text);
    return value ? "no error" : QString::fromStdString(value.error().message);
}

/// Every table of settings that the language has.
std::vector<const Schema *> allSchemas()
{
    std::vector<const Schema *> all{&worldSchema(),     &serviceSchema(),      &clientSchema(),
                                    &callSchema(),      &faultPlaceSchema(),   &expectationSchema(),
                                    &ratePointSchema(), &endpointSchema(),      &mixtureBranchSchema(), &closedLoopSchema(),
                                    &waveSchema(),      &burstSchema(),         &fitSchema()};
    for (const PolicyType &type : standardVocabulary().policies)
        all.push_back(&type.schema());
    for (const FaultType &type : standardVocabulary().faults)
        all.push_back(&type.schema());
    for (const DistributionForm &form : distributionForms())
        all.push_back(&form.schema());
    return all;
}

} // namespace

class TestSchema : public QObject {
    Q_OBJECT
private slots:
    void readsEveryKindOfValue()
    {
        const auto read = [](ValueType type, std::string_view text) {
            return parseValue(makeField(type), text).value();
        };
        QVERIFY(read(ValueType::Duration, "250ms") == Value(Duration(250ms)));
        QVERIFY(read(ValueType::Duration, " 1h30m ") == Value(Duration(90min)));
        QVERIFY(read(ValueType::Rate, "900/s") == Value(900.0));
        QVERIFY(read(ValueType::Rate, "60/m") == Value(1.0));
        QVERIFY(read(ValueType::Probability, "10%") == Value(0.1));
        QVERIFY(read(ValueType::Probability, "0.1") == Value(0.1));
        QVERIFY(read(ValueType::Count, "1_000") == Value(std::int64_t{1000}));
        QVERIFY(read(ValueType::Number, "-1.5") == Value(-1.5));
        QVERIFY(read(ValueType::Flag, "true") == Value(true));
        QVERIFY(read(ValueType::Choice, "none") == Value(std::string("none")));
        QVERIFY(read(ValueType::Text, "a: b") == Value(std::string("a: b")));
        QVERIFY(read(ValueType::TextList, "[full, \"equal\"]") ==
                Value(std::vector<std::string>{"full", "equal"}));
        QVERIFY(read(ValueType::TextList, "full") == Value(std::vector<std::string>{"full"}));
        QVERIFY(read(ValueType::TextList, "[]") == Value(std::vector<std::string>{}));
        QVERIFY(read(ValueType::CountOrDuration, "100") == Value(std::int64_t{100}));
        QVERIFY(read(ValueType::CountOrDuration, "10s") == Value(Duration(10s)));
    }

    void noneIsAValueOfOptionalFieldsOnly()
    {
        Field optional = makeField(ValueType::Duration);
        optional.optional = true;
        QVERIFY(parseValue(optional, "none").value() == Value{});
        QCOMPARE(formatValue(optional, Value{}), std::string("none"));
        QVERIFY(!parseValue(makeField(ValueType::Duration), "none").has_value());
    }

    void noneStaysAChoiceWhereItIsOne()
    {
        Field jitter = makeField(ValueType::Choice);
        jitter.optional = true;
        QVERIFY(parseValue(jitter, "none").value() == Value(std::string("none")));
    }

    void boundsBelongToTheRange()
    {
        Field field = makeField(ValueType::Count);
        field.min = std::int64_t{1};
        field.max = std::int64_t{100};
        QVERIFY(parseValue(field, "1").has_value());
        QVERIFY(parseValue(field, "100").has_value());
        QCOMPARE(message(field, "0"), "'key' is 0, expected 1 to 100");
        QCOMPARE(message(field, "101"), "'key' is 101, expected 1 to 100");
    }

    void aMessageNamesKeyValueAndWhatIsLegal()
    {
        Field share = makeField(ValueType::Probability);
        QCOMPARE(message(share, "150%"), "'key' is 150%, expected 0% to 100%");
        share.min = 0.5;
        share.optional = true;
        QCOMPARE(message(share, "10%"), "'key' is 10%, expected 50% to 100% or none");
        Field duration = makeField(ValueType::Duration);
        duration.max = Duration(1h);
        QCOMPARE(message(duration, "2h"), "'key' is 2h, expected at most 1h");
        QCOMPARE(message(duration, "5"),
                 "'key': '5' has no unit: write 5ms or 5s (ns, us, ms, s, m, h or d)");
        QCOMPARE(message(makeField(ValueType::Flag), "yes"),
                 "'key': 'yes' is not a flag: write true or false");
        QCOMPARE(message(makeField(ValueType::Number), "1,5"),
                 "'key': '1,5' is not a number: write for example 2 or 1.5");
        QCOMPARE(message(makeField(ValueType::Number), "inf"),
                 "'key': 'inf' is not a number: write for example 2 or 1.5");
        QCOMPARE(message(makeField(ValueType::Choice), "ful"),
                 "'key': 'ful' is none of the choices: full, equal or none");
        QCOMPARE(message(makeField(ValueType::TextList), "[full, fuller]"),
                 "'key': 'fuller' is none of the choices: full, equal or none");
        QCOMPARE(message(makeField(ValueType::TextList), "[full"),
                 "'key': '[full' is not a list: write for example [a, b]");
    }

    /// Too much and too little are told the same range, and none that holds what was refused.
    void everyRefusedNumberIsToldTheRangeOfItsKey()
    {
        Field share = makeField(ValueType::Probability);
        share.min = 0.000001;
        share.max = 1.0;
        share.optional = true;
        for (const char *text : {"500%", "0%", "-1%", "0"})
            QVERIFY(!parseValue(share, text));
        QCOMPARE(message(share, "500%"), "'key' is 500%, expected 0.0001% to 100% or none");
        QCOMPARE(message(share, "0%"), "'key' is 0%, expected 0.0001% to 100% or none");
        QCOMPARE(message(share, "-1%"), "'key' is -1%, expected 0.0001% to 100% or none");
        QCOMPARE(message(share, "-0.5"), "'key' is -0.5, expected 0.0001% to 100% or none");
        QCOMPARE(message(share, "50"), "'key' is 50, expected 0.0001% to 100% or none: 50 percent is written 50%");
        QCOMPARE(message(share, "half"), "'key': 'half' is not a probability: write 10% or 0.1");
        Field count = makeField(ValueType::Count);
        count.min = std::int64_t{1};
        count.max = std::int64_t{100};
        QCOMPARE(message(count, "-3"), "'key' is -3, expected 1 to 100");
        QCOMPARE(message(count, "99999999999999999999"), "'key' is 99999999999999999999, expected 1 to 100");
        QCOMPARE(message(count, "2.5"), "'key' is 2.5, expected a whole number, 1 to 100"); // which lies between them
        QCOMPARE(message(count, "many"), "'key': 'many' is not a whole number: write for example 100 or 1_000");
        QCOMPARE(message(makeField(ValueType::Count), "2.5"), "'key' is 2.5, expected a whole number");
        QCOMPARE(message(makeField(ValueType::Count), "9223372036854775808"),
                 "'key': '9223372036854775808' is too large, expected at most 9223372036854775807"); // it is "at least 0", too
    }

    void aWindowHasItsBoundsInCallsAndIsNeverAnEmptyTime()
    {
        Field size = makeField(ValueType::CountOrDuration);
        size.min = std::int64_t{1};
        size.max = std::int64_t{1000};
        QVERIFY(parseValue(size, "1h").has_value());
        QCOMPARE(message(size, "0s"), "'key' is 0s, expected 1 to 1000, or a duration above 0s");
        QCOMPARE(message(size, "0"), "'key' is 0, expected 1 to 1000, or a duration above 0s");
    }

    void aRangeIsDescribedInTheUnitsOfItsKind()
    {
        Field field = makeField(ValueType::Duration);
        QCOMPARE(describeRange(field), std::string());
        field.min = Duration(0);
        QCOMPARE(describeRange(field), std::string("at least 0s"));
        field.max = Duration(1h);
        QCOMPARE(describeRange(field), std::string("0s to 1h"));
        field.min = field.max;
        QCOMPARE(describeRange(field), std::string("1h"));
    }

    void everyDefaultIsLegalAndReadsBackFromItsText()
    {
        int judged = 0;
        for (const Schema *schema : allSchemas()) {
            for (const Field &field : schema->fields) {
                if (field.required)
                    continue;
                const std::string name = std::string(schema->key) + "." + std::string(field.key);
                const std::string text = formatValue(field, field.standard);
                const Result<Value> value = parseValue(field, text);
                QVERIFY2(value.has_value(), (name + " = " + text).c_str());
                QVERIFY2(*value == field.standard, (name + " = " + text).c_str());
                ++judged;
            }
        }
        QVERIFY(judged > 40);
    }

    void everyKeyIsGivenOnceAndExplained()
    {
        for (const Schema *schema : allSchemas()) {
            std::set<std::string_view> keys;
            for (const Field &field : schema->fields) {
                const std::string name = std::string(schema->key) + "." + std::string(field.key);
                QVERIFY2(keys.insert(field.key).second, name.c_str());
                QVERIFY2(field.help.ends_with('.'), name.c_str());
                QVERIFY2(field.type != ValueType::Choice || !field.choices.empty(), name.c_str());
                QVERIFY2(field.min.index() == 0 || field.max.index() == 0 ||
                             field.min.index() == field.max.index(),
                         name.c_str());
            }
            QVERIFY(schema->shorthand.empty() || schema->find(schema->shorthand));
            QVERIFY(schema->find("no such key") == nullptr);
        }
    }

    void theHelpPageNamesEveryKeyItsRangeAndDefault()
    {
        for (const PolicyType &type : standardVocabulary().policies) {
            const std::string help = helpText(type.schema());
            for (const Field &field : type.schema().fields) {
                const std::string heading = "\n  " + std::string(field.key) + "\n";
                const std::size_t at = help.find(heading);
                QVERIFY2(at != std::string::npos, heading.c_str());
                const std::string page = help.substr(at, help.find("\n\n", at) - at);
                QVERIFY2(page.find(formatValue(field, field.standard).substr(0, 6)) !=
                             std::string::npos,
                         page.c_str());
            }
        }
        const Field &attempts = *findPolicyType("retry")->schema().find("max_attempts");
        QCOMPARE(describeType(attempts), std::string("a whole number"));
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
