// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/json_schema.h"
#include "core/scenario/loader.h"
#include "core/scenario/moved_files.h"
#include "simulators/vocabulary.h"
#include "tests/support/scenario_text.h"
#include "tests/support/shipped_files.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <algorithm>
#include <nlohmann/json.hpp>

using namespace halfopen;
using namespace halfopen::test;

namespace {

QString edited(const std::string &text, const std::vector<Override> &changes)
{
    const Result<std::string> result = editScenarioText(text, changes, standardVocabulary());
    return QString::fromStdString(result ? *result : "cannot: " + result.error().message);
}

/// Another legal value of a field, written as in a file: the next step of its kind from the present
/// one.
std::string otherValue(const Field &field, const Value &present)
{
    std::vector<std::string> candidates{"7",     "3",    "10%",   "35%",       "50%",
                                        "250ms", "2s",   "30s",   "20s",       "2",
                                        "1.5",   "true", "false", "[timeout]", "[timeout, error]",
                                        "90/s",  "0.6",  "0.9",   "100"};
    for (const std::string_view choice : field.choices)
        candidates.emplace_back(choice);
    for (const std::string &candidate : candidates) {
        const Result<Value> value = parseValue(field, candidate);
        if (value && *value != present)
            return candidate;
    }
    return {};
}

} // namespace

