// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/portable_math.h"
#include "core/base/random.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

using namespace halfopen;

namespace {

/// Distance between a double and an exact value, in units in the last place of the value.
double ulps(double got, long double exact)
{
    int exponent = 0;
    std::frexp(static_cast<double>(exact), &exponent);
    return static_cast<double>(std::fabs(got - exact) / std::ldexp(1.0L, exponent - 53));
}

double worst(int points, const std::function<double(double)> &errorAt)
{
    const RandomStream stream(1, "arguments");
    double result = 0.0;
    for (int i = 0; i < points; ++i) {
        const std::uint64_t bits = stream.draw(static_cast<std::uint64_t>(i), 0);
        result = std::max(result, errorAt((static_cast<double>(bits >> 11) + 0.5) * 0x1p-53));
    }
    return result;
}

constexpr int kPoints = 200'000;
constexpr long double kTwoPi = 6.283185307179586476925286766559005768L;

} // namespace

class TestPortableMath : public QObject {
    Q_OBJECT
private slots:
    void contractionIsOff();
    void logIsWithinOneUlp();
    void log1pIsWithinTwoUlps();
    void expIsWithinOneUlp();
    void powFollowsItsErrorBound();
    void sineAndCosineOfTurns();
    void specialValues();
    void normalQuantileInvertsTheNormal();
    void logGammaAgreesWithTheFactorial();
    void gammaTailsAgreeWithClosedForms_data();
    void gammaTailsAgreeWithClosedForms();
};

// With a fused multiply-add the last line would give 2^-60. Only a build for a processor with FMA
// can fail here.
void TestPortableMath::contractionIsOff()
{
    volatile double a = 1.0 + 0x1p-30;
    volatile double b = 1.0 + 0x1p-29;
    const double x = a, y = b;
    QCOMPARE(x * x - y, 0.0);
}

void TestPortableMath::logIsWithinOneUlp()
{
    // Over all magnitudes, and close to one, where cancellation would show.
    const double wide = worst(kPoints, [](double u) {
        const double x = std::exp((u - 0.5) * 1400.0);
        return ulps(portableLog(x), std::log(static_cast<long double>(x)));
    });
    QVERIFY2(wide < 1.0, qPrintable(QString::number(wide)));
    const double near = worst(kPoints, [](double u) {
        const double x = 0.7 + 0.72 * u;
        return ulps(portableLog(x), std::log(static_cast<long double>(x)));
    });
    QVERIFY2(near < 1.0, qPrintable(QString::number(near)));
}

void TestPortableMath::log1pIsWithinTwoUlps()
{
    const double error = worst(kPoints, [](double u) {
        const double x = u < 0.5 ? -2.0 * u * 0.999 : std::exp(-(u - 0.5) * 100.0);
        return ulps(portableLog1p(x), std::log1p(static_cast<long double>(x)));
    });
    QVERIFY2(error < 2.0, qPrintable(QString::number(error)));
}

void TestPortableMath::expIsWithinOneUlp()
{
    const double error = worst(kPoints, [](double u) {
        const double x = (u - 0.5) * 1400.0;
        return ulps(portableExp(x), std::exp(static_cast<long double>(x)));
    });
    QVERIFY2(error < 1.0, qPrintable(QString::number(error)));
}

void TestPortableMath::powFollowsItsErrorBound()
{
    const double error = worst(kPoints, [](double u) {
        const double base = 0.001 + 50.0 * u;
        const double exponent = 20.0 * u - 7.0;
        const long double exact = std::pow(static_cast<long double>(base), exponent);
        const double scale = 1.0 + std::fabs(exponent * std::log(base));
        return ulps(portablePow(base, exponent), exact) / (2.0 * scale);
    });
    QVERIFY2(error < 1.0, qPrintable(QString::number(error)));
}

void TestPortableMath::sineAndCosineOfTurns()
{
    const double error = worst(kPoints, [](double u) {
        const double turns = (u - 0.5) * 6.0;
        const long double angle = kTwoPi * static_cast<long double>(turns);
        return std::max(static_cast<double>(std::fabs(portableSinTurns(turns) - std::sin(angle))),
                        static_cast<double>(std::fabs(portableCosTurns(turns) - std::cos(angle))));
    });
    QVERIFY2(error < 0x1p-52, qPrintable(QString::number(error)));
    QCOMPARE(portableSinTurns(0.25), 1.0);
    QCOMPARE(portableSinTurns(0.75), -1.0);
    QCOMPARE(portableCosTurns(0.0), 1.0);
    QCOMPARE(portableCosTurns(0.5), -1.0);
    QCOMPARE(portableSinTurns(1e15 + 0.25), 1.0);
}

