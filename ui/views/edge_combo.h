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

    /// Offers the edges of \a record. Does not emit: what draws them has to get the same record before it draws.
    void offer(const RunRecord *record);
    /// The chosen edges, indices into the record given last.
    const EdgeSet &edges() const { return m_edges; }
    /// The same choice in another run: by name, so that it may have other edges. Empty if it has none of them.
    EdgeSet edgesIn(const RunRecord &other) const;
    /// Chooses the edge of this name, or with an empty or unknown one the first entry.
    void chooseByName(const QString &name);
    /// "All clients", "All edges", or the edge.
    QString choice() const { return currentText(); }

signals:
    void edgesChanged();

private:
    void choose(int index);
    bool takeChoice(int index);
    EdgeSet whole(const RunRecord &record) const;
    QString wholeName() const;

    Whole m_whole;
    std::vector<std::string> m_names;
    EdgeSet m_all; ///< what the first entry stands for
    EdgeSet m_edges;
};

} // namespace halfopen
