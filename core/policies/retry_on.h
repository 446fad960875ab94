// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome_set.h"

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Which failed outcomes are worth another try: kinds (`timeout`), HTTP statuses (`503`) and classes of them (`5xx`).
/// A status is looked at on outcomes that carry one; the kind or the status is enough.
class RetryOn {
public:
    /// Unknown words are skipped; the schema's choices refuse them earlier.
    static RetryOn fromNames(const std::vector<std::string> &names);
    /// The same, but `error` means an error without a status: where there is one, the status alone decides.
    static RetryOn byStatus(const std::vector<std::string> &names);

    bool contains(Outcome outcome) const
    {
        const bool statusDecides = m_byStatus && outcome.kind == OutcomeKind::Error && outcome.status != 0;
        if (!statusDecides && m_kinds.contains(outcome.kind))
            return true;
        return outcome.status >= kFirst && outcome.status < kFirst + m_statuses.size() && !isGood(outcome.kind)
            && m_statuses[static_cast<std::size_t>(outcome.status - kFirst)];
    }
    OutcomeSet kinds() const { return m_kinds; }

private:
    static constexpr std::uint16_t kFirst = 400;
    OutcomeSet m_kinds;
    bool m_byStatus = false;
    std::bitset<200> m_statuses; ///< 400 to 599
};

/// The words that a list such as `retry_on` may hold: the kinds of failure, `4xx`, `5xx` and the usual statuses.
std::vector<std::string_view> retryOnNames();

} // namespace halfopen
