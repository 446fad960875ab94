// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <span>

namespace halfopen {

/// The network between callers and service loses everything, or everything that goes one way. Meant for some callers or
/// some instances: `callers`, `instances`.
struct PartitionFaultConfig {
    /// What is lost. With Answers the service works as ever, and nobody hears of it.
    enum class Direction : std::uint8_t { Both, Requests, Answers } loses = Direction::Both;
    double probability = 1; ///< share of the requests (or answers) that are lost, 0 to 1
};
std::span<const std::string_view> enumNames(PartitionFaultConfig::Direction);

const Schema &partitionFaultSchema();
unsigned partitionFaultStages(const void *config);
void applyPartitionFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
