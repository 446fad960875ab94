// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/library/run_library.h"
#include "ui/library/run_list_model.h"
#include "ui/library/run_picture.h"
#include "ui/library/run_replayer.h"
#include "ui/replayed_engine.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QObject>
#include <QPainter>
#include <QProcess>
#include <QLocale>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr const char *kWriterFlag = "--write-until-killed";

std::shared_ptr<const Scenario> scenario(const std::string &text = kTunedScenario)
{
    const LoadResult loaded = loadScenarioText(text, "tuned.yaml", standardVocabulary());
    if (!loaded.ok())
        qFatal("%s", loaded.diagnostics.front().text().c_str());
    return loaded.scenario;
}

RecordPtr runOf(std::uint64_t seed = 7)
{
    RunOptions options;
    options.seed = seed;
    Simulation simulation(scenario(), options);
    simulation.runToEnd();
    return std::make_shared<const RunRecord>(simulation.snapshot());
}

/// A run with changes in the middle of it, and ended by hand.
RecordPtr tunedWhilePlaying(Instant end)
{
    Simulation simulation(scenario());
    simulation.runUntil(Instant(21s));
    if (!simulation.change("policies.edge.0.max_attempts", "1")
        || !simulation.change("policies.edge.1.recovery_timeout", "1s"))
        qFatal("the changes are legal");
    simulation.runUntil(Instant(30s));
    (void)simulation.change("policies.edge.0.max_attempts", "5");
    simulation.runUntil(end);
    simulation.cancel();
    return std::make_shared<const RunRecord>(simulation.snapshot());
}

/// The child process: keeps runs and writes notes, says what it has handed over, and goes on until it is killed.
int writeUntilKilled(const QString &file)
{
    auto opened = RunStore::open(file);
    if (!opened)
        return 3;
    for (std::uint64_t n = 1;; ++n) {
        const auto kept = (*opened)->keep({runOf(n), {}, QDateTime::currentDateTimeUtc()});
        if (!kept || !(*opened)->setNotes(kept->id, QStringLiteral("note %1").arg(n)))
            return 4;
        std::printf("%llu\n", static_cast<unsigned long long>(n));
        std::fflush(stdout);
    }
}

} // namespace

