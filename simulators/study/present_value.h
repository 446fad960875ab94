// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// The text of a setting as \a scenario has it, by its path: "policies.db_client.1.max_attempts", "services.db.workers",
/// "clients.web.processes", "clients.web.arrivals.poisson" and "clients.web.mean_rate" (calls per second), "duration", "seed". The same
/// value always has the same text. Empty for other paths.
std::optional<std::string> presentValue(const Scenario &scenario, std::string_view path);

/// A setting of a policy that acts in \a scenario and could be varied, as PATH=A..B/5 around its present value; empty when there is
/// none. Settings that are off are left out: varying them would say nothing about the scenario.
std::string axisProposal(const Scenario &scenario);

} // namespace halfopen
