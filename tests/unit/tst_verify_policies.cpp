// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cases of the policy families with parameters that no published set holds. What must come out is written beside each as the
// formula that gives it.
#include "simulators/verify/runner.h"
#include "simulators/verify/sentence.h"

#include <QObject>
#include <QTest>
#include <cmath>

using namespace halfopen::verify;

namespace {

ReferenceCase caseOf(const char *model, const char *run, const std::vector<std::pair<std::string, double>> &checks,
                     double tolerance)
{
    ReferenceCase one;
    one.id = "test";
    one.model = Json::parse(model);
    one.run = Json::parse(run);
    for (const auto &[metric, expected] : checks)
        one.checks.push_back({metric, "", "", expected, {Tolerance::Kind::Relative, tolerance, {}}});
    return one;
}

std::string problemOf(const ReferenceCase &one)
{
    const CaseResult result = runCase(one, {});
    if (!result.notUnderstood.empty())
        return result.notUnderstood;
    for (std::size_t i = 0; i < one.checks.size(); ++i)
        if (!result.checks[i].passed)
            return one.checks[i].metric + ": expected " + one.checks[i].expected.dump() + ", got "
                + result.checks[i].measured.dump() + " " + result.checks[i].note;
    return {};
}

void compareCase(const ReferenceCase &one)
{
    QCOMPARE(QString::fromStdString(problemOf(one)), QString());
}

} // namespace

class TestVerifyPolicies : public QObject {
    Q_OBJECT
private slots:
    void sentencesGiveTheirNumbers_data();
    void sentencesGiveTheirNumbers();
    void breakersTripAfterTheMeanNumberOfCalls();
    void retriesMultiplyThroughLayers();
    void timeoutsCutAnExponential();
    void backoffSumsFollowTheirMeans();
    void aRetryBudgetCapsTheLoadAtItsRatio();
    void aThrottledClientSendsKTimesWhatIsAccepted();
    void aBucketOfOneTokenIsALossSystem();
    void threadsThatAreHeldFollowErlangB();
    void aStormBelowTheThresholdHealsItself();
    void deadlinesShrinkAlongAChain();
    void whatACaseSaysOtherwiseIsNotPassedOver();
};

void TestVerifyPolicies::sentencesGiveTheirNumbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QList<double>>("numbers");
    QTest::newRow("none") << "Any  Failure\tre-opens." << "any failure re-opens" << QList<double>{};
    QTest::newRow("fraction") << "from 9.995 to 40" << "from # to #" << QList<double>{9.995, 40};
    QTest::newRow("range") << "uniform 0.5..1.0" << "uniform #..#" << QList<double>{0.5, 1.0};
    QTest::newRow("thousands") << "the first 10,000 of 1,250,000" << "the first # of #" << QList<double>{10000, 1250000};
    QTest::newRow("list") << "during [100,125] s, k=1,234" << "during [#,#] s, k=#,#" << QList<double>{100, 125, 1, 234};
    QTest::newRow("power") << "min(cap, base*2^i)" << "min(cap, base*#^i)" << QList<double>{2};
}

void TestVerifyPolicies::sentencesGiveTheirNumbers()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    QFETCH(QList<double>, numbers);
    const Sentence said(text.toStdString());
    QCOMPARE(QString::fromStdString(said.words), words);
    QCOMPARE(QList<double>(said.numbers.begin(), said.numbers.end()), numbers);
}

void TestVerifyPolicies::breakersTripAfterTheMeanNumberOfCalls()
{
    // (1 - p^k) / (p^k (1 - p)) with p = 0.4, k = 4; five standard errors of 20 000 trips are 3.5 %.
    const double p4 = std::pow(0.4, 4);
    compareCase(caseOf(R"({"calls": "independent, each fails with probability p", "p": 0.4,
        "breaker": {"rule": "consecutive failures", "threshold": 4}, "service_time_s": 0.0,
        "note_on_run": "after each trip restart from a fresh closed breaker; only the closed phase is measured"})",
                        R"({"trips": 20000})", {{"calls_to_trip_mean", (1 - p4) / (p4 * 0.6)}}, 0.035));
    // A window of 2 whose both calls must fail, judged from the second call on, is two failures in a row: with >= 100 %
    // and with > 50 %.
    for (const char *rule : {R"("failure_rate_threshold": 1.0, "comparison": ">=")",
                             R"("failure_rate_threshold": 0.5, "comparison": ">")"}) {
        const std::string model = std::string(R"({"calls": "independent, each fails with probability p", "p": 0.5,
            "breaker": {"rule": "count-based sliding window", "window": 2, "minimum_calls": 2,
            "denominator": "calls currently in the window", )")
            + rule + R"(}, "service_time_s": 0.0,
            "note_on_run": "after each trip restart from a fresh closed breaker with an empty window"})";
        compareCase(caseOf(model.c_str(), R"({"trips": 20000})",
                            {{"calls_to_trip_mean", 6.0}, {"trip_probability_within_2_calls", 0.25}}, 0.05));
    }
}

