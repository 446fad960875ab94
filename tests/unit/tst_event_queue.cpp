// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/engine/event_queue.h"

#include <QTest>

#include <set>
#include <utility>

using namespace halfopen;

namespace {

using Pair = std::pair<std::uint64_t, std::uint64_t>; // high, low: what a sorted set orders by

Pair pairOf(EventKey key)
{
    return {key.high(), key.low()};
}

} // namespace

/// The queue of pending events against a sorted set: whatever goes in comes out in order of (time, scheduling).
class EventQueueTest : public QObject {
    Q_OBJECT

private slots:
    void comesOutInOrder_data();
    void comesOutInOrder();
    void equalTimesComeOutAsScheduled();
    void anOldKeyAmongEqualTimes();
    void loadAfterAQuietTime();
    void memoryFollowsWhatIsPending();
};

void EventQueueTest::comesOutInOrder_data()
{
    QTest::addColumn<int>("pending");
    QTest::addColumn<int>("spread"); // of the times, ns: a small one makes many equal
    for (const int pending : {0, 1, 2, 7, 14, 15, 16, 17, 29, 30, 31, 32, 60, 500})
        for (const int spread : {3, 40, 1'000'000})
            QTest::addRow("%d pending within %d ns", pending, spread) << pending << spread;
}

void EventQueueTest::comesOutInOrder()
{
    QFETCH(int, pending);
    QFETCH(int, spread);
    const RandomStream random(17, "queue");
    EventQueue queue;
    std::set<Pair> expected;
    std::uint64_t order = 0;
    std::int64_t now = 0;
    const auto spreadNs = static_cast<std::uint64_t>(spread);
    for (std::uint64_t step = 0; step < 20'000; ++step) {
        // Around the wished number of pending events, at times far below and far above.
        const std::uint64_t wish = random.draw(step, 0) % 64;
        const auto size = static_cast<int>(expected.size());
        const bool push = size == 0 || (size < pending ? wish != 0 : wish == 0) || wish % 8 == 1;
        QCOMPARE(queue.empty(), size == 0);
        if (push) {
            const auto at = now + static_cast<std::int64_t>(random.draw(step, 1) % spreadNs);
            const EventKey key(at, ++order, static_cast<std::uint32_t>(step & 0xffff));
            queue.pushNewest(key);
            expected.insert(pairOf(key));
        } else {
            QCOMPARE(pairOf(queue.top()), *expected.begin());
            now = queue.top().timeNs();
            expected.erase(expected.begin());
            queue.pop();
        }
        if (!expected.empty())
            QCOMPARE(pairOf(queue.top()), *expected.begin());
    }
    while (!expected.empty()) {
        QCOMPARE(pairOf(queue.top()), *expected.begin());
        expected.erase(expected.begin());
        queue.pop();
    }
    QVERIFY(queue.empty());
    QVERIFY(queue.top() == EventKey::never());
}

void EventQueueTest::equalTimesComeOutAsScheduled()
{
    EventQueue queue;
    for (std::uint32_t i = 0; i < 100; ++i)
        queue.pushNewest(EventKey(5, i + 1, i));
    for (std::uint32_t i = 0; i < 100; ++i) {
        QCOMPARE(queue.top().payload(), i);
        queue.pop();
    }
}

void EventQueueTest::anOldKeyAmongEqualTimes()
{
    // A ring's second timer comes into the queue when its first is due: it was scheduled long before its neighbours.
    for (std::uint32_t count = 1; count < 60; ++count) {
        EventQueue queue;
        for (std::uint32_t i = 0; i < count; ++i)
            queue.pushNewest(EventKey(5, 100 + i, i));
        queue.push(EventKey(5, 7, 999));
        QCOMPARE(queue.top().payload(), 999u);
        queue.pop();
        for (std::uint32_t i = 0; i < count; ++i) {
            QCOMPARE(queue.top().payload(), i);
            queue.pop();
        }
    }
}

/// Timers far ahead, then, while they wait, much that is near: in order all the same.
void EventQueueTest::loadAfterAQuietTime()
{
    constexpr std::int64_t kHour = 3'600'000'000'000;
    const RandomStream random(3, "quiet");
    EventQueue queue;
    std::set<Pair> expected;
    std::uint64_t order = 0;
    const auto push = [&](std::int64_t atNs) {
        const EventKey key(atNs, ++order, 1);
        queue.pushNewest(key);
        expected.insert(pairOf(key));
    };
    const auto pop = [&] {
        QCOMPARE(pairOf(queue.top()), *expected.begin());
        expected.erase(expected.begin());
        queue.pop();
    };
    for (int i = 0; i < 300; ++i)
        push(kHour + static_cast<std::int64_t>(random.draw(order, 0) % 1000)); // many at the same instant
    push(1);
    pop(); // what is left lies an hour ahead
    for (std::int64_t now = 2; now < 3000; ++now) {
        push(now + static_cast<std::int64_t>(random.draw(order, 1) % 1'000'000));
        push(now + static_cast<std::int64_t>(random.draw(order, 2) % 50));
        if (expected.begin()->first >> 8 <= static_cast<std::uint64_t>(now))
            pop();
    }
    while (!expected.empty())
        pop();
    QVERIFY(queue.empty());
}

/// A hold of ten thousand events over an hour of their time does not keep the room of all that ever passed.
void EventQueueTest::memoryFollowsWhatIsPending()
{
    const RandomStream random(4, "memory");
    EventQueue queue;
    constexpr std::uint64_t kPending = 10'000;
    std::uint64_t order = 0;
    for (std::uint64_t i = 0; i < kPending; ++i)
        queue.pushNewest(EventKey(static_cast<std::int64_t>(random.draw(i, 0) % 360'000'000'000), ++order, 1));
    for (std::uint64_t i = 0; i < 20 * kPending; ++i) {
        const std::int64_t now = queue.top().timeNs();
        queue.pop();
        queue.pushNewest(EventKey(now + static_cast<std::int64_t>(random.draw(i, 1) % 360'000'000'000), ++order, 1));
    }
    QVERIFY2(queue.capacity() < 4 * kPending, qPrintable(QString::number(queue.capacity())));
}

QTEST_GUILESS_MAIN(EventQueueTest)
#include "tst_event_queue.moc"
