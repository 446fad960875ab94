// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"
#include "tests/support/scenario_text.h"
#include "tests/support/small_worlds.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <string>

using namespace halfopen;
using namespace halfopen::test;

namespace {

/// One wrong thing and the first line of what is said about it, and the hint.
struct Wrong {
    const char *what;
    std::string text;
    const char *line;
    const char *hint = "";
};

} // namespace

/// Whatever is wrong with a text is said with its place, and all of it at once.
class TestScenarioProblems : public QObject {
    Q_OBJECT
private slots:
    void aProblemIsSaidWithPlaceCaretAndHint()
    {
        QCOMPARE(said(smallWorld("policies:\n  client: [ { retry: { max_attempt: 3 } } ]\n")),
                 "s.yaml:7:24: error: unknown key 'max_attempt' in 'retry'\n"
                 "    client: [ { retry: { max_attempt: 3 } } ]\n"
                 "                         ^\n"
                 "  hint: did you mean 'max_attempts'?\n");
    }

    void tabsAndWideLettersKeepTheCaretInPlace()
    {
        QCOMPARE(said("# \xC3\xA4\n" +
                      smallWorld("name:\t\"\xE6\xBC\xA2\xE5\xAD\x97 e\xCC\x81\"\t# "
                                 "\xC3\xBC\nduration: \"\xC3\xA4\"\t\n") +
                      "seed:\t\tx\n"),
                 QString::fromUtf8("s.yaml:8:11: error: 'duration': '\xC3\xA4' is not a duration: "
                                   "expected a number with a unit "
                                   "(ns, us, ms, s, m, h or d), for example 250ms or 1h30m\n"
                                   "  duration: \"\xC3\xA4\"\t\n"
                                   "            ^\n"
                                   "s.yaml:9:8: error: 'seed': 'x' is not a whole number: write "
                                   "for example 100 or 1_000\n"
                                   "  seed:\t\tx\n"
                                   "       \t\t^\n"
                                   "  hint: it may be at least 0\n"));
        QCOMPARE(said(smallWorld("policies: { \"\xE6\xBC\xA2\": [ retr ] }\n")).section('\n', 4),
                 QString::fromUtf8("s.yaml:6:20: error: unknown policy 'retr'\n"
                                   "  policies: { \"\xE6\xBC\xA2\": [ retr ] }\n"
                                   "                      ^\n"
                                   "  hint: did you mean 'retry'?\n"));
    }

