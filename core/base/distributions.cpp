// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/distributions.h"

#include "core/base/check.h"
#include "core/base/distribution_details.h"
#include "core/base/portable_math.h"
#include "core/base/random.h"
#include "core/base/units.h"

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <mutex>

namespace halfopen {

namespace {

using Values = std::vector<std::int64_t>;
using Reals = std::vector<double>;

std::int64_t toSampleNs(double ns)
{
    if (!(ns < static_cast<double>(kMaxSampleNs)))
        return kMaxSampleNs;
    return ns <= 0.0 ? 0 : static_cast<std::int64_t>(ns + 0.5);
}

double real(Duration d)
{
    return static_cast<double>(d.count());
}

bool isSample(Duration d)
{
    return d.count() >= 0 && d.count() <= kMaxSampleNs;
}

/// Remembers the last results of slow computations by their arguments, for all threads: worlds are
/// rebuilt from the same scenario thousands of times in a sweep.
template <typename T> class RecentResults {
public:
    using Key = std::array<std::uint64_t, 5>;
    std::shared_ptr<const T> get(const Key &key, const std::function<T()> &compute)
    {
        {
            const std::lock_guard lock(m_mutex);
            for (const auto &[known, result] : m_results)
                if (result && known == key)
                    return result;
        }
        auto made = std::make_shared<const T>(compute());
        const std::lock_guard lock(m_mutex);
        m_results[m_next] = {key, made};
        m_next = (m_next + 1) % m_results.size();
        return made;
    }

private:
    std::mutex m_mutex;
    std::array<std::pair<Key, std::shared_ptr<const T>>, 64> m_results;
    std::size_t m_next = 0;
};

enum class Family : std::uint64_t { Lognormal, LognormalPinned, Gamma, Weibull, Pareto, Normal };

std::uint64_t keyOf(double parameter)
{
    return std::bit_cast<std::uint64_t>(parameter);
}

} // namespace

/// Makes the tables. A friend, so that the header shows no more of it than a name.
struct DistributionBuilder {
    using Details = Distribution::Details;
    using Kind = Distribution::Kind;
    static constexpr std::size_t kHalf = Distribution::kHalfPoints;
    static constexpr std::size_t kEven = std::size_t{1} << Distribution::kStepBits;

    /// The distance of point \a i to the end of its half, in units of 2^-64.
    static std::uint64_t distance(std::size_t i)
    {
        if (i < 2 * kEven)
            return static_cast<std::uint64_t>(i) << Distribution::kFineBits;
        const std::size_t shift = (i >> Distribution::kStepBits) - 1;
        return static_cast<std::uint64_t>(i - (shift << Distribution::kStepBits))
               << (shift + Distribution::kFineBits);
    }
    /// The same as a probability; the outermost point stands for half a draw.
    static double tail(std::size_t i)
    {
        return i == 0 ? 0x1p-65 : static_cast<double>(distance(i)) * 0x1p-64;
    }

    /// Standard normal quantiles at all points.
    static const Reals &normals()
    {
        static const Reals table = [] {
            Reals z(2 * kHalf);
            for (std::size_t i = 0; i < kHalf; ++i) {
                z[i] = normalQuantile(tail(i));
                z[kHalf + i] = -z[i];
            }
            return z;
        }();
        return table;
    }

    static Reals normalUnit(double cv)
    {
        Reals unit(normals());
        for (double &z : unit)
            z = std::max(0.0, 1.0 + cv * z);
        return unit;
    }

    static Reals lognormalUnit(double sigma)
    {
        Reals unit;
        unit.reserve(2 * kHalf);
        for (const double z : normals())
            unit.push_back(portableExp(sigma * z));
        return unit;
    }

    static Reals weibullUnit(double shape)
    {
        const double power = 1.0 / shape;
        const double scale = portableExp(-logGamma(1.0 + power));
        Reals unit(2 * kHalf);
        for (std::size_t i = 0; i < kHalf; ++i) {
            unit[i] = scale * portablePow(-portableLog1p(-tail(i)), power);
            unit[kHalf + i] = scale * portablePow(-portableLog(tail(i)), power);
        }
        return unit;
    }

    /// \a floor is (minimum / maximum)^alpha, the part of the tail that a bound cuts off.
    static Reals paretoUnit(double alpha, double floor)
    {
        Reals unit(2 * kHalf);
        const double power = -1.0 / alpha;
        for (std::size_t i = 0; i < kHalf; ++i) {
            const double w = tail(i);
            unit[i] = portableExp(power * portableLog1p(-w * (1.0 - floor)));
            unit[kHalf + i] = portableExp(power * portableLog(floor + w * (1.0 - floor)));
        }
        return unit;
    }

