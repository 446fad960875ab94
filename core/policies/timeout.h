// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <string>

namespace halfopen {

struct TimeoutConfig {
    std::string dialect = "halfopen";
    Duration after = std::chrono::seconds(30); ///< > 0
};

const Schema &timeoutSchema();

/// Releases the caller when everything inside this layer has taken too long: the outcome becomes `timeout`.
///
/// Outside a retry it limits all attempts together with their waits; inside it limits each attempt. It releases the
/// caller and the permits of inner layers (they hear onCancelled()); whether the server stops working is the
/// server's business (`keeps_working_for_departed_callers`). An outcome at exactly the deadline is decided by the driver's
/// order of events. Holds no state between calls.
class Timeout final : public Policy {
public:
    explicit Timeout(const TimeoutConfig &config) : m_after(config.after) { m_alwaysAdmitsForNs = m_after.count(); }

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    [[nodiscard]] Verdict onDeadline(Instant now, PolicyCall &call) override;
    /// Calls already running keep the deadline they were given.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

private:
    Duration m_after;
};

} // namespace halfopen
