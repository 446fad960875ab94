// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <string>

namespace halfopen::test {

/// Sets how many random cases each property of this program is tried with. Call it before the first rc::check().
/// The seed is new each time and printed on failure; RC_PARAMS="seed=... reproduce=..." in the environment
/// wins and replays it.
inline void runProperties(int cases)
{
    setenv("RC_PARAMS", ("max_success=" + std::to_string(cases)).c_str(), 0);
}

} // namespace halfopen::test