    void eachWrongThingIsNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("hint");
        const std::vector<Wrong> all{
            {"empty", "", "1:1: error: the scenario is empty",
             "begin with halfopen: 1, services and clients"},
            {"a list", "- a\n", "1:1: error: a scenario is a map of keys",
             "begin with halfopen: 1, services and clients"},
            {"no version",
             "services: { db: {} }\nclients: { web: { arrivals: { poisson: 1/s }, calls: [ db ] } "
             "}\n",
             "1:1: error: the scenario needs the key 'halfopen'",
             "Version of the scenario language; write halfopen: 1."},
            {"other version",
             "halfopen: 2\nservices: { db: {} }\nclients: { web: { arrivals: { poisson: 1/s }, "
             "calls: [ db ] } }\n",
             "1:11: error: 'halfopen' is 2, expected 1"},
            {"no services",
             "halfopen: 1\nclients: { web: { arrivals: { poisson: 1/s }, calls: [ db ] } }\n",
             "1:1: error: the scenario needs the key 'services'",
             "A map of services by name: what does the work."},
            {"duplicate key", smallWorld("seed: 1\nseed: 2\n"),
             "7:1: error: 'seed' is given twice; the first is in line 6", "remove one of the two"},
            {"second document", smallWorld("---\na: 1\n"),
             "7:1: error: a second YAML document begins here",
             "a scenario file holds one document: leave out the '---' before this line"},
            {"YAML tag", smallWorld("name: !!str x\n"),
             "6:7: error: the YAML tag 'tag:yaml.org,2002:str' is not supported",
             "leave the tag out"},
            {"tab indent", "halfopen: 1\nservices:\n\tdb: {}\n",
             "3:1: error: this is not valid YAML: the line is indented with a tab",
             "YAML indents with spaces"},
            {"control character", smallWorld("name: \x04\n"),
             "6:7: error: the text holds a control character (byte 4)",
             "a scenario is a plain UTF-8 text"},
            {"broken UTF-8", smallWorld("name: \xC3(\n"), "6:7: error: the text is not valid UTF-8",
             "save the file as UTF-8"},
            {"list for value", withService("{ workers: [4] }"),
             "3:18: error: 'workers' is a list, expected a single value, 1 to unlimited"},
            {"empty value", withService("{ workers: }"),
             "3:9: error: 'workers' is empty, expected a single value, 1 to unlimited"},
            {"value for map", withService("3"),
             "3:7: error: 'db' is '3', expected service 'db' as a map of settings"},
            {"out of range", withService("{ workers: 0 }"),
             "3:18: error: 'workers' is 0, expected 1 to unlimited"},
            {"share above one", withService("{ error_rate: 150% }"),
             "3:21: error: 'error_rate' is 150%, expected 0% to 100%"},
            {"wrong choice", withService("{ load_balancing: rondom }"),
             "3:25: error: 'load_balancing': 'rondom' is none of the choices: round_robin, random, "
             "least_requests or power_of_two_choices",
             "did you mean 'random'?"},
            {"bad name",
             "halfopen: 1\nservices: { a.b: {} }\nclients: { web: { arrivals: { poisson: 1/s }, "
             "calls: [ a.b ] } }\n",
             "2:13: error: 'a.b' is not a name", "names have letters a to z, digits, '-' and '_'"},
            {"time without unit", withService("{ service_time: 5 }"),
             "3:23: error: 'service_time': '5' has no unit: write 5ms or 5s (ns, us, ms, s, m, h "
             "or d)",
             "a time such as 10ms, or a distribution such as { lognormal: { p50: 12ms, p99: 60ms } "
             "}"},
            {"unknown distribution", withService("{ service_time: { lognomal: { p50: 1ms } } }"),
             "3:25: error: unknown distribution 'lognomal'", "did you mean 'lognormal'?"},
            {"two distributions",
             withService("{ service_time: { constant: 1ms, exponential: 2ms } }"),
             "3:40: error: 'service_time' has more than one distribution: 'constant' and "
             "'exponential'",
             "keep one of them, or use 'mixture'"},
            {"mixed pairs", withService("{ service_time: { lognormal: { p50: 1ms, sigma: 2 } } }"),
             "3:36: error: 'lognormal' needs exactly one pair of keys: p50 and p99, median and "
             "sigma, or mean and cv"},
            {"falling quantiles",
             withService("{ service_time: { quantiles: { p50: 5ms, p99: 1ms } } }"),
             "3:36: error: the times of 'quantiles' must not fall from one point to the next"},
            {"zero mean", withService("{ service_time: { exponential: 0ms } }"),
             "3:38: error: 'exponential' is 0ms, expected 1ns to 1d"},
            {"unknown arrivals", withArrivals("{ poison: 3/s }"),
             "5:22: error: unknown kind of arrivals 'poison'", "did you mean 'poisson'?"},
            {"late first step", withArrivals("{ poisson: { steps: [ { from: 1s, rate: 3/s } ] } }"),
             "5:42: error: the first point of 'steps' does not begin at 0s",
             "add { from: 0s, rate: ... } in front"},
            {"disordered ramp",
             withArrivals("{ poisson: { ramp: [ { rate: 3/s }, { rate: 4/s } ] } }"),
             "5:56: error: the points of 'ramp' are not in order of 'from'"},
            {"comparison without quotes", smallWorld("expect:\n  - goodput: >= 95%\n"),
             "7:14: error: this is not valid YAML: a comparison is a text that must stand in quotes",
             "put a comparison in quotes: \">= 95%\""},
            {"missing recording", withService("{ recorded: no.jsonl.gz }"),
             "3:19: error: no.jsonl.gz: there is no such file",
             "file names are relative to the scenario"},
            {"missing service",
             "halfopen: 1\nservices: { orders: {} }\nclients: { web: { arrivals: { poisson: 1/s }, "
             "calls: [ order ] } }\n",
             "3:56: error: there is no service 'order'", "did you mean 'orders'?"},
            {"missing stack",
             "halfopen: 1\nservices: { db: {} }\nclients: { web: { arrivals: { poisson: 1/s }, "
             "calls: [ { to: db, policies: p } ] } }\n",
             "3:76: error: there is no policy stack 'p'", "the scenario has none"},
            {"no call",
             "halfopen: 1\nservices: { db: {} }\nclients: { web: { arrivals: { poisson: 1/s }, "
             "calls: [] } }\n",
             "3:54: error: client 'web' makes no call",
             "a client makes one call, for example [ { to: orders, policies: edge } ]"},
            {"two client calls",
             "halfopen: 1\nservices: { a: {}, b: {} }\nclients: { web: { arrivals: { poisson: 1/s "
             "}, calls: [ a, b ] } }\n",
             "3:59: error: client 'web' makes more than one call, which is not yet supported",
             "use one client for each call, or let a service make the calls"},
            {"same name",
             "halfopen: 1\nservices: { a: {} }\nclients: { a: { arrivals: { poisson: 1/s }, calls: "
             "[ a ] } }\n",
             "3:12: error: 'a' is also the name of a service",
             "expectations and charts need different names"},
            {"cycle",
             "halfopen: 1\nservices:\n  a: { calls: [ b ] }\n  b: { calls: [ { to: c } ] }\n  c: { "
             "calls: [ b ] }\n"
             "clients: { web: { arrivals: { poisson: 1/s }, calls: [ a ] } }\n",
             "5:17: error: the calls go in a circle: b -> c -> b",
             "a call would never end; remove one of them"},
            {"calls itself",
             "halfopen: 1\nservices:\n  a: { calls: [ a ] }\nclients: { web: { arrivals: { "
             "poisson: 1/s }, calls: [ a ] } }\n",
             "3:17: error: the calls go in a circle: a -> a",
             "a call would never end; remove one of them"},
            {"unknown policy", smallWorld("policies: { p: [ { retri: {} } ] }\n"),
             "6:20: error: unknown policy 'retri'", "did you mean 'retry'?"},
            {"two policies in one", smallWorld("policies: { p: [ { timeout: 1s, retry: 3 } ] }\n"),
             "6:33: error: 'retry' stands in the same item as 'timeout'",
             "each policy is an item of its own; begin it with '-'"},
            {"not indented", smallWorld("policies:\n  p:\n    - retry:\n      max_attempts: 3\n"),
             "9:7: error: 'max_attempts' stands in the same item as 'retry'",
             "indent the settings of 'retry' below it"},
            {"stack as map", smallWorld("policies: { p: { timeout: 1s } }\n"),
             "6:16: error: 'p' is a map, expected a list of policies, outermost first, for example "
             "[ { timeout: 1s } ]"},
            {"key one level up",
             smallWorld("policies: { p: [ { circuit_breaker: { minimum_calls: 3 } } ] }\n"),
             "6:39: error: unknown key 'minimum_calls' in 'circuit_breaker'",
             "'minimum_calls' belongs inside 'window'"},
            {"rule between keys",
             smallWorld("policies: { p: [ { retry: { initial_delay: 5s, max_delay: 1s } } ] }\n"),
             "6:27: error: max_delay is shorter than initial_delay"},
            {"group as value",
             smallWorld("policies: { p: [ { circuit_breaker: { window: 3 } } ] }\n"),
             "6:47: error: 'window' is '3', expected a map of settings",
             "'window' has the keys kind, size and minimum_calls"},
            {"fault without kind", smallWorld("faults: [ { on: db } ]\n"),
             "6:11: error: a fault needs a kind: latency, slow_body, error, refuse, reset, "
             "black_hole, outage, partition, capacity_loss, crash, flap or lost_rejections"},
            {"fault on nothing", smallWorld("faults: [ { on: dB, latency: 1s } ]\n"),
             "6:17: error: there is no service 'dB'", "did you mean 'db'?"},
            {"no such instance", smallWorld("faults: [ { on: db, instance: 1, latency: 1s } ]\n"),
             "6:31: error: 'db' has no instance 1", "it has one, number 0"},
            {"two kinds", smallWorld("faults: [ { on: db, latency: 1s, outage: refuse } ]\n"),
             "6:34: error: a fault has one kind, but this has 'latency' and 'outage'",
             "list them as two faults"},
            {"overlapping repeats",
             smallWorld("faults: [ { on: db, latency: 1s, for: 5s, every: 2s } ]\n"),
             "6:11: error: 'every' is shorter than 'for', so the fault would begin again before it "
             "has ended"},
            {"no comparison", smallWorld("expect: [ { goodput: 95% } ]\n"),
             "6:22: error: 'goodput' is '95%', expected a comparison",
             "write for example goodput: \">= 95%\""},
            {"wrong unit", smallWorld("expect: [ { p99: \"<= 95%\" } ]\n"),
             "6:18: error: 'p99': '95%' has the unknown unit '%', expected ns, us, ms, s, m, h or "
             "d",
             "write for example p99: \"<= 800ms\""},
            {"unknown metric", smallWorld("expect: [ { goodputt: \">= 1%\" } ]\n"),
             "6:13: error: unknown key 'goodputt' in an expectation", "did you mean 'goodput'?"},
            {"measured of nothing", smallWorld("expect: [ { goodput: \">= 1%\", of: wbe } ]\n"),
             "6:35: error: there is no client, service or edge 'wbe' to measure 'goodput' of",
             "did you mean 'web'?"},
            {"service is missing", smallWorld("expect: [ { utilisation: \"<= 1%\" } ]\n"),
             "6:11: error: 'utilisation' is measured of one service", "add of: db"},
            {"no time to measure",
             smallWorld("expect: [ { goodput: \">= 1%\", from: 5s, to: 5s } ]\n"),
             "6:11: error: 'to' is not after 'from', so there is nothing to measure"},
        };
        for (const Wrong &wrong : all)
            QTest::newRow(wrong.what) << QByteArray::fromStdString(wrong.text)
                                      << QString(wrong.line) << QString(wrong.hint);
    }
    void eachWrongThingIsNamed()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, line);
        QFETCH(QString, hint);
        const LoadResult result =
            loadScenarioText(text.toStdString(), "s.yaml", standardVocabulary());
        QVERIFY(!result.ok());
        const QString got = QString::fromStdString(result.diagnostics[0].text());
        QCOMPARE(got.section('\n', 0, 0), "s.yaml:" + line);
        QCOMPARE(QString::fromStdString(result.diagnostics[0].hint), hint);
        QCOMPARE(result.diagnostics.size(), std::size_t(1));
    }

    void allProblemsOfAFileComeAtOnceInOrderOfPlace()
    {
        const LoadResult result =
            loadScenarioText("nme: x\nhalfopen: 1\nduration: 3x\nservices:\n  db: { workers: 0, "
                             "queue: -1 }\nclients:\n"
                             "  web: { arrivals: { poisson: 5 }, calls: [ { to: bd } ] }\nfaults: "
                             "[ { on: db, latency: 1 } ]\n",
                             "s.yaml", standardVocabulary());
        QStringList places;
        for (const Diagnostic &diagnostic : result.diagnostics)
            places += QString("%1:%2").arg(diagnostic.place.line).arg(diagnostic.place.column);
        QCOMPARE(places, (QStringList{"1:1", "3:11", "5:18", "5:28", "7:31", "7:51", "8:30"}));
    }

    void unusedPartsAreWarningsAndTheScenarioLoads()
    {
        const std::string text = "halfopen: 1\nservices:\n  db: {}\n  old: { calls: [ { to: older "
                                 "} ] }\n  older: {}\nclients:\n"
                                 "  web: { arrivals: { poisson: 10/s }, calls: [ { to: db } ] }\n"
                                 "policies: { spare: [ { timeout: 1s } ] }\nduration: 10s\n"
                                 "faults: [ { on: db, from: 10s, latency: 1s } ]\n";
        const LoadResult result = loadScenarioText(text, "s.yaml", standardVocabulary());
        QVERIFY(result.ok());
        QStringList lines;
        for (const Diagnostic &diagnostic : result.diagnostics)
            lines += QString::fromStdString(diagnostic.text()).section('\n', 0, 0);
        QCOMPARE(lines,
                 (QStringList{
                     "s.yaml:4:3: warning: nobody calls the service 'old'",
                     "s.yaml:5:3: warning: nobody calls the service 'older'",
                     "s.yaml:8:13: warning: no call uses the policy stack 'spare'",
                     "s.yaml:10:11: warning: this fault begins at 10s, but the run ends at 10s"}));
    }

    void aWrongOverrideIsNamedWithWhatIsLegal_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *path, const char *value, const char *expected) {
            QTest::newRow(path) << QString(path) << QString(value) << QString(expected);
        };
        row("policies.db_client.9.x", "1",
            "'policies.db_client' has no entry '9': it has the entries 0 to 3");
        row("policies.db_client.one.x", "1",
            "'policies.db_client' has no entry 'one': it has the entries 0 to 3");
        row("policies.db_clint.1.x", "1",
            "'policies' has no 'db_clint': did you mean 'db_client'?");
        row("services.cache.workers", "1",
            "'services' has no 'cache': it has orders-db and orders");
        row("duration.x", "1", "'duration' is the single value '3m', it has no key 'x'");
        row("policies..1", "1",
            "the path has an empty step: write for example policies.db_client.1.max_attempts");
        row("policies.db_client.1.max_attempts", "0", "'max_attempts' is 0, expected 1 to 100");
        row("policies.db_client.1.max_atempts", "3",
            "unknown key 'max_atempts' in 'retry'\n  hint: did you mean 'max_attempts'?");
        row("policies.db_client.3.aftr", "3s",
            "unknown key 'aftr' in 'timeout'\n  hint: did you mean 'after'?");
        row("name", "[a", "this is not valid YAML: nothing closes this '['\n  hint: a '[' above is not closed by ']'");
        row("services.orders.calls.0.to", "nowhere",
            "there is no service 'nowhere'\n  hint: the scenario has orders-db and orders");
    }
    void aWrongOverrideIsNamedWithWhatIsLegal()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, expected);
        QCOMPARE(said(designExample(), {{path.toStdString(), value.toStdString()}}),
                 "--set " + path + "=" + value + ": error: " + expected + "\n");
    }

    void limitsAreReported()
    {
        std::string many = "halfopen: 1\nclients: { web: { arrivals: { poisson: 1/s }, calls: [ s0 "
                           "] } }\nservices:\n";
        for (int i = 0; i <= 1000; ++i)
            many += "  s" + std::to_string(i) + ": {}\n";
        QVERIFY(said(many).startsWith("s.yaml:2:56: error: there is no service 's0'") ||
                said(many).contains("'services' has 1001 entries, expected at most 1000"));
        QVERIFY(said(many).contains("'services' has 1001 entries, expected at most 1000"));
        std::string aliases = "halfopen: 1\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
        for (char c = 'b'; c < 'j'; ++c) {
            aliases += std::string(1, c) + ": &" + c + " [";
            for (int i = 0; i < 10; ++i)
                aliases += std::string(i ? ", *" : "*") + static_cast<char>(c - 1);
            aliases += "]\n";
        }
        QVERIFY(said(aliases).contains("the text holds more than 200000 values"));
        QVERIFY(said(std::string(100'000, '[')).contains("this is not valid YAML"));
        std::string wrong = smallWorld();
        for (int i = 0; i < 500; ++i)
            wrong += "key" + std::to_string(i) + ": 1\n";
        QVERIFY(said(wrong).endsWith("s.yaml: error: 300 more problems are not listed\n"));
    }

    void aRunThatNobodyWaitsForIsWarnedOf()
    {
        const QString text = said("duration: 30d\n" + withArrivals("{ poisson: 10000000/s }"));
        QVERIFY2(text.startsWith("s.yaml:6:3: warning: about 25,920,000 million calls begin in this run: at a million a second it takes 300d\n"),
                 qPrintable(text));
        QVERIFY(said("duration: 1d\n" + withArrivals("{ poisson: 100000/s }")).isEmpty());
    }

    /// Texts that are as large as they may be, and wrong in every value: an answer comes before the test's own limit and is not a book.
    void monstersAreAnsweredInShort_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto many = [](int count, auto one) {
            std::string text;
            for (int i = 0; i < count; ++i)
                text += one(std::to_string(i));
            return text;
        };
        const auto row = [](const char *name, const std::string &text) { QTest::newRow(name) << QByteArray::fromStdString(text); };
        row("a long line of times", withService("{ service_time: { empirical: [ " + many(150'000, [](const auto &) { return "1ms, "; }) + "1ms ] } }"));
        row("a long line of branches",
            withService("{ service_time: { mixture: [ " + many(20'000, [](const auto &) { return "{ weight: 1, of: 1ms }, "; }) + "] } }"));
        row("a long line of unknown keys", withService("{ " + many(50'000, [](const auto &i) { return "kex" + i + ": 1, "; }) + "}"));
        row("lines of unknown keys", smallWorld(many(50'000, [](const auto &i) { return "key" + i + ": 1\n"; })));
        row("unknown names in a large world",
            "halfopen: 1\nservices:\n" + many(1000, [](const auto &i) { return "  s" + i + ": {}\n"; }) + "clients:\n"
                + many(1000, [](const auto &i) { return "  c" + i + ": { arrivals: { poisson: 1/s }, calls: [ s" + i + " ] }\n"; }) + "expect:\n"
                + many(999, [](const auto &i) { return "  - { goodput: \">= 1%\", of: \"c" + i + " -> t" + i + "\" }\n"; }));
        row("deep brackets", smallWorld("name: " + std::string(400'000, '[')));
        row("deep maps", smallWorld("name: " + many(100'000, [](const auto &) { return "{a: "; })));
        row("a line of quotes", smallWorld("a: " + std::string(900'001, '\'')));
        row("open quotes", smallWorld(many(100'000, [](const auto &) { return "a: \"b\n"; })));
        row("a long key", smallWorld(std::string(900'000, 'k') + ": 1\n"));
        row("lines without a colon", smallWorld(many(200'000, [](const auto &) { return "a\n"; }) + "b: 1\n"));
        row("colons", smallWorld("name: " + many(300'000, [](const auto &) { return ": "; })));
    }
    void monstersAreAnsweredInShort()
    {
        QFETCH(QByteArray, text);
        QVERIFY(text.size() < 1'000'000);
        const QString answer = said(text.toStdString());
        QVERIFY2(answer.size() < 200'000, qPrintable(QString::number(answer.size())));
    }

    // A quick, repeatable relative of tests/fuzz: whatever the text, there is a scenario or a
    // reason why not.
    void anyTextGivesAScenarioOrAReason()
    {
        const std::string bytes = "{}[]:,-#&*!|>'\"%@`\n \t~0s1x";
        const std::string seedText = designExample();
        int loads = 0;
        for (std::uint64_t round = 0; round < 4000; ++round) {
            const RandomStream random(2026, "mutations");
            std::string text = seedText;
            const std::uint64_t edits = 1 + uniformIndex(random.draw(round, 0), 4);
            for (std::uint32_t e = 0; e < edits; ++e) {
                const auto draw = [&](std::uint32_t i, std::size_t count) {
                    return static_cast<std::size_t>(
                        uniformIndex(random.draw(round, 1 + 8 * e + i), count));
                };
                const std::size_t at = draw(0, text.size());
                switch (draw(1, 5)) {
                case 0:
                    text[at] = bytes[draw(2, bytes.size())];
                    break;
                case 1:
                    text.insert(at, 1, bytes[draw(2, bytes.size())]);
                    break;
                case 2:
                    text.erase(at, 1 + draw(2, 20));
                    break;
                case 3:
                    text.insert(at, text.substr(draw(2, text.size()), draw(3, 40)));
                    break;
                case 4:
                    text[at] = static_cast<char>(draw(2, 256));
                    break;
                }
            }
            const LoadResult result = loadScenarioText(text, "s.yaml", standardVocabulary());
            loads += result.ok();
            QVERIFY2(result.ok() || !result.diagnostics.empty(), text.c_str());
            for (const Diagnostic &diagnostic : result.diagnostics) {
                QVERIFY2(!diagnostic.message.empty() && diagnostic.place.line >= 0, text.c_str());
                QVERIFY2(diagnostic.severity == Diagnostic::Severity::Warning || !result.ok(),
                         text.c_str());
            }
        }
        QVERIFY(loads > 100 && loads < 3900); // both ways were met
    }
};

QTEST_GUILESS_MAIN(TestScenarioProblems)
#include "tst_scenario_problems.moc"
