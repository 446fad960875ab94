// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench.h"

#include "app/commands/command_line.h"
#include "app/console/core_scaling.h"
#include "app/console/interrupt.h"
#include "app/console/machine.h"
#include "app/console/parallel.h"
#include "app/console/scenario_files.h"
#include "app/console/terminal.h"
#include "app/console/thread_time.h"
#include "app/console/yardstick.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/text_table.h"
#include "simulators/simulation.h"
#include "simulators/version.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kMemoryRunCalls = 10e6; ///< calls of the run whose memory is measured
constexpr double kLongRunCalls = 100e6;  ///< with --long
constexpr std::size_t kScalingRuns = 8;  ///< independent runs that share the cores

/// A scenario in scenarios/bench. The canonical ones are measured with care, the others say what their kind of world costs.
struct BenchScenario {
    const char *name;
    bool isCanonical;
};
constexpr BenchScenario kBenchScenarios[] = {{"rs1", true}, {"rs2", true}, {"three_tier", false}, {"fleet", false}};

struct BenchFlags {
    bool isJson = false;
    bool isQuick = false;
    bool isLong = false;
    int repetitions = 0; ///< 0 = as many as the kind of bench takes
};

/// What one scenario costs.
struct Measurement {
    std::string name;
    std::string title;
    double calls = 0, events = 0, attempts = 0, refusedShare = 0;
    std::vector<double> seconds; ///< processor time of each repetition, in order
    double bytesInFlight = 0;
    std::uint64_t memoryBytes = 0; ///< greatest memory of a process that runs 10 million calls
    std::uint64_t fingerprint = 0;
    bool isRepeatable = true;
    double longSeconds = 0; ///< processor time of 100 million calls; 0 = not measured
    std::uint64_t longMemoryBytes = 0;
    double scaling = 0; ///< how many times faster independent runs are on all cores than on one; 0 = not measured

    double best() const { return *std::min_element(seconds.begin(), seconds.end()); }
    double worst() const { return *std::max_element(seconds.begin(), seconds.end()); }
    double median() const
    {
        std::vector<double> sorted = seconds;
        std::sort(sorted.begin(), sorted.end());
        return sorted[sorted.size() / 2];
    }
};

double offeredPerSecond(const Scenario &scenario)
{
    double rate = 0;
    for (const ClientSpec &client : scenario.clients)
        rate += client.arrivals.points.front().perSecond;
    return rate;
}

/// One timed run. False when it was interrupted.
bool repeat(const std::shared_ptr<const Scenario> &scenario, Duration duration, Measurement &into)
{
    Simulation simulation(scenario, {.duration = duration, .sampleCalls = false});
    const double start = threadSeconds();
    simulation.runToEnd([] { return InterruptGuard::isRequested(); });
    const double taken = threadSeconds() - start;
    if (InterruptGuard::isRequested())
        return false;
    const RunRecord record = simulation.snapshot();
    const report::CallFigures figures = report::allClients(record);
    into.isRepeatable =
        into.isRepeatable && (into.seconds.empty() || into.fingerprint == record.fingerprint);
    into.fingerprint = record.fingerprint;
    into.calls = static_cast<double>(figures.offered);
    into.events = static_cast<double>(record.events);
    into.attempts = static_cast<double>(figures.attempts);
    into.refusedShare = figures.endedShare(OutcomeKind::CircuitBreakerOpen);
    into.seconds.push_back(taken);
    return true;
}

/// Bytes per call while calls are in flight: the greatest of ten looks, because a moment with few
/// calls divides by little.
double bytesInFlight(const std::shared_ptr<const Scenario> &scenario)
{
    Simulation simulation(scenario, {.duration = std::chrono::seconds(60), .sampleCalls = false});
    double most = 0;
    for (int second = 5; second < 55; second += 5) {
        simulation.runUntil(Instant(std::chrono::seconds(second)));
        most = std::max(most, simulation.memory().bytesPerCallInFlight);
    }
    return most;
}

/// The greatest memory of a process that does nothing but a run of so many \a calls.
std::uint64_t memoryOfRun(const std::shared_ptr<const Scenario> &scenario, double calls)
{
    const Duration duration(static_cast<std::int64_t>(calls / offeredPerSecond(*scenario) * 1e9));
    return peakMemoryOf([&] {
        Simulation simulation(scenario, {.duration = duration, .sampleCalls = false});
        simulation.runToEnd();
        (void)simulation.snapshot();
    });
}

