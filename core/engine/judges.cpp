// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the engine does for policies that judge the instances of a dependency. Nothing of it runs on other edges.
#include "core/engine/engine.h"

#include <algorithm>

namespace halfopen {

void Engine::meetJudges(Edge &edge)
{
    for (std::size_t i = 0; i < edge.layerCount; ++i) {
        const Layer &layer = edge.layer[i];
        if (!layer.owned.front()->instanceJudge())
            continue;
        JudgeLayer judge;
        judge.layer = static_cast<std::uint32_t>(i);
        for (const auto &policy : layer.owned)
            policy->instanceJudge()->setInstances(edge.target->instances());
        for (Policy *policy : layer.processes)
            judge.byProcess.push_back(policy->instanceJudge());
        edge.judges.push_back(std::move(judge));
    }
}

bool Engine::passesOver(const Frame &frame, std::uint32_t instance) const
{
    const std::vector<JudgeLayer> &judges = edgeOf(&frame).judges;
    return std::any_of(judges.begin(), judges.end(), [&](const JudgeLayer &judge) {
        return judge.byProcess[frame.process]->passesOver(instance);
    });
}

bool Engine::passesOverAny(const Frame &frame) const
{
    const std::vector<JudgeLayer> &judges = edgeOf(&frame).judges;
    return std::any_of(judges.begin(), judges.end(),
                       [&](const JudgeLayer &judge) { return judge.byProcess[frame.process]->passesOverAny(); });
}

void Engine::noteInstance(const Frame &frame, std::uint32_t instance)
{
    Edge &edge = edgeOf(&frame);
    for (const JudgeLayer &judge : edge.judges) {
        // The layers outside of one that starts copies belong to the call, not to the copy.
        const bool isOutside = frame.isCopy && judge.layer < edge.firstCopied;
        Frame *f = isOutside ? frameAt(frame.parent) : frameAt(indexOf(&frame));
        PolicyCall call = policyCall(f, edge.layer[judge.layer]);
        judge.byProcess[f->process]->onSent(call, instance);
    }
}

} // namespace halfopen
