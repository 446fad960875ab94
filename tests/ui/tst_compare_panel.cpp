// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/compared_runs.h"
#include "simulators/explained_moment.h"
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/compare/compare_panel.h"
#include "ui/models/explain_command.h"
#include "ui/models/moment_explainer.h"
#include "ui/theme.h"
#include "ui/tuning/setting_editor.h"
#include "ui/views/call_panel.h"
#include "ui/views/copy_button.h"
#include "ui/views/moment_panel.h"
#include "ui/views/transition_panel.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const Scenario> scenario(const std::string &text = kTunedScenario)
{
    const LoadResult loaded = loadScenarioText(text, "tuned.yaml", standardVocabulary());
    if (!loaded.ok())
        qFatal("%s", loaded.diagnostics.front().text().c_str());
    return loaded.scenario;
}

RunRecord runOf(const std::shared_ptr<const Scenario> &world, std::uint64_t seed)
{
    RunOptions options;
    options.seed = seed;
    options.sampleCalls = false;
    Simulation simulation(world, options);
    simulation.runToEnd();
    return simulation.snapshot();
}

void write(const QString &path, const std::string &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0)
        qFatal("no file");
}

/// The scenario as that of a file at \a path.
std::shared_ptr<const Scenario> inFile(const QString &path)
{
    write(path, kTunedScenario);
    const LoadResult loaded = loadScenarioFile(path.toStdString(), standardVocabulary());
    if (!loaded.ok())
        qFatal("%s", loaded.diagnostics.front().text().c_str());
    return loaded.scenario;
}

double goodput(const RunRecord &record)
{
    const EdgeTotals &edge = record.edgeTotals.front();
    return double(edge.good()) / double(edge.endedAll());
}

} // namespace

