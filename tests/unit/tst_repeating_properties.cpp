// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every retry, timeout and fallback of every dialect, whatever its settings and the order of calls.
#include "core/policies/registry.h"
#include "core/policies/retry.h"
#include "tests/support/any_settings.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace halfopen;
using namespace halfopen::test;

namespace {

std::vector<const PolicyType *> rowsOf(std::string_view key)
{
    std::vector<const PolicyType *> all = {findPolicyType(key)};
    if (all[0]->otherDialects)
        for (const PolicyType &other : all[0]->otherDialects())
            all.push_back(&other);
    return all;
}

std::vector<const PolicyType *> allRows()
{
    std::vector<const PolicyType *> all;
    for (const std::string_view key : {"retry", "timeout", "fallback"})
        for (const PolicyType *type : rowsOf(key))
            all.push_back(type);
    return all;
}

/// What happens to one call: how the dependency answers each try and how long it takes.
struct Answer {
    int afterMs;
    int kind;
    int status;
    bool isCancelled;
};
void showValue(const Answer &a, std::ostream &os)
{
    os << (a.isCancelled ? "cancel" : "kind " + std::to_string(a.kind)) << " after " << a.afterMs << " ms, status " << a.status;
}

rc::Gen<Answer> anyAnswer()
{
    return rc::gen::build<Answer>(
        rc::gen::set(&Answer::afterMs, rc::gen::element(0, 1, 7, 60, 900, 40'000)),
        rc::gen::set(&Answer::kind, rc::gen::inRange(0, static_cast<int>(kOutcomeKinds))),
        rc::gen::set(&Answer::status, rc::gen::element(0, 200, 404, 429, 500, 503)),
        rc::gen::set(&Answer::isCancelled, rc::gen::weightedElement<bool>({{9, false}, {1, true}})));
}

/// A driver for one policy and one call after the other. Says everything that the policy answered.
class Trial {
public:
    Trial(const PolicyType &type, const Settings &settings) : m_type(type), m_policy(type.create(settings.config()))
    {
        if (type.key() == "retry" && type.dialect == "halfopen")
            m_triesMost = static_cast<const RetryConfig *>(settings.config())->maxAttempts;
    }

    /// The calls take their answers in turn; a call that is tried again takes further ones.
    void run(const std::vector<Answer> &answers)
    {
        std::size_t next = 0;
        for (std::uint64_t key = 1; next < answers.size(); ++key) {
            ProbeCall call(key);
            call.keepsBytes = m_type.keepsBytes;
            std::int64_t tries = 0;
            for (bool again = true; again && next < answers.size();) {
                ++tries;
                RC_ASSERT(m_triesMost == 0 || tries <= m_triesMost);
                again = tryOnce(call, answers[next++]);
                if (again)
                    ++call.retries;
            }
        }
    }
    const std::string &trace() const { return m_trace; }

private:
    /// Whether the policy wants another try. It is asked to admit the call, not each try of it.
    bool tryOnce(ProbeCall &call, const Answer &answer)
    {
        const Admission admission = call.retries == 0 ? call.admit(*m_policy, m_now) : Admission::admit();
        note("admission", static_cast<int>(admission.kind), admission.atNs);
        if (admission.kind == Admission::Kind::Refuse) {
            RC_ASSERT(!isGood(admission.outcome.kind));
            return false;
        }
        const bool hasDeadline = admission.kind == Admission::Kind::AdmitWithDeadline;
        RC_ASSERT(!hasDeadline || (m_type.givesDeadlines && admission.atNs >= m_now.ns()));
        const Instant answerAt = m_now + std::chrono::milliseconds(answer.afterMs);
        if (hasDeadline && admission.atNs < answerAt.ns()) {
            m_now = Instant::fromNs(admission.atNs);
            const bool again = obey(call.deadline(*m_policy, m_now));
            m_now = answerAt; // the answer that came too late is none of its business, but must do no harm
            if (!again)
                call.end(*m_policy, m_now, {});
            return again;
        }
        m_now = answerAt;
        if (answer.isCancelled) {
            call.cancel(*m_policy, m_now);
            call.cancel(*m_policy, m_now); // a second end finds nothing
            return false;
        }
        const Outcome outcome{.kind = static_cast<OutcomeKind>(answer.kind), .status = static_cast<std::uint16_t>(answer.status)};
        return obey(call.end(*m_policy, m_now, outcome));
    }

    bool obey(const Verdict &verdict)
    {
        note("verdict", static_cast<int>(verdict.kind), verdict.atNs);
        switch (verdict.kind) {
        case Verdict::Kind::RetryAt:
            RC_ASSERT(m_type.key() == "retry");
            RC_ASSERT(verdict.atNs >= m_now.ns());
            m_now = Instant::fromNs(std::min(verdict.atNs, m_now.ns() + std::int64_t(3'600'000'000'000)));
            return true;
        case Verdict::Kind::WorkUntil:
        case Verdict::Kind::CallOther:
            RC_ASSERT(m_type.key() == "fallback");
            RC_ASSERT(verdict.kind == Verdict::Kind::CallOther || verdict.atNs >= m_now.ns());
            return false;
        case Verdict::Kind::Keep:
        case Verdict::Kind::Replace:
            return false;
        default:
            RC_FAIL("only hedging starts copies or waits for them");
        }
        return false;
    }

    void note(const char *what, int kind, std::int64_t atNs)
    {
        m_trace += std::string(what) + ' ' + std::to_string(kind) + ' ' + std::to_string(atNs) + '\n';
    }

    const PolicyType &m_type;
    std::unique_ptr<Policy> m_policy;
    std::int64_t m_triesMost = 0; ///< 0 = the dialect says it otherwise
    Instant m_now;
    std::string m_trace;
};

} // namespace

class TestRepeatingProperties : public QObject {
    Q_OBJECT

    static void rows()
    {
        QTest::addColumn<int>("row");
        const auto all = allRows();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow((std::string(all[i]->key()) + " " + std::string(all[i]->dialect)).c_str()) << static_cast<int>(i);
    }

private slots:
    void initTestCase() { runProperties(300); }

    /// Nothing is planned in the past, nothing is tried more often than the settings allow, late and second ends do no harm,
    /// and the same calls get the same answers.
    void staysSoundAndRepeats_data() { rows(); }
    void staysSoundAndRepeats()
    {
        QFETCH(int, row);
        const PolicyType &type = *allRows()[static_cast<std::size_t>(row)];
        QVERIFY(rc::check("sound and the same again", [&type] {
            const Settings settings = anySettings(type);
            const auto answers = *rc::gen::container<std::vector<Answer>>(*rc::gen::inRange(0, 120), anyAnswer());
            Trial one(type, settings);
            one.run(answers);
            Trial other(type, settings);
            other.run(answers);
            RC_ASSERT(one.trace() == other.trace());
        }));
    }
};

QTEST_GUILESS_MAIN(TestRepeatingProperties)
#include "tst_repeating_properties.moc"
