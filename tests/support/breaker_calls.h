// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/breaker.h"
#include "tests/support/policy_probe.h"

#include <string>

namespace halfopen::test {

/// One call per letter (S success, F failure), 1 ms apart, from \a fromMs on; returns how many of them it took until
/// the state changed, 0 if it did not, -1 if one was refused.
inline int callsUntilChange(Breaker &breaker, const std::string &ends, std::int64_t fromMs = 0)
{
    std::int64_t ms = fromMs;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        ProbeCall call(i);
        if (!isAdmitted(call.admit(breaker, at(ms))))
            return -1;
        const BreakerState before = breaker.snapshot(at(ms)).state;
        static_cast<void>(call.end(breaker, at(ms), {.kind = ends[i] == 'S' ? OutcomeKind::Success : OutcomeKind::Error}));
        if (breaker.snapshot(at(ms)).state != before)
            return static_cast<int>(i) + 1;
        ++ms;
    }
    return 0;
}

/// True if a call that comes at \a ms is let through; it then never ends.
inline bool letsThrough(Breaker &breaker, std::int64_t ms)
{
    return isAdmitted(ProbeCall().admit(breaker, at(ms)));
}

} // namespace halfopen::test