class TestComparePanel : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }

    void aDialectThatIsAskedForIsTickedAlone()
    {
        ComparePanel panel([world = scenario()] { return world; });
        panel.setSource(ComparePanel::Source::Orders);
        panel.show();
        const auto ticked = [&panel] {
            QStringList names;
            for (int i = 0; i < panel.variantList()->count(); ++i)
                if (panel.variantList()->item(i)->checkState() == Qt::Checked)
                    names += panel.variantList()->item(i)->text();
            return names;
        };
        panel.offerDialect("resilience4j");
        QCOMPARE(ticked(), QStringList({"as it is", "resilience4j"}));
        panel.offerDialect("polly");
        QCOMPARE(ticked(), QStringList({"as it is", "polly"}));
        panel.renew(); // a setting was changed meanwhile
        QCOMPARE(ticked(), QStringList({"as it is", "polly"}));
        QVERIFY(panel.runButton()->isEnabled());
    }

    void everyDialectAndEveryOrderIsOffered()
    {
        const auto world = scenario();
        const Variants dialects = dialectVariants(world);
        QCOMPARE(dialects.front().name, QString("as it is"));
        QCOMPARE(dialects.front().scenario, world);
        QStringList names;
        for (const Variant &variant : dialects)
            names += variant.name;
        QVERIFY(!names.contains("halfopen")); // that is how it is already
        for (const char *wanted : {"resilience4j", "gobreaker", "polly", "hystrix"})
            QVERIFY2(names.contains(wanted), wanted);
        // retry, breaker, timeout: two pairs of neighbours.
        const Variants orders = orderedVariants(world);
        QCOMPARE(orders.size(), std::size_t(3));
        QCOMPARE(orders[1].name, QString("edge: circuit_breaker outside retry"));
        QCOMPARE(orders[2].name, QString("edge: timeout outside circuit_breaker"));
        QVERIFY(orders[1].scenario->stacks[0].layers[0].type->isBreaker);
        QVERIFY(world->stacks[0].layers[1].type->isBreaker); // the scenario itself is as it was
    }

    void pairedDifferencesAreThoseOfTheSeeds()
    {
        const auto world = scenario();
        const Variants variants = orderedVariants(world);
        ComparisonRunner runner;
        QSignalSpy progressed(&runner, &ComparisonRunner::progressed);
        runner.start(variants, 7, 4);
        QTRY_VERIFY_WITH_TIMEOUT(!runner.isBusy(), 60000);
        QCOMPARE(runner.done(), 12);
        QVERIFY(runner.comparison().isComplete);
        // By another route: each run by itself, the mean of the differences, its deviation, and Student's t for 3
        // degrees of freedom from a printed table.
        std::vector<double> differences;
        for (std::uint64_t seed = 7; seed < 11; ++seed)
            differences.push_back(goodput(runOf(variants[1].scenario, seed)) - goodput(runOf(world, seed)));
        double mean = 0, squares = 0;
        for (const double d : differences)
            mean += d / 4;
        for (const double d : differences)
            squares += (d - mean) * (d - mean);
        const double halfWidth = 3.182 * std::sqrt(squares / 3) / 2;
        const report::Estimate found = report::differenceOf(runner.comparison().variants[1], runner.comparison().variants[0], 0);
        QCOMPARE(found.count, std::size_t(4));
        QVERIFY(std::abs(found.mean - mean) < 1e-12);
        QVERIFY2(std::abs(found.halfWidth - halfWidth) <= 1e-3 * halfWidth + 1e-12, qPrintable(QString::number(found.halfWidth)));
    }

    void thePanelComparesAndCanBeStopped()
    {
        const auto world = scenario();
        ComparePanel panel([world] { return world; });
        panel.resize(1000, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSource(ComparePanel::Source::Orders);
        QCOMPARE(panel.variantList()->count(), 3);
        panel.variantList()->item(2)->setCheckState(Qt::Unchecked);
        panel.renew(); // a setting was changed
        QCOMPARE(panel.variantList()->item(1)->checkState(), Qt::Checked);
        QCOMPARE(panel.variantList()->item(2)->checkState(), Qt::Unchecked);
        panel.seeds()->setValue(3);
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.runner().isBusy(), 60000);
        QTRY_COMPARE(panel.figures()->rowCount(), 2);
        QVERIFY(panel.figures()->item(0, 0)->text().contains('%'));
        QVERIFY(panel.figures()->item(1, 0)->text().contains("pt"));
        // The two layers that changed places are what differs.
        QStringList heads;
        for (int row = 0; row < panel.differences()->rowCount(); ++row)
            heads += panel.differences()->item(row, 0)->text();
        QVERIFY(heads.contains("policies.edge.0"));
        QVERIFY(heads.contains("policies.edge.1"));
        QVERIFY(!heads.contains("policies.edge.2"));
        panel.seeds()->setValue(1000);
        panel.runButton()->click();
        QVERIFY(panel.runner().isBusy());
        panel.runButton()->click();
        QVERIFY(!panel.runner().isBusy());
        QCOMPARE(panel.runButton()->text(), QString("Compare"));
    }

    /// The figures stay when a setting changes: the note says that they are of the settings before, for as long as that is so.
    void figuresOfOtherSettingsSaySo()
    {
        auto world = scenario();
        ComparePanel panel([&world] { return world; });
        panel.resize(1000, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSource(ComparePanel::Source::Orders);
        panel.seeds()->setValue(2);
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.runner().isBusy(), 60000);
        QVERIFY(!panel.note()->isVisible());
        const auto before = world;
        world = scenario(QString(kTunedScenario).replace("max_attempts: 4", "max_attempts: 2").toStdString());
        panel.tellAge();
        QVERIFY(panel.note()->isVisible());
        QCOMPARE(panel.note()->text(), QString("The scenario has changed since this comparison."));
        panel.setSource(ComparePanel::Source::Dialects); // the figures are still there
        QCOMPARE(panel.note()->text(), QString("The scenario has changed since this comparison."));
        world = before;
        panel.tellAge();
        QVERIFY(!panel.note()->isVisible());
        world = scenario("# a comment\n" + QString(kTunedScenario).replace("max_attempts: 4", "max_attempts:   4").toStdString());
        QVERIFY(world->text != before->text);
        panel.tellAge(); // comments and layout are no settings
        QVERIFY(!panel.note()->isVisible());
        world = scenario(QString(kTunedScenario).replace("max_attempts: 4", "max_attempts: 2").toStdString());
        panel.setSource(ComparePanel::Source::Orders);
        QVERIFY(panel.note()->isVisible());
        panel.runButton()->click(); // with the settings there are now
        QVERIFY(!panel.note()->isVisible());
        panel.stop();
    }

    void theNoteOnTicksGoesWithTheTick()
    {
        const auto world = scenario();
        ComparePanel panel([world] { return world; });
        panel.resize(1000, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSource(ComparePanel::Source::Orders);
        panel.variantList()->item(1)->setCheckState(Qt::Unchecked);
        panel.variantList()->item(2)->setCheckState(Qt::Unchecked);
        panel.runButton()->click();
        QCOMPARE(panel.note()->text(), QString("Tick at least two variants."));
        QVERIFY(panel.note()->isVisible());
        panel.variantList()->item(2)->setCheckState(Qt::Checked);
        QVERIFY(!panel.note()->isVisible());
        panel.variantList()->item(2)->setCheckState(Qt::Unchecked); // nobody has asked to compare them
        QVERIFY(!panel.note()->isVisible());
    }

    void allAndNoneAreTickedAtOnce()
    {
        const auto world = scenario();
        ComparePanel panel([world] { return world; });
        panel.resize(1000, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSource(ComparePanel::Source::Orders);
        QListWidget *list = panel.variantList();
        const auto ticked = [list] {
            int count = 0;
            for (int i = 0; i < list->count(); ++i)
                count += list->item(i)->checkState() == Qt::Checked ? 1 : 0;
            return count;
        };
        QCOMPARE(ticked(), 3);
        QVERIFY(panel.allTick()->isVisible());
        QCOMPARE(panel.allTick()->text(), QString("All (3 of 3)"));
        panel.allTick()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(panel.allTick(), Qt::Key_Space);
        QCOMPARE(ticked(), 0);
        QCOMPARE(panel.allTick()->checkState(), Qt::Unchecked);
        list->item(1)->setCheckState(Qt::Checked);
        QCOMPARE(panel.allTick()->checkState(), Qt::PartiallyChecked);
        QCOMPARE(panel.allTick()->text(), QString("All (1 of 3)"));
        panel.allTick()->click(); // from some to all
        QCOMPARE(ticked(), 3);
        QCOMPARE(panel.allTick()->checkState(), Qt::Checked);
        // In the list by its keys, which its menu names.
        panel.activateWindow();
        list->setFocus();
        QTRY_VERIFY(list->hasFocus());
        QTest::keyClick(list, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(ticked(), 0);
        QTest::keyClick(list, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(ticked(), 3);
        QCOMPARE(list->actions().size(), 2);
        // What cannot be run is never ticked.
        panel.setSource(ComparePanel::Source::Dialects);
        panel.allTick()->click();
        panel.allTick()->click();
        for (int i = 0; i < list->count(); ++i)
            QCOMPARE(list->item(i)->checkState() == Qt::Checked, (list->item(i)->flags() & Qt::ItemIsUserCheckable) != 0);
    }

    void wordsOfASettingAreTickedAtOnce()
    {
        const auto world = scenario();
        const Settings &settings = world->stacks[0].layers[0].settings;
        const Field &field = *settings.schema().find("retry_on");
        std::unique_ptr<SettingEditor> editor(SettingEditor::create(field, settings.get(field), nullptr));
        editor->setValue(settings.get(field));
        QSignalSpy edited(editor.get(), &SettingEditor::edited);
        const auto trigger = [&](const QString &text) {
            for (QAction *action : editor->findChild<QMenu *>()->actions())
                if (action->text() == text)
                    action->trigger();
        };
        trigger("None");
        QCOMPARE(edited.size(), 1);
        QCOMPARE(edited[0][0].toString(), QString("[]"));
        trigger("All");
        QCOMPARE(edited.size(), 2);
        for (const std::string_view word : field.choices)
            QVERIFY2(edited[1][0].toString().contains(QString::fromUtf8(word.data(), qsizetype(word.size()))), qPrintable(edited[1][0].toString()));
    }

    /// By the rule of the command line, from the same comparison: what differs by less than is known of it is neither better nor worse.
    void aDifferenceWithinTheResolutionIsNoVerdict()
    {
        const auto world = scenario();
        ComparePanel panel([world] { return world; });
        panel.show();
        panel.setSource(ComparePanel::Source::Orders);
        panel.seeds()->setValue(2);
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.runner().isBusy(), 60000);
        auto &comparison = const_cast<report::Comparison &>(panel.runner().comparison());
        QCOMPARE(comparison.variants.size(), std::size_t(3));
        int column = 0;
        while (std::string(report::comparedFigures()[std::size_t(column)].key) != "time_to_recover_s")
            ++column;
        const double values[3][2] = {{5.3, 5.4}, {5.7, 5.81}, {7.3, 7.41}}; // 0.4 s more, 2 s more; known to 1 s
        for (std::size_t v = 0; v < 3; ++v) {
            comparison.variants[v].recoveryStep = {100ms, 1s};
            for (std::size_t seed = 0; seed < 2; ++seed)
                comparison.variants[v].figures[seed][std::size_t(column)] = values[v][seed];
        }
        QEvent event(QEvent::PaletteChange);
        QCoreApplication::sendEvent(&panel, &event);
        const auto text = [&](int row, int at) { return panel.figures()->item(row, at)->text(); };
        QVERIFY2(!text(1, column).contains("worse"), qPrintable(text(1, column)));
        QVERIFY2(text(2, column).contains("worse"), qPrintable(text(2, column)));
        QVERIFY2(panel.figuresNote()->text().contains(QString("known to 1\u00a0s")), qPrintable(panel.figuresNote()->text()));
        // Every cell says the numbers of the command line.
        for (std::size_t f = 0; f < report::comparedFigures().size(); ++f) {
            const report::ComparedFigure &figure = report::comparedFigures()[f];
            for (std::size_t v = 0; v < 3; ++v) {
                std::string expected = report::figureText(comparison, figure, report::figureOf(comparison.variants[v], f));
                QString told = text(int(v), int(f));
                bool isClear = false;
                if (v > 0) {
                    const report::Estimate difference = report::differenceOf(comparison.variants[v], comparison.variants[0], f);
                    expected += "\n" + report::differenceText(comparison, figure, difference);
                    isClear = report::isClearDifference(comparison, figure, difference);
                    if (!isClear)
                        QVERIFY2(!told.contains("worse") && !told.contains("better"), qPrintable(told));
                }
                told.replace(QChar(0xa0), ' ').replace(QChar(0x2013), '-').replace("\u00b1 ", "\u00b1");
                told.remove(", worse").remove(", better");
                QString wanted = QString::fromStdString(expected).remove(" *");
                if (told.contains('\n') || v == 0)
                    QCOMPARE(told, wanted);
            }
        }
    }

    void withoutAFaultThePanelSaysWhyNothingIsDetected()
    {
        std::string calm = kTunedScenario;
        calm.erase(calm.find("faults:"));
        const auto world = scenario(calm);
        ComparePanel panel([world] { return world; });
        panel.show();
        panel.setSource(ComparePanel::Source::Orders);
        panel.seeds()->setValue(1);
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.runner().isBusy(), 60000);
        QTRY_VERIFY2(panel.figuresNote()->text().startsWith("No fault is declared"), qPrintable(panel.figuresNote()->text()));
        QVERIFY(!panel.figuresNote()->isHidden());
    }

    /// No text of "What differs" is cut: what is longer than its column is broken into lines that all have room.
    void whatDiffersIsShownWhole()
    {
        std::string other = kTunedScenario;
        other.replace(other.find("service_time: 10ms"), 18, "service_time: { lognormal: { p50: 12ms, p99: 60ms } }, keeps_working_for_departed_callers: true");
        RunSource a, b;
        a.name = "a";
        b.name = "b";
        a.text = kTunedScenario;
        b.text = other;
        ComparePanel panel([] { return nullptr; });
        panel.resize(700, 300);
        panel.show();
        panel.compareKept({a, b}, true);
        QTRY_VERIFY_WITH_TIMEOUT(panel.differences()->rowCount() > 0 && !panel.runner().isBusy(), 60000);
        QTableWidget *table = panel.differences();
        QCOMPARE(table->textElideMode(), Qt::ElideNone);
        bool isAnyBroken = false;
        for (int row = 0; row < table->rowCount(); ++row) {
            const QFontMetrics metrics(table->font());
            const QString text = table->item(row, 0)->text();
            const QRect needed = metrics.boundingRect(QRect(0, 0, table->columnWidth(0) - 8, 10000), Qt::TextWordWrap, text);
            QVERIFY2(table->rowHeight(row) >= needed.height(), qPrintable(text));
            isAnyBroken = isAnyBroken || needed.height() > metrics.lineSpacing() + 2;
        }
        QVERIFY(isAnyBroken);
    }

    void axesAreLocked()
    {
        const auto world = scenario();
        VariantsChart chart;
        chart.resize(800, 400);
        chart.setRuns({{"a", std::make_shared<const RunRecord>(runOf(world, 1))},
                       {"b", std::make_shared<const RunRecord>(runOf(world, 2))}});
        const double one = chart.valueMax();
        QVERIFY(one >= 200 * 0.8); // 200 calls a second arrive, nearly all are good
        chart.setSideBySide(true);
        QCOMPARE(chart.valueMax(), one); // one axis for all panels
        const auto panels = chart.panels();
        QCOMPARE(panels.size(), std::size_t(2));
        QCOMPARE(panels[0].size(), panels[1].size());
        QVERIFY(!panels[0].intersects(panels[1]));
        QVERIFY(!chart.grab().isNull());
    }

    void keptRunsTellInWhichLinesTheyDiffer()
    {
        std::string other = kTunedScenario;
        other.replace(other.find("workers: 8"), 10, "workers: 9");
        other.replace(other.find("max_attempts: 4"), 15, "max_attempts: 2");
        RunSource a, b;
        a.name = b.name = "tuned";
        a.text = kTunedScenario;
        b.text = other;
        b.changes.push_back({Instant(3s), "policies.edge.1.recovery_timeout", "5s", "1s"});
        const Variants variants = keptVariants({a, b});
        QCOMPARE(variants[1].name, QString("tuned (2)"));
        QStringList what;
        for (const DifferenceRow &row : differencesOf(variants))
            what += row.what;
        QVERIFY(what.contains("policies.edge.0.max_attempts"));
        QVERIFY(what.contains("policies.edge.1.recovery_timeout"));
        QVERIFY(!what.contains("policies.edge.0"));
        QCOMPARE(what.filter("workers: 8").size(), 1);
        QCOMPARE(what.filter("workers: 9").size(), 1);
        QCOMPARE(what.size(), 4);
        QVERIFY(differencesOf(keptVariants({a, a})).empty());
    }

    /// Runs that have nothing else to tell them apart are told apart by their seeds.
    void keptRunsOfOtherSeedsAreNamedByThem()
    {
        RunSource a, b, c;
        a.name = b.name = c.name = "max_attempts 2";
        a.text = b.text = c.text = kTunedScenario;
        a.seed = c.seed = 7;
        b.seed = 8;
        QStringList names;
        for (const Variant &variant : keptVariants({a, b, c}))
            names += variant.name;
        QCOMPARE(names, (QStringList{QString::fromUtf8("max_attempts 2 · seed 7"), QString::fromUtf8("max_attempts 2 · seed 8"),
                                     QString::fromUtf8("max_attempts 2 · seed 7 (2)")}));
    }

    /// Who looks at something else while the texts are read is not taken back, and nothing is run.
    void anotherSourceChosenWhileRunsAreReadStays()
    {
        const auto world = scenario();
        ComparePanel panel([world] { return world; });
        panel.resize(1000, 300);
        panel.show();
        RunSource a, b;
        a.name = "a";
        b.name = "b";
        a.text = b.text = kTunedScenario;
        b.seed = 1;
        panel.seeds()->setValue(1);
        panel.compareKept({a, b}, true);
        QVERIFY(panel.note()->text().contains("Reading the runs"));
        panel.setSource(ComparePanel::Source::Orders);
        QVERIFY2(!panel.note()->isVisible(), qPrintable(panel.note()->text()));
        QVERIFY(panel.variantList()->count() == 3);
        QTRY_VERIFY(!panel.isReading());
        QCOMPARE(panel.variantList()->count(), 3);
        QVERIFY(!panel.runner().isBusy() && panel.figures()->rowCount() == 0);
        panel.setSource(ComparePanel::Source::Kept); // there they are
        QTRY_COMPARE(panel.variantList()->count(), 2);
        QCOMPARE(panel.variantList()->item(0)->text(), QString("a"));
        QVERIFY(!panel.note()->isVisible());
    }

    /// At every transition of the run: a moment before, the breaker is in the old state and its record agrees; right
    /// at it, it is in the new one.
    void aMomentIsExplainedAsTheRunHadIt()
    {
        const auto world = scenario();
        Simulation simulation(world);
        simulation.runUntil(Instant(22s));
        QVERIFY(simulation.change("policies.edge.0.max_attempts", "2"));
        simulation.runToEnd();
        const auto record = std::make_shared<const RunRecord>(simulation.snapshot());
        QVERIFY(record->transitions.size() >= 2);
        MomentExplainer explainer;
        QSignalSpy explained(&explainer, &MomentExplainer::explained);
        for (std::size_t i = 0; i < std::min<std::size_t>(record->transitions.size(), 6); ++i) {
            const BreakerTransition &t = record->transitions[i];
            explainer.ask(record, t.breaker, t.at - Duration(1));
            QVERIFY(explained.wait(20000));
            auto moment = explained.takeFirst()[0].value<MomentPtr>();
            QCOMPARE(int(moment->layer.explanation.state), int(t.from));
            QCOMPARE(moment->record.now.ns(), t.at.ns() - 1);
            if (t.reason.kind == TransitionReason::Kind::FailureRate) {
                // The deciding call is the one that was missing.
                QVERIFY(moment->layer.explanation.window.failures < t.reason.windowFailures
                        || moment->layer.explanation.window.calls < t.reason.windowCalls);
            }
            explainer.ask(record, t.breaker, t.at);
            QVERIFY(explained.wait(20000));
            moment = explained.takeFirst()[0].value<MomentPtr>();
            QCOMPARE(int(moment->layer.explanation.state), int(t.to));
        }
    }

    void onlyTheLastQuestionIsAnswered()
    {
        const auto world = scenario();
        const auto record = std::make_shared<const RunRecord>(runOf(world, 7));
        MomentExplainer explainer;
        QSignalSpy explained(&explainer, &MomentExplainer::explained);
        for (int second = 1; second < 40; ++second)
            explainer.ask(record, 0, Instant(std::chrono::seconds(second)));
        QVERIFY(explained.wait(20000));
        QTest::qWait(100);
        QCOMPARE(explained.size(), 1);
        QCOMPARE(explained[0][0].value<MomentPtr>()->record.now.ns(), Instant(39s).ns());
    }

    void theCommandNamesTheFileTheBreakerAndTheMoment()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("my tuned.yaml");
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(kTunedScenario);
        }
        const auto opened = [&](const std::vector<Override> &values) {
            const LoadResult loaded = loadScenarioText(kTunedScenario, path.toStdString(), standardVocabulary(), values);
            if (!loaded.ok())
                qFatal("%s", loaded.diagnostics.front().text().c_str());
            return loaded.scenario;
        };
        const auto world = opened({});
        const RunRecord record = runOf(world, world->seed);
        const BreakerInfo &breaker = record.breakers.front();
        QString command = explainBreakerCommand(record, 0, Instant(61200ms));
        QVERIFY2(command.startsWith("halfopen explain '" + path + "' --breaker edge.1 "), qPrintable(command));
        QVERIFY2(command.endsWith(" --at 61.2s"), qPrintable(command));
        QCOMPARE(command.contains("--process"), record.edges[breaker.edge].processes > 1);
        QCOMPARE(explainCallCommand(record, 330), "halfopen explain '" + path + "' --call 330");
        // A shipped scenario has a name that works in every folder.
        const LoadResult shipped = loadScenarioFile(HALFOPEN_SOURCE_DIR "/scenarios/retry_storm.yaml", standardVocabulary());
        QVERIFY(shipped.ok());
        RunRecord storm = record;
        storm.scenario = shipped.scenario;
        storm.seed = shipped.scenario->seed;
        QCOMPARE(explainCallCommand(storm, 330), QString("halfopen explain retry_storm --call 330"));
        // What differs from the file is said.
        const RunRecord other = runOf(opened({{"policies.edge.0.max_attempts", "2"}}), world->seed + 1);
        command = explainCallCommand(other, 330);
        QVERIFY2(command.contains(QStringLiteral(" --seed %1").arg(world->seed + 1)), qPrintable(command));
        QVERIFY2(command.endsWith(" --set policies.edge.0.max_attempts=2"), qPrintable(command));
        QCOMPARE(shellWord("it's"), QString("'it'\\''s'"));
    }

    /// What a terminal would tell is another run: the button does not copy it, and says why.
    void noCommandIsOfferedForAnotherRun()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("tuned.yaml");
        const auto world = inFile(path);
        const auto isOffered = [](const QWidget &panel) {
            const auto buttons = panel.findChildren<CopyButton *>();
            return std::all_of(buttons.begin(), buttons.end(), [](const CopyButton *button) { return button->isEnabled(); });
        };
        auto record = std::make_shared<const RunRecord>(runOf(world, world->seed));
        QVERIFY(isWholeStory(*record));
        TransitionPanel reason;
        reason.showTransition(record, 0);
        QVERIFY(isOffered(reason));

        // Changed while it played.
        Simulation simulation(world);
        simulation.runUntil(Instant(15s));
        QVERIFY(simulation.change("policies.edge.0.max_attempts", "2"));
        simulation.runToEnd();
        auto changed = std::make_shared<const RunRecord>(simulation.snapshot());
        QVERIFY(!isWholeStory(*changed));
        QVERIFY(!changed->transitions.empty() && !changed->calls.empty());
        QApplication::clipboard()->clear();
        reason.showTransition(changed, 0);
        QVERIFY(!isOffered(reason));
        CallPanel call;
        call.showCall(changed, &changed->calls[0]);
        QVERIFY(!isOffered(call));
        MomentPanel panel;
        const LayerPlace place{"edge", 0, 1, true};
        const std::vector<ParameterChange> changes(changed->changes.begin(), changed->changes.end());
        panel.showMoment(explainMoment(world, place, 0, RunOptions{}, changes, Instant(30s)));
        QVERIFY(!isOffered(panel));
        for (const QWidget *one : {static_cast<QWidget *>(&reason), static_cast<QWidget *>(&call), static_cast<QWidget *>(&panel)}) {
            for (CopyButton *button : one->findChildren<CopyButton *>()) {
                button->click();
                QVERIFY2(button->toolTip().contains("settings were changed while it played"), qPrintable(button->toolTip()));
            }
            for (const QLabel *label : one->findChildren<QLabel *>())
                QVERIFY2(!label->text().contains("halfopen explain"), qPrintable(label->text()));
        }
        QVERIFY(QApplication::clipboard()->text().isEmpty());

        // The file is another world by now: also one that is when the button is pressed.
        reason.showTransition(record, 0);
        QVERIFY(isOffered(reason));
        std::string other = kTunedScenario;
        other.replace(other.find("workers: 8"), 10, "workers: 11");
        write(path, other);
        reason.findChildren<CopyButton *>().last()->click();
        QVERIFY(QApplication::clipboard()->text().isEmpty());
        QVERIFY(!isWholeStory(*record));
        reason.showTransition(record, 0);
        QVERIFY(!isOffered(reason));
        // A setting in which they differ can be told.
        std::string tuned = kTunedScenario;
        tuned.replace(tuned.find("max_attempts: 4"), 15, "max_attempts: 30");
        write(path, tuned);
        QVERIFY(isWholeStory(*record));
        QVERIFY(explainCallCommand(*record, 1).endsWith("--set policies.edge.0.max_attempts=4"));
        QVERIFY(QFile::remove(path));
        QVERIFY(!isWholeStory(*record));
    }

    void anEmptiedPanelHoldsNoRun()
    {
        QTemporaryDir folder;
        const auto world = inFile(folder.filePath("tuned.yaml"));
        auto record = std::make_shared<const RunRecord>(runOf(world, world->seed));
        const std::weak_ptr<const RunRecord> watched = record;
        TransitionPanel reason;
        reason.showTransition(record, 0);
        record.reset();
        QVERIFY(!watched.expired());
        reason.showTransition(nullptr, std::nullopt);
        QTRY_VERIFY(watched.expired()); // once the run that looks for the deciding call has stopped
        MomentPtr moment = explainMoment(world, {"edge", 0, 1, true}, 0, RunOptions{}, {}, Instant(30s));
        const std::weak_ptr<const ExplainedMoment> seen = moment;
        MomentPanel panel;
        panel.showMoment(moment);
        moment.reset();
        QVERIFY(!seen.expired()); // shared, not copied
        panel.showBusy("another");
        QVERIFY(seen.expired());
    }

    void thePanelOfAMomentSaysWhyNotYet()
    {
        QTemporaryDir folder;
        const auto world = inFile(folder.filePath("tuned.yaml"));
        RunOptions options;
        options.seed = world->seed + 1; // not that of the file
        const LayerPlace place{"edge", 0, 1, true};
        const MomentPtr moment = explainMoment(world, place, 0, options, {}, Instant(10s));
        QVERIFY(moment);
        MomentPanel panel;
        panel.showMoment(moment);
        QStringList texts;
        for (const QLabel *label : panel.findChildren<QLabel *>())
            texts += label->text();
        const QString all = texts.join('\n').replace(QChar(0xa0), ' '); // between numbers and units
        QVERIFY2(all.contains("Why it has not tripped"), qPrintable(all));
        for (const Explanation::Rule &rule : moment->layer.explanation.rules)
            QVERIFY2(all.contains(QString::fromStdString(describe(rule))), qPrintable(all));
        QVERIFY(all.contains(" up to there"));
        QVERIFY(!panel.grab().isNull());
        auto *copy = panel.findChild<CopyButton *>();
        QVERIFY(copy && !copy->isHidden());
        copy->click();
        QVERIFY2(QApplication::clipboard()->text().contains("--breaker edge.1"), qPrintable(QApplication::clipboard()->text()));
        QVERIFY2(QApplication::clipboard()->text().endsWith(QStringLiteral("--at 10s --seed %1").arg(world->seed + 1)),
                 qPrintable(QApplication::clipboard()->text()));
    }
};

QTEST_MAIN(TestComparePanel)
#include "tst_compare_panel.moc"
