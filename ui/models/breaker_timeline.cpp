// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/breaker_timeline.h"

#include "core/run/initial_state.h"
#include "ui/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace halfopen {

namespace {

bool isOpen(BreakerState state)
{
    return state == BreakerState::Open || state == BreakerState::ForcedOpen;
}

/// "db_client.2" for "db_client.2[17]".
QString withoutProcess(const std::string &name)
{
    const QString text = QString::fromStdString(name);
    const auto bracket = text.lastIndexOf(QLatin1Char('['));
    return bracket > 0 && text.endsWith(QLatin1Char(']')) ? text.left(bracket) : text;
}

FleetCounts most(FleetCounts a, FleetCounts b)
{
    return {std::max(a.open, b.open), std::max(a.halfOpen, b.halfOpen)};
}

/// The place in \a times, which is ordered, that is drawn nearest to \a pixel within \a reach.
template <typename GetTime>
std::optional<std::size_t> nearest(std::size_t count, GetTime &&time, double pixel, double reach,
                                   const TimeAxis &axis)
{
    std::size_t low = 0;
    std::size_t high = count;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (axis.toPixel(time(middle)) < pixel)
            low = middle + 1;
        else
            high = middle;
    }
    std::optional<std::size_t> best;
    double bestDistance = reach;
    for (const std::size_t i : {low == 0 ? count : low - 1, low}) {
        if (i >= count)
            continue;
        const double distance = std::abs(axis.toPixel(time(i)) - pixel);
        if (distance <= bestDistance) {
            best = i;
            bestDistance = distance;
        }
    }
    return best;
}

} // namespace

bool isOfInstances(const RunRecord &record, const BreakerGroup &group)
{
    return record.breakers[group.members.front()].instance.has_value();
}

QString openText(const RunRecord &record, const BreakerGroup &group, std::uint32_t open)
{
    const QString text = isOfInstances(record, group) ? QCoreApplication::translate("halfopen::BreakerChart", "%1 of %2 ejected")
                                                      : QCoreApplication::translate("halfopen::BreakerChart", "%1 of %2 open");
    return text.arg(formatCount(open), formatCount(group.members.size()));
}

void BreakerTimeline::update(const RecordPtr &record)
{
    const bool grows = isSameRun(m_record, record) && m_rows.size() == record->breakers.size();
    m_record = record;
    if (!grows) {
        m_taken = 0;
        rebuildGroups();
    }
    if (!record)
        return;
    for (; m_taken < record->transitions.size(); ++m_taken)
        append(m_taken);
}

void BreakerTimeline::rebuildGroups()
{
    m_groups.clear();
    m_rows.clear();
    m_fleets.clear();
    m_groupOf.clear();
    if (!m_record)
        return;
    m_rows.resize(m_record->breakers.size());
    const std::vector<BreakerState> initial = initialStates(*m_record);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> known; // (edge, layer)
    for (std::size_t i = 0; i < m_record->breakers.size(); ++i) {
        const BreakerInfo &info = m_record->breakers[i];
        const auto [place, isNew] = known.try_emplace({info.edge, info.layer}, m_groups.size());
        if (isNew)
            m_groups.push_back({withoutProcess(info.name), info.edge, info.layer, {}});
        m_groups[place->second].members.push_back(static_cast<std::uint32_t>(i));
        m_groupOf.push_back(place->second);
        m_rows[i].initial = initial[i];
    }
    m_fleets.resize(m_groups.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        FleetCounts &counts = m_fleets[m_groupOf[i]].initial;
        counts.open += isOpen(m_rows[i].initial) ? 1 : 0;
        counts.halfOpen += m_rows[i].initial == BreakerState::HalfOpen ? 1 : 0;
    }
}

