// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_slices.h"

#include <QComboBox>

namespace halfopen {

/// Chooses what a chart is about: all clients (or all edges) together, or one edge. Keeps the choice
/// by name when the run changes.
class EdgeCombo : public QComboBox {
    Q_OBJECT
public:
    /// What the first entry stands for: what users see (clients), or everything that happens (edges).
    enum class Whole { Clients, Edges };
    explicit EdgeCombo(Whole whole = Whole::Clients, QWidget *parent = nullptr);

    /// Offers the edges of \a record.
    void setRecord(const RunRecord *record);
    /// The chosen edges, indices into the record given last.
    const EdgeSet &edges() const { return m_edges; }
    /// Chooses the edge of this name, or with an empty or unknown one the first entry.
    void chooseByName(const QString &name);
    /// "All clients", "All edges", or the edge.
    QString choice() const { return currentText(); }

signals:
    void edgesChanged();

private:
    void choose(int index);
    QString wholeName() const;

    Whole m_whole;
    std::vector<std::string> m_names;
    EdgeSet m_all; ///< what the first entry stands for
    EdgeSet m_edges;
};

} // namespace halfopen
