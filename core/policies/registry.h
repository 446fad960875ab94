// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace halfopen {

/// A call that a layer may have made in the name of the one it could not serve.
struct OtherCall {
    std::string to;       ///< a service; empty = there is no such call
    std::string policies; ///< a stack; empty = none
    friend bool operator==(const OtherCall &, const OtherCall &) = default;
};

/// One kind of policy: a row of the table in registry.cpp. Loader, form, legend and help read the row.
///
/// A kind may come in further dialects: the same key with the settings and the exact behaviour of another
/// library, chosen by the setting `dialect`. Each is a row of its own, reached from the first one.
struct PolicyType {
    const Schema &(*schema)();
    std::unique_ptr<Policy> (*create)(const void *config);
    std::size_t stateBytes = 0; ///< per call, at most 32, alignment 8; zeroed before admit()
    bool keepsBytes = false;    ///< they are not: they last as long as the call, and a first try (PolicyCall::retries == 0)
                                ///< finds what an earlier call left. A copy (hedging) begins with zeroes
    bool beginsBytes = false;   ///< admit() writes them all before it admits: they need not be zeroed
    bool perProcess = true;     ///< false: holds no state between calls, so that a fleet can share one object
    bool isBreaker = false;     ///< has a state band in the views
    bool givesDeadlines = false; ///< admit() may answer AdmitWithDeadline or Wait
    bool looksAtCalls = false;   ///< wants PolicyCall::ticket or retries; without it they are 0
    bool queuesCalls = false;    ///< admit() may answer Wait: the driver asks takeReleased() after every input
    bool startsCopies = false;   ///< onDeadline() may answer StartAnother
    bool hasTimers = false;      ///< nextTimer() is to be asked after every input
    bool probes = false;         ///< a timer of this policy is a probe of the dependency: onProbe() instead of handleTimer()
    bool keepsOutcomes = false;  ///< onOutcome() always keeps and remembers nothing: a driver may skip it
    bool judgesInstances = false; ///< instanceJudge() is itself; a state band in the views for each instance
    OtherCall (*otherCall)(const void *config) = nullptr; ///< what CallOther stands for; null = never answered so
    std::string_view dialect = "halfopen";                    ///< what the setting `dialect` says
    std::span<const PolicyType> (*otherDialects)() = nullptr; ///< of the same key; null = there are none
    std::string_view key() const { return schema().key; }
    /// This row or one of its other dialects; null if there is none of that name.
    const PolicyType *findDialect(std::string_view name) const;
};

/// Every policy in its first dialect, in the order of the help pages.
std::span<const PolicyType> policyTypes();
/// Null if there is none of that name.
const PolicyType *findPolicyType(std::string_view key);

} // namespace halfopen
