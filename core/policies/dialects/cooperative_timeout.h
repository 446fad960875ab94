// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <span>
#include <string>
#include <string_view>

namespace halfopen {

/// What a result becomes that came after the limit.
enum class LateResult : std::uint8_t {
    KeptIfGood, ///< a good one is handed on, a failure becomes `timeout`
    Kept,       ///< handed on as it is
    Timeout,    ///< always `timeout`
};
std::span<const std::string_view> enumNames(LateResult);

struct CooperativeTimeoutConfig {
    std::string dialect = "cooperative";
    Duration after = std::chrono::seconds(30); ///< > 0
    LateResult lateResult = LateResult::KeptIfGood;
};

const Schema &cooperativeTimeoutSchema();

/// A timeout that only asks: code that takes no notice goes on, and the caller waits for it. The dialect `cooperative`.
///
/// Of the three things that a timeout can do it does none at the limit: the caller is not released, the permits of layers further in are
/// not given back, the server is not left. Only the result can change, once it is there. So callers hold what they hold for as
/// long as the dependency takes: a limit that protects nobody.
/// Polly and failsafe-go behave so when the protected code does not look at its cancellation token; Polly hands a good late result on.
/// Source: Polly 8.7 (TimeoutResilienceStrategy), failsafe-go 0.9.7 (timeout/executor.go), the latter read, not tried out.
class CooperativeTimeout final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 8;

    explicit CooperativeTimeout(const CooperativeTimeoutConfig &config) : m_config(config) {}

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    /// Calls already running keep the limit they were given.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

private:
    CooperativeTimeoutConfig m_config;
};

} // namespace halfopen
