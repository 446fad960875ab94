// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/problems.h"
#include "core/scenario/scenario.h"
#include "core/scenario/yaml_tree.h"

#include <set>
#include <string>
#include <string_view>

namespace halfopen {

/// What of a scenario is as its author wrote it. The reader goes on behind an error with the default of what it could not read, so
/// that all problems come at once; a check between parts must not take such a default for the author's word, or one slip is told
/// as five. Taken once, before those checks: what they find themselves does not silence them.
class KnownParts {
public:
    KnownParts(const Scenario &scenario, const YamlNode &root, const Problems &problems);

    bool duration() const { return m_duration; } ///< how long the run is
    bool services() const { return m_services; } ///< every name of a service; not what stands in it
    bool clients() const { return m_clients; }
    bool stacks() const { return m_stacks; }
    bool edges() const { return m_edges; } ///< who calls whom, fallbacks included
    /// All that stands in the service of that name. True where there is none.
    bool service(const std::string &name) const { return !m_wrongServices.contains(name); }

private:
    bool m_duration = true;
    bool m_services = true;
    bool m_clients = true;
    bool m_stacks = true;
    bool m_edges = true;
    std::set<std::string> m_wrongServices;
};

} // namespace halfopen
