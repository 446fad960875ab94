// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/distributions.h"
#include "core/base/instant.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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
};

/// A service: instances behind a load balancer, each with workers and one bounded FIFO queue.
struct ServiceSpec {
    std::string name;
    std::int64_t instances = 1; ///< 1 to 1000
    std::int64_t workers = 1;   ///< requests one instance works on at once, 1 to 100 000
    std::int64_t queue = 100;   ///< waiting places per instance, workers not included; 0 = none
    Distribution serviceTime = Distribution::constant(std::chrono::milliseconds(10));
    std::string serviceTimeText = "10ms"; ///< as the scenario gives it
    double errorRate = 0; ///< 0..1: share of requests that end in an error without any fault
    bool keepsWorkingForDepartedCallers = true;
    enum class Balancing : std::uint8_t {
        RoundRobin,
        Random,
        LeastRequests
    } balancing = Balancing::RoundRobin;
    std::vector<CallSpec>
        calls; ///< made one after the other after the service's own work; the worker is held
    /// When set, answers come from a recording instead of workers and a queue.
    std::shared_ptr<const Recording> recording;
    std::string recordingFile;
};

/// When calls begin.
struct ArrivalSpec {
    enum class Kind : std::uint8_t { Poisson, Constant, Recorded } kind = Kind::Poisson;
    struct Point {
        Duration from{};
        double perSecond = 0;
    };
    std::vector<Point> points; ///< at least one for Poisson and Constant; the first begins at 0
    bool ramp = false;         ///< the rate changes linearly between points instead of in steps
    std::shared_ptr<const Recording>
        recording; ///< for Recorded: the first attempts are the arrivals
    std::string recordingFile;
};

/// A fleet of processes, each with its own policy state.
struct ClientSpec {
    std::string name;
    std::int64_t processes = 1;  ///< 1 to 10 000
    ArrivalSpec arrivals;        ///< of the whole fleet together
    std::vector<CallSpec> calls; ///< exactly one for now
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
    std::optional<std::int64_t> instance; ///< counted from 0; none = all instances
    Duration from{};
    Duration length{};             ///< "for"
    std::optional<Duration> every; ///< repeats with this period
};

/// One line of `expect`.
struct ExpectationSpec {
    enum class Comparison : std::uint8_t { Less, LessOrEqual, Greater, GreaterOrEqual, Equal };
    std::string metric; ///< "goodput", "p99", "trips", ...; see core/run/expectations.h
    Comparison comparison = Comparison::GreaterOrEqual;
    double value = 0;      ///< shares 0..1, times in seconds, counts as they are
    std::string valueText; ///< as written: ">= 95%"
    std::string of;        ///< client, service, edge or stack; empty = all clients together
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

    const ServiceSpec *findService(std::string_view serviceName) const;
    const PolicyStackSpec *findStack(std::string_view stackName) const;
};

} // namespace halfopen
