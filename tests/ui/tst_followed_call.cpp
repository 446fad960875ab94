// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "simulators/followed_call.h"
#include "tests/support/scenario_text.h"
#include "tests/support/tuned_scenario.h"
#include "ui/models/call_follower.h"
#include "ui/models/call_story.h"
#include "ui/theme.h"
#include "ui/views/followed_call_panel.h"
#include "ui/views/transition_panel.h"

#include <QApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <optional>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

RecordPtr runOf(const QByteArray &text, bool sampleCalls, std::optional<Instant> until = {}, bool withChange = false)
{
    RunOptions options;
    options.sampleCalls = sampleCalls;
    Simulation simulation(test::loaded(text.toStdString()), options);
    if (withChange) {
        simulation.runUntil(Instant(21s));
        if (!simulation.change("policies.edge.0.max_attempts", "2") || !simulation.change("policies.edge.2.after", "200ms"))
            qFatal("not changed");
    }
    simulation.runUntil(until.value_or(simulation.endTime()));
    return std::make_shared<const RunRecord>(simulation.snapshot());
}

/// A run of some minutes of work: nobody waits for its end.
QByteArray longText()
{
    return QByteArray(test::kTunedScenario).replace("duration: 60s", "duration: 200h");
}

QString stepsOf(const RunRecord &record, const CallTrace &call)
{
    QStringList steps;
    for (const StoryLine &line : callStory(record, call))
        steps += line.offset + ' ' + line.text;
    return steps.join('\n');
}

/// A transition whose deciding call \a sampled holds whole.
std::optional<std::size_t> decidedBySampled(const RunRecord &sampled, Instant after = Instant())
{
    for (std::size_t i = 0; i < sampled.transitions.size(); ++i) {
        const BreakerTransition &t = sampled.transitions[i];
        if (t.at >= after && t.reason.hasDecidingCall && sampledCall(sampled, t.reason.decidingCall))
            return i;
    }
    return std::nullopt;
}

QString shownText(const QWidget &panel)
{
    QTextDocument document;
    document.setHtml(panel.findChild<QLabel *>("followed_call")->text());
    return document.toPlainText().simplified();
}

QPushButton *button(const QWidget &panel, const QString &text)
{
    for (QPushButton *one : panel.findChildren<QPushButton *>())
        if (one->text() == text)
            return one;
    qFatal("no button %s", qPrintable(text));
}

} // namespace

