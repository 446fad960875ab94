// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Expected values are closed forms computed with the long double functions of libm, which the code
// under test does not use.
#include "core/base/distributions.h"
#include "core/base/random.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

using Real = long double;
/// P(X <= ns) and P(X > ns), each without loss where it is small.
struct Tails {
    std::function<Real(Real)> lower;
    std::function<Real(Real)> upper;
};

struct Case {
    const char *name;
    Distribution distribution;
    Tails exact;
    Real mean; ///< ns
};

constexpr Real kMs = 1e6L;
const Real kRootTwo = std::sqrt(2.0L);
const Real kZ99 = 2.326347874040841100886L; // normal quantile of 0.99, published tables

Tails lognormalTails(Real median, Real sigma)
{
    return {[=](Real x) { return 0.5L * std::erfc(-std::log(x / median) / sigma / kRootTwo); },
            [=](Real x) { return 0.5L * std::erfc(std::log(x / median) / sigma / kRootTwo); }};
}

/// Erlang: P(X > x) is the chance of fewer than k events of a Poisson process.
Tails erlangTails(int stages, Real mean)
{
    // The terms fall off on both sides of the mean, so each sum starts at its largest.
    const auto sum = [=](Real x, bool upwards) {
        const Real y = x / mean * stages;
        const int first = upwards ? stages : stages - 1;
        Real term = std::exp(first * std::log(y) - y - std::lgamma(first + 1.0L));
        Real total = 0.0L;
        for (int i = first; i >= 0 && i < first + 10'000 && term > total * 1e-22L;
             i += upwards ? 1 : -1) {
            total += term;
            term *= upwards ? y / (i + 1) : i / y;
        }
        return total;
    };
    // On the far side of the mean the terms first grow: there the other tail is the small one.
    return {[=](Real x) { return x <= 0     ? 0.0L
                                 : x < mean ? sum(x, true)
                                            : 1 - sum(x, false); },
            [=](Real x) { return x <= 0     ? 1.0L
                                 : x < mean ? 1 - sum(x, true)
                                            : sum(x, false); }};
}

/// Gamma of shape 1/2 is the square of a normal.
Tails halfGammaTails(Real mean)
{
    return {[=](Real x) { return std::erf(std::sqrt(std::max(0.0L, x) / mean / 2.0L)); },
            [=](Real x) { return std::erfc(std::sqrt(std::max(0.0L, x) / mean / 2.0L)); }};
}

Tails weibullTails(Real shape, Real mean)
{
    const Real scale = mean / std::tgamma(1.0L + 1.0L / shape);
    const auto power = [=](Real x) { return std::pow(std::max(0.0L, x) / scale, shape); };
    return {[=](Real x) { return -std::expm1(-power(x)); },
            [=](Real x) { return std::exp(-power(x)); }};
}

Tails paretoTails(Real alpha, Real least, Real greatest)
{
    const Real cut = std::pow(least / greatest, alpha); // 0 for an unbounded one
    const auto upper = [=](Real x) { return x <= least ? 1.0L : std::pow(least / x, alpha); };
    return {[=](Real x) {
                return x <= least ? 0.0L : -std::expm1(alpha * std::log(least / x)) / (1.0L - cut);
            },
            [=](Real x) { return std::max(0.0L, (upper(x) - cut) / (1.0L - cut)); }};
}

Tails uniformTails(Real lo, Real hi)
{
    return {[=](Real x) { return std::clamp((x - lo) / (hi - lo), 0.0L, 1.0L); },
            [=](Real x) { return std::clamp((hi - x) / (hi - lo), 0.0L, 1.0L); }};
}

