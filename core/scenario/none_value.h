// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema.h"

#include <string_view>

namespace halfopen {

/// What is in force where an optional field of a circuit breaker is left at `none` by default: a value, or the key of the setting whose
/// value it takes. Empty where `none` means that there is no such limit or rule.
std::string_view noneMeans(const Schema &schema, const Field &field);

} // namespace halfopen
