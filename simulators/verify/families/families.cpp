// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/families/families.h"

namespace halfopen::verify {

std::span<const Family> families()
{
    static const std::vector<Family> all = [] {
        std::vector<Family> rows;
        // Families that fit by fewer keys come later.
        for (const auto group : {breakerFamilies(), backoffFamilies(), metastableFamilies(), deadlineFamilies(),
                                 retryPolicyFamilies(), retryStackFamilies(), overloadFamilies(), limitFamilies(),
                                 retryArithmeticFamilies(), measurementFamilies(), loadBalancingFamilies(),
                                 serviceGraphFamilies(), tailFamilies(), closedLoopFamilies(), queueingFamilies()})
            rows.insert(rows.end(), group.begin(), group.end());
        return rows;
    }();
    return all;
}

} // namespace halfopen::verify
