// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/log_table.h"
#include "core/base/wide.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

/// The longest duration a distribution gives: 2^53 ns, 104 days. Heavier tails end there.
inline constexpr std::int64_t kMaxSampleNs = std::int64_t{1} << 53;

/// -ln(u) with 58 fraction bits for u = (bits | 1) / 2^64, so never 0 and at most 44.4. Integers
/// only, the same on every machine. Absolute error below 2^-23, that is 1.2e-7 of the mean of an
/// exponential variate, also far in the tail; never increases when \a bits increases (both checked
/// over every seam of the table by core/base/make_log_table.py).
///
/// Method: u = 2^-n m with m in [1/2, 1); -ln u = n ln 2 - ln m, the latter by straight lines over
/// 1024 equal cells. One multiplication waits for the table: a draw is on the way of every call.
inline std::uint64_t negativeLogQ58(std::uint64_t bits)
{
    constexpr std::uint64_t kLn2 = 0x2c5c85fdf473de7; // 58 fraction bits
    const std::uint64_t v = bits | 1;
    const auto n = static_cast<std::uint64_t>(std::countl_zero(v));
    const std::uint64_t m = v << n;
    const std::uint64_t *cell = &detail::kLogTable[(m >> 53) - detail::kLogCells];
    return n * kLn2 + cell[0] - mulHigh(m << 11, cell[0] - cell[1]);
}

/// exponentialNs() from the logarithm of its bits, negativeLogQ58(~bits): for who works that out ahead of the mean.
inline std::int64_t exponentialOfLog(std::uint64_t logQ58, std::int64_t meanNs, std::int64_t mostNs = kMaxSampleNs)
{
    const std::uint64_t twice = mulHigh(logQ58, static_cast<std::uint64_t>(meanNs) << 7);
    return std::min(static_cast<std::int64_t>((twice + 1) >> 1), mostNs);
}

/// An exponential variate in ns, to the nearest integer, increasing in \a bits, at most \a mostNs.
/// \a meanNs in [0, kMaxSampleNs]. For example a gap between Poisson arrivals.
inline std::int64_t exponentialNs(std::uint64_t bits, std::int64_t meanNs, std::int64_t mostNs = kMaxSampleNs)
{
    return exponentialOfLog(negativeLogQ58(~bits), meanNs, mostNs);
}

/// A distribution of durations. One draw of 64 bits gives one value; the value is an integer number
/// of ns in [0, kMaxSampleNs], never decreases when the bits increase (except across the branches
/// of a mixture), and is the same on every machine. So runs with common random numbers stay
/// coupled.
///
/// Continuous kinds other than the exponential are inverse-CDF tables: 64 points per halving of the
/// distance to 0 and to 1, down to 2^-40, then 64 even steps; straight lines between points.
/// Relative error of a quantile at most about 1e-4 (and half a ns), also far in the tail.
///
/// A value type: copies share one immutable table (equal distributions made one after another
/// share it too) and may be used from any thread. Arguments must be in the stated ranges; the
/// scenario loader checks them before.
class Distribution {
public:
    /// Always zero.
    Distribution() = default;

    static Distribution constant(Duration value);
    /// Uniform in [lo, hi); lo <= hi.
    static Distribution uniform(Duration lo, Duration hi);
    static Distribution exponential(Duration mean);
    /// exp of a normal, given by its median and 99th percentile: 0 < p50 <= p99. Both are met.
    static Distribution lognormal(Duration p50, Duration p99);
    /// \a cv is the standard deviation over the mean, 0 <= cv <= 100.
    static Distribution lognormalMeanCv(Duration mean, double cv);
    /// \a sigma is the standard deviation of the logarithm, 0 <= sigma <= 20.
    static Distribution lognormalMedianSigma(Duration median, double sigma);
    /// Normal, with what would be below 0 raised to 0. \a deviation is the standard deviation, at most 100 means.
    static Distribution normal(Duration mean, Duration deviation);
    /// Shape in [0.01, 1000]; a whole shape k is the Erlang distribution of k stages.
    static Distribution gamma(double shape, Duration mean);
    /// Shape in [0.1, 100]; below 1 the tail is heavier than exponential.
    static Distribution weibull(double shape, Duration mean);
    /// P(X > x) = (minimum / x)^alpha, alpha in [0.1, 100], minimum > 0; with \a maximum the
    /// distribution is the same one conditioned on X <= maximum (bounded Pareto), maximum >
    /// minimum.
    static Distribution pareto(double alpha, Duration minimum,
                               std::optional<Duration> maximum = std::nullopt);
    /// One of the branches, chosen with its weight (> 0, scaled to a sum of 1). The draw that
    /// chooses the branch is stretched and used again inside it. Increasing in the bits within each
    /// branch; give the branches from short to long to keep it nearly so overall.
    static Distribution mixture(std::vector<std::pair<double, Distribution>> branches);
    /// Two exponential branches with balanced means, for a cv > 1 (standard deviation over mean).
    static Distribution hyperexponential(Duration mean, double cv);
    /// Each of the samples with equal chance (not empty; the order does not matter).
    static Distribution empirical(std::vector<Duration> samples);
    /// Through the given points (probability, value), at least two, both strictly and weakly
    /// increasing. Between two points, and beyond the outer ones, the logarithm of the value is a
    /// straight line over the normal quantile: pieces of lognormals, so p50 and p99 alone give
    /// lognormal(p50, p99). Each given point is met to 1 ns (when points are further apart than
    /// 1/64 of their distance to 0 or 1). Points at probability 0 and 1 are hard limits instead.
    /// Values are raised to at least 1 ns.
    static Distribution quantiles(std::vector<std::pair<double, Duration>> points);

