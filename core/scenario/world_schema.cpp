// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/world_schema.h"

#include "core/scenario/schema_parts.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;
using schema::field;

/// The words of `load_balancing`, in the order of the enum.
static std::span<const std::string_view> enumNames(ServiceSpec::Balancing)
{
    static constexpr std::array<std::string_view, 4> kNames{"round_robin", "random",
                                                            "least_requests", "power_of_two_choices"};
    return kNames;
}
/// The words of `queue_discipline`.
static std::span<const std::string_view> enumNames(ServiceSpec::Discipline)
{
    static constexpr std::array<std::string_view, 6> kNames{"fifo",  "lifo",             "random",
                                                            "codel", "controlled_delay", "deadline_drop"};
    return kNames;
}
/// The words of `call_order`.
static std::span<const std::string_view> enumNames(ServiceSpec::CallOrder)
{
    static constexpr std::array<std::string_view, 2> kNames{"one_by_one", "parallel"};
    return kNames;
}
/// The words of `join`.
static std::span<const std::string_view> enumNames(ServiceSpec::Join)
{
    static constexpr std::array<std::string_view, 3> kNames{"all", "any", "quorum"};
    return kNames;
}
/// The words of `pool.per`.
static std::span<const std::string_view> enumNames(PoolSpec::Per)
{
    static constexpr std::array<std::string_view, 3> kNames{"process", "instance", "fleet"};
    return kNames;
}
/// The words of `pool.abandoned`.
static std::span<const std::string_view> enumNames(PoolSpec::Abandoned)
{
    static constexpr std::array<std::string_view, 2> kNames{"close", "hold"};
    return kNames;
}
/// The words of `deadline`.
static std::span<const std::string_view> enumNames(DeadlineMode)
{
    static constexpr std::array<std::string_view, 2> kNames{"own", "propagate"};
    return kNames;
}
/// The words of `pause.timing`.
static std::span<const std::string_view> enumNames(PauseSpec::Timing)
{
    static constexpr std::array<std::string_view, 2> kNames{"random", "fixed"};
    return kNames;
}

namespace {

std::string serviceConflict(const void *config)
{
    const auto &service = *static_cast<const ServiceSpec *>(config);
    if (service.slowdown.atBusy.has_value() != service.slowdown.factor.has_value())
        return "'slowdown' needs both at_busy and factor, or neither";
    if (service.coldStart.factor.has_value() != service.coldStart.length.has_value())
        return "'cold_start' needs both factor and for";
    if (service.pause.every.has_value() != service.pause.length.has_value())
        return "'pause' needs both every and for";
    return {};
}

std::string clientConflict(const void *config)
{
    const auto &client = *static_cast<const ClientSpec *>(config);
    static const WorkerSpec standard;
    const bool saysMore = client.worker.visibilityTimeout != standard.visibilityTimeout
        || client.worker.maxDeliveries != standard.maxDeliveries
        || client.worker.redeliveryDelay != standard.redeliveryDelay || client.worker.maxBacklog != standard.maxBacklog;
    return saysMore && !client.worker.isThere() ? "'worker' needs the key workers: how many take messages at once" : "";
}

std::string callConflict(const void *config)
{
    const auto &call = *static_cast<const CallSpec *>(config);
    static const PoolSpec standard;
    const bool saysMore = call.pool.maxWait.has_value() || call.pool.per != standard.per
        || call.pool.abandoned != standard.abandoned;
    return saysMore && !call.pool.isThere() ? "'pool' needs the key size: how many connections there are" : "";
}

} // namespace

const Schema &worldSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<WorldSettings>("scenario", "Scenario",
                                             "A small world and a question about it.");
        s.fields = {
            field<&WorldSettings::version>(
                {.key = "halfopen",
                 .type = ValueType::Count,
                 .help = "Version of the scenario language; write halfopen: 1.",
                 .min = kLanguageVersion,
                 .max = kLanguageVersion,
                 .required = true}),
            field<&WorldSettings::name>(
                {.key = "name",
                 .type = ValueType::Text,
                 .help = "Names the scenario in reports; the file's name when it is left out."}),
            field<&WorldSettings::seed>(
                {.key = "seed",
                 .type = ValueType::Count,
                 .help = "Decides every chance of the run: the same seed gives the same run.",
                 .min = count(0)}),
            field<&WorldSettings::duration>({.key = "duration",
                                             .type = ValueType::Duration,
                                             .help = "Virtual time that the run takes.",
                                             .min = Duration(1ms),
                                             .max = kLongest}),
        };
        return s;
    }();
    return schema;
}

