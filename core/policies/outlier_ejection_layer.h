// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/instance_judge.h"
#include "core/policies/outlier_ejection.h"
#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <cstdint>

namespace halfopen {

/// The settings of `outlier_ejection` under Envoy's names; shares instead of percents.
struct OutlierEjectionLayerConfig {
    std::uint32_t consecutive5xx = 5;
    std::uint32_t consecutiveGatewayFailure = 0;
    bool splitExternalLocalOriginErrors = false;
    std::uint32_t consecutiveLocalOriginFailure = 5;
    Duration interval = std::chrono::seconds(10);
    Duration baseEjectionTime = std::chrono::seconds(30);
    Duration maxEjectionTime = std::chrono::seconds(300);
    double maxEjectionPercent = 0.10; ///< 0..1, in whole percents
    bool alwaysEjectOneHost = false;
    double panicThreshold = 0.50;     ///< 0..1; 0 = no panic
    bool successRate = true;
    std::uint32_t successRateMinimumHosts = 5;
    std::uint32_t successRateRequestVolume = 100;
    std::uint32_t successRateStdevFactor = 1900;
    bool failurePercentage = false;
    double failurePercentageThreshold = 0.85; ///< 0..1, in whole percents
    std::uint32_t failurePercentageMinimumHosts = 5;
    std::uint32_t failurePercentageRequestVolume = 50;

    OutlierEjectionConfig kernel() const;
};

const Schema &outlierEjectionSchema();

/// Outlier ejection as a layer of a stack: each process judges the instances by how its own calls to them ended, and who
/// chooses the instance (the balancer of the service, or the live stack) passes over those that are ejected.
///
/// - It judges what comes out of its inside. Inside a retry it sees every try; outside of it only the last one, as the outcome
///   of the instance asked last, which is wrong when a hedge inside uses an earlier answer. A timeout belongs inside: a call
///   that is cancelled from outside says nothing about the instance.
/// - Answers are sorted by their status: 5xx are failures, 502, 503 and 504 gateway failures, everything else went well. Timeouts, refused
///   and broken connections count as gateway failures, or apart from the answers (split_external_local_origin_errors).
///   Refusals of policies further in do not count.
/// - While fewer than panic_threshold of the instances are in use the balancer uses all again. With panic off and all instances
///   ejected, calls are refused as `unhealthy`.
/// Source: Envoy, cluster.v3.OutlierDetection and common_lb_config.healthy_panic_threshold; see also OutlierEjection.
class OutlierEjectionLayer final : public Policy, public InstanceJudge {
public:
    static constexpr std::size_t kStateBytes = 8;

    explicit OutlierEjectionLayer(const OutlierEjectionLayerConfig &config);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    void onCancelled(Instant now, PolicyCall &call) override;
    /// Never while it knows no instances.
    [[nodiscard]] Instant nextTimer() const override;
    void handleTimer(Instant now) override;
    /// What is ejected stays ejected for its time.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    InstanceJudge *instanceJudge() override { return this; }
    void setInstances(std::uint32_t count) override;
    void onSent(PolicyCall &call, std::uint32_t instance) override;

    const OutlierEjection &kernel() const { return m_kernel; }
    bool isPanicking() const { return m_isPanicking; }

private:
    struct CallState {
        std::uint32_t sentTo; ///< 1 + the instance; 0 = nothing was sent
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void collect(const PolicyCall *deciding, Outcome outcome);
    void updatePassedOver();

    OutlierEjectionLayerConfig m_config;
    OutlierEjection m_kernel;
    bool m_isPanicking = false;
    std::vector<EjectionEvent> m_ejections; ///< scratch
};

} // namespace halfopen
