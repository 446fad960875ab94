// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Nanoseconds per protected call of every policy of every dialect, with its default settings, through the virtual functions as a
// driver calls them, time passed in: `well/...` the call goes well, `one_in_ten_fails/...` every tenth does not, `refusing/...` the
// policy has seen enough and refuses. A row of the table that is not here cannot exist: the benchmarks are made from the table.
#include "core/policies/breaker.h"
#include "core/policies/instance_judge.h"
#include "core/policies/registry.h"
#include "core/scenario/schema.h"

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <memory>
#include <string>
#include <vector>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kInstances = 100;
constexpr std::uint64_t kStepNs = 1000; ///< between two calls
constexpr Outcome kRejected{.kind = OutcomeKind::Rejected, .status = 503};

/// One policy and the bytes of the call that it is asked about, as a driver keeps them.
struct Bench {
    explicit Bench(const PolicyType &type) : policy(type.create(Settings(type.schema()).config()))
    {
        if ((judge = policy->instanceJudge()))
            judge->setInstances(kInstances);
    }
    Admission admit()
    {
        bytes.fill(std::byte{0}); // a driver zeroes the call state before admit()
        ++call.key;
        Policy *p = policy.get();
        benchmark::DoNotOptimize(p); // through the vtable
        const Admission admission = p->admit(Instant::fromNs(ns), call);
        if (judge)
            judge->onSent(call, static_cast<std::uint32_t>(call.key % kInstances));
        return admission;
    }
    Verdict end(Outcome outcome)
    {
        Policy *p = policy.get();
        benchmark::DoNotOptimize(p);
        return p->onOutcome(Instant::fromNs(ns), call, outcome);
    }
    /// What a driver does with events: they must not pile up.
    void drop()
    {
        events.clear();
        policy->takeEvents(events);
    }

    std::unique_ptr<Policy> policy;
    InstanceJudge *judge = nullptr;
    alignas(8) std::array<std::byte, 32> bytes{};
    PolicyCall call{.state = bytes.data(), .key = 0, .random = RandomStream(1, "bench")};
    std::vector<PolicyEvent> events;
    std::int64_t ns = 0;
};

void protectedCall(benchmark::State &state, const PolicyType &type, std::uint64_t failEvery)
{
    Bench bench(type);
    std::uint64_t untilFailure = failEvery;
    for (auto _ : state) {
        const Admission admission = bench.admit();
        bench.ns += kStepNs;
        Outcome outcome;
        if (failEvery > 0 && --untilFailure == 0) {
            outcome = kRejected;
            untilFailure = failEvery;
        }
        if (admission.kind != Admission::Kind::Refuse)
            benchmark::DoNotOptimize(bench.end(outcome));
        if (admission.hasEvents) // rare
            bench.drop();
        benchmark::DoNotOptimize(admission);
    }
}

/// Brings it to refuse: opened by hand, bad probes, calls that never end, or failures. False if it does not know how to refuse.
bool makeRefuse(Bench &bench, const PolicyType &type)
{
    const auto refuses = [&] { return bench.admit().kind == Admission::Kind::Refuse; };
    if (type.isBreaker) {
        static_cast<Breaker &>(*bench.policy).force(Instant(), BreakerState::Open);
        bench.drop();
        return refuses();
    }
    if (type.probes)
        for (int i = 0; i < 10; ++i)
            bench.policy->onProbe(Instant(), kRejected);
    bench.call.retries = 1; // budgets are about retries
    for (int i = 0; i < 2000; ++i)
        if (refuses())
            return true;
    for (int i = 0; i < 2000; ++i) {
        if (bench.admit().kind != Admission::Kind::Refuse)
            static_cast<void>(bench.end(kRejected));
        bench.drop();
    }
    return refuses() || refuses();
}

void refusal(benchmark::State &state, const PolicyType &type)
{
    Bench bench(type);
    makeRefuse(bench, type);
    for (auto _ : state) {
        const Admission admission = bench.admit();
        if (admission.kind != Admission::Kind::Refuse) // a throttle lets a few through
            benchmark::DoNotOptimize(bench.end(kRejected));
        benchmark::DoNotOptimize(admission);
    }
}

void add(const PolicyType &type)
{
    const std::string name = std::string(type.key()) + "/" + std::string(type.dialect);
    benchmark::RegisterBenchmark(("well/" + name).c_str(), [&type](benchmark::State &state) { protectedCall(state, type, 0); });
    benchmark::RegisterBenchmark(("one_in_ten_fails/" + name).c_str(),
                                 [&type](benchmark::State &state) { protectedCall(state, type, 10); });
    Bench bench(type);
    if (makeRefuse(bench, type))
        benchmark::RegisterBenchmark(("refusing/" + name).c_str(), [&type](benchmark::State &state) { refusal(state, type); });
}

[[maybe_unused]] const bool kRegistered = [] {
    for (const PolicyType &type : policyTypes()) {
        add(type);
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                add(other);
    }
    return true;
}();

} // namespace
