// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/cache.h"

#include "core/base/check.h"
#include "core/base/portable_math.h"
#include "core/base/units.h"
#include "core/scenario/schema_fields.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <utility>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(KeyPopularity)
{
    static constexpr std::array<std::string_view, 2> kNames = {"zipf", "uniform"};
    return kNames;
}

// ---- keys ----

KeySpace::KeySpace(std::int64_t keys, double exponent)
{
    HALFOPEN_CHECK(keys >= 1);
    std::vector<double> cumulated;
    double sum = 0;
    for (std::int64_t k = 1; k <= keys; ++k) {
        sum += portablePow(static_cast<double>(k), -exponent);
        cumulated.push_back(sum);
    }
    cumulated.pop_back(); // the last key takes what is left
    for (const double upTo : cumulated)
        m_upTo.push_back(Probability(upTo / sum).threshold());
}

std::uint32_t KeySpace::keyOf(std::uint64_t bits) const
{
    const auto found = std::upper_bound(m_upTo.begin(), m_upTo.end(), bits);
    return static_cast<std::uint32_t>(found - m_upTo.begin());
}

double KeySpace::chanceOf(std::uint32_t key) const
{
    const double upTo = key < m_upTo.size() ? static_cast<double>(m_upTo[key]) * 0x1p-64 : 1.0;
    return key == 0 ? upTo : upTo - static_cast<double>(m_upTo[key - 1]) * 0x1p-64;
}

namespace {

/// One table for all caches of a fleet that draw alike; it lives as long as one of them does. Safe from every thread.
std::shared_ptr<const KeySpace> sharedKeySpace(std::int64_t keys, double exponent)
{
    static std::mutex mutex;
    static std::map<std::pair<std::int64_t, double>, std::weak_ptr<const KeySpace>> known;
    const std::lock_guard lock(mutex);
    std::weak_ptr<const KeySpace> &entry = known[{keys, exponent}];
    std::shared_ptr<const KeySpace> space = entry.lock();
    if (!space) {
        std::erase_if(known, [&entry](const auto &one) { return &one.second != &entry && one.second.expired(); });
        space = std::make_shared<const KeySpace>(keys, exponent);
        entry = space;
    }
    return space;
}

double exponentOf(const CacheConfig &config)
{
    return config.popularity == KeyPopularity::Uniform ? 0.0 : config.exponent.value_or(1.0);
}

} // namespace

// ---- the policy ----

void Cache::apply(const CacheConfig &config)
{
    const bool otherKeys = !m_keys || config.keys != m_config.keys || exponentOf(config) != exponentOf(m_config);
    m_config = config;
    m_staleOn = OutcomeSet::fromNames(config.staleOn);
    if (otherKeys) {
        m_keys = sharedKeySpace(config.keys, exponentOf(config));
        m_slotOf.clear();
        m_entries.clear();
        m_free.clear();
        m_newest = m_oldest = kNone;
    }
    while (m_slotOf.size() > capacity())
        dropOldest();
}

void Cache::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const CacheConfig *>(config));
}

void Cache::unlink(std::uint32_t slot)
{
    const Entry &e = m_entries[slot];
    (e.newer == kNone ? m_newest : m_entries[e.newer].older) = e.older;
    (e.older == kNone ? m_oldest : m_entries[e.older].newer) = e.newer;
}

void Cache::linkAsNewest(std::uint32_t slot)
{
    m_entries[slot].newer = kNone;
    m_entries[slot].older = m_newest;
    (m_newest == kNone ? m_oldest : m_entries[m_newest].newer) = slot;
    m_newest = slot;
}

void Cache::dropOldest()
{
    const std::uint32_t slot = m_oldest;
    unlink(slot);
    m_slotOf.erase(m_entries[slot].key);
    m_free.push_back(slot);
}

