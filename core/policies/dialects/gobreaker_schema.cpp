// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/dialect_field.h"
#include "core/policies/dialects/gobreaker_circuit_breaker.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(GobreakerTrip)
{
    static constexpr std::array<std::string_view, 3> kNames = {"consecutive", "total", "ratio"};
    return kNames;
}

namespace {

using C = GobreakerConfig;
using R = GobreakerReadyToTrip;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.bucketPeriod && !c.interval)
        return "bucket_period needs interval: the length of the window that is cut into buckets";
    if (c.bucketPeriod && *c.interval / *c.bucketPeriod > 10'000)
        return "interval holds more than 10000 buckets of bucket_period";
    return {};
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::maxRequests>(
            {.key = "max_requests",
             .type = ValueType::Count,
             .help = "Trial calls let through in HALF_OPEN in all, and successes in a row that close it. A trial that never ends "
                     "keeps it half-open for ever.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000}}),
        schema::field<&C::interval>(
            {.key = "interval",
             .type = ValueType::Duration,
             .help = "Counts are cleared after this while CLOSED, and calls under way are then never counted: shorter than a timeout, "
                     "it hides an outage of timeouts. none: never cleared, so old successes outweigh a new outage.",
             .min = Duration(1ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::bucketPeriod>(
            {.key = "bucket_period",
             .type = ValueType::Duration,
             .help = "Cuts interval (rounded up to whole buckets) into buckets of which the oldest rolls off, instead of clearing "
                     "all at once. none: one fixed window.",
             .min = Duration(1ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::timeout>(
            {.key = "timeout",
             .type = ValueType::Duration,
             .help = "How long it stays open; the next call strictly after that is let through on trial.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::readyToTrip, &R::kind>(
            {.key = "ready_to_trip.kind",
             .type = ValueType::Choice,
             .help = "What opens it, asked after each failure: failures in a row, failures of the interval, or their share.",
             .choices = {"consecutive", "total", "ratio"}}),
        schema::field<&C::readyToTrip, &R::threshold>(
            {.key = "ready_to_trip.threshold",
             .type = ValueType::Count,
             .help = "For consecutive and total: that many failures open it. The library's own default is more than 5, that is 6.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::readyToTrip, &R::minRequests>(
            {.key = "ready_to_trip.min_requests",
             .type = ValueType::Count,
             .help = "For ratio: no verdict before so many calls were let through, those still under way included.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::readyToTrip, &R::ratio>(
            {.key = "ready_to_trip.ratio",
             .type = ValueType::Probability,
             .help = "For ratio: share of failures among the calls let through at or over which it opens.",
             .min = 0.000001,
             .max = 1.0}),
        schema::field<&C::isExcluded>(
            {.key = "is_excluded",
             .type = ValueType::TextList,
             .help = "Outcomes that are neither success nor failure. Everything else that is not good is a failure, also refusals "
                     "of policies further in.",
             .choices = failureNames()}),
        dialectField<C>(breakerDialectNames()),
    };
}

} // namespace

const Schema &gobreakerSchema()
{
    static const Schema schema = {
        .key = "circuit_breaker",
        .title = "Circuit breaker (gobreaker)",
        .summary = "The circuit breaker of gobreaker 2.4, rule by rule.",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
