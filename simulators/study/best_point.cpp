// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/study/best_point.h"

#include "core/report/comparison.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

std::optional<BestPoint> bestPoint(std::span<const std::vector<double>> values, Better better)
{
    if (better == Better::None)
        return std::nullopt;
    std::vector<report::Estimate> points;
    for (const std::vector<double> &own : values)
        points.push_back(report::estimate(own));
    const auto isBetter = [better](const report::Estimate &one, const report::Estimate &other) {
        if (one.count != other.count)
            return one.count > other.count;
        return one.count > 0 && (better == Better::More ? one.mean > other.mean : one.mean < other.mean);
    };
    std::optional<BestPoint> best;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (points[i].count > 0 && (!best || isBetter(points[i], points[best->point])))
            best = BestPoint{i, 0, points[i].count >= 2};
    const auto isWorse = [&](const report::Estimate &other) { return isBetter(points[best->point], other); };
    if (!best || std::none_of(points.begin(), points.end(), isWorse))
        return std::nullopt;
    const std::vector<double> &own = values[best->point];
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i == best->point)
            continue;
        std::vector<double> differences;
        for (std::size_t seed = 0; seed < std::min(own.size(), values[i].size()); ++seed)
            differences.push_back(values[i][seed] - own[seed]);
        const report::Estimate difference = report::estimate(differences);
        const bool isAsGood = difference.count >= 2 ? !difference.isClear() : difference.count == 1 && difference.mean == 0;
        best->asGood += isAsGood ? 1 : 0;
    }
    return best;
}

} // namespace halfopen
