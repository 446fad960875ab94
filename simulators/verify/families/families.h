// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/verify/family.h"

namespace halfopen::verify {

// One file per group; each function gives the rows of its families.
std::span<const Family> retryArithmeticFamilies();
std::span<const Family> loadBalancingFamilies();
std::span<const Family> serviceGraphFamilies();
std::span<const Family> tailFamilies();
std::span<const Family> measurementFamilies();
std::span<const Family> closedLoopFamilies();
std::span<const Family> queueingFamilies();

} // namespace halfopen::verify
