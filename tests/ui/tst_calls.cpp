// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "ui/format.h"
#include "ui/models/call_lanes.h"
#include "core/report/call_story.h"
#include "ui/models/call_story.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/call_view.h"
#include "ui/views/time_chart.h"

#include <QApplication>
#include <QLabel>
#include <QObject>
#include <QPushButton>
#include <QTest>

#include <set>

using namespace halfopen;
using namespace std::chrono_literals;
using Kind = CallStep::Kind;

namespace {

constexpr Outcome kOk{OutcomeKind::Success};
constexpr Outcome kTimeout{OutcomeKind::Timeout};
constexpr Outcome kError{.kind = OutcomeKind::Error, .status = 503};
constexpr Outcome kOpen{OutcomeKind::CircuitBreakerOpen};

Instant at(std::int64_t ms)
{
    return Instant(Duration(ms * 1'000'000));
}

/// A timeout, a wait, an error, a wait, and a breaker that refuses the third try.
CallTrace troubledCall()
{
    CallTrace call;
    call.call = 77;
    call.process = 3;
    call.start = at(1000);
    call.end = at(1700);
    call.outcome = kOpen;
    call.steps = {{at(1000), Kind::AttemptSent, 3, {}, {}},
                  {at(1250), Kind::DeadlinePassed, 2, kTimeout, {}},
                  {at(1250), Kind::RetryScheduled, 0, kTimeout, 100ms},
                  {at(1350), Kind::AttemptSent, 3, {}, {}},
                  {at(1500), Kind::AttemptEnded, 3, kError, {}},
                  {at(1500), Kind::RetryScheduled, 0, kError, 200ms},
                  {at(1700), Kind::Refused, 1, kOpen, {}},
                  {at(1700), Kind::Ended, 0, kOpen, {}}};
    return call;
}

CallTrace easyCall(std::uint64_t key, std::int64_t fromMs, std::int64_t toMs)
{
    CallTrace call;
    call.call = key;
    call.start = at(fromMs);
    call.end = at(toMs);
    call.steps = {{call.start, Kind::AttemptSent, 1, {}, {}},
                  {call.end, Kind::AttemptEnded, 1, kOk, {}},
                  {call.end, Kind::Ended, 0, kOk, {}}};
    return call;
}

std::shared_ptr<RunRecord> recordWith(const std::vector<CallTrace> &calls)
{
    auto record = std::make_shared<RunRecord>();
    record->duration = 10s;
    record->bucketWidth = 1s;
    record->now = Instant(10s);
    record->events = 1;
    record->edges = {{"web -> db", "web", "db", "", 0, 4}};
    record->edgeTotals.resize(1);
    for (const CallTrace &call : calls)
        record->calls.append(call);
    return record;
}

} // namespace

