// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/verify/model_reader.h"

#include <charconv>

namespace halfopen::verify {

/// How many of \a branches parallel calls must be answered: "join": "all", "any", "quorum" or "first 95 replies".
inline std::int64_t readJoin(ModelReader &model, std::int64_t branches)
{
    const std::string join = model.textOr("join", "all");
    if (join == "all")
        return branches;
    if (join == "any" || join == "first")
        return 1;
    if (join == "quorum" || join == "majority")
        return branches / 2 + 1;
    std::int64_t needed = 0;
    constexpr std::string_view kFirst = "first ";
    if (join.starts_with(kFirst) && (join.ends_with(" replies") || join.ends_with(" reply"))) {
        const char *begin = join.data() + kFirst.size();
        const auto [end, error] = std::from_chars(begin, join.data() + join.size(), needed);
        if (error == std::errc() && *end == ' ' && needed >= 1 && needed <= branches)
            return needed;
    }
    model.refuse("join", "is \"" + join + "\", which is not understood");
}

} // namespace halfopen::verify
