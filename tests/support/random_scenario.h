// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <cstdint>

namespace halfopen::test {

/// A small world drawn from \a number: one to four services that call each other, fleets, every kind of arrival, queues so
/// short that they overflow, constant times so that ties are common, stacks of up to five layers in any order, faults that
/// overlap and repeat. About 100 to 600 calls.
Scenario randomScenario(std::uint64_t number);

} // namespace halfopen::test
