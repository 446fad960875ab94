// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"

#include <QObject>
#include <QTest>

#include <cmath>
#include <functional>
#include <vector>

using namespace halfopen;
using std::chrono::milliseconds;

/// The engine against closed forms of queueing theory. Every check runs ten independent replications and allows four
/// standard errors of their mean: a right engine fails one such check in about 2000 seeds, and the seeds are fixed.
class TestQueueingTheory : public QObject {
    Q_OBJECT
private slots:
    void meanWaitAndSojournMatchErlangC_data();
    void meanWaitAndSojournMatchErlangC();
    void meanWaitOfConstantServiceMatchesPollaczekKhinchine();
    void endpointsShareTheWaitOfPollaczekKhinchine_data();
    void endpointsShareTheWaitOfPollaczekKhinchine();
    void lossMatchesErlangB_data();
    void lossMatchesErlangB();
    void lossOfAShortQueueMatchesMM1K();
    void littlesLawHolds();
};

namespace {

constexpr int kReplications = 10;

/// Poisson arrivals at \a ratePerSecond to one service.
std::shared_ptr<Scenario> world(double ratePerSecond, std::int64_t workers, std::int64_t queue, Distribution service,
                                Duration length)
{
    auto s = std::make_shared<Scenario>();
    s->name = "queue";
    s->duration = length;
    ServiceSpec spec;
    spec.name = "server";
    spec.workers = workers;
    spec.queue = queue;
    spec.serviceTime = std::move(service);
    s->services.push_back(spec);
    ClientSpec client;
    client.name = "source";
    client.arrivals.points = {{Duration(0), ratePerSecond}};
    client.calls = {{"server", ""}};
    s->clients.push_back(client);
    return s;
}

struct Estimate {
    double mean = 0;
    double standardError = 0;
};

using Measure = std::function<double(const RunRecord &)>;

std::vector<Estimate> replicate(const std::shared_ptr<Scenario> &scenario, const std::vector<Measure> &measures)
{
    std::vector<double> sums(measures.size());
    std::vector<double> squares(measures.size());
    for (int i = 0; i < kReplications; ++i) {
        RunOptions options;
        options.seed = 1000 + static_cast<std::uint64_t>(i);
        options.bucketsTarget = 100;
        Simulation sim(scenario, options);
        sim.runToEnd();
        const RunRecord record = sim.snapshot();
        for (std::size_t m = 0; m < measures.size(); ++m) {
            const double value = measures[m](record);
            sums[m] += value;
            squares[m] += value * value;
        }
    }
    std::vector<Estimate> estimates;
    for (std::size_t m = 0; m < measures.size(); ++m) {
        const double mean = sums[m] / kReplications;
        const double variance = (squares[m] - kReplications * mean * mean) / (kReplications - 1);
        estimates.push_back({mean, std::sqrt(std::max(variance, 0.0) / kReplications)});
    }
    return estimates;
}

Estimate replicate(const std::shared_ptr<Scenario> &scenario, const Measure &measure)
{
    return replicate(scenario, std::vector<Measure>{measure}).front();
}

void compare(const Estimate &got, double expected)
{
    QVERIFY2(std::abs(got.mean - expected) <= 4 * got.standardError,
             qPrintable(QStringLiteral("got %1 +- %2, expected %3").arg(got.mean).arg(got.standardError).arg(expected)));
    // The estimate must be sharp enough to mean something.
    QVERIFY(got.standardError < 0.05 * expected);
}

/// Probability that all c servers are busy and an arrival is lost; a = offered load in erlang.
double erlangB(int c, double a)
{
    double b = 1;
    for (int k = 1; k <= c; ++k)
        b = a * b / (k + a * b);
    return b;
}

/// Probability that an arrival waits in M/M/c.
double erlangC(int c, double a)
{
    const double b = erlangB(c, a);
    const double rho = a / c;
    return b / (1 - rho * (1 - b));
}

} // namespace

void TestQueueingTheory::meanWaitAndSojournMatchErlangC_data()
{
    QTest::addColumn<int>("workers");
    QTest::addColumn<double>("utilisation");
    QTest::newRow("M/M/1 at 50 %") << 1 << 0.5;
    QTest::newRow("M/M/1 at 80 %") << 1 << 0.8;
    QTest::newRow("M/M/4 at 70 %") << 4 << 0.7;
    QTest::newRow("M/M/16 at 90 %") << 16 << 0.9;
}

