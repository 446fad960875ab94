// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traces/recording.h"
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/models/text_change.h"
#include "ui/scenario/draft_store.h"
#include "ui/scenario/scenario_document.h"
#include "ui/scenario/scenario_draft.h"
#include "ui/scenario/yaml_spans.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace halfopen;
using namespace halfopen::test;

namespace {

std::shared_ptr<const Scenario> load(const QByteArray &text)
{
    return loadScenarioText(text.toStdString(), "tuned.yaml", standardVocabulary()).scenario;
}

QByteArray with(const char *before, const char *after)
{
    return QByteArray(kTunedScenario).replace(before, after);
}

/// The number of a process that has ended.
qint64 deadProcess()
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    waitpid(child, nullptr, 0);
    return child;
}

} // namespace

/// The parts of text editing that need no window.
class TestScenarioText : public QObject {
    Q_OBJECT
private slots:
    void spansNameThePartsOfALine_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("parts"); // a letter for each byte
        QTest::newRow("entry") << "name: storm" << "kkkkm ppppp";
        QTest::newRow("number with unit") << "  - timeout: 250ms" << "  m kkkkkkkm nnnnn";
        QTest::newRow("flow") << "{ a: 5%, b: [x, \"y: z\"] }" << "m km nnm km mpm ttttttm m";
        QTest::newRow("comment") << "seed: 4 # why: 3" << "kkkkm n cccccccc";
        QTest::newRow("no comment") << "name: a#b" << "kkkkm ppp";
        QTest::newRow("quoted key") << "'a b': 1" << "kkkkkm n";
        QTest::newRow("colon in a word") << "at: 12:30" << "kkm nnnnn";
        QTest::newRow("open quotes") << "why: \"it" << "kkkm ttt";
        QTest::newRow("letters beyond ASCII") << QString::fromUtf8("µ: ü") << "kkm pp";
        QTest::newRow("empty") << "" << "";
    }
    void spansNameThePartsOfALine()
    {
        QFETCH(QString, line);
        QFETCH(QString, parts);
        const std::string bytes = line.toStdString();
        QString found;
        for (const YamlSpan &span : yamlSpans(bytes))
            found += QString(qsizetype(span.length), QLatin1Char("pkntcm"[int(span.part)]));
        QCOMPARE(found.size(), qsizetype(bytes.size()));
        for (qsizetype i = 0; i < found.size(); ++i) { // blanks have no colour
            if (bytes[std::size_t(i)] == ' ' && found[i] == QLatin1Char('p'))
                found[i] = QLatin1Char(' ');
        }
        QCOMPARE(found, parts);
    }

    void aChangeOfTheTextIsJudged_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("settings");
        QTest::addColumn<bool>("sameShape");
        const auto row = [](const char *name, const QByteArray &text, TextChange::Kind kind, int settings, bool same = true) {
            QTest::newRow(name) << text << int(kind) << settings << same;
        };
        using Kind = TextChange::Kind;
        row("nothing", kTunedScenario, Kind::Words, 0);
        row("a comment", with("# a comment to keep", "# another"), Kind::Words, 0);
        row("a value", with("max_attempts: 4", "max_attempts: 5"), Kind::Settings, 1);
        row("a value in other words", with("max_delay: 2s", "max_delay: 2000ms"), Kind::World, 0);
        row("two values", with("max_attempts: 4, initial_delay: 50ms", "max_attempts: 5, initial_delay: 60ms"), Kind::Settings, 2);
        row("a new key", with("max_delay: 2s", "max_delay: 2s, jitter: none"), Kind::Settings, 1);
        row("a shorthand", with("timeout: 250ms", "timeout: 300ms"), Kind::Settings, 1);
        row("the arrivals", with("200/s", "300/s"), Kind::World, 0);
        row("a value and the seed", with("max_attempts: 4", "max_attempts: 5").replace("seed: 7", "seed: 8"), Kind::World, 1);
        row("a layer less", with("    - timeout: 250ms\n", ""), Kind::World, 0, false);
        row("other order", with("    - timeout: 250ms\n", "").replace("    - retry:", "    - timeout: 250ms\n    - retry:"),
            Kind::World, 0, false);
    }
    void aChangeOfTheTextIsJudged()
    {
        QFETCH(QByteArray, text);
        const auto before = load(kTunedScenario);
        const auto after = load(text);
        QVERIFY(before && after);
        const TextChange change = compareTexts(*before, *after);
        QTEST(int(change.kind), "kind");
        QTEST(int(change.settings.size()), "settings");
        QTEST(change.sameShape, "sameShape");
    }

    void whatIsTypedIsReadAfterAPause()
    {
        ScenarioDraft draft;
        QSignalSpy accepted(&draft, &ScenarioDraft::accepted);
        draft.open("tuned.yaml", kTunedScenario, load(kTunedScenario), {});
        draft.type(with("seed: 7", "seed: 8"));
        draft.type(with("seed: 7", "seed: 9"));
        QCOMPARE(draft.state(), ScenarioDraft::State::Waiting);
        QTRY_COMPARE(draft.state(), ScenarioDraft::State::Read);
        QCOMPARE(accepted.count(), 1);
        const auto scenario = accepted[0][0].value<std::shared_ptr<const Scenario>>();
        QCOMPARE(scenario->seed, std::uint64_t(9));
        QVERIFY(draft.isModified());
    }

    void aTextWithProblemsIsNotInPlay()
    {
        ScenarioDraft draft;
        QSignalSpy accepted(&draft, &ScenarioDraft::accepted);
        draft.open("tuned.yaml", kTunedScenario, load(kTunedScenario), {});
        draft.type(with("max_attempts: 4", "max_attempst: 4"));
        QVERIFY(!draft.readNow());
        QCOMPARE(draft.state(), ScenarioDraft::State::Broken);
        QCOMPARE(accepted.count(), 0);
        QVERIFY(!draft.problems().empty());
        QVERIFY(QString::fromStdString(draft.problems()[0].hint).contains("max_attempts"));
        draft.type(kTunedScenario);
        QVERIFY(draft.readNow());
        QVERIFY(draft.problems().empty());
    }

    void aDraftIsOnDiskWithinASecond()
    {
        QTemporaryDir folder;
        DraftStore store(folder.filePath("drafts"));
        store.keep("/somewhere/a.yaml", QString::fromUtf8("name: ä"));
        const QDir drafts(folder.filePath("drafts"));
        QTRY_COMPARE_WITH_TIMEOUT(drafts.entryList(QDir::Files).size(), 1, 2000);
        const auto kept = store.kept();
        QCOMPARE(kept.size(), std::size_t(1));
        QCOMPARE(kept[0].path, QString("/somewhere/a.yaml"));
        QCOMPARE(kept[0].text, QString::fromUtf8("name: ä"));
        QCOMPARE(store.kept("/somewhere/a.yaml").size(), std::size_t(0)); // it is being worked on
        store.forget("/somewhere/a.yaml");
        QTRY_COMPARE(drafts.entryList(QDir::Files).size(), 0);
    }

    void draftsOfOtherWindowsAreLeftAloneAndThoseOfDeadOnesOffered()
    {
        QTemporaryDir folder;
        const auto name = [&](qint64 process) { return folder.filePath(QStringLiteral("0123456789abcdef-%1.draft.json").arg(process)); };
        const auto write = [&](qint64 process, const QByteArray &text) {
            QFile file(name(process));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(getppid(), R"({"path": "/b.yaml", "text": "b", "when": "2026-01-02T03:04:05Z"})");
        DraftStore store(folder.path());
        QCOMPARE(store.kept().size(), std::size_t(0));
        const qint64 dead = deadProcess();
        write(dead, R"({"path": "/c.yaml", "text": "c", "when": "2026-01-02T03:04:05Z"})");
        QCOMPARE(store.kept().size(), std::size_t(1));
        store.takeOver(store.kept()[0]);
        QVERIFY(!QFile::exists(name(dead)));
        QCOMPARE(store.kept().size(), std::size_t(1)); // under our own number now
        write(dead, "rubbish");
        QCOMPARE(store.kept().size(), std::size_t(1));
        QVERIFY(QFile::exists(name(dead)));
    }

    void aDraftOfADeadProcessIsOfferedWhenItsNumberLivesAgain()
    {
        QTemporaryDir folder;
        DraftStore store(folder.path());
        // As the process with this number began at another time, it is another one: first our own number, then a living one.
        for (const qint64 process : {QCoreApplication::applicationPid(), qint64(getppid())}) {
            const QString name = folder.filePath(QStringLiteral("0123456789abcdef-%1.1.draft.json").arg(process));
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(R"({"path": "/b.yaml", "text": "b", "when": "2026-01-02T03:04:05Z"})");
            file.close();
            QCOMPARE(store.kept("/b.yaml").size(), std::size_t(1));
            QVERIFY(QFile::remove(name));
        }
        store.keep("/b.yaml", "ours");
        store.flush();
        QCOMPARE(store.kept("/b.yaml").size(), std::size_t(0)); // it is being worked on
        QCOMPARE(store.kept().size(), std::size_t(1));
    }

    void aNewLineOfYamlBeginsWhereAPersonWouldGoOn_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("spaces");
        QTest::newRow("empty") << "" << 0;
        QTest::newRow("value") << "  seed: 4" << 2;
        QTest::newRow("key without a value") << "policies:" << 2;
        QTest::newRow("in a list: below the dash") << "    - timeout: 1s" << 4;
        QTest::newRow("flow mapping of a list") << "    - retry: { max_attempts: 3 }" << 4;
        QTest::newRow("key of a list item") << "    - retry:" << 8;
        QTest::newRow("open bracket") << "  db: { workers: 3," << 4;
        QTest::newRow("closed bracket") << "  db: { workers: 3 }" << 2;
        QTest::newRow("comment with a colon") << "  # Watch:" << 2;
        QTest::newRow("comment behind a key") << "services: # all" << 2;
        QTest::newRow("bracket in a text") << "  why: \"a [ in words\"" << 2;
    }
    void aNewLineOfYamlBeginsWhereAPersonWouldGoOn()
    {
        QFETCH(QString, line);
        QFETCH(int, spaces);
        QCOMPARE(int(indentAfter(line.toStdString())), spaces);
    }

    void aTextThatCannotBeKeptIsNoneOfTheOthersBusiness()
    {
        QTemporaryDir folder;
        DraftStore store(folder.path());
        const QDir drafts(folder.path());
        store.keep("/a.yaml", "1");
        QVERIFY(store.flush());
        const QString file = drafts.filePath(drafts.entryList(QDir::Files).value(0));
        QVERIFY(QFile::remove(file) && drafts.mkdir(file)); // a folder where the file should be
        store.keep("/a.yaml", "2");
        store.keep("/b.yaml", "b");
        QVERIFY(!store.flush("/a.yaml")); // whichever of the two was written last
        QVERIFY(store.flush("/b.yaml"));
        QVERIFY(!store.flush());
        QVERIFY(drafts.rmdir(file));
        QVERIFY(store.flush()); // tried again
        QCOMPARE(store.kept().size(), std::size_t(2));
        store.forget("/a.yaml");
        QVERIFY(store.flush());
        QCOMPARE(store.kept().size(), std::size_t(1));
    }

    void aChangeOnDiskWhileABrokenTextWasMendedIsTold()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("a.yaml");
        const auto write = [&](const QByteArray &text) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("halfopen: 1\nbroken\n");
        ScenarioDocument document;
        QSignalSpy failed(&document, &ScenarioDocument::failed);
        QSignalSpy changed(&document, &ScenarioDocument::changedOnDisk);
        document.open(path);
        QTRY_COMPARE(failed.count(), 1);
        write("halfopen: 1\nbroken otherwise\n"); // by another program, while nobody watches
        document.adopt(path, loadScenarioText(kTunedScenario, "a.yaml", standardVocabulary()).scenario);
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 3000);
    }

    void aScenarioSavedElsewhereStillFindsItsRecording()
    {
        QTemporaryDir folder;
        ScenarioDocument document;
        QSignalSpy opened(&document, &ScenarioDocument::opened);
        document.open(QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios/incidents/recorded-brownout.yaml"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 20000);
        const std::shared_ptr<const Scenario> before = document.scenario();
        const Result<void> saved = document.save(folder.filePath("my tuned's.yaml"), std::vector<Override>());
        QVERIFY2(saved, saved ? "" : saved.error().message.c_str());
        const LoadResult again = loadScenarioFile(folder.filePath("my tuned's.yaml").toStdString(), standardVocabulary(), {});
        QVERIFY(again.ok() && again.scenario);
        QVERIFY(again.scenario->services.front().recording && again.scenario->clients.front().arrivals.recording);
        QCOMPARE(again.scenario->services.front().recording->attempts.size(), before->services.front().recording->attempts.size());
        // The comments speak of the file as before: only what is read has changed.
        QVERIFY(again.scenario->text.find("# Note: data/recorded-brownout.jsonl.gz holds") != std::string::npos);
    }

    void aFolderThatCannotBeWrittenIsSaidOnce()
    {
        QTemporaryDir folder;
        QFile blocker(folder.filePath("drafts"));
        QVERIFY(blocker.open(QIODevice::WriteOnly)); // a file where the folder should be
        DraftStore store(folder.filePath("drafts"));
        QSignalSpy failed(&store, &DraftStore::failed);
        store.keep("/a.yaml", "1");
        store.flush();
        store.keep("/a.yaml", "2");
        store.flush();
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(failed[0][0].toString().contains("drafts"));
    }
};

QTEST_GUILESS_MAIN(TestScenarioText)
#include "tst_scenario_text.moc"