const std::vector<Case> &continuousCases()
{
    const Real infinity = std::numeric_limits<Real>::infinity();
    const Real sigma = std::log(5.0L) / kZ99;
    const Real cvSigma = std::sqrt(std::log(5.0L)); // cv = 2
    static const std::vector<Case> cases{
        {"exponential", Distribution::exponential(10ms), erlangTails(1, 10 * kMs), 10 * kMs},
        {"uniform", Distribution::uniform(2ms, 7ms), uniformTails(2 * kMs, 7 * kMs), 4.5L * kMs},
        {"lognormal p50 p99", Distribution::lognormal(12ms, 60ms), lognormalTails(12 * kMs, sigma),
         12 * kMs * std::exp(sigma * sigma / 2)},
        {"lognormal mean cv", Distribution::lognormalMeanCv(12ms, 2.0),
         lognormalTails(12 * kMs / std::sqrt(5.0L), cvSigma), 12 * kMs},
        {"lognormal sigma", Distribution::lognormalMedianSigma(5ms, 1.5),
         lognormalTails(5 * kMs, 1.5L), 5 * kMs * std::exp(1.125L)},
        {"gamma 1/2", Distribution::gamma(0.5, 10ms), halfGammaTails(10 * kMs), 10 * kMs},
        {"erlang 2", Distribution::gamma(2.0, 10ms), erlangTails(2, 10 * kMs), 10 * kMs},
        {"erlang 30", Distribution::gamma(30.0, 10ms), erlangTails(30, 10 * kMs), 10 * kMs},
        {"erlang 1000", Distribution::gamma(1000.0, 10ms), erlangTails(1000, 10 * kMs), 10 * kMs},
        {"weibull 1/2", Distribution::weibull(0.5, 10ms), weibullTails(0.5L, 10 * kMs), 10 * kMs},
        {"weibull 3", Distribution::weibull(3.0, 10ms), weibullTails(3.0L, 10 * kMs), 10 * kMs},
        {"pareto 2.5", Distribution::pareto(2.5, 10ms), paretoTails(2.5L, 10 * kMs, infinity),
         10 * kMs * 2.5L / 1.5L},
        {"pareto 1.2 up to 1 s", Distribution::pareto(1.2, 10ms, 1s),
         paretoTails(1.2L, 10 * kMs, 1000 * kMs),
         10 * kMs * (1.2L / 0.2L) * (1 - std::pow(0.01L, 0.2L)) / (1 - std::pow(0.01L, 1.2L))},
        {"microseconds", Distribution::lognormal(12us, 60us), lognormalTails(12e3L, sigma),
         12e3L * std::exp(sigma * sigma / 2)},
    };
    return cases;
}

void addCases()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < continuousCases().size(); ++i)
        QTest::newRow(continuousCases()[i].name) << static_cast<int>(i);
}

const Case &caseOf(int number)
{
    return continuousCases()[static_cast<std::size_t>(number)];
}

std::uint64_t bitsAt(Real u)
{
    return static_cast<std::uint64_t>(u * 0x1p64L);
}

/// One of each kind, for the properties that all must have.
std::vector<Distribution> everyKind()
{
    std::vector<Distribution> all{
        Distribution(),
        Distribution::constant(3ms),
        Distribution::empirical({5ms, 1ms, 9ms, 1ms}),
        Distribution::quantiles({{0.5, 12ms}, {0.95, 40ms}, {0.99, 200ms}}),
        Distribution::quantiles({{0.0, 1ms}, {0.5, 2ms}, {0.9, 2ms}, {0.999, 1s}, {1.0, 3s}}),
        Distribution::gamma(0.01, 1ms),
        Distribution::weibull(0.1, 10ms),
        Distribution::pareto(0.1, 1ms),
        Distribution::exponential(Duration(kMaxSampleNs)),
        Distribution::exponential(0ms),
        Distribution::lognormalMedianSigma(1ns, 20.0),
        Distribution::lognormalMeanCv(10ms, 100.0),
    };
    for (const Case &c : continuousCases())
        all.push_back(c.distribution);
    return all;
}

} // namespace

class TestDistributions : public QObject {
    Q_OBJECT
private slots:
    void logIsWithinTheBoundOfItsChords();
    void logNeverRunsBackwards();
    void exponentialIsTheLogTimesTheMean();
    void quantilesAreRightFarIntoBothTails_data() { addCases(); }
    void quantilesAreRightFarIntoBothTails();
    void samplesFollowTheDistribution_data() { addCases(); }
    void samplesFollowTheDistribution();
    void meansFollowTheFormula_data() { addCases(); }
    void meansFollowTheFormula();
    void cdfInvertsTheQuantile_data() { addCases(); }
    void cdfInvertsTheQuantile();
    void moreBitsNeverGiveLess();
    void samplesStayInRange();
    void heavyTailsSaturate();
    void lognormalMeetsBothPercentiles();
    void quantilesMeetEveryGivenPoint();
    void quantilesArePiecesOfLognormals();
    void quantilesRespectHardLimits();
    void empiricalGivesEachSampleEqually();
    void mixtureGivesEachBranchItsShare();
    void mixtureOfConstantsGivesNothingBetween();
    void branchesOfAMixtureKeepTheirOwnShape();
    void weightsMayBeTiny();
    void hyperexponentialHasTheGivenCv();
    void shapeOneIsTheExponential();
    void degenerateParametersGiveAConstant();
    void equalParametersGiveEqualDistributions();
    void describesItself();
};

