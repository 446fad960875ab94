// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scenario_text.h"

#include "core/base/units.h"
#include "core/traces/recording.h"
#include "simulators/vocabulary.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace halfopen::test {

std::string designExample()
{
    return "# Question: does the breaker save the database, or only hide it?   Watch: goodput "
           "after t = 80 s.\n"
           "halfopen: 1\n"
           "name: retry-storm-after-a-brownout\n"
           "seed: 42\n"
           "duration: 3m\n"
           "services:\n"
           "  orders-db: { instances: 3, workers: 20, queue: 100, service_time: { lognormal: { "
           "p50: 12ms, p99: 60ms } }, "
           "keeps_working_for_departed_callers: true }\n"
           "  orders:    { instances: 4, workers: 64, service_time: 2ms, calls: [ { to: orders-db, "
           "policies: db_client } ] }\n"
           "clients:\n"
           "  web: { processes: 40, arrivals: { poisson: 900/s }, calls: [ { to: orders, policies: "
           "edge } ] }\n"
           "policies:\n"
           "  edge:      [ { timeout: 1s } ]\n"
           "  db_client:                       # outermost first\n"
           "    - fallback: { cached: { max_age: 30s } }\n"
           "    - retry: { max_attempts: 3, initial_delay: 50ms, max_delay: 2s, jitter: full, "
           "budget: { ratio: 10% } }\n"
           "    - circuit_breaker: { failure_rate_threshold: 50%, window: { kind: time, size: 10s, "
           "minimum_calls: 20 }, "
           "recovery_timeout: 5s, success_threshold: 3 }\n"
           "    - timeout: 250ms\n"
           "faults:\n"
           "  - { on: orders-db, from: 60s, for: 20s, latency: { add: 400ms } }\n"
           "expect:\n"
           "  - { goodput: \">= 95%\", from: 100s, why: \"recovers within 20 s of the trigger's "
           "end\" }\n"
           "  - { p99: \"<= 800ms\", of: web }\n";
}

std::string smallWorld(std::string_view more)
{
    return "halfopen: 1\n"
           "services:\n"
           "  db: { workers: 4 }\n"
           "clients:\n"
           "  web: { arrivals: { poisson: 10/s }, calls: [ { to: db } ] }\n" +
           std::string(more);
}

std::string diagnosticsOf(std::string_view text, const std::vector<Override> &overrides)
{
    std::string all;
    for (const Diagnostic &diagnostic :
         loadScenarioText(text, "s.yaml", standardVocabulary(), overrides).diagnostics)
        all += diagnostic.text();
    return all;
}

std::shared_ptr<const Scenario> loaded(std::string_view text,
                                       const std::vector<Override> &overrides)
{
    LoadResult result = loadScenarioText(text, "s.yaml", standardVocabulary(), overrides);
    if (!result.ok()) {
        for (const Diagnostic &diagnostic : result.diagnostics)
            std::fputs(diagnostic.text().c_str(), stderr);
        std::abort();
    }
    return result.scenario;
}