void TestVerifyPolicies::retriesMultiplyThroughLayers()
{
    // Bottom failure q = 0.3: tries per call (1 - q^2) / (1 - q), then q becomes q^2.
    const double tries = (1 - 0.09) / 0.7 * (1 - 0.0081) / 0.91;
    compareCase(caseOf(R"({"chain": "user -> layer 1 -> ... -> layer 2 -> bottom service", "layers_that_retry": 2,
        "attempts_per_layer": 2, "bottom_failure_probability": 0.3, "other_failures":
        "none; a layer fails its caller only when all its attempts failed; zero latency, no backoff", "requests": 50000})",
                        R"({"requests": 50000})",
                        {{"bottom_calls_per_request", tries}, {"success_fraction", 1 - 0.0081}}, 0.01));
}

void TestVerifyPolicies::timeoutsCutAnExponential()
{
    // Chance of a timeout f = exp(-1); three tries with waits of 10 and 20 ms between.
    const double f = std::exp(-1.0);
    const double attempts = 1 + f + f * f;
    compareCase(caseOf(R"({"backend": "unlimited concurrency; latency of each attempt independent exponential",
        "latency_mean_s": 0.05, "timeout_s": 0.05, "max_attempts": 3, "backoff_s": [0.01, 0.02], "arrivals": "any"})",
                        R"({"requests": 50000})",
                        {{"attempts_per_request", attempts}, {"success_fraction", 1 - f * f * f}}, 0.015));
}

void TestVerifyPolicies::backoffSumsFollowTheirMeans()
{
    // 2, 6, 10, 10 s with factor 3 and cap 10: half of it with full jitter, three quarters with equal.
    compareCase(caseOf(R"({"base_s": 2, "cap_s": 10, "retries": 4, "exponential":
        "delay before retry i (i=0,1,...) = min(cap, base*3^i\u0029", "full": "U(0, that\u0029", "equal": "half of that + U(0, half of that\u0029",
        "decorrelated": "s_i=min(cap, U(base, 3 s_{i-1})), s_{-1}=base"})",
                        R"({"requests": 20000})",
                        {{"exponential.total_delay_s", 28}, {"full.total_delay_mean_s", 14}, {"equal.total_delay_mean_s", 21}},
                        0.01));
}

void TestVerifyPolicies::aRetryBudgetCapsTheLoadAtItsRatio()
{
    // Everything fails: 1 + deposit / cost tries per call in the long run, and 20 retries that the bucket began with.
    compareCase(caseOf(R"({"failure": "independent per attempt", "p": 1.0, "budget": {"deposit_per_first_attempt": 0.5,
        "cost_per_retry": 2.0, "bucket_capacity": 40.0, "initial": 40.0, "retry_allowed_when": "tokens >= 2"},
        "max_attempts": 5, "backoff_s": 0.0, "clients": 1, "requests": 20000})",
                        R"({"requests": 20000})", {{"load_amplification", 1.25 + 20.0 / 20000}}, 0.0005));
}

void TestVerifyPolicies::aThrottledClientSendsKTimesWhatIsAccepted()
{
    compareCase(caseOf(R"({"demand": {"process": "poisson", "rate_per_s": 500.0}, "clients": 1, "window_s": 30.0, "K": 1.5,
        "backend": "admits by token bucket: rate 100 per s, depth 10; rejects instantly", "run_s": 400.0,
        "measure_from_s": 100.0})",
                        R"({"seconds": 400, "warmup_seconds": 100})",
                        {{"sent_rate_per_s", 150}, {"backend_rejects_per_accept", 0.5}, {"local_reject_fraction", 0.7}},
                        0.06));
}

void TestVerifyPolicies::aBucketOfOneTokenIsALossSystem()
{
    // Depth 1 refuses while the token is missing: one server with a fixed time, r / (1 + r) at load r.
    compareCase(caseOf(R"({"arrivals": {"process": "poisson", "rate_per_s": 50.0}, "limiter": {"refill_per_s": 100.0,
        "refill": "continuous (fractional tokens\u0029", "depth_tokens": 1, "initial": "full", "cost": 1,
        "admit_when": "tokens >= 1", "otherwise": "reject, no queue"}})",
                        R"({"measured_arrivals": 100000, "warmup_arrivals": 1000, "replications": 1})",
                        {{"rejected_fraction", 1.0 / 3}}, 0.03));
}

