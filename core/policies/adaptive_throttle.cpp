// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/adaptive_throttle.h"

#include "core/scenario/schema_fields.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

namespace {
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::uint32_t kSlices = 60;
} // namespace

RejectionOdds rejectionOdds(std::int64_t requests, std::int64_t accepts, std::int64_t multiplierMillionths,
                            std::int64_t maxMillionths)
{
    const std::int64_t whole = (requests + 1) * kMillion;
    const std::int64_t part = requests * kMillion - multiplierMillionths * accepts;
    return {.part = std::clamp<std::int64_t>(part, 0, (requests + 1) * maxMillionths), .whole = whole};
}

void AdaptiveThrottle::apply(const AdaptiveThrottleConfig &config)
{
    m_rejections = OutcomeSet::fromNames(config.rejectOn);
    m_multiplier = std::llround(config.multiplier * kMillion);
    m_maxRejection = std::llround(config.maxRejection * kMillion);
    m_minimumCalls = config.minimumCalls;
    const Duration slice = (config.window + Duration(kSlices - 1)) / kSlices;
    if (slice != m_window.bucketLength() || m_window.buckets() != kSlices)
        m_window.resize(slice, kSlices);
}

std::int64_t AdaptiveThrottle::requests(Instant now) const
{
    const WindowCounts counts = m_window.countsAt(now);
    return std::int64_t{counts.calls} - counts.failures;
}

std::int64_t AdaptiveThrottle::accepts(Instant now) const
{
    return m_window.countsAt(now).failures;
}

Admission AdaptiveThrottle::admit(Instant now, PolicyCall &call)
{
    m_window.advance(now);
    const WindowCounts counts = m_window.counts();
    const std::int64_t asked = std::int64_t{counts.calls} - counts.failures;
    m_window.record(now, false, false);
    if (asked < m_minimumCalls)
        return Admission::admit();
    const RejectionOdds odds = rejectionOdds(asked, counts.failures, m_multiplier, m_maxRejection);
    if (odds.part == 0) [[likely]]
        return Admission::admit();
    const std::uint64_t place = uniformIndex(call.draw(call.retries), static_cast<std::uint64_t>(odds.whole));
    if (place < static_cast<std::uint64_t>(odds.part))
        return Admission::refuse({.kind = OutcomeKind::Throttled});
    return Admission::admit();
}

Verdict AdaptiveThrottle::onOutcome(Instant now, PolicyCall &, Outcome outcome)
{
    // A refusal further in or a cancelled call says nothing about the dependency: it stays a request without an accept.
    const bool saysNothing = isRefusal(outcome.kind) || outcome.kind == OutcomeKind::Cancelled;
    if (!saysNothing && !m_rejections.contains(outcome.kind))
        m_window.record(now, true, false);
    return Verdict::keep();
}

void AdaptiveThrottle::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const AdaptiveThrottleConfig *>(config));
}

const Schema &adaptiveThrottleSchema()
{
    using C = AdaptiveThrottleConfig;
    static const Schema schema = {
        .key = "adaptive_throttle",
        .title = "Adaptive throttle",
        .summary = "Refuses by chance, in proportion to how much more is asked than the dependency accepts.",
        .shorthand = "multiplier",
        .fields =
            {
                schema::field<&C::multiplier>(
                    {.key = "multiplier",
                     .type = ValueType::Number,
                     .help = "K: requests that may leave for each one that the dependency accepts. 2: it refuses one for each that "
                             "it serves, and recovery is seen at once. 1.1: it is spared, but recovery is seen slowly.",
                     .min = 1.0,
                     .max = 100.0}),
                schema::field<&C::window>(
                    {.key = "window",
                     .type = ValueType::Duration,
                     .help = "Requests and accepts are counted over this last while. Long: after an outage refusals go on until the "
                             "bad minutes have left the window.",
                     .min = Duration(100ms),
                     .max = Duration(1h)}),
                schema::field<&C::minimumCalls>(
                    {.key = "minimum_calls",
                     .type = ValueType::Count,
                     .help = "Nothing is refused before the window holds this many requests, so that a quiet process is not "
                             "stopped by its first bad luck.",
                     .min = std::int64_t{0},
                     .max = std::int64_t{1'000'000}}),
                schema::field<&C::maxRejection>(
                    {.key = "max_rejection",
                     .type = ValueType::Probability,
                     .help = "Never refuses a larger share than this: what is left goes on asking whether the dependency is well. At "
                             "100% a total outage lets one call in a window of calls through.",
                     .min = 0.0,
                     .max = 1.0}),
                schema::field<&C::rejectOn>(
                    {.key = "reject_on",
                     .type = ValueType::TextList,
                     .help = "Outcomes that are no acceptance. Only those that say \"too much\" belong here: errors that do not depend "
                             "on load make the throttle refuse everything for nothing.",
                     .choices = failureNames()}),
            },
        .create = &schema::create<AdaptiveThrottleConfig>,
        .clone = &schema::clone<AdaptiveThrottleConfig>,
    };
    return schema;
}

} // namespace halfopen
