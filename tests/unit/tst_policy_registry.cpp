// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker.h"
#include "core/policies/fallback.h"
#include "core/policies/registry.h"
#include "core/policies/retry.h"
#include "core/policies/timeout.h"
#include "tests/support/policy_probe.h"

#include <QObject>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

/// A legal value that is not the default, to see that get() reads what set() wrote.
Value another(const Field &field)
{
    switch (field.type) {
    case ValueType::Duration:
        return Duration(1234ms);
    case ValueType::Count:
        return std::int64_t{2};
    case ValueType::Probability:
        return 0.25;
    case ValueType::Number:
    case ValueType::Rate:
        return 1.5;
    case ValueType::Flag:
        return !std::get<bool>(field.standard);
    case ValueType::Choice:
        return std::string(field.choices.back());
    case ValueType::Text:
        return std::string("x");
    case ValueType::TextList:
        return std::vector<std::string>{std::string(field.choices.back())};
    case ValueType::CountOrDuration:
        return Duration(5s);
    }
    return {};
}

/// A file of the source tree; empty if it is not there.
std::string textOf(const std::string &path)
{
    std::ifstream file(HALFOPEN_SOURCE_DIR + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <typename Config> std::string conflictOf(const Schema &schema, const Config &config)
{
    return schema.conflict ? schema.conflict(&config) : std::string();
}

} // namespace

class TestPolicyRegistry : public QObject {
    Q_OBJECT
private slots:
    void everyPageNamesAScenarioForItAndOneAgainstIt()
    {
        const std::regex named("`halfopen run (patterns/[a-z_0-9]+)` shows (what it is for|how it hurts)");
        for (const PolicyType &type : policyTypes()) {
            const std::string page = textOf("/resources/help/" + std::string(type.key()) + ".md");
            std::set<std::string> about;
            for (std::sregex_iterator m(page.begin(), page.end(), named), end; m != end; ++m) {
                const std::string scenario = textOf("/scenarios/" + (*m)[1].str() + ".yaml");
                QVERIFY2(scenario.find(type.key()) != std::string::npos && scenario.find("\nexpect:") != std::string::npos,
                         (*m)[1].str().c_str());
                about.insert((*m)[2]);
            }
            QVERIFY2(about.size() == 2, std::string(type.key()).c_str());
        }
    }
    void everyRowIsComplete()
    {
        std::set<std::string_view> keys;
        for (const PolicyType &type : policyTypes()) {
            const Schema &schema = type.schema();
            QVERIFY(keys.insert(schema.key).second);
            QCOMPARE(findPolicyType(schema.key), &type);
            QVERIFY(!schema.title.empty() && !schema.summary.empty());
            QVERIFY(type.stateBytes <= 32);
            const auto config = schema.create();
            QCOMPARE(conflictOf(schema, *static_cast<char *>(config.get())), std::string());
            const auto policy = type.create(config.get());
            ProbeCall call(1);
            const Admission a = call.admit(*policy, at(0));
            QVERIFY(isAdmitted(a));
            QVERIFY(a.kind != Admission::Kind::AdmitWithDeadline || type.givesDeadlines);
            QCOMPARE(call.end(*policy, at(1), {}).kind, Verdict::Kind::Keep);
            QCOMPARE(dynamic_cast<Breaker *>(policy.get()) != nullptr, type.isBreaker);
            QCOMPARE(policy->instanceJudge() != nullptr, type.judgesInstances);
            QVERIFY(std::filesystem::exists(std::string(HALFOPEN_SOURCE_DIR "/resources/help/") + std::string(schema.key)
                                            + ".md"));
        }
        QVERIFY(!findPolicyType("no_such_policy"));
    }

    void everyFieldReadsWhatWasWritten()
    {
        std::vector<const PolicyType *> all;
        for (const PolicyType &type : policyTypes()) {
            all.push_back(&type);
            if (type.otherDialects)
                for (const PolicyType &other : type.otherDialects())
                    all.push_back(&other);
        }
        for (const PolicyType *type : all) {
            Settings settings(type->schema());
            const Settings untouched(type->schema());
            for (const Field &field : type->schema().fields) {
                const std::string name = std::string(type->dialect) + " " + std::string(field.key);
                QVERIFY2(field.help.size() > 30, name.c_str());
                QVERIFY2(settings.get(field) == field.standard, name.c_str());
                QVERIFY2(field.optional || !std::holds_alternative<std::monostate>(field.standard), name.c_str());
                const Value value = another(field);
                settings.set(field, value);
                QVERIFY2(settings.get(field) == value, name.c_str());
                if (field.optional) {
                    settings.set(field, Value());
                    QVERIFY2(settings.get(field) == Value(), name.c_str());
                }
                QVERIFY2(untouched.get(field) == field.standard, name.c_str());
            }
        }
    }

    void rulesBetweenFieldsAreSaid()
    {
        const Schema &breaker = circuitBreakerSchema();
        CircuitBreakerConfig c;
        c.slowCall.rateThreshold = 0.5;
        QCOMPARE(conflictOf(breaker, c),
                 std::string("slow_call.rate_threshold needs slow_call.duration: how long a call may take before it is slow"));
        c = {};
        c.window.size = Duration(10s);
        QVERIFY(conflictOf(breaker, c).starts_with("window.size is a time, but window.kind is count"));
        c.window.kind = WindowKind::Time;
        QCOMPARE(conflictOf(breaker, c), std::string());
        c.window.size = std::int64_t{10};
        QVERIFY(conflictOf(breaker, c).starts_with("window.size is a number of calls, but window.kind is time"));
        c = {};
        c.window.size = std::int64_t{5};
        QCOMPARE(conflictOf(breaker, c), std::string()); // no rate is judged
        c.failureRateThreshold = 0.5;
        QCOMPARE(conflictOf(breaker, c), std::string("window.minimum_calls is 10, but the window holds only 5 calls, so that "
                                                     "the rate could never be judged"));
        RetryConfig r;
        r.maxDelay = 500ms;
        QCOMPARE(conflictOf(retrySchema(), r), std::string("max_delay is shorter than initial_delay"));
        FallbackConfig f;
        f.cachedMaxAge = 1s;
        QCOMPARE(conflictOf(fallbackSchema(), f), std::string());
        QVERIFY(f.effectiveSource() == FallbackSource::Cached);
        f.source = FallbackSource::Static;
        QCOMPARE(conflictOf(fallbackSchema(), f), std::string("cached.max_age has no meaning with source: static"));
    }
};

QTEST_GUILESS_MAIN(TestPolicyRegistry)
#include "tst_policy_registry.moc"
