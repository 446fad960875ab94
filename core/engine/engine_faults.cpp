// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"
#include "core/engine/engine.h"

#include <algorithm>
#include <tuple>

namespace halfopen {

// What only faults need: finding the requests of a service that goes down, and answering them before their events come.

std::vector<std::uint32_t> Engine::requestsOf(std::uint32_t dependency) const
{
    std::vector<bool> isFree(m_requestsMade);
    for (std::uint32_t r = m_freeRequest; r != Frame::kNone; r = requestAt(r)->frame)
        isFree[r] = true;
    std::vector<std::uint32_t> found;
    for (std::uint32_t r = 0; r < m_requestsMade; ++r)
        if (!isFree[r] && requestAt(r)->dependency == dependency)
            found.push_back(r);
    return found;
}

void Engine::sortByCall(std::vector<std::uint32_t> &requests) const
{
    const auto place = [this](std::uint32_t r) {
        const Frame &f = frameOf(r);
        return std::tuple(f.edge, f.key, f.attempts);
    };
    std::sort(requests.begin(), requests.end(), [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
}

std::uint32_t Engine::handOver(std::uint32_t request)
{
    HALFOPEN_CHECK(callerWaits(request));
    const std::uint32_t successor = newTask(requestAt(request)->dependency);
    const std::uint32_t frame = requestAt(request)->frame;
    requestAt(successor)->frame = frame;
    requestAt(successor)->instance = requestAt(request)->instance;
    frameAt(frame)->pending = successor;
    if (m_watcher)
        m_watcher->requestMoves(request, successor);
    return successor;
}

} // namespace halfopen
