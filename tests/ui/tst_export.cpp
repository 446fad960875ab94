// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "ui/models/comparison.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/models/tuning_model.h"
#include "ui/run_export.h"
#include "ui/theme.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/registry.h"
#include "ui/views/study_view.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QObject>
#include <QPushButton>
#include <QSet>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <memory>
#include <thread>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

const char *kText = R"(halfopen: 1
name: "pair, of runs"
seed: 11
duration: 20s
services:
  db: { workers: 4, service_time: 10ms, error_rate: 20% }
clients:
  web: { arrivals: { constant: 100/s }, calls: [ { to: db, policies: edge } ] }
policies:
  edge: [ { retry: { max_attempts: 3, initial_delay: 10ms } }, { circuit_breaker: { failure_threshold: 3, recovery_timeout: 1s } } ]
)";

/// What a stability map needs besides.
const char *kFault = "faults: [ { on: db, from: 5s, for: 2s, error: { probability: 100% } } ]\n";

std::shared_ptr<RunRecord> run(const std::vector<Override> &overrides = {}, const std::string &more = {})
{
    const LoadResult loaded = loadScenarioText(std::string(kText) + more, "pair.yaml", standardVocabulary(), overrides);
    if (!loaded.ok())
        qFatal("%s", loaded.diagnostics.empty() ? "?" : loaded.diagnostics.front().text().c_str());
    Simulation simulation(loaded.scenario, {});
    simulation.runUntil(simulation.endTime(), ~0ull);
    return std::make_shared<RunRecord>(simulation.snapshot());
}

QStringList lines(const QString &csv)
{
    return csv.split('\n', Qt::SkipEmptyParts);
}

/// The sum of a column of a table without quotes.
double sum(const QString &csv, const QString &column)
{
    const QStringList rows = lines(csv);
    const auto index = rows[0].split(',').indexOf(column);
    double total = 0;
    for (int i = 1; i < rows.size(); ++i)
        total += rows[i].split(',')[index].toDouble();
    return index < 0 ? -1 : total;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const ComparisonRow *find(const Comparison &comparison, const QString &figure)
{
    for (const ComparisonRow &row : comparison.rows) {
        if (row.figure == figure)
            return &row;
    }
    return nullptr;
}

/// All that \a view shows, as far as it goes.
QSet<QWidget *> shownIn(QWidget *view)
{
    QSet<QWidget *> shown;
    for (QWidget *widget : view->findChildren<QWidget *>()) {
        if (widget->isVisibleTo(view))
            shown.insert(widget);
    }
    return shown;
}

bool isControl(const QWidget *widget)
{
    for (const char *kind : {"QAbstractButton", "QComboBox", "QAbstractSpinBox", "QLineEdit", "QProgressBar", "QScrollBar"}) {
        if (widget->inherits(kind))
            return true;
    }
    return false;
}

/// A view of many runs has a table once its study ran, and says so before.
void runStudy(StudyView *view, const QString &path)
{
    QVERIFY(view);
    const Result<void> early = drawForExport(view, path)();
    QVERIFY(!early && !QFile::exists(path));
    const QString start = view->startButton()->text();
    QVERIFY2(QString::fromStdString(early.error().message).contains(start), early.error().message.c_str());
    view->startButton()->click();
    QVERIFY(view->startButton()->text() != start);
    QTRY_COMPARE_WITH_TIMEOUT(view->startButton()->text(), start, 60000);
}

} // namespace

