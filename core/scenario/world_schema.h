// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/distributions.h"
#include "core/base/result.h"
#include "core/scenario/scenario.h"
#include "core/scenario/settings_reader.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// The one version of the scenario language: the value of the key `halfopen`.
inline constexpr std::int64_t kLanguageVersion = 1;

// What can be given once in a scenario, beside its lists and maps.
struct WorldSettings {
    std::int64_t version = kLanguageVersion;
    std::string name;
    std::int64_t seed = 1;
    Duration duration = std::chrono::seconds(60);
};

/// Where and when a fault acts; the key of its kind stands beside these.
struct FaultPlace {
    std::string name;
    std::string on;
    std::string endpoint;
    std::optional<std::int64_t> instance;
    std::vector<std::string> instances; ///< numbers, and rows such as "2-5"
    std::optional<double> shareOfInstances;
    std::vector<std::string> callers;
    Duration from{};
    std::optional<Duration> length; ///< `for`; none = to the end of the run
    std::optional<Duration> every;
    std::optional<std::int64_t> firstRequests;
    std::optional<std::int64_t> everyNth;
    std::optional<Duration> burstOn;
    std::optional<Duration> burstOff;
    Duration rampUp{};
    Duration rampDown{};
    std::optional<Duration> wavePeriod;
    FaultSpec::WaveShape waveShape = FaultSpec::WaveShape::Sine;
    double waveLow = 0;
};

/// An endpoint of a service; its service_time stands beside these.
struct EndpointSettings {
    double weight = 1;
    std::optional<double> errorRate; ///< none = that of the service
};

/// What stands beside the metric in a line of `expect`.
struct ExpectationPlace {
    std::string of;
    std::optional<Duration> from;
    std::optional<Duration> to;
    std::string why;
};

/// One point of a changing arrival rate.
struct RatePoint {
    Duration from{};
    double rate = 0;
};

/// A rate that rises and falls like a sine.
struct RateWave {
    double mean = 0;
    double swing = 0.5; ///< of the mean, 0 to 1
    Duration period{};
};

/// A rate with bursts: the last `length` of every `every` has the peak.
struct RateBurst {
    double rate = 0;
    double peak = 0;
    Duration every{};
    Duration length{};
};

/// The tables of the scenario language: loader, messages, JSON Schema and help pages read them.
/// `service` works on a ServiceSpec, `call` on a CallSpec, `client` on a ClientSpec, the others on
/// the structs above.
const Schema &worldSchema();
const Schema &serviceSchema();
const Schema &endpointSchema();
const Schema &clientSchema();
const Schema &callSchema();
const Schema &faultPlaceSchema();
const Schema &expectationSchema();
const Schema &ratePointSchema();
const Schema &waveSchema();
const Schema &burstSchema();
const Schema &closedLoopSchema(); ///< works on an ArrivalSpec

/// The keys beside those of the schema of that name.
std::span<const NestedKey> worldKeys();
std::span<const NestedKey> serviceKeys();
std::span<const NestedKey> endpointKeys();
std::span<const NestedKey> clientKeys();
std::span<const NestedKey> closedLoopKeys();

/// One way to write a service time: `exponential: 10ms`, `lognormal: { p50: 12ms, p99: 60ms }`.
struct DistributionForm {
    const Schema &(*schema)();
    /// From a valid config.
    Distribution (*make)(const void *config);
    std::string_view key() const { return schema().key; }
};
std::span<const DistributionForm> distributionForms();

/// The forms that are lists: `mixture` of weighted forms, `empirical` durations.
std::span<const NestedKey> distributionLists();

/// `fit`: measured percentiles or a recording, to which a family of distributions is fitted.
const Schema &fitSchema();
struct FitSource {
    std::vector<std::pair<double, Duration>> percentiles;
    std::string trace; ///< a recording, or empty
};
FitSource fitSource(const void *config);

struct MixtureBranch {
    double weight = 1;
};
const Schema &mixtureBranchSchema();

} // namespace halfopen
