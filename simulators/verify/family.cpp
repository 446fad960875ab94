// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/family.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace halfopen::verify {

bool CaseInput::asksFor(std::string_view part) const
{
    return std::any_of(metrics.begin(), metrics.end(),
                       [&](const std::string &metric) { return metric.find(part) != std::string::npos; });
}

std::int64_t CaseInput::shortened(std::int64_t count) const
{
    return std::max<std::int64_t>(1, std::llround(static_cast<double>(count) * lengthShare));
}

Answers tableOf(std::map<std::string, Json> values)
{
    return [values = std::move(values)](const std::string &metric) {
        const auto found = values.find(metric);
        if (found == values.end())
            throw NotUnderstood("unknown metric '" + metric + "'");
        return found->second;
    };
}

bool hasKeys(const Json &model, std::initializer_list<const char *> keys)
{
    return model.is_object()
        && std::all_of(keys.begin(), keys.end(), [&](const char *key) { return findKey(model, key).has_value(); });
}

} // namespace halfopen::verify
