// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <deque>
#include <map>
#include <rapidcheck.h>
#include <sstream>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

/// The rules of the dialect written a second time, as slowly and plainly as they can be: every count is taken anew
/// from a list of what happened. Shares no code with the breaker.
struct PlainBreaker {
    struct Ended {
        std::int64_t ms;
        bool failed;
        bool slow;
    };
    struct Running {
        std::int64_t beganMs;
        int stay;
    };
    CircuitBreakerConfig config;
    BreakerState state = BreakerState::Closed;
    int stay = 0;
    std::int64_t openedMs = 0;
    std::vector<Ended> ended; ///< of this stay
    std::map<int, Running> running;

    int inFlight() const
    {
        return static_cast<int>(
            std::count_if(running.begin(), running.end(), [&](auto &r) { return r.second.stay == stay; }));
    }
    void move(BreakerState to)
    {
        state = to;
        ++stay;
        ended.clear();
    }
    bool admit(int id, std::int64_t ms)
    {
        if (state == BreakerState::Open && ms >= openedMs + config.recoveryTimeout / 1ms)
            move(BreakerState::HalfOpen);
        if (state == BreakerState::Open)
            return false;
        if (state == BreakerState::HalfOpen) {
            const auto needed = std::max(config.successThreshold, config.maxTrials());
            if (inFlight() >= config.maxTrials()
                || inFlight() + static_cast<std::int64_t>(ended.size()) >= needed)
                return false;
        }
        running[id] = {ms, stay};
        return true;
    }
    std::vector<Ended> window(std::int64_t nowMs) const
    {
        std::vector<Ended> seen;
        for (const Ended &e : ended) {
            const std::int64_t bucketMs = config.window.length() / 10 / 1ms;
            if (config.window.kind == WindowKind::Count || e.ms / bucketMs > nowMs / bucketMs - 10)
                seen.push_back(e);
        }
        if (config.window.kind == WindowKind::Count && seen.size() > config.window.calls())
            seen.erase(seen.begin(), seen.end() - config.window.calls());
        return seen;
    }
    void end(int id, std::int64_t ms, OutcomeKind kind)
    {
        const auto found = running.find(id);
        if (found == running.end())
            return;
        const Running call = found->second;
        running.erase(found);
        const bool listed = std::find(config.exceptionWhitelist.begin(), config.exceptionWhitelist.end(),
                                      outcomeName(kind))
            != config.exceptionWhitelist.end();
        if (call.stay != stay || isRefusal(kind) || kind == OutcomeKind::Cancelled || listed)
            return;
        const bool failed = !isGood(kind);
        const bool slow = config.slowCall.duration && ms - call.beganMs > *config.slowCall.duration / 1ms;
        ended.push_back({ms, failed, slow});
        if (state == BreakerState::Closed && isOver(ms)) {
            move(BreakerState::Open);
            openedMs = ms;
        } else if (state == BreakerState::HalfOpen && (failed || (slow && config.slowCall.rateThreshold))) {
            move(BreakerState::Open);
            openedMs = ms;
        } else if (state == BreakerState::HalfOpen
                   && static_cast<std::int64_t>(ended.size()) >= config.successThreshold) {
            move(BreakerState::Closed);
        }
    }
    bool isOver(std::int64_t nowMs) const
    {
        std::int64_t row = 0;
        for (auto e = ended.rbegin(); e != ended.rend() && e->failed; ++e)
            ++row;
        if (config.consecutiveRule() && row >= *config.consecutiveRule())
            return true;
        const auto seen = window(nowMs);
        const auto n = static_cast<std::int64_t>(seen.size());
        if (n < config.window.minimumCalls)
            return false;
        const auto failures = std::count_if(seen.begin(), seen.end(), [](auto &e) { return e.failed; });
        const auto slow = std::count_if(seen.begin(), seen.end(), [](auto &e) { return e.slow; });
        // Thresholds are whole percents here, so this is exact.
        const auto reaches = [n](std::int64_t part, const std::optional<double> &share) {
            return share && part * 100 >= std::llround(*share * 100) * n;
        };
        return reaches(failures, config.failureRateThreshold) || reaches(slow, config.slowCall.rateThreshold);
    }
};

