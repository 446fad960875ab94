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

std::int64_t CaseInput::replications()
{
    const std::int64_t given = run.isNull("replications") ? 1 : run.countOr("replications", 1);
    if (given < 1 || given > 100'000)
        run.refuse("replications", "is out of range, expected 1 to 100000");
    return given;
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

Answers meanOfWindows(std::int64_t replications, std::uint64_t seed,
                      const std::function<std::map<std::string, double>(std::uint64_t seed)> &measure)
{
    std::map<std::string, Json> means;
    std::map<std::string, double> sums;
    for (std::int64_t i = 0; i < replications; ++i)
        for (const auto &[metric, value] : measure(seed + static_cast<std::uint64_t>(i)))
            sums[metric] += value;
    for (const auto &[metric, sum] : sums)
        means[metric] = sum / static_cast<double>(replications);
    return tableOf(std::move(means));
}

bool hasKeys(const Json &model, std::initializer_list<const char *> keys)
{
    return model.is_object()
        && std::all_of(keys.begin(), keys.end(), [&](const char *key) { return findKey(model, key).has_value(); });
}

} // namespace halfopen::verify
