// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/base/distribution_details.h"
#include "core/base/random.h"
#include "core/base/units.h"

#include <algorithm>

// What a distribution says of itself; how it is made is distributions.cpp.

namespace halfopen {

double Distribution::cdf(Duration value) const
{
    if (m_kind == Kind::Mixture) {
        double sum = 0.0;
        for (const Branch &branch : m_details->branches)
            sum += branch.weight * branch.distribution.cdf(value);
        return sum;
    }
    if (sample(kAlways) <= value)
        return 1.0;
    // The number of draws whose sample is at most the value.
    std::uint64_t draws = 0;
    for (std::uint64_t step = std::uint64_t{1} << 63; step != 0; step >>= 1)
        if (sample(draws + step - 1) <= value)
            draws += step;
    return static_cast<double>(draws) * 0x1p-64;
}

Duration Distribution::quantile(double q) const
{
    HALFOPEN_CHECK(q >= 0.0 && q <= 1.0);
    if (m_kind == Kind::Mixture) {
        std::int64_t lo = -1;
        std::int64_t hi = kMaxSampleNs;
        while (hi - lo > 1) {
            const std::int64_t middle = lo + (hi - lo) / 2;
            (cdf(Duration(middle)) >= q ? hi : lo) = middle;
        }
        return Duration(hi);
    }
    const double scaled = q * 0x1p64;
    return sample(scaled >= 0x1p64 ? kAlways : static_cast<std::uint64_t>(scaled));
}

std::string Distribution::describe() const
{
    switch (m_kind) {
    case Kind::Constant:
        return "constant(" + formatDuration(Duration(m_a)) + ")";
    case Kind::Exponential:
        return "exponential(mean " + formatDuration(Duration(m_a)) + ")";
    case Kind::Uniform:
        return "uniform(" + formatDuration(Duration(m_a)) + " to " +
               formatDuration(Duration(m_a + static_cast<std::int64_t>(m_count))) + ")";
    default:
        return m_details->text;
    }
}

std::uint64_t Distribution::fingerprint() const
{
    std::uint64_t hash = mix64(static_cast<std::uint64_t>(m_kind) + 1);
    hash = mix64(hash ^ static_cast<std::uint64_t>(m_a)) + m_count;
    if (!m_details)
        return mix64(hash);
    for (const std::int64_t value : m_details->values)
        hash = mix64(hash ^ static_cast<std::uint64_t>(value)) + 1;
    for (const Branch &branch : m_details->branches) {
        hash = mix64(hash ^ branch.last) + branch.inverse;
        hash = mix64(hash ^ branch.distribution.fingerprint());
    }
    return mix64(hash);
}

bool operator==(const Distribution &a, const Distribution &b)
{
    if (a.m_kind != b.m_kind || a.m_a != b.m_a || a.m_count != b.m_count)
        return false;
    if (a.m_details == b.m_details)
        return true;
    const auto sameBranch = [](const Distribution::Branch &x, const Distribution::Branch &y) {
        return x.last == y.last && x.distribution == y.distribution;
    };
    return a.m_details->values == b.m_details->values &&
           std::equal(a.m_details->branches.begin(), a.m_details->branches.end(),
                      b.m_details->branches.begin(), b.m_details->branches.end(), sameBranch);
}

} // namespace halfopen
