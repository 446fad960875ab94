// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/known_parts.h"
#include "core/scenario/problems.h"
#include "core/scenario/scenario.h"
#include "core/scenario/world_schema.h"
#include "core/scenario/yaml_tree.h"

namespace halfopen {

/// Puts what stands beside the kind of a fault into \a fault, whose kind is already read. The services of \a scenario are read.
void placeFault(const FaultPlace &place, const YamlNode &item, const Scenario &scenario, FaultSpec &fault,
                Problems &problems);

/// What must fit between a fault, its kind and the rest of the scenario.
void checkFault(const FaultSpec &fault, const YamlNode &item, const Scenario &scenario, const KnownParts &known,
                Problems &problems);

/// The endpoint that \a node names, if any, must be one of \a service; null = the service itself is wrong and was reported.
void checkEndpoint(const YamlNode *node, const ServiceSpec *service, Problems &problems);

} // namespace halfopen
