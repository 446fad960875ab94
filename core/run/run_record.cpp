// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"

#include "core/run/initial_state.h"

namespace halfopen {

std::uint64_t EdgeTotals::endedAll() const
{
    std::uint64_t sum = 0;
    for (const std::uint64_t n : ended)
        sum += n;
    return sum;
}

std::uint64_t EdgeTotals::good() const
{
    return ended[static_cast<std::size_t>(OutcomeKind::Success)] + ended[static_cast<std::size_t>(OutcomeKind::Fallback)];
}

double EdgeTotals::amplification() const
{
    return offered == 0 ? 0 : static_cast<double>(attempts) / static_cast<double>(offered);
}

Histogram EdgeTotals::latency() const
{
    Histogram all = goodLatency;
    all.merge(badLatency);
    return all;
}

std::string_view placeInLayer(const BreakerInfo &breaker)
{
    const std::string_view name = breaker.name;
    const std::size_t bracket = name.ends_with(']') ? name.rfind('[') : std::string_view::npos;
    return bracket == std::string_view::npos ? std::string_view() : name.substr(bracket);
}

BreakerState RunRecord::stateAt(std::uint32_t breaker, Instant at) const
{
    // The last transition of this breaker at or before `at`: find the end by bisection, then walk back.
    std::size_t low = 0;
    std::size_t high = transitions.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (transitions[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0) {
        --low;
        if (transitions[low].breaker == breaker)
            return transitions[low].to;
    }
    return initialState(*this, breaker);
}

} // namespace halfopen
