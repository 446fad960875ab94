// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_series.h"
#include "core/run/run_record.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/compare/variants_chart.h"
#include "ui/format.h"
#include "ui/models/breaker_timeline.h"
#include "ui/models/call_story.h"
#include "ui/models/chart_summary.h"
#include "ui/models/comparison.h"
#include "ui/models/record_slices.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/edge_combo.h"
#include "ui/views/registry.h"
#include "ui/views/view.h"

#include <QApplication>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

QByteArray with(const char *before, const char *after)
{
    return QByteArray(test::kTunedScenario).replace(before, after);
}

/// A second client, whose edge comes before that of the first.
QByteArray withAnotherClient()
{
    return with("clients:\n", "clients:\n  app: { processes: 1, arrivals: { poisson: 50/s }, calls: [ { to: db, policies: edge } ] }\n");
}

std::unique_ptr<Simulation> simulationOf(const QByteArray &text)
{
    const LoadResult loaded = loadScenarioText(text.toStdString(), "tuned.yaml", standardVocabulary());
    if (!loaded.ok())
        qFatal("%s", loaded.diagnostics.front().text().c_str());
    return std::make_unique<Simulation>(loaded.scenario);
}

RecordPtr runOf(const QByteArray &text)
{
    const auto simulation = simulationOf(text);
    simulation->runToEnd();
    return std::make_shared<const RunRecord>(simulation->snapshot());
}

const ComparisonRow *find(const Comparison &comparison, const QString &figure)
{
    const auto found = std::find_if(comparison.rows.begin(), comparison.rows.end(),
                                    [&](const ComparisonRow &row) { return row.figure == figure; });
    return found == comparison.rows.end() ? nullptr : &*found;
}

/// The share in "27 %".
double shareIn(const QString &text)
{
    static const QRegularExpression number(QStringLiteral("[0-9.]+"));
    return number.match(text).captured().toDouble();
}

} // namespace

