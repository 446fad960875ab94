// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/outlier_ejection_layer.h"

#include "core/base/units.h"
#include "core/policies/explanation.h"
#include "core/policies/not_counted.h"
#include "core/scenario/schema_fields.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

std::uint32_t wholePercent(double share)
{
    return static_cast<std::uint32_t>(std::llround(share * 100));
}

/// Envoy's sorting; an error without a status is taken for 500.
HostResult resultOf(Outcome outcome)
{
    switch (outcome.kind) {
    case OutcomeKind::Timeout:
    case OutcomeKind::ConnectionRefused:
    case OutcomeKind::ConnectionReset:
        return HostResult::LocalFailure;
    case OutcomeKind::Rejected:
        return HostResult::GatewayFailure;
    case OutcomeKind::Error:
        if (outcome.status >= 502 && outcome.status <= 504)
            return HostResult::GatewayFailure;
        return outcome.status == 0 || outcome.status >= 500 ? HostResult::ServerError : HostResult::Success;
    default:
        return HostResult::Success;
    }
}

TransitionReason::Kind reasonOf(EjectionEvent::Kind kind)
{
    switch (kind) {
    case EjectionEvent::Kind::Consecutive5xx:
        return TransitionReason::Kind::ConsecutiveFailures;
    case EjectionEvent::Kind::ConsecutiveGatewayFailure:
        return TransitionReason::Kind::GatewayFailuresInARow;
    case EjectionEvent::Kind::ConsecutiveLocalFailure:
        return TransitionReason::Kind::LocalFailuresInARow;
    case EjectionEvent::Kind::SuccessRate:
        return TransitionReason::Kind::SuccessRateOutlier;
    case EjectionEvent::Kind::FailurePercentage:
        return TransitionReason::Kind::FailureRate;
    case EjectionEvent::Kind::Returned:
        break;
    }
    return TransitionReason::Kind::EjectionOver;
}

bool isInARow(EjectionEvent::Kind kind)
{
    return kind == EjectionEvent::Kind::Consecutive5xx || kind == EjectionEvent::Kind::ConsecutiveGatewayFailure
        || kind == EjectionEvent::Kind::ConsecutiveLocalFailure;
}

bool isInPercent(EjectionEvent::Kind kind)
{
    return kind == EjectionEvent::Kind::SuccessRate || kind == EjectionEvent::Kind::FailurePercentage;
}

} // namespace

OutlierEjectionConfig OutlierEjectionLayerConfig::kernel() const
{
    OutlierEjectionConfig c;
    c.consecutive5xx = consecutive5xx;
    c.consecutiveGatewayFailure = consecutiveGatewayFailure;
    c.splitLocalFailures = splitExternalLocalOriginErrors;
    c.consecutiveLocalFailure = consecutiveLocalOriginFailure;
    c.interval = interval;
    c.baseEjectionTime = baseEjectionTime;
    c.maxEjectionTime = maxEjectionTime;
    c.maxEjectionPercent = wholePercent(maxEjectionPercent);
    c.alwaysEjectOneHost = alwaysEjectOneHost;
    c.successRate = successRate;
    c.successRateMinimumHosts = successRateMinimumHosts;
    c.successRateRequestVolume = successRateRequestVolume;
    c.successRateStdevFactor = successRateStdevFactor;
    c.failurePercentage = failurePercentage;
    c.failurePercentageThreshold = wholePercent(failurePercentageThreshold);
    c.failurePercentageMinimumHosts = failurePercentageMinimumHosts;
    c.failurePercentageRequestVolume = failurePercentageRequestVolume;
    return c;
}

OutlierEjectionLayer::OutlierEjectionLayer(const OutlierEjectionLayerConfig &config)
    : m_config(config), m_kernel(config.kernel(), 0)
{
}

void OutlierEjectionLayer::setInstances(std::uint32_t count)
{
    m_kernel = OutlierEjection(m_config.kernel(), count);
    updatePassedOver();
}

Admission OutlierEjectionLayer::admit(Instant, PolicyCall &)
{
    const bool isNobodyLeft = m_passesOverAny && m_kernel.ejectedHosts() == m_kernel.hosts();
    return isNobodyLeft ? Admission::refuse({.kind = OutcomeKind::Unhealthy}) : Admission::admit();
}

void OutlierEjectionLayer::onSent(PolicyCall &call, std::uint32_t instance)
{
    call.as<CallState>().sentTo = instance + 1;
}

Verdict OutlierEjectionLayer::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    const std::uint32_t sentTo = std::exchange(call.as<CallState>().sentTo, 0); // a second end finds nothing
    if (sentTo == 0 || isRefusal(outcome.kind) || outcome.kind == OutcomeKind::Cancelled)
        return Verdict::keep();
    m_kernel.onResult(now, sentTo - 1, resultOf(outcome));
    collect(&call, outcome);
    return Verdict::keep().withEvents(!m_events.empty());
}

void OutlierEjectionLayer::onCancelled(Instant, PolicyCall &call)
{
    call.as<CallState>().sentTo = 0; // it is nobody's fault, and what comes later is nobody's, too
}

