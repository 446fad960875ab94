// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/edge_combo.h"

#include <QSignalBlocker>

namespace halfopen {

EdgeCombo::EdgeCombo(QWidget *parent) : QComboBox(parent)
{
    setAccessibleName(tr("Calls shown"));
    setAccessibleDescription(
        tr("All clients together, or the calls from one caller to one service"));
    setToolTip(accessibleDescription());
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    addItem(tr("All clients"));
    connect(this, &QComboBox::currentIndexChanged, this, &EdgeCombo::choose);
}

void EdgeCombo::setRecord(const RunRecord *record)
{
    std::vector<std::string> names;
    if (record) {
        for (const EdgeInfo &edge : record->edges)
            names.push_back(edge.name);
        m_clients = clientEdges(*record);
    } else {
        m_clients.clear();
    }
    if (names != m_names) {
        const QSignalBlocker blocker(this);
        const QString chosen = currentText();
        m_names = std::move(names);
        clear();
        addItem(tr("All clients"));
        for (const std::string &name : m_names)
            addItem(edgeLabel(name));
        setCurrentIndex(std::max(0, findText(chosen)));
    }
    choose(currentIndex());
}

void EdgeCombo::choose(int index)
{
    EdgeSet edges = index > 0 ? EdgeSet{static_cast<std::uint32_t>(index - 1)} : m_clients;
    if (edges == m_edges)
        return;
    m_edges = std::move(edges);
    emit edgesChanged();
}

} // namespace halfopen
