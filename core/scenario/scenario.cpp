// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario.h"
#include "core/scenario/world_edges.h"

#include "core/scenario/vocabulary.h"

namespace halfopen {

namespace {

template <typename Named>
const Named *findNamed(const std::vector<Named> &all, std::string_view name)
{
    for (const Named &one : all)
        if (one.name == name)
            return &one;
    return nullptr;
}

template <typename Type> const Type *findType(std::span<const Type> all, std::string_view key)
{
    for (const Type &type : all)
        if (type.key() == key)
            return &type;
    return nullptr;
}

} // namespace

std::string edgeName(std::string_view from, const CallSpec &call)
{
    return commonEdgeName(from, call.to, false, call.endpoint);
}

std::optional<std::uint32_t> ServiceSpec::findEndpoint(std::string_view endpoint) const
{
    for (std::uint32_t i = 0; i < endpoints.size(); ++i)
        if (endpoints[i].name == endpoint)
            return i;
    return {};
}

const ServiceSpec *Scenario::findService(std::string_view serviceName) const
{
    return findNamed(services, serviceName);
}

const PolicyStackSpec *Scenario::findStack(std::string_view stackName) const
{
    return findNamed(stacks, stackName);
}

const PolicyType *Vocabulary::findPolicy(std::string_view key) const
{
    return findType(policies, key);
}

const FaultType *Vocabulary::findFault(std::string_view key) const
{
    return findType(faults, key);
}

} // namespace halfopen
