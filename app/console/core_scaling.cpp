// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/core_scaling.h"

#include "app/console/parallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace halfopen {

namespace {

constexpr std::size_t kPieces = 8;              ///< as many as the independent runs that the bench compares it with
constexpr std::uint64_t kRounds = 12'000'000;   ///< of each piece: some hundredths of a second

/// Four chains that do not wait for each other, so that a core is about as busy as one that simulates.
std::uint64_t spin(std::uint64_t seed)
{
    std::array<std::uint64_t, 4> x = {seed | 1, seed | 2, seed | 4, seed | 8};
    for (std::uint64_t i = 0; i < kRounds; ++i)
        for (std::uint64_t &one : x) {
            one ^= one << 13;
            one ^= one >> 7;
            one ^= one << 17;
        }
    return x[0] ^ x[1] ^ x[2] ^ x[3];
}

double secondsOn(unsigned threads)
{
    std::atomic<std::uint64_t> kept{0}; // what nobody reads would not be computed
    const auto start = std::chrono::steady_clock::now();
    runParallel(kPieces, threads, "", [&](std::size_t at) { kept ^= spin(at + 1); });
    const double taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return kept == 0 ? taken + 1e-9 : taken;
}

} // namespace

double machineScaling(unsigned threads)
{
    double one = 1e9, all = 1e9;
    for (int i = 0; i < 3; ++i) {
        one = std::min(one, secondsOn(1));
        all = std::min(all, secondsOn(threads));
    }
    return one / all;
}

} // namespace halfopen
