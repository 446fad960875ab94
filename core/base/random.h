// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/wide.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

namespace halfopen {

/// A bijection of 64-bit words in which every input bit flips every output bit with a chance of
/// close to one half. Source: P. Evensen, "moremur" (2019), a stronger set of constants for the
/// finaliser of MurmurHash3.
constexpr std::uint64_t mix64(std::uint64_t x)
{
    x ^= x >> 27;
    x *= 0x3C79AC492BA7B653u;
    x ^= x >> 33;
    x *= 0x1C69B3F74AC4AE35u;
    x ^= x >> 27;
    return x;
}

/// A 64-bit hash of a text, the same on every machine: FNV-1a over the bytes, then mix64().
/// For names and keys of a scenario; not safe against an attacker who chooses the text.
std::uint64_t hashText(std::string_view text);

/// Random numbers as a pure function of (seed, stream, key, index): common random numbers.
/// What chance does to call `key` at attempt `index` of one component does not depend on who drew
/// before, so two policies meet the same world and their difference is theirs alone. It has no
/// state to advance; copies are the same stream.
class RandomStream {
public:
    /// A stream like any other, for members that are set later.
    constexpr RandomStream() = default;

    /// The stream of the component \a name in the world \a seed. Other names and other seeds give
    /// unrelated streams.
    RandomStream(std::uint64_t seed, std::string_view name);

    /// 64 uniformly distributed bits. \a key is any 64-bit value, a hash or a small counter (a call
    /// number); \a index is the attempt or the draw number within the key.
    constexpr std::uint64_t draw(std::uint64_t key, std::uint32_t index) const
    {
        // One multiply-xorshift round spreads the key, then the index moves the state by steps of
        // an odd constant, then a full finaliser. Measured against splitmix twice and squares64:
        // the fastest of those that pass the tests of tst_random.
        return drawOf(spread(key), index);
    }
    /// The first half of draw(), the same for all indices: for who draws several times with one key.
    constexpr std::uint64_t spread(std::uint64_t key) const
    {
        const std::uint64_t state = (key ^ m_key) * kKeyFactor;
        return state ^ state >> 32;
    }
    /// draw(key, index) from \a spread(key).
    static constexpr std::uint64_t drawOf(std::uint64_t spread, std::uint32_t index)
    {
        return mix64(spread + index * kIndexFactor);
    }

    /// The stream of a part of this component (an instance, a process of a fleet).
    constexpr RandomStream child(std::uint64_t part) const
    {
        return RandomStream(mix64(mix64(m_key) + (part + 1) * kKeyFactor) | 1);
    }

    constexpr std::uint64_t id() const { return m_key; }
    friend constexpr bool operator==(RandomStream, RandomStream) = default;

private:
    static constexpr std::uint64_t kKeyFactor = 0x9E3779B97F4A7C15u;   // 2^64 / golden ratio, odd
    static constexpr std::uint64_t kIndexFactor = 0xD1B54A32D192ED03u; // 2^64 / plastic number, odd
    constexpr explicit RandomStream(std::uint64_t key) : m_key(key) {}

    std::uint64_t m_key = kKeyFactor;
};
static_assert(sizeof(RandomStream) == 8 && std::is_trivially_copyable_v<RandomStream>);

/// An integer duration in [lo, hi), uniform, increasing in \a bits. Empty ranges give lo.
/// Needs lo <= hi and hi - lo below 2^63 ns.
constexpr Duration uniform(std::uint64_t bits, Duration lo, Duration hi)
{
    const auto span = static_cast<std::uint64_t>((hi - lo).count());
    return lo + Duration(static_cast<std::int64_t>(mulHigh(bits, span)));
}

/// An integer in [0, count), uniform, increasing in \a bits; 0 if count is 0.
constexpr std::uint64_t uniformIndex(std::uint64_t bits, std::uint64_t count)
{
    return mulHigh(bits, count);
}

/// The threshold of a chance of one: every draw is below it, also the largest.
inline constexpr std::uint64_t kAlways = std::numeric_limits<std::uint64_t>::max();

/// True with the probability that \a threshold stands for (see Probability::threshold()):
/// threshold / 2^64, and always for kAlways.
constexpr bool chance(std::uint64_t bits, std::uint64_t threshold)
{
    return (bits < threshold) | (threshold == kAlways);
}

} // namespace halfopen
