// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/known_parts.h"

#include <cstddef>

namespace halfopen {

namespace {

/// Whether all entries of the map \a part of the scenario are among the \a read ones.
bool hasAllNames(const YamlNode &root, std::string_view part, std::size_t read, const Problems &problems)
{
    const YamlNode *node = root.find(part);
    if (!node)
        return problems.isSound(root, part);
    return !node->givenTwice && (node->isNull() || (node->isMap() && node->children.size() == read));
}

} // namespace

KnownParts::KnownParts(const Scenario &scenario, const YamlNode &root, const Problems &problems)
{
    if (problems.errorCount() == 0)
        return;
    m_duration = problems.isSound(root, "duration");
    m_services = hasAllNames(root, "services", scenario.services.size(), problems);
    m_clients = hasAllNames(root, "clients", scenario.clients.size(), problems);
    m_stacks = hasAllNames(root, "policies", scenario.stacks.size(), problems);
    m_edges = problems.isSound(root, "services") && problems.isSound(root, "clients") && problems.isSound(root, "policies");
    if (const YamlNode *services = root.find("services"))
        for (const YamlNode &service : services->children)
            if (!problems.isSound(service))
                m_wrongServices.insert(service.key);
}

} // namespace halfopen
