// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "core/scenario/scenario.h"

#include <QString>

#include <vector>

namespace halfopen {

struct Theme;

/// The scenario in words as rich text: what it asks, who calls whom through which policies, what goes wrong when,
/// and what is expected. \a results may be empty (not judged yet), else one per expectation.
QString scenarioSummary(const Scenario &scenario, const std::vector<ExpectationResult> &results, const Theme &theme);

} // namespace halfopen