void TestPortableMath::specialValues()
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    QCOMPARE(portableLog(1.0), 0.0);
    QCOMPARE(portableLog(0.0), -kInfinity);
    QVERIFY(std::isnan(portableLog(-1.0)));
    QVERIFY(std::fabs(portableLog(0x1p-1074) - -1074.0 * std::log(2.0)) < 1e-12);
    QCOMPARE(portableExp(0.0), 1.0);
    QCOMPARE(portableExp(-800.0), 0.0);
    QCOMPARE(portableExp(710.0), kInfinity);
    QCOMPARE(portablePow(0.0, 2.0), 0.0);
    QCOMPARE(portablePow(0.0, 0.0), 1.0);
    QCOMPARE(portablePow(5.0, 0.0), 1.0);
}

void TestPortableMath::normalQuantileInvertsTheNormal()
{
    // P(Z <= z) = erfc(-z / sqrt 2) / 2; the error of z is the error of P over the density.
    for (double p = 1e-300; p < 0.9999; p = p < 1e-3 ? p * 7.3 : p + 0.00137) {
        const double z = normalQuantile(p);
        const long double got = 0.5L * std::erfc(-static_cast<long double>(z) / std::sqrt(2.0L));
        const long double density =
            std::exp(-0.5L * z * static_cast<long double>(z)) / std::sqrt(kTwoPi);
        const double error = static_cast<double>((got - p) / density);
        QVERIFY2(std::fabs(error) < 2e-15 * std::max(1.0, std::fabs(z)),
                 qPrintable(QString("p %1 error %2").arg(p).arg(error)));
    }
    QCOMPARE(normalQuantile(0.5), 0.0);
}

void TestPortableMath::logGammaAgreesWithTheFactorial()
{
    long double factorial = 1.0L;
    for (int n = 1; n < 170; ++n) {
        factorial *= n;
        const long double exact = std::log(factorial);
        const auto error = static_cast<double>(std::fabs(logGamma(n + 1.0) - exact));
        QVERIFY2(error < 2e-15 * (20.0 + n * std::log(n + 1.0)), qPrintable(QString::number(n)));
    }
    // Gamma(1/2) = sqrt(pi)
    QVERIFY(std::fabs(logGamma(0.5) - 0.5 * std::log(kTwoPi / 2.0L)) < 1e-14);
    for (const double x : {0.01, 0.1, 0.7, 1.5, 3.3, 999.9})
        QVERIFY(std::fabs(logGamma(x) - std::lgamma(static_cast<long double>(x))) <
                4e-15 * (20.0 + x * std::log(x + 1.0)));
}

void TestPortableMath::gammaTailsAgreeWithClosedForms_data()
{
    QTest::addColumn<double>("x");
    for (const double x : {1e-6, 0.01, 0.3, 0.99, 1.01, 2.0, 5.0, 20.0, 45.0})
        QTest::addRow("x = %g", x) << x;
}

void TestPortableMath::gammaTailsAgreeWithClosedForms()
{
    QFETCH(double, x);
    const auto near = [](double got, long double exact) {
        return std::fabs(got - exact) <= 2e-13L * exact;
    };
    // Shape 1/2: P(X > x) = erfc(sqrt x). The upper tail is compared where it is the smaller one.
    const GammaTails half = gammaTails(0.5, std::log(x));
    const long double root = std::sqrt(static_cast<long double>(x));
    QVERIFY(near(half.lower, std::erf(root)));
    if (x > 1.5)
        QVERIFY(near(half.upper, std::erfc(root)));
    // Whole shapes (Erlang): P(X > x) = e^-x (1 + x + x^2/2 + ... + x^(k-1)/(k-1)!).
    for (const int shape : {1, 2, 5, 30}) {
        long double term = std::exp(-static_cast<long double>(x));
        long double upper = 0.0L;
        for (int i = 0; i < shape; ++i) {
            upper += term;
            term *= x / (i + 1.0L);
        }
        long double lower = 0.0L;
        for (int i = shape; i < shape + 400; ++i) {
            lower += term;
            term *= x / (i + 1.0L);
        }
        const GammaTails tails = gammaTails(shape, std::log(x));
        if (x < shape + 1.0)
            QVERIFY(near(tails.lower, lower));
        else
            QVERIFY(near(tails.upper, upper));
        QVERIFY(std::fabs(tails.lower + tails.upper - 1.0) < 1e-15);
    }
}

QTEST_GUILESS_MAIN(TestPortableMath)
#include "tst_portable_math.moc"