class TestScenarioEdit : public QObject {
    Q_OBJECT
private slots:
    void onlyTheValueChanges_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("after");
        const auto row = [](const char *what, const char *before, const char *path,
                            const char *value, const char *after) {
            QTest::newRow(what) << QString(before) << QString(path) << QString(value)
                                << QString(after);
        };
        row("value in a flow map",
            "policies: { p: [ { retry: { max_attempts: 3, jitter: full } } ] } # c\n",
            "policies.p.0.max_attempts", "5",
            "policies: { p: [ { retry: { max_attempts: 5, jitter: full } } ] } # c\n");
        row("value in a block map",
            "policies:\n  p:\n    - retry:\n        max_attempts: 3   # tries\n        jitter: "
            "full\n",
            "policies.p.0.max_attempts", "5",
            "policies:\n  p:\n    - retry:\n        max_attempts: 5   # tries\n        jitter: "
            "full\n");
        row("quoted value", "name: \"a, b\"  # x\n", "name", "c", "name: c  # x\n");
        row("value that needs quotes", "name: a\n", "name", "\"c: d # e\"", "name: \"c: d # e\"\n");
        row("text with commas in a flow map", "expect: [ { why: a } ]\n", "expect.0.why", "b, c",
            "expect: [ { why: \"b, c\" } ]\n");
        row("new key in a flow map", "a: { b: 1 }\n", "a.c", "2", "a: { b: 1, c: 2 }\n");
        row("new key in an empty flow map", "a: {}\n", "a.c", "2", "a: { c: 2 }\n");
        row("new key in a flow map of several lines", "a: { b: 1,\n     d: [ 2 ]\n   } # end\n",
            "a.c", "2", "a: { b: 1,\n     d: [ 2 ], c: 2\n   } # end\n");
        row("new key in a block map", "a:\n  b: 1 # one\n\n# next\nd: 1\n", "a.c", "2",
            "a:\n  b: 1 # one\n  c: 2\n\n# next\nd: 1\n");
        row("new key behind a nested block", "a:\n  b:\n    x: 1\n    y: [ 2,\n         3 ]\n",
            "a.c", "2", "a:\n  b:\n    x: 1\n    y: [ 2,\n         3 ]\n  c: 2\n");
        row("new key at the end without a line break", "a: 1", "b", "2", "a: 1\nb: 2");
        row("new nested key",
            "policies: { p: [ { circuit_breaker: { failure_threshold: 3 } } ] }\n",
            "policies.p.0.window.size", "20",
            "policies: { p: [ { circuit_breaker: { failure_threshold: 3, window: { size: 20 } } } "
            "] }\n");
        row("new nested key in a block",
            "policies:\n  p:\n    - circuit_breaker:\n        failure_threshold: 3\n",
            "policies.p.0.window.size", "20",
            "policies:\n  p:\n    - circuit_breaker:\n        failure_threshold: 3\n        "
            "window: { size: 20 }\n");
        row("shorthand", "policies: { p: [ { timeout: 1s } ] } # t\n", "policies.p.0.after", "2s",
            "policies: { p: [ { timeout: 2s } ] } # t\n");
        row("another key beside a shorthand", "policies:\n  p:\n    - retry: 3 # r\n",
            "policies.p.0.jitter", "none",
            "policies:\n  p:\n    - retry: { max_attempts: 3, jitter: none } # r\n");
        row("shorthand of a fault", "faults: [ { on: db, latency: 4ms } ]\n",
            "faults.0.latency.factor", "2",
            "faults: [ { on: db, latency: { add: 4ms, factor: 2 } } ]\n");
        row("bare name in a block", "policies:\n  p:\n    - retry\n    - timeout: 1s\n",
            "policies.p.0.max_attempts", "4",
            "policies:\n  p:\n    - retry: { max_attempts: 4 }\n    - timeout: 1s\n");
        row("bare name in brackets", "policies: { p: [ retry, { timeout: 1s } ] }\n",
            "policies.p.0.max_attempts", "4",
            "policies: { p: [ { retry: { max_attempts: 4 } }, { timeout: 1s } ] }\n");
        row("policy without settings", "policies:\n  p:\n    - retry: # all defaults\n",
            "policies.p.0.max_attempts", "4",
            "policies:\n  p:\n    - retry: { max_attempts: 4 } # all defaults\n");
        row("block list becomes a value", "a:\n  b:\n    - 1\n    - 2\n  c: 3\n", "a.b", "x",
            "a:\n  b: x\n  c: 3\n");
        row("another distribution",
            "services: { db: { service_time: { lognormal: { p50: 1ms, p99: 2ms } } } }\n",
            "services.db.service_time.exponential", "5ms",
            "services: { db: { service_time: { exponential: 5ms } } }\n");
        row("umlauts and a tab", "# \xC3\xA4\xC3\xB6\na: { \"\xC3\xBC\": 1,\tb: 2 }\n", "a.b", "3",
            "# \xC3\xA4\xC3\xB6\na: { \"\xC3\xBC\": 1,\tb: 3 }\n");
        row("Windows line ends", "a:\r\n  b: 1\r\n", "a.c", "2", "a:\r\n  b: 1\r\n  c: 2\r\n");
    }
    void onlyTheValueChanges()
    {
        QFETCH(QString, before);
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, after);
        QCOMPARE(edited(before.toStdString(), {{path.toStdString(), value.toStdString()}}), after);
    }

    /// A scenario that goes into another folder names its files from anywhere; comments that speak of them stay as they are.
    void filesAreNamedWholeAndNothingElseChanges_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto row = [](const char *name, const char *before, const char *after) { QTest::newRow(name) << QString(before) << QString(after); };
        row("plain", "services: { api: { recorded: data/a.gz } } # recorded: data/a.gz\n", "services: { api: { recorded: /x/data/a.gz } } # recorded: data/a.gz\n");
        row("a comment above", "# recorded: a.gz\nservices:\n  api:\n    # recorded: a.gz\n    recorded: a.gz   # recorded: a.gz\n",
            "# recorded: a.gz\nservices:\n  api:\n    # recorded: a.gz\n    recorded: /x/a.gz   # recorded: a.gz\n");
        row("a text that looks like it", "name: \"recorded: a.gz\"\nservices:\n  api: { recorded: 'a.gz' }\n",
            "name: \"recorded: a.gz\"\nservices:\n  api: { recorded: /x/a.gz }\n");
        row("an apostrophe", "services: { api: { recorded: 'it''s.gz' } }\n", "services: { api: { recorded: \"/x/it's.gz\" } }\n");
        row("an apostrophe without quotes", "services: { api: { recorded: it's.gz } }\n", "services: { api: { recorded: \"/x/it's.gz\" } }\n");
        row("a backslash", "services: { api: { recorded: \"a\\\\b.gz\" } }\n", "services: { api: { recorded: \"/x/a\\\\b.gz\" } }\n");
        row("blanks and a sign", "services:\n  api:\n    recorded: 'my #1.gz'\n", "services:\n  api:\n    recorded: \"/x/my #1.gz\"\n");
        row("arrivals", "clients: { web: { arrivals: { recorded: ../a.gz } } }\n", "clients: { web: { arrivals: { recorded: /a.gz } } }\n");
        row("an alias", "services: { api: { recorded: &r a.gz } }\nclients: { web: { arrivals: { recorded: *r } } }\n",
            "services: { api: { recorded: &r /x/a.gz } }\nclients: { web: { arrivals: { recorded: *r } } }\n");
        row("a fit", "services: { db: { service_time: { fit: { trace: t.gz } } } }\n", "services: { db: { service_time: { fit: { trace: /x/t.gz } } } }\n");
        row("whole already", "services: { api: { recorded: /data/a.gz } }\n", "services: { api: { recorded: /data/a.gz } }\n");
    }
    void filesAreNamedWholeAndNothingElseChanges()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        const Result<std::string> moved = withWholeFileNames(before.toStdString(), "/x");
        QVERIFY2(moved, moved ? "" : moved.error().message.c_str());
        QCOMPARE(QString::fromStdString(*moved), after);
    }
    void aFileNameThatCannotBeEditedIsSaid()
    {
        const Result<std::string> moved = withWholeFileNames("services:\n  api:\n    recorded: a long\n      name.gz\n", "/x");
        QVERIFY(!moved);
        QVERIFY2(moved.error().message.starts_with("'recorded: a long name.gz' in line 3 cannot be edited: write '/x/a long name.gz' there"),
                 moved.error().message.c_str());
    }

    void whatCannotBeEditedIsSaid()
    {
        QVERIFY(edited("a: &x { b: 1 }\nc: *x\n", {{"c.b", "2"}})
                    .startsWith("cannot: 'c.b=2': this place"));
        QVERIFY(edited("a: [", {{"a", "2"}}).startsWith("cannot: 'a=2': this is not valid YAML"));
        QVERIFY(edited("a: 1\n", {{"a.b", "2"}})
                    .startsWith("cannot: 'a.b=2': 'a' is the single value '1'"));
        QVERIFY(edited("a: >\n  long\n  text\nb: 1\n", {{"a", "2"}})
                    .startsWith("cannot: 'a=2': this place"));
        QVERIFY(
            edited("- 1\n", {{"a", "2"}}).startsWith("cannot: 'a=2': the text is not a scenario"));
    }

    // The property that "save as scenario" stands on: the edited file loads to what the same
    // changes give as overrides, whatever field of whatever policy, in whatever style the file is
    // written.
    void everyPolicySettingCanBeSavedInEveryStyle()
    {
        int saved = 0;
        for (const PolicyType &type : standardVocabulary().policies) {
            const std::string key(type.key());
            const Settings defaults(type.schema());
            std::vector<std::string> layers{"    - " + key, "    - " + key + ":",
                                            "    - " + key + ": {}", "    - { " + key + ": {} }"};
            for (const Field &field : type.schema().fields) {
                const std::string other = otherValue(field, defaults.get(field));
                QVERIFY2(!other.empty(), std::string(field.key).c_str());
                const std::string path = "policies.p.1." + std::string(field.key);
                for (const std::string &layer : layers) {
                    const std::string text = smallWorld(
                        "# stacks\npolicies:\n  p: # the stack\n    - timeout: 9s # first\n" +
                        layer + " # second\n    - retry: 2 # third\nseed: 5\n");
                    saved += saves(text, {{path, other}});
                }
            }
        }
        QVERIFY(saved > 60);
    }

    void everySettingOfTheShippedScenariosCanBeSaved()
    {
        int saved = 0;
        for (const QString &file : shippedFiles()) {
            const std::string path = HALFOPEN_SOURCE_DIR "/scenarios/" + file.toStdString();
            const std::string text = readFile(path);
            const LoadResult loadedNow = loadScenarioText(text, path, standardVocabulary());
            QVERIFY2(loadedNow.ok(), path.c_str());
            for (const PolicyStackSpec &stack : loadedNow.scenario->stacks) {
                for (std::size_t i = 0; i < stack.layers.size(); ++i) {
                    for (const Field &field : stack.layers[i].type->schema().fields) {
                        const std::string key = "policies." + stack.name + "." + std::to_string(i) +
                                                "." + std::string(field.key);
                        saved += saves(
                            text, {{key, otherValue(field, stack.layers[i].settings.get(field))}},
                            path);
                    }
                }
            }
        }
        QVERIFY(saved > 100);
    }

    void theJsonSchemaNamesEveryKey()
    {
        const auto schema = nlohmann::json::parse(jsonSchema(standardVocabulary()));
        QCOMPARE(schema["$schema"].get<std::string>(),
                 std::string("http://json-schema.org/draft-07/schema#"));
        const auto &layer = schema["definitions"]["layer"]["anyOf"][0]["properties"];
        std::vector<const PolicyType *> types;
        for (const PolicyType &type : standardVocabulary().policies) {
            types.push_back(&type);
            if (type.otherDialects)
                for (const PolicyType &other : type.otherDialects())
                    types.push_back(&other);
        }
        for (const PolicyType *type : types) {
            const nlohmann::json *found = &layer[std::string(type->key())];
            while (found->contains("if")) // one step for each other dialect
                found = &(*found)[found->at("if").at("properties").at("dialect").at("const") ==
                                          type->dialect
                                      ? "then"
                                      : "else"];
            const auto &settings = (*found)["anyOf"][0]["properties"];
            for (const Field &field : type->schema().fields) {
                nlohmann::json::json_pointer at;
                std::string key(field.key);
                for (std::size_t dot = key.find('.'); dot != std::string::npos;
                     dot = key.find('.')) {
                    at /= key.substr(0, dot);
                    at /= "properties";
                    key.erase(0, dot + 1);
                }
                at /= key;
                QVERIFY2(settings.contains(at), std::string(field.key).c_str());
            }
        }
        QVERIFY(schema["properties"].contains("services") &&
                schema["definitions"]["fault"]["properties"].contains("latency"));
    }

