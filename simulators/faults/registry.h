// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <span>

namespace halfopen {

/// Every fault, in the order of the help pages: one row each in registry.cpp.
std::span<const FaultType> faultTypes();

} // namespace halfopen
