// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace halfopen {

/// How often each key is asked for.
enum class KeyPopularity : std::uint8_t {
    Zipf,    ///< key k in proportion to k^-exponent: a few are hot, most are cold
    Uniform, ///< all alike: the worst case for a small cache
};
std::span<const std::string_view> enumNames(KeyPopularity);

struct CacheConfig {
    std::int64_t keys = 1000;               ///< size of the key space, 1..100 000
    KeyPopularity popularity = KeyPopularity::Zipf;
    std::optional<double> exponent;         ///< 1.0 (zipf)
    std::optional<std::int64_t> capacity;   ///< entries; none = all keys fit
    Duration ttl = std::chrono::minutes(1); ///< > 0; how long an answer is fresh
    std::optional<Duration> staleWhileError; ///< none = never stale
    std::vector<std::string> staleOn = outcomeNames(kEveryFailure); ///< outcomes that a stale answer replaces
};

const Schema &cacheSchema();

/// Draws keys 0, 1, ... from a popularity, by a table of cumulated chances.
class KeySpace {
public:
    /// \a keys >= 1. \a exponent >= 0; 0 is uniform. The weights are exact to the last bit of a double on every machine.
    KeySpace(std::int64_t keys, double exponent);
    /// The key that 64 uniform bits stand for.
    std::uint32_t keyOf(std::uint64_t bits) const;
    /// The chance of a key, for tests and reports.
    double chanceOf(std::uint32_t key) const;

private:
    std::vector<std::uint64_t> m_upTo; ///< 2^64 times the chance of this key or one before, of all keys but the last
};

/// Answers from memory while the answer is fresh, so that the dependency is not asked at all.
///
/// - A hit ends here, with `success` and at once. A miss goes on, and its success is kept for `ttl` from the moment it came.
/// - With `stale_while_error` a failed refresh is answered with the old answer, as `fallback`, until it is older than ttl +
///   stale_while_error (RFC 5861, stale-if-error).
/// - Calls that miss the same key at the same time all go on: nothing joins them (a stampede).
/// - The key of a call is drawn from the popularity with call.draw(0): the same call asks for the same key in every world, and
///   so does its retry. A full cache drops the entry that was used least recently.
/// - Each process has its own cache, cold at the start.
class Cache final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 8;

    explicit Cache(const CacheConfig &config) { apply(config); }

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    /// Entries stay as far as they fit, unless the keys change.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    std::size_t entries() const { return m_slotOf.size(); }
    std::uint32_t keyOf(const PolicyCall &call) const { return m_keys->keyOf(call.draw(0)); }

private:
    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
    struct Entry {
        std::uint32_t key = 0;
        std::uint32_t newer = kNone;
        std::uint32_t older = kNone;
        Instant storedAt;
    };
    struct CallState {
        std::uint32_t key;
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const CacheConfig &config);
    void store(Instant now, std::uint32_t key);
    void unlink(std::uint32_t slot);
    void linkAsNewest(std::uint32_t slot);
    void dropOldest();
    std::size_t capacity() const { return static_cast<std::size_t>(m_config.capacity.value_or(m_config.keys)); }

    CacheConfig m_config;
    OutcomeSet m_staleOn;
    std::shared_ptr<const KeySpace> m_keys; ///< shared by all caches with the same keys: it never changes
    std::unordered_map<std::uint32_t, std::uint32_t> m_slotOf; ///< looked up only, never iterated
    std::vector<Entry> m_entries;
    std::vector<std::uint32_t> m_free;
    std::uint32_t m_newest = kNone;
    std::uint32_t m_oldest = kNone;
};

} // namespace halfopen
