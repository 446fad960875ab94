// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/cooperative_timeout.h"

#include "core/policies/dialects/dialect_field.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(LateResult)
{
    static constexpr std::array<std::string_view, 3> kNames = {"kept_if_good", "kept", "timeout"};
    return kNames;
}

Admission CooperativeTimeout::admit(Instant now, PolicyCall &call)
{
    call.as<std::int64_t>() = (now + m_config.after).ns();
    return Admission::admit();
}

Verdict CooperativeTimeout::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    const bool inTime = now.ns() <= call.as<std::int64_t>();
    const bool kept = m_config.lateResult == LateResult::Kept
        || (m_config.lateResult == LateResult::KeptIfGood && isGood(outcome.kind));
    // A cancelled call has no caller any more.
    if (inTime || kept || outcome.kind == OutcomeKind::Cancelled)
        return Verdict::keep();
    return Verdict::replace({.kind = OutcomeKind::Timeout});
}

void CooperativeTimeout::reconfigure(Instant, const void *config)
{
    m_config = *static_cast<const CooperativeTimeoutConfig *>(config);
}

namespace {

using C = CooperativeTimeoutConfig;

std::string conflict(const void *config)
{
    return static_cast<const C *>(config)->dialect != C().dialect ? kOtherDialect : std::string();
}

} // namespace

const Schema &cooperativeTimeoutSchema()
{
    static const Schema schema = {
        .key = "timeout",
        .title = "Timeout (cooperative)",
        .summary = "A timeout that only asks: the caller waits until the inside ends by itself.",
        .shorthand = "after",
        .fields =
            {
                schema::field<&C::after>(
                    {.key = "after",
                     .type = ValueType::Duration,
                     .help = "The limit. Nothing happens at it: the caller goes on waiting, permits stay taken, the server goes on working. It "
                             "only decides what the result becomes.",
                     .min = Duration(1ms),
                     .max = Duration(1h)}),
                schema::field<&C::lateResult>(
                    {.key = "late_result",
                     .type = ValueType::Choice,
                     .help = "What a result after the limit becomes. kept_if_good: a good one is handed on, a failure becomes timeout, as in "
                             "Polly. kept: handed on as it is. timeout: always timeout.",
                     .choices = {"kept_if_good", "kept", "timeout"}}),
                dialectField<C>(timeoutDialectNames()),
            },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
