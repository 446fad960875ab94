// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/policies/registry.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Where the substitute comes from.
enum class FallbackSource : std::uint8_t {
    Static, ///< a fixed answer, always there
    Cached, ///< the last good answer of this process
    Other,  ///< a call to another dependency
    Work,   ///< degraded work of the caller itself, which takes time
};
std::span<const std::string_view> enumNames(FallbackSource);

/// What is served when there is no cached answer that may be used.
enum class FallbackOtherwise : std::uint8_t { Fail, Static };
std::span<const std::string_view> enumNames(FallbackOtherwise);

struct FallbackConfig {
    std::optional<FallbackSource> source;  ///< see effectiveSource()
    std::optional<Duration> cachedMaxAge;  ///< for Cached: none = any age
    std::optional<Duration> staleMaxAge;   ///< older answers up to this age, for `staleOn` only; none = no older ones
    std::vector<std::string> staleOn = {"timeout", "connection_refused", "circuit_breaker_open"};
    FallbackOtherwise otherwise = FallbackOtherwise::Fail;
    std::string to;                        ///< for Other: a service
    std::string policies;                  ///< for Other: the stack of that call; empty = no policies
    std::optional<Duration> work;          ///< for Work: how long it takes
    std::vector<std::string> on = outcomeNames(kEveryFailure);

    /// As given; else by what is given: `to`, `work`, a max age; else Static.
    FallbackSource effectiveSource() const
    {
        return source.value_or(!to.empty()    ? FallbackSource::Other
                               : work         ? FallbackSource::Work
                               : cachedMaxAge ? FallbackSource::Cached
                                              : FallbackSource::Static);
    }
};

const Schema &fallbackSchema();
/// The call of FallbackSource::Other; nothing for the other sources.
OtherCall otherCallOfFallback(const void *config);

/// Serves a substitute when the inside failed: the outcome becomes `fallback`, a degraded success.
///
/// A cached answer exists only after a success in the same process, and serves until it is `max_age` old
/// (age <= max_age). Up to `stale_max_age` it still serves where the dependency could not be reached (`stale_on`): old data
/// beat none then, while an answer that says "error" is worth more than old data. Where nothing may be served the failure
/// goes outwards, or a fixed answer (`otherwise: static`).
///
/// Another dependency is called through a stack of its own when the inside has failed, in the name of the call that waits
/// meanwhile; when that fails, too, the first failure goes outwards. Local work always succeeds, and takes its time.
///
/// Every call is taken to ask for the same thing: where keys matter there is the policy `cache`. Whatever is outside this layer sees a success: a retry outside will not retry, a breaker outside will not trip.
class Fallback final : public Policy {
public:
    explicit Fallback(const FallbackConfig &config) { apply(config); }

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    [[nodiscard]] Verdict onSubstitute(Instant now, PolicyCall &call, Outcome failed, Outcome substitute) override;
    /// The cached answer stays.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

private:
    void apply(const FallbackConfig &config);
    bool hasSubstitute(Instant now, OutcomeKind why) const;

    OutcomeSet m_on;
    FallbackSource m_source = FallbackSource::Static;
    FallbackOtherwise m_otherwise = FallbackOtherwise::Fail;
    Duration m_maxAge{};
    Duration m_staleMaxAge{};
    OutcomeSet m_staleOn;
    Duration m_work{};
    std::optional<Instant> m_cachedAt;
};

} // namespace halfopen
