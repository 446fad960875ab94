// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/error.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

namespace halfopen {

const Schema &errorFaultSchema()
{
    using C = ErrorFaultConfig;
    using namespace std::chrono_literals;
    static const Schema schema = {
        .key = "error",
        .title = "Error",
        .summary = "Requests are answered with an error.",
        .shorthand = "probability",
        .fields = {
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that fail.",
                                            .min = 0.0, .max = 1.0}),
            schema::field<&C::status>({.key = "status", .type = ValueType::Count,
                                       .help = "Status of the answer, as in HTTP.",
                                       .min = std::int64_t(400), .max = std::int64_t(599)}),
            schema::field<&C::atOnce>({.key = "at_once", .type = ValueType::Flag,
                                       .help = "Fail on arrival, without using a worker. Otherwise the request is worked on first, "
                                               "so that failing costs the service as much as succeeding."}),
            schema::field<&C::retryAfter>({.key = "retry_after", .type = ValueType::Duration,
                                           .help = "What the answer asks the caller to wait before it tries again, kept to 10 ms.",
                                           .min = Duration(10ms), .max = Duration(40min), .optional = true}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

unsigned errorFaultStages(const void *config)
{
    return static_cast<const ErrorFaultConfig *>(config)->atOnce ? kAtArrival : kAtWork;
}

static Outcome outcomeOf(const ErrorFaultConfig &c)
{
    Outcome outcome{.kind = OutcomeKind::Error, .status = static_cast<std::uint16_t>(c.status)};
    if (c.retryAfter)
        outcome.retryAfterMs = static_cast<std::uint32_t>((c.retryAfter->count() + 9'999'999) / 10'000'000 * 10);
    return outcome;
}

void applyErrorFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const ErrorFaultConfig *>(config);
    if (!isHit(c.probability, draw))
        return;
    (c.atOnce ? decision.refuse : decision.fail) = true;
    decision.outcome = outcomeOf(c);
}

std::optional<ShareFails> errorFaultOnlyFails(const void *config)
{
    const auto &c = *static_cast<const ErrorFaultConfig *>(config);
    if (c.atOnce)
        return std::nullopt;
    return ShareFails{c.probability, outcomeOf(c)};
}

} // namespace halfopen
