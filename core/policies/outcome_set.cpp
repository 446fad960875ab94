// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/outcome_set.h"

#include <algorithm>

namespace halfopen {

OutcomeSet OutcomeSet::fromNames(const std::vector<std::string> &names)
{
    OutcomeSet set;
    for (std::size_t i = 0; i < kOutcomeKinds; ++i) {
        const auto kind = static_cast<OutcomeKind>(i);
        if (std::find(names.begin(), names.end(), outcomeName(kind)) != names.end())
            set.m_bits |= bit(kind);
    }
    return set;
}

std::vector<std::string> outcomeNames(OutcomeSet set)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < kOutcomeKinds; ++i)
        if (set.contains(static_cast<OutcomeKind>(i)))
            names.emplace_back(outcomeName(static_cast<OutcomeKind>(i)));
    return names;
}

std::vector<std::string_view> failureNames()
{
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < kOutcomeKinds; ++i) {
        const auto kind = static_cast<OutcomeKind>(i);
        if (!isGood(kind) && kind != OutcomeKind::Cancelled)
            names.push_back(outcomeName(kind));
    }
    return names;
}

} // namespace halfopen
