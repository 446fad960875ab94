// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Work of many pieces behind a program. A plain program, so that the thread sanitizer sees every line of it. Exit
// status 1 if anything was not as it should be.
#include "simulators/study/background_work.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <numeric>
#include <thread>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

int failures = 0;

void check(bool condition, const char *what, int line)
{
    if (condition)
        return;
    ++failures;
    std::fprintf(stderr, "tst_background_work.cpp:%d: %s\n", line, what);
}
#define CHECK(condition) check(condition, #condition, __LINE__)

std::vector<std::size_t> upTo(std::size_t count)
{
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t(0));
    return order;
}

bool waitFor(const std::function<bool()> &done)
{
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (!done() && std::chrono::steady_clock::now() < limit)
        std::this_thread::sleep_for(1ms);
    return done();
}

void everyPieceIsDoneOnce()
{
    std::vector<std::atomic<int>> seen(500);
    BackgroundWork work;
    CHECK(!work.isRunning());
    work.start(upTo(500), [&seen](std::size_t index, const std::stop_token &) { ++seen[index]; }, 4);
    CHECK(waitFor([&] { return !work.isRunning(); }));
    CHECK(work.done() == 500 && work.total() == 500);
    for (const std::atomic<int> &one : seen)
        CHECK(one == 1);
}

void oneThreadKeepsTheOrder()
{
    std::vector<std::size_t> seen;
    BackgroundWork work;
    work.start({3, 1, 2}, [&seen](std::size_t index, const std::stop_token &) { seen.push_back(index); }, 1);
    CHECK(waitFor([&] { return !work.isRunning(); }));
    CHECK((seen == std::vector<std::size_t>{3, 1, 2}));
}

/// A piece that ends only when it is asked to.
void untilStopped(std::size_t, const std::stop_token &stop)
{
    while (!stop.stop_requested())
        std::this_thread::sleep_for(1ms);
}

void cancellingDoesNotWaitAndNothingNewBegins()
{
    BackgroundWork work;
    work.start(upTo(100), untilStopped, 3);
    std::this_thread::sleep_for(20ms);
    const auto before = std::chrono::steady_clock::now();
    work.cancel();
    CHECK(std::chrono::steady_clock::now() - before < 10ms);
    CHECK(waitFor([&] { return !work.isRunning(); }));
    CHECK(work.done() == 0); // none came to its end
}

void aNewBatchReplacesTheOld()
{
    std::atomic<int> seen = 0;
    BackgroundWork work;
    for (int i = 0; i < 20; ++i)
        work.start(upTo(100), untilStopped, 2);
    work.start(upTo(10), [&seen](std::size_t, const std::stop_token &) { ++seen; }, 2);
    CHECK(waitFor([&] { return !work.isRunning(); }));
    CHECK(seen == 10 && work.done() == 10 && work.total() == 10);
}

void goingAwayEndsTheWork()
{
    BackgroundWork work;
    work.start(upTo(100), untilStopped, 3);
}

} // namespace

int main()
{
    everyPieceIsDoneOnce();
    oneThreadKeepsTheOrder();
    cancellingDoesNotWaitAndNothingNewBegins();
    aNewBatchReplacesTheOld();
    goingAwayEndsTheWork();
    if (failures == 0)
        std::puts("background work: all as it should be");
    return failures == 0 ? 0 : 1;
}
