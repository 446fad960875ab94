// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/slow_body.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

#include <algorithm>

namespace halfopen {

const Schema &slowBodyFaultSchema()
{
    using C = SlowBodyFaultConfig;
    using namespace std::chrono_literals;
    static const Schema schema = {
        .key = "slow_body",
        .title = "Slow body",
        .summary = "Answers begin in time, but their end is late.",
        .shorthand = "time",
        .fields = {
            schema::field<&C::time>({.key = "time", .type = ValueType::Duration,
                                     .help = "From the beginning of an answer to its end. Not used when 'bytes' and 'rate' are "
                                             "given.",
                                     .min = Duration(0), .max = Duration(1h)}),
            schema::field<&C::bytes>({.key = "bytes", .type = ValueType::Count,
                                      .help = "Length of an answer in bytes; with 'rate' it gives the time.",
                                      .min = std::int64_t(1), .max = std::int64_t(1'000'000'000'000), .optional = true}),
            schema::field<&C::rate>({.key = "rate", .type = ValueType::Rate,
                                     .help = "Bytes that pass in a time, for each answer alone: 64000/s.",
                                     .min = 1.0, .max = 1e12, .optional = true}),
            schema::field<&C::holdsWorker>({.key = "holds_worker", .type = ValueType::Flag,
                                            .help = "The worker sends the answer itself and is held until its end, so that "
                                                    "queues grow. Otherwise it is free once the answer begins."}),
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the answers that are affected.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = [](const void *config) -> std::string {
            const auto &c = *static_cast<const C *>(config);
            if (c.bytes.has_value() != c.rate.has_value())
                return "'bytes' and 'rate' go together: the answer takes bytes / rate";
            return {};
        },
    };
    return schema;
}

unsigned slowBodyFaultStages(const void *config)
{
    return static_cast<const SlowBodyFaultConfig *>(config)->holdsWorker ? kAtWork : kAtAnswer;
}

void applySlowBodyFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    using namespace std::chrono_literals;
    const auto &c = *static_cast<const SlowBodyFaultConfig *>(config);
    if (!isHit(c.probability, {draw.bits}))
        return;
    Duration time = c.time;
    if (c.bytes)
        time = Duration(static_cast<std::int64_t>(
            std::min(static_cast<double>(*c.bytes) / *c.rate * 1e9 + 0.5, static_cast<double>(Duration(1h).count()))));
    (c.holdsWorker ? decision.delay : decision.answerTime) += atStrength(time, draw.strength);
}

} // namespace halfopen