void Cache::store(Instant now, std::uint32_t key)
{
    if (const auto found = m_slotOf.find(key); found != m_slotOf.end()) {
        m_entries[found->second].storedAt = now;
        unlink(found->second);
        linkAsNewest(found->second);
        return;
    }
    if (m_slotOf.size() >= capacity())
        dropOldest();
    std::uint32_t slot = static_cast<std::uint32_t>(m_entries.size());
    if (m_free.empty()) {
        m_entries.emplace_back();
    } else {
        slot = m_free.back();
        m_free.pop_back();
    }
    m_entries[slot].key = key;
    m_entries[slot].storedAt = now;
    m_slotOf.emplace(key, slot);
    linkAsNewest(slot);
}

Admission Cache::admit(Instant now, PolicyCall &call)
{
    const std::uint32_t key = keyOf(call);
    call.as<CallState>().key = key;
    const auto found = m_slotOf.find(key);
    if (found == m_slotOf.end())
        return Admission::admit();
    unlink(found->second);
    linkAsNewest(found->second);
    if (now - m_entries[found->second].storedAt >= m_config.ttl)
        return Admission::admit();
    return Admission::refuse({.kind = OutcomeKind::Success});
}

Verdict Cache::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    const std::uint32_t key = call.as<CallState>().key;
    if (outcome.kind == OutcomeKind::Success) {
        store(now, key);
        return Verdict::keep();
    }
    if (!m_config.staleWhileError || !m_staleOn.contains(outcome.kind))
        return Verdict::keep();
    const auto found = m_slotOf.find(key);
    const bool isUsable = found != m_slotOf.end()
        && now - m_entries[found->second].storedAt < m_config.ttl + *m_config.staleWhileError;
    return isUsable ? Verdict::replace({.kind = OutcomeKind::Fallback}) : Verdict::keep();
}

// ---- schema ----

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const CacheConfig *>(config);
    if (c.popularity == KeyPopularity::Uniform && c.exponent)
        return "exponent has no meaning with popularity: uniform";
    return {};
}

std::vector<Field> fields()
{
    using C = CacheConfig;
    return {
        schema::field<&C::ttl>(
            {.key = "ttl",
             .type = ValueType::Duration,
             .help = "How long an answer is fresh. Long: few requests, old answers. Short: when a hot key expires, all who ask for "
                     "it before the first new answer go to the dependency together.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::staleWhileError>(
            {.key = "stale_while_error",
             .type = ValueType::Duration,
             .help = "An answer older than its ttl by up to this still replaces a failure, as `fallback`. none: a failed refresh "
                     "is a failed call.",
             .min = Duration(1ms),
             .max = Duration(168h),
             .optional = true}),
        schema::field<&C::capacity>(
            {.key = "capacity",
             .type = ValueType::Count,
             .help = "Entries in each process's cache; the least recently used goes first. none: all keys fit.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000},
             .optional = true}),
        schema::field<&C::keys>(
            {.key = "keys",
             .type = ValueType::Count,
             .help = "How many different things are asked for. With popularity it decides how much a cache can save.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000}}),
        schema::field<&C::popularity>(
            {.key = "popularity",
             .type = ValueType::Choice,
             .help = "zipf: key number k is asked for in proportion to 1 / k^exponent, as web pages and products are. uniform: all "
                     "alike, the worst case.",
             .choices = {"zipf", "uniform"}}),
        schema::field<&C::exponent>(
            {.key = "exponent",
             .type = ValueType::Number,
             .help = "How uneven zipf is. 1 unless given: of 1000 keys the first gets 13 % of the calls. 0 is uniform.",
             .min = 0.0,
             .max = 5.0,
             .optional = true}),
        schema::field<&C::staleOn>(
            {.key = "stale_on",
             .type = ValueType::TextList,
             .help = "Outcomes of a refresh that a stale answer may replace; a breaker's refusal is one of them unless you leave it "
                     "out.",
             .choices = failureNames()}),
    };
}

} // namespace

const Schema &cacheSchema()
{
    static const Schema schema = {
        .key = "cache",
        .title = "Cache",
        .summary = "Answers from memory while the answer is fresh; the dependency is asked for the rest.",
        .shorthand = "ttl",
        .fields = fields(),
        .create = &schema::create<CacheConfig>,
        .clone = &schema::clone<CacheConfig>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
