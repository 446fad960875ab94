// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/portable_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace halfopen {

namespace {

constexpr double kLn2High = 0x1.62e42feep-1; // upper 33 bits of ln 2: k * kLn2High is exact
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// ln(1 + f) + k ln 2 + rest for 1 + f in [sqrt(1/2), sqrt(2)] and a tiny rest: with s = f / (2 +
/// f) the logarithm is 2 artanh(s), a series in s^2 <= 0.0295. Small parts are summed first. The
/// order of the sum is that of fdlibm's e_log.c (Sun Microsystems 1993), which reasons about its
/// error.
double logarithm(double f, int k, double rest)
{
    const double s = f / (2.0 + f);
    const double z = s * s;
    double r = 2.0 / 25;
    r = r * z + 2.0 / 23;
    r = r * z + 2.0 / 21;
    r = r * z + 2.0 / 19;
    r = r * z + 2.0 / 17;
    r = r * z + 2.0 / 15;
    r = r * z + 2.0 / 13;
    r = r * z + 2.0 / 11;
    r = r * z + 2.0 / 9;
    r = r * z + 2.0 / 7;
    r = r * z + 2.0 / 5;
    r = r * z + 2.0 / 3;
    r = r * z;
    const double halfSquare = 0.5 * f * f;
    const double low = s * (halfSquare + r) + (k * kLn2Low + rest);
    return k * kLn2High - ((halfSquare - low) - f);
}

/// 2^k as a double, k in [-1022, 1023].
double powerOfTwo(int k)
{
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

/// ln(x) + rest.
double logOfSum(double x, double rest)
{
    if (!(x > 0.0))
        return x == 0.0 ? -kInfinity : std::numeric_limits<double>::quiet_NaN();
    if (x == kInfinity)
        return x;
    int exponent = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54;
        exponent = -54;
    }
    const auto bits = std::bit_cast<std::uint64_t>(x);
    exponent += static_cast<int>(bits >> 52) - 1023;
    double m = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFu) | 0x3FF0000000000000u);
    if (m > 0x1.6a09e667f3bcdp0) { // sqrt(2)
        m *= 0.5;
        ++exponent;
    }
    return logarithm(m - 1.0, exponent, rest);
}

} // namespace

double portableLog(double x)
{
    return logOfSum(x, 0.0);
}

double portableLog1p(double x)
{
    if (x > -0.29 && x < 0.41)
        return logarithm(x, 0, 0.0);
    // What 1 + x loses by rounding, e, shifts the logarithm by e / (1 + x).
    const double sum = 1.0 + x;
    const double lost = sum > 2.0 ? 1.0 - (sum - x) : x - (sum - 1.0);
    const bool isOrdinary = sum > 0.0 && std::isfinite(sum);
    return isOrdinary ? logOfSum(sum, lost / sum) : portableLog(sum);
}

double portableExp(double x)
{
    if (!(x > -745.2))
        return x != x ? x : 0.0;
    if (x > 709.79)
        return kInfinity;
    // x = k ln 2 + r with |r| <= ln(2)/2, then Taylor's series to the 13th power (rest below
    // 2^-57).
    const double scaled = x * 0x1.71547652b82fep0; // 1 / ln 2
    const int k = static_cast<int>(scaled + (scaled < 0.0 ? -0.5 : 0.5));
    const double high = x - k * kLn2High;
    const double low = k * kLn2Low;
    const double r = high - low;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    const double rest = ((high - r) - low) + r * r * p;
    const double e = 1.0 + (r + rest);
    const int half = k / 2;
    return e * powerOfTwo(half) * powerOfTwo(k - half);
}

double portablePow(double base, double exponent)
{
    if (exponent == 0.0 || base == 1.0)
        return 1.0;
    if (base == 0.0)
        return exponent > 0.0 ? 0.0 : kInfinity;
    return portableExp(exponent * portableLog(base));
}

double portableSinTurns(double turns)
{
    // To [-1/2, 1/2] turns, then fold to a quarter turn: sin is even around 1/4.
    double t = turns - std::floor(turns);
    if (t > 0.5)
        t -= 1.0;
    if (t > 0.25)
        t = 0.5 - t;
    if (t < -0.25)
        t = -0.5 - t;
    const double x = t * 0x1.921fb54442d18p2; // 2 pi
    const double z = x * x;
    double p = -1.0 / 25852016738884976640000.0; // -1/23!
    p = p * z + 1.0 / 51090942171709440000.0;
    p = p * z - 1.0 / 121645100408832000.0;
    p = p * z + 1.0 / 355687428096000.0;
    p = p * z - 1.0 / 1307674368000.0;
    p = p * z + 1.0 / 6227020800.0;
    p = p * z - 1.0 / 39916800.0;
    p = p * z + 1.0 / 362880.0;
    p = p * z - 1.0 / 5040.0;
    p = p * z + 1.0 / 120.0;
    p = p * z - 1.0 / 6.0;
    return x + x * z * p;
}