class TestCalls : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Light).has_value()); }

    void theShapeHasAttemptsWaitsAndRefusals()
    {
        const CallShape shape = callShape(troubledCall());
        QCOMPARE(shape.attempts, 2);
        QCOMPARE(shape.segments.size(), std::size_t(4));
        using Segment = CallSegment::Kind;
        const std::vector<std::tuple<Segment, TimeRange, int>> expected = {
            {Segment::Abandoned, {at(1000), at(1250)}, 1},
            {Segment::Wait, {at(1250), at(1350)}, 2},
            {Segment::Attempt, {at(1350), at(1500)}, 2},
            {Segment::Wait, {at(1500), at(1700)}, 3}};
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto &[kind, range, attempt] = expected[i];
            QCOMPARE(int(shape.segments[i].kind), int(kind));
            QCOMPARE(shape.segments[i].range, range);
            QCOMPARE(shape.segments[i].attempt, attempt);
        }
        QCOMPARE(int(shape.segments[2].outcome.kind), int(OutcomeKind::Error));
        QCOMPARE(shape.marks.size(), std::size_t(1));
        QCOMPARE(shape.marks[0].at.ns(), at(1700).ns());
    }

    /// A deadline of an outer layer ends the call while the request is under way.
    void whatIsUnderWayAtTheEndIsAbandoned()
    {
        CallTrace call = easyCall(1, 0, 100);
        call.steps = {{at(0), Kind::AttemptSent, 1, {}, {}}, {at(100), Kind::Ended, 0, kTimeout, {}}};
        const CallShape shape = callShape(call);
        QCOMPARE(shape.segments.size(), std::size_t(1));
        QCOMPARE(int(shape.segments[0].kind), int(CallSegment::Kind::Abandoned));
        QCOMPARE(shape.segments[0].range, (TimeRange{at(0), at(100)}));
    }

    void theStoryTellsEachStepInOrder()
    {
        const auto record = recordWith({troubledCall()});
        const std::vector<StoryLine> story = callStory(*record, record->calls[0]);
        QCOMPARE(story.size(), std::size_t(8));
        QCOMPARE(story[0].text, QString("attempt 1 sent"));
        QCOMPARE(story[1].offset, "+" + formatDuration(250ms));
        QVERIFY(story[1].text.contains("stops waiting for attempt 1"));
        QVERIFY(story[2].text.contains("tries again in " + formatDuration(100ms)));
        QVERIFY(story[4].text.contains("(status 503)"));
        QVERIFY(story[6].text.contains("refuses"));
        QVERIFY(story[7].text.startsWith("the caller gets"));
        QVERIFY(isTroubled(record->calls[0]));
        QVERIFY(!isTroubled(easyCall(1, 0, 5)));
    }

    /// The command line tells the same story in the same words; only spaces in figures differ.
    void theCommandLineSaysTheSame()
    {
        for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
            QCOMPARE(outcomeLabel(static_cast<OutcomeKind>(kind)).toStdString(), std::string(report::outcomeWords(static_cast<OutcomeKind>(kind))));
        const auto record = recordWith({troubledCall()});
        const CallTrace &call = record->calls[0];
        const std::vector<StoryLine> story = callStory(*record, call);
        const std::vector<report::CallEvent> events = report::callEvents(*record, call);
        QCOMPARE(story.size(), events.size());
        const auto plain = [](QString text) { return text.replace(QChar(0x202f), QChar(' ')).replace(QChar(0xa0), QChar(' ')); };
        for (std::size_t i = 0; i < story.size(); ++i)
            QCOMPARE(plain(story[i].text), plain(QString::fromStdString(report::describe(events[i]))));
        QCOMPARE(plain(callHeadline(call)), plain(QString::fromStdString(report::callHeadline(call))));
    }

    /// The layers of a real run are named by their policy.
    void theStoryNamesThePolicies()
    {
        const LoadResult loaded = loadScenarioText(R"(halfopen: 1
name: calls
seed: 3
duration: 20s
services:
  db: { workers: 1, queue: 0, service_time: 30ms, error_rate: 50% }
clients:
  web: { arrivals: { constant: 50/s }, calls: [ { to: db, policies: edge } ] }
policies:
  edge: [ { retry: { max_attempts: 3, initial_delay: 10ms } }, { timeout: 1s } ]
)",
                                                   "calls.yaml", standardVocabulary());
        QVERIFY2(loaded.ok(), loaded.diagnostics.empty() ? "" : loaded.diagnostics.front().text().c_str());
        Simulation simulation(loaded.scenario, {});
        simulation.runUntil(simulation.endTime(), ~0ull);
        const RunRecord record = simulation.snapshot();
        QVERIFY(record.calls.size() > 20);
        bool named = false;
        for (const CallTrace &call : record.calls) {
            QCOMPARE(callShape(call).segments.empty(), false);
            for (const StoryLine &line : callStory(record, call))
                named = named || line.text.startsWith("retry tries again");
        }
        QVERIFY(named);
    }

    void noCallLiesOnAnotherAndTroubledOnesComeFirst()
    {
        std::vector<CallTrace> calls;
        for (std::uint64_t i = 0; i < 40; ++i)
            calls.push_back(easyCall(i, std::int64_t(i) * 20, std::int64_t(i) * 20 + 500));
        calls.push_back(troubledCall());
        const auto record = recordWith(calls);
        const std::uint32_t edges[] = {0};
        const TimeAxis axis({at(0), at(2000)}, 50, 400);
        const CallLanes few = layLanes(*record, edges, axis, 6, false);
        QCOMPARE(few.visible, std::size_t(41));
        QCOMPARE(few.items.size() + few.hidden, few.visible);
        QVERIFY(few.hidden > 0);
        QCOMPARE(record->calls[few.items[0].call].call, std::uint64_t(77));
        QCOMPARE(few.items[0].lane, 0);
        for (std::size_t a = 0; a < few.items.size(); ++a) {
            for (std::size_t b = a + 1; b < few.items.size(); ++b) {
                const LaneItem &x = few.items[a];
                const LaneItem &y = few.items[b];
                QVERIFY(x.lane != y.lane || x.pixels.to <= y.pixels.from || y.pixels.to <= x.pixels.from);
            }
        }
        QCOMPARE(layLanes(*record, edges, axis, 60, false).hidden, std::size_t(0));
        QCOMPARE(layLanes(*record, edges, axis, 60, true).visible, std::size_t(1));
        // Wholly before the visible range: not there.
        QCOMPARE(layLanes(*record, edges, TimeAxis({at(5000), at(6000)}, 50, 400), 60, false).visible, std::size_t(0));
    }

    void aClickTellsTheStoryAndZoomShowsTheCall()
    {
        TimeAxisModel axis;
        const auto record = recordWith({easyCall(5, 200, 260), troubledCall()});
        std::unique_ptr<View> view(createCallView(&axis, nullptr));
        view->resize(900, 260);
        view->setRecord(record);
        axis.setRun(record->duration, record->now);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view.get()));
        auto *chart = view->findChild<TimeChart *>();
        auto *story = view->findChild<QLabel *>("call_story");
        QTest::qWait(50);
        QVERIFY(!story->isVisible());
        const QPoint at1350(int(chart->timeAxis().toPixel(at(1350))), int(chart->plotRect().top()) + 7);
        QTest::mouseClick(chart, Qt::LeftButton, {}, at1350);
        QTRY_VERIFY(story->isVisible());
        QVERIFY(story->text().contains("attempt 1 sent"));
        for (QPushButton *button : view->findChildren<QPushButton *>()) {
            if (button->text() == "Zoom to it")
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(axis.visibleRange(), (TimeRange{at(650), at(2050)})); // half of its 700 ms at both sides
        // From call to call by keys, in the order of their ends.
        axis.showAll();
        QTest::qWait(50);
        QTest::keyClick(chart, Qt::Key_Up);
        QVERIFY(!story->text().contains("attempt 2"));
        QTest::keyClick(chart, Qt::Key_Down);
        QVERIFY(story->text().contains("attempt 2"));
    }

    void aCallIsShownByItsKeyOrNotAtAll()
    {
        TimeAxisModel axis;
        const auto record = recordWith({easyCall(5, 200, 260), troubledCall()});
        std::unique_ptr<View> view(createCallView(&axis, nullptr));
        view->setRecord(record);
        axis.setRun(record->duration, record->now);
        QVERIFY(view->showCall(77));
        QVERIFY(axis.visibleRange().contains(at(1350)));
        QVERIFY(!view->showCall(78));
    }
};

QTEST_MAIN(TestCalls)
#include "tst_calls.moc"
