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
    std::optional<BestPoint> best;
    double bestMean = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const report::Estimate one = report::estimate(values[i]);
        if (one.count == 0 || (best && (better == Better::More ? one.mean <= bestMean : one.mean >= bestMean)))
            continue;
        best = BestPoint{i, 0, one.count >= 2};
        bestMean = one.mean;
    }
    if (!best)
        return best;
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