/// The steps of a call that the record has not kept are those that it would have kept.
class TestFollowedCall : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Light)); }

    void itsStepsAreThoseOfTheSample_data()
    {
        QTest::addColumn<bool>("withChange");
        QTest::newRow("as the file says") << false;
        QTest::newRow("changed while it played") << true;
    }
    void itsStepsAreThoseOfTheSample()
    {
        QFETCH(bool, withChange);
        const RecordPtr sampled = runOf(test::kTunedScenario, true, {}, withChange);
        const RecordPtr bare = runOf(test::kTunedScenario, false, {}, withChange);
        QCOMPARE(bare->calls.size(), std::size_t(0));
        int compared = 0;
        CallFollower follower;
        QSignalSpy found(&follower, &CallFollower::found), failed(&follower, &CallFollower::failed);
        for (std::size_t i = 0; i < sampled->calls.size() && compared < 4; ++i) {
            const CallTrace &call = sampled->calls[i];
            if (call.start < Instant(21500ms) || !isTroubled(call))
                continue;
            found.clear();
            follower.ask(bare, call.call);
            QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60000);
            const auto followed = found[0][0].value<RecordPtr>();
            QCOMPARE(followed->calls.size(), std::size_t(1));
            QCOMPARE(stepsOf(*followed, followed->calls[0]), stepsOf(*sampled, call));
            ++compared;
        }
        QCOMPARE(compared, 4);
        QCOMPARE(failed.size(), 0);
    }

    /// What comes after the run on screen is not known yet: a setting may be changed until then.
    void aCallIsFollowedNoFurtherThanTheRunHasCome()
    {
        const RecordPtr sampled = runOf(test::kTunedScenario, true);
        const CallTrace *late = nullptr;
        for (std::size_t i = 0; i < sampled->calls.size(); ++i)
            if (sampled->calls[i].end - sampled->calls[i].start > 300ms)
                late = &sampled->calls[i];
        QVERIFY(late);
        const RecordPtr before = runOf(test::kTunedScenario, false, late->end - Duration(1ms));
        CallFollower follower;
        QSignalSpy found(&follower, &CallFollower::found);
        follower.ask(before, late->call);
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60000);
        QCOMPARE(found[0][0].value<RecordPtr>()->calls.size(), std::size_t(0));
        FollowedCallPanel panel;
        panel.showCall(before, late->call);
        QTRY_VERIFY_WITH_TIMEOUT(shownText(panel).contains("It had not ended at"), 60000);
    }

    /// The run goes on, and what is told goes with it.
    void aCallThatHadNotEndedIsToldWhenTheRunHasGoneOn()
    {
        const RecordPtr sampled = runOf(test::kTunedScenario, true), whole = runOf(test::kTunedScenario, false);
        const CallTrace *late = nullptr;
        for (std::size_t i = 0; i < sampled->calls.size(); ++i)
            if (sampled->calls[i].end - sampled->calls[i].start > 300ms)
                late = &sampled->calls[i];
        QVERIFY(late);
        const QString last = callStory(*sampled, *late).back().text;
        const RecordPtr before = runOf(test::kTunedScenario, false, late->end - Duration(1ms));
        FollowedCallPanel panel;
        panel.showCall(before, late->call);
        QTRY_VERIFY_WITH_TIMEOUT(shownText(panel).contains("It had not ended at"), 60000);
        panel.followRecord(whole);
        QTRY_VERIFY2_WITH_TIMEOUT(shownText(panel).contains(last), qPrintable(shownText(panel)), 60000);
        QVERIFY(!shownText(panel).contains("as far as the run had come"));
        // Also on the way, when the run has not ended, after a moment.
        panel.showCall(before, late->call);
        QTRY_VERIFY_WITH_TIMEOUT(shownText(panel).contains("It had not ended at"), 60000);
        const RecordPtr later = runOf(test::kTunedScenario, false, late->end + Duration(1ms));
        QTRY_VERIFY2_WITH_TIMEOUT((panel.followRecord(later), shownText(panel).contains(last)), qPrintable(shownText(panel)), 60000);
    }

    /// What has failed once would fail each time the run goes on: it is asked for again by hand only.
    void aFailureIsToldOnce()
    {
        const RecordPtr sampled = runOf(test::kTunedScenario, true), whole = runOf(test::kTunedScenario, false);
        const CallTrace *late = nullptr;
        for (std::size_t i = 0; i < sampled->calls.size(); ++i)
            if (sampled->calls[i].end - sampled->calls[i].start > 300ms)
                late = &sampled->calls[i];
        QVERIFY(late);
        FollowedCallPanel panel;
        panel.resize(260, 300);
        panel.showCall(runOf(test::kTunedScenario, false, late->end - Duration(1ms)), late->call);
        QTRY_VERIFY_WITH_TIMEOUT(shownText(panel).contains("It had not ended at"), 60000);
        auto *follower = panel.findChild<CallFollower *>();
        QVERIFY(follower);
        emit follower->failed("no memory");
        panel.followRecord(whole);
        QVERIFY(!follower->isBusy());
        QCOMPARE(shownText(panel), QString("The run could not be made again: no memory"));
        QTest::mouseClick(button(panel, "Show its steps"), Qt::LeftButton);
        QVERIFY(follower->isBusy());
    }

    void theReasonFollowsTheRunToItsSample()
    {
        const RecordPtr sampled = runOf(test::kTunedScenario, true);
        const std::optional<std::size_t> index = decidedBySampled(*sampled);
        QVERIFY(index);
        const BreakerTransition &t = sampled->transitions[*index];
        const CallTrace *call = sampledCall(*sampled, t.reason.decidingCall);
        QVERIFY(call->end > t.at - Duration(1s));
        // It had decided and its caller had not heard of it yet.
        const RecordPtr before = runOf(test::kTunedScenario, false, t.at);
        QVERIFY(call->end > before->now);
        TransitionPanel panel;
        panel.showTransition(before, *index);
        QTRY_VERIFY_WITH_TIMEOUT(shownText(panel).contains("It had not ended at"), 60000);
        panel.followRecord(sampled);
        QVERIFY(panel.findChild<FollowedCallPanel *>()->isHidden()); // the sample tells it itself
    }

    void theReasonOfATransitionTellsThem()
    {
        const RecordPtr sampled = runOf(test::kTunedScenario, true);
        const std::optional<std::size_t> index = decidedBySampled(*sampled);
        QVERIFY(index);
        const RecordPtr bare = runOf(test::kTunedScenario, false);
        TransitionPanel panel;
        panel.resize(260, 500);
        panel.show();
        panel.showTransition(bare, *index);
        const CallTrace *call = sampledCall(*sampled, sampled->transitions[*index].reason.decidingCall);
        const QString last = callStory(*sampled, *call).back().text;
        QTRY_VERIFY2_WITH_TIMEOUT(shownText(panel).contains(last), qPrintable(shownText(panel)), 60000);
        QVERIFY(!panel.findChild<QProgressBar *>()->isVisible());
        for (const StoryLine &line : callStory(*sampled, *call))
            QVERIFY2(shownText(panel).contains(line.text), qPrintable(line.text));
        // One whose call was kept needs no other run.
        panel.showTransition(sampled, *index);
        QVERIFY(!panel.findChild<FollowedCallPanel *>()->isVisible());
    }

    void aLongRunShowsHowFarItIsAndIsGivenUp()
    {
        const RecordPtr record = runOf(longText(), false, Instant(30s));
        auto whole = std::make_shared<RunRecord>(*record);
        whole->now = Instant(std::chrono::hours(200)); // as if it had been played
        FollowedCallPanel panel;
        panel.resize(300, 200);
        QVERIFY(!panel.isVisible());
        int ticks = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] { ++ticks; });
        beat.start(10ms);
        panel.showCall(whole, 1); // there is no such call: only a run of hours would find that out
        auto *bar = panel.findChild<QProgressBar *>();
        QVERIFY(!bar->isVisible()); // what comes at once shows nothing on its way
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible() && bar->value() > 0, 60000);
        QVERIFY2(ticks > 5, qPrintable(QString::number(ticks))); // the window stays awake
        const int half = bar->value();
        QTRY_VERIFY_WITH_TIMEOUT(bar->value() > half, 60000);
        QVERIFY(!button(panel, "Show its steps")->isVisible());
        QTest::mouseClick(button(panel, "Cancel"), Qt::LeftButton);
        QVERIFY(!bar->isVisible() && !button(panel, "Cancel")->isVisible());
        const QString said = shownText(panel);
        QTest::qWait(200);
        QCOMPARE(shownText(panel), said); // nothing comes after all
        // It can be asked for again.
        QTest::mouseClick(button(panel, "Show its steps"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 60000);
        panel.clear();
        QVERIFY(!panel.isVisible());
    }

    /// The newest question counts, and none is answered to a window that has gone.
    void aQuestionIsReplacedOrEndsWithItsPanel()
    {
        const RecordPtr sampled = runOf(test::kTunedScenario, true), bare = runOf(test::kTunedScenario, false);
        auto whole = std::make_shared<RunRecord>(*runOf(longText(), false, Instant(30s)));
        whole->now = Instant(std::chrono::hours(200));
        CallFollower follower;
        QSignalSpy found(&follower, &CallFollower::found);
        const std::uint64_t key = sampled->calls[0].call;
        follower.ask(whole, 1);
        follower.ask(bare, key);
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60000);
        QCOMPARE(found[0][0].value<RecordPtr>()->calls[0].call, key);
        QVERIFY(!follower.isBusy());
        auto panel = std::make_unique<FollowedCallPanel>();
        panel->showCall(whole, 1);
        QTRY_VERIFY_WITH_TIMEOUT(panel->findChild<QProgressBar *>()->value() > 0, 60000);
        panel.reset(); // comes to an end, long before the run would
        QTest::qWait(50);
    }

    /// A record written by hand has no scenario that could be run.
    void withoutAScenarioNothingIsPromised()
    {
        auto record = std::make_shared<RunRecord>(*runOf(test::kTunedScenario, false));
        record->scenario = nullptr;
        FollowedCallPanel panel;
        panel.resize(300, 200);
        panel.showCall(record, 7);
        QTest::qWait(300);
        QVERIFY2(shownText(panel).contains("not in the sample"), qPrintable(shownText(panel)));
        for (QPushButton *one : panel.findChildren<QPushButton *>())
            QVERIFY2(!one->isVisible(), qPrintable(one->text()));
    }
};

QTEST_MAIN(TestFollowedCall)
#include "tst_followed_call.moc"
