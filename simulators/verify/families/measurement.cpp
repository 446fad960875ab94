// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/capacity_loss.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/world.h"
#include "simulators/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <regex>
#include <utility>

namespace halfopen::verify {

namespace {

// --- recording arithmetic

/// "10,000 x 1 ms then 1 x 100 s"
Samples readSamples(ModelReader &model)
{
    const std::string text = model.text("samples");
    static const std::regex part(R"(\s*([0-9][0-9,_]*) x ([0-9.]+) (us|ms|s)\s*)");
    Samples samples;
    std::size_t from = 0;
    while (from <= text.size()) {
        const std::size_t end = std::min(text.find(" then ", from), text.size());
        const std::string piece = text.substr(from, end - from);
        std::smatch match;
        if (!std::regex_match(piece, match, part))
            model.refuse("samples", "has the part \"" + piece + "\", which is not understood");
        std::string digits;
        for (const char c : match[1].str())
            if (c >= '0' && c <= '9')
                digits += c;
        const double scale = match[3] == "s" ? 1 : match[3] == "ms" ? 1e-3 : 1e-6;
        const Duration value = secondsToDuration(std::stod(match[2]) * scale);
        const std::int64_t count = std::stoll(digits);
        if (count > 100'000'000)
            model.refuse("samples", "are too many");
        samples.add(value.count(), static_cast<std::uint64_t>(count));
        from = end + 6;
    }
    return samples;
}

Answers measureRecording(CaseInput &input)
{
    ModelReader &model = input.model;
    const Samples samples = readSamples(model);
    const Duration interval = model.duration("expected_interval_s");
    model.oneOf("correction",
                {"for a value v > interval also record v-interval, v-2*interval, ... while >= interval"});
    input.finish();
    if (interval.count() <= 0)
        model.refuse("expected_interval_s", "is not above 0");
    auto plain = std::make_shared<Samples>(samples);
    auto corrected = std::make_shared<Samples>(samples.correctedForCoordinatedOmission(interval.count()));
    return [plain, corrected](const std::string &metric) -> Json {
        for (const auto &[prefix, which] : {std::pair(std::string_view("uncorrected."), plain),
                                            std::pair(std::string_view("corrected."), corrected)})
            if (metric.starts_with(prefix))
                if (const auto value = which->statistic(metric.substr(prefix.size())))
                    return *value;
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

// --- a stall, seen by two kinds of client

/// "closed loop, 1 client, paced"
std::int64_t clientsIn(const std::string &kind)
{
    static const std::regex form(R"(closed loop, ([0-9]+) clients?, paced)");
    std::smatch match;
    return std::regex_match(kind, match, form) ? std::stoll(match[1]) : 0;
}

struct StallWorkload {
    ClientSpec client;
    std::optional<Instant> lastStart; ///< calls that begin later do not count
    Duration length{};                ///< of the workload
};

StallWorkload readOpenWorkload(ModelReader &workload)
{
    StallWorkload w;
    workload.oneOf("arrivals", {"constant interval"});
    const Duration interval = workload.duration("interval_s");
    if (interval.count() <= 0)
        workload.refuse("interval_s", "is not above 0");
    w.client = poissonClient(1e9 / static_cast<double>(interval.count()), "server");
    w.client.arrivals.kind = ArrivalSpec::Kind::Constant;
    w.client.arrivals.startsAt = workload.has("first_at_s") ? workload.duration("first_at_s") : interval;
    w.client.stopAfter = workload.count("count");
    if (*w.client.stopAfter < 1 || *w.client.stopAfter > 100'000'000)
        workload.refuse("count", "is out of range");
    w.length = *w.client.arrivals.startsAt + secondsToDuration(toSeconds(interval) * static_cast<double>(*w.client.stopAfter));
    return w;
}

StallWorkload readPacedWorkload(ModelReader &workload, std::int64_t clients)
{
    StallWorkload w;
    w.client = poissonClient(1, "server");
    w.client.arrivals.kind = ArrivalSpec::Kind::ClosedLoop;
    w.client.arrivals.users = clients;
    w.client.arrivals.pace = workload.duration("period_s");
    if (w.client.arrivals.pace->count() < 1000)
        workload.refuse("period_s", "is shorter than 1 us");
    const std::string behaviour = workload.text("behaviour");
    static const std::regex form(R"(scheduled sends at 0, [0-9.]+, [0-9.]+ \.\.\. \(last slot ([0-9.]+)\); a slot that )"
                                 R"(falls before the previous response is skipped, not made up)");
    std::smatch match;
    if (!std::regex_match(behaviour, match, form))
        workload.refuse("behaviour", "is not understood");
    w.lastStart = Instant(secondsToDuration(std::stod(match[1])));
    w.length = w.lastStart->sinceStart() + *w.client.arrivals.pace;
    return w;
}

Answers measureStall(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader workload = model.child("workload");
    const std::string kind = workload.text("kind");
    const std::int64_t clients = clientsIn(kind);
    if (kind != "open loop" && clients == 0)
        workload.refuse("kind", "is \"" + kind + "\", which is not understood");
    StallWorkload w = clients > 0 ? readPacedWorkload(workload, clients) : readOpenWorkload(workload);
    ServiceSpec server = unlimitedService("server");
    server.queue = ServiceSpec::kUnlimitedQueue; // where requests wait while the service is frozen
    for (ModelReader *place : {&model, &workload})
        place->oneOf("latency", {clients > 0 ? "from actual send to completion" : "from intended send to completion"});
    if (model.isNumber("concurrency"))
        server.workers = model.count("concurrency");
    else
        model.oneOf("concurrency", {"unlimited"});
    if (server.workers < 1 || server.workers > ServiceSpec::kUnlimitedWorkers)
        model.refuse("concurrency", "is out of range");
    model.oneOf("stall_semantics", {"service does not start any work in [stall_start, stall_end); running work completes; "
                                    "unlimited concurrency"});
    ModelReader law = model.child("service");
    server.serviceTime = readLaw(law);
    ModelReader stall = model.child("stall");
    const Duration from = stall.duration("start_s");
    const Duration to = stall.has("duration_s") ? from + stall.duration("duration_s") : stall.duration("end_s");
    if (stall.has("duration_s") && stall.has("end_s") && stall.duration("end_s") != to)
        stall.refuse("end_s", "is not start_s plus duration_s");
    if (to <= from)
        stall.refuse("end_s", "is not after start_s");
    const std::int64_t replications = input.replications();
    input.finish();

    Scenario scenario;
    scenario.name = "stall";
    FaultSpec fault;
    fault.type = standardVocabulary().findFault("capacity_loss");
    fault.settings = Settings(fault.type->schema());
    fault.on = "server";
    fault.from = from;
    fault.length = to - from;
    scenario.faults = {std::move(fault)};
    const double longest = toSeconds(std::max(w.length, to));
    needRunnable(static_cast<double>(w.client.stopAfter.value_or(0)) * static_cast<double>(replications));
    const double toEnd = longest + 100 * toSeconds(server.serviceTime.quantile(1 - 1e-9)) + 1;
    scenario.duration = secondsToDuration(std::max(longest, std::min(kMostSeconds, toEnd)));
    scenario.services = {std::move(server)};
    scenario.clients = {w.client};
    auto latencies = std::make_shared<Samples>();
    for (std::int64_t i = 0; i < replications; ++i) {
        const WorldRun run = runWorld(scenario, {.seed = input.seed + static_cast<std::uint64_t>(i)});
        for (const LoggedCall &call : run.calls.front())
            if (!w.lastStart || call.startNs <= w.lastStart->ns())
                latencies->add(call.latencyNs);
    }
    return [latencies](const std::string &metric) -> Json {
        if (const auto value = latencies->statistic(metric))
            return *value;
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

// --- outages, seen by operators and by users

Answers measureOutages(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader outages = model.child("outages");
    const Distribution law = readLaw(outages, "duration_distribution");
    model.oneOf("arrivals",
                {"Poisson, fast compared with the outages; a request arriving in an outage waits until it ends"});
    std::int64_t count = input.run.count("outages");
    if (model.has("outage_count") && model.count("outage_count") != count)
        model.refuse("outage_count", "differs from 'run.outages'");
    if (count < 1 || count > 1'000'000'000)
        model.refuse("outage_count", "is out of range");
    count = input.shortened(count * input.replications());
    needRunnable(static_cast<double>(count));
    input.finish();
    // Requests arrive evenly over an outage of length x, so those of it wait x / 2 on average, and there are in
    // proportion to x of them.
    const RandomStream random(input.seed, "outages");
    long double sum = 0;
    long double squares = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const long double seconds =
            static_cast<long double>(toSeconds(law.sample(random.draw(static_cast<std::uint64_t>(i), 0))));
        sum += seconds;
        squares += seconds * seconds;
    }
    return tableOf({{"mean_outage_s", static_cast<double>(sum / static_cast<long double>(count))},
                    {"mean_outage_seen_by_arrivals_s", static_cast<double>(squares / sum)},
                    {"mean_remaining_outage_seen_by_arrivals_s", static_cast<double>(squares / 2 / sum)}});
}

} // namespace

std::span<const Family> measurementFamilies()
{
    static constexpr Family kRows[] = {
        {"recording", [](const Json &model) { return hasKeys(model, {"samples", "expected_interval_s"}); },
         &measureRecording},
        {"stall", [](const Json &model) { return hasKeys(model, {"workload", "stall"}); }, &measureStall},
        {"outages", [](const Json &model) { return hasKeys(model, {"outages", "arrivals"}); }, &measureOutages},
    };
    return kRows;
}

} // namespace halfopen::verify
