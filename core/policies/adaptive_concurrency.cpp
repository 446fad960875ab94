// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/adaptive_concurrency.h"

#include "core/base/check.h"
#include "core/policies/kind_rules.h"
#include "core/scenario/schema_fields.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kMillion = 1'000'000;

/// floor(log10(value)), at least 1.
std::int64_t logTen(std::int64_t value)
{
    std::int64_t digits = 0;
    for (; value >= 10; value /= 10)
        ++digits;
    return std::max<std::int64_t>(1, digits);
}

} // namespace

std::span<const std::string_view> enumNames(ConcurrencyLimitKind)
{
    static constexpr std::array<std::string_view, 4> kNames = {"aimd", "vegas", "gradient2", "gradient"};
    return kNames;
}

AdaptiveConcurrencyConfig::AdaptiveConcurrencyConfig()
    // An error is an answer that came fast; it says nothing about the load.
    : dropOn(outcomeNames(kDependencyFailures.without({OutcomeKind::Error})))
{}

std::int64_t AdaptiveConcurrencyConfig::least() const
{
    const std::int64_t usual = kind == ConcurrencyLimitKind::Vegas ? 1 : kind == ConcurrencyLimitKind::Gradient ? 3 : 20;
    return minLimit.value_or(usual);
}

std::int64_t AdaptiveConcurrencyConfig::most() const
{
    const bool isWide = kind == ConcurrencyLimitKind::Vegas || kind == ConcurrencyLimitKind::Gradient;
    return maxLimit.value_or(isWide ? 1000 : 200);
}

// ---- aimd ----

void AimdLimit::apply(const AdaptiveConcurrencyConfig &config)
{
    m_least = config.least();
    m_most = config.most();
    m_ratio = std::llround(config.backoffRatio.value_or(0.9) * kMillion);
    m_slowNs = config.slowAfter.value_or(5s).count();
    m_limit = m_limit == 0 ? config.initialLimit : std::clamp(m_limit, m_least, m_most);
}

void AimdLimit::update(const LatencySample &sample)
{
    if (sample.dropped || sample.latencyNs > m_slowNs)
        m_limit = m_limit * m_ratio / kMillion;
    else if (sample.inside * 2 >= m_limit)
        ++m_limit;
    m_limit = std::clamp(m_limit, m_least, m_most);
}

// ---- vegas ----

void VegasLimit::apply(const AdaptiveConcurrencyConfig &config)
{
    m_least = config.least();
    m_most = config.most();
    m_probeFactor = config.probeFactor.value_or(30);
    m_limit = m_limit == 0 ? config.initialLimit : std::clamp(m_limit, m_least, m_most);
}

void VegasLimit::update(const LatencySample &sample)
{
    ++m_samples;
    const auto untilProbe = static_cast<std::int64_t>(mulHigh(m_jitter, static_cast<std::uint64_t>(m_probeFactor * m_limit)));
    if (m_samples >= untilProbe) {
        m_jitter = (std::uint64_t{1} << 63) | (sample.bits >> 1);
        m_samples = 0;
        m_leastNs = sample.latencyNs;
        return;
    }
    if (m_leastNs == 0 || sample.latencyNs < m_leastNs) {
        m_leastNs = sample.latencyNs;
        return;
    }
    m_limit = std::clamp(m_limit + step(sample), m_least, m_most);
}

/// By how much the limit changes.
std::int64_t VegasLimit::step(const LatencySample &sample) const
{
    const std::int64_t log = logTen(m_limit);
    if (sample.dropped)
        return -log;
    if (sample.inside * 2 < m_limit)
        return 0;
    const auto latency = static_cast<Wide>(std::max<std::int64_t>(1, sample.latencyNs));
    const auto queue = static_cast<std::int64_t>((m_limit * (latency - m_leastNs) + latency - 1) / latency);
    const std::int64_t alpha = 3 * log;
    const std::int64_t beta = 6 * log;
    if (queue <= log)
        return beta;
    if (queue < alpha)
        return log;
    return queue > beta ? -log : 0;
}

