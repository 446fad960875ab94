// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_policies.h"

#include "core/base/random.h"
#include "core/policies/fallback.h"
#include "core/policies/outlier_ejection_layer.h"
#include "core/policies/registry.h"
#include "tests/support/random_scenario.h"

namespace halfopen::test {

namespace {

using std::chrono::milliseconds;

class Draws {
public:
    explicit Draws(std::uint64_t number) : m_stream(number, "random policies") {}
    std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(uniformIndex(m_stream.draw(0, m_next++), static_cast<std::uint64_t>(n))); }
    bool oneIn(std::int64_t n) { return below(n) == 0; }

private:
    RandomStream m_stream;
    std::uint32_t m_next = 0;
};

PolicySpec ejection(Draws &draws)
{
    const PolicyType *type = findPolicyType("outlier_ejection");
    PolicySpec spec{type, Settings(type->schema())};
    auto &c = spec.settings.as<OutlierEjectionLayerConfig>();
    c.consecutive5xx = static_cast<std::uint32_t>(draws.below(4));
    c.consecutiveGatewayFailure = static_cast<std::uint32_t>(draws.below(4));
    c.splitExternalLocalOriginErrors = draws.oneIn(2);
    c.consecutiveLocalOriginFailure = static_cast<std::uint32_t>(1 + draws.below(3));
    c.interval = milliseconds(20 + draws.below(200));
    c.baseEjectionTime = milliseconds(10 + draws.below(300));
    c.maxEjectionPercent = 0.25 * static_cast<double>(1 + draws.below(4));
    c.alwaysEjectOneHost = draws.oneIn(2);
    c.panicThreshold = 0.25 * static_cast<double>(draws.below(4));
    c.successRateMinimumHosts = 2;
    c.successRateRequestVolume = static_cast<std::uint32_t>(draws.below(5));
    c.successRateStdevFactor = 500;
    c.failurePercentage = draws.oneIn(2);
    c.failurePercentageMinimumHosts = 1;
    c.failurePercentageRequestVolume = static_cast<std::uint32_t>(draws.below(5));
    c.failurePercentageThreshold = 0.5;
    return spec;
}

/// \a to is a service that calls nobody, so that no circle arises; \a policies is "" or a stack without such a fallback.
PolicySpec substitute(Draws &draws, const std::string &to, const std::string &policies)
{
    const PolicyType *type = findPolicyType("fallback");
    PolicySpec spec{type, Settings(type->schema())};
    auto &c = spec.settings.as<FallbackConfig>();
    if (draws.oneIn(3)) {
        c.work = milliseconds(draws.below(60));
    } else {
        c.to = to;
        if (!policies.empty())
            c.policies = policies;
    }
    if (draws.oneIn(3))
        c.on = {"error", "timeout"};
    return spec;
}

} // namespace

Scenario randomPolicyScenario(std::uint64_t number)
{
    Draws draws(number);
    Scenario s = randomScenario(number);
    const std::string last = s.services.back().name; // calls only lead to later ones
    if (draws.oneIn(2))
        s.services.front().balancing = static_cast<ServiceSpec::Balancing>(draws.below(4));
    for (std::size_t i = 0; i < s.stacks.size(); ++i) {
        std::vector<PolicySpec> &layers = s.stacks[i].layers;
        for (std::int64_t more = 1 + draws.below(3); more > 0 && layers.size() < 9; --more) {
            const std::string inner = i > 0 && draws.oneIn(2) ? s.stacks[static_cast<std::size_t>(draws.below(static_cast<std::int64_t>(i)))].name : "";
            const auto place = layers.begin() + draws.below(static_cast<std::int64_t>(layers.size()) + 1);
            layers.insert(place, draws.oneIn(2) ? ejection(draws) : substitute(draws, last, inner));
        }
    }
    return s;
}

} // namespace halfopen::test