    /// Solves tail(x) = target for ln x by Newton's method on (ln x, ln tail), which is nearly
    /// straight on both sides. Gives ln x and the slope d ln x / d ln tail.
    static std::pair<double, double> gammaPoint(double shape, bool upper, double target,
                                                double guess)
    {
        const double logTarget = portableLog(target);
        double y = guess;
        double slope = 0.0;
        for (int i = 0; i < 60; ++i) {
            const GammaTails tails = gammaTails(shape, y);
            const double t = upper ? tails.upper : tails.lower;
            if (!(t > 0.0) || !(tails.xTimesDensity > 0.0)) {
                y = upper ? y - 0.5 : y + 0.5; // too far out: come back
                continue;
            }
            slope = (upper ? -t : t) / tails.xTimesDensity;
            const double step = (logTarget - portableLog(t)) * slope;
            y += std::clamp(step, -2.0, 2.0);
            if (std::fabs(step) < 1e-13)
                break;
        }
        return {y, slope};
    }

    /// Every fourth point is solved, from the median outwards; between them a cubic through
    /// values and slopes in (ln tail, ln x) is exact to about 1e-7.
    static Reals gammaUnit(double shape)
    {
        Reals unit(2 * kHalf);
        for (const bool upper : {false, true}) {
            const std::size_t base = upper ? kHalf : 0;
            // Wilson and Hilferty's median as the first guess.
            const double median = 1.0 - 1.0 / (9.0 * shape);
            double guess =
                median > 0.1 ? portableLog(shape) + 3.0 * portableLog(median) : -0.7 / shape;
            double farT = 0.0, farY = 0.0, farSlope = 0.0;
            std::size_t last = kHalf;
            for (std::size_t i = kHalf - 1;; i -= (i > kEven ? 4 : 1)) {
                const double t = portableLog(tail(i));
                if (last != kHalf)
                    guess = farY + farSlope * (t - farT);
                const auto [y, slope] = gammaPoint(shape, upper, tail(i), guess);
                unit[base + i] = portableExp(y) / shape;
                if (last != kHalf)
                    for (std::size_t j = i + 1; j < last; ++j) {
                        const double h = farT - t;
                        const double s = (portableLog(tail(j)) - t) / h;
                        const double r = 1.0 - s;
                        const double value = r * r * ((1.0 + 2.0 * s) * y + s * h * slope) +
                                             s * s * ((1.0 + 2.0 * r) * farY - r * h * farSlope);
                        unit[base + j] = portableExp(value) / shape;
                    }
                farT = t;
                farY = y;
                farSlope = slope;
                last = i;
                if (i == 0)
                    break;
            }
        }
        return unit;
    }

    static Values scaled(const Reals &unit, double scale)
    {
        Values values(2 * kHalf);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = toSampleNs(unit[i] * scale);
        // Rounding inside the formulas may turn neighbours around by a hair.
        for (std::size_t i = 1; i < kHalf; ++i)
            values[i] = std::max(values[i], values[i - 1]);
        values[2 * kHalf - 1] = values[kHalf - 1];
        for (std::size_t i = 2 * kHalf - 1; i > kHalf; --i)
            values[i - 1] = std::max(values[i - 1], values[i]);
        return values;
    }

    /// Bends the line of the cell that holds \a probability so that it passes through \a value. One
    /// end of the cell is moved to where the flatter neighbouring line meets it, so the table keeps
    /// its order.
    static void pin(Values &values, double probability, std::int64_t value)
    {
        const bool upper = probability >= 0.5;
        const double w = upper ? 1.0 - probability : probability;
        std::int64_t *const half = values.data() + (upper ? kHalf : 0);
        std::size_t i = 0;
        while (i + 2 < kHalf && tail(i + 1) <= w)
            ++i;
        const double from = i == 0 ? 0.0 : tail(i);
        const double f = (w - from) / (tail(i + 1) - from);
        std::int64_t &a = half[i];
        std::int64_t &b = half[i + 1];
        if (value < std::min(a, b) || value > std::max(a, b))
            return; // the curve does not pass here: two points in one cell
        if (f <= 0.0) {
            a = value;
            return;
        }
        const double toA = static_cast<double>(value - a);
        const double toB = static_cast<double>(b - value);
        const bool keepA = std::fabs(toA) * (1.0 - f) <= std::fabs(toB) * f;
        if (keepA) // the line from a through the point does not overshoot b
            b = a + static_cast<std::int64_t>(toA / f + (toA < 0.0 ? -0.5 : 0.5));
        else
            a = b - static_cast<std::int64_t>(toB / (1.0 - f) + (toB < 0.0 ? -0.5 : 0.5));
    }

