// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantile_fit.h"
#include "core/base/random.h"
#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QTest>

#include <cmath>

using namespace halfopen;
using namespace std::chrono_literals;

/// Fits against distributions whose percentiles are known, and against least squares by hand.
class TestQuantileFit : public QObject {
    Q_OBJECT
private slots:
    void threePercentilesGiveTheLeastSquaresLine();
    void findsTheFamilyThatThePercentilesComeFrom_data();
    void findsTheFamilyThatThePercentilesComeFrom();
    void twoHumpsNeedTheMixture();
    void theTextGivesTheSameDistribution();
    void measuredTimesGiveTheirPercentiles();
    void refusesWhatCannotBeFitted_data();
    void refusesWhatCannotBeFitted();
    void aScenarioSaysHowFarItIsOff();
    void aScenarioRefusesAHalfFit_data();
    void aScenarioRefusesAHalfFit();
};

namespace {

Duration ms(double value)
{
    return Duration(static_cast<std::int64_t>(value * 1e6 + 0.5));
}

QuantileFit fitted(std::vector<QuantilePoint> points)
{
    const Result<QuantileFit> fit = fitQuantiles(std::move(points));
    if (!fit)
        qFatal("%s", fit.error().message.c_str());
    return *fit;
}

const FittedFamily &familyOf(const QuantileFit &fit, const std::string &name)
{
    for (const FittedFamily &family : fit.families)
        if (family.family == name)
            return family;
    qFatal("no such family");
}

LoadResult load(const std::string &time)
{
    return loadScenarioText("halfopen: 1\nservices: { db: { service_time: " + time + " } }\n"
                            "clients: { web: { arrivals: { poisson: 1/s }, calls: [ db ] } }\n", "s.yaml", standardVocabulary());
}

} // namespace

void TestQuantileFit::threePercentilesGiveTheLeastSquaresLine()
{
    // ln 12, ln 40, ln 120 ms over z = 0, 1.644854, 2.326348: by hand sigma = 0.94218, median = 11.0958 ms.
    const QuantileFit fit = fitted({{0.99, 120ms}, {0.5, 12ms}, {0.95, 40ms}});
    const FittedFamily &lognormal = familyOf(fit, "lognormal");
    QCOMPARE(QString::fromStdString(lognormal.yaml), QString("{ lognormal: { median: 11.1ms, sigma: 0.9422 } }"));
    // The three points are off by -7.5 %, +30.7 % and -17.2 %: in logarithms 0.1944 on average.
    QVERIFY(std::abs(lognormal.misfit - 0.1944) < 0.001);
}

void TestQuantileFit::findsTheFamilyThatThePercentilesComeFrom_data()
{
    QTest::addColumn<QString>("family");
    QTest::addColumn<QList<double>>("shares");
    QTest::addColumn<QList<double>>("times");
    QTest::addColumn<QString>("yaml");
    // Erlang of 2 stages with mean 20: 1.678347, 4.743865 and 6.638352 stages of 10 (chi-square tables, 4 degrees, halved).
    QTest::newRow("gamma") << "gamma" << QList<double>{0.5, 0.95, 0.99} << QList<double>{16.78347, 47.43865, 66.38352}
                           << "{ gamma: { shape: 2, mean: 20ms } }";
    // 10 (-ln(1 - p))^(1 / 0.7); the mean is 10 Gamma(1 + 1 / 0.7) = 12.658.
    QTest::newRow("weibull") << "weibull" << QList<double>{0.1, 0.5, 0.9, 0.99}
                             << QList<double>{0.401629, 5.923901, 32.919330, 88.612264}
                             << "{ weibull: { shape: 0.7, mean: 12.66ms } }";
    // exp(ln 12 + 0.8 z).
    QTest::newRow("lognormal") << "lognormal" << QList<double>{0.5, 0.9, 0.99} << QList<double>{12, 33.4541, 77.1662}
                               << "{ lognormal: { median: 12ms, sigma: 0.8 } }";
}

void TestQuantileFit::findsTheFamilyThatThePercentilesComeFrom()
{
    QFETCH(QString, family);
    QFETCH(QList<double>, shares);
    QFETCH(QList<double>, times);
    QFETCH(QString, yaml);
    std::vector<QuantilePoint> points;
    for (int i = 0; i < shares.size(); ++i)
        points.push_back({shares[i], ms(times[i])});
    const QuantileFit fit = fitted(points);
    QCOMPARE(QString::fromStdString(fit.best().family), family);
    QCOMPARE(QString::fromStdString(fit.best().yaml), yaml);
    QVERIFY2(fit.best().misfit < 0.001, qPrintable(QString::number(fit.best().misfit)));
    QVERIFY(fit.families[1].misfit > 10 * fit.best().misfit);
}

void TestQuantileFit::twoHumpsNeedTheMixture()
{
    // 90 % around 10 ms, 10 % around 300 ms: between p75 and p95 the times jump.
    const Distribution truth = Distribution::mixture({{0.9, Distribution::lognormalMedianSigma(10ms, 0.3)},
                                                      {0.1, Distribution::lognormalMedianSigma(300ms, 0.4)}});
    std::vector<QuantilePoint> points;
    for (const double p : {0.1, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999})
        points.push_back({p, truth.quantile(p)});
    const QuantileFit fit = fitted(points);
    QCOMPARE(QString::fromStdString(fit.best().family), QString("two lognormals"));
    QVERIFY2(fit.best().misfit < 0.05, qPrintable(QString::number(fit.best().misfit)));
    QVERIFY(fit.families[1].misfit > 0.3);
    // Also where nothing was given.
    QVERIFY(std::abs(fit.best().distribution.cdf(100ms) - 0.9) < 0.02);
}