void TestQueueingTheory::meanWaitAndSojournMatchErlangC()
{
    QFETCH(int, workers);
    QFETCH(double, utilisation);
    const double serviceSeconds = 0.01;
    const double rate = utilisation * workers / serviceSeconds;
    const auto length = Duration(static_cast<std::int64_t>(200'000 / rate * 1e9));
    const auto scenario = world(rate, workers, 1'000'000, Distribution::exponential(milliseconds(10)), length);
    const double wait = erlangC(workers, utilisation * workers) * serviceSeconds / (workers * (1 - utilisation));
    compare(replicate(scenario, [](const RunRecord &r) { return r.serviceTotals[0].wait.meanNs() * 1e-9; }), wait);
    compare(replicate(scenario, [](const RunRecord &r) { return r.edgeTotals[0].latency().meanNs() * 1e-9; }),
            wait + serviceSeconds);
    compare(replicate(scenario, [&](const RunRecord &r) {
                return static_cast<double>(r.serviceTotals[0].busyNs) / (static_cast<double>(r.now.ns()) * workers);
            }), utilisation);
}

void TestQueueingTheory::meanWaitOfConstantServiceMatchesPollaczekKhinchine()
{
    // M/D/1: W_q = rho * s / (2 (1 - rho))
    const auto scenario = world(70, 1, 1'000'000, Distribution::constant(milliseconds(10)), std::chrono::seconds(3000));
    compare(replicate(scenario, [](const RunRecord &r) { return r.serviceTotals[0].wait.meanNs() * 1e-9; }),
            0.7 * 0.01 / (2 * 0.3));
}

void TestQueueingTheory::endpointsShareTheWaitOfPollaczekKhinchine_data()
{
    QTest::addColumn<bool>("named");
    QTest::newRow("drawn by weight") << false;
    QTest::newRow("named by two clients") << true;
}

// M/G/1: W_q = lambda E[S^2] / (2 (1 - rho)), the same for whoever comes. Nine of ten requests take 2 ms on average, one takes
// 20 ms, both exponential, so that E[S] = 3.8 ms and E[S^2] = 0.9 * 2 * 2^2 + 0.1 * 2 * 20^2 = 87.2 ms^2.
void TestQueueingTheory::endpointsShareTheWaitOfPollaczekKhinchine()
{
    QFETCH(bool, named);
    constexpr double kRho = 0.6;
    constexpr double kRate = kRho / 0.0038;
    const auto scenario = world(kRate, 1, 1'000'000, Distribution::constant(milliseconds(1)), std::chrono::seconds(1500));
    const auto endpoint = [](const char *name, double weight, int ms) {
        return EndpointSpec{.name = name, .weight = weight, .serviceTime = Distribution::exponential(milliseconds(ms)), .serviceTimeText = {}};
    };
    scenario->services[0].endpoints = {endpoint("fast", 9, 2), endpoint("slow", 1, 20)};
    if (named) {
        scenario->clients.push_back(scenario->clients[0]);
        scenario->clients[1].name = "reports";
        scenario->clients[0].arrivals.points[0].perSecond = 0.9 * kRate;
        scenario->clients[1].arrivals.points[0].perSecond = 0.1 * kRate;
        scenario->clients[0].calls[0].endpoint = "fast";
        scenario->clients[1].calls[0].endpoint = "slow";
    }
    const double wait = kRate * 87.2e-6 / (2 * (1 - kRho));
    const std::vector<Estimate> got =
        replicate(scenario, {[](const RunRecord &r) { return r.endpointTotals[0].wait.meanNs() * 1e-9; },
                             [](const RunRecord &r) { return r.endpointTotals[1].wait.meanNs() * 1e-9; },
                             [](const RunRecord &r) { return r.endpointTotals[0].latency.meanNs() * 1e-9; },
                             [](const RunRecord &r) { return r.endpointTotals[1].latency.meanNs() * 1e-9; },
                             [](const RunRecord &r) { return static_cast<double>(r.endpointTotals[1].arrivals) / r.now.seconds(); }});
    compare(got[0], wait);
    compare(got[1], wait);
    compare(got[2], wait + 0.002);
    compare(got[3], wait + 0.020);
    compare(got[4], 0.1 * kRate);
}

void TestQueueingTheory::lossMatchesErlangB_data()
{
    QTest::addColumn<bool>("constantService");
    QTest::newRow("M/M/c/c") << false;
    QTest::newRow("M/D/c/c: the loss does not depend on the distribution") << true;
}

void TestQueueingTheory::lossMatchesErlangB()
{
    QFETCH(bool, constantService);
    const auto scenario =
        world(800, 10, 0, constantService ? Distribution::constant(milliseconds(10)) : Distribution::exponential(milliseconds(10)),
              std::chrono::seconds(200));
    compare(replicate(scenario, [](const RunRecord &r) {
                return static_cast<double>(r.serviceTotals[0].rejected) / static_cast<double>(r.serviceTotals[0].arrivals);
            }), erlangB(10, 8));
}

void TestQueueingTheory::lossOfAShortQueueMatchesMM1K()
{
    // K = 1 worker + 4 places: P_K = (1 - rho) rho^K / (1 - rho^(K+1))
    const double rho = 0.9;
    const auto scenario = world(90, 1, 4, Distribution::exponential(milliseconds(10)), std::chrono::seconds(2000));
    compare(replicate(scenario, [](const RunRecord &r) {
                return static_cast<double>(r.serviceTotals[0].rejected) / static_cast<double>(r.serviceTotals[0].arrivals);
            }), (1 - rho) * std::pow(rho, 5) / (1 - std::pow(rho, 6)));
}

void TestQueueingTheory::littlesLawHolds()
{
    // L = lambda W for the queue, exactly but for what still waits at the end.
    const auto scenario = world(90, 1, 100, Distribution::exponential(milliseconds(10)), std::chrono::seconds(500));
    Simulation sim(scenario);
    sim.runToEnd();
    const ServiceTotals t = sim.snapshot().serviceTotals[0];
    const double waitedNs = t.wait.meanNs() * static_cast<double>(t.started);
    QVERIFY(std::abs(waitedNs - static_cast<double>(t.queuedNs)) <= 2e9 * 100 * 1e-3 * static_cast<double>(t.queueMax));
    QVERIFY(std::abs(waitedNs / static_cast<double>(t.queuedNs) - 1) < 0.005);
}

QTEST_GUILESS_MAIN(TestQueueingTheory)
#include "tst_queueing_theory.moc"
