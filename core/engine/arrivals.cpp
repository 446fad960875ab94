// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/arrivals.h"

#include "core/traces/recording.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::int64_t kForEver = std::int64_t{1} << 60; // a period that ends behind every run
constexpr std::int64_t kRampPieces = 64; // a ramp is climbed in this many steps: within 0.8 % of its height

std::int64_t meanQ8(double perSecond)
{
    if (perSecond <= 0)
        return 0;
    const double mean = 256e9 / perSecond;
    return mean >= 4.6e18 ? 0 : static_cast<std::int64_t>(mean + 0.5);
}

} // namespace

ArrivalSequence::ArrivalSequence(const ArrivalSpec &spec, RandomStream stream, Instant end)
    : m_kind(spec.kind), m_endNs(end.ns()), m_stream(stream), m_recording(spec.recording.get())
{
    for (std::size_t i = 0; i < spec.points.size(); ++i) {
        const ArrivalSpec::Point &p = spec.points[i];
        if (!spec.ramp || i + 1 == spec.points.size()) {
            m_segments.push_back({p.from.count(), meanQ8(p.perSecond)});
            continue;
        }
        const ArrivalSpec::Point &next = spec.points[i + 1];
        const std::int64_t length = (next.from - p.from).count();
        for (std::int64_t piece = 0; piece < kRampPieces; ++piece) {
            const double middle = (static_cast<double>(piece) + 0.5) / static_cast<double>(kRampPieces);
            m_segments.push_back({p.from.count() + length / kRampPieces * piece,
                                  meanQ8(p.perSecond + (next.perSecond - p.perSecond) * middle)});
        }
    }
    const std::int64_t startNs = spec.startsAt.value_or(Duration(0)).count();
    for (Segment &segment : m_segments)
        segment.fromNs += startNs;
    m_startNs = startNs;
    const bool arrivesEver = std::any_of(m_segments.begin(), m_segments.end(), [](const Segment &s) { return s.meanQ8 > 0; });
    if (spec.period && arrivesEver)
        m_periodNs = spec.period->count();
    else if (spec.ramp && m_kind == ArrivalSpec::Kind::Constant && arrivesEver)
        m_periodNs = kForEver; // so that a gap reaches from piece to piece of a ramp
    if (spec.startsAt && m_kind == ArrivalSpec::Kind::Constant && !m_segments.empty() && m_segments.front().meanQ8 > 0)
        m_nextNs = startNs;
    else
        findNext(m_segments.empty() ? 0 : m_segments.front().fromNs);
}

void ArrivalSequence::advanceFrom(std::int64_t lastNs)
{
    findNext(lastNs);
    const bool isPoisson = m_kind == ArrivalSpec::Kind::Poisson && !m_segments.empty();
    m_poissonMean = isPoisson ? m_segments[m_segment].meanQ8 : 0;
    m_segmentEndNs = segmentEnd(m_segment);
}

std::int64_t ArrivalSequence::segmentEnd(std::size_t i) const
{
    if (i + 1 < m_segments.size())
        return m_segments[i + 1].fromNs + m_shiftNs;
    return m_periodNs > 0 ? m_startNs + m_shiftNs + m_periodNs : kNever;
}

void ArrivalSequence::nextSegment()
{
    if (++m_segment < m_segments.size())
        return;
    m_segment = 0;
    m_shiftNs += m_periodNs;
}

void ArrivalSequence::findNext(std::int64_t fromNs)
{
    switch (m_kind) {
    case ArrivalSpec::Kind::ClosedLoop: // its users say when
        m_nextNs = kNever;
        return;
    case ArrivalSpec::Kind::Recorded:
        m_nextNs = m_index < m_recording->firstAttempts.size()
            ? m_recording->attempts[m_recording->firstAttempts[m_index]].start.ns()
            : kNever;
        return;
    case ArrivalSpec::Kind::Poisson:
        findPoisson(fromNs);
        return;
    case ArrivalSpec::Kind::Constant:
        findConstant(fromNs);
        return;
    }
}

void ArrivalSequence::findPoisson(std::int64_t fromNs)
{
    // The gap is exponential in the segment's own mean. What reaches past the segment's end is scaled to the mean
    // of the next: exact, because the exponential distribution has no memory.
    std::int64_t at = fromNs;
    std::int64_t gapQ8 = 0;
    std::int64_t mean = m_segments[m_segment].meanQ8;
    const std::uint64_t bits = m_stream.draw(m_index, 0);
    if (mean > 0)
        gapQ8 = exponentialNs(bits, mean) + m_restQ8;
    for (;;) {
        const std::int64_t end = segmentEnd(m_segment);
        if (mean > 0 && at + (gapQ8 >> 8) < end) {
            m_nextNs = at + (gapQ8 >> 8);
            m_restQ8 = gapQ8 & 255;
            return;
        }
        if (end >= m_endNs) { // nothing before, and a period may go on for ever
            m_nextNs = kNever;
            return;
        }
        const std::int64_t leftQ8 = mean > 0 ? gapQ8 - ((end - at) << 8) : 0;
        const std::int64_t oldMean = mean;
        at = end;
        nextSegment();
        mean = m_segments[m_segment].meanQ8;
        if (mean == 0)
            continue; // silence: start afresh behind it
        gapQ8 = oldMean > 0
            ? static_cast<std::int64_t>(static_cast<Wide>(leftQ8) * mean / oldMean)
            : exponentialNs(bits, mean);
    }
}

void ArrivalSequence::findConstant(std::int64_t fromNs)
{
    // With a period, what is left of a gap at the end of a segment is scaled to the next one's rate: a call begins whenever
    // the integral of the rate reaches a whole number, however short the segments are.
    std::int64_t at = fromNs;
    std::int64_t measuredBy = m_segments[m_segment].meanQ8; // the mean gap that gapQ8 is a part of
    std::int64_t gapQ8 = measuredBy + m_restQ8;
    for (;;) {
        const std::int64_t mean = m_segments[m_segment].meanQ8;
        const std::int64_t end = segmentEnd(m_segment);
        if (mean > 0) {
            if (m_periodNs == 0)
                gapQ8 = mean + m_restQ8;
            else if (mean != measuredBy)
                gapQ8 = measuredBy == 0 ? mean : static_cast<std::int64_t>(static_cast<Wide>(gapQ8) * mean / measuredBy);
            measuredBy = mean;
            if (at + (gapQ8 >> 8) < end) {
                m_nextNs = at + (gapQ8 >> 8);
                m_restQ8 = gapQ8 & 255;
                return;
            }
        }
        if (end >= m_endNs) { // nothing before, and a period may go on for ever
            m_nextNs = kNever;
            return;
        }
        if (m_periodNs > 0 && mean > 0)
            gapQ8 -= (end - at) << 8;
        nextSegment();
        at = end;
        m_restQ8 = 0;
    }
}

} // namespace halfopen
