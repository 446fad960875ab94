// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace halfopen {

/// A request that waits for a worker. 24 bytes.
struct WaitingRequest {
    std::uint32_t request;
    std::uint16_t edge;   ///< of the call that sent it
    bool isPatient;       ///< ControlledDelay: may wait the interval, not only the target
    std::int64_t arrivedNs;
    std::int64_t workNs;
};
static_assert(sizeof(WaitingRequest) == 24);

/// The places of one queue in order of arrival (unless takeAt() was used): a ring that grows.
class RequestLine {
public:
    bool isEmpty() const { return m_head == m_tail; }
    std::uint32_t length() const { return m_tail - m_head; }
    /// \a place counts from the oldest, 0.
    const WaitingRequest &at(std::uint32_t place) const { return m_ring[(m_head + place) & mask()]; }
    const WaitingRequest &oldest() const { return m_ring[m_head & mask()]; }

    void push(const WaitingRequest &waiting)
    {
        if (length() == m_ring.size())
            grow();
        // By fields: a copy of what was just put together in pieces would wait for the pieces.
        WaitingRequest &place = m_ring[m_tail++ & mask()];
        place.request = waiting.request;
        place.edge = waiting.edge;
        place.isPatient = waiting.isPatient;
        place.arrivedNs = waiting.arrivedNs;
        place.workNs = waiting.workNs;
    }
    WaitingRequest takeOldest() { return m_ring[m_head++ & mask()]; }
    WaitingRequest takeNewest() { return m_ring[--m_tail & mask()]; }
    /// The newest moves into its place.
    WaitingRequest takeAt(std::uint32_t place)
    {
        const WaitingRequest taken = at(place);
        const WaitingRequest newest = takeNewest();
        if (place < length())
            m_ring[(m_head + place) & mask()] = newest;
        return taken;
    }

private:
    std::uint32_t mask() const { return static_cast<std::uint32_t>(m_ring.size() - 1); }
    void grow()
    {
        std::vector<WaitingRequest> wider(m_ring.size() * 2);
        for (std::uint32_t i = m_head; i != m_tail; ++i)
            wider[i & (wider.size() - 1)] = m_ring[i & mask()];
        m_ring.swap(wider);
    }

    std::vector<WaitingRequest> m_ring = std::vector<WaitingRequest>(16);
    std::uint32_t m_head = 0;
    std::uint32_t m_tail = 0;
};

} // namespace halfopen
