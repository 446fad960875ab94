// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy_event.h"
#include "ui/geometry/time_axis.h"
#include "ui/models/record_ptr.h"

#include <QAbstractTableModel>
#include <QString>

#include <optional>
#include <vector>

namespace halfopen {

/// What happened in a run, in order of time: breaker transitions, changes of settings, begin and
/// end of faults. Texts are made for the cells that are shown, so a flood of transitions costs 16
/// bytes each.
class EventLogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Transition, Change, FaultBegin, FaultEnd };
    enum Column { TimeColumn, WhatColumn, WhereColumn, DetailColumn, kColumns };

    struct Filter {
        bool transitions = true;
        bool changes = true;
        bool faults = true;
        QString text;                   ///< in "what" or "where", any case; empty = all
        std::optional<TimeRange> range; ///< empty = the whole run
        friend bool operator==(const Filter &, const Filter &) = default;
    };

    explicit EventLogModel(QObject *parent = nullptr);

    void setRecord(const RecordPtr &record);
    void setFilter(const Filter &filter);
    const Filter &filter() const { return m_filter; }
    /// Events without the filter.
    std::size_t eventCount() const { return m_events.size(); }

    Instant timeOf(int row) const;
    Kind kindOf(int row) const;
    /// The index into RunRecord::transitions, for rows that are transitions.
    std::optional<std::size_t> transitionOf(int row) const;
    /// The state that a transition leads to.
    std::optional<BreakerState> stateOf(int row) const;
    /// The row of a transition, when the filter lets it through.
    std::optional<int> rowOfTransition(std::size_t index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Event {
        Instant at;
        Kind kind = Kind::Transition;
        std::uint32_t index = 0; ///< into the list of the record that the kind names
    };
    void takeNewEvents();
    bool passes(const Event &event) const;
    QString what(const Event &event) const;
    QString where(const Event &event) const;
    QString detail(const Event &event) const;
    void rebuildRows();

    RecordPtr m_record;
    Filter m_filter;
    std::size_t m_transitions = 0;  ///< taken so far
    std::size_t m_changes = 0;      ///< taken so far
    std::optional<Instant> m_taken; ///< faults up to here are taken
    std::vector<Event> m_events;
    std::vector<std::uint32_t> m_rows; ///< indices into m_events that pass the filter
};

} // namespace halfopen
