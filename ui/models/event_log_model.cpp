// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/event_log_model.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/reason_text.h"
#include "ui/models/record_slices.h"

#include <algorithm>

namespace halfopen {

EventLogModel::EventLogModel(QObject *parent) : QAbstractTableModel(parent) {}

void EventLogModel::setRecord(const RecordPtr &record)
{
    const bool grows = isSameRun(m_record, record);
    m_record = record;
    if (!grows) {
        beginResetModel();
        m_transitions = 0;
        m_changes = 0;
        m_taken.reset();
        m_events.clear();
        m_rows.clear();
        endResetModel();
    }
    if (m_record)
        takeNewEvents();
}

void EventLogModel::takeNewEvents()
{
    const auto first = static_cast<std::ptrdiff_t>(m_events.size());
    for (; m_transitions < m_record->transitions.size(); ++m_transitions)
        m_events.push_back({m_record->transitions[m_transitions].at, Kind::Transition,
                            static_cast<std::uint32_t>(m_transitions)});
    for (; m_changes < m_record->changes.size(); ++m_changes)
        m_events.push_back(
            {m_record->changes[m_changes].at, Kind::Change, static_cast<std::uint32_t>(m_changes)});
    const auto isNew = [this](Instant t) {
        return t <= m_record->now && (!m_taken || t > *m_taken);
    };
    for (std::size_t i = 0; i < m_record->faultWindows.size(); ++i) {
        const FaultWindow &window = m_record->faultWindows[i];
        const auto index = static_cast<std::uint32_t>(i);
        if (isNew(window.from))
            m_events.push_back({window.from, Kind::FaultBegin, index});
        if (isNew(window.to))
            m_events.push_back({window.to, Kind::FaultEnd, index});
    }
    m_taken = m_record->now;
    std::stable_sort(m_events.begin() + first, m_events.end(),
                     [](const Event &a, const Event &b) { return a.at < b.at; });
    std::vector<std::uint32_t> rows;
    for (auto i = static_cast<std::size_t>(first); i < m_events.size(); ++i) {
        if (passes(m_events[i]))
            rows.push_back(static_cast<std::uint32_t>(i));
    }
    if (rows.empty())
        return;
    const auto row = static_cast<int>(m_rows.size());
    beginInsertRows({}, row, row + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    endInsertRows();
}

void EventLogModel::setFilter(const Filter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuildRows();
    endResetModel();
}

void EventLogModel::rebuildRows()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        if (passes(m_events[i]))
            m_rows.push_back(static_cast<std::uint32_t>(i));
    }
}

bool EventLogModel::passes(const Event &event) const
{
    if (m_filter.range && !m_filter.range->contains(event.at))
        return false;
    const bool isFault = event.kind == Kind::FaultBegin || event.kind == Kind::FaultEnd;
    if ((isFault && !m_filter.faults) || (event.kind == Kind::Change && !m_filter.changes) ||
        (event.kind == Kind::Transition && !m_filter.transitions))
        return false;
    return m_filter.text.isEmpty() || what(event).contains(m_filter.text, Qt::CaseInsensitive) ||
           where(event).contains(m_filter.text, Qt::CaseInsensitive);
}

QString EventLogModel::what(const Event &event) const
{
    switch (event.kind) {
    case Kind::Transition: {
        const BreakerTransition &t = m_record->transitions[event.index];
        return breakerStateLabel(t.from) + QStringLiteral(" → ") + breakerStateLabel(t.to);
    }
    case Kind::Change:
        return tr("setting changed");
    case Kind::FaultBegin:
        return tr("fault begins");
    case Kind::FaultEnd:
        return tr("fault ends");
    }
    return {};
}

QString EventLogModel::where(const Event &event) const
{
    switch (event.kind) {
    case Kind::Transition:
        return QString::fromStdString(
            m_record->breakers[m_record->transitions[event.index].breaker].name);
    case Kind::Change:
        return QString::fromStdString(m_record->changes[event.index].path);
    case Kind::FaultBegin:
    case Kind::FaultEnd:
        return QString::fromStdString(m_record->faultWindows[event.index].label);
    }
    return {};
}

QString EventLogModel::detail(const Event &event) const
{
    switch (event.kind) {
    case Kind::Transition:
        return reasonText(m_record->transitions[event.index].reason);
    case Kind::Change: {
        const ParameterChange &change = m_record->changes[event.index];
        return tr("from %1 to %2")
            .arg(QString::fromStdString(change.before), QString::fromStdString(change.after));
    }
    case Kind::FaultBegin: {
        const FaultWindow &window = m_record->faultWindows[event.index];
        return tr("for %1").arg(formatDuration(window.to - window.from));
    }
    case Kind::FaultEnd:
        return {};
    }
    return {};
}

Instant EventLogModel::timeOf(int row) const
{
    return m_events[m_rows[static_cast<std::size_t>(row)]].at;
}

EventLogModel::Kind EventLogModel::kindOf(int row) const
{
    return m_events[m_rows[static_cast<std::size_t>(row)]].kind;
}

std::optional<std::size_t> EventLogModel::transitionOf(int row) const
{
    const Event &event = m_events[m_rows[static_cast<std::size_t>(row)]];
    return event.kind == Kind::Transition ? std::optional<std::size_t>(event.index) : std::nullopt;
}

std::optional<BreakerState> EventLogModel::stateOf(int row) const
{
    const auto transition = transitionOf(row);
    return transition ? std::optional(m_record->transitions[*transition].to) : std::nullopt;
}

std::optional<int> EventLogModel::rowOfTransition(std::size_t index) const
{
    if (!m_record || index >= m_record->transitions.size())
        return std::nullopt;
    const Instant at = m_record->transitions[index].at;
    auto row =
        std::lower_bound(m_rows.begin(), m_rows.end(), at,
                         [this](std::uint32_t event, Instant t) { return m_events[event].at < t; });
    for (; row != m_rows.end() && m_events[*row].at == at; ++row) {
        if (m_events[*row].kind == Kind::Transition && m_events[*row].index == index)
            return static_cast<int>(row - m_rows.begin());
    }
    return std::nullopt;
}

int EventLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EventLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant EventLogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Event &event = m_events[m_rows[static_cast<std::size_t>(index.row())]];
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return formatInstant(event.at);
    case WhatColumn:
        return what(event);
    case WhereColumn:
        return where(event);
    case DetailColumn:
        return detail(event);
    default:
        return {};
    }
}

QVariant EventLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case WhatColumn:
        return tr("What");
    case WhereColumn:
        return tr("Where");
    case DetailColumn:
        return tr("Why");
    default:
        return {};
    }
}

} // namespace halfopen
