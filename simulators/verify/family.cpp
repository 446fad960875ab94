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

Answers meanOfReplications(std::int64_t replications, std::uint64_t seed,
                           const std::function<Answers(std::uint64_t seed)> &measure)
{
    if (replications <= 1)
        return measure(seed);
    std::vector<Answers> runs;
    for (std::int64_t i = 0; i < replications; ++i)
        runs.push_back(measure(seed + static_cast<std::uint64_t>(i)));
    return [runs = std::move(runs)](const std::string &metric) {
        Json first = runs.front()(metric);
        if (!first.is_number())
            return first;
        double sum = first.get<double>();
        for (std::size_t i = 1; i < runs.size(); ++i)
            sum += runs[i](metric).get<double>();
        return Json(sum / static_cast<double>(runs.size()));
    };
}

bool hasKeys(const Json &model, std::initializer_list<const char *> keys)
{
    return model.is_object()
        && std::all_of(keys.begin(), keys.end(), [&](const char *key) { return findKey(model, key).has_value(); });
}

} // namespace halfopen::verify