/// Views and models that meet two runs of different worlds, or a run that begins in an unusual state.
class TestTwoWorlds : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Light)); }

    void everyViewTakesARunWithOtherEdges()
    {
        const RecordPtr one = runOf(test::kTunedScenario), two = runOf(withAnotherClient());
        QCOMPARE(two->edges.size(), one->edges.size() + 1);
        for (const ViewType &type : viewTypes()) {
            TimeAxisModel axis;
            axis.setRun(one->duration, one->now);
            const std::unique_ptr<View> view(type.create(&axis, nullptr));
            view->resize(700, 240);
            view->show();
            QVERIFY(QTest::qWaitForWindowExposed(view.get()));
            for (const RecordPtr &record : {one, two, one, RecordPtr(), two}) {
                QTest::qWait(20); // longer than a frame: the next wish to draw is met at once
                view->setGhost(one);
                view->setRecord(record);
            }
            QTest::qWait(20);
            for (const auto *combo : view->findChildren<EdgeCombo *>())
                QVERIFY2(combo->edges().size() > 1, type.id);
        }
    }

    void anEdgeIsFoundInAnotherRunByItsName()
    {
        const RecordPtr one = runOf(test::kTunedScenario), two = runOf(withAnotherClient());
        EdgeCombo combo;
        combo.offer(two.get());
        QCOMPARE(combo.edgesIn(*one), EdgeSet{0}); // all clients: all that it has
        combo.chooseByName("web -> db");
        const auto web = std::find_if(two->edges.begin(), two->edges.end(), [](const EdgeInfo &edge) { return edge.from == "web"; });
        QCOMPARE(combo.edges(), EdgeSet{std::uint32_t(web - two->edges.begin())});
        QCOMPARE(combo.edgesIn(*one), EdgeSet{0});
        combo.chooseByName("app -> db");
        QVERIFY(!combo.edges().empty());
        QCOMPARE(combo.edgesIn(*one), EdgeSet());
    }

    void aModeHoldsABreakerFromTheBeginning_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("state");
        QTest::newRow("forced open") << QByteArray("forced_open") << int(BreakerState::ForcedOpen);
        QTest::newRow("disabled") << QByteArray("disabled") << int(BreakerState::Disabled);
        QTest::newRow("shadow") << QByteArray("metrics_only") << int(BreakerState::MetricsOnly);
    }
    void aModeHoldsABreakerFromTheBeginning()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, state);
        const auto wanted = BreakerState(state);
        const auto simulation = simulationOf(with("recovery_timeout: 5s", "recovery_timeout: 5s, mode: " + mode));
        simulation->runUntil(Instant(10s));
        auto record = std::make_shared<const RunRecord>(simulation->snapshot());
        QCOMPARE(record->transitions.size(), std::size_t(0));
        QCOMPARE(int(record->stateAt(1, Instant(5s))), state);
        QCOMPARE(record->breakerNsInState[0][std::size_t(state)], std::int64_t(10'000'000'000));
        BreakerTimeline timeline;
        timeline.update(record);
        QCOMPARE(int(timeline.stateAt(1, Instant(5s))), state);
        const std::uint32_t held = wanted == BreakerState::ForcedOpen ? 2 : 0;
        QCOMPARE(timeline.countsAt(0, Instant(5s)).open, held);
        const TimeAxis axis({Instant(), Instant(10s)}, 0, 100);
        QCOMPARE(timeline.fleetSpans(0, record->now, axis).front().most.open, held);
        const auto spans = stateSpans(timeline.changes(0), record->now, axis, timeline.initial(0));
        QCOMPARE(spans.size(), std::size_t(1));
        QCOMPARE(int(spans[0].state), state);
        QCOMPARE(breakersInWords(*record).contains("2 of 2 breakers FORCED_OPEN"), held > 0);
        // Let go: the counts come down to 0, not below.
        QVERIFY(simulation->change("policies.edge.1.mode", "active"));
        simulation->runUntil(Instant(11s));
        record = std::make_shared<const RunRecord>(simulation->snapshot());
        QCOMPARE(record->transitions.size(), std::size_t(2));
        timeline.update(record);
        QCOMPARE(timeline.countsAt(0, Instant(11s)), FleetCounts());
        QCOMPARE(record->breakerNsInState[0][std::size_t(state)], std::int64_t(10'000'000'000));
        QCOMPARE(record->breakerNsInState[0][0], std::int64_t(1'000'000'000));
    }

    void workersThatDifferAreADifferenceAndEachRunIsMeasuredByItsOwn()
    {
        const RecordPtr many = runOf(test::kTunedScenario), few = runOf(with("workers: 8", "workers: 4"));
        const Comparison comparison = compareRuns(*many, *few, TimeRange{Instant(), Instant(19s)});
        QCOMPARE(comparison.rows.front().figure, QString("Settings"));
        const auto line = std::find_if(comparison.rows.begin(), comparison.rows.end(),
                                       [](const ComparisonRow &row) { return row.figure.contains("workers: 4"); });
        QVERIFY(line != comparison.rows.end());
        // 200 calls of 10 ms each second are two workers' time: a quarter of 8, half of 4.
        const ComparisonRow *busy = find(comparison, "db: workers busy");
        QVERIFY(busy);
        QVERIFY2(std::abs(shareIn(busy->present) - 25) < 2, qPrintable(busy->present));
        QVERIFY2(std::abs(shareIn(busy->other) - 50) < 4, qPrintable(busy->other));
        QCOMPARE(compareRuns(*many, *many, std::nullopt).rows.front().figure, QString("The settings are the same"));
    }

    void theToolTipOfVariantsReadsTheColumnUnderIt()
    {
        const RecordPtr run = runOf(test::kTunedScenario);
        VariantsChart chart;
        chart.setRuns({{"run", run}});
        constexpr std::size_t kColumns = 240; // at most, as the chart has them
        const report::TimeColumns columns = report::timeColumns(*run, kColumns);
        const report::CallSeries series = report::callSeries(*run, columns, clientEdges(*run));
        QVERIFY(columns.size() > 50);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const QString expected = "run: " + formatRate(series.good[c]);
            for (const double within : {0.01, 0.49, 0.51, 0.99})
                QCOMPARE(chart.textAt(columns.from[c] + within * columns.width[c])[1], expected);
        }
        QCOMPARE(chart.textAt(61).size(), 1); // behind the end
    }

    void aPinnedTransitionGoesWithItsRun()
    {
        const RecordPtr one = runOf(test::kTunedScenario), two = runOf(with("seed: 7", "seed: 8"));
        QVERIFY(!one->transitions.empty() && !two->transitions.empty());
        TimeAxisModel axis;
        axis.setRun(one->duration, one->now);
        for (const ViewType &type : viewTypes()) {
            if (QLatin1String(type.id) != QLatin1String("breakers"))
                continue;
            const std::unique_ptr<View> view(type.create(&axis, nullptr));
            view->resize(900, 240);
            view->show();
            view->setRecord(one);
            view->showTransition(0);
            auto *chart = view->findChild<BreakerChart *>();
            QVERIFY(chart && chart->pinned());
            view->setRecord(one); // a later snapshot would be the same run
            QVERIFY(chart->pinned());
            view->setRecord(two);
            QVERIFY(!chart->pinned());
            return;
        }
        QFAIL("there is no view of breakers");
    }

    void copiesOfARequestEndInTheSameOrderInStoryAndDrawing()
    {
        using Kind = CallStep::Kind;
        const auto at = [](std::int64_t ms) { return Instant(Duration(ms * 1'000'000)); };
        RunRecord record;
        record.edges = {{"web -> db", "web", "db", "", 0, 1}};
        CallTrace call;
        call.end = at(100);
        call.steps = {{at(0), Kind::AttemptSent, 0, {}, {}},
                      {at(50), Kind::AttemptSent, 0, {}, {}}, // the copy
                      {at(100), Kind::AttemptEnded, 0, {OutcomeKind::Success}, {}},
                      {at(100), Kind::Ended, 0, {OutcomeKind::Success}, {}}};
        const CallShape shape = callShape(call);
        QCOMPARE(shape.segments.size(), std::size_t(2));
        QCOMPARE(int(shape.segments[0].kind), int(CallSegment::Kind::Attempt));
        const std::vector<StoryLine> story = callStory(record, call);
        QVERIFY2(story[2].text.startsWith(QString("attempt %1 ends").arg(shape.segments[0].attempt)), qPrintable(story[2].text));
        call.steps[2] = {at(100), Kind::DeadlinePassed, 0, {OutcomeKind::Timeout}, {}};
        QVERIFY2(callStory(record, call)[2].text.contains("2 attempts"), qPrintable(callStory(record, call)[2].text));
    }
};

QTEST_MAIN(TestTwoWorlds)
#include "tst_two_worlds.moc"
