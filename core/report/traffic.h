// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/comparison.h"
#include "core/scenario/scenario.h"

#include <string>
#include <vector>

namespace halfopen::report {

/// "900/s by chance", "100/s evenly", "10 users who think 1s": when the calls of a client begin.
std::string describeArrivals(const ClientSpec &client);

/// What the variants do not have in common of what arrives when, one sentence each, against the first variant; empty when all meet the
/// same calls. With one seed the same client with the same arrivals begins the same calls, whatever the rest of its scenario is.
std::vector<std::string> trafficDifferences(const Comparison &comparison);

} // namespace halfopen::report
