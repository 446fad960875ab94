// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/retry_on.h"

#include <charconv>

namespace halfopen {

RetryOn RetryOn::fromNames(const std::vector<std::string> &names)
{
    RetryOn set;
    set.m_kinds = OutcomeSet::fromNames(names);
    for (const std::string &name : names) {
        if (name == "4xx" || name == "5xx") {
            const std::size_t first = name == "4xx" ? 0 : 100;
            for (std::size_t i = first; i < first + 100; ++i)
                set.m_statuses.set(i);
            continue;
        }
        std::size_t status = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), status);
        if (error == std::errc() && end == name.data() + name.size() && status >= kFirst
            && status < kFirst + set.m_statuses.size())
            set.m_statuses.set(status - kFirst);
    }
    return set;
}

RetryOn RetryOn::byStatus(const std::vector<std::string> &names)
{
    RetryOn set = fromNames(names);
    set.m_byStatus = true;
    return set;
}

std::vector<std::string_view> retryOnNames()
{
    std::vector<std::string_view> names = failureNames();
    for (const std::string_view status :
         {"4xx", "5xx", "400", "401", "403", "404", "408", "409", "421", "423", "425", "429", "500", "501", "502", "503", "504",
          "507", "509", "520", "521", "522", "523", "524"})
        names.push_back(status);
    return names;
}

} // namespace halfopen
