// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/conform/comparison.h"
#include "core/policies/policy.h"

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
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

/// The time of a line.
inline Instant timeOf(const Json &line)
{
    return Instant(std::chrono::milliseconds(line.at("t").get<std::int64_t>()));
}

inline Duration milliseconds(const Json &value)
{
    return std::chrono::milliseconds(value.get<std::int64_t>());
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