std::span<const NestedKey> worldKeys()
{
    static constexpr std::array<NestedKey, 5> kKeys{{
        {"services", "A map of services by name: what does the work.", true},
        {"clients", "A map of clients by name: fleets of processes that begin the calls.", true},
        {"policies",
         "A map of policy stacks by name; each is a list of policies, outermost first."},
        {"faults", "A list of what goes wrong, where and when."},
        {"expect", "A list of what must hold, for example { goodput: \">= 95%\", from: 100s }."},
    }};
    return kKeys;
}

const Schema &serviceSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<ServiceSpec>("service", "Service",
                                           "Instances behind a load balancer, each with workers "
                                           "and one queue.");
        s.fields = {
            field<&ServiceSpec::instances>(
                {.key = "instances",
                 .type = ValueType::Count,
                 .help = "Copies of the service behind its load balancer.",
                 .min = count(1),
                 .max = count(1000)}),
            field<&ServiceSpec::workers>(
                {.key = "workers",
                 .type = ValueType::Count,
                 .help =
                     "Requests that one instance works on at once; the others wait in its queue.",
                 .min = count(1),
                 .max = ServiceSpec::kUnlimitedWorkers,
                 .maxWord = "unlimited"}),
            field<&ServiceSpec::queue>(
                {.key = "queue",
                 .type = ValueType::Count,
                 .help = "Waiting places of one instance beside its workers. A request that finds "
                         "it full is rejected.",
                 .min = count(0),
                 .max = ServiceSpec::kUnlimitedQueue,
                 .maxWord = "unlimited"}),
            field<&ServiceSpec::discipline>(
                {.key = "queue_discipline",
                 .type = ValueType::Choice,
                 .help = "Who is next. fifo: who waits longest. lifo: who came last, so that under overload some are "
                         "served fast and the others not at all. random: anybody. codel: fifo, but drops at a growing rate "
                         "while the wait stays above queue_target for queue_interval. controlled_delay: fifo; who came when the "
                         "queue had not been empty for queue_interval is dropped after queue_target, others after "
                         "queue_interval. deadline_drop: fifo, but drops requests whose caller has left.",
                 .choices = {"fifo", "lifo", "random", "codel", "controlled_delay", "deadline_drop"}}),
            field<&ServiceSpec::queueTimeout>(
                {.key = "queue_timeout",
                 .type = ValueType::Duration,
                 .help = "A request that waits longer for a worker is dropped and answered as rejected. Work that has "
                         "begun is finished.",
                 .min = Duration(1us),
                 .max = kLongest,
                 .optional = true}),
            field<&ServiceSpec::queueTarget>(
                {.key = "queue_target",
                 .type = ValueType::Duration,
                 .help = "The wait that is still good, for queue_discipline codel and controlled_delay.",
                 .min = Duration(1us),
                 .max = Duration(1h)}),
            field<&ServiceSpec::queueInterval>(
                {.key = "queue_interval",
                 .type = ValueType::Duration,
                 .help = "How long the wait may be bad before requests are dropped, for queue_discipline codel and "
                         "controlled_delay.",
                 .min = Duration(1us),
                 .max = Duration(1h)}),
            field<&ServiceSpec::errorRate>(
                {.key = "error_rate",
                 .type = ValueType::Probability,
                 .help = "Share of requests that end in an error without any fault.",
                 .min = 0.0,
                 .max = 1.0}),
            field<&ServiceSpec::keepsWorkingForDepartedCallers>(
                {.key = "keeps_working_for_departed_callers",
                 .type = ValueType::Flag,
                 .help = "Whether a request is still worked on when its caller has given up. True "
                         "is what most servers do; "
                         "the work is then wasted."}),
            field<&ServiceSpec::balancing>(
                {.key = "load_balancing",
                 .type = ValueType::Choice,
                 .help = "How requests are spread over the instances. least_requests looks at all of them, "
                         "power_of_two_choices at balancing_choices of them; each takes the one with the fewest requests.",
                 .choices = {"round_robin", "random", "least_requests", "power_of_two_choices"}}),
            field<&ServiceSpec::choices>(
                {.key = "balancing_choices",
                 .type = ValueType::Count,
                 .help = "Instances that power_of_two_choices draws for each request.",
                 .min = count(1),
                 .max = count(1000)}),
            field<&ServiceSpec::callOrder>(
                {.key = "call_order",
                 .type = ValueType::Choice,
                 .help = "Whether the service makes its calls one after the other or all at once.",
                 .choices = {"one_by_one", "parallel"}}),
            field<&ServiceSpec::join>(
                {.key = "join",
                 .type = ValueType::Choice,
                 .help = "Which of the parallel calls must end well: all, any one, or a majority (quorum). The "
                         "others are cancelled then; when too many have failed, the request fails at once.",
                 .choices = {"all", "any", "quorum"}}),
            field<&ServiceSpec::joinCount>(
                {.key = "join_count",
                 .type = ValueType::Count,
                 .help = "So many of the parallel calls must end well, instead of what join says.",
                 .min = count(1),
                 .max = count(1'000'000),
                 .optional = true}),
            field<&ServiceSpec::slowdown, &SlowdownSpec::atBusy>(
                {.key = "slowdown.at_busy",
                 .type = ValueType::Probability,
                 .help = "Up to this share of busy workers work takes its time; from there on it slows down in a straight "
                         "line to factor when all are busy. Counted per instance when the work begins.",
                 .min = 0.0,
                 .max = 1.0,
                 .optional = true}),
            field<&ServiceSpec::slowdown, &SlowdownSpec::factor>(
                {.key = "slowdown.factor",
                 .type = ValueType::Number,
                 .help = "How many times as long work takes when all workers of the instance are busy; see at_busy.",
                 .min = 1.0,
                 .max = 1000.0,
                 .optional = true}),
            field<&ServiceSpec::slowdown, &SlowdownSpec::contention>(
                {.key = "slowdown.contention",
                 .type = ValueType::Number,
                 .help = "The alpha of the Universal Scalability Law: with n requests in service, work takes 1 + contention (n - 1) "
                         "+ coherency n (n - 1) times as long. What everybody waits for in turn, such as a lock; 0.02 caps the "
                         "throughput at 50 times that of one worker.",
                 .min = 0.0,
                 .max = 10.0}),
            field<&ServiceSpec::slowdown, &SlowdownSpec::coherency>(
                {.key = "slowdown.coherency",
                 .type = ValueType::Number,
                 .help = "The beta of the same law: what each pair must agree on, such as cache lines. Makes throughput fall "
                         "again beyond sqrt((1 - contention) / coherency) requests in service.",
                 .min = 0.0,
                 .max = 1.0}),
            field<&ServiceSpec::coldStart, &ColdStartSpec::factor>(
                {.key = "cold_start.factor",
                 .type = ValueType::Number,
                 .help = "How many times as long work takes when an instance has just started: at the beginning of the run and "
                         "after a crash. Falls in a straight line to 1.",
                 .min = 1.0,
                 .max = 1000.0,
                 .optional = true}),
            field<&ServiceSpec::coldStart, &ColdStartSpec::length>(
                {.key = "cold_start.for",
                 .type = ValueType::Duration,
                 .help = "How long an instance takes to get warm.",
                 .min = Duration(1ms),
                 .max = kLongest,
                 .optional = true}),
            field<&ServiceSpec::pause, &PauseSpec::every>(
                {.key = "pause.every",
                 .type = ValueType::Duration,
                 .help = "Time from the end of one pause to the beginning of the next. Each instance pauses by itself: no work goes on "
                         "and none begins, requests queue.",
                 .min = Duration(1ms),
                 .max = kLongest,
                 .optional = true}),
            field<&ServiceSpec::pause, &PauseSpec::length>(
                {.key = "pause.for",
                 .type = ValueType::Duration,
                 .help = "How long each pause lasts, such as a garbage collection that stops the world.",
                 .min = Duration(1us),
                 .max = Duration(1h),
                 .optional = true}),
            field<&ServiceSpec::pause, &PauseSpec::timing>(
                {.key = "pause.timing",
                 .type = ValueType::Choice,
                 .help = "random: the time between pauses is exponential with the mean every. fixed: it is always every; the "
                         "instances take turns.",
                 .choices = {"random", "fixed"}}),
        };
        s.conflict = serviceConflict;
        return s;
    }();
    return schema;
}