double portableCosTurns(double turns)
{
    const double t = turns - std::floor(turns);
    return portableSinTurns(t < 0.5 ? 0.25 - t : t - 0.75);
}

double normalQuantile(double p)
{
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        const double num = (((((((2.5090809287301226727e+3 * r + 3.3430575583588128105e+4) * r +
                                 6.7265770927008700853e+4) *
                                    r +
                                4.5921953931549871457e+4) *
                                   r +
                               1.3731693765509461125e+4) *
                                  r +
                              1.9715909503065514427e+3) *
                                 r +
                             1.3314166789178437745e+2) *
                                r +
                            3.3871328727963666080e+0) *
                           q;
        const double den = (((((((5.2264952788528545610e+3 * r + 2.8729085735721942674e+4) * r +
                                 3.9307895800092710610e+4) *
                                    r +
                                2.1213794301586595867e+4) *
                                   r +
                               5.3941960214247511077e+3) *
                                  r +
                              6.8718700749205790830e+2) *
                                 r +
                             4.2313330701600911252e+1) *
                                r +
                            1.0);
        return num / den;
    }
    double r = std::sqrt(-portableLog(q <= 0.0 ? p : 1.0 - p));
    double num = 0.0;
    double den = 1.0;
    if (r <= 5.0) {
        r -= 1.6;
        num = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r +
                    2.41780725177450611770e-1) *
                       r +
                   1.27045825245236838258e+0) *
                      r +
                  3.64784832476320460504e+0) *
                     r +
                 5.76949722146069140550e+0) *
                    r +
                4.63033784615654529590e+0) *
                   r +
               1.42343711074968357734e+0);
        den = (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r +
                    1.51986665636164571966e-2) *
                       r +
                   1.48103976427480074590e-1) *
                      r +
                  6.89767334985100004550e-1) *
                     r +
                 1.67638483018380384940e+0) *
                    r +
                2.05319162663775882187e+0) *
                   r +
               1.0);
    } else {
        r -= 5.0;
        num = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r +
                    1.24266094738807843860e-3) *
                       r +
                   2.65321895265761230930e-2) *
                      r +
                  2.96560571828504891230e-1) *
                     r +
                 1.78482653991729133580e+0) *
                    r +
                5.46378491116411436990e+0) *
                   r +
               6.65790464350110377720e+0);
        den = (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r +
                    1.84631831751005468180e-5) *
                       r +
                   7.86869131145613259100e-4) *
                      r +
                  1.48753612908506148525e-2) *
                     r +
                 1.36929880922735805310e-1) *
                    r +
                5.99832206555887937690e-1) *
                   r +
               1.0);
    }
    return q < 0.0 ? -(num / den) : num / den;
}

double logGamma(double x)
{
    double shift = 1.0;
    while (x < 12.0) {
        shift *= x;
        x += 1.0;
    }
    const double y = 1.0 / x;
    const double z = y * y;
    double s = 1.0 / 156;
    s = s * z - 691.0 / 360360;
    s = s * z + 1.0 / 1188;
    s = s * z - 1.0 / 1680;
    s = s * z + 1.0 / 1260;
    s = s * z - 1.0 / 360;
    s = s * z + 1.0 / 12;
    constexpr double kHalfLogTwoPi = 0.91893853320467274178;
    return (x - 0.5) * portableLog(x) - x + kHalfLogTwoPi + s * y - portableLog(shift);
}

GammaTails gammaTails(double shape, double logX)
{
    const double x = portableExp(logX);
    GammaTails tails;
    tails.xTimesDensity = portableExp(shape * logX - x - logGamma(shape));
    if (x < shape + 1.0) {
        double term = 1.0 / shape;
        double sum = term;
        for (int n = 1; n < 10000 && term > sum * 1e-17; ++n) {
            term *= x / (shape + n);
            sum += term;
        }
        tails.lower = sum * tails.xTimesDensity;
        tails.upper = 1.0 - tails.lower;
        return tails;
    }
    // Lentz's method for the continued fraction of the upper tail.
    constexpr double kTiny = 1e-300;
    double b = x + 1.0 - shape;
    double c = 1.0 / kTiny;
    double d = 1.0 / b;
    double h = d;
    for (int n = 1; n < 10000; ++n) {
        const double a = -n * (n - shape);
        b += 2.0;
        d = a * d + b;
        d = 1.0 / (std::fabs(d) < kTiny ? kTiny : d);
        c = b + a / c;
        c = std::fabs(c) < kTiny ? kTiny : c;
        const double factor = d * c;
        h *= factor;
        if (std::fabs(factor - 1.0) < 1e-16)
            break;
    }
    tails.upper = h * tails.xTimesDensity;
    tails.lower = 1.0 - tails.upper;
    return tails;
}

} // namespace halfopen
