// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The live stack under random interleavings on a clock that the test moves: any layers with any settings; calls that begin, answers that
// come early, late or never, callers and scopes that leave, breakers set by hand, settings changed while calls are under way.
// Whatever happens, each call ends once, each attempt is answered or left once, and nothing is held back at the end.
#include "core/live/policy_stack.h"
#include "core/live/stack_spec.h"
#include "core/policies/explanation.h"
#include "tests/support/any_settings.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <rapidcheck.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace halfopen;
using namespace halfopen::live;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kInstances = 4;

std::vector<const PolicyType *> everyRow()
{
    std::vector<const PolicyType *> rows;
    for (const PolicyType &type : policyTypes()) {
        rows.push_back(&type);
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                rows.push_back(&other);
    }
    return rows;
}

/// Up to five layers; at most one of them starts copies, as the loader demands.
PolicyStackSpec anyStack()
{
    static const std::vector<const PolicyType *> rows = everyRow();
    PolicyStackSpec spec;
    spec.name = "random";
    bool copies = false;
    for (int more = *rc::gen::inRange(0, 6); more > 0; --more) {
        const PolicyType &type = **rc::gen::elementOf(rows);
        if (type.startsCopies && std::exchange(copies, true))
            continue;
        PolicySpec layer{&type, anySettings(type)};
        if (checkSettings(layer.settings))
            spec.layers.push_back(std::move(layer));
    }
    return spec;
}

struct Step {
    enum Kind { Begin, Answer, Leave, LeaveScope, Force, Reconfigure, Wait } kind;
    int pick;
    OutcomeKind outcome;
    int waitMs;
};
void showValue(const Step &s, std::ostream &os)
{
    static const char *names[] = {"begin", "answer", "leave", "leave scope", "force", "reconfigure", "wait"};
    os << names[s.kind] << ' ' << s.pick << ' ' << outcomeName(s.outcome) << ' ' << s.waitMs << "ms";
}

rc::Gen<Step> anyStep()
{
    return rc::gen::build<Step>(
        rc::gen::set(&Step::kind, rc::gen::weightedElement<Step::Kind>({{40, Step::Begin},
                                                                        {50, Step::Answer},
                                                                        {4, Step::Leave},
                                                                        {1, Step::LeaveScope},
                                                                        {2, Step::Force},
                                                                        {2, Step::Reconfigure},
                                                                        {20, Step::Wait}})),
        rc::gen::set(&Step::pick, rc::gen::inRange(0, 1000)),
        rc::gen::set(&Step::outcome, rc::gen::weightedElement<OutcomeKind>({{8, OutcomeKind::Success},
                                                                           {6, OutcomeKind::Error},
                                                                           {1, OutcomeKind::Timeout},
                                                                           {1, OutcomeKind::Rejected},
                                                                           {1, OutcomeKind::ConnectionRefused}})),
        rc::gen::set(&Step::waitMs, rc::gen::element(0, 1, 20, 99, 500, 1'100, 30'000)));
}

/// A stack, its callers, and a dependency that answers when the test says so.
class World {
public:
    World(const PolicyStackSpec &spec, std::uint64_t seed)
    {
        StackOptions options;
        options.name = "random";
        options.seed = seed;
        options.clock = &m_clock;
        options.callsInFlightMax = 12;
        options.instances = kInstances;
        options.probe = [this]() -> QCoro::Task<Outcome> { co_return m_probeAnswer; };
        options.chooseInstance = [this, next = roundRobin()](const InstanceChoice &choice) {
            m_underWay.assign(choice.underWay.begin(), choice.underWay.end());
            return next(choice);
        };
        options.observer = [this](Instant now, const StackAction &action) { observe(now, action); };
        for (const PolicySpec &layer : spec.layers)
            m_types.push_back(layer.type);
        m_stack = std::make_unique<PolicyStack>(spec, options);
    }

    /// Who still waits is woken while everything is alive.
    ~World()
    {
        m_stack.reset();
        m_scope.reset();
        m_own.cancel();
        ManualClock::settle();
    }
    World(const World &) = delete;
    World &operator=(const World &) = delete;

