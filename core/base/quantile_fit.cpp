// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantile_fit.h"

#include "core/base/portable_math.h"
#include "core/base/units.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <mutex>
#include <optional>

namespace halfopen {

namespace {

using Reals = std::vector<double>;

double normalOf(double p)
{
    return p < 0.5 ? normalQuantile(p) : -normalQuantile(1 - p);
}

/// P(Z <= z): the gamma distribution of shape 1/2 is that of z^2 / 2.
double normalCdf(double z)
{
    if (z == 0)
        return 0.5;
    const GammaTails tails = gammaTails(0.5, portableLog(z * z / 2));
    return z < 0 ? tails.upper / 2 : 0.5 + tails.lower / 2;
}

/// To four significant digits, as a number that prints as it is.
double rounded(double value)
{
    double unit = 1;
    while (value / unit >= 10'000)
        unit *= 10;
    if (unit > 1)
        return std::floor(value / unit + 0.5) * unit;
    double scale = 1;
    while (value * scale < 1'000 && scale < 1e6)
        scale *= 10;
    return std::floor(value * scale + 0.5) / scale;
}

/// Of ns.
Duration roundedTime(double ns)
{
    const double least = std::clamp(ns, 1.0, static_cast<double>(kMaxSampleNs));
    return Duration(static_cast<std::int64_t>(rounded(least) + 0.5));
}

struct Line {
    double level = 0;
    double slope = 0;
};

/// The straight line y = level + slope x with the least squares.
Line leastSquares(const Reals &x, const Reals &y)
{
    const auto n = static_cast<double>(x.size());
    double mx = 0, my = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        mx += x[i] / n;
        my += y[i] / n;
    }
    double xx = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mx) * (x[i] - mx);
        xy += (x[i] - mx) * (y[i] - my);
    }
    const double slope = xx > 0 ? xy / xx : 0;
    return {my - slope * mx, slope};
}

/// ln x of the gamma distribution with scale 1 at p, by Newton's method on (ln x, ln tail).
double gammaLogQuantile(double shape, double p)
{
    const bool upper = p > 0.5;
    const double target = portableLog(upper ? 1 - p : p);
    const double spread = 1 / (9 * shape);
    const double root = 1 - spread + normalOf(p) * std::sqrt(spread); // Wilson and Hilferty
    double y = root > 0.2 ? portableLog(shape) + 3 * portableLog(root)
                          : (portableLog(p) + logGamma(shape + 1)) / shape;
    for (int i = 0; i < 60; ++i) {
        const GammaTails tails = gammaTails(shape, y);
        const double tail = upper ? tails.upper : tails.lower;
        if (!(tail > 0) || !(tails.xTimesDensity > 0)) {
            y += upper ? -0.5 : 0.5;
            continue;
        }
        const double step = (target - portableLog(tail)) * tail / tails.xTimesDensity * (upper ? -1 : 1);
        y += std::clamp(step, -2.0, 2.0);
        if (std::fabs(step) < 1e-11)
            break;
    }
    return y;
}

/// The x in [lo, hi] where f is least, for an f with one valley.
double goldenSection(double lo, double hi, const std::function<double(double)> &f)
{
    constexpr double kGolden = 0.6180339887498949;
    double a = hi - kGolden * (hi - lo);
    double b = lo + kGolden * (hi - lo);
    double fa = f(a), fb = f(b);
    for (int i = 0; i < 48; ++i) {
        if (fa < fb) {
            hi = b;
            b = a;
            fb = fa;
            fa = f(a = hi - kGolden * (hi - lo));
        } else {
            lo = a;
            a = b;
            fa = fb;
            fb = f(b = lo + kGolden * (hi - lo));
        }
    }
    return (lo + hi) / 2;
}

class Fitter {
public:
    explicit Fitter(const std::vector<QuantilePoint> &points) : m_points(points)
    {
        for (const QuantilePoint &point : points) {
            m_logs.push_back(portableLog(static_cast<double>(point.value.count())));
            m_normals.push_back(normalOf(point.probability));
        }
    }

    FittedFamily lognormal() const
    {
        const Line line = leastSquares(m_normals, m_logs);
        const Duration median = roundedTime(portableExp(line.level));
        const double sigma = rounded(std::clamp(line.slope, 0.001, 20.0));
        return judged("lognormal", lognormalText(median, sigma), Distribution::lognormalMedianSigma(median, sigma));
    }

