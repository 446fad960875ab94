// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <span>

namespace halfopen {

/// Instances stop and start again when the fault ends. What waits there or is worked on is lost at once; new requests are
/// refused until then, or vanish when the whole machine is gone.
struct CrashFaultConfig {
    /// Reset: the machine lives, tells callers that their connections are gone and refuses new ones. Silent: nobody tells them.
    enum class Connections : std::uint8_t { Reset, Silent } connections = Connections::Reset;
};
std::span<const std::string_view> enumNames(CrashFaultConfig::Connections);

const Schema &crashFaultSchema();
unsigned crashFaultStages(const void *config);
void applyCrashFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
