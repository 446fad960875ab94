// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Load balancing for callers that judge the instances: some are passed over.
#include "simulators/models/queueing_service.h"
#include "simulators/models/request_draws.h"

#include <algorithm>

namespace halfopen {

void QueueingService::setJudged(std::uint32_t edge)
{
    if (m_callers.size() <= edge)
        m_callers.resize(edge + 1);
    m_callers[edge].isJudged = true;
    m_oneInstance = false; // its caller wants to hear where the request went
}

std::size_t QueueingService::chooseJudged(const Frame &frame)
{
    m_left.clear();
    const std::uint32_t all = instances();
    for (std::uint32_t i = 0; i < all; ++i)
        if (!m_engine->passesOver(frame, i))
            m_left.push_back(i);
    if (m_left.empty()) // several judges that leave nobody together: somebody must answer
        for (std::uint32_t i = 0; i < all; ++i)
            m_left.push_back(i);
    const std::size_t chosen = chooseAmong(frame, m_left);
    m_engine->noteInstance(frame, static_cast<std::uint32_t>(chosen));
    return chosen;
}

/// The same choice as ever when all are left. \a left is in ascending order.
std::size_t QueueingService::chooseAmong(const Frame &frame, const std::vector<std::uint32_t> &left)
{
    const std::size_t n = left.size();
    const std::uint64_t copies = callerOf(frame.edge).copies;
    if (copies > 1 && copies <= m_instances.size()) {
        constexpr std::uint64_t kCopyMask = (std::uint64_t(1) << kCopyBits) - 1;
        DistinctIndices order(m_random.draw(frame.key & ~kCopyMask, frame.attempts * kDraws + kDrawInstance), n);
        std::uint64_t chosen = order.next();
        for (std::uint64_t j = (frame.key & kCopyMask) % n; j > 0; --j)
            chosen = order.next();
        return left[static_cast<std::size_t>(chosen)];
    }
    const std::uint64_t bits = m_random.draw(frame.key, frame.attempts * kDraws + kDrawInstance);
    switch (m_spec.balancing) {
    case ServiceSpec::Balancing::RoundRobin: {
        auto next = std::lower_bound(left.begin(), left.end(), m_nextInstance);
        const std::uint32_t chosen = next == left.end() ? left.front() : *next;
        m_nextInstance = (chosen + 1) % m_instances.size();
        return chosen;
    }
    case ServiceSpec::Balancing::Random:
        return left[static_cast<std::size_t>(uniformIndex(bits, n))];
    case ServiceSpec::Balancing::LeastRequests: {
        std::int64_t least = loadOf(left.front());
        for (const std::uint32_t i : left)
            least = std::min(least, loadOf(i));
        const auto isLeast = [&](std::uint32_t i) { return loadOf(i) == least; };
        const auto equals = static_cast<std::uint64_t>(std::count_if(left.begin(), left.end(), isLeast));
        std::uint64_t skip = uniformIndex(bits, equals);
        for (const std::uint32_t i : left)
            if (isLeast(i) && skip-- == 0)
                return i;
        break;
    }
    case ServiceSpec::Balancing::PowerOfTwoChoices: {
        DistinctIndices drawn(bits, n);
        std::uint32_t best = left[static_cast<std::size_t>(drawn.next())];
        for (std::int64_t c = 1; c < std::min<std::int64_t>(m_spec.choices, static_cast<std::int64_t>(n)); ++c) {
            const std::uint32_t other = left[static_cast<std::size_t>(drawn.next())];
            if (loadOf(other) < loadOf(best))
                best = other;
        }
        return best;
    }
    }
    return left.front();
}

} // namespace halfopen
