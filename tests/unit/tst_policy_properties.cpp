// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every policy of every dialect, whatever its settings and the order of calls: it keeps the contract of
// core/policies/README.md and what its row in the table promises, it loses no permit for ever, and being asked for an
// explanation, or told the same end twice, changes nothing. What a single policy promises beyond that is in its own test.
#include "core/policies/explanation.h"
#include "core/policies/registry.h"
#include "tests/support/any_settings.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kInstances = 5;

std::vector<const PolicyType *> allRows()
{
    std::vector<const PolicyType *> all;
    for (const PolicyType &type : policyTypes()) {
        all.push_back(&type);
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                all.push_back(&other);
    }
    return all;
}

struct Step {
    enum Kind { Begin, End, Cancel, Wait } kind;
    int pick;
    OutcomeKind outcome;
    int status;
    int waitMs;
};
void showValue(const Step &s, std::ostream &os)
{
    static const char *names[] = {"begin", "end", "cancel", "wait"};
    os << names[s.kind] << ' ' << s.pick << ' ' << outcomeName(s.outcome) << ' ' << s.status << ' ' << s.waitMs << "ms";
}

rc::Gen<Step> anyStep()
{
    return rc::gen::build<Step>(
        rc::gen::set(&Step::kind, rc::gen::weightedElement<Step::Kind>(
                                      {{40, Step::Begin}, {40, Step::End}, {5, Step::Cancel}, {15, Step::Wait}})),
        rc::gen::set(&Step::pick, rc::gen::inRange(0, 1000)),
        rc::gen::set(&Step::outcome, rc::gen::weightedElement<OutcomeKind>({{8, OutcomeKind::Success},
                                                                           {6, OutcomeKind::Error},
                                                                           {1, OutcomeKind::Fallback},
                                                                           {1, OutcomeKind::Timeout},
                                                                           {1, OutcomeKind::Rejected},
                                                                           {1, OutcomeKind::ConnectionRefused},
                                                                           {1, OutcomeKind::BulkheadFull},
                                                                           {1, OutcomeKind::CircuitBreakerOpen}})),
        rc::gen::set(&Step::status, rc::gen::element(0, 404, 429, 500, 503)),
        rc::gen::set(&Step::waitMs, rc::gen::element(0, 1, 20, 99, 100, 500, 1'100)));
}

std::vector<Step> anySteps(int most)
{
    return *rc::gen::container<std::vector<Step>>(*rc::gen::inRange(0, most), anyStep());
}

/// Drives one policy as the contract says, notes every answer, and checks what its row promises.
class Driver {
public:
    bool endsTwice = false; ///< tells it every end a second time, a while later, too
    bool explains = false;  ///< asks for an explanation after every step

    Driver(const PolicyType &type, const Settings &settings) : m_type(type), m_policy(type.create(settings.config()))
    {
        if (type.judgesInstances)
            m_policy->instanceJudge()->setInstances(kInstances);
        RC_ASSERT((m_policy->instanceJudge() != nullptr) == type.judgesInstances);
        collect();
    }

    void take(const Step &step)
    {
        if (step.kind == Step::Begin)
            begin(static_cast<std::uint32_t>(step.pick) % kInstances);
        else if (step.kind == Step::Wait)
            advance(std::chrono::milliseconds(step.waitMs));
        else if (Call *call = pick(step))
            step.kind == Step::End ? end(*call, outcomeOf(step)) : cancel(*call);
        if (endsTwice && step.kind == Step::Wait && !m_calls.empty())
            endAgain(m_calls[static_cast<std::size_t>(step.pick) % m_calls.size()], outcomeOf(step));
        if (explains)
            static_cast<void>(m_policy->explain(m_now));
    }

    /// Everybody leaves, the dependency is well, and time passes: sooner or later a call must get through.
    void recovers()
    {
        m_probeAnswer = {};
        for (Call &call : m_calls)
            if (call.place != Place::Over)
                end(call, {});
        for (int minutes = 0; minutes < 400; ++minutes) {
            advance(minutes < 300 ? Duration(2s) : Duration(1min));
            begin(0);
            Call &call = m_calls.back();
            if (call.place == Place::Inside) {
                end(call, {});
                return;
            }
            if (call.wasServed) // a cache needs nobody
                return;
            if (call.place != Place::Over)
                cancel(call);
        }
        RC_FAIL("it never lets a call through again");
    }

    const std::string &trace() const { return m_trace; }

private:
    enum class Place : std::uint8_t { Parked, Inside, Over };
    struct Call {
        ProbeCall probe;
        Place place = Place::Over;
        std::optional<Instant> deadline;
        int copies = 1;
        bool wasServed = false; ///< ended well without any attempt
        bool wasInside = false;
    };

    static Outcome outcomeOf(const Step &step)
    {
        const bool hasStatus = step.outcome == OutcomeKind::Error || step.outcome == OutcomeKind::Rejected;
        return {.kind = step.outcome, .status = static_cast<std::uint16_t>(hasStatus ? step.status : 0)};
    }

    Call *pick(const Step &step)
    {
        std::vector<Call *> alive;
        for (Call &call : m_calls)
            if (call.place == Place::Inside || (call.place == Place::Parked && step.kind == Step::Cancel))
                alive.push_back(&call);
        return alive.empty() ? nullptr : alive[static_cast<std::size_t>(step.pick) % alive.size()];
    }

    void begin(std::uint32_t instance)
    {
        m_calls.push_back({.probe = ProbeCall(m_calls.size() + 1), .deadline = {}});
        Call &call = m_calls.back();
        call.probe.ticket = static_cast<std::uint32_t>(m_calls.size() - 1);
        call.probe.keepsBytes = m_type.keepsBytes;
        const Admission a = call.probe.admit(*m_policy, m_now);
        note("admission", static_cast<int>(a.kind), a.kind == Admission::Kind::Refuse ? 0 : a.atNs);
        RC_ASSERT(!m_policy->alwaysAdmits() || a.kind == Admission::Kind::Admit);
        switch (a.kind) {
        case Admission::Kind::Admit:
        case Admission::Kind::AdmitAt:
            call.place = Place::Inside;
            break;
        case Admission::Kind::AdmitWithDeadline:
            RC_ASSERT(m_type.givesDeadlines && a.atNs >= m_now.ns());
            call.place = Place::Inside;
            call.deadline = Instant::fromNs(a.atNs);
            break;
        case Admission::Kind::Wait:
            RC_ASSERT(m_type.queuesCalls && a.atNs >= m_now.ns());
            call.place = Place::Parked;
            if (Instant::fromNs(a.atNs) != Instant::never())
                call.deadline = Instant::fromNs(a.atNs);
            break;
        case Admission::Kind::Refuse:
            RC_ASSERT(a.outcome.kind != OutcomeKind::Cancelled);
            note("refused", static_cast<int>(a.outcome.kind), a.outcome.retryAfterMs);
            call.wasServed = isGood(a.outcome.kind);
            break;
        }
        if (call.place == Place::Inside && m_type.judgesInstances)
            call.probe.sent(*m_policy->instanceJudge(), instance);
        call.wasInside = call.place == Place::Inside;
        collect();
    }

    void end(Call &call, Outcome outcome)
    {
        if (call.place == Place::Parked) // nothing runs yet
            return cancel(call);
        const Verdict v = call.probe.end(*m_policy, m_now, outcome);
        RC_ASSERT(!m_type.keepsOutcomes || v.kind == Verdict::Kind::Keep);
        RC_ASSERT(!m_policy->keepsGoodOutcomes() || !isGood(outcome.kind) || v.kind == Verdict::Kind::Keep);
        if (!m_type.perProcess) { // it remembers nothing, so that a new one says the same
            ProbeCall copy = call.probe;
            RC_ASSERT(copy.end(*m_policy, m_now, outcome).kind == v.kind);
        }
        obey(call, v, outcome);
        collect();
    }

    void obey(Call &call, const Verdict &v, Outcome outcome)
    {
        note("verdict", static_cast<int>(v.kind), v.kind == Verdict::Kind::Replace ? 0 : v.atNs);
        switch (v.kind) {
        case Verdict::Kind::Replace:
            note("instead", static_cast<int>(v.outcome.kind), 0);
            [[fallthrough]];
        case Verdict::Kind::Keep:
            call.place = Place::Over;
            call.deadline.reset();
            break;
        case Verdict::Kind::RetryAt:
            RC_ASSERT(v.atNs >= m_now.ns());
            ++call.probe.retries;
            break;
        case Verdict::Kind::AwaitOthers:
            RC_ASSERT(m_type.startsCopies && (--call.copies > 0 || call.deadline));
            break;
        case Verdict::Kind::StartAnother:
            RC_ASSERT(m_type.startsCopies && v.atNs >= m_now.ns());
            ++call.copies;
            call.deadline.reset();
            if (Instant::fromNs(v.atNs) != Instant::never())
                call.deadline = Instant::fromNs(v.atNs);
            break;
        case Verdict::Kind::CallOther:
        case Verdict::Kind::WorkUntil:
            RC_ASSERT(m_type.otherCall != nullptr);
            RC_ASSERT(v.kind == Verdict::Kind::CallOther || v.atNs >= m_now.ns());
            obey(call, call.probe.substitute(*m_policy, m_now, outcome, {}), outcome);
            break;
        }
    }

    void cancel(Call &call)
    {
        call.probe.cancel(*m_policy, m_now);
        call.place = Place::Over;
        call.deadline.reset();
        collect();
    }

    /// What comes after the end of a call: it must find nothing.
    void endAgain(Call &call, Outcome outcome)
    {
        if (call.place != Place::Over || !call.wasInside)
            return;
        // resilience4j counts and gives back whatever it is told, and gobreaker looks at the clock whenever it is told
        // something: so do the libraries.
        if (m_type.dialect == "resilience4j" || m_type.dialect == "gobreaker")
            return;
        call.probe.cancel(*m_policy, m_now);
        // Those that hold nothing for a call learn from its outcome alone; there the drivers see to it that each try ends once.
        static constexpr std::array<std::string_view, 4> kHoldNothing = {"retry", "fallback", "cache", "adaptive_throttle"};
        if (std::find(kHoldNothing.begin(), kHoldNothing.end(), m_type.key()) == kHoldNothing.end())
            static_cast<void>(call.probe.end(*m_policy, m_now, outcome));
        collect();
    }

    /// Everything that is due in between, in its order.
    void advance(Duration by)
    {
        const Instant until = m_now + by;
        for (int rounds = 0;; ++rounds) {
            RC_ASSERT(rounds < 100'000);
            Instant next = m_type.hasTimers || m_type.probes ? m_policy->nextTimer() : Instant::never();
            Call *due = nullptr;
            for (Call &call : m_calls)
                if (call.deadline && *call.deadline < next)
                    next = *call.deadline, due = &call;
            if (next > until)
                break;
            m_now = std::max(m_now, next);
            if (due)
                deadline(*due);
            else if (m_type.probes)
                m_policy->onProbe(m_now, m_probeAnswer);
            else
                m_policy->handleTimer(m_now);
            collect();
        }
        m_now = until;
    }

    void deadline(Call &call)
    {
        call.deadline.reset();
        const Verdict v = call.probe.deadline(*m_policy, m_now);
        RC_ASSERT(v.kind != Verdict::Kind::AwaitOthers);
        obey(call, v, {.kind = OutcomeKind::Timeout});
    }

    /// Takes events and released calls.
    void collect()
    {
        for (const PolicyEvent &event : eventsOf(*m_policy)) {
            RC_ASSERT(m_type.isBreaker || m_type.judgesInstances);
            RC_ASSERT(event.at <= m_now);
            RC_ASSERT(event.from != event.to || event.to == BreakerState::MetricsOnly); // it says what it would have done
            RC_ASSERT(event.part < (m_type.judgesInstances ? kInstances : 1u));
            note("event", static_cast<int>(event.to), event.at.ns());
        }
        std::vector<std::uint32_t> released;
        m_policy->takeReleased(released);
        RC_ASSERT(released.empty() || m_type.queuesCalls);
        for (const std::uint32_t ticket : released) {
            RC_ASSERT(ticket < m_calls.size());
            Call &call = m_calls[ticket];
            RC_ASSERT(call.place == Place::Parked); // nobody is named twice, nobody after he has left
            call.place = Place::Inside;
            call.wasInside = true;
            call.deadline.reset();
            note("released", static_cast<int>(ticket), m_now.ns());
        }
    }

    void note(const char *what, int kind, std::int64_t atNs)
    {
        m_trace += std::string(what) + ' ' + std::to_string(kind) + ' ' + std::to_string(atNs) + '\n';
    }

    const PolicyType &m_type;
    std::unique_ptr<Policy> m_policy;
    std::deque<Call> m_calls;
    Instant m_now;
    Outcome m_probeAnswer{.kind = OutcomeKind::Error};
    std::string m_trace;
};

/// Settings that do not keep calls out on purpose.
Settings openSettings(const PolicyType &type)
{
    Settings settings = anySettings(type);
    for (const auto &[key, value] : {std::pair("mode", "active"), std::pair("version", "8.4")}) // polly 8.0 to 8.3 lose a permit
        if (const Field *field = type.schema().find(key);
            field && field->type == ValueType::Choice
            && std::find(field->choices.begin(), field->choices.end(), value) != field->choices.end())
            settings.set(*field, std::string(value));
    if (const Field *field = type.schema().find("force_open")) // hystrix
        settings.set(*field, false);
    // resilience4j's HALF_OPEN can be left without a permission, and without a longest stay (its default) nothing ends that.
    if (const Field *field = type.schema().find("max_wait_duration_in_half_open_state"))
        settings.set(*field, Duration(10s));
    return settings;
}

} // namespace

class TestPolicyProperties : public QObject {
    Q_OBJECT

    static void rows()
    {
        QTest::addColumn<int>("row");
        const auto all = allRows();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow((std::string(all[i]->key()) + " " + std::string(all[i]->dialect)).c_str()) << static_cast<int>(i);
    }
    static const PolicyType &row()
    {
        const int number = *static_cast<const int *>(QTest::qData("row", qMetaTypeId<int>()));
        return *allRows()[static_cast<std::size_t>(number)];
    }

    /// The same calls, once plainly and once with what \a change does beside: the answers must be the same.
    static bool staysTheSame(const char *what, const PolicyType &type, const std::function<void(Driver &)> &change)
    {
        return rc::check(what, [&] {
            const Settings settings = anySettings(type);
            Driver plain(type, settings), other(type, settings);
            change(other);
            for (const Step &step : anySteps(120)) {
                plain.take(step);
                other.take(step);
            }
            RC_ASSERT(plain.trace() == other.trace());
        });
    }

private slots:
    void initTestCase() { runProperties(200); }

    void thereAreThirteenPolicies() { QCOMPARE(policyTypes().size(), std::size_t(13)); }

    void keepsTheContractAndTheSameInputsGiveTheSameOutputs_data() { rows(); }
    void keepsTheContractAndTheSameInputsGiveTheSameOutputs()
    {
        QVERIFY(staysTheSame("the same again", row(), [](Driver &) {}));
    }

    void anExplanationChangesNothing_data() { rows(); }
    void anExplanationChangesNothing()
    {
        QVERIFY(staysTheSame("explained or not", row(), [](Driver &driver) { driver.explains = true; }));
    }

    void aSecondEndOfACallChangesNothing_data() { rows(); }
    void aSecondEndOfACallChangesNothing()
    {
        QVERIFY(staysTheSame("told twice", row(), [](Driver &driver) { driver.endsTwice = true; }));
    }

    void callsGetThroughAgain_data() { rows(); }
    void callsGetThroughAgain()
    {
        const PolicyType &type = row();
        QVERIFY(rc::check("a call gets through again", [&] {
            Driver driver(type, openSettings(type));
            for (const Step &step : anySteps(150))
                driver.take(step);
            driver.recovers();
        }));
    }
};

QTEST_GUILESS_MAIN(TestPolicyProperties)
#include "tst_policy_properties.moc"