Instant OutlierEjectionLayer::nextTimer() const
{
    return m_kernel.hosts() == 0 ? Instant::never() : m_kernel.nextSweep();
}

void OutlierEjectionLayer::handleTimer(Instant now)
{
    m_kernel.sweep(now);
    collect(nullptr, {});
}

void OutlierEjectionLayer::reconfigure(Instant now, const void *config)
{
    m_config = *static_cast<const OutlierEjectionLayerConfig *>(config);
    m_kernel.apply(now, m_config.kernel());
    updatePassedOver();
}

void OutlierEjectionLayer::collect(const PolicyCall *deciding, Outcome outcome)
{
    m_ejections.clear();
    m_kernel.takeEvents(m_ejections);
    if (m_ejections.empty())
        return;
    for (const EjectionEvent &e : m_ejections) {
        const bool isBack = e.kind == EjectionEvent::Kind::Returned;
        const double unit = isInPercent(e.kind) ? 0.01 : 1;
        PolicyEvent event;
        event.at = e.at;
        event.from = isBack ? BreakerState::Open : BreakerState::Closed;
        event.to = isBack ? BreakerState::Closed : BreakerState::Open;
        event.part = static_cast<std::uint16_t>(e.host);
        event.reason.kind = reasonOf(e.kind);
        event.reason.observed = e.observed * unit;
        event.reason.threshold = e.threshold * unit;
        event.reason.windowCalls = e.requests;
        event.reason.windowFailures = e.failures;
        event.reason.windowSlow = kNotCounted;
        if (isInARow(e.kind)) // a row may be older than the requests since the last sweep
            event.reason.consecutiveFailures = static_cast<std::uint32_t>(e.observed);
        if (deciding) {
            event.reason.hasDecidingCall = true;
            event.reason.decidingCall = deciding->key;
            event.reason.decidingOutcome = outcome.kind;
        }
        m_events.push_back(event);
    }
    updatePassedOver();
}

void OutlierEjectionLayer::updatePassedOver()
{
    const std::size_t hosts = m_kernel.hosts();
    const std::size_t left = hosts - m_kernel.ejectedHosts();
    m_isPanicking = left < hosts && left * 100 < wholePercent(m_config.panicThreshold) * hosts;
    m_passesOverAny = left < hosts && !m_isPanicking;
    m_passedOver.assign(hosts, 0);
    for (std::uint32_t host = 0; host < hosts; ++host)
        m_passedOver[host] = m_kernel.isEjected(host) ? 1 : 0;
}

Explanation OutlierEjectionLayer::explain(Instant now) const
{
    constexpr std::uint32_t kInstancesShown = 20;
    Explanation e;
    const auto hosts = static_cast<std::uint32_t>(m_kernel.hosts());
    if (hosts == 0) {
        e.next = "it knows no instances, so it judges nothing";
        return e;
    }
    e.addFact("instances ejected", std::to_string(m_kernel.ejectedHosts()) + " of " + std::to_string(hosts));
    if (m_isPanicking)
        e.addFact("panic", "too few instances are left: the balancer uses all of them");
    const OutlierEjectionConfig config = m_config.kernel();
    const std::size_t most = std::max<std::size_t>(config.maxEjectionPercent * hosts / 100, config.alwaysEjectOneHost ? 1 : 0);
    if (m_kernel.ejectedHosts() >= most)
        e.addFact("no other instance can be ejected", "max_ejection_percent allows " + std::to_string(most) + " of "
                                                          + std::to_string(hosts));
    for (std::uint32_t i = 0; i < std::min(hosts, kInstancesShown); ++i) {
        const OutlierEjection::Host &host = m_kernel.host(i);
        const std::string seen = std::to_string(host.answers.requests) + " requests since the last sweep";
        if (host.isEjected) {
            e.addFact("instance " + std::to_string(i),
                      "ejected for " + formatDuration(std::chrono::floor<std::chrono::milliseconds>(now - host.ejectedAt)) + ", back at the first sweep after "
                          + formatDuration(m_kernel.timeAway(i)));
            continue;
        }
        std::string rows = std::to_string(host.inARow5xx) + " failures in a row of " + std::to_string(config.consecutive5xx);
        if (config.consecutive5xx == 0)
            rows = "failures in a row do not count";
        if (config.splitLocalFailures)
            rows += ", " + std::to_string(host.inARowLocal) + " without an answer of "
                + std::to_string(config.consecutiveLocalFailure);
        e.addFact("instance " + std::to_string(i),
                  rows + "; " + seen
                      + (host.answers.requests > 0 ? ", " + formatNumber(host.answers.successPercent()) + " % went well" : ""));
    }
    e.nextAt = m_kernel.nextSweep();
    e.next = "the next sweep: instances return, and those with enough requests are compared";
    return e;
}

// ---- schema ----

