// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/edge_combo.h"

#include <QSignalBlocker>

#include <algorithm>

namespace halfopen {

EdgeCombo::EdgeCombo(Whole whole, QWidget *parent) : QComboBox(parent), m_whole(whole)
{
    setAccessibleName(tr("Calls shown"));
    setAccessibleDescription(
        tr("All calls together, or the calls from one caller to one service"));
    setToolTip(accessibleDescription());
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    addItem(wholeName());
    connect(this, &QComboBox::currentIndexChanged, this, &EdgeCombo::choose);
}

EdgeSet EdgeCombo::whole(const RunRecord &record) const
{
    if (m_whole == Whole::Clients)
        return clientEdges(record);
    EdgeSet all;
    for (std::uint32_t i = 0; i < record.edges.size(); ++i)
        all.push_back(i);
    return all;
}

EdgeSet EdgeCombo::edgesIn(const RunRecord &other) const
{
    const int index = currentIndex();
    if (index <= 0 || static_cast<std::size_t>(index) > m_names.size())
        return whole(other);
    for (std::uint32_t i = 0; i < other.edges.size(); ++i) {
        if (other.edges[i].name == m_names[static_cast<std::size_t>(index) - 1])
            return {i};
    }
    return {};
}

void EdgeCombo::offer(const RunRecord *record)
{
    std::vector<std::string> names;
    m_all.clear();
    if (record) {
        for (const EdgeInfo &edge : record->edges)
            names.push_back(edge.name);
        m_all = whole(*record);
    }
    if (names != m_names) {
        const QSignalBlocker blocker(this);
        const QString chosen = currentText();
        m_names = std::move(names);
        clear();
        addItem(wholeName());
        for (const std::string &name : m_names)
            addItem(edgeLabel(name));
        setCurrentIndex(std::max(0, findText(chosen)));
    }
    takeChoice(currentIndex());
}

void EdgeCombo::chooseByName(const QString &name)
{
    const auto at = std::find(m_names.begin(), m_names.end(), name.toStdString());
    setCurrentIndex(at == m_names.end() ? 0 : static_cast<int>(at - m_names.begin()) + 1);
}

QString EdgeCombo::wholeName() const
{
    return m_whole == Whole::Clients ? tr("All clients") : tr("All edges");
}

bool EdgeCombo::takeChoice(int index)
{
    EdgeSet edges = index > 0 ? EdgeSet{static_cast<std::uint32_t>(index - 1)} : m_all;
    if (edges == m_edges)
        return false;
    m_edges = std::move(edges);
    return true;
}

void EdgeCombo::choose(int index)
{
    if (takeChoice(index))
        emit edgesChanged();
}

} // namespace halfopen