    void take(const Step &step)
    {
        const auto pick = static_cast<std::size_t>(step.pick);
        switch (step.kind) {
        case Step::Begin:
            begin(step.pick % 3 == 0);
            break;
        case Step::Answer:
            answer(pick, step.outcome);
            break;
        case Step::Leave:
            if (!m_callers.empty())
                m_callers[pick % m_callers.size()].request_stop(); // also of calls that are over: nothing happens
            break;
        case Step::LeaveScope:
            m_scope = std::make_unique<CoroutineScope>(); // the end of the old one wakes who waited in it
            break;
        case Step::Force:
            if (const auto layer = m_stack->breakerLayer())
                m_stack->forceBreaker(*layer, static_cast<BreakerState>(step.pick % 3));
            break;
        case Step::Reconfigure:
            if (!m_types.empty()) {
                const std::size_t layer = pick % m_types.size();
                const Settings settings = anySettings(*m_types[layer]);
                if (checkSettings(settings))
                    RC_ASSERT(m_stack->reconfigure(layer, settings));
            }
            break;
        case Step::Wait:
            m_clock.advance(std::chrono::milliseconds(step.waitMs));
            break;
        }
        m_clock.advance(Duration::zero()); // also what is due at this very instant
        check();
    }

    /// Every attempt is answered and time passes: then every call is over and nobody holds anything.
    void ends()
    {
        passAll();
        nothingIsHeld();
        // One more call finds nobody under way, if it comes as far as an instance.
        m_underWay.clear();
        begin(false);
        for (const std::uint32_t busy : m_underWay)
            RC_ASSERT(busy == 0u);
        passAll();
        nothingIsHeld();
        const StackMetrics metrics = m_stack->metrics();
        RC_ASSERT(metrics.inFlight == 0u);
        RC_ASSERT(m_awaited.empty());
        RC_ASSERT(metrics.calls == m_begun);
        RC_ASSERT(metrics.endedAll() == m_begun);
        RC_ASSERT(m_gotten == m_begun); // each caller has heard once
        RC_ASSERT(metrics.attempts == m_answeredInTime + metrics.left);
    }

    const std::string &trace() const { return m_trace; }
    std::uint64_t heldLookedAt() const { return m_heldLookedAt; }

private:
    void passAll()
    {
        for (int rounds = 0; rounds < 2000 && m_stack->metrics().inFlight > 0; ++rounds) {
            for (std::size_t i = m_open.size(); i-- > 0;)
                answer(0, OutcomeKind::Success);
            m_clock.advance(1min);
        }
        m_clock.advance(Duration::zero());
        check();
    }

    /// What the policies themselves say that they hold: trials, permits, places in line.
    void nothingIsHeld()
    {
        for (std::size_t layer = 0; layer < m_stack->layerCount(); ++layer) {
            if (const auto breaker = m_stack->breaker(layer))
                RC_ASSERT(breaker->trialsInFlight == 0u);
            for (const Explanation::Fact &fact : m_stack->policy(layer).explain(m_clock.now()).facts)
                if (fact.what == "calls inside" || fact.what == "calls waiting" || fact.what == "calls in flight"
                    || fact.what == "retries in flight" || fact.what == "trials in flight") {
                    ++m_heldLookedAt;
                    RC_ASSERT(fact.value.starts_with("0") && (fact.value.size() == 1 || fact.value[1] == ' '));
                }
        }
    }

    struct Pending {
        AttemptId attempt;
        std::shared_ptr<Outcome> answer;
        Wait wait;
    };

    /// Assertions throw, which coroutines would take for an answer: the first one that fails is kept for check().
    void expect(bool holds, const char *what)
    {
        if (!holds && m_wrong.empty())
            m_wrong = what;
    }

    QCoro::Task<int> operate(Attempt attempt)
    {
        expect(attempt.instance < kInstances && attempt.number >= 1, "an attempt is told something impossible");
        auto given = std::make_shared<Outcome>();
        Wait wait(m_own, std::nullopt);
        m_open.push_back({m_lastStarted, given, wait});
        co_await wait;
        if (*given != Outcome())
            throw CallError(*given);
        co_return 1;
    }

    void begin(bool inScope)
    {
        const bool isFull = m_stack->metrics().inFlight >= 12;
        CallOptions<int> options;
        options.stop = m_callers.emplace_back().get_token();
        options.scope = inScope ? m_scope.get() : nullptr;
        options.substitute = [](Outcome) { return 2; };
        auto operation = [this](Attempt attempt) { return operate(std::move(attempt)); };
        spawn(hear(m_stack->call(operation, options)), [](const std::exception &) {});
        ++m_begun;
        m_refusedAtTheDoor += isFull ? 1 : 0;
    }

    QCoro::Task<> hear(QCoro::Task<int> task)
    {
        try {
            static_cast<void>(co_await task);
        } catch (const std::exception &) {
        }
        ++m_gotten;
    }

