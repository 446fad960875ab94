// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_slices.h"

#include <QComboBox>

namespace halfopen {

/// Chooses what a chart is about: all clients together, or one edge. Keeps the choice by name when
/// the run changes.
class EdgeCombo : public QComboBox {
    Q_OBJECT
public:
    explicit EdgeCombo(QWidget *parent = nullptr);

    /// Offers the edges of \a record.
    void setRecord(const RunRecord *record);
    /// The chosen edges, indices into the record given last.
    const EdgeSet &edges() const { return m_edges; }
    /// "All clients", or the edge.
    QString choice() const { return currentText(); }

signals:
    void edgesChanged();

private:
    void choose(int index);

    std::vector<std::string> m_names;
    EdgeSet m_clients;
    EdgeSet m_edges;
};

} // namespace halfopen
