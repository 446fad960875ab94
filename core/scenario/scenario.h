// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/distributions.h"
#include "core/base/instant.h"
#include "core/scenario/schema.h"
#include "core/scenario/world_parts.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

struct Recording; // core/traces/recording.h

/// A place in a scenario file, counted from 1; 0 = unknown.
struct SourcePlace {
    int line = 0;
    int column = 0;
};

/// One call that a client or service makes: to which service, through which policy stack.
struct CallSpec {
    std::string to;
    std::string policies; ///< name of a stack in Scenario::stacks; empty = no policies
    /// 1 to 10 000: so many at once, each with its own chance. To a service with at least as many instances, each goes
    /// to an instance of its own. Only of services; together they count as `join` says.
    std::int64_t copies = 1;
    std::int64_t priority = 0; ///< 0 to 7; a queue serves the smallest number first
    PoolSpec pool;
    DeadlineMode deadline = DeadlineMode::Own;
    std::string endpoint{}; ///< of the service; empty = one is drawn by weight, if it has any
};

/// The name of the edge that \a call of \a from is: "web -> orders", "web -> orders/checkout".
std::string edgeName(std::string_view from, const CallSpec &call);

/// A kind of request that a service answers, with work of its own. The endpoints of a service share its instances,
/// workers and queues.
struct EndpointSpec {
    std::string name;
    double weight = 1; ///< 0 to 1 000 000: its part, among the weights of all, of the calls that name no endpoint
    Distribution serviceTime;    ///< that of the service where the scenario gives none
    std::string serviceTimeText; ///< as the scenario gives it
    double errorRate = 0;        ///< 0..1; that of the service where the scenario gives none
};

/// A service: instances behind a load balancer, each with workers and one queue.
struct ServiceSpec {
    static constexpr std::int64_t kUnlimitedWorkers = 10'000'000;
    static constexpr std::int64_t kUnlimitedQueue = 100'000'000;

    std::string name;
    std::int64_t instances = 1; ///< 1 to 1000
    std::int64_t workers = 1;   ///< requests one instance works on at once, 1 to kUnlimitedWorkers
    std::int64_t queue = 100;   ///< waiting places per instance, workers not included; 0 = none
    Distribution serviceTime = Distribution::constant(std::chrono::milliseconds(10));
    std::string serviceTimeText = "10ms"; ///< as the scenario gives it
    double errorRate = 0; ///< 0..1: share of requests that end in an error without any fault
    bool keepsWorkingForDepartedCallers = true;
    enum class Balancing : std::uint8_t {
        RoundRobin,
        Random,
        LeastRequests,
        PowerOfTwoChoices
    } balancing = Balancing::RoundRobin;
    std::int64_t choices = 2; ///< for PowerOfTwoChoices: different instances drawn, 1 to 1000
    /// Who is next. CoDel and ControlledDelay are FIFO and drop what has waited too long.
    enum class Discipline : std::uint8_t {
        Fifo,
        Lifo,
        Random,
        Codel,
        ControlledDelay,
        DeadlineDrop
    } discipline = Discipline::Fifo;
    std::optional<Duration> queueTimeout; ///< a request that waits longer is dropped
    Duration queueTarget = std::chrono::milliseconds(5);     ///< Codel, ControlledDelay
    Duration queueInterval = std::chrono::milliseconds(100); ///< Codel, ControlledDelay
    std::vector<CallSpec> calls; ///< made after the service's own work; the worker is held
    enum class CallOrder : std::uint8_t { OneByOne, Parallel } callOrder = CallOrder::OneByOne;
    /// How many of the parallel calls must end well.
    enum class Join : std::uint8_t { All, Any, Quorum } join = Join::All;
    std::optional<std::int64_t> joinCount; ///< instead of `join`: exactly so many, at least 1
    /// When set, answers come from a recording instead of workers and a queue.
    std::shared_ptr<const Recording> recording;
    std::string recordingFile;
    SlowdownSpec slowdown;
    ColdStartSpec coldStart;
    PauseSpec pause;
    std::vector<EndpointSpec> endpoints; ///< empty, or at least one with a weight above 0

    /// Its place in `endpoints`.
    std::optional<std::uint32_t> findEndpoint(std::string_view endpoint) const;
};

/// When calls begin.
struct ArrivalSpec {
    enum class Kind : std::uint8_t { Poisson, Constant, Recorded, ClosedLoop } kind = Kind::Poisson;
    struct Point {
        Duration from{};
        double perSecond = 0;
    };
    std::vector<Point> points; ///< at least one for Poisson and Constant; the first begins at 0
    bool ramp = false;         ///< the rate changes linearly between points instead of in steps
    std::optional<Duration> period; ///< the points come again and again; longer than the last point's `from`
    std::shared_ptr<const Recording>
        recording; ///< for Recorded: the first attempts are the arrivals
    std::string recordingFile;
    /// When it begins. A constant client makes its first call then; without it, one interval after the start.
    std::optional<Duration> startsAt;
    /// For ClosedLoop: each user thinks, calls, waits for the end of the call, and thinks again ...
    std::int64_t users = 1; ///< 1 to 1 000 000
    Distribution thinkTime;
    std::string thinkTimeText = "0s"; ///< as the scenario gives it
    /// ... or calls at every multiple of this after its beginning; a time that comes before the answer to the call
    /// before is left out and not made up for.
    std::optional<Duration> pace;
};

