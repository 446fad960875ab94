// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/verify/family.h"

namespace halfopen::verify {

// One file per group; each function gives the rows of its families.
std::span<const Family> retryArithmeticFamilies();
std::span<const Family> breakerFamilies();
std::span<const Family> backoffFamilies();
std::span<const Family> retryStackFamilies();
std::span<const Family> retryPolicyFamilies();
std::span<const Family> overloadFamilies();
std::span<const Family> limitFamilies();
std::span<const Family> deadlineFamilies();
std::span<const Family> metastableFamilies();
std::span<const Family> loadBalancingFamilies();
std::span<const Family> serviceGraphFamilies();
std::span<const Family> tailFamilies();
std::span<const Family> measurementFamilies();
std::span<const Family> closedLoopFamilies();
std::span<const Family> queueingFamilies();

} // namespace halfopen::verify
