// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/policies/circuit_breaker_config.h"
#include "core/policies/fallback.h"
#include "core/policies/health_check.h"
#include "core/policies/outlier_ejection_layer.h"
#include "core/policies/retry.h"
#include "core/policies/timeout.h"
#include "core/scenario/scenario.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::live {

/// A layer of that policy and dialect ("resilience4j"; empty = ours) with every default. The error lists what there is.
Result<PolicySpec> makeLayer(std::string_view policy, std::string_view dialect = {});

/// One layer with these settings, in the dialect `halfopen`. Checked when a stack is made of it.
PolicySpec layerOf(const CircuitBreakerConfig &config);
PolicySpec layerOf(const RetryConfig &config);
PolicySpec layerOf(const TimeoutConfig &config);
PolicySpec layerOf(const FallbackConfig &config);
PolicySpec layerOf(const HealthCheckConfig &config);
PolicySpec layerOf(const OutlierEjectionLayerConfig &config);

/// What is wrong with settings that no loader has read: a value out of its range, or a broken rule between values. One
/// sentence that names policy, setting, value and range.
Result<void> checkSettings(const Settings &settings);
/// The same for every layer, and the number of layers (at most 16). Names the layer.
Result<void> checkStack(const PolicyStackSpec &stack);

/// Puts one setting in place by its text: setField(layer.settings, "window.size", "30s").
Result<void> setField(Settings &settings, std::string_view key, std::string_view text);

} // namespace halfopen::live