    FittedFamily weibull() const
    {
        Reals x;
        for (const QuantilePoint &point : m_points)
            x.push_back(portableLog(-portableLog1p(-point.probability)));
        const Line line = leastSquares(x, m_logs);
        const double shape = rounded(std::clamp(1 / std::max(line.slope, 1e-3), 0.1, 100.0));
        const Duration mean = roundedTime(portableExp(line.level + logGamma(1 + 1 / shape)));
        return judged("weibull", shapeText("weibull", shape, mean), Distribution::weibull(shape, mean));
    }

    FittedFamily gamma() const
    {
        const auto level = [&](double shape, double *squares) {
            double mean = 0;
            Reals left;
            for (std::size_t i = 0; i < m_points.size(); ++i) {
                left.push_back(m_logs[i] - gammaLogQuantile(shape, m_points[i].probability));
                mean += left.back() / static_cast<double>(m_points.size());
            }
            *squares = 0;
            for (const double one : left)
                *squares += (one - mean) * (one - mean);
            return mean;
        };
        double squares = 0;
        const double logShape = goldenSection(portableLog(0.05), portableLog(900), [&](double log) {
            level(portableExp(log), &squares);
            return squares;
        });
        const double shape = rounded(portableExp(logShape));
        const double logScale = level(shape, &squares);
        const Duration mean = roundedTime(portableExp(logScale) * shape);
        return judged("gamma", shapeText("gamma", shape, mean), Distribution::gamma(shape, mean));
    }

    /// Five parameters by the simplex method of Nelder and Mead (1965) from several beginnings.
    std::optional<FittedFamily> twoLognormals() const
    {
        std::optional<Five> best;
        double least = 0;
        const Line all = leastSquares(m_normals, m_logs);
        for (const double slowShare : {0.02, 0.1, 0.35}) {
            Five from{portableLog(slowShare / (1 - slowShare)), m_logs[m_logs.size() / 2 - 1], portableLog(all.slope / 2 + 1e-3),
                      m_logs.back(), portableLog(all.slope / 2 + 1e-3)};
            const Five found = simplex(from);
            const double squares = mixtureSquares(found);
            if (!best || squares < least) {
                best = found;
                least = squares;
            }
        }
        const Five &f = *best;
        const double slow = std::floor(1 / (1 + portableExp(-f[0])) * 10'000 + 0.5) / 10'000;
        if (!(slow > 0 && slow < 1))
            return std::nullopt;
        const double fast = std::floor((1 - slow) * 10'000 + 0.5) / 10'000;
        const std::array<Duration, 2> medians{roundedTime(portableExp(f[1])), roundedTime(portableExp(f[3]))};
        const std::array<double, 2> sigmas{rounded(std::clamp(portableExp(f[2]), 0.001, 20.0)),
                                           rounded(std::clamp(portableExp(f[4]), 0.001, 20.0))};
        const std::string text = "{ mixture: [ { weight: " + formatNumber(fast) + ", of: " + lognormalText(medians[0], sigmas[0])
            + " }, { weight: " + formatNumber(slow) + ", of: " + lognormalText(medians[1], sigmas[1]) + " } ] }";
        return judged("two lognormals", text,
                      Distribution::mixture({{fast, Distribution::lognormalMedianSigma(medians[0], sigmas[0])},
                                             {slow, Distribution::lognormalMedianSigma(medians[1], sigmas[1])}}));
    }

private:
    /// ln(share / (1 - share)) of the second, then ln median and ln sigma of each.
    using Five = std::array<double, 5>;

    static std::string lognormalText(Duration median, double sigma)
    {
        return "{ lognormal: { median: " + formatDuration(median) + ", sigma: " + formatNumber(sigma) + " } }";
    }
    static std::string shapeText(const std::string &family, double shape, Duration mean)
    {
        return "{ " + family + ": { shape: " + formatNumber(shape) + ", mean: " + formatDuration(mean) + " } }";
    }

    FittedFamily judged(std::string family, std::string yaml, Distribution distribution) const
    {
        FittedFamily fitted{std::move(family), std::move(yaml), std::move(distribution), {}, 0};
        double squares = 0;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            fitted.values.push_back(fitted.distribution.quantile(m_points[i].probability));
            const double off = portableLog(static_cast<double>(std::max<std::int64_t>(fitted.values[i].count(), 1))) - m_logs[i];
            squares += off * off;
        }
        fitted.misfit = std::sqrt(squares / static_cast<double>(m_points.size()));
        return fitted;
    }

    /// Instead of the mixture's quantile at the probability its probability at the quantile, brought back to a logarithm by the
    /// slope between the neighbours: no equation has to be solved for each point.
    double mixtureSquares(const Five &f) const
    {
        const double slow = 1 / (1 + portableExp(-std::clamp(f[0], -12.0, 12.0)));
        const double s1 = portableExp(std::clamp(f[2], -7.0, 3.0));
        const double s2 = portableExp(std::clamp(f[4], -7.0, 3.0));
        double squares = 0;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            const double p = (1 - slow) * normalCdf((m_logs[i] - f[1]) / s1) + slow * normalCdf((m_logs[i] - f[3]) / s2);
            const std::size_t before = i == 0 ? 0 : i - 1;
            const std::size_t after = std::min(i + 1, m_points.size() - 1);
            const double slope = (m_logs[after] - m_logs[before]) / (m_normals[after] - m_normals[before]);
            const double off = (normalOf(std::clamp(p, 1e-12, 1 - 1e-12)) - m_normals[i]) * std::max(slope, 1e-3);
            squares += off * off;
        }
        return squares;
    }

