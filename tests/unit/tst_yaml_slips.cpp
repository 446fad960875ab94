// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One slip each in a scenario written in the block style: what the message says, at the line where it is mended.
#include "core/scenario/loader.h"

#include "simulators/vocabulary.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <string>

using namespace halfopen;

namespace {

constexpr const char *kShop = R"(halfopen: 1
name: shop
seed: 42
duration: 3m
services:
  db:
    instances: 3
    workers: 20
    queue: 100
    service_time: { lognormal: { p50: 12ms, p99: 60ms } }
  orders:
    workers: 64
    calls: [ { to: db, policies: db_client } ]
clients:
  web:
    processes: 40
    arrivals: { poisson: 900/s }
    calls: [ { to: orders, policies: edge } ]
policies:
  edge:
    - timeout: 1s
  db_client:
    - retry:
        max_attempts: 3
    - circuit_breaker:
        failure_rate_threshold: 50%
        window: { kind: time, size: 10s, minimum_calls: 20 }
    - timeout: 250ms
faults:
  - on: db
    from: 110s
    for: 20s
    latency: { add: 400ms }
  - { on: orders, from: 150s, for: 10s, error: 10% }
expect:
  - { goodput: ">= 95%", from: 140s, why: "recovers" }
  - { p99: "<= 800ms", of: web }
)";

LoadResult load(const std::string &text)
{
    return loadScenarioText(text, "s.yaml", standardVocabulary());
}

} // namespace

class TestYamlSlips : public QObject {
    Q_OBJECT
private slots:
    void theScenarioIsRightBeforeTheSlip()
    {
        const LoadResult result = load(kShop);
        QVERIFY(result.ok() && result.diagnostics.empty());
    }