// ---- gradient2 ----

void Gradient2Limit::apply(const AdaptiveConcurrencyConfig &config)
{
    m_least = static_cast<double>(config.least());
    m_most = static_cast<double>(config.most());
    m_tolerance = config.tolerance.value_or(1.5);
    m_smoothing = config.smoothing.value_or(0.2);
    m_queue = static_cast<double>(config.queueSize.value_or(4));
    m_warmUp = config.warmUpSamples;
    m_factor = 2.0 / static_cast<double>(config.longWindow.value_or(600) + 1);
    m_limit = m_limit == 0 ? static_cast<double>(config.initialLimit) : std::clamp(m_limit, m_least, m_most);
}

void Gradient2Limit::addToLongAverage(double latencyNs)
{
    if (m_samples < m_warmUp) {
        ++m_samples;
        m_sumNs += latencyNs;
        m_longNs = m_sumNs / static_cast<double>(m_samples);
    } else {
        m_longNs = m_longNs * (1 - m_factor) + latencyNs * m_factor;
    }
}

void Gradient2Limit::update(const LatencySample &sample)
{
    const auto shortNs = static_cast<double>(std::max<std::int64_t>(1, sample.latencyNs));
    addToLongAverage(shortNs);
    const double longNs = m_longNs; // before the correction, as in the source
    // After a long time of trouble the average is far too high: come down faster.
    if (longNs / shortNs > 2)
        m_longNs *= 0.95;
    if (static_cast<double>(sample.inside) < m_limit / 2)
        return;
    const double gradient = std::max(0.5, std::min(1.0, m_tolerance * longNs / shortNs));
    const double next = m_limit * gradient + m_queue;
    m_limit = std::clamp(m_limit * (1 - m_smoothing) + next * m_smoothing, m_least, m_most);
}

// ---- the policy ----

void AdaptiveConcurrency::apply(const AdaptiveConcurrencyConfig &config)
{
    m_kind = config.kind;
    m_drops = OutcomeSet::fromNames(config.dropOn);
    m_aimd.apply(config);
    m_vegas.apply(config);
    m_gradient2.apply(config);
    m_gradient.apply(config);
}

void AdaptiveConcurrency::reconfigure(Instant, const void *config)
{
    const auto &next = *static_cast<const AdaptiveConcurrencyConfig *>(config);
    if (next.kind != m_kind) {
        m_aimd = {};
        m_vegas = {};
        m_gradient2 = {};
        m_gradient = {};
    }
    apply(next);
}

std::int64_t AdaptiveConcurrency::limit() const
{
    switch (m_kind) {
    case ConcurrencyLimitKind::Aimd:
        return m_aimd.limit();
    case ConcurrencyLimitKind::Vegas:
        return m_vegas.limit();
    case ConcurrencyLimitKind::Gradient:
        return m_gradient.limit();
    case ConcurrencyLimitKind::Gradient2:
        break;
    }
    return m_gradient2.limit();
}

void AdaptiveConcurrency::update(Instant now, const LatencySample &sample)
{
    switch (m_kind) {
    case ConcurrencyLimitKind::Aimd:
        m_aimd.update(sample);
        break;
    case ConcurrencyLimitKind::Vegas:
        m_vegas.update(sample);
        break;
    case ConcurrencyLimitKind::Gradient2:
        m_gradient2.update(sample);
        break;
    case ConcurrencyLimitKind::Gradient:
        m_gradient.update(now, sample);
        break;
    }
}

Admission AdaptiveConcurrency::admit(Instant now, PolicyCall &call)
{
    if (m_kind == ConcurrencyLimitKind::Gradient)
        m_gradient.advance(now);
    if (m_inside >= limit())
        return Admission::refuse({.kind = OutcomeKind::BulkheadFull});
    ++m_inside;
    call.as<CallState>() = {.beganNs = now.ns(), .inside = static_cast<std::int32_t>(m_inside)};
    return Admission::admit();
}