void TestQuantileFit::theTextGivesTheSameDistribution()
{
    const RandomStream draws(7, "fits");
    for (std::uint64_t i = 0; i < 40; ++i) {
        const double median = 1 + static_cast<double>(draws.draw(i, 0) >> 40) / 1e4;
        const double p95 = median * (1.2 + static_cast<double>(draws.draw(i, 1) >> 56) / 20);
        const double p99 = p95 * (1.05 + static_cast<double>(draws.draw(i, 2) >> 56) / 60);
        const QuantileFit fit = fitted({{0.5, ms(median)}, {0.95, ms(p95)}, {0.99, ms(p99)}});
        for (const FittedFamily &family : fit.families) {
            const LoadResult again = load(family.yaml);
            QVERIFY2(again.ok(), family.yaml.c_str());
            QVERIFY2(again.scenario->services[0].serviceTime == family.distribution, family.yaml.c_str());
        }
    }
}

void TestQuantileFit::measuredTimesGiveTheirPercentiles()
{
    std::vector<Duration> times;
    for (int i = 1; i <= 1000; ++i)
        times.push_back(std::chrono::milliseconds(1001 - i));
    const auto points = percentilesOf(times);
    QVERIFY(points.has_value());
    QCOMPARE(points->size(), std::size_t(7)); // p99.9 needs ten times as many
    QCOMPARE(points->front().value, Duration(100ms));
    QCOMPARE(points->back().probability, 0.99);
    QCOMPARE(points->back().value, Duration(990ms));
    QVERIFY(!percentilesOf({1ms, 2ms}).has_value());
    QVERIFY(!percentilesOf(std::vector<Duration>(100, 5ms)).has_value());
}

void TestQuantileFit::refusesWhatCannotBeFitted_data()
{
    QTest::addColumn<QList<double>>("shares");
    QTest::addColumn<QList<double>>("times");
    QTest::addColumn<QString>("message");
    QTest::newRow("one point") << QList<double>{0.5} << QList<double>{1} << "at least two";
    QTest::newRow("falling") << QList<double>{0.5, 0.9} << QList<double>{3, 2} << "'p90' is not longer than 'p50'";
    QTest::newRow("twice") << QList<double>{0.5, 0.5} << QList<double>{3, 4} << "'p50' is given twice";
    QTest::newRow("certain") << QList<double>{0.5, 1} << QList<double>{3, 4} << "'p100' is not between";
    QTest::newRow("no time") << QList<double>{0.5, 0.9} << QList<double>{0, 4} << "'p50' is not longer than 0s";
}

void TestQuantileFit::refusesWhatCannotBeFitted()
{
    QFETCH(QList<double>, shares);
    QFETCH(QList<double>, times);
    QFETCH(QString, message);
    std::vector<QuantilePoint> points;
    for (int i = 0; i < shares.size(); ++i)
        points.push_back({shares[i], ms(times[i])});
    const Result<QuantileFit> fit = fitQuantiles(points);
    QVERIFY(!fit);
    QVERIFY2(QString::fromStdString(fit.error().message).contains(message), fit.error().message.c_str());
}

void TestQuantileFit::aScenarioSaysHowFarItIsOff()
{
    const LoadResult result = load("{ fit: { p50: 12ms, p95: 40ms, p99: 120ms } }");
    QVERIFY(result.ok());
    QCOMPARE(result.scenario->notes.size(), std::size_t(1));
    const QString note = QString::fromStdString(result.scenario->notes[0]);
    QVERIFY2(note.startsWith("fitted service time of db: { lognormal: ") && note.contains(" at p50, ") && note.endsWith(" at p99"),
             qPrintable(note));
    QVERIFY(result.scenario->services[0].serviceTime == fitted({{0.5, 12ms}, {0.95, 40ms}, {0.99, 120ms}}).best().distribution);
}

void TestQuantileFit::aScenarioRefusesAHalfFit_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("message");
    QTest::newRow("one percentile") << "{ fit: { p50: 12ms } }" << "'fit' needs at least two percentiles";
    QTest::newRow("both") << "{ fit: { p50: 12ms, p99: 20ms, trace: a.jsonl } }" << "not both";
    QTest::newRow("falling") << "{ fit: { p50: 12ms, p99: 2ms } }" << "the times of a fit must rise";
    QTest::newRow("no file") << "{ fit: { trace: nowhere.jsonl } }" << "nowhere.jsonl";
    QTest::newRow("unknown percentile") << "{ fit: { p50: 12ms, p98: 20ms } }" << "unknown key 'p98'";
}

void TestQuantileFit::aScenarioRefusesAHalfFit()
{
    QFETCH(QString, time);
    QFETCH(QString, message);
    const LoadResult result = load(time.toStdString());
    QVERIFY(!result.ok());
    QCOMPARE(result.diagnostics.size(), std::size_t(1));
    QVERIFY2(QString::fromStdString(result.diagnostics.front().message).contains(message),
             result.diagnostics.front().message.c_str());
}

QTEST_GUILESS_MAIN(TestQuantileFit)
#include "tst_quantile_fit.moc"
