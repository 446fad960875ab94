// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The run's thread under load from the commanding thread. A plain program, so that the thread sanitizer
// sees every line of it. Exit status 1 if anything was not as it should be.
#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"
#include "tests/support/fake_engine.h"
#include "tests/support/tuned_scenario.h"
#include "ui/run_worker.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

int failures = 0;

void check(bool condition, const char *what, int line)
{
    if (condition)
        return;
    ++failures;
    std::fprintf(stderr, "tst_run_worker.cpp:%d: %s\n", line, what);
}
#define CHECK(condition) check(condition, #condition, __LINE__)

/// Takes deliveries until \a done holds; the last record is kept in \a record. False after 20 s.
bool waitFor(RunWorker &worker, RunWorker::Delivery &last, const std::function<bool()> &done)
{
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < limit) {
        RunWorker::Delivery delivery = worker.take();
        if (!delivery.record)
            delivery.record = last.record;
        for (auto &refusal : last.refusals)
            delivery.refusals.push_back(refusal);
        last = std::move(delivery);
        if (done())
            return true;
        std::this_thread::sleep_for(1ms);
    }
    return false;
}

std::shared_ptr<const Scenario> someScenario()
{
    return std::make_shared<const Scenario>();
}

void runsToTheEndAndTheLastRecordIsTheWholeRun()
{
    auto world = std::make_shared<FakeWorld>();
    RunWorker worker(fakeEngines(world));
    RunWorker::Delivery last;
    worker.setSpeed(Speed::unlimited());
    const auto job = worker.start(someScenario(), {}, true);
    CHECK(waitFor(worker, last, [&] {
        return last.status.job == job && last.status.state == RunWorker::State::Finished && last.record
            && last.record->end == RunEnd::Finished;
    }));
    CHECK(last.record && last.record->now == Instant(100s));
    CHECK(last.record && last.record->events == 100'000);
    CHECK(last.record && last.record->transitions.size() == 14);
}

/// Who waits for the end need not look for it: when it is told, all of the run is there. A run that only stands still is not over.
void tellsWhenARunIsOver()
{
    auto world = std::make_shared<FakeWorld>();
    std::atomic<int> told = 0;
    RunWorker worker(fakeEngines(world), [&told] { told.fetch_add(1); });
    RunWorker::Delivery last;
    worker.start(someScenario(), {}, false);
    worker.seekTime(Instant(20s));
    CHECK(waitFor(worker, last, [&] {
        return last.status.commandsDone == worker.commandsSent() && last.status.state == RunWorker::State::Paused;
    }));
    CHECK(told == 0);
    worker.seekTime(Instant(100s));
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (told == 0 && std::chrono::steady_clock::now() < limit)
        std::this_thread::sleep_for(1ms);
    CHECK(told == 1);
    const RunWorker::Delivery whole = worker.take();
    CHECK(whole.status.state == RunWorker::State::Finished);
    CHECK(whole.record && whole.record->end == RunEnd::Finished && whole.record->events == 100'000);
    std::this_thread::sleep_for(20ms);
    CHECK(told == 1);
}

void stepsSeeksAndPausesExactly()
{
    auto world = std::make_shared<FakeWorld>();
    RunWorker worker(fakeEngines(world));
    RunWorker::Delivery last;
    const auto paused = [&] {
        return last.status.commandsDone == worker.commandsSent() && last.status.state == RunWorker::State::Paused
            && last.record && last.record->now == last.status.now;
    };
    worker.start(someScenario(), {}, false);
    worker.step();
    worker.step();
    CHECK(waitFor(worker, last, paused));
    CHECK(last.status.now == Instant(2ms));
    worker.seekTransition();
    CHECK(waitFor(worker, last, paused));
    CHECK(last.status.now == Instant(7s));
    worker.seekTransition();
    CHECK(waitFor(worker, last, paused));
    CHECK(last.status.now == Instant(14s));
    worker.seekTime(Instant(20'000'500us));
    CHECK(waitFor(worker, last, paused));
    CHECK(last.status.now == Instant(20'000'500us));
    worker.seekTime(Instant(1s)); // already past: nothing happens
    CHECK(waitFor(worker, last, paused));
    CHECK(last.status.now == Instant(20'000'500us));
    worker.cancel();
    CHECK(waitFor(worker, last, [&] { return last.record && last.record->end == RunEnd::Cancelled; }));
}

void aCommandActsSoonEvenWhenEventsAreSlow()
{
    auto world = std::make_shared<FakeWorld>();
    world->length = 1000s;
    world->eventCost = 200us;
    RunWorker worker(fakeEngines(world));
    RunWorker::Delivery last;
    worker.setSpeed(Speed::unlimited());
    worker.start(someScenario(), {}, true);
    CHECK(waitFor(worker, last, [&] { return last.status.now > Instant(200ms); }));
    const auto sent = std::chrono::steady_clock::now();
    worker.pause();
    CHECK(waitFor(worker, last, [&] { return last.status.state == RunWorker::State::Paused; }));
    const auto took = std::chrono::steady_clock::now() - sent;
    std::printf("pause acted within %.1f ms\n", std::chrono::duration<double, std::milli>(took).count());
    CHECK(took < 500ms); // a slice of 4 ms; generous for a machine under load and a sanitizer
}

void changesAreMadeInOrderAndRefusalsComeBack()
{
    auto world = std::make_shared<FakeWorld>();
    world->refuse = "policies.a.0.bad";
    RunWorker worker(fakeEngines(world));
    RunWorker::Delivery last;
    const auto job = worker.start(someScenario(), {}, false);
    worker.change("policies.a.0.x", "1");
    worker.change("policies.a.0.bad", "9");
    worker.step();
    worker.change("policies.a.0.x", "2");
    CHECK(waitFor(worker, last, [&] {
        return last.status.commandsDone == worker.commandsSent() && last.record && last.record->changes.size() == 2;
    }));
    const std::scoped_lock lock(world->mutex);
    CHECK(world->changes == (std::vector<std::string>{"policies.a.0.x=1 @0", "policies.a.0.x=2 @1000000"}));
    CHECK(last.refusals.size() == 1 && last.refusals[0].job == job && last.refusals[0].path == "policies.a.0.bad"
          && last.refusals[0].message == "'policies.a.0.bad' is not liked");
}

void aRunThatCannotBeMadeIsReportedAndTheNextOneRuns()
{
    auto world = std::make_shared<FakeWorld>();
    world->failToStart = true;
    RunWorker worker(fakeEngines(world));
    RunWorker::Delivery last;
    worker.start(someScenario(), {}, true);
    CHECK(waitFor(worker, last, [&] { return !last.status.failure.empty(); }));
    CHECK(last.status.failure == "no memory for 10 000 processes");
    CHECK(last.status.state == RunWorker::State::Empty);
    worker.play(); // no run: harmless
    worker.step();
    world->failToStart = false;
    const auto job = worker.start(someScenario(), {}, false);
    CHECK(waitFor(worker, last, [&] { return last.status.job == job && last.record; }));
    CHECK(last.status.failure.empty());
}

void followsTheChosenSpeed()
{
    auto world = std::make_shared<FakeWorld>();
    RunWorker worker(fakeEngines(world));
    RunWorker::Delivery last;
    worker.setSpeed({10.0});
    worker.start(someScenario(), {}, true);
    CHECK(waitFor(worker, last, [&] { return last.status.now > Instant(0s); }));
    const auto realBegin = std::chrono::steady_clock::now();
    const Instant virtualBegin = last.status.now;
    std::this_thread::sleep_for(400ms);
    CHECK(waitFor(worker, last, [&] { return last.record != nullptr; }));
    const double real = std::chrono::duration<double>(std::chrono::steady_clock::now() - realBegin).count();
    const double speed = toSeconds(last.status.now - virtualBegin) / real;
    std::printf("10x asked, %.2fx measured over %.2f s\n", speed, real);
    CHECK(speed < 12); // one slice early or late is 1 %; too fast is never an excuse of a loaded machine
    CHECK(speed > 3);
}

void aWindowThatTakesNothingCostsNoCopies()
{
    auto world = std::make_shared<FakeWorld>();
    world->length = 1000h;
    RunWorker worker(fakeEngines(world));
    worker.setSpeed(Speed::unlimited());
    worker.start(someScenario(), {}, true);
    std::this_thread::sleep_for(300ms);
    std::printf("%d copies made while nobody took them\n", world->copies.load());
    CHECK(world->copies.load() <= 1);
}

/// What a busy user and a closing window do: commands from one thread while records are read on it.
void survivesAStormOfCommandsAndStopsWhilePlaying()
{
    auto world = std::make_shared<FakeWorld>();
    world->length = 1000s;
    world->transitionEvery = 10ms;
    {
        RunWorker worker(fakeEngines(world));
        std::size_t transitionsRead = 0;
        RunWorker::Job job = worker.start(someScenario(), {}, true);
        for (int i = 0; i < 2000; ++i) {
            switch (i % 9) {
            case 0: worker.play(); break;
            case 1: worker.setSpeed({double(i % 1000 + 1)}); break;
            case 2: worker.change("policies.a.0.x", std::to_string(i)); break;
            case 3: worker.setSpeed(Speed::unlimited()); break;
            case 4: worker.step(); break;
            case 5: worker.seekTransition(); break;
            case 6: worker.seekTime(Instant(Duration(i * 1'000'000LL))); break;
            case 7: worker.pause(); break;
            default:
                if (i % 90 == 8)
                    job = worker.start(someScenario(), {}, i % 2 == 0);
            }
            const RunWorker::Delivery delivery = worker.take();
            if (delivery.record) {
                CHECK(delivery.status.job <= job);
                Instant before;
                for (const BreakerTransition &transition : delivery.record->transitions) {
                    CHECK(transition.at >= before);
                    before = transition.at;
                    ++transitionsRead;
                }
            }
            if (i % 20 == 0)
                std::this_thread::sleep_for(1ms);
        }
        worker.setSpeed(Speed::unlimited());
        worker.start(someScenario(), {}, true); // and now the window closes
        std::printf("%zu transitions read during the storm\n", transitionsRead);
        CHECK(transitionsRead > 0);
    }
    CHECK(world->alive.load() == 0);
}

/// The real engine: stepped, paused, sought and copied all the way, it must come to the very same run as when it
/// is left alone.
void theRealRunIsTheSameHoweverItIsDriven()
{
    const LoadResult loaded = loadScenarioText(kTunedScenario, "tuned.yaml", standardVocabulary());
    CHECK(loaded.ok());
    if (!loaded.ok())
        return;
    Simulation alone(loaded.scenario);
    alone.runToEnd();
    const RunRecord expected = alone.snapshot();

    RunWorker worker(simulationEngines());
    RunWorker::Delivery last;
    worker.setSpeed({100.0});
    worker.start(loaded.scenario, {}, true);
    std::size_t copies = 0;
    for (int i = 0; i < 60; ++i) {
        if (i % 3 == 0)
            worker.step();
        if (i % 7 == 0)
            worker.seekTime(Instant(i * 400ms));
        if (i % 3 == 2)
            worker.play();
        std::this_thread::sleep_for(5ms);
        const RunWorker::Delivery delivery = worker.take();
        if (!delivery.record)
            continue;
        ++copies;
        std::uint64_t calls = 0;
        for (std::size_t b = 0; b < delivery.record->bucketCount(); ++b)
            for (const EdgeBucket &edge : delivery.record->bucket(b).edges)
                calls += edge.offered;
        CHECK(calls == delivery.record->edgeTotals[0].offered); // one edge: a copy is whole in itself
    }
    worker.setSpeed(Speed::unlimited());
    worker.play();
    CHECK(waitFor(worker, last, [&] { return last.record && last.record->end == RunEnd::Finished; }));
    CHECK(last.record && last.record->fingerprint == expected.fingerprint);
    CHECK(last.record && last.record->events == expected.events);
    CHECK(expected.events > 10'000);
    CHECK(copies > 3);
    std::printf("%llu events, fingerprint %016llx both ways, %zu copies on the way\n",
                static_cast<unsigned long long>(expected.events),
                static_cast<unsigned long long>(expected.fingerprint), copies);
}

} // namespace

int main()
{
    runsToTheEndAndTheLastRecordIsTheWholeRun();
    tellsWhenARunIsOver();
    stepsSeeksAndPausesExactly();
    aCommandActsSoonEvenWhenEventsAreSlow();
    changesAreMadeInOrderAndRefusalsComeBack();
    aRunThatCannotBeMadeIsReportedAndTheNextOneRuns();
    followsTheChosenSpeed();
    aWindowThatTakesNothingCostsNoCopies();
    survivesAStormOfCommandsAndStopsWhilePlaying();
    theRealRunIsTheSameHoweverItIsDriven();
    std::printf("%s\n", failures == 0 ? "all checks passed" : "checks FAILED");
    return failures == 0 ? 0 : 1;
}
