// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/comparison.h"
#include "simulators/study/best_point.h"
#include "simulators/study/measured.h"
#include "simulators/study/ranges.h"

#include <QObject>
#include <QTest>
#include <limits>
#include <string>

using namespace halfopen;
using Values = std::vector<std::vector<double>>;

class TestBestPoint : public QObject {
    Q_OBJECT
private slots:
    /// What is better is one rule: of a metric, and of the figure of comparisons that is the same. Trips are no merit and no fault.
    void whatIsBetterIsTheSameEverywhere()
    {
        int both = 0;
        for (const report::ComparedFigure &figure : report::comparedFigures()) {
            std::string key = figure.key;
            if (key.ends_with("_s"))
                key.resize(key.size() - 2);
            const Metric *metric = findMetric(key);
            const report::ComparedFigure *study = findStudyFigure(key);
            QVERIFY2(metric || study, figure.key);
            QVERIFY2(betterOf(figure) == betterOf(Measured{key, metric, {}, study}), figure.key);
            ++both;
        }
        QCOMPARE(both, 8);
        const auto better = [](const char *key) { return betterOf(Measured{key, findMetric(key), {}, nullptr}); };
        QCOMPARE(better("goodput"), Better::More);
        for (const char *key : {"p50", "p99", "amplification", "failed", "wasted"})
            QVERIFY2(better(key) == Better::Less, key);
        for (const char *key : {"trips", "breakers_tripped", "first_trip", "time_open", "retries", "attempts", "offered", "fallback"})
            QVERIFY2(better(key) == Better::None, key);
    }

    void theBestIsToldWithThoseThatMayBeAsGood()
    {
        // Against the second, the first is 1 worse with every seed. The third is 1.5, 0.6 and 0.9 worse: a mean of 1 with a standard
        // deviation of 0.458; t(2) = 4.303 makes an interval of 1 +- 1.14, which holds 0.
        const Values values = {{10, 20, 30}, {11, 21, 31}, {9.5, 20.4, 30.1}};
        const std::optional<BestPoint> more = bestPoint(values, Better::More);
        QVERIFY(more && more->isNoiseKnown);
        QCOMPARE(more->point, std::size_t(1));
        QCOMPARE(more->asGood, std::size_t(1));
        const std::optional<BestPoint> less = bestPoint(values, Better::Less);
        QCOMPARE(less->point, std::size_t(0)); // the means of the first and third are equal: the first of them
        QCOMPARE(less->asGood, std::size_t(1));
        QVERIFY(!bestPoint(values, Better::None));
    }

    void oneSeedKnowsNoNoise()
    {
        const std::optional<BestPoint> best = bestPoint(Values{{3}, {3}, {2.9}}, Better::More);
        QVERIFY(best && !best->isNoiseKnown);
        QCOMPARE(best->point, std::size_t(0));
        QCOMPARE(best->asGood, std::size_t(1)); // exactly as good
    }

    void whatWasNotMeasuredIsNeither()
    {
        constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(!bestPoint(Values{{kNothing}, {kNothing}}, Better::More));
        const std::optional<BestPoint> best = bestPoint(Values{{kNothing, kNothing}, {1, 2}, {1, kNothing}}, Better::Less);
        QCOMPARE(best->point, std::size_t(1)); // measured with both seeds, though 1 is less than 1.5
        QCOMPARE(best->asGood, std::size_t(1)); // the pair that there is does not differ
        QVERIFY(best->isNoiseKnown);
    }

    void whatIsMeasuredWithMoreSeedsIsBetter()
    {
        constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
        // Times to recover: the first recovers with one seed of three, at once; the others always, after a while.
        const Values values = {{kNothing, 0.1, kNothing}, {9, 10, 11}, {5, 5.5, 6}};
        QCOMPARE(bestPoint(values, Better::Less)->point, std::size_t(2));
        QVERIFY(bestPoint(values, Better::Less)->isNoiseKnown);
        QCOMPARE(bestPoint(values, Better::More)->point, std::size_t(1));
        // That one recovers and the other never does is a difference.
        const std::optional<BestPoint> only = bestPoint(Values{{kNothing, kNothing}, {3, kNothing}}, Better::Less);
        QVERIFY(only && only->point == 1 && only->asGood == 0 && !only->isNoiseKnown);
    }

    void nothingIsBestWhereNothingIsWorse()
    {
        QVERIFY(!bestPoint(Values{{3, 4}}, Better::More));
        QVERIFY(!bestPoint(Values{{3}, {3}, {3}}, Better::Less));
        QVERIFY(!bestPoint(Values{}, Better::Less));
        QVERIFY(bestPoint(Values{{3}, {3}, {3.5}}, Better::Less));
    }

    void valuesInEqualRatiosAreReadable()
    {
        // 2^(1/3) = 1.25992, 2^(2/3) = 1.58740.
        QCOMPARE(*parseValues("1s..2s/log4", 5), (std::vector<std::string>{"1s", "1.26s", "1.59s", "2s"}));
        QCOMPARE(*parseValues("123456us..987654us/log3", 5), (std::vector<std::string>{"123.456ms", "349ms", "987.654ms"}));
        QCOMPARE(*parseValues("0s..1s/4", 5), (std::vector<std::string>{"0s", "333.333ms", "666.667ms", "1s"}));
    }
};

QTEST_GUILESS_MAIN(TestBestPoint)
#include "tst_best_point.moc"
