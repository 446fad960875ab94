// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/bulkhead.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <map>
#include <rapidcheck.h>
#include <set>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

ProbeCall callWith(std::uint32_t ticket)
{
    ProbeCall call(ticket);
    call.ticket = ticket;
    return call;
}

std::vector<std::uint32_t> released(Policy &policy)
{
    std::vector<std::uint32_t> tickets;
    policy.takeReleased(tickets);
    return tickets;
}

/// A driver of one page with the rules written a second time: who is inside, who waits, in lists.
class Driver {
public:
    explicit Driver(const BulkheadConfig &config) : m_config(config), m_bulkhead(config) {}

    void begin()
    {
        const std::uint32_t ticket = freeTicket();
        ProbeCall call = callWith(ticket);
        const Admission a = call.admit(m_bulkhead, at(m_ms));
        const bool mayEnter = static_cast<std::int64_t>(m_inside.size()) < m_config.maxConcurrent && m_waiting.empty();
        const bool mayWait = static_cast<std::int64_t>(m_waiting.size()) < m_config.queue;
        if (mayEnter) {
            RC_ASSERT(a.kind == Admission::Kind::Admit);
            m_inside.insert(ticket);
        } else if (mayWait) {
            RC_ASSERT(a.kind == Admission::Kind::Wait);
            RC_ASSERT(a.atNs == (m_config.maxWait ? (at(m_ms) + *m_config.maxWait).ns() : Instant::never().ns()));
            m_waiting.push_back(ticket);
        } else {
            RC_ASSERT(a.kind == Admission::Kind::Refuse);
            RC_ASSERT(a.outcome.kind == OutcomeKind::BulkheadFull);
            return;
        }
        m_calls.insert_or_assign(ticket, call);
    }
    void endInside(std::size_t pick, bool cancel)
    {
        if (m_inside.empty())
            return;
        const std::uint32_t ticket = *std::next(m_inside.begin(), static_cast<std::ptrdiff_t>(pick % m_inside.size()));
        m_inside.erase(ticket);
        ProbeCall &call = m_calls.at(ticket);
        if (cancel)
            call.cancel(m_bulkhead, at(m_ms));
        else
            RC_ASSERT(call.end(m_bulkhead, at(m_ms), {}).kind == Verdict::Kind::Keep);
        call.cancel(m_bulkhead, at(m_ms)); // a second end changes nothing
        m_calls.erase(ticket);
    }
    void endWaiting(std::size_t pick, bool byDeadline)
    {
        if (m_waiting.empty())
            return;
        const auto it = m_waiting.begin() + static_cast<std::ptrdiff_t>(pick % m_waiting.size());
        ProbeCall &call = m_calls.at(*it);
        if (byDeadline)
            RC_ASSERT(call.deadline(m_bulkhead, at(m_ms)).outcome.kind == OutcomeKind::BulkheadFull);
        else
            call.cancel(m_bulkhead, at(m_ms));
        m_calls.erase(*it);
        m_waiting.erase(it);
    }
    void reconfigure(const BulkheadConfig &config)
    {
        m_config = config;
        m_bulkhead.reconfigure(at(m_ms), &config);
    }
    void wait(int ms) { m_ms += ms; }

    void check()
    {
        for (const std::uint32_t ticket : released(m_bulkhead)) {
            const auto expected = m_config.order == BulkheadOrder::Fifo ? m_waiting.begin() : m_waiting.end() - 1;
            RC_ASSERT(ticket == *expected);
            m_waiting.erase(expected);
            m_inside.insert(ticket);
        }
        RC_ASSERT(m_bulkhead.inside() == static_cast<std::int64_t>(m_inside.size()));
        RC_ASSERT(m_bulkhead.waiting() == static_cast<std::int64_t>(m_waiting.size()));
        RC_ASSERT(m_waiting.empty() || static_cast<std::int64_t>(m_inside.size()) >= m_config.maxConcurrent);
    }

private:
    /// The lowest free one, so that tickets are used again as soon as they can be.
    std::uint32_t freeTicket() const
    {
        std::uint32_t ticket = 0;
        while (m_calls.contains(ticket))
            ++ticket;
        return ticket;
    }

    BulkheadConfig m_config;
    Bulkhead m_bulkhead;
    std::int64_t m_ms = 0;
    std::set<std::uint32_t> m_inside;
    std::vector<std::uint32_t> m_waiting;
    std::map<std::uint32_t, ProbeCall> m_calls;
};

BulkheadConfig anyConfig()
{
    BulkheadConfig c;
    c.maxConcurrent = *rc::gen::inRange(1, 6);
    c.queue = *rc::gen::inRange(0, 6);
    if (*rc::gen::arbitrary<bool>())
        c.maxWait = 50ms;
    c.order = *rc::gen::element(BulkheadOrder::Fifo, BulkheadOrder::Lifo);
    return c;
}

} // namespace