/// A fleet of processes, each with its own policy state.
struct ClientSpec {
    std::string name;
    std::int64_t processes = 1;  ///< 1 to 10 000
    ArrivalSpec arrivals;        ///< of the whole fleet together
    std::optional<double> meanRate; ///< as the scenario gives it: `arrivals` are already scaled to it
    std::vector<CallSpec> calls; ///< exactly one for now
    std::optional<std::int64_t> stopAfter; ///< begins no more calls than this
    WorkerSpec worker;
};

struct PolicyType;
struct FaultType;

/// One layer of a stack.
struct PolicySpec {
    const PolicyType *type = nullptr;
    Settings settings;
};

struct PolicyStackSpec {
    std::string name;
    std::vector<PolicySpec> layers; ///< outermost first
};

/// Something that goes wrong with a service for a while.
struct FaultSpec {
    const FaultType *type = nullptr;
    Settings settings;
    std::string on;                       ///< the service
    std::optional<std::int64_t> instance; ///< counted from 0; none = see instances
    Duration from{};
    Duration length{};             ///< "for"
    std::optional<Duration> every; ///< repeats with this period
    std::string name;              ///< on the timeline; also names its random numbers. Empty = its place in the list does
    std::optional<std::size_t> place;     ///< whose random numbers it has, without a name; none = that in this list
    std::vector<std::int64_t> instances; ///< these, in rising order; empty = all
    std::vector<std::string> callers;    ///< only requests of these clients and services; empty = of all
    /// Of the requests that meet it in one window (counted apart on arrival, at work and at the answer) only these.
    std::optional<std::int64_t> firstRequests;
    std::optional<std::int64_t> everyNth; ///< the n-th, the 2n-th, ...
    /// Comes in bursts: two states whose lengths are exponential with these means, > 0. Both are set or none.
    std::optional<Duration> burstOn;
    std::optional<Duration> burstOff;
    /// The strength rises from 0 at the beginning of a window, and falls to 0 at its end, along a straight line.
    Duration rampUp{};
    Duration rampDown{};
    /// The strength swings between `waveLow` (where a window begins) and 1 with this period.
    std::optional<Duration> wavePeriod;
    enum class WaveShape : std::uint8_t { Sine, Triangle, Square } waveShape = WaveShape::Sine;
    double waveLow = 0;
    std::string endpoint{}; ///< only requests for this endpoint of the service; empty = all
};

/// One line of `expect`.
struct ExpectationSpec {
    enum class Comparison : std::uint8_t { Less, LessOrEqual, Greater, GreaterOrEqual, Equal };
    std::string metric; ///< "goodput", "p99", "trips", ...; see core/run/expectations.h
    Comparison comparison = Comparison::GreaterOrEqual;
    double value = 0;      ///< shares 0..1, times in seconds, counts as they are
    std::string valueText; ///< as written: ">= 95%"
    std::string of;        ///< client, service, endpoint, edge or stack; empty = all clients together
    std::optional<Duration> from;
    std::optional<Duration> to;
    std::string why;
    SourcePlace place;
};

/// A setting that a layer has from the user's own defaults (environment or settings file) instead of the scenario.
struct AppliedDefault {
    std::string path;    ///< "policies.db_client.1.max_attempts"
    std::string value;   ///< "5"
    std::string builtIn; ///< what it is without: "3"
    std::string from;    ///< "RETRY_MAX_ATTEMPTS" or "settings.yaml:3"
};

/// A small world and a question, complete and valid: nothing downstream checks it again.
struct Scenario {
    std::string path; ///< where it came from, or empty
    std::string text; ///< the YAML it was read from
    std::string name;
    std::string question; ///< from the first comment lines: what it asks and what to watch
    std::uint64_t seed = 1;
    Duration duration = std::chrono::seconds(60);
    std::vector<ServiceSpec> services;
    std::vector<ClientSpec> clients;
    std::vector<PolicyStackSpec> stacks;
    std::vector<FaultSpec> faults;
    std::vector<ExpectationSpec> expectations;
    std::vector<AppliedDefault> defaults; ///< in order of stacks and layers
    std::vector<std::string> notes; ///< what reading it found worth telling: how well a fitted distribution fits

    const ServiceSpec *findService(std::string_view serviceName) const;
    const PolicyStackSpec *findStack(std::string_view stackName) const;
};

} // namespace halfopen