std::span<const NestedKey> serviceKeys()
{
    static constexpr std::array<NestedKey, 4> kKeys{{
        {"service_time", "How long a worker needs for a request: 10ms, or a distribution such as "
                         "{ lognormal: { p50: 12ms, p99: 60ms } } or { fit: { p50: 12ms, p95: 40ms, p99: 120ms } }. 10ms when it is "
                         "left out."},
        {"calls",
         "Calls that the service makes for each request after its own work, in the order that call_order says: "
         "[ { to: db, policies: db_client } ]. Its worker is held meanwhile."},
        {"endpoints",
         "A map of endpoints by name, kinds of requests with work of their own: { browse: { weight: 9 }, checkout: { service_time: "
         "40ms } }. They share the instances, workers and queues, so that a slow one takes them from the others."},
        {"recorded", "A recording whose answers are given instead of working: a JSON lines file "
                     "(.jsonl or .jsonl.gz), "
                     "relative to the scenario."},
    }};
    return kKeys;
}

const Schema &endpointSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<EndpointSettings>("endpoint", "Endpoint",
                                                "A kind of request of a service, with work of its own. All endpoints "
                                                "share the service's instances, workers and queues.");
        s.fields = {
            field<&EndpointSettings::weight>(
                {.key = "weight",
                 .type = ValueType::Number,
                 .help = "Calls that name no endpoint are spread over the endpoints in proportion to their weights, each by "
                         "chance; retries of a call stay with its endpoint. 0: only calls that name it.",
                 .min = 0.0,
                 .max = 1'000'000.0}),
            field<&EndpointSettings::errorRate>(
                {.key = "error_rate",
                 .type = ValueType::Probability,
                 .help = "Share of its requests that end in an error without any fault; the service's own error_rate when "
                         "it is left out.",
                 .min = 0.0,
                 .max = 1.0,
                 .optional = true}),
        };
        return s;
    }();
    return schema;
}

