// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/gradient_limit.h"
#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

enum class ConcurrencyLimitKind : std::uint8_t {
    Aimd,      ///< one more per success, a tenth less per drop: needs no latency
    Vegas,     ///< estimates the queue from the least latency seen
    Gradient2, ///< compares the latency of now with a long average
    Gradient,  ///< compares the latency of now with a least latency that it measures now and then
};
std::span<const std::string_view> enumNames(ConcurrencyLimitKind);

/// Optional settings have a default for each kind, see the schema's help.
struct AdaptiveConcurrencyConfig {
    ConcurrencyLimitKind kind = ConcurrencyLimitKind::Gradient2;
    std::int64_t initialLimit = 20;
    std::optional<std::int64_t> minLimit;    ///< 20 (aimd, gradient2), 1 (vegas), 3 (gradient)
    std::optional<std::int64_t> maxLimit;    ///< 200 (aimd, gradient2), 1000 (vegas, gradient)
    std::optional<double> backoffRatio;      ///< 0.9 (aimd)
    std::optional<Duration> slowAfter;       ///< 5 s (aimd)
    std::optional<double> tolerance;         ///< 1.5 (gradient2)
    std::optional<double> smoothing;         ///< 0.2 (gradient2)
    std::optional<std::int64_t> queueSize;   ///< 4 (gradient2)
    std::optional<std::int64_t> longWindow;  ///< 600 samples (gradient2)
    std::int64_t warmUpSamples = 10;         ///< no setting: as in the published code (gradient2)
    std::optional<std::int64_t> probeFactor; ///< 30 (vegas)
    std::optional<double> buffer;                 ///< 25 % (gradient)
    std::optional<Duration> updateInterval;       ///< 100 ms (gradient)
    std::optional<Duration> measureInterval;      ///< 60 s (gradient)
    std::optional<std::int64_t> measureRequests;  ///< 50 (gradient)
    std::vector<std::string> dropOn; ///< outcomes that mean overload; the constructor names the default
    AdaptiveConcurrencyConfig();

    std::int64_t least() const;
    std::int64_t most() const;
};

const Schema &adaptiveConcurrencySchema();

/// What one ended call says about the dependency.
struct LatencySample {
    std::int64_t latencyNs = 0;
    std::int64_t inside = 0;     ///< calls inside when it was admitted, itself included
    bool dropped = false;        ///< it ended in a way that means overload
    std::uint64_t bits = 0;      ///< uniform, for kinds that draw
};

/// Additive increase, multiplicative decrease. Whole numbers; the decrease is rounded down.
/// Source: Netflix concurrency-limits, AIMDLimit: 2 x inside >= limit ? limit + 1; drop or too slow ? floor(limit x ratio).
class AimdLimit {
public:
    void apply(const AdaptiveConcurrencyConfig &config);
    void update(const LatencySample &sample);
    std::int64_t limit() const { return m_limit; }

private:
    std::int64_t m_limit = 0; ///< 0 before the first apply()
    std::int64_t m_least = 1;
    std::int64_t m_most = 1;
    std::int64_t m_ratio = 0; ///< millionths
    std::int64_t m_slowNs = 0;
};

/// TCP Vegas for calls: queue = ceil(limit x (1 - least latency / latency)), kept between 3 and 6 x log10(limit).
/// The least latency is forgotten after about probe_factor x limit samples, because the least latency of a small load is not that
/// of a large one. Whole numbers; log10 is rounded down, at least 1.
/// Source: Netflix concurrency-limits, VegasLimit.
class VegasLimit {
public:
    void apply(const AdaptiveConcurrencyConfig &config);
    void update(const LatencySample &sample);
    std::int64_t limit() const { return m_limit; }
    std::int64_t leastLatencyNs() const { return m_leastNs; }

private:
    std::int64_t step(const LatencySample &sample) const;

    std::int64_t m_limit = 0; ///< 0 before the first apply()
    std::int64_t m_least = 1;
    std::int64_t m_most = 1;
    std::int64_t m_probeFactor = 30;
    std::int64_t m_leastNs = 0; ///< 0 = none yet
    std::int64_t m_samples = 0; ///< since the last probe
    std::uint64_t m_jitter = std::uint64_t{3} << 62; ///< 2^-64 ths, uniform in [1/2, 1); the first is 3/4
};

/// limit = limit x gradient + queue, smoothed, with gradient = clamp(tolerance x long average / latency, 1/2, 1).
/// In IEEE doubles, one + - * / at a time, in the order of the source, so that its numbers come out to the bit.
/// Source: Netflix concurrency-limits, Gradient2Limit and ExpAvgMeasurement (warm-up of 10 samples).
class Gradient2Limit {
public:
    void apply(const AdaptiveConcurrencyConfig &config);
    void update(const LatencySample &sample);
    std::int64_t limit() const { return static_cast<std::int64_t>(m_limit); }
    double estimate() const { return m_limit; }
    double longLatencyNs() const { return m_longNs; }

private:
    void addToLongAverage(double latencyNs);

    double m_limit = 0; ///< 0 before the first apply()
    double m_least = 1;
    double m_most = 1;
    double m_tolerance = 1.5;
    double m_smoothing = 0.2;
    double m_queue = 4;
    double m_factor = 0; ///< weight of a new sample in the long average
    double m_longNs = 0;
    double m_sumNs = 0;
    std::int64_t m_warmUp = 10; ///< samples
    std::int64_t m_samples = 0;
};

/// At most so many calls inside, where the number follows what the dependency can do: no threshold to guess.
///
/// - A call above the limit is refused as `bulkhead_full`.
/// - Every good call is a sample of latency; an outcome in drop_on is a drop. Others, refusals and cancelled calls free their
///   place and say nothing.
/// - A limit grows only while at least half of it is used: what is not asked for cannot be learned.
/// Sources: see AimdLimit, VegasLimit, Gradient2Limit, GradientLimit; the idea is TCP congestion control (V. Jacobson, 1988; L. Brakmo and
/// L. Peterson, "TCP Vegas", 1995).
class AdaptiveConcurrency final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 16;

    explicit AdaptiveConcurrency(const AdaptiveConcurrencyConfig &config) { apply(config); }

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    void onCancelled(Instant now, PolicyCall &call) override;
    /// The limit stays as far as the new bounds allow it; another kind starts at initial_limit.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    std::int64_t limit() const;
    std::int64_t inside() const { return m_inside; }

private:
    struct CallState {
        std::int64_t beganNs;
        std::int32_t inside; ///< at admission, itself included; 0 = holds no place
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const AdaptiveConcurrencyConfig &config);
    bool leave(CallState &state);
    void update(Instant now, const LatencySample &sample);

    ConcurrencyLimitKind m_kind = ConcurrencyLimitKind::Gradient2;
    OutcomeSet m_drops;
    AimdLimit m_aimd;
    VegasLimit m_vegas;
    Gradient2Limit m_gradient2;
    GradientLimit m_gradient;
    std::int64_t m_inside = 0;
};

} // namespace halfopen