private:
    /// True if the change was legal, and then the edited text must load to the same scenario as the
    /// override. A change that a rule between keys forbids has nothing to save.
    static bool saves(const std::string &text, const std::vector<Override> &changes,
                      const std::string &path = "s.yaml")
    {
        const LoadResult wanted = loadScenarioText(text, path, standardVocabulary(), changes);
        const Result<std::string> result = editScenarioText(text, changes, standardVocabulary());
        const std::string what = changes[0].path + "=" + changes[0].value + " in\n" + text;
        if (!result) {
            QTest::qFail(("cannot be edited: " + what).c_str(), __FILE__, __LINE__);
            return false;
        }
        const LoadResult got = loadScenarioText(*result, path, standardVocabulary());
        if (wanted.ok() != got.ok() ||
            (got.ok() && listing(*wanted.scenario) != listing(*got.scenario)))
            QTest::qFail((what + "\nbecame\n" + *result).c_str(), __FILE__, __LINE__);
        // Every comment is still there.
        if (std::count(text.begin(), text.end(), '#') !=
            std::count(result->begin(), result->end(), '#'))
            QTest::qFail(("a comment was lost: " + what).c_str(), __FILE__, __LINE__);
        return got.ok();
    }
};

QTEST_GUILESS_MAIN(TestScenarioEdit)
#include "tst_scenario_edit.moc"
