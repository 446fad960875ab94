// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema.h"
#include "core/scenario/settings_reader.h"

#include <span>
#include <string>

namespace halfopen {

/// What a terminal shows for `halfopen help retry`: the summary, then each key with kind, range,
/// default and help, and the keys of \a nested behind them. Lines have at most \a width letters where the words allow it.
std::string helpText(const Schema &schema, std::size_t width = 80, std::span<const NestedKey> nested = {});

/// "a duration", "a share such as 10%", "one of full, equal, decorrelated or none": what a value of
/// the field is.
std::string describeType(const Field &field);

/// A value of the field for an example: its default, else one that it takes.
std::string exampleOf(const Field &field);

} // namespace halfopen