/// Whether it held a place.
bool AdaptiveConcurrency::leave(CallState &state)
{
    if (state.inside == 0)
        return false;
    --m_inside;
    HALFOPEN_CHECK(m_inside >= 0);
    return true;
}

Verdict AdaptiveConcurrency::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    CallState &state = call.as<CallState>();
    if (!leave(state))
        return Verdict::keep();
    const bool dropped = m_drops.contains(outcome.kind);
    if (dropped || outcome.kind == OutcomeKind::Success)
        update(now,
               {.latencyNs = now.ns() - state.beganNs,
                .inside = state.inside,
                .dropped = dropped,
                .bits = call.draw(call.retries)});
    state.inside = 0;
    return Verdict::keep();
}

void AdaptiveConcurrency::onCancelled(Instant, PolicyCall &call)
{
    CallState &state = call.as<CallState>();
    leave(state);
    state.inside = 0;
}

// ---- schema ----

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const AdaptiveConcurrencyConfig *>(config);
    if (c.least() > c.most())
        return "min_limit is above max_limit";
    if (c.initialLimit < c.least() || c.initialLimit > c.most())
        return "initial_limit is not between min_limit and max_limit (" + std::to_string(c.least()) + " to "
            + std::to_string(c.most()) + ")";
    return settingOfAnotherKind(static_cast<std::size_t>(c.kind), enumNames(c.kind),
                                {{"backoff_ratio", c.backoffRatio.has_value(), {0}},
                                 {"slow_after", c.slowAfter.has_value(), {0}},
                                 {"probe_factor", c.probeFactor.has_value(), {1}},
                                 {"tolerance", c.tolerance.has_value(), {2}},
                                 {"smoothing", c.smoothing.has_value(), {2}},
                                 {"queue_size", c.queueSize.has_value(), {2}},
                                 {"long_window", c.longWindow.has_value(), {2}},
                                 {"buffer", c.buffer.has_value(), {3}},
                                 {"update_interval", c.updateInterval.has_value(), {3}},
                                 {"measure_interval", c.measureInterval.has_value(), {3}},
                                 {"measure_requests", c.measureRequests.has_value(), {3}}});
}

constexpr std::int64_t kMostCalls = 1'000'000;

std::vector<Field> bounds()
{
    using C = AdaptiveConcurrencyConfig;
    return {
        schema::field<&C::kind>(
            {.key = "kind",
             .type = ValueType::Choice,
             .help = "aimd: one more per success, a tenth less per drop. vegas: keeps a short queue, measured against the least "
                     "latency. gradient2: follows the ratio of a long average latency to the latency of now. gradient: Envoy's, "
                     "against a least latency that it measures with the limit held down.",
             .choices = {"aimd", "vegas", "gradient2", "gradient"}}),
        schema::field<&C::initialLimit>(
            {.key = "initial_limit",
             .type = ValueType::Count,
             .help = "Calls inside at once in the beginning, for each process. Too low: a cold start refuses calls until the limit "
                     "has grown.",
             .min = std::int64_t{1},
             .max = kMostCalls}),
        schema::field<&C::minLimit>(
            {.key = "min_limit",
             .type = ValueType::Count,
             .help = "The limit never falls below it. 20 unless given, 1 for vegas, 3 for gradient. In each of many processes a floor of 20 can "
                     "already be more than the dependency bears.",
             .min = std::int64_t{1},
             .max = kMostCalls,
             .optional = true}),
        schema::field<&C::maxLimit>(
            {.key = "max_limit",
             .type = ValueType::Count,
             .help = "The limit never rises above it. 200 unless given, 1000 for vegas and gradient.",
             .min = std::int64_t{1},
             .max = kMostCalls,
             .optional = true}),
        schema::field<&C::dropOn>(
            {.key = "drop_on",
             .type = ValueType::TextList,
             .help = "Outcomes that mean overload. An error is left out: it is an answer, and often a fast one. gradient2 takes a "
                     "drop for a latency like any other.",
             .choices = failureNames()}),
    };
}