    Five simplex(const Five &from) const
    {
        struct Corner {
            Five at{};
            double height = 0;
        };
        std::array<Corner, 6> corners;
        const Five steps{1.0, 0.3, 0.5, 0.5, 0.5};
        for (std::size_t c = 0; c < corners.size(); ++c) {
            corners[c].at = from;
            if (c > 0)
                corners[c].at[c - 1] += steps[c - 1];
            corners[c].height = mixtureSquares(corners[c].at);
        }
        const auto sortCorners = [&] {
            std::stable_sort(corners.begin(), corners.end(), [](const Corner &a, const Corner &b) { return a.height < b.height; });
        };
        for (int round = 0; round < 500; ++round) {
            sortCorners();
            Five middle{};
            for (std::size_t c = 0; c + 1 < corners.size(); ++c)
                for (std::size_t k = 0; k < middle.size(); ++k)
                    middle[k] += corners[c].at[k] / 5;
            Corner &worst = corners.back();
            const auto along = [&](double factor) {
                Corner corner;
                for (std::size_t k = 0; k < middle.size(); ++k)
                    corner.at[k] = middle[k] + factor * (worst.at[k] - middle[k]);
                corner.height = mixtureSquares(corner.at);
                return corner;
            };
            Corner next = along(-1);
            if (next.height < corners.front().height) {
                const Corner further = along(-2);
                worst = further.height < next.height ? further : next;
            } else if (next.height < corners[4].height) {
                worst = next;
            } else {
                next = along(next.height < worst.height ? -0.5 : 0.5);
                if (next.height < worst.height) {
                    worst = next;
                    continue;
                }
                for (std::size_t c = 1; c < corners.size(); ++c) {
                    for (std::size_t k = 0; k < middle.size(); ++k)
                        corners[c].at[k] = (corners[c].at[k] + corners[0].at[k]) / 2;
                    corners[c].height = mixtureSquares(corners[c].at);
                }
            }
        }
        sortCorners();
        return corners.front().at;
    }

    const std::vector<QuantilePoint> &m_points;
    Reals m_logs;
    Reals m_normals;
};

QuantileFit fit(const std::vector<QuantilePoint> &points)
{
    constexpr std::size_t kPointsForMixture = 5;
    QuantileFit result;
    result.points = points;
    const Fitter fitter(points);
    result.families = {fitter.lognormal(), fitter.gamma(), fitter.weibull()};
    std::stable_sort(result.families.begin(), result.families.end(),
                     [](const FittedFamily &a, const FittedFamily &b) { return a.misfit < b.misfit - 1e-6; });
    if (points.size() < kPointsForMixture)
        return result;
    if (std::optional<FittedFamily> mixture = fitter.twoLognormals()) {
        const bool wins = mixture->misfit < result.best().misfit / 2;
        result.families.insert(wins ? result.families.begin() : result.families.end(), *std::move(mixture));
    }
    return result;
}

std::string percent(double ratio)
{
    const double tenths = std::floor((ratio - 1) * 1000 + 0.5);
    const std::string digits = formatNumber(std::fabs(tenths) / 10);
    return (tenths < 0 ? "-" : "+") + digits + " %";
}

} // namespace

