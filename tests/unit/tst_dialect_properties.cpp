// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every dialect of the circuit breaker, whatever its settings and the order of calls.
#include "core/policies/breaker.h"
#include "core/policies/explanation.h"
#include "core/policies/registry.h"
#include "tests/support/any_settings.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <deque>
#include <rapidcheck.h>
#include <sstream>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

/// How a dialect accounts for the calls that HALF_OPEN lets through: the promise of its documentation.
struct Accounting {
    std::string_view dialect;
    std::string_view limitKey;      ///< the setting with the limit; empty = 1
    bool resultsReturnPermits;      ///< a limit in flight (late results may add), not a total
    std::string_view ignoredKey;    ///< outcomes listed there give a permit back
    bool cancelledMayReturn;        ///< a cancelled call may give one back
};
constexpr Accounting kAccounting[] = {
    {"halfopen", "half_open_max_calls", true, "exception_whitelist", true},
    {"resilience4j", "permitted_number_of_calls_in_half_open_state", false, "ignore_exceptions", true},
    {"gobreaker", "max_requests", false, "is_excluded", false},
    {"polly", "", false, "", false},
    {"failsafe", "*", true, "", true},
    {"hystrix", "", false, "", false},
    {"sentinel", "", false, "", false},
    {"microprofile", "success_threshold", false, "", true},
};

std::vector<const PolicyType *> breakers()
{
    std::vector<const PolicyType *> all = {findPolicyType("circuit_breaker")};
    for (const PolicyType &other : all[0]->otherDialects())
        all.push_back(&other);
    return all;
}

struct Step {
    enum Kind { Begin, End, EndAgain, Cancel, Force, Wait } kind;
    int pick;
    OutcomeKind outcome;
    int waitMs;
};
void showValue(const Step &s, std::ostream &os)
{
    static const char *names[] = {"begin", "end", "end-again", "cancel", "force", "wait"};
    os << names[s.kind] << ' ' << s.pick << ' ' << outcomeName(s.outcome) << ' ' << s.waitMs << "ms";
}

