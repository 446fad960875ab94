// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/call_log.h"
#include "core/run/run_record.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen::test {

/// A whole run with every call of its first client, in order of their beginning.
struct LoggedRun {
    RunRecord record;
    CallLog calls;
};
/// Ends the test program when \a text is no scenario.
LoggedRun loggedRun(std::string_view text);

/// How long each call took, in whole milliseconds.
std::vector<std::int64_t> latenciesMs(const CallLog &calls);

} // namespace halfopen::test