void BreakerTimeline::append(std::size_t index)
{
    const BreakerTransition &t = m_record->transitions[index];
    Row &row = m_rows[t.breaker];
    row.changes.push_back({t.at, t.to});
    row.transitions.push_back(index);
    Fleet &fleet = m_fleets[m_groupOf[t.breaker]];
    FleetCounts counts = fleet.counts.empty() ? fleet.initial : fleet.counts.back();
    counts.open += (isOpen(t.to) ? 1u : 0u) - (isOpen(t.from) ? 1u : 0u);
    counts.halfOpen +=
        (t.to == BreakerState::HalfOpen ? 1u : 0u) - (t.from == BreakerState::HalfOpen ? 1u : 0u);
    fleet.at.push_back(t.at);
    fleet.counts.push_back(counts);
    fleet.transitions.push_back(index);
}

BreakerState BreakerTimeline::stateAt(std::uint32_t breaker, Instant at) const
{
    const auto &changes = m_rows[breaker].changes;
    const auto after = std::upper_bound(changes.begin(), changes.end(), at,
                                        [](Instant t, const StateChange &c) { return t < c.at; });
    return after == changes.begin() ? m_rows[breaker].initial : std::prev(after)->to;
}

FleetCounts BreakerTimeline::countsAt(std::size_t group, Instant at) const
{
    const Fleet &fleet = m_fleets[group];
    const auto after = std::upper_bound(fleet.at.begin(), fleet.at.end(), at);
    return after == fleet.at.begin()
               ? fleet.initial
               : fleet.counts[static_cast<std::size_t>(after - fleet.at.begin()) - 1];
}

std::vector<FleetSpan> BreakerTimeline::fleetSpans(std::size_t group, Instant now,
                                                   const TimeAxis &axis) const
{
    std::vector<FleetSpan> spans;
    const Fleet &fleet = m_fleets[group];
    const auto first = std::upper_bound(fleet.at.begin(), fleet.at.end(), axis.range().from);
    auto i = static_cast<std::size_t>(first - fleet.at.begin());
    FleetCounts present = i == 0 ? fleet.initial : fleet.counts[i - 1];
    const PixelSpan drawn = pixelsOf({axis.range().from, std::min(now, axis.range().to)}, axis);
    for (int x = drawn.from; x < drawn.to; ++x) {
        // Rounded as the edges of stateSpans(), so that both rows of an opened fleet line up.
        const Instant end = axis.toInstant(x + 0.5);
        FleetCounts top = present;
        for (; i < fleet.at.size() && fleet.at[i] < end; ++i) {
            present = fleet.counts[i];
            top = most(top, present);
        }
        if (!spans.empty() && spans.back().most == top)
            ++spans.back().pixels.to;
        else
            spans.push_back({{x, x + 1}, top});
    }
    return spans;
}

std::optional<std::size_t> BreakerTimeline::transitionNear(std::uint32_t breaker, double pixel,
                                                           double reach, const TimeAxis &axis) const
{
    const Row &row = m_rows[breaker];
    const auto found = nearest(
        row.changes.size(), [&row](std::size_t i) { return row.changes[i].at; }, pixel, reach,
        axis);
    return found ? std::optional(row.transitions[*found]) : std::nullopt;
}

std::optional<std::size_t> BreakerTimeline::groupTransitionNear(std::size_t group, double pixel,
                                                                double reach,
                                                                const TimeAxis &axis) const
{
    const Fleet &fleet = m_fleets[group];
    const auto found = nearest(
        fleet.at.size(), [&fleet](std::size_t i) { return fleet.at[i]; }, pixel, reach, axis);
    return found ? std::optional(fleet.transitions[*found]) : std::nullopt;
}

std::optional<std::size_t> BreakerTimeline::nextAfter(Instant at) const
{
    std::size_t low = 0;
    std::size_t high = m_taken;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (m_record->transitions[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m_taken ? std::optional(low) : std::nullopt;
}

std::optional<std::size_t> BreakerTimeline::previousBefore(Instant at) const
{
    std::size_t low = 0;
    std::size_t high = m_taken;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (m_record->transitions[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? std::optional(low - 1) : std::nullopt;
}

} // namespace halfopen
