// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What one draw, one sample and one record cost. Each loop draws its own bits, so the cost of a
// sample is its row minus the row "draw".
#include "core/base/distributions.h"
#include "core/base/histogram.h"
#include "core/base/random.h"

#include <benchmark/benchmark.h>
#include <chrono>

namespace halfopen {

namespace {

using namespace std::chrono_literals;

const RandomStream kStream(42, "bench");

void draw(benchmark::State &state)
{
    std::uint64_t key = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(kStream.draw(key++, 0));
}
BENCHMARK(draw);

/// Each draw waits for the one before: the latency.
void drawDependent(benchmark::State &state)
{
    std::uint64_t bits = 1;
    for (auto _ : state)
        benchmark::DoNotOptimize(bits = kStream.draw(bits, 0));
}
BENCHMARK(drawDependent);

void exponentialInline(benchmark::State &state)
{
    std::uint64_t key = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(exponentialNs(kStream.draw(key++, 0), 10'000'000));
}
BENCHMARK(exponentialInline);

void sample(benchmark::State &state, const Distribution &distribution)
{
    std::uint64_t key = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(distribution.sample(kStream.draw(key++, 0)));
}
BENCHMARK_CAPTURE(sample, constant, Distribution::constant(10ms));
BENCHMARK_CAPTURE(sample, uniform, Distribution::uniform(1ms, 10ms));
BENCHMARK_CAPTURE(sample, exponential, Distribution::exponential(10ms));
BENCHMARK_CAPTURE(sample, lognormal, Distribution::lognormal(12ms, 60ms));
BENCHMARK_CAPTURE(sample, gamma, Distribution::gamma(2.0, 10ms));
BENCHMARK_CAPTURE(sample, hyperexponential, Distribution::hyperexponential(10ms, 3.0));
BENCHMARK_CAPTURE(sample, empirical, Distribution::empirical({1ms, 2ms, 3ms, 100ms}));

/// Building a table: the first time, and again (remembered).
void buildLognormal(benchmark::State &state)
{
    std::int64_t p99 = 60'000'000;
    for (auto _ : state)
        benchmark::DoNotOptimize(Distribution::lognormal(12ms, Duration(++p99)));
}
BENCHMARK(buildLognormal)->Unit(benchmark::kMicrosecond);

void buildGamma(benchmark::State &state)
{
    double shape = 2.0;
    for (auto _ : state)
        benchmark::DoNotOptimize(Distribution::gamma(shape += 1e-6, 10ms));
}
BENCHMARK(buildGamma)->Unit(benchmark::kMicrosecond);

void buildAgain(benchmark::State &state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(Distribution::gamma(2.0, 10ms));
}
BENCHMARK(buildAgain)->Unit(benchmark::kMicrosecond);

void record(benchmark::State &state)
{
    Histogram histogram;
    std::vector<std::int64_t> values(4096);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = exponentialNs(kStream.draw(i, 0), 10'000'000);
    std::size_t i = 0;
    for (auto _ : state)
        histogram.record(values[i++ & 4095]);
    benchmark::DoNotOptimize(histogram.count());
}
BENCHMARK(record);

void clearAfterThousand(benchmark::State &state)
{
    Histogram histogram;
    for (auto _ : state) {
        for (std::uint64_t i = 0; i < 1000; ++i)
            histogram.record(exponentialNs(kStream.draw(i, 0), 10'000'000));
        histogram.clear();
    }
}
BENCHMARK(clearAfterThousand)->Unit(benchmark::kMicrosecond);

} // namespace

} // namespace halfopen