Result<QuantileFit> fitQuantiles(std::vector<QuantilePoint> points)
{
    std::stable_sort(points.begin(), points.end(),
                     [](const QuantilePoint &a, const QuantilePoint &b) { return a.probability < b.probability; });
    if (points.size() < 2)
        return failure("a fit needs at least two percentiles, for example p50 and p99");
    for (std::size_t i = 0; i < points.size(); ++i) {
        const std::string name = percentileName(points[i].probability);
        if (!(points[i].probability > 0 && points[i].probability < 1))
            return failure("'" + name + "' is not between p0 and p100");
        if (points[i].value <= Duration(0))
            return failure("'" + name + "' is not longer than 0s");
        if (i > 0 && points[i].probability == points[i - 1].probability)
            return failure("'" + name + "' is given twice");
        if (i > 0 && points[i].value <= points[i - 1].value)
            return failure("'" + name + "' is not longer than '" + percentileName(points[i - 1].probability)
                           + "': the times of a fit must rise");
    }
    // A sweep reads the same scenario thousands of times.
    static std::mutex mutex;
    static std::vector<QuantileFit> known;
    const auto isSame = [&](const QuantileFit &one) {
        return std::equal(one.points.begin(), one.points.end(), points.begin(), points.end(), [](const auto &a, const auto &b) {
            return a.probability == b.probability && a.value == b.value;
        });
    };
    {
        const std::lock_guard lock(mutex);
        if (const auto found = std::find_if(known.begin(), known.end(), isSame); found != known.end())
            return *found;
    }
    QuantileFit made = fit(points);
    const std::lock_guard lock(mutex);
    if (known.size() >= 32)
        known.erase(known.begin());
    known.push_back(made);
    return made;
}

Result<std::vector<QuantilePoint>> percentilesOf(std::vector<Duration> values)
{
    std::erase_if(values, [](Duration value) { return value <= Duration(0); });
    if (values.size() < 20)
        return failure("there are " + std::to_string(values.size()) + " times, and percentiles need at least 20");
    std::sort(values.begin(), values.end());
    constexpr std::array<std::pair<double, std::size_t>, 8> kWanted{
        {{0.1, 20}, {0.25, 20}, {0.5, 20}, {0.75, 20}, {0.9, 50}, {0.95, 200}, {0.99, 1000}, {0.999, 10'000}}};
    std::vector<QuantilePoint> points;
    for (const auto &[p, least] : kWanted) {
        if (values.size() < least)
            continue;
        const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(values.size()) - 1e-9));
        const Duration value = values[std::max<std::size_t>(rank, 1) - 1];
        if (points.empty() || value > points.back().value) // equal times say nothing about a shape
            points.push_back({p, value});
    }
    if (points.size() < 2)
        return failure("all percentiles are the same: the time is constant");
    return points;
}

Result<double> parsePercentileName(std::string_view name)
{
    std::string digits(name.substr(name.empty() ? 0 : 1));
    std::replace(digits.begin(), digits.end(), '_', '.');
    double percentile = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), percentile);
    const bool isNumber = error == std::errc() && end == digits.data() + digits.size();
    if (!name.starts_with('p') || !isNumber || !(percentile > 0 && percentile < 100))
        return failure("'" + std::string(name) + "' is no percentile, expected for example p50, p99 or p99.9");
    return percentile / 100;
}

std::string percentileName(double probability)
{
    return "p" + formatNumber(std::floor(probability * 1e8 + 0.5) / 1e6);
}

std::string describeFit(const QuantileFit &fit)
{
    const FittedFamily &best = fit.best();
    std::string text = best.yaml + ", off by";
    for (std::size_t i = 0; i < fit.points.size(); ++i)
        text += std::string(i == 0 ? " " : ", ")
            + percent(static_cast<double>(best.values[i].count()) / static_cast<double>(fit.points[i].value.count())) + " at "
            + percentileName(fit.points[i].probability);
    return text;
}

} // namespace halfopen
