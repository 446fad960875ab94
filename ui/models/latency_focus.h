// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_slices.h"

namespace halfopen {

/// The latency of all calls that ended in a range of time. While a run grows only the new buckets
/// are added, so a distribution of the whole run costs no more per frame than one of its last
/// second.
class LatencyFocus {
public:
    /// Of the buckets that share time with \a range.
    const LatencyParts &update(const RecordPtr &record, const EdgeSet &edges, TimeRange range);

private:
    RecordPtr m_record;
    EdgeSet m_edges;
    IndexRange m_taken; ///< closed buckets in m_closed
    LatencyParts m_closed;
    LatencyParts m_parts;
};

} // namespace halfopen
