// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/wide.h"

#include <cstdint>

namespace halfopen {

/// A bucket of tokens that fills evenly in time and may be drawn below empty by those who agree to wait.
///
/// Integers only: a token is 10^15 parts, so that one nanosecond of a rate in millionths per second is a whole number of parts and no
/// rounding adds up, however long the run. (Only a full bucket loses the part of a nanosecond that does not fit.) Starts full.
/// Source: the token bucket of RFC 2697, section 3, with fractional refill; a bucket of one token is the generic cell rate
/// algorithm (ITU-T I.371) without tolerance: one call per interval.
class TokenBucket {
public:
    /// \a ratePerSecond in 10^-6 .. 10^9 (kept to a millionth), \a burst >= 1 tokens.
    TokenBucket(double ratePerSecond, std::int64_t burst, Instant now);

    /// How long until a token taken now may be used; 0 when one is there.
    Duration waitFor(Instant now) const;
    /// Takes one, there or not: waitFor() said when it may be used.
    void take(Instant now);
    /// Acts from \a now on: the tokens that are there stay, as far as they fit.
    void reconfigure(Instant now, double ratePerSecond, std::int64_t burst);
    /// Holds at most \a most tokens, at least 1 and also a fraction (kept to a millionth), and has \a level of them, at least 0.
    void fill(double most, double level);
    /// Whole tokens, below 0 when some were promised.
    std::int64_t tokens(Instant now) const;

private:
    static constexpr Wide kToken = 1'000'000'000'000'000;
    Wide levelAt(Instant now) const;

    std::int64_t m_perNs; ///< parts per nanosecond: millionths of a token per second
    Wide m_capacity;
    Wide m_level;
    Instant m_at;
};

} // namespace halfopen
