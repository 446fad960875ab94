// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Events per second at a number of pending events: the hold model, in which the soonest event goes and another one comes an
// exponential time later. The row "hold/10" minus the rows "draw" and "exponentialInline" is the queue's own cost.
#include "core/base/distributions.h"
#include "core/base/random.h"
#include "core/engine/event_queue.h"

#include <benchmark/benchmark.h>

namespace halfopen {

namespace {

const RandomStream kStream(7, "queue");
constexpr std::int64_t kMeanQ8 = 256ll * 10'000'000; // 10 ms

std::int64_t gapNs(std::uint64_t key)
{
    return exponentialNs(kStream.draw(key, 0), kMeanQ8) >> 8;
}

void hold(benchmark::State &state)
{
    EventQueue queue;
    std::uint64_t order = 0;
    for (std::int64_t i = 0; i < state.range(0); ++i, ++order)
        queue.pushNewest(EventKey(gapNs(order), order + 1, 0));
    for (auto _ : state) {
        const std::int64_t now = queue.top().timeNs();
        queue.pop();
        queue.pushNewest(EventKey(now + gapNs(order), order + 1, 0));
        ++order;
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hold)->Arg(10)->Arg(1'000)->Arg(100'000);

} // namespace

} // namespace halfopen
