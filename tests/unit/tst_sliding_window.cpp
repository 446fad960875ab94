// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/sliding_window.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <deque>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

struct Past {
    std::int64_t ms;
    bool failed;
    bool slow;
};

template <typename Calls> WindowCounts countsOf(const Calls &calls)
{
    WindowCounts counts;
    for (const Past &call : calls)
        counts.add(WindowCounts::one(call.failed, call.slow));
    return counts;
}

} // namespace

class TestSlidingWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(1000); }

    void countWindowHoldsTheLastCalls()
    {
        QVERIFY(rc::check("a count window is the tail of the calls, also after a change of size", [] {
            auto size = *rc::gen::inRange<std::uint32_t>(1, 130);
            CountWindow window(size);
            std::deque<Past> tail;
            const int n = *rc::gen::inRange(0, 300);
            for (int i = 0; i < n; ++i) {
                const int what = *rc::gen::inRange(0, 40);
                if (what == 39) {
                    size = *rc::gen::inRange<std::uint32_t>(1, 130);
                    window.resize(size);
                } else if (what == 38 && i % 5 == 0) {
                    window.clear();
                    tail.clear();
                } else {
                    window.record(what & 1, what & 2);
                    tail.push_back({0, (what & 1) != 0, (what & 2) != 0});
                }
                while (tail.size() > size)
                    tail.pop_front();
                RC_ASSERT(window.counts() == countsOf(tail));
            }
        }));
    }

    void timeWindowHoldsTheLastBuckets()
    {
        QVERIFY(rc::check("a time window holds the bucket of now and the ones before", [] {
            const auto length = *rc::gen::inRange<std::int64_t>(1, 50);
            const auto buckets = *rc::gen::inRange<std::uint32_t>(1, 12);
            const auto phase = *rc::gen::inRange<std::int64_t>(0, length);
            TimeWindow window(std::chrono::milliseconds(length), buckets, std::chrono::milliseconds(phase));
            std::vector<Past> all;
            std::int64_t ms = 0;
            const int n = *rc::gen::inRange(0, 200);
            for (int i = 0; i < n; ++i) {
                ms += *rc::gen::weightedOneOf<std::int64_t>(
                    {{10, rc::gen::inRange<std::int64_t>(0, 20)}, {1, rc::gen::inRange<std::int64_t>(0, 2000)}});
                std::vector<Past> inside;
                for (const Past &call : all)
                    if ((ms + phase) / length - (call.ms + phase) / length < buckets)
                        inside.push_back(call);
                RC_ASSERT(window.countsAt(at(ms)) == countsOf(inside));
                const Past call{ms, *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>()};
                window.record(at(ms), call.failed, call.slow);
                all.push_back(call);
                inside.push_back(call);
                RC_ASSERT(window.counts() == countsOf(inside));
            }
        }));
    }

    void timeWindowCountsACallForNineToTenTenths()
    {
        TimeWindow window(1s, 10);
        window.record(at(0), true, false);   // at the beginning of its bucket: stays 10 s
        window.record(at(999), true, false); // at the end of it: stays 9.001 s
        QCOMPARE(window.countsAt(at(9'999)).calls, 2u);
        QCOMPARE(window.countsAt(at(10'000)).calls, 0u);
    }

    void aResizedTimeWindowKeepsWhatIsStillInside()
    {
        TimeWindow window(1s, 10);
        for (int second = 0; second < 10; ++second)
            window.record(at(second * 1000 + 500), second % 2 == 0, false);
        window.resize(500ms, 10); // the last 5 s
        window.advance(at(9'500));
        QCOMPARE(window.counts(), (WindowCounts{5, 2, 0})); // seconds 5 to 9, of which 6 and 8 failed
        window.resize(1s, 60);
        QCOMPARE(window.counts(), (WindowCounts{5, 2, 0}));
    }

    void aLongSilenceEmptiesTheWindowAtOnce()
    {
        TimeWindow window(1ns, 10);
        window.record(Instant::fromNs(5), true, true);
        window.advance(Instant(24h * 365));
        QCOMPARE(window.counts(), WindowCounts{});
    }

    void thresholdsAreExactAtTheEdge()
    {
        const RateThreshold third(0.35);
        QVERIFY(third.isReachedBy(7, 20)); // 0.35 is not a binary fraction; 7/20 still reaches it
        QVERIFY(!third.isReachedBy(6, 20));
        QVERIFY(!third.isExceededBy(7, 20));
        QVERIFY(third.isExceededBy(8, 20));
        const RateThreshold all(1.0);
        QVERIFY(all.isReachedBy(1, 1));
        QVERIFY(!all.isExceededBy(1, 1));
        QVERIFY(all.isReachedBy(4'000'000'000u, 4'000'000'000u)); // no overflow
        QVERIFY(!RateThreshold().isReachedBy(4'000'000'000u, 4'000'000'000u));
    }
};

QTEST_GUILESS_MAIN(TestSlidingWindow)
#include "tst_sliding_window.moc"
