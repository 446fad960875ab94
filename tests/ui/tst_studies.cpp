// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/recovery.h"
#include "simulators/simulation.h"
#include "simulators/study/background_work.h"
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/geometry/cell_layout.h"
#include "ui/geometry/range_ticks.h"
#include "ui/models/measured_text.h"
#include "ui/models/stability_model.h"
#include "ui/models/study_parameters.h"
#include "ui/models/study_picture.h"
#include "ui/models/sweep_model.h"
#include "ui/models/tuning_model.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>
#include <set>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");
const QString kInitial = QStringLiteral("policies.edge.0.initial_delay");
const QString kMaxDelay = QStringLiteral("policies.edge.0.max_delay");

std::shared_ptr<const Scenario> loaded(const std::string &text)
{
    const LoadResult result = loadScenarioText(text, "tuned.yaml", standardVocabulary());
    for (const Diagnostic &diagnostic : result.diagnostics)
        qWarning("%s", diagnostic.text().c_str());
    return result.scenario;
}

std::string with(std::string text, const std::string &from, const std::string &to)
{
    const std::size_t at = text.find(from);
    Q_ASSERT(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

RunRecord runOf(const std::string &text, std::uint64_t seed, std::optional<Duration> duration = {})
{
    RunOptions options;
    options.seed = seed;
    options.duration = duration;
    Simulation simulation(loaded(text), options);
    simulation.runToEnd();
    return simulation.snapshot();
}

/// Good calls of each call that has ended, counted by hand.
double goodputOf(const RunRecord &record)
{
    double good = 0, ended = 0;
    for (std::size_t k = 0; k < kOutcomeKinds; ++k) {
        const auto calls = double(record.edgeTotals[0].ended[k]);
        ended += calls;
        good += isGood(static_cast<OutcomeKind>(k)) ? calls : 0;
    }
    return good / ended;
}

StudyAxis axis(const QString &path, std::vector<std::string> values)
{
    return {path, path.section(QLatin1Char('.'), -1), true, std::move(values)};
}

SweepPlan plan(std::vector<StudyAxis> axes, std::vector<std::uint64_t> seeds = {7})
{
    SweepPlan plan;
    plan.base = loaded(test::kTunedScenario);
    plan.axes = std::move(axes);
    plan.seeds = std::move(seeds);
    return plan;
}

} // namespace

class TestStudies : public QObject {
    Q_OBJECT
private:
    static void finish(SweepModel &model)
    {
        QTRY_VERIFY_WITH_TIMEOUT(!model.isRunning(), 60000);
    }

private slots:
    void everyPixelOfACellLeadsBackToIt()
    {
        const CellLayout layout(QRectF(40, 10, 307, 203), 5, 7);
        for (std::size_t row = 0; row < 5; ++row)
            for (std::size_t column = 0; column < 7; ++column) {
                const QRectF rect = layout.rectOf({row, column});
                QVERIFY(layout.at(rect.center()) == (CellLayout::Place{row, column}));
                if (column > 0) // no gap, no overlap
                    QCOMPARE(layout.rectOf({row, column - 1}).right(), rect.left());
                if (row > 0)
                    QCOMPARE(layout.rectOf({row - 1, column}).top(), rect.bottom());
            }
        QVERIFY(layout.rectOf({0, 0}).top() > layout.rectOf({4, 0}).top()); // row 0 is below
        QVERIFY(!layout.at(QPointF(39, 50)));
        QVERIFY(!layout.at(QPointF(348, 50)));
    }

    void ticksAreRoundAndSurroundTheRange_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("last");
        QTest::newRow("high shares do not begin at 0") << 0.962 << 0.991 << 0.96 << 0.995;
        QTest::newRow("a wide range begins at 0") << 3.0 << 97.0 << 0.0 << 100.0;
        QTest::newRow("one value") << 2.0 << 2.0 << 1.9 << 2.1;
        QTest::newRow("nothing but 0") << 0.0 << 0.0 << 0.0 << 0.5;
    }
    void ticksAreRoundAndSurroundTheRange()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(double, first);
        QFETCH(double, last);
        const RangeTicks ticks = rangeTicks(low, high, 6);
        QVERIFY2(std::abs(ticks.low - first) < 1e-9, qPrintable(QString::number(ticks.low, 'g', 12)));
        QVERIFY2(std::abs(ticks.high - last) < 1e-9, qPrintable(QString::number(ticks.high, 'g', 12)));
        QVERIFY(ticks.values.size() >= 3 && ticks.values.size() <= 8);
    }

    /// A small range needs more decimals than a figure has: no two ticks may read the same, and each must say its value.
    void ticksOfASmallRangeSayTheirValues_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char *title, const char *name, double low, double high, const char *texts) {
            QTest::newRow(title) << QString(name) << low << high << QString(texts).split('|');
        };
        row("shares a hundredth apart", "goodput", 0.0163, 0.0171, "1.62 %|1.64 %|1.66 %|1.68 %|1.70 %|1.72 %");
        row("shares far apart", "goodput", 0.03, 0.97, "0 %|20 %|40 %|60 %|80 %|100 %");
        row("times around a second", "p99", 0.91, 1.04, "0.900 s|0.925 s|0.950 s|0.975 s|1.000 s|1.025 s|1.050 s");
        row("times close to each other", "p99", 0.4001, 0.4006, "400.1 ms|400.2 ms|400.3 ms|400.4 ms|400.5 ms|400.6 ms");
        row("minutes", "p99", 70, 95, "1 min 10 s|1 min 15 s|1 min 20 s|1 min 25 s|1 min 30 s|1 min 35 s");
        row("a time to recover", "time_to_recover", 10.1, 11.2, "10.0 s|10.2 s|10.4 s|10.6 s|10.8 s|11.0 s|11.2 s");
        row("half calls", "trips", 1000, 1002.5, "1,000.0|1,000.5|1,001.0|1,001.5|1,002.0|1,002.5");
        row("thousands", "goodput_per_s", 10000, 12500, "10 k/s|10.5 k/s|11 k/s|11.5 k/s|12 k/s|12.5 k/s");
        row("thousands that differ little", "goodput_per_s", 12345, 12347, "12,345.0 /s|12,345.5 /s|12,346.0 /s|12,346.5 /s|12,347.0 /s");
        row("ratios", "amplification", 1.001, 1.0035, "1.0010 ×|1.0015 ×|1.0020 ×|1.0025 ×|1.0030 ×|1.0035 ×");
    }
    void ticksOfASmallRangeSayTheirValues()
    {
        QFETCH(QString, name);
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(QStringList, texts);
        const std::vector<Measured> all = everyMeasured(*loaded(test::kTunedScenario));
        const auto measured = std::find_if(all.begin(), all.end(), [&name](const Measured &one) { return name == QString::fromStdString(one.name); });
        QVERIFY(measured != all.end());
        QStringList told = measuredTicks(*measured, rangeTicks(low, high, 6).values);
        for (QString &text : told)
            text.replace(QChar(0xa0), ' ');
        QCOMPARE(told, texts);
    }

    /// What is in force now is marked where it stands, by its size: "0.1s" is "100ms".
    void theValueInForceIsMarked()
    {
        SweepModel model;
        model.start(plan({axis(kInitial, {"50ms", "100ms", "200ms"}), axis(kAttempts, {"1", "2"})}));
        finish(model);
        const StudyGrid grid = sweepGrid(model, 0, {"0.1s", "2"});
        QVERIFY(grid.xNow && std::abs(*grid.xNow - 0.5) < 1e-12);
        QVERIFY(grid.yNow && std::abs(*grid.yNow - 0.75) < 1e-12);
        QVERIFY(!sweepGrid(model, 0, {"70ms", ""}).xNow && !sweepGrid(model, 0).yNow);
        const StudyLine line = sweepLine(model, 0, {"70ms"});
        QVERIFY(line.x.present && *line.x.present > line.x.at[0] && *line.x.present < line.x.at[1]);
        QCOMPARE(line.now, QString("now 70ms"));
    }

    void theCoarseGridComesFirst()
    {
        const std::vector<std::size_t> order = coarseFirst(5, 5);
        QCOMPARE(order.size(), std::size_t(25));
        QCOMPARE(std::set<std::size_t>(order.begin(), order.end()).size(), std::size_t(25));
        QCOMPARE(std::set<std::size_t>(order.begin(), order.begin() + 4), (std::set<std::size_t>{0, 4, 20, 24}));
        // Then the 3 x 3 grid over the whole.
        QCOMPARE(std::set<std::size_t>(order.begin(), order.begin() + 9),
                 (std::set<std::size_t>{0, 2, 4, 10, 12, 14, 20, 22, 24}));
        for (const auto &[rows, columns] : {std::pair(1, 1), std::pair(1, 9), std::pair(7, 2), std::pair(16, 3)}) {
            const auto all = coarseFirst(std::size_t(rows), std::size_t(columns));
            QCOMPARE(std::set<std::size_t>(all.begin(), all.end()).size(), std::size_t(rows * columns));
            QCOMPARE(all.size(), std::size_t(rows * columns));
        }
    }

    void everyProposedValueIsLegalForItsSetting()
    {
        TuningModel tuning;
        tuning.setScenario(loaded(test::kTunedScenario));
        const std::vector<StudyParameter> parameters = studyParameters(tuning);
        QVERIFY(parameters.size() > 20);
        int checked = 0;
        for (const StudyParameter &one : parameters) {
            const auto values = one.isList ? studyValues(one.values) : studyValues(one.from, one.to, one.steps, one.inRatios);
            QVERIFY2(values, qPrintable(one.path + ": " + QString::fromStdString(values ? "" : values.error().message)));
            QVERIFY2(values->size() >= 2, qPrintable(one.path));
            const auto row = tuning.find(one.path);
            QCOMPARE(one.isTunable, row.has_value());
            for (const std::string &value : *values) {
                if (row) {
                    const Result<Value> read = parseValue(*tuning.row(*row).field, value);
                    QVERIFY2(read, qPrintable(one.path + " " + QString::fromStdString(value)));
                } else {
                    const auto changed = studyScenario(*tuning.scenario(), {{one.path.toStdString(), value}});
                    QVERIFY2(changed, qPrintable(one.path + " " + QString::fromStdString(value)));
                }
                ++checked;
            }
        }
        QVERIFY(checked > 100);
        const auto rate = std::find_if(parameters.begin(), parameters.end(), [](const StudyParameter &one) {
            return one.path == QLatin1String("clients.web.arrivals.poisson");
        });
        QVERIFY(rate != parameters.end());
        QCOMPARE(rate->from, QString("100/s"));
        QCOMPARE(rate->to, QString("400/s"));
    }

    void equalRatiosAreRoundedButTheEndsAreNot()
    {
        const auto values = studyValues("1.3s", "20s", 5, true); // a factor of 1.98 from each to the next
        QVERIFY(values);
        QCOMPARE(*values, (std::vector<std::string>{"1.3s", "2.57s", "5.1s", "10.1s", "20s"}));
        const auto even = studyValues("10%", "90%", 5, false);
        QVERIFY(even);
        QCOMPARE(*even, (std::vector<std::string>{"10%", "30%", "50%", "70%", "90%"}));
        QVERIFY(!studyValues("1s", "", 5, true));
        QVERIFY(!studyValues("1s", "20%", 5, true));
    }

    void aSweepMeasuresWhatTheSameRunsMeasureAlone()
    {
        SweepModel model;
        QSignalSpy finished(&model, &SweepModel::finished);
        model.start(plan({axis(kAttempts, {"1", "2", "4"}), axis(kInitial, {"50ms", "200ms"})}, {7, 8}));
        QVERIFY(model.isRunning());
        finish(model);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(model.runsDone(), std::size_t(12));
        const std::size_t goodput = model.find("goodput");
        for (const auto &[point, attempts, initial] : {std::tuple(0, "1", "50ms"), std::tuple(4, "2", "200ms"), std::tuple(5, "4", "200ms")}) {
            std::string text = with(test::kTunedScenario, "max_attempts: 4", std::string("max_attempts: ") + attempts);
            text = with(text, "initial_delay: 50ms", std::string("initial_delay: ") + initial);
            const SweepPoint &found = model.points()[std::size_t(point)];
            for (const std::size_t seed : {0u, 1u}) {
                const double alone = goodputOf(runOf(text, 7 + seed));
                QVERIFY2(std::abs(found.bySeed[seed][goodput] - alone) < 1e-12,
                         qPrintable(QString("%1 %2").arg(found.bySeed[seed][goodput]).arg(alone)));
            }
            // Student's t for two values: 12.706 standard errors.
            const double a = found.bySeed[0][goodput], b = found.bySeed[1][goodput];
            QVERIFY(std::abs(found.of(goodput).mean - (a + b) / 2) < 1e-12);
            QVERIFY(std::abs(found.of(goodput).halfWidth - 12.706 * std::abs(a - b) / 2) < 1e-3 * std::abs(a - b) + 1e-12);
        }
        const StudyGrid grid = sweepGrid(model, goodput);
        QCOMPARE(grid.xLabels, (QStringList{"1", "2", "4"}));
        QCOMPARE(grid.yLabels, (QStringList{"50ms", "200ms"}));
        QVERIFY(std::all_of(grid.cells.begin(), grid.cells.end(), [](const StudyCell &c) { return c.kind == StudyCell::Kind::Value; }));
        QVERIFY(grid.best);
        QCOMPARE(grid.highMeans, QString("good")); // a dark cell is a good one here
        QCOMPARE(grid.lowMeans, QString("bad"));
        for (const SweepPoint &point : model.points())
            QVERIFY(point.of(goodput).mean <= model.points()[*grid.best].of(goodput).mean);
        const QStringList lines = model.csv().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 7);
        QVERIFY(lines[0].startsWith(kAttempts + ',' + kInitial + ",goodput,goodput_half_width_95,"));
        QVERIFY(lines[5].startsWith("2,200ms,"));
        QCOMPARE(lines[5].section(',', 2, 2).toDouble(), model.points()[4].of(goodput).mean);
    }

    void bestIsOnlySaidWhereNoOtherIsWithinTheNoise()
    {
        SweepModel model;
        model.start(plan({axis(kAttempts, {"1", "4"}), axis("policies.edge.2.after", {"250ms", "251ms"})}, {7, 8, 9}));
        finish(model);
        const std::size_t goodput = model.find("goodput");
        const SweepBest found = *model.best(goodput);
        const std::size_t best = found.point;
        std::size_t near = 0; // by the definition: the interval of the paired differences holds 0 (Student's t for three: 4.303)
        for (std::size_t other = 0; other < model.points().size(); ++other) {
            if (other == best)
                continue;
            double mean = 0, squares = 0;
            for (int s = 0; s < 3; ++s)
                mean += (model.points()[other].bySeed[s][goodput] - model.points()[best].bySeed[s][goodput]) / 3;
            for (int s = 0; s < 3; ++s)
                squares += std::pow(model.points()[other].bySeed[s][goodput] - model.points()[best].bySeed[s][goodput] - mean, 2);
            near += std::abs(mean) > 4.303 * std::sqrt(squares / 2 / 3) ? 0 : 1;
        }
        QCOMPARE(found.asGood, near);
        QCOMPARE(bestText(model, goodput, found).startsWith("best"), near == 0);
        QCOMPARE(sweepGrid(model, goodput).isBestClear, near == 0);
        SweepModel once;
        once.start(plan({axis(kAttempts, {"1", "4"})}));
        finish(once);
        const SweepBest bestOnce = *once.best(goodput);
        QVERIFY(!bestText(once, goodput, bestOnce).startsWith("best")); // nobody knows how much chance there is in it
        QCOMPARE(bestOnce.asGood, std::size_t(0)); // as the command line has it: only what is exactly as good
    }

    void valuesStandWhereTheirSizesAre()
    {
        const StudyPositions even = studyPositions({"1", "2", "3"}, "2");
        QVERIFY(even.isTrue && !even.isLog);
        QVERIFY(std::abs(even.at[1] - 0.5) < 1e-12 && std::abs(*even.present - 0.5) < 1e-12);
        const StudyPositions uneven = studyPositions({"1s", "2s", "10s"}, "3s");
        QVERIFY(uneven.isTrue && uneven.isLog); // steps of 2 and 5 times vary less than those of 1 s and 8 s
        const double share = (uneven.at[1] - uneven.at[0]) / (uneven.at[2] - uneven.at[0]);
        const double wanted = std::log(2.0) / std::log(10.0);
        QVERIFY2(std::abs(share - wanted) < 1e-12, qPrintable(QString::number(share)));
        QVERIFY(*uneven.present > uneven.at[1] && *uneven.present < uneven.at[2]);
        const StudyPositions ratios = studyPositions({"100ms", "200ms", "400ms", "800ms"}, "2s");
        QVERIFY(ratios.isLog && !ratios.present); // outside
        QVERIFY(std::abs(ratios.at[2] - ratios.at[1] - (ratios.at[1] - ratios.at[0])) < 1e-12);
        const StudyPositions words = studyPositions({"full", "equal", "none"}, "equal");
        QVERIFY(!words.isTrue && words.present == words.at[1]);
        QVERIFY(!studyPositions({"100", "60s"}, "").isTrue); // a number of calls and a time
    }

    void theSettingProposedFirstIsOneThatIsOn()
    {
        const auto loaded = [](std::string text) {
            const LoadResult result = loadScenarioText(text, "s.yaml", standardVocabulary());
            if (!result.scenario)
                qFatal("%s", result.diagnostics.front().text().c_str());
            return result.scenario;
        };
        const std::string head = "halfopen: 1\nduration: 10s\nservices: { db: { workers: 4, service_time: 5ms } }\n"
                                 "clients: { web: { arrivals: { constant: 9/s }, calls: [ { to: db, policies: used } ] } }\npolicies:\n";
        TuningModel tuning;
        tuning.setScenario(loaded(head + "  spare: [ { retry: { max_attempts: 3 } } ]\n"
                                         "  used: [ { circuit_breaker: { failure_rate_threshold: 50%, window: { size: 20, minimum_calls: 10 } } } ]\n"));
        QCOMPARE(defaultStudyPath(tuning), QString("policies.used.0.failure_rate_threshold"));
        tuning.setScenario(loaded(head + "  used: [ { circuit_breaker: { mode: metrics_only, failure_threshold: 5 } }, { timeout: 1s } ]\n"));
        QCOMPARE(defaultStudyPath(tuning), QString("policies.used.1.after"));
    }

    void changedSettingsAreInForceInEveryRun()
    {
        SweepModel model;
        SweepPlan changed = plan({axis(kAttempts, {"1", "2"})});
        changed.changes = {{"policies.edge.2.after", "100ms"}};
        model.start(std::move(changed));
        finish(model);
        const std::string text = with(with(test::kTunedScenario, "timeout: 250ms", "timeout: 100ms"), "max_attempts: 4", "max_attempts: 2");
        QVERIFY(std::abs(model.points()[1].of(model.find("goodput")).mean - goodputOf(runOf(text, 7))) < 1e-12);
    }

    void valuesThatAreNotLegalTogetherSayWhy()
    {
        SweepModel model;
        model.start(plan({axis(kInitial, {"50ms", "5s"})})); // max_delay is 2s
        finish(model);
        QVERIFY(model.points()[0].problem.isEmpty());
        QVERIFY2(model.points()[1].problem.contains("max_delay"), qPrintable(model.points()[1].problem));
        QVERIFY(!model.points()[1].hasRun());
        const StudyGrid grid = sweepGrid(model, 0);
        QCOMPARE(int(grid.cells[1].kind), int(StudyCell::Kind::Problem));
        QVERIFY(grid.cells[1].detail.contains("max_delay"));
        QVERIFY(!model.best(model.find("goodput"))); // there is nothing that it is better than
    }

    void cancellingKeepsWhatWasComputed()
    {
        SweepModel model;
        std::vector<std::string> values;
        for (int i = 1; i <= 10; ++i)
            values.push_back(std::to_string(i));
        std::vector<std::uint64_t> seeds;
        for (std::uint64_t s = 0; s < 40; ++s)
            seeds.push_back(s);
        model.start(plan({axis(kAttempts, values)}, seeds));
        QTRY_VERIFY_WITH_TIMEOUT(model.runsDone() >= 13, 60000); // all points with the first seed, some with more
        model.cancel(); // without waiting for all runs: see `kept`
        QVERIFY(!model.isRunning());
        const std::size_t kept = model.runsDone();
        QVERIFY(kept >= 13 && kept < model.runsTotal());
        // The best point is told with the figure by which it was chosen: that of the seeds that ran everywhere.
        const std::size_t goodput = model.find("goodput");
        const SweepBest best = *model.best(goodput);
        double sum = 0;
        std::size_t common = 0;
        for (std::size_t seed = 0; seed < 40; ++seed) {
            if (std::any_of(model.points().begin(), model.points().end(), [seed](const SweepPoint &p) { return p.bySeed[seed].empty(); }))
                continue;
            sum += model.points()[best.point].bySeed[seed][goodput];
            ++common;
        }
        QVERIFY(common >= 1);
        QCOMPARE(best.value.count, common);
        QVERIFY(std::abs(best.value.mean - sum / double(common)) < 1e-12);
        const QString text = bestText(model, goodput, best);
        QVERIFY2(text.contains(measuredText(model.measured()[goodput], sum / double(common))), qPrintable(text));
        QCOMPARE(text.contains(" each)"), common > 1 && model.points()[best.point].of(goodput).count > common);
        QCOMPARE(text.contains("one run each"), common == 1);
        const std::size_t known = std::size_t(std::count_if(model.points().begin(), model.points().end(),
                                                           [](const SweepPoint &p) { return p.hasRun(); }));
        QVERIFY(known >= 1);
        QTest::qWait(200); // what the threads still deliver is not taken
        QCOMPARE(model.runsDone(), kept);
        // And a new one begins at once, with results of its own only.
        model.start(plan({axis(kAttempts, {"1", "2"})}));
        finish(model);
        QCOMPARE(model.runsDone(), std::size_t(2));
    }

    void theFrontHoldsWhatNoOtherBeatsInBoth()
    {
        SweepModel model;
        model.start(plan({axis(kAttempts, {"1", "2", "3", "4", "6"})}));
        finish(model);
        const std::size_t goodput = model.find("goodput"), amplification = model.find("amplification");
        const StudyScatter scatter = sweepScatter(model, amplification, goodput);
        QCOMPARE(scatter.points.size(), std::size_t(5));
        int fronts = 0;
        for (const auto &point : scatter.points) {
            bool isBeaten = false; // by the definition, each against each
            for (const auto &other : scatter.points)
                isBeaten = isBeaten || (other.x <= point.x && other.y >= point.y && (other.x < point.x || other.y > point.y));
            QCOMPARE(point.isFront, !isBeaten);
            fronts += point.isFront ? 1 : 0;
        }
        QVERIFY(fronts >= 1);
    }

    void aStabilityCellIsTheRunWithThatTriggerAlone()
    {
        StabilityPlan plan;
        plan.base = loaded(test::kTunedScenario);
        plan.load = {"clients.web.arrivals.poisson", "rate", false, {"200/s", "1200/s"}};
        plan.triggerTexts = {"2s", "8s"};
        plan.triggers = triggerLengths(plan.triggerTexts).value();
        plan.settle = 30s;
        plan.seed = 7;
        StabilityModel model;
        model.start(plan);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isRunning(), 60000);
        QCOMPARE(model.runsDone(), std::size_t(4));
        // 1200 calls a second are more than 8 workers at 10 ms can do: nothing was well before the trigger.
        QCOMPARE(int(model.points()[2].cell.state), int(StabilityCell::State::Overloaded));
        const RunRecord record = runOf(with(test::kTunedScenario, "for: 5s", "for: 8s"), 7, 58s);
        const auto recovery = report::disturbances(record).front().recovery;
        QVERIFY(recovery);
        QCOMPARE(int(model.points()[1].cell.state), int(StabilityCell::State::Recovers));
        QCOMPARE(model.points()[1].cell.recovery, double(recovery->count()) * 1e-9);
        QCOMPARE(model.points()[1].scenario->duration, Duration(58s));
        const StudyGrid grid = stabilityGrid(model);
        QCOMPARE(grid.highMeans, QString("bad")); // and here it took long
        QCOMPARE(grid.lowMeans, QString("good"));
        QCOMPARE(int(grid.cells[2].kind), int(StudyCell::Kind::Warning));
        // The cell says what `halfopen stability` says of it, with no more digits than are known.
        const QString known = QString::fromStdString(report::formatRecovery(*recovery, report::disturbances(record).front().resolution));
        QCOMPARE(QString(grid.cells[1].text).replace(QChar(0xa0), ' '), QString(known).replace("within", "\u2264"));
        QVERIFY2(QString(grid.cells[1].detail).replace(QChar(0xa0), ' ').contains(known), qPrintable(grid.cells[1].detail));
        QVERIFY(model.csv().contains("200/s,8,recovers,"));
        QVERIFY(!triggerLengths({"0s"}));
        QVERIFY(!triggerLengths({"soon"}));
    }

    void severalSettingsAreOneStepOfUndoOrNone()
    {
        TuningModel tuning;
        tuning.setScenario(loaded(test::kTunedScenario));
        // 5 s is legal only after max_delay has gone up, whatever the order in the list.
        QVERIFY(tuning.editAll({{kInitial.toStdString(), "5s"}, {kMaxDelay.toStdString(), "8s"}, {kAttempts.toStdString(), "2"}}, "adopt"));
        QCOMPARE(tuning.changedCount(), 3);
        QCOMPARE(tuning.undoStack()->count(), 1);
        tuning.undoStack()->undo();
        QCOMPARE(tuning.changedCount(), 0);
        tuning.undoStack()->redo();
        QCOMPARE(tuning.valueText(*tuning.find(kInitial)), QString("5s"));
        tuning.undoStack()->undo();
        QVERIFY(!tuning.editAll({{kAttempts.toStdString(), "2"}, {kInitial.toStdString(), "5s"}}, "adopt"));
        QVERIFY(!tuning.editAll({{"policies.edge.9.x", "2"}}, "adopt"));
        QVERIFY(!tuning.editAll({{kAttempts.toStdString(), "many"}}, "adopt"));
        QCOMPARE(tuning.changedCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestStudies)
#include "tst_studies.moc"
