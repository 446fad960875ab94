// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/timeout.h"

#include "core/policies/dialects/dialect_field.h"

namespace halfopen {

using namespace std::chrono_literals;

Admission Timeout::admit(Instant now, PolicyCall &)
{
    return Admission::admitUntil(now + m_after);
}

Verdict Timeout::onOutcome(Instant, PolicyCall &, Outcome)
{
    return Verdict::keep();
}

Verdict Timeout::onDeadline(Instant, PolicyCall &)
{
    return Verdict::replace({.kind = OutcomeKind::Timeout});
}

void Timeout::reconfigure(Instant, const void *config)
{
    m_after = static_cast<const TimeoutConfig *>(config)->after;
    m_alwaysAdmitsForNs = m_after.count();
}

namespace {

std::string conflict(const void *config)
{
    const bool isOurs = static_cast<const TimeoutConfig *>(config)->dialect == TimeoutConfig().dialect;
    return isOurs ? std::string() : kOtherDialect;
}

} // namespace

const Schema &timeoutSchema()
{
    static const Schema schema = {
        .key = "timeout",
        .title = "Timeout",
        .summary = "Releases the caller when everything inside this layer has taken too long.",
        .shorthand = "after",
        .fields = {schema::field<&TimeoutConfig::after>(
            {.key = "after",
             .type = ValueType::Duration,
             .help = "How long the caller waits. Shorter than the dependency's usual slow tail: good answers are thrown away "
                     "and asked for again. Longer: a stuck dependency holds the caller's own threads and memory for that "
                     "long. Inside a retry it counts per attempt, outside for all attempts together.",
             .min = Duration(1ms),
             .max = Duration(1h)}),
             dialectField<TimeoutConfig>(timeoutDialectNames())},
        .create = &schema::create<TimeoutConfig>,
        .clone = &schema::clone<TimeoutConfig>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