std::span<const NestedKey> endpointKeys()
{
    static constexpr std::array<NestedKey, 1> kKeys{{
        {"service_time", "How long a worker needs for a request to this endpoint, as the service_time of a service; the service's "
                         "own when it is left out."},
    }};
    return kKeys;
}

const Schema &clientSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<ClientSpec>("client", "Client",
                                          "A fleet of processes, each with its own policy state.");
        s.fields = {
            field<&ClientSpec::processes>(
                {.key = "processes",
                 .type = ValueType::Count,
                 .help = "Size of the fleet. Each process has its own breakers and budgets and "
                         "sees its share of the calls.",
                 .min = count(1),
                 .max = count(10'000)}),
            field<&ClientSpec::arrivals, &ArrivalSpec::startsAt>(
                {.key = "starts_at",
                 .type = ValueType::Duration,
                 .help = "When the client begins. A constant client makes its first call at this moment; without "
                         "the key its first call comes one interval after the start.",
                 .min = Duration(0),
                 .max = kLongest,
                 .optional = true}),
            field<&ClientSpec::meanRate>(
                {.key = "mean_rate",
                 .type = ValueType::Rate,
                 .help = "Makes all rates of the arrivals larger or smaller by one factor, so that their mean over the run (over one "
                         "period of a wave or of bursts) is this. The shape stays.",
                 .min = 0.0,
                 .max = 10'000'000.0,
                 .optional = true}),
            field<&ClientSpec::stopAfter>(
                {.key = "stop_after",
                 .type = ValueType::Count,
                 .help = "The client begins no more calls than this; with a worker, no more messages arrive.",
                 .min = count(1),
                 .max = count(1'000'000'000),
                 .optional = true}),
            field<&ClientSpec::worker, &WorkerSpec::workers>(
                {.key = "worker.workers",
                 .type = ValueType::Count,
                 .help = "Makes arrivals messages in a queue, from which so many workers take one at a time and make the call for "
                         "it. Worker w belongs to process w modulo processes.",
                 .min = count(1),
                 .max = count(1'000'000),
                 .optional = true}),
            field<&ClientSpec::worker, &WorkerSpec::visibilityTimeout>(
                {.key = "worker.visibility_timeout",
                 .type = ValueType::Duration,
                 .help = "A message that was taken and is not done after this time is delivered again, although its worker may "
                         "still be busy with it. Shorter than the slowest call: work is done twice.",
                 .min = Duration(1ms),
                 .max = kLongest}),
            field<&ClientSpec::worker, &WorkerSpec::maxDeliveries>(
                {.key = "worker.max_deliveries",
                 .type = ValueType::Count,
                 .help = "After so many deliveries a message goes to the dead-letter queue instead of being delivered once more.",
                 .min = count(1),
                 .max = count(1000)}),
            field<&ClientSpec::worker, &WorkerSpec::redeliveryDelay>(
                {.key = "worker.redelivery_delay",
                 .type = ValueType::Duration,
                 .help = "From a call that ended badly to the moment the message may be taken again. 0s: at once, so that an outage "
                         "uses up all deliveries in no time.",
                 .min = Duration(0),
                 .max = kLongest}),
            field<&ClientSpec::worker, &WorkerSpec::maxBacklog>(
                {.key = "worker.max_backlog",
                 .type = ValueType::Count,
                 .help = "Messages that may wait; one that arrives when so many do is lost, and counted.",
                 .min = count(1),
                 .max = count(100'000'000)}),
        };
        s.conflict = clientConflict;
        return s;
    }();
    return schema;
}

std::span<const NestedKey> clientKeys()
{
    static constexpr std::array<NestedKey, 2> kKeys{{
        {"arrivals",
         "When calls of the whole fleet begin: { poisson: 900/s }, { constant: 100/s }, "
         "{ recorded: file } or { closed_loop: { users: 10, think_time: { exponential: 1s } } }. Instead of a rate: steps or "
         "ramp with a list of { from, rate }, wave: { mean, swing, period } or burst: { rate, peak, every, for }.",
         true},
        {"calls", "The call that each arrival makes: [ { to: orders, policies: edge } ].", true},
    }};
    return kKeys;
}

const Schema &callSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<CallSpec>("call", "Call",
                                        "One call to a service through a stack of policies.");
        s.fields = {
            field<&CallSpec::to>({.key = "to",
                                  .type = ValueType::Text,
                                  .help = "The service that is called.",
                                  .required = true}),
            field<&CallSpec::policies>(
                {.key = "policies",
                 .type = ValueType::Text,
                 .help = "The policy stack around the call; none when it is left out."}),
            field<&CallSpec::endpoint>(
                {.key = "endpoint",
                 .type = ValueType::Text,
                 .help = "The endpoint of the called service. When it is left out and the service has endpoints, one is drawn "
                         "for each call by their weights."}),
            field<&CallSpec::copies>(
                {.key = "copies",
                 .type = ValueType::Count,
                 .help = "Makes the call so many times at once, as fan-out to shards or as a race between replicas; needs "
                         "call_order: parallel. With enough instances each copy goes to an instance of its own.",
                 .min = count(1),
                 .max = count(10'000)}),
            field<&CallSpec::priority>(
                {.key = "priority",
                 .type = ValueType::Count,
                 .help = "Place in the queue of the called service: 0 is served first, whoever came first.",
                 .min = count(0),
                 .max = count(7)}),
            field<&CallSpec::pool, &PoolSpec::size>(
                {.key = "pool.size",
                 .type = ValueType::Count,
                 .help = "Connections to the called service: a request needs one from its sending to its answer, and waits for one, "
                         "first come first served. Rule of thumb: calls per second times mean answer time in seconds, and some "
                         "room. A large pool only moves the queue to the service.",
                 .min = count(1),
                 .max = count(1'000'000),
                 .optional = true}),
            field<&CallSpec::pool, &PoolSpec::maxWait>(
                {.key = "pool.max_wait",
                 .type = ValueType::Duration,
                 .help = "A request that has waited so long for a connection ends as bulkhead_full. none: it waits as long as its "
                         "caller does.",
                 .min = Duration(0),
                 .max = Duration(1h),
                 .optional = true}),
            field<&CallSpec::pool, &PoolSpec::per>(
                {.key = "pool.per",
                 .type = ValueType::Choice,
                 .help = "Who shares the connections. process: each process of a client has its own; instance: each instance of a "
                         "calling service (another word for the same). fleet: all callers share one pool, as behind a pooling "
                         "proxy.",
                 .choices = {"process", "instance", "fleet"}}),
            field<&CallSpec::pool, &PoolSpec::abandoned>(
                {.key = "pool.abandoned",
                 .type = ValueType::Choice,
                 .help = "The connection of a request whose caller has stopped waiting. close: it is closed and another may be "
                         "opened at once, as HTTP clients do; the service may go on working and see more requests than the pool "
                         "has connections. hold: it stays taken until the service is done, as a thread holds a database "
                         "connection.",
                 .choices = {"close", "hold"}}),
            field<&CallSpec::deadline>(
                {.key = "deadline",
                 .type = ValueType::Choice,
                 .help = "own: the call has the time that its policies give it. propagate: the caller's remaining time goes with "
                         "it. When the caller's own caller has stopped waiting, the call ends and the request is given up; a request "
                         "that waits in a queue past its deadline is dropped when its turn comes.",
                 .choices = {"own", "propagate"}}),
        };
        s.conflict = callConflict;
        s.shorthand = "to";
        return s;
    }();
    return schema;
}

} // namespace halfopen