struct Step {
    enum Kind { Begin, End, EndAgain, Cancel, Deadline, Wait } kind;
    int pick;
    OutcomeKind outcome;
    int waitMs;
};
void showValue(const Step &s, std::ostream &os)
{
    static const char *names[] = {"begin", "end", "end-again", "cancel", "deadline", "wait"};
    os << names[s.kind] << ' ' << s.pick << ' ' << outcomeName(s.outcome) << ' ' << s.waitMs << "ms";
}

/// Small numbers, so that short lists of steps reach every state often.
CircuitBreakerConfig anyConfig()
{
    CircuitBreakerConfig c;
    if (*rc::gen::arbitrary<bool>())
        c.failureThreshold = *rc::gen::inRange(1, 6);
    if (*rc::gen::arbitrary<bool>())
        c.failureRateThreshold = *rc::gen::inRange(1, 101) / 100.0;
    c.window.minimumCalls = *rc::gen::inRange(1, 8);
    if (*rc::gen::arbitrary<bool>()) {
        c.window.kind = WindowKind::Time;
        c.window.size = Duration(*rc::gen::element(100ms, 500ms, 1000ms));
    } else {
        c.window.size = std::int64_t{*rc::gen::inRange<int>(static_cast<int>(c.window.minimumCalls), 40)};
    }
    if (*rc::gen::arbitrary<bool>()) {
        c.slowCall.duration = std::chrono::milliseconds(*rc::gen::inRange(1, 100));
        if (*rc::gen::arbitrary<bool>())
            c.slowCall.rateThreshold = *rc::gen::inRange(1, 101) / 100.0;
    }
    c.recoveryTimeout = std::chrono::milliseconds(*rc::gen::inRange(1, 200));
    c.successThreshold = *rc::gen::inRange(1, 5);
    if (*rc::gen::arbitrary<bool>())
        c.halfOpenMaxCalls = *rc::gen::inRange(1, 8);
    if (*rc::gen::arbitrary<bool>())
        c.exceptionWhitelist = {"rejected", "timeout"};
    return c;
}

rc::Gen<Step> anyStep()
{
    return rc::gen::build<Step>(
        rc::gen::set(&Step::kind, rc::gen::weightedElement<Step::Kind>({{8, Step::Begin},
                                                                        {8, Step::End},
                                                                        {1, Step::EndAgain},
                                                                        {1, Step::Cancel},
                                                                        {1, Step::Deadline},
                                                                        {3, Step::Wait}})),
        rc::gen::set(&Step::pick, rc::gen::inRange(0, 1000)),
        rc::gen::set(&Step::outcome,
                     rc::gen::weightedElement<OutcomeKind>({{6, OutcomeKind::Success},
                                                            {6, OutcomeKind::Error},
                                                            {1, OutcomeKind::Fallback},
                                                            {1, OutcomeKind::Timeout},
                                                            {1, OutcomeKind::Rejected},
                                                            {1, OutcomeKind::BulkheadFull},
                                                            {1, OutcomeKind::ConnectionReset}})),
        rc::gen::set(&Step::waitMs, rc::gen::inRange(0, 120)));
}

/// Drives the breaker and the plain one side by side.
class Pair {
public:
    explicit Pair(const CircuitBreakerConfig &config) : m_breaker(config) { m_plain.config = config; }