namespace {

class Listing {
public:
    void add(const std::string &key, const std::string &value)
    {
        m_text += key + " = " + value + "\n";
    }
    void add(const std::string &key, std::int64_t value) { add(key, std::to_string(value)); }
    void add(const std::string &key, double value) { add(key, std::to_string(value)); }
    void add(const std::string &key, Duration value) { add(key, formatDuration(value)); }
    void add(const std::string &key, const std::optional<Duration> &value)
    {
        add(key, value ? formatDuration(*value) : std::string("none"));
    }
    void add(const std::string &key, const std::vector<CallSpec> &calls)
    {
        for (const CallSpec &call : calls)
            add(key, call.to + (call.endpoint.empty() ? "" : "/" + call.endpoint) + " through " + call.policies);
    }
    void add(const std::string &key, const Settings &settings)
    {
        for (const Field &field : settings.schema().fields)
            add(key + "." + std::string(field.key), formatValue(field, settings.get(field)));
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

void list(const ServiceSpec &service, Listing &into)
{
    const std::string key = "service " + service.name + ".";
    into.add(key + "instances", service.instances);
    into.add(key + "workers", service.workers);
    into.add(key + "queue", service.queue);
    into.add(key + "service_time", service.serviceTime.describe());
    into.add(key + "error_rate", service.errorRate);
    into.add(key + "keeps_working", std::int64_t{service.keepsWorkingForDepartedCallers});
    into.add(key + "balancing", static_cast<std::int64_t>(service.balancing));
    into.add(key + "calls", service.calls);
    into.add(key + "recorded", service.recordingFile);
    for (const EndpointSpec &endpoint : service.endpoints) {
        into.add(key + endpoint.name + ".weight", endpoint.weight);
        into.add(key + endpoint.name + ".service_time", endpoint.serviceTime.describe());
        into.add(key + endpoint.name + ".error_rate", endpoint.errorRate);
    }
}

void list(const ClientSpec &client, Listing &into)
{
    const std::string key = "client " + client.name + ".";
    into.add(key + "processes", client.processes);
    into.add(key + "arrivals.kind", static_cast<std::int64_t>(client.arrivals.kind));
    into.add(key + "arrivals.ramp", std::int64_t{client.arrivals.ramp});
    for (const ArrivalSpec::Point &point : client.arrivals.points)
        into.add(key + "arrivals from " + formatDuration(point.from), point.perSecond);
    into.add(key + "recorded", client.arrivals.recordingFile);
    into.add(key + "calls", client.calls);
}

} // namespace

std::string listing(const Scenario &scenario)
{
    Listing into;
    into.add("name", scenario.name);
    into.add("seed", static_cast<std::int64_t>(scenario.seed));
    into.add("duration", scenario.duration);
    for (const ServiceSpec &service : scenario.services)
        list(service, into);
    for (const ClientSpec &client : scenario.clients)
        list(client, into);
    for (const PolicyStackSpec &stack : scenario.stacks)
        for (std::size_t i = 0; i < stack.layers.size(); ++i)
            into.add(stack.name + "." + std::to_string(i) + " " +
                         std::string(stack.layers[i].type->key()),
                     stack.layers[i].settings);
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
        const FaultSpec &fault = scenario.faults[i];
        const std::string key = "fault " + std::to_string(i) + " " + std::string(fault.type->key());
        into.add(key, fault.on + " " + (fault.instance ? std::to_string(*fault.instance) : "all"));
        for (const std::int64_t instance : fault.instances)
            into.add(key + ".instances", instance);
        for (const std::string &caller : fault.callers)
            into.add(key + ".caller", caller);
        if (!fault.endpoint.empty())
            into.add(key + ".endpoint", fault.endpoint);
        if (!fault.name.empty())
            into.add(key + ".name", fault.name);
        into.add(key + ".first_requests", fault.firstRequests.value_or(0));
        into.add(key + ".every_nth", fault.everyNth.value_or(0));
        into.add(key + ".bursts.on", fault.burstOn);
        into.add(key + ".bursts.off", fault.burstOff);
        into.add(key + ".ramp_up", fault.rampUp);
        into.add(key + ".ramp_down", fault.rampDown);
        into.add(key + ".wave.period", fault.wavePeriod);
        into.add(key + ".wave.low", fault.waveLow);
        into.add(key + ".from", fault.from);
        into.add(key + ".for", fault.length);
        into.add(key + ".every", fault.every);
        into.add(key, fault.settings);
    }
    for (const ExpectationSpec &expectation : scenario.expectations) {
        into.add("expect " + expectation.metric + " of " + expectation.of,
                 expectation.valueText + " why " + expectation.why);
        into.add("  value", expectation.value);
        into.add("  from", expectation.from);
        into.add("  to", expectation.to);
    }
    return into.take();
}

std::string readFile(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace halfopen::test