class TestRunLibrary : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    RecordPtr m_run;
    QString file() const { return m_folder->filePath("data/runs.sqlite"); }
    std::unique_ptr<RunStore> store() const
    {
        auto opened = RunStore::open(file());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        return std::move(*opened);
    }
    /// Sets when the removed runs of the library were removed.
    void removedAt(const QDateTime &when) const
    {
        {
            QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "clock");
            db.setDatabaseName(file());
            QVERIFY(db.open());
            QSqlQuery query(db);
            query.prepare("UPDATE runs SET removed = ? WHERE removed > 0");
            query.addBindValue(when.toMSecsSinceEpoch());
            QVERIFY(query.exec());
            QCOMPARE(query.numRowsAffected(), 1);
        }
        QSqlDatabase::removeDatabase("clock");
    }

    static std::unique_ptr<RunLibrary> ready(const QString &path)
    {
        auto library = std::make_unique<RunLibrary>(path);
        QSignalSpy spy(library.get(), &RunLibrary::stateChanged);
        if (library->state() == RunLibrary::State::Opening)
            spy.wait(5000);
        return library;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
        m_run = runOf();
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aKeptRunComesBackWithItsFigures()
    {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
        QVERIFY(store()->keep({m_run, {{"policies.edge.0.max_attempts", "4"}}, at}));
        const auto runs = store()->all();
        QVERIFY(runs);
        QCOMPARE(runs->size(), std::size_t(1));
        const KeptRun &run = runs->front();
        QCOMPARE(run.name, QString("tuned"));
        QCOMPARE(run.kept, at);
        QCOMPARE(run.seed, std::uint64_t(7));
        QCOMPARE(run.fingerprint, m_run->fingerprint);
        QCOMPARE(run.played, Duration(60s));
        QCOMPARE(run.tuned, QStringList{"policies.edge.0.max_attempts: 4"});
        // By hand from the record: one client, so its edge is the first.
        const EdgeTotals &edge = m_run->edgeTotals.front();
        QCOMPARE(run.calls, edge.offered);
        QCOMPARE(*run.goodput, double(edge.good()) / double(edge.endedAll()));
        QCOMPARE(*run.p99, Duration(edge.latency().quantile(0.99)));
        QCOMPARE(run.amplification, edge.amplification());
        std::uint64_t trips = 0;
        for (const BreakerTransition &t : m_run->transitions)
            trips += t.to == BreakerState::Open ? 1 : 0;
        QVERIFY(trips > 0);
        QCOMPARE(run.trips, trips);
    }

    void theSameRunIsKeptOnce()
    {
        auto runs = store();
        const auto first = runs->keep({m_run, {}, QDateTime::fromSecsSinceEpoch(1000, Qt::UTC)});
        QVERIFY(first && runs->setNotes(first->id, "worth keeping"));
        QVERIFY(runs->keep({runOf(8), {}, QDateTime::fromSecsSinceEpoch(2000, Qt::UTC)}));
        const auto again = runs->keep({runOf(), {}, QDateTime::fromSecsSinceEpoch(3000, Qt::UTC)});
        QVERIFY(again);
        QCOMPARE(again->id, first->id);
        const auto all = runs->all();
        QCOMPARE(all->size(), std::size_t(2));
        QCOMPARE(all->front().id, first->id);
        QCOMPARE(all->front().notes, QString("worth keeping"));
    }

    void aRunIsRepeatedFromTextSeedAndChanges()
    {
        for (const RecordPtr &original : {m_run, tunedWhilePlaying(Instant(45s)), tunedWhilePlaying(Instant(60s))}) {
            auto runs = store();
            const auto kept = runs->keep({original, {}, QDateTime::currentDateTimeUtc()});
            QVERIFY(kept);
            const auto source = runs->source(kept->id);
            QVERIFY(source);
            QCOMPARE(source->changes.size(), original->changes.size());
            RunReplayer replayer(simulationEngines());
            QSignalSpy finished(&replayer, &RunReplayer::finished);
            replayer.start(*source);
            QVERIFY(finished.wait(20000));
            const auto record = finished.front().at(1).value<RecordPtr>();
            QCOMPARE(record->fingerprint, original->fingerprint);
            QCOMPARE(record->changes.size(), original->changes.size());
            QCOMPARE(int(record->end), int(original->end));
        }
        // And the changes do matter.
        QVERIFY(tunedWhilePlaying(Instant(60s))->fingerprint != m_run->fingerprint);
    }

    void changesAreMadeAgainWhateverTheSteps()
    {
        const RecordPtr original = tunedWhilePlaying(Instant(60s));
        const std::vector<ParameterChange> changes(original->changes.begin(), original->changes.end());
        for (const std::uint64_t piece : {std::uint64_t(1), std::uint64_t(7), std::uint64_t(10000)}) {
            ReplayedEngine engine(simulationEngines()(scenario(), RunOptions()), changes);
            while (!engine.finished()) {
                if (piece == 1)
                    engine.step();
                else if (piece == 7)
                    engine.runToNextTransition(piece);
                else
                    engine.runUntil(engine.endTime(), piece);
            }
            QCOMPARE(engine.snapshot().fingerprint, original->fingerprint);
        }
    }

    void oldRunsGoButNeverTaggedOrNotedOnes()
    {
        auto runs = store();
        std::vector<qint64> ids;
        for (int n = 0; n < 6; ++n)
            ids.push_back(runs->keep({runOf(100 + n), {}, QDateTime::fromSecsSinceEpoch(1000 + n, Qt::UTC)})->id);
        QVERIFY(runs->setTags(ids[0], {"baseline"}));
        QVERIFY(runs->setNotes(ids[1], "why?"));
        const auto gone = runs->trim(2);
        QVERIFY(gone);
        QCOMPARE(*gone, (std::vector<qint64>{ids[3], ids[2]}));
        std::vector<qint64> left;
        const auto all = runs->all();
        for (const KeptRun &run : *all)
            left.push_back(run.id);
        QCOMPARE(left, (std::vector<qint64>{ids[5], ids[4], ids[1], ids[0]}));
    }

    void anotherWindowsStartLeavesWhatTheFirstMayBringBack()
    {
        auto first = store();
        const auto kept = first->keep({m_run, {}, QDateTime::currentDateTimeUtc()});
        QVERIFY(kept && first->setRemoved({kept->id}, true));
        QVERIFY(store()->all()->empty()); // a second window: not listed
        QVERIFY(first->setRemoved({kept->id}, false));
        QCOMPARE(first->all()->size(), std::size_t(1));
        // A day later it is gone.
        QVERIFY(first->setRemoved({kept->id}, true));
        removedAt(QDateTime::currentDateTimeUtc().addSecs(-23 * 3600));
        (void)store();
        QVERIFY(first->source(kept->id));
        removedAt(QDateTime::currentDateTimeUtc().addSecs(-25 * 3600));
        (void)store();
        QVERIFY(!first->source(kept->id));
    }

    void aLowerNumberOfRunsDeletesNothingBeforeTheNextRunIsKept()
    {
        auto library = ready(file());
        QSignalSpy kept(library.get(), &RunLibrary::kept);
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            library->keep(runOf(seed), {});
            QVERIFY(kept.wait(5000));
        }
        library->setUntaggedMax(1);
        library->flush();
        QTest::qWait(20);
        QCOMPARE(library->runs().size(), std::size_t(3));
        library->setUntaggedMax(10); // it was a slip
        library->keep(runOf(4), {});
        QVERIFY(kept.wait(5000));
        QCOMPARE(library->runs().size(), std::size_t(4));
        library->setUntaggedMax(2);
        library->keep(runOf(5), {});
        QVERIFY(kept.wait(5000));
        QCOMPARE(library->runs().size(), std::size_t(2));
    }

    void deletingCanBeUndoneUntilTheProgramEnds()
    {
        qint64 id = 0;
        {
            auto library = ready(file());
            QSignalSpy kept(library.get(), &RunLibrary::kept);
            library->keep(m_run, {});
            QVERIFY(kept.wait(5000));
            id = kept.front().front().toLongLong();
            library->setTags(id, {"a"});
            library->remove({id});
            QVERIFY(library->runs().empty());
            library->restore({id});
            QCOMPARE(library->runs().size(), std::size_t(1));
            QCOMPARE(library->runs().front().tags, QStringList{"a"});
        }
        {
            auto library = ready(file());
            QCOMPARE(library->runs().size(), std::size_t(1));
            library->remove({id});
        }
        QVERIFY(ready(file())->runs().empty());
    }

    void notesAreWrittenSoonAndAtTheEnd()
    {
        auto library = ready(file());
        QSignalSpy kept(library.get(), &RunLibrary::kept);
        library->keep(m_run, {});
        QVERIFY(kept.wait(5000));
        const qint64 id = kept.front().front().toLongLong();
        auto other = store(); // another program
        library->setNotes(id, "first");
        QTRY_COMPARE_WITH_TIMEOUT(other->all()->front().notes, QString("first"), 1000);
        // Someone who types on and on is written, too: the delay counts from the first letter.
        QString seen;
        for (int n = 0; n < 12 && seen.isEmpty(); ++n) {
            library->setNotes(id, QStringLiteral("typing %1").arg(n));
            QTest::qWait(100);
            if (const QString notes = other->all()->front().notes; notes != "first")
                seen = notes;
        }
        QVERIFY(seen.startsWith("typing"));
        library->setNotes(id, "last words");
        library.reset();
        QCOMPARE(other->all()->front().notes, QString("last words"));
    }

    void aKilledWriterLosesNothingThatItHadHandedOver()
    {
        for (int round = 0; round < 5; ++round) {
            QFile::remove(file());
            QFile::remove(file() + "-wal");
            QFile::remove(file() + "-shm");
            QProcess writer;
            writer.start(QCoreApplication::applicationFilePath(), {kWriterFlag, file()});
            QVERIFY(writer.waitForReadyRead(20000));
            QTest::qWait(37 + 61 * round); // somewhere in the middle of a write
            ::kill(pid_t(writer.processId()), SIGKILL);
            QVERIFY(writer.waitForFinished(5000));
            QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
            const auto lines = writer.readAllStandardOutput().trimmed().split('\n');
            const auto last = lines.back().toULongLong();
            QVERIFY(last > 0);
            const auto runs = store()->all();
            QVERIFY(runs);
            // It may have written one more than it could say.
            QVERIFY2(runs->size() == last || runs->size() == last + 1, qPrintable(QString::number(runs->size())));
            for (const KeptRun &run : *runs) {
                if (run.seed <= last)
                    QCOMPARE(run.notes, QStringLiteral("note %1").arg(run.seed));
            }
        }
    }

    void aFolderThatCannotBeMadeIsSaid()
    {
        QFile in_the_way(m_folder->filePath("data"));
        QVERIFY(in_the_way.open(QIODevice::WriteOnly));
        auto library = ready(file());
        QCOMPARE(library->state(), RunLibrary::State::Unusable);
        QCOMPARE(library->problem().kind, StoreError::Kind::Unavailable);
        QVERIFY(library->problem().message.contains(m_folder->filePath("data")));
        library->keep(m_run, {}); // harmless
        library->setNotes(1, "x");
        library->flush();
        QVERIFY(library->runs().empty());
        in_the_way.remove();
        QSignalSpy state(library.get(), &RunLibrary::stateChanged);
        library->open();
        QTRY_COMPARE(library->state(), RunLibrary::State::Ready);
    }

    void aLaterVersionsFileIsLeftAlone()
    {
        (void)store()->keep({m_run, {}, QDateTime::currentDateTimeUtc()});
        {
            QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "later");
            db.setDatabaseName(file());
            QVERIFY(db.open());
            QVERIFY(QSqlQuery(db).exec("PRAGMA user_version = 99"));
            db.close();
        }
        QSqlDatabase::removeDatabase("later");
        auto library = ready(file());
        QCOMPARE(library->state(), RunLibrary::State::Unusable);
        QCOMPARE(library->problem().kind, StoreError::Kind::Newer);
        QVERIFY(library->problem().message.contains("later version"));
        QVERIFY(QFile::exists(file()));
    }

    void aDamagedFileCanBeSetAside()
    {
        QVERIFY(QDir().mkpath(m_folder->filePath("data")));
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write(QByteArray(8192, 'x'));
        damaged.close();
        auto library = ready(file());
        QCOMPARE(library->state(), RunLibrary::State::Unusable);
        QCOMPARE(library->problem().kind, StoreError::Kind::Damaged);
        library->setAside();
        QTRY_COMPARE(library->state(), RunLibrary::State::Ready);
        const QStringList aside = QDir(m_folder->filePath("data")).entryList({"*set-aside*"});
        QCOMPARE(aside.size(), 1);
        QFile old(m_folder->filePath("data/" + aside.front()));
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray(8192, 'x'));
    }

    void aDamagedPageIsFound()
    {
        {
            auto runs = store();
            for (int n = 0; n < 8; ++n)
                QVERIFY(runs->keep({runOf(n + 1), {}, QDateTime::currentDateTimeUtc()}));
        }
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::ReadWrite));
        QVERIFY(damaged.size() > 5 * 4096);
        for (int page = 2; page < 5; ++page) {
            damaged.seek(page * 4096);
            damaged.write(QByteArray(4096, '\x5a'));
        }
        damaged.close();
        const auto opened = RunStore::open(file());
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, StoreError::Kind::Damaged);
    }

    void aFullDiskIsSaidAndTheRestGoesOn()
    {
        auto runs = store();
        runs->limitPages(6);
        StoreError why;
        for (int n = 0; n < 40 && why.message.isEmpty(); ++n) {
            if (const auto kept = runs->keep({runOf(n + 1), {}, QDateTime::currentDateTimeUtc()}); !kept)
                why = kept.error();
        }
        QCOMPARE(why.kind, StoreError::Kind::Full);
        QVERIFY(why.message.contains("disk is full"));
        const auto all = runs->all(); // what was there is still there
        QVERIFY(all && !all->empty());
    }

    void wordsAndTagsAreSearched()
    {
        KeptRun run;
        run.name = "retry-storm";
        run.notes = "After the Incident";
        run.tags = {"slow", "prod"};
        run.tuned = QStringList{"policies.edge.0.max_attempts: 4"};
        QVERIFY(fitsQuery(run, {"storm", "incident"}));
        QVERIFY(fitsQuery(run, {"#pro"}));
        QVERIFY(fitsQuery(run, {"max_attempts"}));
        QVERIFY(!fitsQuery(run, {"#incident"}));
        QVERIFY(!fitsQuery(run, {"storm", "calm"}));
        run.tuned = QStringList{"policies.db_client.0.max_attempts: 5", "clients.web.arrivals.poisson: 1000/s", "faults.0.for: 26.5s"};
        QCOMPARE(differencesText(run), QString::fromUtf8("Web arrivals poisson 1000/s, Fault 1 for 26.5s, Max attempts 5 \u00b7 seed %1").arg(run.seed));
        QCOMPARE(parseTags(" #slow, prod  Slow,#"), (QStringList{"slow", "prod"}));
    }

    /// What a screen reader says of a row has every fact once.
    void aRowSaysItsSeedOnce()
    {
        auto library = ready(file());
        QSignalSpy kept(library.get(), &RunLibrary::kept);
        library->keep(m_run, {});
        QVERIFY(kept.wait(5000));
        library->keep(runOf(9), {{"policies.edge.0.max_attempts", "5"}});
        QVERIFY(kept.wait(5000));
        const RunListModel model(library.get());
        for (int row = 0; row < 2; ++row) {
            const QString said = model.index(row).data(Qt::AccessibleTextRole).toString();
            QVERIFY2(said.count("seed") == 1, qPrintable(said));
            QVERIFY2(!said.endsWith("; ") && !said.contains("; ;"), qPrintable(said));
        }
        QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().endsWith("; Max attempts 5"));
    }

    void timesHaveAShortForm()
    {
        const QDateTime now(QDate(2026, 11, 26), QTime(15, 0));
        QCOMPARE(whenShort(now.addSecs(-5), now), QString("now"));
        QCOMPARE(whenShort(now.addSecs(-300), now), QString("5 min"));
        QCOMPARE(whenShort(now.addSecs(-4 * 3600), now), QString("11:00"));
        QCOMPARE(whenShort(now.addDays(-3), now), QLocale().toString(QDate(2026, 11, 23), "d MMM"));
        QCOMPARE(whenShort(now.addYears(-1), now), QLocale().toString(QDate(2025, 11, 26), "MMM yyyy"));
    }

    void changesSurviveTheirJson()
    {
        const std::vector<ParameterChange> changes{{Instant::fromNs(9'007'199'254'740'993), "a.0.b", "1 \"x\"", "2\n"}};
        const auto back = changesFromJson(changesToJson(changes));
        QCOMPARE(back.size(), std::size_t(1));
        QCOMPARE(back[0].at.ns(), std::int64_t(9'007'199'254'740'993)); // beyond what a double holds
        QCOMPARE(back[0].path, changes[0].path);
        QCOMPARE(back[0].before, changes[0].before);
        QCOMPARE(back[0].after, changes[0].after);
        QVERIFY(changesFromJson("no json").empty());
    }

    void thePictureShowsTheOutcomes()
    {
        const QByteArray picture = makeRunPicture(*m_run);
        QImage image(kPictureColumns, 40, QImage::Format_ARGB32);
        const Theme &theme = Theme::darkTheme();
        image.fill(theme.panel);
        QPainter painter(&image);
        QVERIFY(paintRunPicture(painter, QRectF(image.rect()), picture, theme));
        QVERIFY(!paintRunPicture(painter, QRectF(image.rect()), picture.left(20), theme));
        QVERIFY(!paintRunPicture(painter, QRectF(image.rect()), QByteArray(), theme));
        painter.end();
        // Good calls before the fault of 20 s to 25 s, below; in it refusals of the breaker.
        QCOMPARE(image.pixelColor(kPictureColumns / 6, 39), theme.outcome(OutcomeKind::Success));
        int refused = 0;
        for (int y = 0; y < 40; ++y)
            refused += image.pixelColor(int(kPictureColumns * 23 / 60), y) == theme.outcome(OutcomeKind::CircuitBreakerOpen);
        QVERIFY(refused > 5);
    }

    void theListKeepsWhatIsSelectedWhenARunIsAdded()
    {
        auto library = ready(file());
        QSignalSpy kept(library.get(), &RunLibrary::kept);
        library->keep(m_run, {});
        QVERIFY(kept.wait(5000));
        RunListModel model(library.get());
        const QPersistentModelIndex first = model.index(0);
        library->keep(runOf(9), {});
        QVERIFY(kept.wait(5000));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(first.row(), 1);
        QCOMPARE(first.data(RunListModel::IdRole), kept[0][0]);
        library->keep(m_run, {}); // once more: the newest again
        QVERIFY(kept.wait(5000));
        QCOMPARE(first.row(), 0);
        QCOMPARE(model.rowCount(), 2);
    }
};

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], kWriterFlag) == 0) {
        QCoreApplication app(argc, argv);
        return writeUntilKilled(QString::fromLocal8Bit(argv[2]));
    }
    QApplication app(argc, argv);
    TestRunLibrary test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_run_library.moc"