void TestVerifyPolicies::threadsThatAreHeldFollowErlangB()
{
    // B(5, 5) = (5^5 / 5!) / sum of 5^k / k!.
    compareCase(caseOf(R"({"arrivals": {"process": "poisson", "rate_per_s": 10.0}, "threads": 5, "queue_capacity": 0,
        "when_full": "reject immediately", "request_mix": [{"p": 0.5, "holds_thread_s": 0.1, "outcome": "success"},
        {"p": 0.5, "holds_thread_s": 0.9, "outcome": "deadline exceeded"}]})",
                        R"({"measured_arrivals": 200000, "warmup_arrivals": 1000})",
                        {{"rejected_fraction", 0.2848675}, {"offered_threads", 5}}, 0.025));
}

void TestVerifyPolicies::aStormBelowTheThresholdHealsItself()
{
    // ((2 d - 1) lambda - C (timeout - service)) / (C - 2 lambda) with d = 8 s, lambda = 90/s, C = 200/s.
    compareCase(caseOf(R"({"arrivals": {"process": "constant interval", "rate_per_s": 90.0, "first_at_s": "1/rate"},
        "client": {"timeout_s": 1.0, "timeout_measured_from": "send of the attempt", "max_attempts": 2, "backoff_s": 0.0,
        "late_response": "ignored", "cancel_on_timeout": false}, "server": {"workers": 20, "service":
        {"distribution": "deterministic", "mean_s": 0.1}, "capacity_per_s": 200.0, "queue": "unbounded FIFO",
        "executes_abandoned_requests": true}, "trigger": {"kind": "network outage client->server", "start_s": 40.0,
        "duration_s": 8.0, "effect": "attempts sent in [start,start+duration) are delivered at start+duration in send order; responses are not affected"},
        "run_s": 160.0, "measure_window_s": [140.0, 160.0]})",
                        R"({"deterministic": true})", {{"recovery_time_s", 58.5}, {"goodput_per_s", 90}}, 0.04));
}

void TestVerifyPolicies::deadlinesShrinkAlongAChain()
{
    compareCase(caseOf(R"({"chain": "web -> api -> db -> disk", "root_deadline_s": 5.0, "work_before_downstream_call_s":
        {"web": 0.5, "api": 1.25, "db": 0.25}, "propagate": true})",
                        R"({"deterministic": true})",
                        {{"deadline_remaining_at_api_s", 4.5}, {"deadline_remaining_at_db_s", 3.25},
                         {"deadline_remaining_at_disk_s", 3}},
                        1e-9));
}

void TestVerifyPolicies::whatACaseSaysOtherwiseIsNotPassedOver()
{
    const char *model = R"({"calls": "independent, each fails with probability p", "p": 0.4,
        "breaker": {"rule": "consecutive failures", "threshold": 4, "colour": "red"}, "service_time_s": 0.0,
        "note_on_run": "after each trip restart from a fresh closed breaker; only the closed phase is measured"})";
    const std::string unknown = problemOf(caseOf(model, R"({"trips": 10})", {{"calls_to_trip_mean", 1}}, 1));
    QVERIFY2(unknown.find("model.breaker.colour") != std::string::npos, unknown.c_str());
    // A note on how it is run says which calls count.
    std::string kept(model);
    kept.replace(kept.find(R"(, "colour": "red")"), 17, "");
    kept.replace(kept.find("restart from a fresh closed breaker"), 35, "go on with the window as it is");
    const std::string note = problemOf(caseOf(kept.c_str(), R"({"trips": 10})", {{"calls_to_trip_mean", 1}}, 1));
    QVERIFY2(note.find("model.note_on_run") != std::string::npos, note.c_str());
    std::string other(model);
    other.replace(other.find(R"(, "colour": "red")"), 17, "");
    other.replace(other.find("independent"), 11, "correlated ");
    const std::string said = problemOf(caseOf(other.c_str(), R"({"trips": 10})", {{"calls_to_trip_mean", 1}}, 1));
    QVERIFY2(said.find("model.calls") != std::string::npos, said.c_str());
}

QTEST_APPLESS_MAIN(TestVerifyPolicies)
#include "tst_verify_policies.moc"
