// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/policies/waiting_line.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace halfopen {

/// Who goes first when a place becomes free.
enum class BulkheadOrder : std::uint8_t {
    Fifo, ///< who waited longest
    Lifo, ///< who came last: under overload some are served in time instead of all too late
};
std::span<const std::string_view> enumNames(BulkheadOrder);

struct BulkheadConfig {
    std::int64_t maxConcurrent = 25;   ///< calls inside at once, >= 1
    std::int64_t queue = 0;            ///< calls that may wait for a place
    std::optional<Duration> maxWait;   ///< none = as long as the caller waits
    BulkheadOrder order = BulkheadOrder::Fifo;
};

const Schema &bulkheadSchema();

/// At most so many calls inside at once, so that one slow dependency cannot take all of the caller's threads.
///
/// - A place is held from admission to outcome, deadline or cancellation, whatever the outcome.
/// - With a queue calls wait for a place; one that waited max_wait ends as `bulkhead_full`, as does one that finds the queue full.
/// - A place that becomes free goes to a waiting call at once: nobody who comes later can overtake (but see BulkheadOrder).
/// - A smaller max_concurrent lets the calls inside finish; a larger one lets waiting calls go on at once.
/// Sources: M. Nygard, "Release It!", 2nd ed., chapter 5; the defaults are those of resilience4j's SemaphoreBulkhead, the
/// order lifo is that of the LIFO blocking limiter of Netflix concurrency-limits.
class Bulkhead final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 8;

    explicit Bulkhead(const BulkheadConfig &config) : m_config(config) {}

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    [[nodiscard]] Verdict onDeadline(Instant now, PolicyCall &call) override;
    void onCancelled(Instant now, PolicyCall &call) override;
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    std::int64_t inside() const { return m_inside; }
    std::int64_t waiting() const { return m_line.size(); }

private:
    struct CallState {
        std::uint32_t place; ///< in the line, where it waited; see phase
        enum class Phase : std::uint32_t { None, Inside, Queued } phase; ///< Queued also after its release
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void leave(PolicyCall &call);
    void letWaitingIn();

    BulkheadConfig m_config;
    WaitingLine m_line;
    std::int64_t m_inside = 0;
};

} // namespace halfopen