    /// The value at these 64 uniform bits.
    Duration sample(std::uint64_t bits) const
    {
        switch (m_kind) {
        case Kind::Constant:
            break;
        case Kind::Exponential:
            return Duration(exponentialNs(bits, m_a));
        case Kind::Table:
            return Duration(interpolate(m_values, bits));
        case Kind::Uniform:
            return Duration(m_a + static_cast<std::int64_t>(mulHigh(bits, m_count)));
        case Kind::Steps:
            return Duration(m_values[mulHigh(bits, m_count)]);
        case Kind::Mixture:
            return sampleMixture(bits);
        }
        return Duration(m_a);
    }

    /// The lesser of sample() and \a mostNs, in ns. For hot paths: the exponential, the usual one, is looked at first.
    std::int64_t sampleAtMost(std::uint64_t bits, std::int64_t mostNs) const
    {
        if (__builtin_expect(m_kind == Kind::Exponential, 1))
            return exponentialNs(bits, m_a, std::min(mostNs, kMaxSampleNs));
        return std::min(sample(bits).count(), mostNs);
    }

    /// The exact mean of what sample() gives over all bits, to the nearest ns (tables are
    /// integrated).
    Duration mean() const { return Duration(m_mean); }
    /// The value below or at which the share \a q of all samples lies, q in [0, 1]. For reports and
    /// charts: fast, but for a mixture about 50 us.
    Duration quantile(double q) const;
    /// P(X <= value), for reports and charts; about 1 us.
    double cdf(Duration value) const;

    bool isConstant() const { return m_kind == Kind::Constant; }
    /// "lognormal(p50 12ms, p99 60ms)".
    std::string describe() const;
    /// A hash of everything sample() depends on.
    std::uint64_t fingerprint() const;
    friend bool operator==(const Distribution &a, const Distribution &b);

private:
    enum class Kind : std::uint8_t { Constant, Exponential, Table, Uniform, Steps, Mixture };
    struct Branch;
    struct Details;
    friend struct DistributionBuilder;

    // The points of a table. Each half of the unit interval counts its distance w to its end (0 or
    // 1) in units of 2^-64: 64 even steps of 2^17, then 64 steps per doubling until w = 2^63, the
    // median.
    static constexpr int kStepBits = 6;
    static constexpr int kFineBits = 17;
    static constexpr std::size_t kHalfPoints = ((63 - kFineBits - kStepBits + 1) << kStepBits) + 1;

    static std::int64_t interpolate(const std::int64_t *values, std::uint64_t bits)
    {
        constexpr std::uint64_t kEvenZone = std::uint64_t{1} << (kFineBits + kStepBits);
        constexpr std::size_t kFirstBits =
            63 - kStepBits; // below the leading bit and the step number
        const auto upper = static_cast<std::uint64_t>(static_cast<std::int64_t>(bits) >> 63);
        const std::uint64_t w = bits ^ upper; // the distance to the nearer end
        const auto zeros = static_cast<std::size_t>(std::countl_zero(w | kEvenZone));
        const std::uint64_t m = w << zeros;
        const std::int64_t *point = values + (upper & kHalfPoints) + (m >> kFirstBits) +
                                    ((kFirstBits - kFineBits - zeros) << kStepBits);
        // With g in [-1/2, 1/2), the place in the cell less one half: (p0 + p1) / 2 + g (p1 - p0).
        const auto g = static_cast<std::int64_t>((m << (kStepBits + 1)) ^ (std::uint64_t{1} << 63));
        const std::int64_t rise = mulHighSigned((point[1] - point[0]) * 2, g);
        return (point[0] + point[1] + rise + 1) >> 1;
    }
    Duration sampleMixture(std::uint64_t bits) const;

    Kind m_kind = Kind::Constant;
    std::int64_t m_a = 0;                   ///< constant: value, exponential: mean, uniform: lo
    std::uint64_t m_count = 0;              ///< uniform: hi - lo, steps: number of values
    const std::int64_t *m_values = nullptr; ///< points of the table, or sorted samples
    std::int64_t m_mean = 0;                ///< see mean()
    std::shared_ptr<const Details> m_details;
};

} // namespace halfopen