class TestBulkhead : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(2000); }

    void refusesWhenAllPlacesAreTaken()
    {
        Bulkhead bulkhead({.maxConcurrent = 2});
        ProbeCall a = callWith(1);
        ProbeCall b = callWith(2);
        QVERIFY(isAdmitted(a.admit(bulkhead, at(0))));
        QVERIFY(isAdmitted(b.admit(bulkhead, at(0))));
        QCOMPARE(callWith(3).admit(bulkhead, at(0)).outcome.kind, OutcomeKind::BulkheadFull);
        QCOMPARE(a.end(bulkhead, at(1), {.kind = OutcomeKind::Error}).kind, Verdict::Kind::Keep); // whatever the outcome
        QVERIFY(isAdmitted(callWith(3).admit(bulkhead, at(1))));
        QCOMPARE(bulkhead.inside(), 2);
    }

    void waitsForAPlaceAndNotLonger()
    {
        Bulkhead bulkhead({.maxConcurrent = 1, .queue = 2, .maxWait = 50ms});
        ProbeCall inside = callWith(1);
        ProbeCall first = callWith(2);
        ProbeCall second = callWith(3);
        static_cast<void>(inside.admit(bulkhead, at(0)));
        const Admission waits = first.admit(bulkhead, at(10));
        QCOMPARE(waits.kind, Admission::Kind::Wait);
        QCOMPARE(waits.atNs, at(60).ns());
        QCOMPARE(second.admit(bulkhead, at(20)).kind, Admission::Kind::Wait);
        QCOMPARE(callWith(4).admit(bulkhead, at(20)).kind, Admission::Kind::Refuse);
        const Verdict tooLong = first.deadline(bulkhead, at(60));
        QCOMPARE(tooLong.kind, Verdict::Kind::Replace);
        QCOMPARE(tooLong.outcome.kind, OutcomeKind::BulkheadFull);
        static_cast<void>(inside.end(bulkhead, at(65), {}));
        QCOMPARE(released(bulkhead), std::vector<std::uint32_t>{3});
        QCOMPARE(bulkhead.inside(), 1);
        QCOMPARE(bulkhead.waiting(), 0);
    }

    void aCallThatLeavesAfterItsReleaseGivesThePlaceOn()
    {
        Bulkhead bulkhead({.maxConcurrent = 1, .queue = 2});
        ProbeCall inside = callWith(1);
        ProbeCall first = callWith(2);
        ProbeCall second = callWith(3);
        static_cast<void>(inside.admit(bulkhead, at(0)));
        static_cast<void>(first.admit(bulkhead, at(0)));
        static_cast<void>(second.admit(bulkhead, at(0)));
        static_cast<void>(inside.end(bulkhead, at(5), {}));
        QCOMPARE(released(bulkhead), std::vector<std::uint32_t>{2});
        first.cancel(bulkhead, at(6));
        QCOMPARE(released(bulkhead), std::vector<std::uint32_t>{3});
        second.cancel(bulkhead, at(7));
        QCOMPARE(bulkhead.inside(), 0);
    }

    void lifoServesWhoCameLast()
    {
        Bulkhead bulkhead({.maxConcurrent = 1, .queue = 3, .order = BulkheadOrder::Lifo});
        ProbeCall inside = callWith(1);
        static_cast<void>(inside.admit(bulkhead, at(0)));
        for (std::uint32_t t = 2; t <= 4; ++t)
            static_cast<void>(callWith(t).admit(bulkhead, at(t)));
        static_cast<void>(inside.end(bulkhead, at(9), {}));
        QCOMPARE(released(bulkhead), std::vector<std::uint32_t>{4});
    }

    void agreesWithThePlainRulesInAnyOrderOfCalls()
    {
        QVERIFY(rc::check("places never leak, nobody is lost and the order holds", [] {
            Driver driver(anyConfig());
            const int steps = *rc::gen::inRange(0, 200);
            for (int i = 0; i < steps; ++i) {
                const auto pick = static_cast<std::size_t>(*rc::gen::inRange(0, 100));
                switch (*rc::gen::weightedElement<int>({{10, 0}, {5, 1}, {2, 2}, {2, 3}, {2, 4}, {3, 5}, {1, 6}})) {
                case 0: driver.begin(); break;
                case 1: driver.endInside(pick, false); break;
                case 2: driver.endInside(pick, true); break;
                case 3: driver.endWaiting(pick, false); break;
                case 4: driver.endWaiting(pick, true); break;
                case 5: driver.wait(static_cast<int>(pick)); break;
                case 6: driver.reconfigure(anyConfig()); break;
                }
                driver.check();
            }
        }));
    }

    void aWaitWithoutPlacesIsAConflict()
    {
        const BulkheadConfig c{.maxWait = 1s};
        QCOMPARE(bulkheadSchema().conflict(&c),
                 std::string("max_wait needs a queue: without places to wait in, nobody waits"));
    }
};

QTEST_GUILESS_MAIN(TestBulkhead)
#include "tst_bulkhead.moc"
