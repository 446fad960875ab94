// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/token_bucket.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {
constexpr double kMillion = 1e6;
}

TokenBucket::TokenBucket(double ratePerSecond, std::int64_t burst, Instant now)
    : m_perNs(std::llround(ratePerSecond * kMillion)), m_capacity(burst * kToken), m_level(m_capacity), m_at(now)
{
    HALFOPEN_CHECK(m_perNs > 0);
    HALFOPEN_CHECK(burst >= 1);
}

Wide TokenBucket::levelAt(Instant now) const
{
    return std::min(m_capacity, m_level + static_cast<Wide>((now - m_at).count()) * m_perNs);
}

Duration TokenBucket::waitFor(Instant now) const
{
    const Wide missing = kToken - levelAt(now);
    return missing <= 0 ? Duration(0) : Duration(static_cast<std::int64_t>((missing + m_perNs - 1) / m_perNs));
}

void TokenBucket::take(Instant now)
{
    m_level = levelAt(now) - kToken;
    m_at = now;
}

void TokenBucket::reconfigure(Instant now, double ratePerSecond, std::int64_t burst)
{
    const Wide level = levelAt(now);
    *this = TokenBucket(ratePerSecond, burst, now);
    m_level = std::min(level, m_capacity);
}

void TokenBucket::fill(double most, double level)
{
    HALFOPEN_CHECK(most >= 1);
    HALFOPEN_CHECK(level >= 0);
    m_capacity = static_cast<Wide>(std::llround(most * kMillion)) * (kToken / 1'000'000);
    m_level = std::min(m_capacity, static_cast<Wide>(std::llround(level * kMillion)) * (kToken / 1'000'000));
}

std::int64_t TokenBucket::tokens(Instant now) const
{
    const Wide level = levelAt(now);
    const Wide whole = level / kToken; // rounds towards zero
    return static_cast<std::int64_t>(level < 0 && whole * kToken != level ? whole - 1 : whole);
}

} // namespace halfopen