    static Distribution fromTable(std::shared_ptr<const Details> details)
    {
        Distribution d;
        d.m_kind = Kind::Table;
        d.m_values = details->values.data();
        d.m_mean = details->tableMean;
        d.m_details = std::move(details);
        return d;
    }

    /// The integral of the lines between the points.
    static std::int64_t tableMean(const Values &values)
    {
        UnsignedWide twice = 0;
        for (std::size_t i = 0; i + 1 < kHalf; ++i) {
            const std::uint64_t width = distance(i + 1) - distance(i);
            const std::int64_t sum =
                values[i] + values[i + 1] + values[kHalf + i] + values[kHalf + i + 1];
            twice += static_cast<UnsignedWide>(width) * static_cast<std::uint64_t>(sum);
        }
        return static_cast<std::int64_t>((twice + (UnsignedWide{1} << 64)) >> 65);
    }

    /// A table from a unit table times a scale; both remembered.
    static Distribution fromFamily(Family family, double a, double b, double scale,
                                   const std::function<Reals()> &unit,
                                   const std::function<std::string()> &text,
                                   std::optional<std::pair<double, std::int64_t>> pinned = {})
    {
        static RecentResults<Reals> units;
        static RecentResults<Details> tables;
        const auto id = static_cast<std::uint64_t>(family);
        const auto pinnedNs = pinned ? static_cast<std::uint64_t>(pinned->second) : 0;
        return fromTable(tables.get({id, keyOf(a), keyOf(b), keyOf(scale), pinnedNs}, [&] {
            Details details;
            const auto shape = units.get({id, keyOf(a), keyOf(b), 0, 0}, unit);
            details.values = scaled(*shape, scale);
            if (pinned)
                pin(details.values, pinned->first, pinned->second);
            details.tableMean = tableMean(details.values);
            details.text = text();
            return details;
        }));
    }
};

Distribution Distribution::constant(Duration value)
{
    HALFOPEN_CHECK(isSample(value));
    Distribution d;
    d.m_a = value.count();
    d.m_mean = value.count();
    return d;
}

Distribution Distribution::uniform(Duration lo, Duration hi)
{
    HALFOPEN_CHECK(isSample(lo) && isSample(hi) && lo <= hi);
    if (lo == hi)
        return constant(lo);
    Distribution d;
    d.m_kind = Kind::Uniform;
    d.m_a = lo.count();
    d.m_count = static_cast<std::uint64_t>((hi - lo).count());
    d.m_mean = lo.count() + static_cast<std::int64_t>((d.m_count - 1) / 2);
    return d;
}

Distribution Distribution::exponential(Duration mean)
{
    HALFOPEN_CHECK(isSample(mean));
    Distribution d;
    d.m_kind = Kind::Exponential;
    d.m_a = mean.count();
    d.m_mean = mean.count();
    return d;
}

Distribution Distribution::lognormal(Duration p50, Duration p99)
{
    HALFOPEN_CHECK(p50.count() > 0 && p50 <= p99 && isSample(p99));
    if (p50 == p99)
        return constant(p50);
    const double sigma = portableLog(real(p99) / real(p50)) / -normalQuantile(0.01);
    return DistributionBuilder::fromFamily(
        Family::LognormalPinned, sigma, 0.0, real(p50),
        [&] { return DistributionBuilder::lognormalUnit(sigma); },
        [&] {
            return "lognormal(p50 " + formatDuration(p50) + ", p99 " + formatDuration(p99) + ")";
        },
        std::pair(0.99, p99.count()));
}

Distribution Distribution::lognormalMeanCv(Duration mean, double cv)
{
    HALFOPEN_CHECK(isSample(mean) && cv >= 0.0 && cv <= 100.0);
    const double spread = 1.0 + cv * cv;
    const double median = real(mean) / std::sqrt(spread);
    const double sigma = std::sqrt(portableLog(spread));
    if (sigma == 0.0 || mean.count() == 0)
        return constant(mean);
    return DistributionBuilder::fromFamily(
        Family::Lognormal, sigma, 0.0, median,
        [&] { return DistributionBuilder::lognormalUnit(sigma); },
        [&] {
            return "lognormal(mean " + formatDuration(mean) + ", cv " + formatNumber(cv) + ")";
        });
}

Distribution Distribution::lognormalMedianSigma(Duration median, double sigma)
{
    HALFOPEN_CHECK(isSample(median) && sigma >= 0.0 && sigma <= 20.0);
    if (sigma == 0.0 || median.count() == 0)
        return constant(median);
    return DistributionBuilder::fromFamily(
        Family::Lognormal, sigma, 0.0, real(median),
        [&] { return DistributionBuilder::lognormalUnit(sigma); },
        [&] {
            return "lognormal(p50 " + formatDuration(median) + ", sigma " + formatNumber(sigma) +
                   ")";
        });
}

Distribution Distribution::normal(Duration mean, Duration deviation)
{
    HALFOPEN_CHECK(isSample(mean) && isSample(deviation) && deviation.count() / 100 <= mean.count());
    if (deviation.count() == 0 || mean.count() == 0)
        return constant(mean);
    const double cv = real(deviation) / real(mean);
    return DistributionBuilder::fromFamily(
        Family::Normal, cv, 0.0, real(mean), [&] { return DistributionBuilder::normalUnit(cv); },
        [&] {
            return "normal(mean " + formatDuration(mean) + ", sd " + formatDuration(deviation) + ")";
        });
}

Distribution Distribution::gamma(double shape, Duration mean)
{
    HALFOPEN_CHECK(isSample(mean) && shape >= 0.01 && shape <= 1000.0);
    if (shape == 1.0)
        return exponential(mean);
    return DistributionBuilder::fromFamily(
        Family::Gamma, shape, 0.0, real(mean),
        [&] { return DistributionBuilder::gammaUnit(shape); },
        [&] {
            return "gamma(shape " + formatNumber(shape) + ", mean " + formatDuration(mean) + ")";
        });
}

Distribution Distribution::weibull(double shape, Duration mean)
{
    HALFOPEN_CHECK(isSample(mean) && shape >= 0.1 && shape <= 100.0);
    if (shape == 1.0)
        return exponential(mean);
    return DistributionBuilder::fromFamily(
        Family::Weibull, shape, 0.0, real(mean),
        [&] { return DistributionBuilder::weibullUnit(shape); },
        [&] {
            return "weibull(shape " + formatNumber(shape) + ", mean " + formatDuration(mean) + ")";
        });
}

Distribution Distribution::pareto(double alpha, Duration minimum, std::optional<Duration> maximum)
{
    HALFOPEN_CHECK(isSample(minimum) && minimum.count() > 0 && alpha >= 0.1 && alpha <= 100.0);
    HALFOPEN_CHECK(!maximum || (isSample(*maximum) && *maximum > minimum));
    const double floor = maximum ? portablePow(real(minimum) / real(*maximum), alpha) : 0.0;
    return DistributionBuilder::fromFamily(
        Family::Pareto, alpha, floor, real(minimum),
        [&] { return DistributionBuilder::paretoUnit(alpha, floor); },
        [&] {
            return "pareto(alpha " + formatNumber(alpha) + ", min " + formatDuration(minimum) +
                   (maximum ? ", max " + formatDuration(*maximum) + ")" : ")");
        });
}

Distribution Distribution::mixture(std::vector<std::pair<double, Distribution>> branches)
{
    HALFOPEN_CHECK(!branches.empty());
    double sum = 0.0;
    for (const auto &[weight, distribution] : branches) {
        HALFOPEN_CHECK(weight > 0.0 && weight < 1e300);
        sum += weight;
    }
    if (branches.size() == 1)
        return branches.front().second;
    Details details;
    double mean = 0.0;
    double below = 0.0;
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < branches.size(); ++i) {
        below += branches[i].first;
        const double end = below / sum * 0x1p64;
        // However small its weight, a branch has two draws, and leaves two to each that follows.
        const std::uint64_t least = first + 1;
        const std::uint64_t most = kAlways - 2 * (branches.size() - 1 - i);
        Branch branch;
        branch.first = first;
        branch.last = end < 0x1p64 ? static_cast<std::uint64_t>(std::max(end, 1.0)) - 1 : most;
        branch.last = i + 1 == branches.size() ? most : std::clamp(branch.last, least, most);
        const std::uint64_t width = branch.last - branch.first + 1;
        branch.shift = std::countl_zero(width);
        const UnsignedWide inverse = (UnsignedWide{1} << 127) / (width << branch.shift);
        branch.inverse = inverse >> 64 ? kAlways : static_cast<std::uint64_t>(inverse);
        branch.weight = branches[i].first / sum;
        branch.distribution = branches[i].second;
        mean += branch.weight * real(branch.distribution.mean());
        details.text += (i == 0 ? "mixture(" : ", ") + formatProbability(branch.weight) + " " +
                        branch.distribution.describe();
        details.branches.push_back(branch);
        first = branch.last + 1;
    }
    details.text += ")";
    Distribution d;
    d.m_kind = Kind::Mixture;
    d.m_mean = toSampleNs(mean);
    d.m_details = std::make_shared<const Details>(std::move(details));
    return d;
}

