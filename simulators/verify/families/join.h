// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/verify/sentence.h"

#include <cmath>
#include <vector>

namespace halfopen::verify {

/// How many of \a branches parallel calls must be answered: "all", "any", "quorum", "first 95 replies", "3 of 5" or a number.
inline std::int64_t readJoin(ModelReader &model, std::int64_t branches)
{
    if (!model.has("join"))
        return branches;
    std::vector<double> n;
    std::int64_t needed = 0;
    if (model.isNumber("join")) {
        needed = model.count("join");
    } else {
        switch (whichSentence(model, "join",
                              {"all", "all replies", "all of #", "# of #", "first # of # replies", "first # of #", "first # replies",
                               "first # reply", "first # responses", "wait for # of #", "wait for #", "quorum", "majority", "any", "first", "first reply"},
                              &n)) {
        case 0:
        case 1:
            return branches;
        case 2:
            if (n.front() != static_cast<double>(branches))
                model.refuse("join", "is of another number of calls than 'fan_out'");
            return branches;
        case 11:
        case 12:
            return branches / 2 + 1;
        case 13:
        case 14:
        case 15:
            return 1;
        default:
            break;
        }
        needed = n.front() == std::floor(n.front()) && n.front() <= 1e6 ? static_cast<std::int64_t>(n.front()) : 0;
        if (n.size() > 1 && n[1] != static_cast<double>(branches))
            model.refuse("join", "is of another number of calls than 'fan_out'");
    }
    if (needed < 1 || needed > branches)
        model.refuse("join", "is out of range, expected 1 to 'fan_out'");
    return needed;
}

} // namespace halfopen::verify
