// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/instance_chooser.h"

#include <algorithm>

namespace halfopen::live {

namespace {

/// The first of \a usable from \a next on, else the first of all.
std::uint32_t nextInTurn(std::span<const std::uint32_t> usable, std::uint32_t next)
{
    const auto found = std::lower_bound(usable.begin(), usable.end(), next);
    return found == usable.end() ? usable.front() : *found;
}

} // namespace

InstanceChooser roundRobin()
{
    return [next = std::uint32_t{0}](const InstanceChoice &choice) mutable {
        const std::uint32_t chosen = nextInTurn(choice.usable, next);
        next = chosen + 1;
        return chosen;
    };
}

InstanceChooser leastBusy()
{
    return [next = std::uint32_t{0}](const InstanceChoice &choice) mutable {
        std::uint32_t best = nextInTurn(choice.usable, next);
        for (const std::uint32_t instance : choice.usable) {
            const bool isInTurn = instance >= next;
            const bool isBestInTurn = best >= next;
            const std::uint32_t busy = choice.underWay[instance], least = choice.underWay[best];
            if (busy < least || (busy == least && isInTurn && !isBestInTurn))
                best = instance;
        }
        next = best + 1;
        return best;
    };
}

} // namespace halfopen::live
