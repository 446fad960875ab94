// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/kind_rules.h"

#include <algorithm>

namespace halfopen {

std::string settingOfAnotherKind(std::size_t kind, std::span<const std::string_view> names,
                                 std::initializer_list<KindRule> rules)
{
    for (const KindRule &rule : rules) {
        if (!rule.isSet || std::find(rule.kinds.begin(), rule.kinds.end(), kind) != rule.kinds.end())
            continue;
        std::string owners;
        for (const std::size_t owner : rule.kinds)
            owners += (owners.empty() ? "" : " or ") + std::string(names[owner]);
        return std::string(rule.key) + " has no meaning with kind: " + std::string(names[kind])
            + "; it belongs to kind: " + owners;
    }
    return {};
}

} // namespace halfopen