namespace {

using C = OutlierEjectionLayerConfig;

std::vector<Field> rows()
{
    const Value none = std::int64_t{0}, most = std::int64_t{1'000'000};
    return {
        schema::field<&C::consecutive5xx>(
            {.key = "consecutive_5xx",
             .type = ValueType::Count,
             .help = "Failures of one instance in a row that eject it at once; 0 = off. Each process counts its own: in a large fleet "
                     "each sees few, and ejects late.",
             .min = none,
             .max = most}),
        schema::field<&C::consecutiveGatewayFailure>(
            {.key = "consecutive_gateway_failure",
             .type = ValueType::Count,
             .help = "The same for 502, 503, 504, full queues, timeouts and broken connections alone; 0 = off, as Envoy does not act on "
                     "it unless told.",
             .min = none,
             .max = most}),
        schema::field<&C::splitExternalLocalOriginErrors>(
            {.key = "split_external_local_origin_errors",
             .type = ValueType::Flag,
             .help = "true: timeouts, refused and broken connections are counted apart from what instances answer, in rows and in "
                     "success rates of their own."}),
        schema::field<&C::consecutiveLocalOriginFailure>(
            {.key = "consecutive_local_origin_failure",
             .type = ValueType::Count,
             .help = "Timeouts, refused and broken connections in a row that eject, when they are counted apart; 0 = off.",
             .min = none,
             .max = most}),
        schema::field<&C::interval>(
            {.key = "interval",
             .type = ValueType::Duration,
             .help = "Between sweeps. Only a sweep brings an instance back and compares rates, so an ejection lasts up to this much "
                     "longer.",
             .min = Duration(1ms),
             .max = Duration(1h)}),
        schema::field<&C::baseEjectionTime>(
            {.key = "base_ejection_time",
             .type = ValueType::Duration,
             .help = "How long the first ejection lasts; the second twice as long, and so on.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::maxEjectionTime>(
            {.key = "max_ejection_time",
             .type = ValueType::Duration,
             .help = "No ejection is longer, or than base_ejection_time if that is longer.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::maxEjectionPercent>(
            {.key = "max_ejection_percent",
             .type = ValueType::Probability,
             .help = "Share of the instances that may be away at once, in whole percents. An ejection that would exceed it does not "
                     "happen: with fewer than 10 instances 10% ejects nobody.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::alwaysEjectOneHost>(
            {.key = "always_eject_one_host",
             .type = ValueType::Flag,
             .help = "true: one instance may be away whatever max_ejection_percent says."}),
        schema::field<&C::panicThreshold>(
            {.key = "panic_threshold",
             .type = ValueType::Probability,
             .help = "While fewer than this share of the instances is in use, the balancer uses all again, the ejected too. 0: never; "
                     "then calls are refused when no instance is left.",
             .min = 0.0,
             .max = 1.0}),
    };
}

std::vector<Field> rates()
{
    const Value none = std::int64_t{0}, most = std::int64_t{1'000'000};
    return {
        schema::field<&C::successRate>(
            {.key = "success_rate",
             .type = ValueType::Flag,
             .help = "Whether sweeps eject instances whose success rate lies far below that of the others."}),
        schema::field<&C::successRateMinimumHosts>(
            {.key = "success_rate_minimum_hosts",
             .type = ValueType::Count,
             .help = "So many instances must have enough requests, or nobody is compared.",
             .min = none,
             .max = most}),
        schema::field<&C::successRateRequestVolume>(
            {.key = "success_rate_request_volume",
             .type = ValueType::Count,
             .help = "Requests that an instance must have had since the last sweep, from this process, to be compared.",
             .min = none,
             .max = most}),
        schema::field<&C::successRateStdevFactor>(
            {.key = "success_rate_stdev_factor",
             .type = ValueType::Count,
             .help = "In thousandths: an instance goes when its rate is below the mean less this many standard deviations. One bad "
                     "instance of n lies sqrt(n - 1) deviations below, two alike hide each other.",
             .min = none,
             .max = most}),
        schema::field<&C::failurePercentage>(
            {.key = "failure_percentage",
             .type = ValueType::Flag,
             .help = "Whether sweeps eject instances that fail too often in themselves. Off in Envoy unless told."}),
        schema::field<&C::failurePercentageThreshold>(
            {.key = "failure_percentage_threshold",
             .type = ValueType::Probability,
             .help = "Share of failed requests since the last sweep that ejects, in whole percents.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::failurePercentageMinimumHosts>(
            {.key = "failure_percentage_minimum_hosts",
             .type = ValueType::Count,
             .help = "So many instances must have enough requests, or nobody is judged.",
             .min = none,
             .max = most}),
        schema::field<&C::failurePercentageRequestVolume>(
            {.key = "failure_percentage_request_volume",
             .type = ValueType::Count,
             .help = "Requests that an instance must have had since the last sweep, from this process, to be judged.",
             .min = none,
             .max = most}),
    };
}

} // namespace

const Schema &outlierEjectionSchema()
{
    static const Schema schema = [] {
        Schema s;
        s.key = "outlier_ejection";
        s.title = "Outlier ejection";
        s.summary = "Takes instances that fail more than the others out of load balancing for a while.";
        s.shorthand = "consecutive_5xx";
        for (auto part : {rows, rates})
            for (Field &field : part())
                s.fields.push_back(std::move(field));
        s.create = &schema::create<C>;
        s.clone = &schema::clone<C>;
        return s;
    }();
    return schema;
}

} // namespace halfopen