Distribution Distribution::hyperexponential(Duration mean, double cv)
{
    HALFOPEN_CHECK(isSample(mean) && cv > 1.0 && cv <= 100.0);
    // Balanced means: each branch carries half of the load. Source: S. Nozaki and S. M. Ross,
    // "Approximations in finite-capacity multi-server queues", J. Appl. Prob. 15 (1978).
    const double square = cv * cv;
    const double p = 0.5 * (1.0 + std::sqrt((square - 1.0) / (square + 1.0)));
    return mixture({{p, exponential(Duration(toSampleNs(real(mean) / (2.0 * p))))},
                    {1.0 - p, exponential(Duration(toSampleNs(real(mean) / (2.0 * (1.0 - p)))))}});
}

Distribution Distribution::empirical(std::vector<Duration> samples)
{
    HALFOPEN_CHECK(!samples.empty());
    Details details;
    details.values.reserve(samples.size());
    UnsignedWide sum = 0;
    for (const Duration sample : samples) {
        HALFOPEN_CHECK(isSample(sample));
        details.values.push_back(sample.count());
        sum += static_cast<std::uint64_t>(sample.count());
    }
    std::sort(details.values.begin(), details.values.end());
    details.text = "empirical(" + std::to_string(samples.size()) + " samples)";
    Distribution d;
    d.m_kind = Kind::Steps;
    d.m_count = samples.size();
    d.m_mean = static_cast<std::int64_t>((sum + samples.size() / 2) / samples.size());
    auto shared = std::make_shared<const Details>(std::move(details));
    d.m_values = shared->values.data();
    d.m_details = std::move(shared);
    return d;
}