/// How many times as fast independent runs, which share nothing, are on \a cores cores as on one, by the wall clock.
double scalingOf(const std::shared_ptr<const Scenario> &scenario, unsigned cores)
{
    const auto secondsOn = [&](unsigned jobs) {
        const auto start = std::chrono::steady_clock::now();
        runParallel(kScalingRuns, jobs, "runs", [&](std::size_t at) {
            Simulation simulation(scenario, {.seed = at + 1, .duration = scenario->duration / 20, .sampleCalls = false});
            simulation.runToEnd([] { return InterruptGuard::isRequested(); });
        });
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const double one = secondsOn(1);
    return one / secondsOn(cores);
}

/// 100 million calls in one go.
void measureLongRun(const std::shared_ptr<const Scenario> &scenario, Measurement &into)
{
    into.longMemoryBytes = memoryOfRun(scenario, kLongRunCalls);
    const Duration duration(static_cast<std::int64_t>(kLongRunCalls / offeredPerSecond(*scenario) * 1e9));
    Measurement one;
    if (repeat(scenario, duration, one))
        into.longSeconds = one.best();
}

std::optional<Measurement> measure(const BenchScenario &which, const BenchFlags &flags,
                                   const std::shared_ptr<const Scenario> &scenario)
{
    const std::string name = which.name;
    Measurement result;
    result.name = name;
    result.title = scenario->question;
    // First, while this process is still small: the child begins with what the parent has.
    if (!flags.isQuick && which.isCanonical)
        result.memoryBytes = memoryOfRun(scenario, kMemoryRunCalls);
    if (flags.isLong && which.isCanonical)
        measureLongRun(scenario, result);
    result.bytesInFlight = bytesInFlight(scenario);
    const Duration duration = flags.isQuick ? scenario->duration / 10 : scenario->duration;
    const int usual = flags.isQuick || !which.isCanonical ? 3 : 9;
    const int repetitions = flags.repetitions > 0 ? flags.repetitions : usual;
    for (int i = 0; i < repetitions; ++i) {
        if (isErrorTerminal())
            std::fprintf(stderr, "\r\x1b[K%s: repetition %d of %d", name.c_str(), i + 1,
                         repetitions);
        if (!repeat(scenario, duration, result))
            break;
    }
    if (isErrorTerminal())
        std::fprintf(stderr, "\r\x1b[K");
    if (!flags.isQuick && which.isCanonical && !InterruptGuard::isRequested())
        result.scaling = scalingOf(scenario, std::max(1u, std::thread::hardware_concurrency()));
    return result.seconds.empty() ? std::nullopt : std::optional(result);
}

/// Two cores against one: the program's independent runs beside a loop that touches only registers.
struct Scaling {
    double twoCores = 0; ///< of rs1; 0 = not measured
    double machine = 0;  ///< of the loop, on two cores
    double machineAll = 0; ///< of the loop, on all cores
};

Scaling measureScaling(const std::vector<Measurement> &all, const std::shared_ptr<const Scenario> &rs1)
{
    const unsigned cores = std::thread::hardware_concurrency();
    Scaling scaling;
    if (cores < 2 || all.empty() || all.front().scaling <= 0 || InterruptGuard::isRequested())
        return scaling;
    scaling.twoCores = cores == 2 ? all.front().scaling : scalingOf(rs1, 2);
    scaling.machine = machineScaling(2);
    scaling.machineAll = cores == 2 ? scaling.machine : machineScaling(cores);
    return scaling;
}

Json asJson(const std::vector<Measurement> &all, const Scaling &scaling, double yardstickNs, const Machine &machine, const BenchFlags &flags)
{
    Json json;
    json["version"] = kVersion;
    json["machine.cpu"] = machine.cpu;
    json["machine.cores"] = machine.cores;
    json["machine.compiler"] = machine.compiler;
    json["machine.system"] = machine.system;
    json["machine.event_list_ns"] = yardstickNs;
    json["quick"] = flags.isQuick;
    const auto measured = [](double value) { return value > 0 ? Json(value) : Json(); };
    json["scaling.two_cores"] = measured(scaling.twoCores);
    json["scaling.machine"] = measured(scaling.machine);
    json["scaling.machine_all_cores"] = measured(scaling.machineAll);
    for (const Measurement &one : all) {
        const auto set = [&](const char *key, Json value) {
            json[one.name + "." + key] = std::move(value);
        };
        set("calls", one.calls);
        set("repetitions", one.seconds.size());
        set("calls_per_s", one.calls / one.best());
        set("ns_per_call", one.best() / one.calls * 1e9);
        set("ns_per_call_median", one.median() / one.calls * 1e9);
        set("ns_per_call_worst", one.worst() / one.calls * 1e9);
        set("ns_per_event", one.best() / one.events * 1e9);
        set("events_per_call", one.events / one.calls);
        set("attempts_per_call", one.attempts / one.calls);
        set("refused_share", one.refusedShare);
        set("bytes_in_flight", one.bytesInFlight);
        set("memory_10m_calls_bytes", one.memoryBytes > 0 ? Json(one.memoryBytes) : Json());
        set("long_100m_calls_s", one.longSeconds > 0 ? Json(one.longSeconds) : Json());
        set("memory_100m_calls_bytes", one.longMemoryBytes > 0 ? Json(one.longMemoryBytes) : Json());
        set("scaling_all_cores", one.scaling > 0 ? Json(one.scaling) : Json());
        set("fingerprint", report::formatFingerprint(one.fingerprint));
        set("repeatable", one.isRepeatable);
    }
    return json;
}

std::string asText(const std::vector<Measurement> &all, const Scaling &scaling, double yardstickNs, const Machine &machine)
{
    const report::TextStyle style = outputStyle();
    std::string text = machine.cpu + ", " + std::to_string(machine.cores) + " cores, " +
                       machine.compiler + ", " + machine.system + "\n";
    report::TextTable table({{"per core"},
                             {"calls/s"},
                             {"ns/call"},
                             {"median"},
                             {"worst"},
                             {"ns/event"},
                             {"events/call", false, 2},
                             {"attempts/call", false, 3},
                             {"bytes in flight", false, 1},
                             {"10M calls", false, 1},
                             {"runs", false, 4}},
                            style);
    const auto perCall = [](const Measurement &one, double seconds) {
        return report::formatNumber(seconds / one.calls * 1e9);
    };
    for (const Measurement &one : all)
        table.addRow(
            {one.name, report::formatNumber(one.calls / one.best() * 1e-6) + "M",
             perCall(one, one.best()), perCall(one, one.median()), perCall(one, one.worst()),
             report::formatNumber(one.best() / one.events * 1e9),
             report::formatNumber(one.events / one.calls),
             report::formatNumber(one.attempts / one.calls),
             report::formatNumber(one.bytesInFlight) + " B",
             one.memoryBytes > 0 ? report::formatBytes(static_cast<double>(one.memoryBytes)) : "-",
             report::formatCount(one.seconds.size())});
    text += table.text();
    for (const Measurement &one : all) {
        if (one.scaling > 0)
            text += one.name + ": independent runs on all cores are " + report::formatNumber(one.scaling) +
                    " times as fast as on one\n";
        if (one.longSeconds > 0)
            text += one.name + ": 100 million calls in " + report::formatNumber(one.longSeconds) + " s of processor time, " +
                    report::formatBytes(static_cast<double>(one.longMemoryBytes)) + " of memory\n";
    }
    if (scaling.machine > 0)
        text += "on two cores: rs1 " + report::formatNumber(scaling.twoCores) + " times as fast as on one, a loop that touches only registers " +
                report::formatNumber(scaling.machine) + " times: so much is the machine's own" +
                (machine.cores > 2 ? "; on all cores the loop is " + report::formatNumber(scaling.machineAll) + " times as fast" : "") + "\n";
    text += "a std::set of ten events costs " + report::formatNumber(yardstickNs) +
            " ns an event here: compare machines, or this one at another hour, by their share of it\n";
    for (const Measurement &one : all)
        text += one.name + " fingerprint " + report::formatFingerprint(one.fingerprint) + " over " +
                report::formatCount(static_cast<std::uint64_t>(one.calls)) + " calls" +
                (one.isRepeatable ? "" : ", but the repetitions DIFFER") + "\n";
    return text;
}

int bench(const BenchFlags &flags)
{
    const auto folder = scenarioFolder();
    if (!folder) {
        printError(folder.error().message);
        return kExitBadInput;
    }
    const InterruptGuard interrupt;
    std::vector<Measurement> all;
    std::shared_ptr<const Scenario> first;
    for (const BenchScenario &which : kBenchScenarios) {
        const auto scenario = loadForUser(*folder / "bench" / (std::string(which.name) + ".yaml"), {});
        if (!scenario)
            return kExitBadInput;
        first = first ? first : scenario;
        if (auto measured = measure(which, flags, scenario))
            all.push_back(*std::move(measured));
        if (InterruptGuard::isRequested())
            break;
    }
    const Scaling scaling = measureScaling(all, first);
    const double yardstickNs = eventListYardstickNs();
    if (!all.empty())
        print(flags.isJson ? asJson(all, scaling, yardstickNs, thisMachine(), flags).dump(2) + "\n"
                           : asText(all, scaling, yardstickNs, thisMachine()));
    if (InterruptGuard::isRequested())
        return kExitInterrupted;
    const bool isRepeatable =
        std::all_of(all.begin(), all.end(), [](const auto &one) { return one.isRepeatable; });
    return isRepeatable ? kExitOk : kExitNotMet;
}

} // namespace

Action setUpBench(CLI::App &app)
{
    auto flags = std::make_shared<BenchFlags>();
    app.add_flag("--json", flags->isJson, "print the figures as JSON");
    app.add_flag("--quick", flags->isQuick,
                 "a tenth of the calls, three repetitions, no memory run: about a second");
    app.add_flag("--long", flags->isLong, "also a run of 100 million calls of rs1 and of rs2: its time and its memory");
    app.add_option("--repetitions", flags->repetitions, "timed runs of each scenario; without it 9 of rs1 and rs2, 3 of the others")
        ->option_text("N")
        ->check(CLI::Range(1, 1000));
    return [flags] { return bench(*flags); };
}

} // namespace halfopen
