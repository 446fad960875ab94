// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/distributions.h"
#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/base/wide.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// When the calls of one client begin: a pure sequence of instants. Call number k (from 0) always draws from
/// (stream, k), so the arrivals are the same whatever the policies do.
class ArrivalSequence {
public:
    static constexpr std::int64_t kNever = std::int64_t(1) << 60;

    /// Calls from \a end on are of no interest: the sequence may say kNever instead of looking for them.
    ArrivalSequence(const ArrivalSpec &spec, RandomStream stream, Instant end = Instant::fromNs(kNever));

    /// The start of call number `index()`, in ns; kNever after the last.
    std::int64_t nextNs() const { return m_nextNs; }
    /// How many calls began before nextNs().
    std::uint64_t index() const { return m_index; }
    /// Moves on to the call after.
    void advance()
    {
        const std::int64_t last = m_nextNs;
        ++m_index;
        if (__builtin_expect(m_poissonMean > 0, 1)) {
            // The common case of findPoisson(): the next call begins within the same segment.
            const std::uint64_t log = __builtin_expect(m_foreseenIndex == m_index, 1) ? m_foreseenLog : logOf(m_index);
            const std::int64_t gapQ8 = exponentialOfLog(log, m_poissonMean) + m_restQ8;
            const std::int64_t at = last + (gapQ8 >> 8);
            if (__builtin_expect(at < m_segmentEndNs, 1)) {
                m_nextNs = at;
                m_restQ8 = gapQ8 & 255;
                return;
            }
        }
        advanceFrom(last);
    }
    /// Works out what the next advance() draws. Changes no result: it is a long chain of arithmetic, which costs least where
    /// nobody waits for its end.
    void foresee()
    {
        m_foreseenIndex = m_index + 1;
        m_foreseenLog = logOf(m_foreseenIndex);
    }

private:
    std::uint64_t logOf(std::uint64_t index) const { return negativeLogQ58(~m_stream.draw(index, 0)); }
    struct Segment {
        std::int64_t fromNs;
        std::int64_t meanQ8; ///< mean gap in 1/256 ns; 0 = no arrivals
    };
    void advanceFrom(std::int64_t lastNs);
    void findNext(std::int64_t fromNs);
    void findPoisson(std::int64_t fromNs);
    void findConstant(std::int64_t fromNs);
    std::int64_t segmentEnd(std::size_t i) const;
    void nextSegment();

    ArrivalSpec::Kind m_kind;
    std::int64_t m_endNs;
    RandomStream m_stream;
    std::vector<Segment> m_segments;
    const Recording *m_recording = nullptr;
    std::size_t m_segment = 0;
    std::int64_t m_startNs = 0;
    std::int64_t m_periodNs = 0; ///< the segments come again after this; 0 = they do not
    std::int64_t m_shiftNs = 0;  ///< of the segments, by the periods that are over
    std::int64_t m_poissonMean = 0;   ///< gap of m_segment, in 1/256 ns; 0 = not Poisson, or none
    std::int64_t m_segmentEndNs = 0;  ///< of m_segment
    std::int64_t m_nextNs = kNever;
    std::int64_t m_restQ8 = 0; ///< what whole nanoseconds left over, so that rates hold exactly in the long run
    std::uint64_t m_index = 0;
    std::uint64_t m_foreseenIndex = 0; ///< what m_foreseenLog is of; 0 = nothing, because advance() asks for 1 at first
    std::uint64_t m_foreseenLog = 0;   ///< -ln of the draw
};

} // namespace halfopen
