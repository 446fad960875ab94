// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace halfopen {

/// Calls that wait for their turn, by ticket: any of them can leave at any time, in constant time and bounded memory.
class WaitingLine {
public:
    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

    bool isEmpty() const { return m_count == 0; }
    std::uint32_t size() const { return m_count; }

    /// Joins at the end. The answer names the place until the call leaves; remember it together with the ticket.
    std::uint32_t join(std::uint32_t ticket)
    {
        std::uint32_t place = m_free;
        if (place == kNone) {
            place = static_cast<std::uint32_t>(m_places.size());
            m_places.emplace_back();
        } else {
            m_free = m_places[place].next;
        }
        m_places[place] = {.ticket = ticket, .previous = m_last, .next = kNone, .isTaken = true};
        (m_last == kNone ? m_first : m_places[m_last].next) = place;
        m_last = place;
        ++m_count;
        return place;
    }
    /// Whether \a ticket still waits at \a place (it may have left, and the place may be another's).
    bool waits(std::uint32_t place, std::uint32_t ticket) const
    {
        return place < m_places.size() && m_places[place].isTaken && m_places[place].ticket == ticket;
    }
    /// Leaves; needs waits(place, ...).
    void leave(std::uint32_t place)
    {
        Place &p = m_places[place];
        (p.previous == kNone ? m_first : m_places[p.previous].next) = p.next;
        (p.next == kNone ? m_last : m_places[p.next].previous) = p.previous;
        p.isTaken = false;
        p.next = m_free;
        m_free = place;
        --m_count;
    }
    /// The ticket that has waited longest; it stays. Needs !isEmpty().
    std::uint32_t oldest() const { return m_places[m_first].ticket; }
    /// The ticket that waited longest leaves. Needs !isEmpty().
    std::uint32_t takeOldest() { return take(m_first); }
    /// The ticket that came last leaves. Needs !isEmpty().
    std::uint32_t takeNewest() { return take(m_last); }

private:
    struct Place {
        std::uint32_t ticket = 0;
        std::uint32_t previous = kNone;
        std::uint32_t next = kNone; ///< of a free place: the next free one
        bool isTaken = false;
    };
    std::uint32_t take(std::uint32_t place)
    {
        const std::uint32_t ticket = m_places[place].ticket;
        leave(place);
        return ticket;
    }

    std::vector<Place> m_places;
    std::uint32_t m_first = kNone;
    std::uint32_t m_last = kNone;
    std::uint32_t m_free = kNone;
    std::uint32_t m_count = 0;
};

} // namespace halfopen
