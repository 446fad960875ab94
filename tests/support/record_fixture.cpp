// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/record_fixture.h"

namespace halfopen::test {

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kBuckets = 12;
constexpr Duration kWidth = 5s;

struct Load {
    std::uint64_t success, fallback, timeout, refused, innerAttempts;
};
constexpr Load kQuiet = {100, 0, 0, 0, 100};
constexpr Load kFault = {60, 10, 20, 10, 180};

std::size_t index(OutcomeKind kind)
{
    return static_cast<std::size_t>(kind);
}

std::shared_ptr<const Scenario> makeScenario(const std::string &name)
{
    auto scenario = std::make_shared<Scenario>();
    scenario->path = "fixture.yaml";
    scenario->name = name;
    scenario->question = "Does the breaker save the database?";
    scenario->text = "# Question: Does the breaker save the database?\nname: \"" + name + "\"\n";
    scenario->seed = 42;
    scenario->duration = 60s;
    ServiceSpec shop, db;
    shop.name = "shop";
    shop.instances = 3;
    shop.workers = 8;
    shop.calls = {{.to = "db", .policies = "db_client"}};
    db.name = "db";
    db.instances = 1;
    db.workers = 4;
    scenario->services = {shop, db};
    ClientSpec web;
    web.name = "web";
    web.processes = 3;
    web.calls = {{.to = "shop", .policies = ""}};
    scenario->clients = {web};
    return scenario;
}

/// One bucket of an edge, and the same calls added to the edge's totals.
EdgeBucket fillEdge(const Load &load, std::uint64_t attempts, EdgeTotals &totals)
{
    const std::uint64_t offered = load.success + load.fallback + load.timeout + load.refused;
    Histogram good, bad, delays;
    good.record(10'000'000, load.success);
    good.record(1'000'000, load.fallback);
    bad.record(250'000'000, load.timeout);
    bad.record(0, load.refused);
    const std::uint64_t retries = attempts > offered ? attempts - offered : 0;
    delays.record(50'000'000, retries);

    EdgeBucket bucket;
    bucket.offered = offered;
    bucket.ended[index(OutcomeKind::Success)] = load.success;
    bucket.ended[index(OutcomeKind::Fallback)] = load.fallback;
    bucket.ended[index(OutcomeKind::Timeout)] = load.timeout;
    bucket.ended[index(OutcomeKind::CircuitBreakerOpen)] = load.refused;
    bucket.attempts = attempts;
    bucket.retries = retries;
    bucket.late = load.timeout;
    bucket.goodLatency = SparseHistogram(good);
    bucket.badLatency = SparseHistogram(bad);
    bucket.retryDelay = SparseHistogram(delays);

    totals.offered += offered;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        totals.ended[kind] += bucket.ended[kind];
    totals.attempts += attempts;
    totals.retries += retries;
    totals.late += bucket.late;
    totals.goodLatency.merge(good);
    totals.badLatency.merge(bad);
    totals.retryDelay.merge(delays);
    return bucket;
}

ServiceBucket fillService(const Load &load, std::uint64_t arrivals, ServiceTotals &totals)
{
    ServiceBucket bucket;
    bucket.arrivals = arrivals;
    bucket.started = arrivals;
    bucket.completed = arrivals;
    bucket.wasted = load.timeout;
    bucket.busyNs = static_cast<std::int64_t>(arrivals) * 10'000'000; // 10 ms of one worker each
    bucket.queuedNs = load.timeout > 0 ? kWidth.count() * 6 : 0;      // 6 requests waiting
    bucket.queueMax = load.timeout > 0 ? 9 : 0;
    totals.arrivals += bucket.arrivals;
    totals.started += bucket.started;
    totals.completed += bucket.completed;
    totals.wasted += bucket.wasted;
    totals.busyNs += bucket.busyNs;
    totals.queuedNs += bucket.queuedNs;
    totals.queueMax = std::max(totals.queueMax, bucket.queueMax);
    totals.wait.record(1'000'000, arrivals);
    totals.service.record(10'000'000, arrivals);
    return bucket;
}

void fillBuckets(RunRecord &record)
{
    record.edgeTotals.resize(record.edges.size());
    record.serviceTotals.resize(record.services.size());
    for (std::int64_t i = 0; i < kBuckets; ++i) {
        const Load &load = i >= 4 && i < 8 ? kFault : kQuiet;
        auto bucket = std::make_shared<TimeBucket>();
        bucket->from = Instant(kWidth * i);
        bucket->width = kWidth;
        bucket->edges = {fillEdge(load, 100, record.edgeTotals[0]),
                         fillEdge(load, load.innerAttempts, record.edgeTotals[1])};
        bucket->services = {fillService(load, 100, record.serviceTotals[0]),
                            fillService(load, load.innerAttempts, record.serviceTotals[1])};
        record.buckets.append(bucket);
    }
}

void fillBreakers(RunRecord &record)
{
    for (std::uint32_t process = 0; process < 3; ++process)
        record.breakers.push_back({.name = "db_client.1[" + std::to_string(process) + "]",
                                   .edge = 1,
                                   .layer = 1,
                                   .process = process});
    TransitionReason tripped;
    tripped.kind = TransitionReason::Kind::FailureRate;
    tripped.observed = 0.524;
    tripped.threshold = 0.5;
    tripped.windowCalls = 21;
    tripped.windowFailures = 11;
    tripped.hasDecidingCall = true;
    tripped.decidingCall = 8812;
    tripped.decidingOutcome = OutcomeKind::Timeout;
    TransitionReason waited;
    waited.kind = TransitionReason::Kind::RecoveryTimeoutElapsed;
    waited.observed = 5;
    waited.threshold = 5;
    TransitionReason recovered;
    recovered.kind = TransitionReason::Kind::TrialsSucceeded;
    recovered.observed = 3;
    recovered.threshold = 3;
    record.transitions.append(
        {Instant(20'500ms), 1, BreakerState::Closed, BreakerState::Open, tripped});
    record.transitions.append(
        {Instant(25'500ms), 1, BreakerState::Open, BreakerState::HalfOpen, waited});
    record.transitions.append(
        {Instant(26'100ms), 1, BreakerState::HalfOpen, BreakerState::Closed, recovered});
    const std::int64_t all = record.now.ns();
    const std::int64_t open = Duration(5s).count(), half = Duration(600ms).count();
    record.breakerNsInState = {
        {all, 0, 0, 0, 0, 0}, {all - open - half, open, half, 0, 0, 0}, {all, 0, 0, 0, 0, 0}};
}

} // namespace

RunRecord makeRecord(const std::string &name)
{
    RunRecord record;
    record.scenario = makeScenario(name);
    record.seed = 42;
    record.version = "0.1.0";
    record.runId = "fixture-42";
    record.duration = 60s;
    record.bucketWidth = kWidth;
    record.now = Instant(60s);
    record.end = RunEnd::Finished;
    record.events = 5432;
    record.fingerprint = 0x00c0ffee12345678;
    record.edges = {{.name = "web -> shop",
                     .from = "web",
                     .to = "shop",
                     .stack = "",
                     .client = 0,
                     .processes = 3},
                    {.name = "shop -> db",
                     .from = "shop",
                     .to = "db",
                     .stack = "db_client",
                     .client = std::nullopt,
                     .processes = 3}};
    record.services = {"shop", "db"};
    record.faultWindows = {
        {.from = Instant(20s), .to = Instant(40s), .fault = 0, .label = "db: latency +400 ms"}};
    fillBuckets(record);
    fillBreakers(record);
    for (int i = 0; i < 40; ++i)
        record.retryPoints.append(
            {Instant(20s + 500ms * i), 50ms + 5ms * i, 1, static_cast<std::uint16_t>(2 + i % 2)});
    record.changes.append({.at = Instant(30s),
                           .path = "policies.db_client.0.max_attempts",
                           .before = "3",
                           .after = "2"});
    return record;
}

std::vector<ExpectationResult> makeExpectations()
{
    ExpectationResult met;
    met.expectation = {.metric = "goodput",
                       .comparison = ExpectationSpec::Comparison::GreaterOrEqual,
                       .value = 0.85,
                       .valueText = ">= 85%",
                       .of = "web",
                       .from = std::nullopt,
                       .to = std::nullopt,
                       .why = "",
                       .place = {12, 5}};
    met.met = true;
    met.got = 0.9;
    met.gotText = "90.0 %";
    met.sentence = "goodput 90.0 % of web, expected >= 85%";
    ExpectationResult missed = met;
    missed.expectation.metric = "p99";
    missed.expectation.valueText = "<= 100ms";
    missed.expectation.from = Duration(20s);
    missed.expectation.why = "users leave after 100 ms & don't come back";
    missed.expectation.place = {13, 5};
    missed.met = false;
    missed.got = 0.25;
    missed.gotText = "250 ms";
    missed.sentence = "p99 250 ms of web from 20 s on, expected <= 100ms";
    return {met, missed};
}

} // namespace halfopen::test
