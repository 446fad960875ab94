// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/samples.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <string>

namespace halfopen::verify {

namespace {

constexpr int kBinBits = 14; ///< of a value that its bin keeps behind the leading one
constexpr std::uint64_t kPerOctave = std::uint64_t{1} << kBinBits;
constexpr std::size_t kBins = (63 - kBinBits) * kPerOctave + kPerOctave;

std::size_t binOf(std::int64_t ns)
{
    const auto value = static_cast<std::uint64_t>(ns);
    const int shift = 63 - std::countl_zero(value | kPerOctave) - kBinBits;
    return static_cast<std::size_t>(shift) * kPerOctave + static_cast<std::size_t>(value >> shift);
}

/// The middle of a bin; the value itself below 2^15 ns.
std::int64_t middleOf(std::size_t bin)
{
    if (bin < 2 * kPerOctave)
        return static_cast<std::int64_t>(bin);
    const std::uint64_t shift = bin / kPerOctave - 1;
    return static_cast<std::int64_t>(((bin - shift * kPerOctave) << shift) + (std::uint64_t{1} << shift) / 2);
}

} // namespace

Samples Samples::exactUpTo(std::size_t exactMax)
{
    Samples samples;
    samples.m_exactMax = exactMax;
    return samples;
}

void Samples::reserve(std::size_t count)
{
    m_ns.reserve(std::min(count, m_exactMax));
}

void Samples::add(std::int64_t ns, std::uint64_t times)
{
    if (times == 0)
        return;
    ns = std::max<std::int64_t>(ns, 0);
    m_count += times;
    m_sum += static_cast<UnsignedWide>(static_cast<std::uint64_t>(ns)) * times;
    m_min = std::min(m_min, ns);
    m_max = std::max(m_max, ns);
    if (m_bins.empty() && m_count > m_exactMax)
        countInBins();
    if (!m_bins.empty()) {
        m_bins[binOf(ns)] += times;
        return;
    }
    m_isSorted = false;
    if (times == 1)
        m_ns.push_back(ns);
    else
        m_ns.insert(m_ns.end(), static_cast<std::size_t>(times), ns);
}

void Samples::countInBins()
{
    m_bins.resize(kBins);
    for (const std::int64_t ns : m_ns)
        ++m_bins[binOf(ns)];
    m_ns.clear();
    m_ns.shrink_to_fit();
}

template <typename Visit> void Samples::forEach(Visit &&visit) const
{
    for (const std::int64_t ns : m_ns)
        visit(ns, std::uint64_t{1});
    for (std::size_t bin = 0; bin < m_bins.size(); ++bin)
        if (m_bins[bin] > 0)
            visit(std::clamp(middleOf(bin), m_min, m_max), m_bins[bin]);
}

void Samples::merge(const Samples &other)
{
    if (other.m_count == 0)
        return;
    const UnsignedWide sum = m_sum + other.m_sum; // exact, also where only bins are known
    const std::int64_t least = std::min(m_min, other.m_min);
    const std::int64_t greatest = std::max(m_max, other.m_max);
    if (other.m_bins.empty()) {
        // Twice as much or more, as a vector grows by itself: of many replications each would move all before it.
        if (const std::size_t count = m_ns.size() + other.m_ns.size(); count > m_ns.capacity())
            reserve(std::max(count, 2 * m_ns.capacity()));
        for (const std::int64_t ns : other.m_ns)
            add(ns);
    } else {
        if (m_bins.empty())
            countInBins();
        for (std::size_t bin = 0; bin < m_bins.size(); ++bin)
            m_bins[bin] += other.m_bins[bin];
        m_count += other.m_count;
    }
    m_sum = sum;
    m_min = least;
    m_max = greatest;
}

double Samples::meanSeconds() const
{
    if (m_count == 0)
        return 0;
    return static_cast<double>(static_cast<long double>(m_sum) / static_cast<long double>(m_count) * 1e-9L);
}

double Samples::varianceSeconds2() const
{
    if (m_count == 0)
        return 0;
    const long double mean = static_cast<long double>(meanSeconds());
    long double sum = 0;
    forEach([&](std::int64_t ns, std::uint64_t times) {
        const long double d = static_cast<long double>(ns) * 1e-9L - mean;
        sum += d * d * static_cast<long double>(times);
    });
    return static_cast<double>(sum / static_cast<long double>(m_count));
}

double Samples::quantileSeconds(double q) const
{
    if (m_count == 0)
        return 0;
    // 99.9 % of 1000 is the 999th value, though 0.999 * 1000 may be a little more in binary.
    const double rank = std::ceil(q * static_cast<double>(m_count) * (1 - 1e-13));
    const auto place = static_cast<std::uint64_t>(std::clamp(rank, 1.0, static_cast<double>(m_count)));
    if (m_bins.empty()) {
        if (!m_isSorted)
            std::sort(m_ns.begin(), m_ns.end());
        m_isSorted = true;
        return static_cast<double>(m_ns[static_cast<std::size_t>(place - 1)]) * 1e-9;
    }
    std::uint64_t below = 0;
    for (std::size_t bin = 0; bin < m_bins.size(); ++bin)
        if ((below += m_bins[bin]) >= place)
            return static_cast<double>(std::clamp(middleOf(bin), m_min, m_max)) * 1e-9;
    return maxSeconds();
}

double Samples::shareAbove(std::int64_t ns) const
{
    if (m_count == 0)
        return 0;
    std::uint64_t above = 0;
    for (const std::int64_t value : m_ns)
        above += value > ns ? 1 : 0;
    if (!m_bins.empty() && ns >= 0)
        for (std::size_t bin = binOf(ns) + 1; bin < m_bins.size(); ++bin)
            above += m_bins[bin];
    return static_cast<double>(above) / static_cast<double>(m_count);
}

/// The share that "p99", "p99.9", "p99_9" or "p999" names: two figures before the point. Empty if it is no percentile.
static std::optional<double> shareOf(std::string_view name)
{
    if (name == "median")
        return 0.5;
    if (name.size() < 2 || name.front() != 'p')
        return std::nullopt;
    std::string digits(name.substr(1));
    std::replace(digits.begin(), digits.end(), '_', '.');
    if (digits.size() > 2 && digits.starts_with("99") && digits.find('.') == std::string::npos)
        digits.insert(2, ".");
    double percent = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), percent);
    if (error != std::errc() || end != digits.data() + digits.size() || percent < 0 || percent > 100)
        return std::nullopt;
    return percent / 100;
}

std::optional<double> Samples::statistic(std::string_view name) const
{
    if (name == "count")
        return static_cast<double>(count());
    if (name == "variance_s2")
        return varianceSeconds2();
    if (name == "cv" || name == "coefficient_of_variation")
        return m_sum == 0 ? 0 : std::sqrt(varianceSeconds2()) / meanSeconds();
    if (!name.ends_with("_s"))
        return std::nullopt;
    name.remove_suffix(2);
    if (name == "mean")
        return meanSeconds();
    if (name == "max")
        return maxSeconds();
    if (name == "min")
        return minSeconds();
    if (name == "sd" || name == "std" || name == "stddev")
        return std::sqrt(varianceSeconds2());
    if (const auto share = shareOf(name))
        return quantileSeconds(*share);
    return std::nullopt;
}

Samples Samples::correctedForCoordinatedOmission(std::int64_t expectedNs) const
{
    Samples corrected;
    forEach([&](std::int64_t ns, std::uint64_t times) {
        corrected.add(ns, times);
        for (std::int64_t missed = ns - expectedNs; expectedNs > 0 && missed >= expectedNs; missed -= expectedNs)
            corrected.add(missed, times);
    });
    return corrected;
}

} // namespace halfopen::verify