class TestExport : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Light).has_value());
        m_record = run();
    }

    /// The table adds up to the totals that the engine counted on its own.
    void outcomesAddUpToTheTotals()
    {
        const QString csv = outcomesCsv(*m_record);
        const EdgeTotals &totals = m_record->edgeTotals[0];
        QCOMPARE(sum(csv, "offered"), double(totals.offered));
        QCOMPARE(sum(csv, "attempts"), double(totals.attempts));
        QCOMPARE(sum(csv, "success"), double(totals.ended[std::size_t(OutcomeKind::Success)]));
        QCOMPARE(sum(csv, "width_s"), 20.0);
        QCOMPARE(sum(latencyCsv(*m_record), "calls"), double(totals.endedAll()));
        QVERIFY(lines(csv)[1].startsWith("0,")); // times are exact: no exponent, no rounding
    }

    void everyEventHasARow()
    {
        QCOMPARE(std::size_t(lines(transitionsCsv(*m_record)).size()), m_record->transitions.size() + 1);
        QVERIFY(m_record->transitions.size() > 2);
        QCOMPARE(std::size_t(lines(callsCsv(*m_record)).size()), m_record->calls.size() + 1);
        QCOMPARE(std::size_t(lines(retriesCsv(*m_record)).size()), m_record->retryPoints.size() + 1);
        QVERIFY(lines(eventsCsv(*m_record)).size() > 2);
        QCOMPARE(sum(edgesCsv(*m_record), "offered"), double(m_record->edgeTotals[0].offered));
    }

    /// Of one breaker it is low, of a dozen as much higher as their rows are: nothing of it is left empty.
    void thePictureOfBreakersIsAsHighAsItsRows()
    {
        QTemporaryDir folder;
        std::vector<int> heights;
        for (const int clients : {1, 12}) {
            std::string text = "halfopen: 1\nname: rows\nduration: 10s\nservices: { db: { workers: 4, service_time: 10ms, error_rate: 50% } }\nclients:\n";
            for (int i = 0; i < clients; ++i)
                text += "  c" + std::to_string(i) + ": { arrivals: { constant: 20/s }, calls: [ { to: db, policies: edge } ] }\n";
            text += "policies: { edge: [ { circuit_breaker: { failure_threshold: 3, recovery_timeout: 1s } } ] }\n";
            const LoadResult loaded = loadScenarioText(text, "rows.yaml", standardVocabulary());
            QVERIFY(loaded.ok());
            Simulation simulation(loaded.scenario, {});
            simulation.runToEnd();
            const auto record = std::make_shared<RunRecord>(simulation.snapshot());
            QCOMPARE(record->breakers.size(), std::size_t(clients));
            TimeAxisModel axis;
            axis.setRun(record->duration, record->now);
            std::unique_ptr<View> view;
            for (const ViewType &type : viewTypes())
                if (QByteArrayView(type.id) == "breakers")
                    view.reset(type.create(&axis, nullptr));
            view->resize(900, 300);
            view->setRecord(record);
            view->show();
            QVERIFY(QTest::qWaitForWindowExposed(view.get()));
            QTest::qWait(40);
            const FigureHead head = figureHead("Breakers", record);
            {
                FigurePicture figure(view.get(), head);
                const auto *chart = view->findChild<BreakerChart *>();
                const int unused = chart->height() - chart->heightOfRows();
                QVERIFY2(unused >= 0 && unused <= 40, qPrintable(QString::number(unused)));
                heights.push_back(figure.size().height());
            }
            const QString path = folder.filePath("rows.png");
            QVERIFY(drawForExport(view.get(), path, head)());
            QCOMPARE(QImage(path).height(), 2 * heights.back());
        }
        QVERIFY2(heights[0] < 250 && heights[1] > 2 * heights[0], qPrintable(QStringLiteral("%1, %2").arg(heights[0]).arg(heights[1])));
    }

    void eachViewGivesPictureDrawingAndTable()
    {
        QTemporaryDir folder;
        TimeAxisModel axis;
        axis.setRun(m_record->duration, m_record->now);
        const LoadResult loaded = loadScenarioText(std::string(kText) + kFault, "pair.yaml", standardVocabulary());
        QVERIFY(loaded.ok());
        TuningModel tuning;
        tuning.setScenario(loaded.scenario);
        for (const ViewType &type : viewTypes()) {
            std::unique_ptr<View> view(type.create(&axis, nullptr));
            const bool isPage = type.place == ViewPlace::Page;
            const QSize size = isPage ? QSize(900, 600) : QSize(700, 240);
            view->resize(size);
            view->setTuning(&tuning);
            if (isPage)
                runStudy(qobject_cast<StudyView *>(view.get()), folder.filePath("early.csv"));
            view->setRecord(m_record);
            view->setGhost(m_record);
            view->show();
            QVERIFY(QTest::qWaitForWindowExposed(view.get()));
            QTest::qWait(40);
            const QString base = folder.filePath(QString::fromLatin1(type.id));
            const FigureHead head = figureHead(viewTitle(type), m_record);
            const QSet<QWidget *> before = shownIn(view.get());
            {
                FigurePicture figure(view.get(), head);
                for (QWidget *widget : shownIn(view.get())) {
                    QVERIFY2(!isControl(widget), qPrintable(QString::fromLatin1(type.id) + ' ' + widget->metaObject()->className()));
                    const auto *label = qobject_cast<QLabel *>(widget);
                    QVERIFY2(!label || !label->text().contains("press E"), type.id);
                }
            }
            for (const char *end : {".png", ".svg", ".csv"}) {
                const Result<void> written = drawForExport(view.get(), base + end, head)();
                QVERIFY2(written, written ? "" : written.error().message.c_str());
            }
            const QImage picture(base + ".png");
            QCOMPARE(picture.width(), 2400); // whatever size it has on the screen
            const bool isOfItsRows = QByteArrayView(type.id) == "breakers" || QByteArrayView(type.id) == "events";
            QVERIFY2(picture.height() >= (isOfItsRows ? 250 : 1200), type.id);
            QCOMPARE(view->size(), size);
            QCOMPARE(shownIn(view.get()), before);
            const QByteArray drawing = read(base + ".svg");
            for (const QString &said : {viewTitle(type) + ": pair, of runs", QString("seed 11"), QString("tuned: unknown")}) // it was in no file
                QVERIFY2(drawing.contains(said.toUtf8()), qPrintable(said));
            QSet<QRgb> colours;
            for (int x = 0; x < picture.width(); x += 3) {
                for (int y = 0; y < picture.height(); y += 3)
                    colours.insert(picture.pixel(x, y));
            }
            QVERIFY2(colours.size() > 5, type.id); // not one blank sheet
            QVERIFY2(QSvgRenderer(base + ".svg").isValid(), type.id);
            QVERIFY2(lines(read(base + ".csv")).size() > 1, type.id);
        }
    }

    /// Two faults a second apart: each keeps its whole name, in a row of its own.
    void faultsKeepTheirNames()
    {
        QTemporaryDir folder;
        const std::string faults = "faults:\n"
                                   "  - { on: db, from: 5s, for: 1s, error: { probability: 100% } }\n"
                                   "  - { on: db, from: 6s, for: 1s, latency: { factor: 4 } }\n"
                                   "  - { on: db, from: 7s, for: 1s, error: { probability: 50% } }\n";
        const auto record = run({}, faults);
        QCOMPARE(record->faultWindows.size(), std::size_t(3));
        TimeAxisModel axis;
        axis.setRun(record->duration, record->now);
        std::unique_ptr<View> view(viewTypes()[0].create(&axis, nullptr));
        view->resize(700, 240);
        view->setRecord(record);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view.get()));
        QVERIFY(drawForExport(view.get(), folder.filePath("a.svg"), figureHead("Outcomes", record))().has_value());
        const QByteArray drawing = read(folder.filePath("a.svg"));
        for (const FaultWindow &window : record->faultWindows)
            QVERIFY2(drawing.contains('>' + QByteArray::fromStdString(window.label) + '<'), window.label.c_str());
        QVERIFY(drawing.contains("All clients")); // said, not offered
    }

    /// A reader of the figure or the report learns what is not as in the file, without the program.
    void whatWasTunedIsNamed()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("pair.yaml");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kText);
        file.close();
        const auto runWith = [&path](const std::string &text, const std::vector<Override> &overrides) {
            const LoadResult loaded = loadScenarioText(text, path.toStdString(), standardVocabulary(), overrides);
            Simulation simulation(loaded.scenario, {});
            simulation.runUntil(simulation.endTime(), ~0ull);
            return std::make_shared<RunRecord>(simulation.snapshot());
        };
        const auto tunedOf = [](const FigureHead &head) { return head.facts.filter("tuned").join('/'); };
        QCOMPARE(tunedOf(figureHead("Outcomes", runWith(kText, {}))), QString("tuned: no"));
        QCOMPARE(tunedOf(figureHead("Outcomes", runWith("# a comment changes no run\n" + std::string(kText), {}))), QString("tuned: no"));
        auto record = runWith(kText, {{"policies.edge.0.max_attempts", "2"}, {"clients.web.arrivals.constant", "150/s"}, {"services.db.workers", "8"}});
        QCOMPARE(tunedOf(figureHead("Outcomes", record)),
                 QString("tuned: edge \u203a Max attempts 2, db \u203a workers 8, web \u203a arrivals constant 150/s"));
        QVERIFY(exportRun(record, folder.filePath("a.html")).has_value());
        QVERIFY(read(folder.filePath("a.html")).contains("Not as its file has it: policies.edge.0.max_attempts: 2, services.db.workers: 8, "
                                                         "clients.web.arrivals.constant: 150/s<"));
        QVERIFY(exportRun(runWith(kText, {}), folder.filePath("b.html")).has_value());
        QVERIFY(!read(folder.filePath("b.html")).contains("Not as its file"));
        record->changes.append({Instant(4s), "policies.edge.1.failure_threshold", "3", "9"});
        QCOMPARE(tunedOf(figureHead("Outcomes", record)),
                 QString("tuned: edge \u203a Max attempts 2, db \u203a workers 8, web \u203a arrivals constant 150/s and 1 more"));
        record = runWith(kText, {});
        record->changes.append({Instant(4s), "policies.edge.1.failure_threshold", "3", "9"});
        QCOMPARE(tunedOf(figureHead("Outcomes", record)).replace(QChar(0xa0), ' '), QString("tuned: edge \u203a Failure threshold 9 from 4 s on"));
        // Another fault, another layer: no single values.
        const std::string more = std::string(kText) + kFault;
        QCOMPARE(tunedOf(figureHead("Outcomes", runWith(more, {}))), QString("tuned: faults: not in the file"));
        std::string layers = kText;
        layers.replace(layers.find("{ circuit_breaker"), 0, "{ timeout: 1s }, ");
        QCOMPARE(tunedOf(figureHead("Outcomes", runWith(layers, {}))), QString("tuned: edge: other than in the file"));
        // A file that is no scenario any more is not what was run.
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("name: [");
        file.close();
        QCOMPARE(tunedOf(figureHead("Outcomes", runWith(kText, {}))), QString("tuned: scenario: other than in the file"));
    }

    /// Of a file that is gone nobody says that nothing was tuned.
    void withoutItsFileWhatWasTunedIsUnknownOrByWhatWasRead()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("gone.yaml");
        const auto runWith = [&path](const std::vector<Override> &overrides) {
            const LoadResult loaded = loadScenarioText(kText, path.toStdString(), standardVocabulary(), overrides);
            Simulation simulation(loaded.scenario, {});
            simulation.runUntil(Instant(5s), ~0ull);
            return std::make_shared<RunRecord>(simulation.snapshot());
        };
        const auto tunedOf = [](const FigureHead &head) { return head.facts.filter("tuned").join('/').replace(QChar(0xa0), ' '); };
        const FileAsRead known{path, kText};
        const auto plain = runWith({}), tuned = runWith({{"policies.edge.0.max_attempts", "2"}});
        QCOMPARE(tunedOf(figureHead("Outcomes", plain)), QString("tuned: unknown, its file cannot be read"));
        QCOMPARE(tunedOf(figureHead("Outcomes", tuned)), QString("tuned: unknown, its file cannot be read"));
        QCOMPARE(tunedOf(figureHead("Outcomes", tuned, {"/another/file.yaml", kText})), QString("tuned: unknown, its file cannot be read"));
        QCOMPARE(tunedOf(figureHead("Outcomes", plain, known)), QString("tuned: no, by what its file held when it was read; it is gone now"));
        QCOMPARE(tunedOf(figureHead("Outcomes", tuned, known)),
                 QString("tuned: edge \u203a Max attempts 2, by what its file held when it was read; it is gone now"));
        tuned->changes.append({Instant(4s), "policies.edge.1.failure_threshold", "3", "9"});
        QCOMPARE(tunedOf(figureHead("Outcomes", tuned)),
                 QString("tuned: edge \u203a Failure threshold 9 from 4 s on, else unknown: its file cannot be read"));
        const QString report = folder.filePath("a.html");
        QVERIFY(exportRun(tuned, report).has_value());
        QVERIFY(read(report).contains("Its file cannot be read, so what was tuned before the run is not known."));
        QVERIFY(exportRun(tuned, report, known).has_value());
        QVERIFY(read(report).contains("Not as its file has it: policies.edge.0.max_attempts: 2<"));
        QVERIFY(read(report).contains("this is by what it held when it was read"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kText);
        file.close();
        QCOMPARE(tunedOf(figureHead("Outcomes", plain, {path, "another text"})), QString("tuned: no")); // what is there counts
        QVERIFY(exportRun(plain, report).has_value());
        QVERIFY(!read(report).contains("cannot be read"));
    }

    /// A figure is for paper unless its head says otherwise, and the view keeps its theme.
    void aFigureIsLight()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark).has_value());
        TimeAxisModel axis;
        axis.setRun(m_record->duration, m_record->now);
        std::unique_ptr<View> view(viewTypes()[0].create(&axis, nullptr));
        view->resize(700, 240);
        view->setRecord(m_record);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view.get()));
        QTemporaryDir folder;
        FigureHead head = figureHead("Outcomes", m_record);
        QVERIFY(drawForExport(view.get(), folder.filePath("light.png"), head)().has_value());
        QVERIFY(Theme::of(view.get()).dark);
        head.isDark = true;
        QVERIFY(drawForExport(view.get(), folder.filePath("dark.png"), head)().has_value());
        QVERIFY(applyTheme(*qApp, ThemeKind::Light).has_value());
        for (const QPoint &at : {QPoint(2, 2), QPoint(2, 600), QPoint(2390, 1190)}) { // head, margin of the chart, side
            QCOMPARE(QImage(folder.filePath("light.png")).pixelColor(at), Theme::light().panel);
            QCOMPARE(QImage(folder.filePath("dark.png")).pixelColor(at), Theme::darkTheme().panel);
        }
    }

    /// Behind another tab or page a view is not kept up to date; a figure of it is, and in the theme of the figure.
    void aHiddenViewIsExportedAsItWouldBeShown_data()
    {
        QTest::addColumn<QString>("id");
        for (const ViewType &type : viewTypes())
            if (type.place != ViewPlace::Page)
                QTest::newRow(type.id) << QString(type.id);
    }
    void aHiddenViewIsExportedAsItWouldBeShown()
    {
        QFETCH(QString, id);
        const auto type = std::find_if(viewTypes().begin(), viewTypes().end(), [&](const ViewType &one) { return id == one.id; });
        const std::shared_ptr<RunRecord> before = run({{"policies.edge.0.max_attempts", "2"}}), now = run();
        QTemporaryDir folder;
        const auto figureOf = [&](bool isHidden) {
            TimeAxisModel axis;
            axis.setRun(now->duration, now->now);
            const std::unique_ptr<View> view(type->create(&axis, nullptr));
            view->resize(700, 260);
            view->show();
            view->setRecord(isHidden ? before : now);
            if (!isHidden)
                view->setGhost(before);
            QTest::qWait(400); // longer than the slowest of them waits to tell numbers
            if (isHidden) {
                view->hide();
                view->setRecord(now);
                view->setGhost(before);
            }
            FigureHead head;
            head.isDark = true; // the window is light
            const QString file = folder.filePath(QString("%1-%2.png").arg(id).arg(isHidden));
            const Result<void> written = drawForExport(view.get(), file, head)();
            if (!written)
                qFatal("%s", written.error().message.c_str());
            return QImage(file);
        };
        const QImage shown = figureOf(false), hidden = figureOf(true);
        QVERIFY(!shown.isNull());
        if (const QString pictures = qEnvironmentVariable("HALFOPEN_PICTURES"); !pictures.isEmpty() && hidden != shown) {
            (void)shown.save(pictures + "/export-" + id + "-shown.png");
            (void)hidden.save(pictures + "/export-" + id + "-hidden.png");
        }
        QCOMPARE(hidden.size(), shown.size());
        // The sentence beside the calls is counted while they are drawn, and stands where the one before it did.
        const QRect compared(0, 0, id == "calls" ? shown.width() * 8 / 10 : shown.width(), shown.height());
        QVERIFY(hidden.copy(compared) == shown.copy(compared));
        // All that is written can be read: something of it is far from the ground.
        int bright = 0;
        for (int y = 0; y < shown.height(); y += 2)
            for (int x = 0; x < shown.width(); x += 2)
                bright += shown.pixelColor(x, y).lightness() > 190;
        QVERIFY2(bright > 300, qPrintable(QString::number(bright)));
    }

    /// Whether the ghost was there before the run or came to it, on screen or not, is not to be seen: in the curves, in the key.
    void theGhostLooksTheSameWheneverItCame()
    {
        const auto type = std::find_if(viewTypes().begin(), viewTypes().end(),
                                       [](const ViewType &one) { return one.id == QString("latency"); });
        const std::shared_ptr<RunRecord> before = run({{"policies.edge.0.max_attempts", "2"}}), now = run();
        QTemporaryDir folder;
        enum class Ghost { First, Later, OnScreen };
        const auto figureOf = [&](Ghost ghost) {
            TimeAxisModel axis;
            axis.setRun(now->duration, now->now);
            const std::unique_ptr<View> view(type->create(&axis, nullptr));
            const auto draw = [&](const QString &name) {
                const Result<void> written = drawForExport(view.get(), folder.filePath(name))();
                if (!written)
                    qFatal("%s", written.error().message.c_str());
                return QImage(folder.filePath(name));
            };
            if (ghost == Ghost::First)
                view->setGhost(before);
            view->setRecord(now);
            if (ghost == Ghost::OnScreen) {
                view->resize(700, 260);
                view->show();
            }
            if (ghost != Ghost::First) {
                draw("without.png");
                view->setGhost(before);
            }
            return draw("with.png");
        };
        const QImage first = figureOf(Ghost::First), later = figureOf(Ghost::Later);
        QVERIFY(!first.isNull());
        QVERIFY(QImage(folder.filePath("without.png")) != later);
        QVERIFY(first == later);
        QVERIFY(figureOf(Ghost::OnScreen) == later);
    }

    /// Encoding takes longer than drawing: it is left to another thread, and the view may be gone by then.
    void aPictureIsWrittenByAnotherThread()
    {
        QTemporaryDir folder;
        TimeAxisModel axis;
        axis.setRun(m_record->duration, m_record->now);
        std::unique_ptr<View> view(viewTypes()[0].create(&axis, nullptr));
        view->setRecord(m_record);
        QVERIFY(drawForExport(view.get(), folder.filePath("here.png"))().has_value());
        const auto write = drawForExport(view.get(), folder.filePath("there.png"));
        view.reset();
        QVERIFY(!QFile::exists(folder.filePath("there.png")));
        bool isWritten = false;
        std::thread([&] { isWritten = write().has_value(); }).join();
        QVERIFY(isWritten);
        const QImage here(folder.filePath("here.png")), there(folder.filePath("there.png"));
        QVERIFY(!there.isNull() && there.width() == 2400);
        QCOMPARE(there, here);
    }

    void aReportHoldsTheRun()
    {
        QTemporaryDir folder;
        QVERIFY(exportRun(m_record, folder.filePath("a.html")).has_value());
        const QByteArray html = read(folder.filePath("a.html"));
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
        QVERIFY(html.contains("pair, of runs"));
        QVERIFY(exportRun(m_record, folder.filePath("a.json")).has_value());
        QVERIFY(read(folder.filePath("a.json")).startsWith('{'));
    }

    void whatCannotBeWrittenIsSaid()
    {
        QTemporaryDir folder;
        const auto message = [](const Result<void> &result) {
            return result ? QString() : QString::fromStdString(result.error().message);
        };
        QVERIFY(message(exportRun(m_record, folder.filePath("a.pdf"))).contains("expected .html or .json"));
        QVERIFY(message(exportRun(nullptr, folder.filePath("a.html"))).contains("before the scenario runs"));
        QVERIFY(message(exportRun(m_record, "/nowhere/a.html")).contains("/nowhere/a.html"));
        TimeAxisModel axis;
        std::unique_ptr<View> view(viewTypes()[0].create(&axis, nullptr));
        QVERIFY(message(drawForExport(view.get(), folder.filePath("a.csv"))()).contains("before the scenario runs"));
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void equalRunsDoNotDiffer()
    {
        const Comparison same = compareRuns(*m_record, *run(), std::nullopt);
        QCOMPARE(same.range, (TimeRange{Instant(), Instant(20s)}));
        QVERIFY(find(same, "The settings are the same"));
        for (const ComparisonRow &row : same.rows) {
            QCOMPARE(row.difference, QString());
            QCOMPARE(row.present, row.other);
        }
    }

    /// One attempt instead of three: a fifth of the calls fails where nearly none did, and no call costs more than
    /// one request.
    void aChangedSettingAndWhatItDidAreListed()
    {
        const auto single = run({{"policies.edge.0.max_attempts", "1"}, {"policies.edge.1.failure_threshold", "100"}});
        const auto three = run({{"policies.edge.1.failure_threshold", "100"}});
        const Comparison comparison = compareRuns(*single, *three, std::nullopt);
        const ComparisonRow *setting = find(comparison, "policies.edge.0.max_attempts");
        QVERIFY(setting);
        QCOMPARE(setting->present, QString("1"));
        QCOMPARE(setting->other, QString("3"));
        const ComparisonRow *good = find(comparison, "goodput");
        QVERIFY(good);
        QVERIFY(good->difference.startsWith(QChar(0x2212)));
        QCOMPARE(int(good->meaning), int(ComparisonRow::Meaning::Worse));
        const ComparisonRow *errors = find(comparison, "ended as: error");
        QVERIFY(errors && errors->difference.startsWith('+'));
        QCOMPARE(int(errors->meaning), int(ComparisonRow::Meaning::Worse));
        const ComparisonRow *requests = find(comparison, "attempts per call");
        QVERIFY(requests);
        QCOMPARE(requests->present, QString("1"));
        QCOMPARE(int(requests->meaning), int(ComparisonRow::Meaning::Better)); // what calls cost
        // The other way round the signs turn.
        const Comparison back = compareRuns(*three, *single, std::nullopt);
        QCOMPARE(int(find(back, "goodput")->meaning), int(ComparisonRow::Meaning::Better));
        QVERIFY(comparisonCsv(*three, *single, std::nullopt).contains("policies.edge.0.max_attempts,3,1,"));
    }

private:
    std::shared_ptr<RunRecord> m_record;
};

QTEST_MAIN(TestExport)
#include "tst_export.moc"
