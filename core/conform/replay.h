// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/conform/comparison.h"
#include "core/policies/policy.h"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace halfopen::conform {

/// A sequence in progress: one brand-new policy object, driven line by line.
class Replay {
public:
    virtual ~Replay() = default;
    /// Does what \a line says and compares. Throws on a line that makes no sense.
    virtual void step(const Json &line, Comparison &found) = 0;
};

/// One format of recordings. Either lines follow a header (make), or each line is a whole case (check).
struct Format {
    std::string_view name; ///< the header's "vec"
    std::unique_ptr<Replay> (*make)(const Json &header) = nullptr;
    void (*check)(const Json &line, Comparison &found) = nullptr;
};

/// Every format that can be replayed.
std::span<const Format> formats();

std::unique_ptr<Replay> makeResilience4jBreakerReplay(const Json &header);
std::unique_ptr<Replay> makeResilience4jRateLimiterReplay(const Json &header);
std::unique_ptr<Replay> makeResilience4jBulkheadReplay(const Json &header);
void checkResilience4jBackoff(const Json &line, Comparison &found);
void checkResilience4jRetry(const Json &line, Comparison &found);
std::unique_ptr<Replay> makeGobreakerReplay(const Json &header);

/// The whole number \a key of \a object. Throws, naming key and range, if it is missing or outside.
inline std::int64_t wholeNumber(const Json &object, const char *key, std::int64_t least, std::int64_t most)
{
    const auto found = object.find(key);
    if (found == object.end())
        throw std::invalid_argument("the key '" + std::string(key) + "' is missing");
    const bool fits = found->is_number_integer() && (!found->is_number_unsigned() || found->get<std::uint64_t>() < 1ull << 63)
        && found->get<std::int64_t>() >= least && found->get<std::int64_t>() <= most;
    if (!fits)
        throw std::invalid_argument("'" + std::string(key) + "' is " + found->dump() + ", expected a whole number from "
                                    + std::to_string(least) + " to " + std::to_string(most));
    return found->get<std::int64_t>();
}

/// About 95 years: with two of them an instant still fits its nanoseconds.
inline constexpr std::int64_t kMaxMs = 3'000'000'000'000;

/// The time \a key of \a object in milliseconds, at least \a least.
inline Duration milliseconds(const Json &object, const char *key, std::int64_t least = 0)
{
    return std::chrono::milliseconds(wholeNumber(object, key, least, kMaxMs));
}

/// The time of a line.
inline Instant timeOf(const Json &line)
{
    return Instant(milliseconds(line, "t"));
}

/// The word \a key of \a object as the place of it among \a known. Throws, naming them, if it is none of those.
inline std::size_t oneOf(const Json &object, const char *key, std::initializer_list<std::string_view> known)
{
    const auto word = object.at(key).get<std::string>();
    std::string words;
    std::size_t place = 0;
    for (const std::string_view one : known) {
        if (word == one)
            return place;
        ++place;
        words += (words.empty() ? "" : ", ") + std::string(one);
    }
    throw std::invalid_argument("'" + std::string(key) + "' is '" + word + "', expected one of " + words);
}

/// The calls of a sequence by their number, each with the bytes that a driver keeps for it.
class Calls {
public:
    /// A new call, not yet numbered.
    PolicyCall begin()
    {
        m_next = Slot{};
        return {.state = m_next.bytes.data(), .key = m_begun++, .random = RandomStream(1, "conform")};
    }
    /// The call just begun was granted and is number \a id.
    void number(std::int64_t id) { m_slots[id] = m_next; }
    PolicyCall find(std::int64_t id)
    {
        const auto found = m_slots.find(id);
        if (found == m_slots.end())
            throw std::invalid_argument("there is no call " + std::to_string(id));
        return {.state = found->second.bytes.data(), .key = static_cast<std::uint64_t>(id),
                .random = RandomStream(1, "conform")};
    }

private:
    struct Slot {
        alignas(8) std::array<std::byte, 32> bytes{};
    };
    Slot m_next;
    std::uint64_t m_begun = 0;
    std::map<std::int64_t, Slot> m_slots;
};

} // namespace halfopen::conform
