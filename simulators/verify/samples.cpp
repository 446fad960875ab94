// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/samples.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace halfopen::verify {

double Samples::meanSeconds() const
{
    if (m_ns.empty())
        return 0;
    long double sum = 0;
    for (const std::int64_t ns : m_ns)
        sum += static_cast<long double>(ns);
    return static_cast<double>(sum / static_cast<long double>(m_ns.size()) * 1e-9L);
}

double Samples::varianceSeconds2() const
{
    if (m_ns.empty())
        return 0;
    const long double mean = static_cast<long double>(meanSeconds());
    long double sum = 0;
    for (const std::int64_t ns : m_ns) {
        const long double d = static_cast<long double>(ns) * 1e-9L - mean;
        sum += d * d;
    }
    return static_cast<double>(sum / static_cast<long double>(m_ns.size()));
}

double Samples::quantileSeconds(double q)
{
    if (m_ns.empty())
        return 0;
    if (!m_isSorted)
        std::sort(m_ns.begin(), m_ns.end());
    m_isSorted = true;
    // 99.9 % of 1000 is the 999th value, though 0.999 * 1000 may be a little more in binary.
    const double rank = std::ceil(q * static_cast<double>(m_ns.size()) * (1 - 1e-13));
    const auto place = static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(m_ns.size())));
    return static_cast<double>(m_ns[place - 1]) * 1e-9;
}

double Samples::maxSeconds() const
{
    return m_ns.empty() ? 0 : static_cast<double>(*std::max_element(m_ns.begin(), m_ns.end())) * 1e-9;
}

double Samples::minSeconds() const
{
    return m_ns.empty() ? 0 : static_cast<double>(*std::min_element(m_ns.begin(), m_ns.end())) * 1e-9;
}

double Samples::shareAbove(std::int64_t ns) const
{
    if (m_ns.empty())
        return 0;
    const auto above = std::count_if(m_ns.begin(), m_ns.end(), [&](std::int64_t v) { return v > ns; });
    return static_cast<double>(above) / static_cast<double>(m_ns.size());
}

std::optional<double> Samples::statistic(std::string_view name)
{
    if (name == "count")
        return static_cast<double>(count());
    if (name == "variance_s2")
        return varianceSeconds2();
    double scale = 1;
    if (name.ends_with("_ms"))
        scale = 1e3;
    else if (name.ends_with("_us"))
        scale = 1e6;
    else if (!name.ends_with("_s"))
        return std::nullopt;
    name = name.substr(0, name.rfind('_'));
    if (name == "mean")
        return meanSeconds() * scale;
    if (name == "max")
        return maxSeconds() * scale;
    if (name == "min")
        return minSeconds() * scale;
    if (name == "sd" || name == "std")
        return std::sqrt(varianceSeconds2()) * scale;
    if (name == "median")
        return quantileSeconds(0.5) * scale;
    if (name.size() < 2 || name.front() != 'p')
        return std::nullopt;
    std::string digits(name.substr(1));
    std::replace(digits.begin(), digits.end(), '_', '.');
    double percent = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), percent);
    if (error != std::errc() || end != digits.data() + digits.size() || percent < 0 || percent > 100)
        return std::nullopt;
    return quantileSeconds(percent / 100) * scale;
}

Samples Samples::correctedForCoordinatedOmission(std::int64_t expectedNs) const
{
    Samples corrected;
    for (const std::int64_t ns : m_ns) {
        corrected.add(ns);
        for (std::int64_t missed = ns - expectedNs; expectedNs > 0 && missed >= expectedNs; missed -= expectedNs)
            corrected.add(missed);
    }
    return corrected;
}

} // namespace halfopen::verify
