// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/bulkhead.h"

#include "core/base/check.h"
#include "core/scenario/schema_fields.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(BulkheadOrder)
{
    static constexpr std::array<std::string_view, 2> kNames = {"fifo", "lifo"};
    return kNames;
}

Admission Bulkhead::admit(Instant now, PolicyCall &call)
{
    CallState &state = call.as<CallState>();
    // Who waits goes first, so a free place is only there for a newcomer when nobody does.
    if (m_inside < m_config.maxConcurrent && m_line.isEmpty()) {
        ++m_inside;
        state.phase = CallState::Phase::Inside;
        return Admission::admit();
    }
    if (m_line.size() >= m_config.queue)
        return Admission::refuse({.kind = OutcomeKind::BulkheadFull});
    state = {.place = m_line.join(call.ticket), .phase = CallState::Phase::Queued};
    return Admission::wait(m_config.maxWait ? now + *m_config.maxWait : Instant::never());
}

/// Gives back what the call holds: its place inside, or its place in the line. A call that holds nothing changes nothing.
void Bulkhead::leave(PolicyCall &call)
{
    CallState &state = call.as<CallState>();
    if (state.phase == CallState::Phase::None)
        return;
    if (state.phase == CallState::Phase::Queued && m_line.waits(state.place, call.ticket)) {
        m_line.leave(state.place);
    } else {
        --m_inside;
        HALFOPEN_CHECK(m_inside >= 0);
        letWaitingIn();
    }
    state.phase = CallState::Phase::None;
}

void Bulkhead::letWaitingIn()
{
    while (m_inside < m_config.maxConcurrent && !m_line.isEmpty()) {
        ++m_inside;
        m_released.push_back(m_config.order == BulkheadOrder::Fifo ? m_line.takeOldest() : m_line.takeNewest());
    }
}

Verdict Bulkhead::onOutcome(Instant, PolicyCall &call, Outcome)
{
    leave(call);
    return Verdict::keep();
}

Verdict Bulkhead::onDeadline(Instant, PolicyCall &call)
{
    leave(call);
    return Verdict::replace({.kind = OutcomeKind::BulkheadFull});
}

void Bulkhead::onCancelled(Instant, PolicyCall &call)
{
    leave(call);
}

void Bulkhead::reconfigure(Instant, const void *config)
{
    // Calls that wait keep their deadline; those beyond a shorter queue may stay.
    m_config = *static_cast<const BulkheadConfig *>(config);
    letWaitingIn();
}

// ---- schema ----

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const BulkheadConfig *>(config);
    if (c.maxWait && c.queue == 0)
        return "max_wait needs a queue: without places to wait in, nobody waits";
    return {};
}

std::vector<Field> fields()
{
    using C = BulkheadConfig;
    return {
        schema::field<&C::maxConcurrent>(
            {.key = "max_concurrent",
             .type = ValueType::Count,
             .help = "Calls inside at once, for each process. Rule of thumb: peak calls per second times p99 latency in seconds, "
                     "and some room. Too small: calls are refused on an ordinary day. Too large: it protects nothing.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::queue>(
            {.key = "queue",
             .type = ValueType::Count,
             .help = "Calls that may wait for a place. Short queues smooth bursts; long ones turn overload into latency, because "
                     "every call then waits for all before it.",
             .min = std::int64_t{0},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::maxWait>(
            {.key = "max_wait",
             .type = ValueType::Duration,
             .help = "A call that has waited this long is refused. none: it waits as long as its caller does.",
             .min = Duration(1us),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::order>(
            {.key = "order",
             .type = ValueType::Choice,
             .help = "Who goes first. fifo: who waited longest; under overload everybody is served just too late. lifo: who came "
                     "last; most are served in time and the oldest give up.",
             .choices = {"fifo", "lifo"}}),
    };
}

} // namespace

const Schema &bulkheadSchema()
{
    static const Schema schema = {
        .key = "bulkhead",
        .title = "Bulkhead",
        .summary = "At most so many calls at once, so that one slow dependency cannot take all of the caller's threads.",
        .shorthand = "max_concurrent",
        .fields = fields(),
        .create = &schema::create<BulkheadConfig>,
        .clone = &schema::clone<BulkheadConfig>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
