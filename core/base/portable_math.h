// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// Elementary functions whose results are the same bits on every compiler, processor and
/// optimisation level. libm is not: glibc alone gives different last bits for `log`, `exp`, `pow`
/// and `sin` with and without FMA. These use only + - * / and sqrt on IEEE doubles, in a written
/// order, and need -ffp-contract=off (set for the whole project). Errors below are measured in
/// tst_portable_math. They may be used wherever a result reaches a decision.

/// Natural logarithm, x > 0 (0 gives minus infinity). Error below 1 unit in the last place.
double portableLog(double x);
/// ln(1 + x), x > -1, without loss for small x. Error below 2 units in the last place.
double portableLog1p(double x);
/// e^x; 0 below -745, infinity above 709.78. Error below 1 unit in the last place.
double portableExp(double x);
/// base^exponent for base >= 0 as exp(exponent * log(base)); relative error about
/// |exponent * log(base)| * 2^-53.
double portablePow(double base, double exponent);
/// sin(2 pi turns) and cos(2 pi turns): waves of a period, |turns| < 2^52. Error below 2^-52.
double portableSinTurns(double turns);
double portableCosTurns(double turns);

/// The z with P(Z <= z) = p for a standard normal Z, p in (0, 1); relative error about 1e-15.
/// For the upper tail use -normalQuantile(1 - p) with 1 - p known exactly.
/// Source: M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484.
double normalQuantile(double p);

/// ln(Gamma(x)), x > 0. Stirling's series after a shift to x >= 12; error about 1e-15 of the terms.
double logGamma(double x);

/// Both tails of the gamma distribution with scale 1: P(X <= x) and P(X > x), and x times the
/// density. The smaller tail has full relative precision.
struct GammaTails {
    double lower = 0.0;
    double upper = 1.0;
    double xTimesDensity = 0.0;
};
/// \a logX = ln(x); shape in (0, 1000]. Series below the mean, continued fraction above
/// (Press et al., Numerical Recipes, 3rd ed., section 6.2).
GammaTails gammaTails(double shape, double logX);

} // namespace halfopen
