// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/latency_focus.h"

#include <algorithm>

namespace halfopen {

const LatencyParts &LatencyFocus::update(const RecordPtr &record, const EdgeSet &edges,
                                         TimeRange range)
{
    const IndexRange wanted = bucketsIn(*record, range);
    const IndexRange closed{wanted.first, std::min(wanted.last, record->buckets.size())};
    const bool grows = isSameRun(m_record, record) && edges == m_edges &&
                       closed.first == m_taken.first && closed.last >= m_taken.last;
    if (!grows) {
        m_closed.good.clear();
        m_closed.bad.clear();
        m_taken = {closed.first, closed.first};
    }
    m_record = record;
    m_edges = edges;
    addLatency(*record, edges, {m_taken.last, closed.last}, m_closed);
    m_taken = {closed.first, std::max(closed.last, closed.first)};
    if (wanted.last <= record->buckets.size())
        return m_closed;
    m_parts = m_closed;
    addLatency(*record, edges, {record->buckets.size(), wanted.last}, m_parts);
    return m_parts;
}

} // namespace halfopen