Distribution Distribution::quantiles(std::vector<std::pair<double, Duration>> points)
{
    std::int64_t least = 0;
    std::int64_t greatest = kMaxSampleNs;
    struct Knot {
        double probability, z, log;
        std::int64_t ns;
    };
    std::vector<Knot> knots;
    Details details;
    double previous = -1.0;
    for (const auto &[probability, value] : points) {
        HALFOPEN_CHECK(probability > previous && probability <= 1.0 && isSample(value));
        previous = probability;
        details.text += (details.text.empty() ? "quantiles(" : ", ") +
                        formatProbability(probability) + " " + formatDuration(value);
        const std::int64_t ns = std::max<std::int64_t>(value.count(), 1);
        HALFOPEN_CHECK(knots.empty() || ns >= knots.back().ns);
        if (probability == 0.0)
            least = value.count();
        else if (probability == 1.0)
            greatest = value.count();
        else
            knots.push_back({probability,
                             probability < 0.5 ? normalQuantile(probability)
                                               : -normalQuantile(1.0 - probability),
                             portableLog(static_cast<double>(ns)), ns});
    }
    HALFOPEN_CHECK(knots.size() >= 2);
    details.text += ")";

    Reals logs(DistributionBuilder::normals());
    for (double &z : logs) {
        std::size_t i = 1;
        while (i + 1 < knots.size() && z > knots[i].z)
            ++i;
        const Knot &a = knots[i - 1];
        const Knot &b = knots[i];
        z = portableExp(a.log + (b.log - a.log) * ((z - a.z) / (b.z - a.z)));
    }
    details.values = DistributionBuilder::scaled(logs, 1.0);
    for (std::int64_t &value : details.values)
        value = std::clamp(value, least, greatest);
    for (const Knot &knot : knots)
        DistributionBuilder::pin(details.values, knot.probability, knot.ns);
    details.tableMean = DistributionBuilder::tableMean(details.values);
    return DistributionBuilder::fromTable(std::make_shared<const Details>(std::move(details)));
}

Duration Distribution::sampleMixture(std::uint64_t bits) const
{
    const Branch *branch = m_details->branches.data();
    while (bits > branch->last)
        ++branch;
    // (bits - first) / width as 64 bits, rounded down; the lowest bit is always 0.
    const std::uint64_t inside = (bits - branch->first) << branch->shift;
    return branch->distribution.sample(mulHigh(inside, branch->inverse) << 1);
}

} // namespace halfopen
