// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/reference_case.h"
#include "simulators/verify/runner.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace halfopen;
using namespace halfopen::verify;

namespace {

struct Asked {
    std::string metric;
    std::string unit;
    std::string definition;
    double expected = 0;
    double tolerance = 0;
};

/// What is not within its tolerance, or not understood; empty if all is well.
QString wrongIn(const std::string &model, const std::string &run, const std::vector<Asked> &all)
{
    ReferenceCase one;
    one.id = "A";
    one.model = Json::parse(model);
    one.run = Json::parse(run);
    for (const Asked &asked : all)
        one.checks.push_back(
            {asked.metric, asked.unit, asked.definition, Json(asked.expected), {Tolerance::Kind::Absolute, asked.tolerance, std::nullopt}});
    const CaseResult result = runCase(one, {});
    QString wrong = QString::fromStdString(result.notUnderstood);
    for (std::size_t i = 0; i < result.checks.size(); ++i)
        if (!result.checks[i].passed)
            wrong += QString::fromStdString(all[i].metric + " in '" + all[i].unit + "': " + result.checks[i].measured.dump() + " "
                                            + result.checks[i].note + "; ");
    return wrong;
}

} // namespace

/// The same question in other words, shapes and units, of every family that knows the answer.
class TestVerifyWords : public QObject {
    Q_OBJECT
private slots:
    void whatIsTurnedAwayIsAShareOrSoManyPerTime()
    {
        // M/M/2 with three places at a = 3: 0.374 of 30 a second are turned away.
        double weight = 1, sum = 0;
        for (int n = 0; n <= 5; ++n) {
            sum += weight;
            if (n < 5)
                weight *= 3.0 / std::min(n + 1, 2);
        }
        const double full = weight / sum;
        const QString wrong =
            wrongIn(R"({"arrivals": {"process": "poisson", "rate_per_s": 30}, "service": {"distribution": "exponential", "mean_s": 0.1},
                        "servers": 2, "queue_capacity": 3, "when_full": "reject immediately"})",
                    R"({"measured_arrivals": 300000, "warmup_arrivals": 1000})",
                    {{"rejection_rate", "1", "", full, 0.008},
                     {"rejection_rate", "1/s", "", 30 * full, 0.25},
                     {"rejected", "1/min", "", 1800 * full, 15},
                     {"loss_rate", "requests per s", "", 30 * full, 0.25},
                     {"success_rate", "1/s", "", 30 * (1 - full), 0.25}});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void whoGivesUpWaitingAbandons()
    {
        // M/M/1 with a greatest wait d: what a call finds has the density l p0 e^-(m-l)w up to d, and e^-mw behind it.
        const double l = 80, m = 100, d = 0.05;
        const double within = l * (1 - std::exp(-(m - l) * d)) / (m - l), beyond = l / m * std::exp(-(m - l) * d);
        const double lost = beyond / (1 + within + beyond);
        const QString wrong =
            wrongIn(R"({"arrivals": {"process": "poisson", "rate_per_s": 80}, "service": {"distribution": "exponential", "mean_ms": 10},
                        "servers": 1, "queue_timeout_ms": 50})",
                    R"({"measured_arrivals": 400000, "warmup_arrivals": 10000})",
                    {{"abandonment_probability", "1", "", lost, 0.004},
                     {"abandonment_rate", "%", "", 100 * lost, 0.4},
                     {"abandoned_pct", "%", "", 100 * lost, 0.4}});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void heldThreadsAnswerPerSecondToo()
    {
        const double load = 20 * (0.9 * 0.1 + 0.1 * 2);
        double blocked = 1; // Erlang's loss formula, one server after the other
        for (int c = 1; c <= 8; ++c)
            blocked = load * blocked / (c + load * blocked);
        const QString wrong =
            wrongIn(R"({"arrivals": {"process": "poisson", "rate_per_s": 20}, "threads": 8, "queue_capacity": 0,
                        "request_mix": [{"p": 0.9, "holds_thread_ms": 100, "outcome": "success"},
                                        {"p": 0.1, "holds_thread_s": 2, "outcome": "deadline exceeded"}]})",
                    R"({"measured_arrivals": 400000, "warmup_arrivals": 10000})",
                    {{"offered_load", "erlang", "", load, 1e-9},
                     {"success_rate", "1/s", "", 20 * (1 - blocked) * 0.9, 0.2},
                     {"rejection_rate", "1/s", "", 20 * blocked, 0.2}});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void aBreakersCycleAnswersPerSecondToo()
    {
        // From closed to a trip (1 - p^n) / (p^n (1 - p)) calls; then 1 / (1 - p) times a second of rejections and a trial.
        const double p = 0.3, n = 5, rate = 100;
        const double closed = (1 - std::pow(p, n)) / (std::pow(p, n) * (1 - p));
        const double cycle = closed + (rate + 1) / (1 - p);
        const double rejected = rate / (1 - p) / cycle;
        const QString wrong =
            wrongIn(R"({"arrivals": {"process": "poisson", "rate_per_min": 6000}, "p_pct": 30,
                        "calls": "independent, each fails with probability p, zero service time",
                        "breaker": {"rule": "consecutive failures", "threshold": 5, "open_duration_ms": 1000, "half_open":
                        "any probe failure re-opens; 1 consecutive probe success closes"}})",
                    R"({"measured_calls": 4000000, "warmup_calls": 10000})",
                    {{"rejection_rate", "1/s", "", rate * rejected, 0.9},
                     {"success_rate", "1/s", "", rate * (1 - rejected) * (1 - p), 0.68},
                     {"trips_per_min", "1/min", "", 60 * rate / cycle, 0.33}});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void whatIsSlowIsAskedOfBalancersAndClosedLoopsToo()
    {
        // Half of 14 a second each: M/M/1 with a latency of rate 3.
        QString wrong = wrongIn(R"({"arrivals": {"process": "poisson", "rate_per_s": 14}, "policy": "random", "servers": 2,
                                    "service": {"distribution": "exponential", "mean_ms": 100}})",
                                R"({"measured_completions": 400000, "warmup_completions": 10000})",
                                {{"slow_fraction", "1", "slower than 1 s", std::exp(-3.0), 0.01},
                                 {"slow_fraction", "1", "at least 500 ms", std::exp(-1.5), 0.02},
                                 {"fraction_slower_than_200ms", "1", "", std::exp(-0.6), 0.03},
                                 {"wait_above_300ms_probability", "1", "", 0.7 * std::exp(-0.9), 0.03}});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        // One user, who waits for nobody.
        wrong = wrongIn(R"({"workload": {"kind": "closed loop, 1 client", "think_time": "none"}, "servers": 1,
                            "service": {"distribution": "exponential", "mean_ms": 20}})",
                        R"({"measured_completions": 100000})",
                        {{"slow_fraction", "1", "taking more than 40 ms", std::exp(-2.0), 0.006},
                         {"latency_above_20ms_fraction", "1", "", std::exp(-1.0), 0.007}});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void theRequestsOfAUserMayBeCountedInBothPlaces()
    {
        const std::string model = R"({"fan_out": 20, "leaf_latency": {"distribution": "exponential", "mean_ms": 10}, "user_requests": 50000})";
        const auto share = [](double t) { return 1 - std::pow(1 - std::exp(-t / 0.01), 20); };
        const std::vector<Asked> asked = {{"slow_fraction", "1", "slower than 50 ms", share(0.05), 0.007},
                                          {"fraction_slower_than_30ms", "1", "", share(0.03), 0.009},
                                          {"fraction_above_40ms", "1", "", share(0.04), 0.009}};
        const QString wrong = wrongIn(model, R"({"user_requests": 50000})", asked);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        const QString other = wrongIn(model, R"({"user_requests": 60000})", asked);
        QVERIFY2(other.contains("user_requests' differs from 'run.user_requests'"), qPrintable(other));
    }

    void workMayBeInMilliseconds()
    {
        const QString wrong = wrongIn(R"({"chain": "A -> B -> C", "root_deadline_ms": 5000, "propagate": true,
                                          "work_before_downstream_call_ms": {"A": 1000, "B": 1500}})",
                                      R"({"deterministic": true})",
                                      {{"deadline_remaining_at_B_s", "s", "", 4, 1e-9}, {"deadline_remaining_at_C_ms", "ms", "", 2500, 1e-6}});
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void aRunThatIsTooLongSaysHowToTakeLess()
    {
        const QString wrong = wrongIn(R"({"arrivals": {"process": "poisson", "rate_per_s": 0.0001}, "servers": 1,
                                          "service": {"distribution": "exponential", "mean_s": 1}})",
                                      R"({"measured_arrivals": 5000})", {{"latency_mean_s", "s", "", 0, 0}});
        QVERIFY2(wrong.contains("take 5e+07 s") && wrong.contains("--length takes a share of the calls"), qPrintable(wrong));
    }
};

QTEST_GUILESS_MAIN(TestVerifyWords)
#include "tst_verify_words.moc"