    void take(const Step &step)
    {
        switch (step.kind) {
        case Step::Begin:
            begin();
            break;
        case Step::Wait:
            m_ms += step.waitMs;
            break;
        case Step::EndAgain: // some call that already ended, or was never let through
            if (!m_calls.empty()) {
                auto call = m_calls[static_cast<std::size_t>(step.pick) % m_calls.size()];
                if (!m_plain.running.contains(static_cast<int>(call.key())))
                    static_cast<void>(call.end(m_breaker, at(m_ms), {.kind = step.outcome}));
            }
            break;
        case Step::End:
        case Step::Cancel:
        case Step::Deadline:
            end(step);
            break;
        }
        check();
    }

private:
    void begin()
    {
        const auto id = static_cast<int>(m_calls.size());
        m_calls.emplace_back(id);
        const bool admitted = isAdmitted(m_calls.back().admit(m_breaker, at(m_ms)));
        RC_ASSERT(admitted == m_plain.admit(id, m_ms));
    }
    void end(const Step &step)
    {
        if (m_plain.running.empty())
            return;
        auto it = m_plain.running.begin();
        std::advance(it, static_cast<std::size_t>(step.pick) % m_plain.running.size());
        const int id = it->first;
        ProbeCall &call = m_calls[static_cast<std::size_t>(id)];
        OutcomeKind kind = step.outcome;
        if (step.kind == Step::Cancel) {
            kind = OutcomeKind::Cancelled;
            call.cancel(m_breaker, at(m_ms));
        } else if (step.kind == Step::Deadline) {
            kind = OutcomeKind::Timeout;
            const Verdict v = call.deadline(m_breaker, at(m_ms));
            RC_ASSERT(v.kind == Verdict::Kind::Replace && v.outcome.kind == OutcomeKind::Timeout);
        } else {
            RC_ASSERT(call.end(m_breaker, at(m_ms), {.kind = kind}).kind == Verdict::Kind::Keep);
        }
        m_plain.end(id, m_ms, kind);
    }
    void check()
    {
        const BreakerSnapshot s = m_breaker.snapshot(at(m_ms));
        RC_ASSERT(s.state == m_plain.state);
        RC_ASSERT(s.window.failures <= s.window.calls);
        RC_ASSERT(s.window.slow <= s.window.calls);
        if (s.state == BreakerState::HalfOpen) {
            RC_ASSERT(s.trialsInFlight == static_cast<std::uint32_t>(m_plain.inFlight()));
            RC_ASSERT(s.trialsInFlight <= static_cast<std::uint32_t>(m_plain.config.maxTrials()));
        }
        if (s.state == BreakerState::Closed)
            RC_ASSERT(s.window.calls == m_plain.window(m_ms).size());
        // Events are a chain that ends in the present state.
        for (const PolicyEvent &event : eventsOf(m_breaker)) {
            RC_ASSERT(event.from == m_eventState);
            RC_ASSERT(event.at == at(m_ms));
            RC_ASSERT(!describe(event.reason).empty());
            m_eventState = event.to;
        }
        RC_ASSERT(m_eventState == s.state);
    }

    CircuitBreaker m_breaker;
    PlainBreaker m_plain;
    std::deque<ProbeCall> m_calls;
    std::int64_t m_ms = 0;
    BreakerState m_eventState = BreakerState::Closed;
};

} // namespace

class TestCircuitBreakerProperties : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(3000); }

    void agreesWithThePlainRulesInAnyOrderOfCalls()
    {
        QVERIFY(rc::check("the breaker and the plain rules give the same answers", [] {
            Pair pair(anyConfig());
            const auto steps = *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 300), anyStep());
            for (const Step &step : steps)
                pair.take(step);
        }));
    }

    void survivesNewSettingsAtAnyTime()
    {
        QVERIFY(rc::check("permits and counts stay sound through reconfigure()", [] {
            CircuitBreakerConfig config = anyConfig();
            CircuitBreaker breaker(config);
            std::deque<ProbeCall> running;
            std::int64_t ms = 0;
            const int rounds = *rc::gen::inRange(0, 150);
            for (int i = 0; i < rounds; ++i) {
                const Step step = *anyStep();
                if (step.kind == Step::Wait) {
                    ms += step.waitMs;
                } else if (step.kind == Step::Deadline) {
                    config = anyConfig();
                    config.mode = *rc::gen::element(BreakerMode::Active, BreakerMode::Active, BreakerMode::MetricsOnly,
                                                    BreakerMode::Disabled, BreakerMode::ForcedOpen);
                    breaker.reconfigure(at(ms), &config);
                } else if (step.kind == Step::Begin) {
                    running.emplace_back(i);
                    if (!isAdmitted(running.back().admit(breaker, at(ms))))
                        running.pop_back();
                } else if (!running.empty()) {
                    static_cast<void>(running.front().end(breaker, at(ms), {.kind = step.outcome}));
                    running.pop_front();
                }
                const BreakerSnapshot s = breaker.snapshot(at(ms));
                RC_ASSERT(s.trialsInFlight <= running.size());
                RC_ASSERT(s.window.failures <= s.window.calls && s.window.slow <= s.window.calls);
                RC_ASSERT(s.window.calls <= 100'000u);
            }
            for (ProbeCall &call : running)
                call.cancel(breaker, at(ms));
            RC_ASSERT(breaker.snapshot(at(ms)).trialsInFlight == 0u);
        }));
    }
};

QTEST_GUILESS_MAIN(TestCircuitBreakerProperties)
#include "tst_circuit_breaker_properties.moc"
