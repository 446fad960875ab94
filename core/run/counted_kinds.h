// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <cstdint>

namespace halfopen {

/// What a breaker counts in its window besides calls. What it does not count it does not know, so there is no number to show: 0 would
/// be a wrong one.
struct CountedKinds {
    bool failures = true;
    bool slow = true;
};

/// Of the breaker in \a layer of the stack of \a edge, by the settings with which the run of \a record began. Both where the record has
/// no scenario, and where a setting that decides it was changed on the way.
CountedKinds countedKinds(const RunRecord &record, std::uint32_t edge, std::uint32_t layer);

} // namespace halfopen