    void theMessageStandsWhereItIsMended_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("hint");
        const auto row = [](const char *name, const char *from, const char *to, const char *line, const char *hint) {
            QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(to) << QString::fromUtf8(line) << QString::fromUtf8(hint);
        };
        const auto yaml = [&](const char *name, const char *from, const char *to, const std::string &place, const std::string &what, const char *hint) {
            row(name, from, to, (place + ": error: this is not valid YAML: " + what).c_str(), hint);
        };
        // ':' is missing, or the blank behind it
        yaml("no colon at the top", "duration: 3m", "duration 3m", "4:9", "there is no ':' behind 'duration'", "write 'duration: 3m'");
        yaml("no colon inside", "    workers: 20", "    workers 20", "8:12", "there is no ':' behind 'workers'", "write 'workers: 20'");
        yaml("no colon before a map", "services:", "services", "5:9", "there is no ':' behind 'services'", "write 'services:'");
        yaml("no colon behind a name", "  web:", "  web", "15:6", "there is no ':' behind 'web'", "write 'web:'");
        yaml("no colon in an item", "    - retry:", "    - retry", "23:12", "there is no ':' behind 'retry'", "write 'retry:'");
        yaml("two lines without one", "seed: 42\nduration: 3m", "seed 42\nduration 3m", "3:5", "there is no ':' behind 'seed'", "write 'seed: 42'");
        yaml("no blank behind it", "    workers: 20", "    workers:20", "8:12", "there is no space behind the ':'", "write 'workers: 20'");
        yaml("equals", "duration: 3m", "duration = 3m", "4:9", "a key and its value have a ':' between them, not a '='", "write 'duration: 3m'");
        row("no colon in braces", "{ kind: time,", "{ kind time,", "27:19: error: unknown key 'kind time' in 'window'", "write 'kind: time'");
        row("no blank in braces", "{ poisson: 900/s }", "{ poisson:900/s }", "17:17: error: unknown kind of arrivals 'poisson:900/s'",
            "write 'poisson: 900/s'");
        row("a needed key without colon", "{ to: orders, policies", "{ to orders, policies", "18:16: error: unknown key 'to orders' in a call",
            "write 'to: orders'");
        row("a policy without colon", "    - timeout: 1s", "    - timeout 1s", "21:7: error: unknown policy 'timeout 1s'", "write 'timeout: 1s'");
        // '-'
        yaml("no blank behind a dash", "    - timeout: 250ms", "    -timeout: 250ms", "28:5", "there is no space behind the '-'",
             "write '- timeout: 250ms'");
        yaml("no blank behind the first dash", "  - on: db", "  -on: db", "30:3", "there is no space behind the '-'", "write '- on: db'");
        yaml("an item without dash", "    - timeout: 250ms", "    timeout: 250ms", "28:5", "this line does not fit what stands above it",
             "line 25 begins with '-' and line 28 in the same column does not: a list and a map cannot be mixed");
        yaml("the first item without dash", "  - on: db", "    on: db", "34:3", "this line does not fit what stands above it",
             "line 34 begins with '-', but line 30, the first of the list, does not: begin it with '-', too");
        // lines
        yaml("a tab", "    workers: 20", "\tworkers: 20", "8:1", "the line is indented with a tab", "YAML indents with spaces");
        yaml("a no-break space", "    workers: 20", "\u00a0\u00a0\u00a0\u00a0workers: 20", "8:1",
             "the line is indented with a blank that is no space (it may come from a copied page)", "write the spaces in front of the line again");
        yaml("indented too little", "    queue: 100", "   queue: 100", "9:4", "this line does not fit what stands above it",
             "line 9 is indented by 3 spaces, but what is above it is indented by 4 spaces (line 8) or by 2 spaces (line 6) or not at all (line 5): "
             "indent it like one of these");
        yaml("indented too much", "    queue: 100", "     queue: 100", "9:6", "this line does not fit what stands above it",
             "line 9 is indented by 5 spaces, line 8 by 4 spaces: what belongs together begins in the same column");
        yaml("two lines in one", "seed: 42\nduration: 3m", "seed: 42 duration: 3m", "3:10", "'duration:' stands behind a value in the same line",
             "begin a new line before 'duration'; a text that holds ': ' stands in quotes");
        yaml("two lines with a comma", "    workers: 20\n", "    workers: 20, queue: 4\n", "8:18", "'queue:' stands behind a value in the same line",
             "begin a new line before 'queue'; a text that holds ': ' stands in quotes");
        yaml("as in JSON", "duration: 3m", "\"duration\": \"3m\",", "4:17", "there is a ',' behind the value",
             "outside of braces a line ends with its value: leave it out");
        row("twice", "    workers: 20", "    workers: 20\n    workers: 30", "9:5: error: 'workers' is given twice; the first is in line 8",
            "remove one of the two");
        row("a second document", "services:", "---\nservices:", "6:1: error: a second YAML document begins here",
            "a scenario file holds one document: leave out the '---' before this line");
        // quotes
        yaml("a comparison", "\">= 95%\"", ">= 95%", "36:16", "a comparison is a text that must stand in quotes",
             "put a comparison in quotes: \">= 95%\"");
        yaml("no closing quote", "\">= 95%\"", "\">= 95%", "36:16", "the text in quotes that begins here ends only in column 42",
             "is there a \" missing before that?");
        yaml("no closing quote to the next line", "\"recovers\"", "\"recovers", "36:43",
             "the text in quotes that begins here ends only in column 12 of line 37", "is there a \" missing before that?");
        row("no closing quote to the end", "name: shop", "name: 'shop", "2:7: error: nothing ends the text in quotes that begins here",
            "is there a ' missing in this line?");
        yaml("an escape", "name: shop", "name: \"C:\\shop\"", "2:12", "unknown escape character: s",
             "in double quotes a '\\' begins an escape: write '\\\\', or put the text in single quotes");
        yaml("a percent sign in front", "name: shop", "name: %shop", "2:7", "a text without quotes cannot begin with '%'", "put it in quotes: '%shop'");
        yaml("a star in front", "name: shop", "name: *shop", "2:7", "'*shop' is an alias, but no value is named '&shop' before it",
             "a text that begins with '*' stands in quotes");
        yaml("a bar in front", "name: shop", "name: |shop", "2:8", "behind '|' or '>' the text begins in the next line",
             "put the text in quotes, or below this line and deeper");
        yaml("a colon in a text", "name: shop", "name: shop: the first", "2:11", "a second ':' in one line", "a text that holds ': ' stands in quotes");
        row("quotes of a word processor", "\">= 95%\"", "\u201c>= 95%\u201d", "36:16: error: 'goodput' is '\u201c>= 95%\u201d', expected a comparison",
            "write for example goodput: \">= 95%\"");
        // brackets
        yaml("no closing brace", "p99: 60ms } }", "p99: 60ms }", "10:19", "nothing closes this '{'", "a '{' above is not closed by '}'");
        yaml("no closing bracket", "policies: edge } ]", "policies: edge }", "18:12", "nothing closes this '['", "a '[' above is not closed by ']'");
        yaml("no closing brace at the very end", "  - { p99: \"<= 800ms\", of: web }\n", "  - { p99: \"<= 800ms\", of: web", "37:5", "nothing closes this '{'",
             "a '{' above is not closed by '}'");
        yaml("brackets in the wrong order", "policies: edge } ]", "policies: edge ]", "18:43",
             "this is a ']', but the '{' of column 14 is still open", "close that with '}' first");
        yaml("one bracket too many", "policies: edge } ]", "policies: edge } ] ]", "18:47", "this ']' closes nothing", "leave it out, or open it before");
        // units and remains
        row("minutes", "duration: 3m", "duration: 3 mins",
            "4:11: error: 'duration': '3 mins' has the unknown unit 'mins', expected ns, us, ms, s, m, h or d: write 3m", "");
        row("percent", "50%", "50 percent", "26:33: error: 'failure_rate_threshold': '50 percent' is not a probability: write 50%",
            "it may be 0.0001% to 100% or none");
        row("a percentage without sign", "50%", "50",
            "26:33: error: 'failure_rate_threshold' is 50, expected 0.0001% to 100% or none: 50 percent is written 50%", "");
        row("requests per second", "900/s", "900 rps",
            "17:26: error: 'poisson': '900 rps' has the unknown unit 'rps', expected /ns, /us, /ms, /s, /m, /h or /d: write 900/s", "");
        row("per second", "900/s", "900 per second",
            "17:26: error: 'poisson': '900 per second' has the unknown unit 'per second', expected /ns, /us, /ms, /s, /m, /h or /d: write 900/s", "");
        row("a comment without blank", "    workers: 20", "    workers: 20#many",
            "8:14: error: 'workers': '20#many' is not a whole number: write for example 100 or 1_000", "a comment needs a blank in front of its '#'");
        row("a semicolon", "seed: 42", "seed: 42;", "3:7: error: 'seed': '42;' is not a whole number: write for example 100 or 1_000",
            "leave the ';' at the end out");
        row("a merge key", "    processes: 40", "    processes: 40\n    <<: 1", "17:5: error: merge keys ('<<') are not supported",
            "an alias can stand for a whole value, for example calls: *name");
    }
    void theMessageStandsWhereItIsMended()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, line);
        QFETCH(QString, hint);
        QString text = QString::fromUtf8(kShop);
        const qsizetype at = text.indexOf(from);
        QVERIFY(at >= 0);
        text.replace(at, from.size(), to);
        const LoadResult result = load(text.toStdString());
        QVERIFY(!result.ok());
        QCOMPARE(QString::fromStdString(result.diagnostics[0].text()).section('\n', 0, 0), "s.yaml:" + line);
        QCOMPARE(QString::fromStdString(result.diagnostics[0].hint), hint);
        QCOMPARE(result.diagnostics.size(), std::size_t(1)); // one slip, one message
    }

    void otherEncodingsAreNamed()
    {
        const auto first = [](const std::string &text) {
            const LoadResult result = load(text);
            return result.diagnostics.empty() ? QString()
                                              : QString::fromStdString(result.diagnostics[0].message + "; " + result.diagnostics[0].hint);
        };
        const std::string shop = kShop;
        std::string utf16 = "\xFF\xFE";
        std::string mac = shop;
        for (const char c : shop)
            utf16 += std::string(1, c) + '\0';
        for (char &c : mac)
            c = c == '\n' ? '\r' : c;
        QCOMPARE(first(utf16), "the text is UTF-16; save the file as UTF-8");
        QCOMPARE(first(mac), "a carriage return stands here without a line feed; save the file with the line ends of Unix (LF) or Windows (CR LF)");
        QCOMPARE(first("name: sh\xF6p\n" + shop), "the text is not valid UTF-8; save the file as UTF-8");
        std::string windows = "\xEF\xBB\xBF";
        for (const char c : shop)
            windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
        QCOMPARE(first(windows), QString());
    }

    /// A broken file must neither steer the terminal that shows the message nor fill it.
    void whatIsPrintedIsShortAndHarmless()
    {
        const std::string escape = load("halfopen: 1\nname: \x1b[31m\n").diagnostics[0].text();
        QVERIFY(escape.find('\x1b') == std::string::npos && escape.find("name: ?[31m") != std::string::npos);
        const std::string inQuotes = load("halfopen: \"\\e[2J\"\n").diagnostics[0].text();
        QVERIFY(inQuotes.find('\x1b') == std::string::npos);
        const std::string line = "halfopen: 1\nseed: " + std::string(500'000, 'x') + " # " + std::string(1000, 'y') + "\n";
        const std::string text = load(line).diagnostics[0].text();
        QVERIFY2(text.size() < 4000, qPrintable(QString::number(text.size())));
        // The caret stands below what is wrong, also in the middle of a long line.
        std::string flow = "{ halfopen: 1";
        for (int i = 0; i < 200; ++i)
            flow += ", x" + std::to_string(i) + ": 1";
        const QStringList lines = QString::fromStdString(load(flow + " }\n").diagnostics[100].text()).split('\n');
        const qsizetype caret = lines[2].indexOf('^');
        QCOMPARE(lines[1].mid(caret, 3), QString("x100").left(3));
        QVERIFY(lines[1].size() < 260);
    }
};

QTEST_GUILESS_MAIN(TestYamlSlips)
#include "tst_yaml_slips.moc"
