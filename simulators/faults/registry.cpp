// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/registry.h"

#include "simulators/faults/capacity_loss.h"
#include "simulators/faults/error.h"
#include "simulators/faults/latency.h"
#include "simulators/faults/lost_rejections.h"
#include "simulators/faults/outage.h"

#include <array>

namespace halfopen {

std::span<const FaultType> faultTypes()
{
    static const std::array<FaultType, 5> types = {{
        {&latencyFaultSchema, &applyLatencyFault},
        {&errorFaultSchema, &applyErrorFault},
        {&outageFaultSchema, &applyOutageFault},
        {&lostRejectionsFaultSchema, &applyLostRejectionsFault},
        {&capacityLossFaultSchema, &applyCapacityLossFault},
    }};
    return types;
}

} // namespace halfopen
