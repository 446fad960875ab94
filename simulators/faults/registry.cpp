// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/registry.h"

#include "simulators/faults/black_hole.h"
#include "simulators/faults/capacity_loss.h"
#include "simulators/faults/crash.h"
#include "simulators/faults/error.h"
#include "simulators/faults/fault_math.h"
#include "simulators/faults/flap.h"
#include "simulators/faults/latency.h"
#include "simulators/faults/lost_rejections.h"
#include "simulators/faults/outage.h"
#include "simulators/faults/partition.h"
#include "simulators/faults/refuse.h"
#include "simulators/faults/reset.h"
#include "simulators/faults/slow_body.h"

#include <array>

namespace halfopen {

std::span<const FaultType> faultTypes()
{
    static const std::array<FaultType, 12> types = {{
        {&latencyFaultSchema, &applyLatencyFault, &decidesOnly<kAtWork>, true},
        {&slowBodyFaultSchema, &applySlowBodyFault, &slowBodyFaultStages, true},
        {&errorFaultSchema, &applyErrorFault, &errorFaultStages, true, nullptr, &errorFaultOnlyFails},
        {&refuseFaultSchema, &applyRefuseFault, &decidesOnly<kAtArrival>, true},
        {&resetFaultSchema, &applyResetFault, &decidesOnly<kAtWork>, true},
        {&blackHoleFaultSchema, &applyBlackHoleFault, &decidesOnly<kAtArrival>, true},
        {&outageFaultSchema, &applyOutageFault, &decidesOnly<kAtArrival>, true},
        {&partitionFaultSchema, &applyPartitionFault, &partitionFaultStages, true},
        {&capacityLossFaultSchema, &applyCapacityLossFault, &decidesOnly<kOnInstances>, true},
        {&crashFaultSchema, &applyCrashFault, &crashFaultStages},
        {&flapFaultSchema, &applyFlapFault, &flapFaultStages, false, &flapFaultCycle},
        {&lostRejectionsFaultSchema, &applyLostRejectionsFault, &decidesOnly<kAtFullQueue>, true},
    }};
    return types;
}

} // namespace halfopen