std::vector<Field> ofOneKind()
{
    using C = AdaptiveConcurrencyConfig;
    return {
        schema::field<&C::backoffRatio>(
            {.key = "backoff_ratio",
             .type = ValueType::Number,
             .help = "A drop multiplies the limit by it. 0.9 unless given (aimd).",
             .min = 0.1,
             .max = 0.99,
             .optional = true}),
        schema::field<&C::slowAfter>(
            {.key = "slow_after",
             .type = ValueType::Duration,
             .help = "A call that took longer counts as a drop. 5s unless given (aimd); without drops it is all that aimd sees.",
             .min = Duration(1ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::probeFactor>(
            {.key = "probe_factor",
             .type = ValueType::Count,
             .help = "The least latency is measured anew after about this many samples per call of the limit. 30 unless given "
                     "(vegas). Measured under load it is too high, and the limit grows.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000},
             .optional = true}),
        schema::field<&C::tolerance>(
            {.key = "tolerance",
             .type = ValueType::Number,
             .help = "Latency may be this many times its long average before the limit falls. 1.5 unless given (gradient2).",
             .min = 1.0,
             .max = 10.0,
             .optional = true}),
        schema::field<&C::smoothing>(
            {.key = "smoothing",
             .type = ValueType::Number,
             .help = "Weight of each new limit against the one before. 0.2 unless given (gradient2). 1 jumps at every sample.",
             .min = 0.001,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::queueSize>(
            {.key = "queue_size",
             .type = ValueType::Count,
             .help = "Calls by which the limit tries to grow: the queue it is willing to cause. 4 unless given (gradient2).",
             .min = std::int64_t{0},
             .max = std::int64_t{10'000},
             .optional = true}),
        schema::field<&C::longWindow>(
            {.key = "long_window",
             .type = ValueType::Count,
             .help = "Samples that the long average looks back. 600 unless given (gradient2). In a long incident the bad latency "
                     "becomes the average, and the limit grows again.",
             .min = std::int64_t{10},
             .max = std::int64_t{1'000'000},
             .optional = true}),
    };
}

std::vector<Field> ofGradient()
{
    using C = AdaptiveConcurrencyConfig;
    return {
        schema::field<&C::buffer>(
            {.key = "buffer",
             .type = ValueType::Probability,
             .help = "Latency may be this much above the least one before the limit falls. 25% unless given (gradient).",
             .min = 0.0,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::updateInterval>(
            {.key = "update_interval",
             .type = ValueType::Duration,
             .help = "The limit changes once in this time. 100ms unless given (gradient).",
             .min = Duration(1ms),
             .max = Duration(60s),
             .optional = true}),
        schema::field<&C::measureInterval>(
            {.key = "measure_interval",
             .type = ValueType::Duration,
             .help = "The least latency is measured anew after this time and up to 15 % more. 60s unless given (gradient). Each time "
                     "the limit falls to min_limit for a moment, and calls are refused.",
             .min = Duration(100ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::measureRequests>(
            {.key = "measure_requests",
             .type = ValueType::Count,
             .help = "Calls that a measurement takes. 50 unless given (gradient). A process with few calls is held at min_limit for "
                     "long.",
             .min = std::int64_t{1},
             .max = std::int64_t{10'000},
             .optional = true}),
    };
}

} // namespace

const Schema &adaptiveConcurrencySchema()
{
    static const Schema schema = [] {
        Schema s;
        s.key = "adaptive_concurrency";
        s.title = "Adaptive concurrency";
        s.summary = "At most so many calls at once, where the number follows the latency that the dependency shows.";
        for (auto part : {bounds, ofOneKind, ofGradient})
            for (Field &field : part())
                s.fields.push_back(std::move(field));
        s.create = &schema::create<AdaptiveConcurrencyConfig>;
        s.clone = &schema::clone<AdaptiveConcurrencyConfig>;
        s.conflict = &conflict;
        return s;
    }();
    return schema;
}

} // namespace halfopen