void TestDistributions::logIsWithinTheBoundOfItsChords()
{
    const RandomStream stream(1, "log");
    Real worst = 0.0L;
    const auto check = [&](std::uint64_t bits) {
        const Real exact = -std::log(static_cast<Real>(bits | 1) * 0x1p-64L);
        worst =
            std::max(worst, std::fabs(static_cast<Real>(negativeLogQ58(bits)) * 0x1p-58L - exact));
    };
    for (std::uint64_t i = 0; i < 300'000; ++i)
        check(stream.draw(i, 0) >> (i % 8 == 0 ? i % 60 : 0));
    for (int shift = 0; shift < 50; ++shift)
        for (std::uint64_t edge = 256; edge < 512; ++edge) {
            check((edge << 55) >> shift);
            check(((edge << 55) - 1) >> shift);
        }
    for (int shift = 0; shift < 50; ++shift) // the middles of the cells are where a chord is farthest off
        for (std::uint64_t cell = 1024; cell < 2048; ++cell)
            check(((cell << 53) + (1ull << 52)) >> shift);
    // A chord over a cell of width h is off by at most h^2/8 times the largest second derivative: h = 2^-11, and 4 at 1/2.
    QVERIFY2(worst < 0x1p-23L, qPrintable(QString::number(static_cast<double>(std::log2(worst)))));
    QVERIFY(worst > 0x1p-23L * 0.99L); // the bound is not idle
}

void TestDistributions::logNeverRunsBackwards()
{
    const RandomStream stream(2, "log");
    for (std::uint64_t i = 0; i < 300'000; ++i) {
        const std::uint64_t bits = stream.draw(i, 0) >> (i % 50);
        const std::uint64_t step = (stream.draw(i, 1) >> (i % 64)) | 2;
        if (bits + step > bits)
            QVERIFY(negativeLogQ58(bits + step) <= negativeLogQ58(bits));
    }
    for (int shift = 0; shift < 50; ++shift)
        for (std::uint64_t edge = 1024; edge <= 2047; ++edge) {
            const std::uint64_t seam = (edge << 53) >> shift;
            for (int i = -3; i <= 3; ++i)
                QVERIFY(negativeLogQ58(seam + static_cast<std::uint64_t>(i) + 1) <=
                        negativeLogQ58(seam + static_cast<std::uint64_t>(i)));
        }
    QCOMPARE(negativeLogQ58(~0ull) >> 10, 0u);
}

void TestDistributions::exponentialIsTheLogTimesTheMean()
{
    const RandomStream stream(3, "log");
    for (const std::int64_t mean : {1ll, 1000ll, 10'000'000ll, 3'600'000'000'000ll})
        for (std::uint64_t i = 0; i < 20'000; ++i) {
            const std::uint64_t bits = stream.draw(i, 0);
            const Real exact = -std::log((static_cast<Real>(~bits | 1)) * 0x1p-64L) * mean;
            const auto got = static_cast<Real>(exponentialNs(bits, mean));
            QVERIFY(std::fabs(got - exact) <= 0.5L + mean * 0x1p-23L);
        }
    QCOMPARE(exponentialNs(0, 10'000'000), 0);
    QCOMPARE(exponentialNs(~0ull, kMaxSampleNs), kMaxSampleNs);
}

void TestDistributions::quantilesAreRightFarIntoBothTails()
{
    QFETCH(int, number);
    const Case &c = caseOf(number);
    // The sample at u must lie between the exact quantiles of a hair less and a hair more.
    const Real relative = 1.2e-4L;
    for (Real w = 0.5L; w > 1e-12L; w *= 0.817L) {
        const auto high = static_cast<Real>(c.distribution.sample(~bitsAt(w)).count());
        QVERIFY2(c.exact.upper(high * (1 + relative) + 1) <= w &&
                     c.exact.upper(high * (1 - relative) - 1) >= w,
                 qPrintable(QString("upper tail %1").arg(static_cast<double>(w))));
        const auto low = static_cast<Real>(c.distribution.sample(bitsAt(w)).count());
        QVERIFY2(c.exact.lower(low * (1 + relative) + 1) >= w &&
                     (low < 2 || c.exact.lower(low * (1 - relative) - 1) <= w),
                 qPrintable(QString("lower tail %1").arg(static_cast<double>(w))));
    }
}

void TestDistributions::samplesFollowTheDistribution()
{
    QFETCH(int, number);
    const Case &c = caseOf(number);
    // Kolmogorov and Smirnov: sqrt(n) D is above 1.95 once in a thousand times.
    constexpr int kSamples = 50'000;
    const RandomStream stream(4, c.name);
    std::vector<std::int64_t> samples(kSamples);
    for (int i = 0; i < kSamples; ++i)
        samples[static_cast<std::size_t>(i)] =
            c.distribution.sample(stream.draw(static_cast<std::uint64_t>(i), 0)).count();
    std::sort(samples.begin(), samples.end());
    Real worst = 0.0L;
    for (int i = 0; i < kSamples; i += 7) {
        const auto x = static_cast<Real>(samples[static_cast<std::size_t>(i)]);
        const Real u = x > c.mean ? 1.0L - c.exact.upper(x) : c.exact.lower(x);
        worst = std::max(worst, std::fabs(u - (i + 0.5L) / kSamples));
    }
    const double statistic = static_cast<double>(worst) * std::sqrt(kSamples);
    QVERIFY2(statistic < 1.95, qPrintable(QString::number(statistic)));
}

void TestDistributions::meansFollowTheFormula()
{
    QFETCH(int, number);
    const Case &c = caseOf(number);
    const auto mean = static_cast<Real>(c.distribution.mean().count());
    QVERIFY2(std::fabs(mean - c.mean) <= 1.0L + 5e-5L * c.mean,
             qPrintable(QString("%1 %2").arg(static_cast<double>(mean)).arg(double(c.mean))));
    // And mean() is the mean of what sample() gives: a midpoint sum over many strata.
    constexpr std::uint64_t kStrata = 200'000;
    Real sum = 0.0L;
    for (std::uint64_t i = 0; i < kStrata; ++i)
        sum +=
            static_cast<Real>(c.distribution.sample((2 * i + 1) * (~0ull / (2 * kStrata))).count());
    QVERIFY(std::fabs(sum / kStrata - mean) <= 1.0L + 1e-3L * mean);
}

void TestDistributions::cdfInvertsTheQuantile()
{
    QFETCH(int, number);
    const Distribution &d = caseOf(number).distribution;
    for (const double q : {0.001, 0.1, 0.5, 0.9, 0.99, 0.9999}) {
        const Duration x = d.quantile(q);
        QVERIFY(d.cdf(x) >= q);
        QVERIFY(d.cdf(x - 1ns) <= q);
    }
    QCOMPARE(d.cdf(d.quantile(1.0)), 1.0);
    QCOMPARE(d.cdf(-1ns), 0.0);
}

void TestDistributions::moreBitsNeverGiveLess()
{
    const RandomStream stream(5, "bits");
    std::vector<std::uint64_t> bits{0, 1, ~0ull, ~0ull - 1};
    for (int shift = 0; shift < 64; ++shift)
        for (std::uint64_t i = 0; i < 60; ++i) {
            // Neighbours of round numbers, where cells of the tables meet, and random ones, on both
            // sides.
            const std::uint64_t edge = ((64 + i) << 57) >> shift;
            for (const std::uint64_t b : {edge - 1, edge, stream.draw(i, 0) >> shift}) {
                bits.push_back(b);
                bits.push_back(~b);
            }
        }
    std::sort(bits.begin(), bits.end());
    for (const Distribution &d : everyKind()) {
        Duration before{};
        for (const std::uint64_t b : bits) {
            const Duration now = d.sample(b);
            QVERIFY2(now >= before, qPrintable(QString::fromStdString(d.describe())));
            before = now;
        }
    }
}

void TestDistributions::samplesStayInRange()
{
    const RandomStream stream(6, "bits");
    for (const Distribution &d : everyKind())
        for (std::uint64_t i = 0; i < 2'000; ++i)
            for (const std::uint64_t bits :
                 {stream.draw(i, 0) >> (i % 64), ~(stream.draw(i, 1) >> (i % 64))}) {
                const std::int64_t ns = d.sample(bits).count();
                QVERIFY2(ns >= 0 && ns <= kMaxSampleNs,
                         qPrintable(QString::fromStdString(d.describe())));
            }
}

void TestDistributions::heavyTailsSaturate()
{
    QCOMPARE(Distribution::pareto(0.1, 1ms).quantile(1.0), Duration(kMaxSampleNs));
    QCOMPARE(Distribution::exponential(Duration(kMaxSampleNs)).quantile(1.0),
             Duration(kMaxSampleNs));
    QCOMPARE(Distribution::pareto(1.5, 10ms, 1s).quantile(1.0), Duration(1s));
}

void TestDistributions::lognormalMeetsBothPercentiles()
{
    for (const auto &[p50, p99] :
         {std::pair<Duration, Duration>{12ms, 60ms}, {1us, 10s}, {100ms, 101ms}}) {
        const Distribution d = Distribution::lognormal(p50, p99);
        QCOMPARE(d.quantile(0.5), p50);
        QVERIFY(std::abs((d.quantile(0.99) - p99).count()) <= 1);
    }
}

void TestDistributions::quantilesMeetEveryGivenPoint()
{
    const std::vector<std::vector<std::pair<double, Duration>>> cases{
        {{0.5, 12ms}, {0.95, 40ms}, {0.99, 200ms}},
        {{0.1, 1ms}, {0.5, 1ms}, {0.9, 1s}, {0.99, 1s}, {0.999, 2s}},
        {{0.25, 3ms}, {0.5, 4ms}, {0.75, 100ms}, {0.9, 101ms}, {0.99, 10s}, {0.9999, 11s}},
        {{0.001, 7us}, {0.5, 1ms}, {0.999999, 30s}},
        {{0.5, 1ns}, {0.99, 3ns}},
    };
    for (const auto &points : cases) {
        const Distribution d = Distribution::quantiles(points);
        for (const auto &[q, value] : points) {
            const Duration got = d.quantile(q);
            QVERIFY2(std::abs((got - value).count()) <= 1,
                     qPrintable(QString("%1: %2 ns").arg(q).arg(got.count())));
        }
    }
}

void TestDistributions::quantilesArePiecesOfLognormals()
{
    // Two points are the lognormal through them.
    const Distribution two = Distribution::quantiles({{0.5, 12ms}, {0.99, 60ms}});
    const Tails exact = lognormalTails(12 * kMs, std::log(5.0L) / kZ99);
    for (Real w = 0.5L; w > 1e-9L; w *= 0.61L) {
        const auto x = static_cast<Real>(two.sample(~bitsAt(w)).count());
        QVERIFY(exact.upper(x * 1.00012L) <= w && exact.upper(x * 0.99988L) >= w);
    }
    // Three points: the last piece goes on beyond the last point. z of 0.95 is 1.6448536.
    const Distribution three = Distribution::quantiles({{0.5, 10ms}, {0.95, 40ms}, {0.99, 200ms}});
    const Real slope = std::log(5.0L) / (kZ99 - 1.644853626951472714864L);
    const Tails tail = lognormalTails(200 * kMs * std::exp(-slope * kZ99), slope);
    for (Real w = 0.04L; w > 1e-9L; w *= 0.61L) {
        const auto x = static_cast<Real>(three.sample(~bitsAt(w)).count());
        QVERIFY(tail.upper(x * 1.0003L) <= w && tail.upper(x * 0.9997L) >= w);
    }
}

void TestDistributions::quantilesRespectHardLimits()
{
    const Distribution d =
        Distribution::quantiles({{0.0, 1ms}, {0.5, 12ms}, {0.99, 200ms}, {1.0, 1s}});
    QCOMPARE(d.quantile(0.0), Duration(1ms));
    QCOMPARE(d.quantile(1.0), Duration(1s));
    QCOMPARE(d.quantile(0.5), Duration(12ms));
}

void TestDistributions::empiricalGivesEachSampleEqually()
{
    const Distribution d = Distribution::empirical({30ms, 10ms, 20ms, 10ms, 50ms});
    QCOMPARE(d.mean(), Duration(24ms));
    QCOMPARE(d.quantile(0.0), Duration(10ms));
    QCOMPARE(d.quantile(0.39), Duration(10ms));
    QCOMPARE(d.quantile(0.41), Duration(20ms));
    QCOMPARE(d.quantile(0.79), Duration(30ms));
    QCOMPARE(d.quantile(1.0), Duration(50ms));
    QCOMPARE(d, Distribution::empirical({10ms, 10ms, 20ms, 30ms, 50ms}));
    QVERIFY(std::fabs(d.cdf(10ms) - 0.4) < 1e-15);
    QVERIFY(std::fabs(d.cdf(49ms) - 0.8) < 1e-15);
}

void TestDistributions::mixtureGivesEachBranchItsShare()
{
    const Distribution fast = Distribution::exponential(5ms);
    const Distribution slow = Distribution::uniform(100ms, 200ms);
    const Distribution d = Distribution::mixture({{3.0, fast}, {1.0, slow}});
    // The distribution function is the weighted sum of those of the branches.
    for (const Duration x : {Duration(1ms), Duration(5ms), Duration(30ms), Duration(150ms)}) {
        const auto ns = static_cast<Real>(x.count());
        const Real exact = 0.75L * -std::expm1(-ns / (5 * kMs)) +
                           0.25L * std::clamp((ns - 100 * kMs) / (100 * kMs), 0.0L, 1.0L);
        QVERIFY(std::fabs(d.cdf(x) - exact) < 1e-6L);
        QVERIFY(std::abs((d.quantile(static_cast<double>(exact)) - x).count()) <= 20);
    }
    QCOMPARE(d.mean(), Duration(41'250us));
    constexpr int kSamples = 400'000;
    const RandomStream stream(7, "mixture");
    int slowOnes = 0;
    for (std::uint64_t i = 0; i < kSamples; ++i)
        slowOnes += d.sample(stream.draw(i, 0)) >= 100ms;
    QVERIFY(std::fabs(slowOnes - kSamples / 4.0) < 4.5 * std::sqrt(kSamples * 3.0 / 16.0));
}

void TestDistributions::mixtureOfConstantsGivesNothingBetween()
{
    const Distribution d = Distribution::mixture(
        {{0.9, Distribution::constant(5ms)}, {0.1, Distribution::constant(500ms)}});
    const RandomStream stream(8, "mixture");
    std::set<std::int64_t> seen;
    for (std::uint64_t i = 0; i < 10'000; ++i)
        seen.insert(d.sample(stream.draw(i, 0)).count());
    QCOMPARE(seen, (std::set<std::int64_t>{5'000'000, 500'000'000}));
    QCOMPARE(d.quantile(0.899), Duration(5ms));
    QCOMPARE(d.quantile(0.901), Duration(500ms));
    QCOMPARE(d.mean(), Duration(54'500us));
}

// The bits that chose the branch are used again inside it: they must fill the branch evenly, also a
// rare one.
void TestDistributions::branchesOfAMixtureKeepTheirOwnShape()
{
    const Distribution inner = Distribution::uniform(1s, 2s);
    for (const double weight : {0.5, 1.0 / 3.0, 0.01, 1e-6}) {
        const Distribution d =
            Distribution::mixture({{1.0 - weight, Distribution::constant(0ms)}, {weight, inner}});
        constexpr std::uint64_t kSteps = 1000;
        for (std::uint64_t i = 0; i < kSteps; ++i) {
            const Real inside = (i + 0.5L) / kSteps;
            const auto bits = ~bitsAt(static_cast<Real>(weight) * (1 - inside));
            const Real exact = 1e9L * (1.0L + inside);
            QVERIFY(std::fabs(static_cast<Real>(d.sample(bits).count()) - exact) < 20);
        }
        QCOMPARE(d.sample(~0ull), Duration(2s) - 1ns);
        QCOMPARE(d.sample(0), Duration(0));
    }
}

// A branch whose weight is below 2^-64 of the whole keeps two draws of the 2^64.
void TestDistributions::weightsMayBeTiny()
{
    const auto constant = [](std::int64_t ns) { return Distribution::constant(Duration(ns)); };
    const Distribution d = Distribution::mixture(
        {{1e-30, constant(1)}, {1.0, constant(2)}, {1e-30, constant(3)}, {1e-30, constant(4)}});
    for (const auto &[bits, ns] : {std::pair<std::uint64_t, int>{0, 1},
                                   {1, 1},
                                   {2, 2},
                                   {~4ull, 2},
                                   {~3ull, 3},
                                   {~2ull, 3},
                                   {~1ull, 4},
                                   {~0ull, 4}})
        QCOMPARE(d.sample(bits), Duration(ns));
}

void TestDistributions::hyperexponentialHasTheGivenCv()
{
    for (const double cv : {1.5, 3.0}) {
        const Distribution d = Distribution::hyperexponential(10ms, cv);
        QVERIFY(std::abs((d.mean() - 10ms).count()) <= 2);
        constexpr std::uint64_t kStrata = 2'000'000;
        Real sum = 0.0L, squares = 0.0L;
        for (std::uint64_t i = 0; i < kStrata; ++i) {
            const auto x =
                static_cast<Real>(d.sample((2 * i + 1) * (~0ull / (2 * kStrata))).count());
            sum += x;
            squares += x * x;
        }
        const Real mean = sum / kStrata;
        const Real got = std::sqrt(squares / kStrata - mean * mean) / mean;
        QVERIFY2(std::fabs(got - cv) < 0.002L * cv, qPrintable(QString::number(double(got))));
    }
}

void TestDistributions::shapeOneIsTheExponential()
{
    QCOMPARE(Distribution::gamma(1.0, 7ms), Distribution::exponential(7ms));
    QCOMPARE(Distribution::weibull(1.0, 7ms), Distribution::exponential(7ms));
}

void TestDistributions::degenerateParametersGiveAConstant()
{
    QCOMPARE(Distribution::uniform(5ms, 5ms), Distribution::constant(5ms));
    QCOMPARE(Distribution::lognormal(5ms, 5ms), Distribution::constant(5ms));
    QCOMPARE(Distribution::lognormalMeanCv(5ms, 0.0), Distribution::constant(5ms));
    QCOMPARE(Distribution::lognormalMedianSigma(5ms, 0.0), Distribution::constant(5ms));
    QCOMPARE(Distribution::mixture({{0.2, Distribution::exponential(5ms)}}),
             Distribution::exponential(5ms));
    QCOMPARE(Distribution().sample(123), Duration(0));
}

void TestDistributions::equalParametersGiveEqualDistributions()
{
    const Distribution a = Distribution::gamma(2.5, 10ms);
    const Distribution b = Distribution::gamma(2.5, 10ms);
    QCOMPARE(a, b);
    QCOMPARE(a.fingerprint(), b.fingerprint());
    QVERIFY(!(a == Distribution::gamma(2.5, 11ms)));
    QVERIFY(!(a == Distribution::gamma(2.6, 10ms)));
    QVERIFY(a.fingerprint() != Distribution::gamma(2.6, 10ms).fingerprint());
    QVERIFY(Distribution::constant(1ms).fingerprint() !=
            Distribution::exponential(1ms).fingerprint());
    QVERIFY(!(Distribution::lognormal(1ms, 2ms) == Distribution::lognormal(1ms, 3ms)));
}

void TestDistributions::describesItself()
{
    QCOMPARE(Distribution::constant(2ms).describe(), std::string("constant(2ms)"));
    QCOMPARE(Distribution::exponential(20ms).describe(), std::string("exponential(mean 20ms)"));
    QCOMPARE(Distribution::uniform(1ms, 2500us).describe(), std::string("uniform(1ms to 2.5ms)"));
    QCOMPARE(Distribution::lognormal(12ms, 60ms).describe(),
             std::string("lognormal(p50 12ms, p99 60ms)"));
    QCOMPARE(Distribution::gamma(0.5, 10ms).describe(), std::string("gamma(shape 0.5, mean 10ms)"));
    QCOMPARE(Distribution::pareto(1.2, 10ms, 1s).describe(),
             std::string("pareto(alpha 1.2, min 10ms, max 1s)"));
    QCOMPARE(Distribution::mixture(
                 {{9.0, Distribution::constant(5ms)}, {1.0, Distribution::exponential(500ms)}})
                 .describe(),
             std::string("mixture(90% constant(5ms), 10% exponential(mean 500ms))"));
    QCOMPARE(Distribution::quantiles({{0.5, 12ms}, {0.99, 200ms}}).describe(),
             std::string("quantiles(50% 12ms, 99% 200ms)"));
}

QTEST_GUILESS_MAIN(TestDistributions)
#include "tst_distributions.moc"