    void answer(std::size_t pick, OutcomeKind kind)
    {
        if (m_open.empty())
            return;
        const auto which = m_open.begin() + static_cast<std::ptrdiff_t>(pick % m_open.size());
        const Pending pending = *which;
        m_open.erase(which);
        m_answeredInTime += m_awaited.erase(pending.attempt);
        *pending.answer = {.kind = kind, .status = static_cast<std::uint16_t>(kind == OutcomeKind::Error ? 503 : 0)};
        pending.wait.suspension()->wake(Woke::Signal);
        ManualClock::settle();
    }

    void observe(Instant now, const StackAction &action)
    {
        expect(now == m_clock.now(), "an action out of its time");
        m_trace += std::to_string(now.ns()) + ' ' + std::to_string(static_cast<int>(action.kind)) + ' ' + std::to_string(action.call)
            + ' ' + std::to_string(action.attempt) + ' ' + std::to_string(action.instance) + '\n';
        switch (action.kind) {
        case StackAction::Kind::StartAttempt:
            expect(!m_over.contains(action.call), "an attempt of a call that is over");
            expect(action.attempt == ++m_lastStarted, "an attempt out of its order");
            m_awaited.insert(action.attempt);
            break;
        case StackAction::Kind::LeaveAttempt:
            expect(m_awaited.erase(action.attempt) == 1, "an attempt is left that is not under way");
            break;
        case StackAction::Kind::EndCall:
            expect(m_over.insert(action.call).second, "a call ends twice");
            break;
        case StackAction::Kind::RetryDecided:
            expect(!m_over.contains(action.call) && action.delay >= Duration::zero(), "a retry of a call that is over, or in the past");
            break;
        case StackAction::Kind::PolicyEvent:
            expect(action.event.at <= now, "an event of the future");
            break;
        case StackAction::Kind::StartProbe:
            break;
        }
    }

    void check()
    {
        RC_ASSERT(m_wrong == std::string());
        const StackMetrics metrics = m_stack->metrics();
        RC_ASSERT(metrics.inFlight <= 12u);
        RC_ASSERT(metrics.calls == metrics.endedAll() + metrics.inFlight);
        RC_ASSERT(m_over.size() + m_refusedAtTheDoor == metrics.endedAll()); // those at the door are no action
        const auto usable = m_stack->usableInstances();
        RC_ASSERT(!usable.empty() && usable.size() <= kInstances);
        RC_ASSERT(m_clock.nextAlarm() > m_clock.now()); // what was due has been done
    }

    ManualClock m_clock;
    CoroutineScope m_own; ///< of the dependency
    std::unique_ptr<CoroutineScope> m_scope = std::make_unique<CoroutineScope>();
    std::vector<std::stop_source> m_callers;
    std::vector<const PolicyType *> m_types;
    std::vector<Pending> m_open;
    std::vector<std::uint32_t> m_underWay; ///< by instance, as the chooser was told last
    std::uint64_t m_heldLookedAt = 0;
    std::set<AttemptId> m_awaited;
    std::set<CallId> m_over;
    Outcome m_probeAnswer;
    AttemptId m_lastStarted = 0;
    std::uint64_t m_begun = 0, m_refusedAtTheDoor = 0, m_gotten = 0, m_answeredInTime = 0;
    std::string m_trace;
    std::string m_wrong;
    std::unique_ptr<PolicyStack> m_stack; ///< first to go
};

} // namespace

class TestRandomCalls : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(400); }

    void eachCallEndsOnceAndNothingIsHeldBack()
    {
        std::uint64_t looked = 0;
        QVERIFY(rc::check("calls and attempts end once", [&looked] {
            const PolicyStackSpec spec = anyStack();
            World world(spec, 7);
            const auto steps = *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 150), anyStep());
            for (const Step &step : steps)
                world.take(step);
            world.ends();
            looked += world.heldLookedAt();
        }));
        QVERIFY(looked > 0);
    }

    void theSameStepsGiveTheSameActions()
    {
        QVERIFY(rc::check("a stack is a function of its inputs", [] {
            const PolicyStackSpec spec = anyStack();
            World one(spec, 7), other(spec, 7);
            const auto steps = *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 80), anyStep());
            for (const Step &step : steps) {
                if (step.kind == Step::Reconfigure)
                    continue; // its settings are drawn anew each time
                one.take(step);
                other.take(step);
            }
            RC_ASSERT(one.trace() == other.trace());
        }));
    }

    /// A stack may end in the middle of anything.
    void theEndOfTheStackMayComeAtAnyTime()
    {
        QVERIFY(rc::check("the stack ends with calls under way", [] {
            const PolicyStackSpec spec = anyStack();
            World world(spec, 7);
            for (const Step &step : *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, 60), anyStep()))
                world.take(step);
        }));
        ManualClock::settle();
    }
};

QTEST_GUILESS_MAIN(TestRandomCalls)
#include "tst_random_calls.moc"