rc::Gen<Step> anyStep()
{
    return rc::gen::build<Step>(
        rc::gen::set(&Step::kind, rc::gen::weightedElement<Step::Kind>({{40, Step::Begin},
                                                                        {40, Step::End},
                                                                        {5, Step::EndAgain},
                                                                        {5, Step::Cancel},
                                                                        {1, Step::Force},
                                                                        {15, Step::Wait}})),
        rc::gen::set(&Step::pick, rc::gen::inRange(0, 1000)),
        rc::gen::set(&Step::outcome,
                     rc::gen::weightedElement<OutcomeKind>({{6, OutcomeKind::Success},
                                                            {6, OutcomeKind::Error},
                                                            {1, OutcomeKind::Fallback},
                                                            {1, OutcomeKind::Timeout},
                                                            {1, OutcomeKind::Rejected},
                                                            {1, OutcomeKind::BulkheadFull},
                                                            {1, OutcomeKind::CircuitBreakerOpen},
                                                            {1, OutcomeKind::Cancelled}})),
        rc::gen::set(&Step::waitMs, rc::gen::element(0, 1, 20, 99, 100, 500, 1'100)));
}

/// One breaker under random calls, with every rule checked after every step.
class Trial {
public:
    Trial(const PolicyType &type, const Settings &settings)
        : m_type(type), m_settings(settings), m_policy(type.create(settings.config())),
          m_breaker(dynamic_cast<Breaker &>(*m_policy)),
          m_accounting(*std::find_if(std::begin(kAccounting), std::end(kAccounting),
                                     [&](const Accounting &a) { return a.dialect == type.dialect; }))
    {
        m_state = m_breaker.snapshot(at(0)).state;
    }

    void take(const Step &step)
    {
        switch (step.kind) {
        case Step::Begin:
            begin();
            break;
        case Step::Wait:
            m_ms += step.waitMs;
            fireTimers();
            break;
        case Step::Force: {
            const BreakerSnapshot before = m_breaker.snapshot(at(m_ms));
            const auto wanted = static_cast<BreakerState>(step.pick % 6);
            const bool isDone = m_breaker.force(at(m_ms), wanted);
            const BreakerSnapshot after = m_breaker.snapshot(at(m_ms));
            RC_ASSERT(after.state == (isDone ? wanted : before.state));
            RC_ASSERT((after.generation == before.generation) == !isDone);
            break;
        }
        case Step::EndAgain:
            if (!m_ended.empty() && endsTwiceSafely()) {
                ProbeCall &call = m_ended[static_cast<std::size_t>(step.pick) % m_ended.size()];
                static_cast<void>(call.end(m_breaker, at(m_ms), {.kind = step.outcome}));
            }
            break;
        case Step::End:
        case Step::Cancel:
            end(step);
            break;
        }
        check();
    }

    /// All calls end; then the dependency is well: the breaker must find that out.
    void recovers()
    {
        while (!m_running.empty())
            take({.kind = Step::End, .pick = 0, .outcome = OutcomeKind::Success, .waitMs = 0});
        const BreakerState s = m_breaker.snapshot(at(m_ms)).state;
        if (s != BreakerState::Open && s != BreakerState::HalfOpen)
            return;
        for (int i = 0; i < 100; ++i) {
            const BreakerSnapshot now = m_breaker.snapshot(at(m_ms));
            if (now.state == BreakerState::Closed)
                return;
            // As soon as it may: a HALF_OPEN that lasts a millisecond is over a second later.
            if (now.nextTrialAt)
                m_ms = std::max(m_ms, (now.nextTrialAt->ns() + 999'999) / 1'000'000);
            fireTimers();
            begin();
            check();
            if (m_running.empty())
                m_ms += 1'000; // refused: time must pass
            else
                take({.kind = Step::End, .pick = 0, .outcome = OutcomeKind::Success, .waitMs = 0});
            if (m_closedOnce)
                return;
        }
        RC_FAIL("it never closes");
    }
    const std::string &trace() const { return m_trace; }

private:
    /// The recorded behaviour of resilience4j counts the end of a call each time it is reported; no driver does that.
    bool endsTwiceSafely() const { return m_type.dialect != "resilience4j"; }

    void fireTimers()
    {
        for (int fired = 0; m_breaker.nextTimer() <= at(m_ms); ++fired) {
            RC_ASSERT(fired < 100'000);
            const Instant due = m_breaker.nextTimer();
            m_breaker.handleTimer(due);
            takeEvents(due);
        }
    }
    void begin()
    {
        const BreakerSnapshot before = m_breaker.snapshot(at(m_ms));
        m_running.emplace_back(m_begun++);
        const Admission answer = m_running.back().admit(m_breaker, at(m_ms));
        takeEvents(at(m_ms));
        const BreakerState after = m_breaker.snapshot(at(m_ms)).state;
        m_trace += isAdmitted(answer) ? 'a' : 'r';
        if (!isAdmitted(answer)) {
            RC_ASSERT(answer.outcome.kind == OutcomeKind::CircuitBreakerOpen);
            RC_ASSERT(after == BreakerState::Open || after == BreakerState::HalfOpen || after == BreakerState::ForcedOpen);
            m_running.pop_back();
        } else {
            RC_ASSERT(after != BreakerState::Open && after != BreakerState::ForcedOpen);
            RC_ASSERT(answer.kind != Admission::Kind::AdmitWithDeadline || m_type.givesDeadlines);
            if (after == BreakerState::HalfOpen) {
                ++m_granted;
                checkLimit();
            }
        }
        if (before.state == BreakerState::Open) // what it says about the next trial is true
            RC_ASSERT(isAdmitted(answer) == (at(m_ms) >= *before.nextTrialAt));
    }
    void end(const Step &step)
    {
        if (m_running.empty())
            return;
        const auto it = m_running.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(step.pick) % m_running.size());
        ProbeCall call = *it;
        m_running.erase(it);
        const bool cancelled = step.kind == Step::Cancel || step.outcome == OutcomeKind::Cancelled;
        if (m_breaker.snapshot(at(m_ms)).state == BreakerState::HalfOpen) {
            ++m_resultsHere;
            m_givenBack += cancelled ? m_accounting.cancelledMayReturn : isIgnored(step.outcome);
        }
        if (step.kind == Step::Cancel)
            call.cancel(m_breaker, at(m_ms));
        else
            RC_ASSERT(call.end(m_breaker, at(m_ms), {.kind = step.outcome}).kind == Verdict::Kind::Keep);
        m_ended.push_back(call);
        ++m_ends;
    }
    bool isIgnored(OutcomeKind kind) const
    {
        const Field *field = m_accounting.ignoredKey.empty() ? nullptr : m_type.schema().find(m_accounting.ignoredKey);
        if (!field)
            return false;
        const auto names = std::get<std::vector<std::string>>(m_settings.get(*field));
        // The lab's own dialect takes no refusal for an answer.
        return std::find(names.begin(), names.end(), outcomeName(kind)) != names.end()
            || (m_type.dialect == "halfopen" && isRefusal(kind));
    }
    /// Trials let through in this HALF_OPEN against what the dialect promises.
    void checkLimit()
    {
        std::int64_t limit = 1;
        const auto number = [&](std::string_view key) -> std::optional<std::int64_t> {
            const Value v = m_settings.get(*m_type.schema().find(key));
            return v.index() == 0 ? std::nullopt : std::optional(std::get<std::int64_t>(v));
        };
        if (m_type.dialect == "halfopen") {
            limit = number("half_open_max_calls").value_or(*number("success_threshold"));
        } else if (m_type.dialect == "failsafe") {
            const auto period = m_settings.get(*m_type.schema().find("failure_thresholding_period"));
            const auto rate = m_settings.get(*m_type.schema().find("failure_rate_threshold"));
            const auto failures = *number("failure_threshold");
            std::int64_t executions = *number("failure_execution_threshold");
            if (executions == 0 && period.index() != 0 && rate.index() == 0)
                executions = failures;
            if (const auto wanted = number("success_threshold"))
                limit = number("success_thresholding_capacity").value_or(*wanted);
            else
                limit = executions > 0 ? executions : number("failure_thresholding_capacity").value_or(failures);
        } else if (!m_accounting.limitKey.empty()) {
            limit = *number(m_accounting.limitKey);
        }
        if (m_type.dialect == "polly"
            && std::get<std::string>(m_settings.get(*m_type.schema().find("version"))) == "7")
            limit += (at(m_ms) - m_halfOpenSince) / std::get<Duration>(m_settings.get(*m_type.schema().find("break_duration")));
        RC_ASSERT(m_granted <= limit + (m_accounting.resultsReturnPermits ? m_resultsHere : m_givenBack));
    }
    void takeEvents(Instant now)
    {
        for (const PolicyEvent &event : eventsOf(m_breaker)) {
            RC_ASSERT(event.from == m_state);
            RC_ASSERT(event.at == now);
            RC_ASSERT(!describe(event.reason).empty());
            m_state = event.to;
            m_granted = m_resultsHere = m_givenBack = 0;
            m_halfOpenSince = now;
            m_closedOnce = event.to == BreakerState::Closed;
            m_trace += std::string(breakerStateName(event.to)) + "@" + std::to_string(now.ns()) + " ";
        }
    }
    void check()
    {
        takeEvents(at(m_ms));
        const BreakerSnapshot s = m_breaker.snapshot(at(m_ms));
        RC_ASSERT(s.state == m_state);
        RC_ASSERT(s.window.failures <= s.window.calls);
        RC_ASSERT(s.window.slow <= s.window.calls);
        // gobreaker counts what was let through, the others what ended; a count below zero would be a huge one.
        RC_ASSERT(s.window.calls <= m_begun);
        RC_ASSERT(s.trialsInFlight <= m_running.size());
        RC_ASSERT(s.trialsSucceeded <= m_ends);
        RC_ASSERT(s.nextTrialAt.has_value() == (s.state == BreakerState::Open));
        const Explanation e = m_breaker.explain(at(m_ms));
        RC_ASSERT(e.isBreaker && e.state == s.state);
        RC_ASSERT(e.state != BreakerState::Open || e.nextAt == s.nextTrialAt);
        for (const Explanation::Rule &rule : e.rules)
            RC_ASSERT(!rule.what.empty() && !describe(rule).empty());
        m_trace += std::to_string(s.window.calls) + "," + std::to_string(s.window.failures) + ","
            + std::to_string(s.trialsInFlight) + ";";
    }

    const PolicyType &m_type;
    const Settings &m_settings;
    std::unique_ptr<Policy> m_policy;
    Breaker &m_breaker;
    const Accounting &m_accounting;
    std::deque<ProbeCall> m_running;
    std::vector<ProbeCall> m_ended;
    std::uint64_t m_begun = 0;
    std::uint64_t m_ends = 0;
    std::int64_t m_ms = 0;
    std::int64_t m_granted = 0;
    std::int64_t m_resultsHere = 0;
    std::int64_t m_givenBack = 0;
    Instant m_halfOpenSince;
    bool m_closedOnce = false;
    BreakerState m_state = BreakerState::Closed;
    std::string m_trace;
};

} // namespace

class TestDialectProperties : public QObject {
    Q_OBJECT

    static void rows()
    {
        QTest::addColumn<int>("dialect");
        const auto all = breakers();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(std::string(all[i]->dialect).c_str()) << static_cast<int>(i);
    }

private slots:
    void initTestCase() { runProperties(400); }

    void everyDialectIsAccountedFor() { QCOMPARE(breakers().size(), std::size(kAccounting)); }

    /// Permits, counts, events and the promise of the next trial, in any order of calls, with late and repeated ends.
    void staysSoundInAnyOrderOfCalls_data() { rows(); }
    void staysSoundInAnyOrderOfCalls()
    {
        QFETCH(int, dialect);
        const PolicyType &type = *breakers()[static_cast<std::size_t>(dialect)];
        QVERIFY(rc::check("permits and counts stay sound", [&type] {
            const Settings settings = anySettings(type);
            Trial trial(type, settings);
            const auto steps = *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 200), anyStep());
            for (const Step &step : steps)
                trial.take(step);
        }));
    }

    /// No permit is lost: once every call has ended and the dependency is well, the breaker closes.
    void noPermitIsLost_data() { rows(); }
    void noPermitIsLost()
    {
        QFETCH(int, dialect);
        const PolicyType &type = *breakers()[static_cast<std::size_t>(dialect)];
        QVERIFY(rc::check("it closes again", [&type] {
            Settings settings = anySettings(type);
            if (type.dialect == "polly") // 8.0 to 8.3 do lose it: that is what the setting is for
                settings.set(*type.schema().find("version"), *rc::gen::element<std::string>("8.4", "7"));
            Trial trial(type, settings);
            const auto steps = *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 100), anyStep());
            for (const Step &step : steps)
                if (step.kind != Step::Force)
                    trial.take(step);
            trial.recovers();
        }));
    }

    /// The form changes settings while a run plays: whatever they become, counts and events stay sound.
    void survivesNewSettingsAtAnyTime_data() { rows(); }
    void survivesNewSettingsAtAnyTime()
    {
        QFETCH(int, dialect);
        const PolicyType &type = *breakers()[static_cast<std::size_t>(dialect)];
        QVERIFY(rc::check("counts and events stay sound through reconfigure()", [&type] {
            const Settings first = anySettings(type);
            const auto policy = type.create(first.config());
            auto &breaker = dynamic_cast<Breaker &>(*policy);
            std::deque<ProbeCall> running;
            BreakerState state = breaker.snapshot(at(0)).state;
            std::int64_t ms = 0;
            std::uint64_t begun = 0;
            const auto steps = *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 150), anyStep());
            for (const Step &step : steps) {
                if (step.kind == Step::Wait) {
                    ms += step.waitMs;
                    for (int fired = 0; breaker.nextTimer() <= at(ms); ++fired) {
                        RC_ASSERT(fired < 100'000);
                        breaker.handleTimer(breaker.nextTimer());
                    }
                } else if (step.kind == Step::EndAgain || step.kind == Step::Force) {
                    const Settings next = anySettings(type);
                    breaker.reconfigure(at(ms), next.config());
                } else if (step.kind == Step::Begin) {
                    running.emplace_back(begun++);
                    if (!isAdmitted(running.back().admit(breaker, at(ms))))
                        running.pop_back();
                } else if (!running.empty()) {
                    static_cast<void>(running.front().end(breaker, at(ms), {.kind = step.outcome}));
                    running.pop_front();
                }
                const BreakerSnapshot s = breaker.snapshot(at(ms));
                RC_ASSERT(s.trialsInFlight <= running.size());
                RC_ASSERT(s.window.failures <= s.window.calls && s.window.slow <= s.window.calls);
                RC_ASSERT(s.window.calls <= begun);
                for (const PolicyEvent &event : eventsOf(breaker)) {
                    RC_ASSERT(event.from == state);
                    state = event.to;
                }
                RC_ASSERT(state == s.state);
            }
        }));
    }

    void sameInputsSameOutputs_data() { rows(); }
    void sameInputsSameOutputs()
    {
        QFETCH(int, dialect);
        const PolicyType &type = *breakers()[static_cast<std::size_t>(dialect)];
        QVERIFY(rc::check("two breakers under the same calls answer the same", [&type] {
            const Settings settings = anySettings(type);
            Trial one(type, settings);
            Trial other(type, settings);
            const auto steps = *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 60), anyStep());
            for (const Step &step : steps) {
                one.take(step);
                other.take(step);
            }
            RC_ASSERT(one.trace() == other.trace());
        }));
    }
};

QTEST_GUILESS_MAIN(TestDialectProperties)
#include "tst_dialect_properties.moc"
