// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/completion.h"
#include "ui/models/yaml_place.h"

#include <QFile>
#include <QDir>
#include <QTest>

using namespace halfopen;

namespace {

/// The text without its mark, and where the mark stood.
std::pair<std::string, std::size_t> marked(const QString &text)
{
    std::string bytes = text.toStdString();
    const std::size_t at = bytes.find('|');
    return {bytes.erase(at, 1), at};
}

QStringList words(const QString &text)
{
    const auto [bytes, at] = marked(text);
    QStringList all;
    for (const Completion &each : completionsAt(bytes, at).words)
        all += each.word;
    return all;
}

} // namespace

/// What may stand at a place of a scenario. The mark | is the cursor.
class TestCompletion : public QObject {
    Q_OBJECT
private slots:
    void placesAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("path"); // with "-" for items
        QTest::addColumn<bool>("isKey");
        QTest::newRow("empty text") << "|" << "" << true;
        QTest::newRow("top") << "name: x\nse|" << "" << true;
        QTest::newRow("top value") << "name: x|" << "name" << false;
        QTest::newRow("value not begun") << "seed: |" << "seed" << false;
        QTest::newRow("in a block") << "services:\n  db:\n    wor|" << "services/db" << true;
        QTest::newRow("blank line of a block") << "services:\n  db:\n    workers: 3\n    |" << "services/db" << true;
        QTest::newRow("back out") << "services:\n  db:\n    workers: 3\n  |" << "services" << true;
        QTest::newRow("name of a service") << "services:\n  d|:\n" << "services" << true;
        QTest::newRow("flow") << "services:\n  db: { workers: 3, qu| }" << "services/db" << true;
        QTest::newRow("flow value") << "services:\n  db: { workers: 3, queue: 4| }" << "services/db/queue" << false;
        QTest::newRow("closed flow") << "services:\n  db: { workers: 3 }\n  |" << "services" << true;
        QTest::newRow("list item") << "policies:\n  edge:\n    - ret|" << "policies/edge/-" << true;
        QTest::newRow("key of an item") << "policies:\n  edge:\n    - retry: { max|" << "policies/edge/-/retry" << true;
        QTest::newRow("second key of an item") << "faults:\n  - on: db\n    fr|" << "faults/-" << true;
        QTest::newRow("list in line with its key") << "faults:\n- on: db\n- fr|" << "faults/-" << true;
        QTest::newRow("nested flow") << "    - retry: { budget: { ra|" << "-/retry/budget" << true;
        QTest::newRow("flow list") << "x: { retry_on: [timeout, er| ] }" << "x/retry_on/-" << false;
        QTest::newRow("map in a flow list") << "calls: [ { to: a, pol| } ]" << "calls/-" << true;
        QTest::newRow("flow over lines") << "services:\n  db: { workers: 3,\n    qu| }" << "services/db" << true;
        QTest::newRow("behind quotes with brackets") << "expect:\n  - { why: \"a { b\", go| }" << "expect/-" << true;
        QTest::newRow("comment above") << "services:\n  db:\n# no: key\n    |" << "services/db" << true;
    }
    void placesAreFound()
    {
        QFETCH(QString, text);
        const auto [bytes, at] = marked(text);
        const YamlPlace place = yamlPlaceAt(bytes, at);
        QStringList path;
        for (const YamlPlace::Step &step : place.path)
            path += step.key.empty() ? QStringLiteral("-") : QString::fromStdString(step.key);
        QTEST(path.join('/'), "path");
        QTEST(place.isKey, "isKey");
    }

    void nothingIsOfferedInAComment()
    {
        QVERIFY(words("# se|").isEmpty());
        QVERIFY(words("seed: 4 # se|").isEmpty());
    }

    void keysOfAPlaceAreOfferedUnlessTheyAreThere()
    {
        const QStringList top = words("|");
        for (const char *key : {"halfopen", "name", "seed", "duration", "services", "clients", "policies", "faults", "expect"})
            QVERIFY2(top.contains(key), key);
        QVERIFY(!words("seed: 4\n|\nduration: 60s\n").contains("seed"));
        QVERIFY(!words("seed: 4\n|\nduration: 60s\n").contains("duration"));
        const QString retry = "policies:\n  edge:\n    - retry: { %1 }";
        QVERIFY(words(retry.arg("|")).contains("max_attempts"));
        QVERIFY(!words(retry.arg("max_attempts: 3, |")).contains("max_attempts"));
        QVERIFY(!words(retry.arg("|, max_attempts: 3")).contains("max_attempts"));
        QCOMPARE(words(retry.arg("max_at|")), QStringList{"max_attempts"});
        QVERIFY(words(retry.arg("del|")).contains("initial_delay")); // also in the middle of a word
    }

    void layersAndTheirKindsAreOffered()
    {
        const QStringList kinds = words("policies:\n  edge:\n    - |");
        for (const char *kind : {"retry", "circuit_breaker", "timeout", "fallback", "bulkhead"})
            QVERIFY2(kinds.contains(kind), kind);
        QVERIFY(words("policies:\n  edge:\n    - retry: { max_attempts: 2 }\n      |").isEmpty()); // one layer per item
    }

    void settingsAreThoseOfTheDialect()
    {
        const QString breaker = "policies:\n  edge:\n    - circuit_breaker: { %1| }";
        QVERIFY(words(breaker.arg("")).contains("recovery_timeout"));
        QVERIFY(!words(breaker.arg("dialect: resilience4j, ")).contains("recovery_timeout"));
        QVERIFY(words(breaker.arg("dialect: resilience4j, ")).size() > 3);
    }

    void wordsOfAChoiceAndNamesAreOffered()
    {
        QVERIFY(words("policies:\n  edge:\n    - retry: { jitter: | }").contains("decorrelated"));
        const QString world = "services:\n  db: 1\n  cache: 1\nclients:\n  web: { calls: [ { to: %1, policies: %2 } ] }\npolicies:\n  edge: []\n  core: []\n";
        QCOMPARE(words(world.arg("|", "x")), (QStringList{"db", "cache"}));
        QCOMPARE(words(world.arg("d|", "x")), QStringList{"db"});
        QCOMPARE(words(world.arg("db", "|")), (QStringList{"edge", "core"}));
    }

    void hintsSayRangeUnitAndDefault()
    {
        const auto [bytes, at] = marked("policies:\n  edge:\n    - retry: { initial_del| }");
        const Completions found = completionsAt(bytes, at);
        QCOMPARE(found.words.size(), std::size_t(1));
        QVERIFY2(found.words[0].hint.contains("default 1s"), qPrintable(found.words[0].hint));
        QVERIFY2(found.words[0].hint.contains(" to "), qPrintable(found.words[0].hint));
        QVERIFY(!found.words[0].help.isEmpty());
        QVERIFY(found.addsColon);
        QCOMPARE(bytes.substr(found.from, found.to - found.from), std::string("initial_del"));
    }

    void helpIsGivenForKeysAndValues()
    {
        const QString text = "policies:\n  edge:\n    - retry: { max_at|tempts: 3, jitter: full }";
        const auto [bytes, at] = marked(text);
        QVERIFY(!helpAt(bytes, at).help.isEmpty());
        QVERIFY(helpAt(bytes, bytes.find("full")).help.size() > 5);
    }

    /// Every key of every scenario that ships is one that would have been offered at its place.
    void allKeysOfTheShippedScenariosAreKnown()
    {
        const QDir folder(QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios"));
        int known = 0;
        for (const QString &name : folder.entryList({"*.yaml"})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string text = file.readAll().toStdString();
            for (std::size_t at = text.find(':'); at != std::string::npos; at = text.find(':', at + 1)) {
                if (at == 0 || at + 1 >= text.size() || (text[at + 1] != ' ' && text[at + 1] != '\n') || text[at - 1] == '"')
                    continue;
                const YamlPlace place = yamlPlaceAt(text, at);
                if (place.isComment || !place.isKey || place.from == place.to)
                    continue;
                const bool isName = place.path.size() == 1 && !place.path[0].key.empty(); // of a service, client or stack
                if (isName)
                    continue;
                QVERIFY2(!helpAt(text, at - 1).word.isEmpty(),
                         qPrintable(name + ": " + QString::fromStdString(text.substr(place.from, place.to - place.from))));
                ++known;
            }
        }
        QVERIFY(known > 200);
    }
};

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
