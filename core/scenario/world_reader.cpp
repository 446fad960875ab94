// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/fault_reader.h"
#include "core/scenario/world_reader.h"

#include "core/base/portable_math.h"
#include "core/scenario/expectation_reader.h"
#include "core/scenario/flow_text.h"
#include "core/scenario/mean_rate.h"
#include "core/scenario/settings_reader.h"
#include "core/scenario/text_tools.h"
#include "core/scenario/world_schema.h"
#include "core/settings/defaults.h"
#include "core/traces/json_lines_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kServicesMax = 1000;
constexpr std::size_t kEndpointsMax = 100; // of one service: each has histograms of its own
constexpr std::size_t kClientsMax = 1000;
constexpr std::size_t kStacksMax = 1000;
constexpr std::size_t kLayersMax = 16;
constexpr std::size_t kCallsMax = 100;
constexpr std::size_t kFaultsMax = 1000;
constexpr std::size_t kExpectationsMax = 1000;
constexpr std::size_t kRatePointsMax = 10'000;
constexpr std::size_t kNameLettersMax = 64;

bool isNameLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

class WorldReader {
public:
    WorldReader(const std::filesystem::path &path, const Vocabulary &vocabulary, Problems &problems)
        : m_path(path), m_vocabulary(vocabulary), m_problems(problems)
    {}

    Scenario read(const YamlNode &root)
    {
        if (!root.isMap()) {
            m_problems.error(
                root, root.isNull() ? "the scenario is empty" : "a scenario is a map of keys",
                "begin with halfopen: 1, services and clients");
            return {};
        }
        WorldSettings world;
        readSettings(root, worldSchema(), &world, m_problems, "the scenario", worldKeys());
        Scenario scenario;
        scenario.path = m_path.string();
        scenario.name = world.name.empty() ? m_path.stem().string() : world.name;
        scenario.seed = static_cast<std::uint64_t>(world.seed);
        scenario.duration = world.duration;
        m_isDurationKnown = m_problems.isSound(root, "duration");
        if (const YamlNode *node = root.find("services"))
            readServices(*node, scenario);
        if (const YamlNode *node = root.find("clients"))
            readClients(*node, scenario);
        if (const YamlNode *node = root.find("policies"))
            readStacks(*node, scenario);
        if (const YamlNode *node = root.find("faults"))
            readFaults(*node, scenario);
        if (const YamlNode *node = root.find("expect");
            node && isList(*node, kExpectationsMax, "a list of expectations"))
            for (const YamlNode &item : node->children)
                if (std::optional<ExpectationSpec> expectation = readExpectation(item, m_problems))
                    scenario.expectations.push_back(*std::move(expectation));
        return scenario;
    }

private:
    bool isList(const YamlNode &node, std::size_t max, std::string_view expected)
    {
        if (node.isNull())
            return false; // "faults:" with nothing behind it is an empty list
        return node.isSequence() ? isWithinLimit(node, max)
                                 : reportKind(node, expected, m_problems);
    }
    bool isNamedMap(const YamlNode &node, std::size_t max, std::string_view expected)
    {
        if (!node.isMap() || node.children.empty())
            return reportKind(node, expected, m_problems);
        for (const YamlNode &entry : node.children) {
            if (entry.key.size() > kNameLettersMax)
                m_problems.errorAtKey(entry, "the name is longer than " +
                                                 std::to_string(kNameLettersMax) + " letters");
            else if (!std::all_of(entry.key.begin(), entry.key.end(), isNameLetter))
                m_problems.errorAtKey(entry, "'" + entry.key + "' is not a name",
                                      "names have letters a to z, digits, '-' and '_'");
        }
        return isWithinLimit(node, max);
    }
    bool isWithinLimit(const YamlNode &node, std::size_t max)
    {
        if (node.children.size() <= max)
            return true;
        m_problems.errorAtKey(node, "'" + node.key + "' has " +
                                        std::to_string(node.children.size()) +
                                        " entries, expected at most " + std::to_string(max));
        return false;
    }

    std::vector<CallSpec> readCalls(const YamlNode &node)
    {
        std::vector<CallSpec> calls;
        if (!isList(node, kCallsMax, "a list such as [ { to: orders, policies: edge } ]"))
            return calls;
        for (const YamlNode &item : node.children) {
            CallSpec call;
            readSettings(item, callSchema(), &call, m_problems, "a call");
            calls.push_back(std::move(call));
        }
        return calls;
    }

    std::shared_ptr<const Recording> readFile(const YamlNode &node, std::string &file)
    {
        if (!node.isScalar() || node.scalar.empty()) {
            reportKind(node, "the name of a recording (.jsonl or .jsonl.gz)", m_problems);
            return nullptr;
        }
        file = node.scalar;
        const std::filesystem::path named(node.scalar);
        const std::filesystem::path full =
            named.is_absolute() ? named : m_path.parent_path() / named;
        Result<std::shared_ptr<const Recording>> recording = readSharedRecording(full);
        if (recording)
            return *std::move(recording);
        m_problems.error(node, recording.error().message,
                         "file names are relative to the scenario");
        return nullptr;
    }

    void readServices(const YamlNode &node, Scenario &scenario)
    {
        if (!isNamedMap(
                node, kServicesMax,
                "a map of services, for example orders: { workers: 8, service_time: 10ms }"))
            return;
        for (const YamlNode &entry : node.children) {
            ServiceSpec service;
            readSettings(entry, serviceSchema(), &service, m_problems,
                         "service '" + entry.key + "'", serviceKeys());
            service.name = entry.key;
            readServiceTime(entry, entry.key, service.serviceTime, service.serviceTimeText, scenario);
            if (const YamlNode *endpoints = entry.find("endpoints"))
                readEndpoints(*endpoints, service, scenario);
            if (const YamlNode *calls = entry.find("calls")) {
                service.calls = readCalls(*calls);
                if (m_problems.isSound(entry)) // not against the default of what could not be read
                    checkCopies(*calls, service);
            }
            if (const YamlNode *file = entry.find("recorded")) {
                service.recording = readFile(*file, service.recordingFile);
                refuseBesideRecording(entry);
            }
            scenario.services.push_back(std::move(service));
        }
    }
    /// Leaves \a time and \a text as they are when \a node gives none.
    void readServiceTime(const YamlNode &node, const std::string &of, Distribution &time, std::string &text,
                         Scenario &scenario)
    {
        const YamlNode *given = node.find("service_time");
        if (!given)
            return;
        time = readDistribution(*given, m_problems);
        text = flowText(*given);
        if (const std::optional<QuantileFit> fit = readFit(*given, m_problems))
            scenario.notes.push_back("fitted service time of " + of + ": " + describeFit(*fit));
    }
    /// The rest of \a service is read: it has what its endpoints leave out.
    void readEndpoints(const YamlNode &node, ServiceSpec &service, Scenario &scenario)
    {
        if (!isNamedMap(node, kEndpointsMax, "a map of endpoints, for example checkout: { weight: 1, service_time: 40ms }"))
            return;
        double weights = 0;
        for (const YamlNode &entry : node.children) {
            EndpointSettings settings;
            readSettings(entry, endpointSchema(), &settings, m_problems, "endpoint '" + entry.key + "'", endpointKeys());
            EndpointSpec endpoint{.name = entry.key,
                                  .weight = settings.weight,
                                  .serviceTime = service.serviceTime,
                                  .serviceTimeText = service.serviceTimeText,
                                  .errorRate = settings.errorRate.value_or(service.errorRate)};
            readServiceTime(entry, service.name + "/" + entry.key, endpoint.serviceTime, endpoint.serviceTimeText, scenario);
            service.endpoints.push_back(std::move(endpoint));
            weights += settings.weight;
        }
        if (weights <= 0)
            m_problems.errorAtKey(node, "all endpoints of '" + service.name + "' have the weight 0",
                                  "a call that names none must go somewhere: give one of them a weight");
    }
    void checkCopies(const YamlNode &calls, const ServiceSpec &service)
    {
        std::int64_t all = 0;
        for (std::size_t i = 0; i < service.calls.size() && i < calls.children.size(); ++i) {
            all += service.calls[i].copies;
            if (service.calls[i].copies > 1 && service.callOrder == ServiceSpec::CallOrder::OneByOne)
                m_problems.error(calls.children[i], "'copies' needs call_order: parallel beside the calls",
                                 "the copies are made at once, which one_by_one excludes");
        }
        if (service.joinCount && *service.joinCount > all)
            m_problems.error(calls, "'join_count' is " + std::to_string(*service.joinCount) + ", but only "
                                        + std::to_string(all) + " calls are made",
                             "lower it, or make more calls or copies");
    }
    void refuseBesideRecording(const YamlNode &service)
    {
        for (const YamlNode &entry : service.children) {
            if (entry.key == "service_time" || entry.key == "error_rate" || entry.key == "calls"
                || entry.key == "slowdown" || entry.key == "cold_start" || entry.key == "pause" || entry.key == "endpoints")
                m_problems.errorAtKey(
                    entry, "'" + entry.key + "' and 'recorded' exclude each other in service '" +
                               service.key + "': a recorded service gives the answers of its file");
            else if (entry.key == "workers" || entry.key == "queue")
                m_problems.warningAtKey(entry, "'" + entry.key +
                                                   "' has no effect on the recorded service '" +
                                                   service.key + "': nothing waits in it");
        }
    }

    void readClients(const YamlNode &node, Scenario &scenario)
    {
        if (!isNamedMap(node, kClientsMax,
                        "a map of clients, for example web: { arrivals: { poisson: 100/s }, calls: "
                        "[ { to: orders } ] }"))
            return;
        for (const YamlNode &entry : node.children) {
            const std::size_t errorsBefore = m_problems.errorCount();
            ClientSpec client;
            readSettings(entry, clientSchema(), &client, m_problems, "client '" + entry.key + "'",
                         clientKeys());
            client.name = entry.key;
            if (const YamlNode *arrivals = entry.find("arrivals")) {
                const std::optional<Duration> startsAt = client.arrivals.startsAt;
                client.arrivals = readArrivals(*arrivals);
                client.arrivals.startsAt = startsAt;
                if (startsAt && client.arrivals.kind == ArrivalSpec::Kind::Recorded)
                    m_problems.error(*entry.find("starts_at"), "'starts_at' cannot move the arrivals of a recording",
                                     "leave it out: a recording begins with its first attempt");
            }
            if (const YamlNode *rate = entry.find("mean_rate"); rate && client.meanRate && m_isDurationKnown && m_problems.errorCount() == errorsBefore) {
                const Duration start = client.arrivals.startsAt.value_or(Duration(0));
                const Duration length = std::max(scenario.duration - start, Duration(0));
                if (const auto problem = scaleToMean(client.arrivals, *client.meanRate, length))
                    m_problems.errorAtKey(*rate, "'mean_rate' does not fit these arrivals: " + *problem);
            }
            if (client.worker.isThere() && client.arrivals.kind == ArrivalSpec::Kind::ClosedLoop)
                m_problems.errorAtKey(*entry.find("worker"), "'worker' and 'closed_loop' exclude each other",
                                      "the arrivals of a worker's messages do not wait for anybody: use poisson or constant");
            if (const YamlNode *calls = entry.find("calls")) {
                client.calls = readCalls(*calls);
                if (calls->isNull() || (calls->isSequence() && calls->children.empty()))
                    m_problems.error(
                        *calls, "client '" + entry.key + "' makes no call",
                        "a client makes one call, for example [ { to: orders, policies: edge } ]");
                else if (client.calls.size() > 1)
                    m_problems.error(
                        calls->children[1],
                        "client '" + entry.key +
                            "' makes more than one call, which is not yet supported",
                        "use one client for each call, or let a service make the calls");
                else if (!client.calls.empty() && client.calls.front().copies > 1)
                    m_problems.error(calls->children[0],
                                     "'copies' is only for the calls of a service, but client '" + entry.key + "' has it",
                                     "let a service without work make the copies");
            }
            scenario.clients.push_back(std::move(client));
        }
    }

    ArrivalSpec readArrivals(const YamlNode &node)
    {
        static constexpr std::array<std::string_view, 4> kForms{"poisson", "constant", "recorded", "closed_loop"};
        ArrivalSpec arrivals;
        if (!node.isMap() || node.children.empty()) {
            reportKind(node,
                       "{ poisson: 900/s }, { constant: 100/s }, { recorded: file } or { closed_loop: { users: 10 } }",
                       m_problems);
            return arrivals;
        }
        for (std::size_t i = 1; i < node.children.size(); ++i)
            m_problems.errorAtKey(node.children[i],
                                  "'arrivals' has more than one form: '" + node.children[0].key +
                                      "' and '" + node.children[i].key + "'",
                                  "keep one of them; a second client can add arrivals");
        const YamlNode &form = node.children[0];
        if (form.key == "recorded") {
            arrivals.kind = ArrivalSpec::Kind::Recorded;
            arrivals.recording = readFile(form, arrivals.recordingFile);
        } else if (form.key == "closed_loop") {
            arrivals.kind = ArrivalSpec::Kind::ClosedLoop;
            readClosedLoop(form, arrivals);
        } else if (form.key == "poisson" || form.key == "constant") {
            arrivals.kind =
                form.key == "poisson" ? ArrivalSpec::Kind::Poisson : ArrivalSpec::Kind::Constant;
            readRate(form, arrivals);
        } else {
            m_problems.errorAtKey(form, "unknown kind of arrivals '" + form.key + "'",
                                  hintForKey(form, kForms, "there are "));
        }
        return arrivals;
    }
    void readClosedLoop(const YamlNode &node, ArrivalSpec &arrivals)
    {
        readSettings(node, closedLoopSchema(), &arrivals, m_problems, "'closed_loop'", closedLoopKeys());
        const YamlNode *think = node.isMap() ? node.find("think_time") : nullptr;
        if (!think)
            return;
        arrivals.thinkTime = readDistribution(*think, m_problems);
        arrivals.thinkTimeText = flowText(*think);
        if (arrivals.pace)
            m_problems.errorAtKey(*think, "'think_time' and 'every' exclude each other",
                                  "a user either thinks between two calls or keeps to a pace");
    }
    /// A rate, `steps` or `ramp` with a list of points, a `wave` or a `burst`.
    void readRate(const YamlNode &node, ArrivalSpec &arrivals)
    {
        if (node.isScalar()) {
            const Field &rate = *ratePointSchema().find("rate");
            if (const std::optional<Value> value =
                    readValue(node, renamed(rate, node.key), m_problems))
                arrivals.points.push_back({Duration(0), std::get<double>(*value)});
            return;
        }
        if (node.isMap() && node.children.size() == 1 && node.children[0].key == "wave") {
            RateWave wave;
            readSettings(node.children[0], waveSchema(), &wave, m_problems, "'wave'");
            setWave(wave, arrivals);
            return;
        }
        if (node.isMap() && node.children.size() == 1 && node.children[0].key == "burst") {
            RateBurst burst;
            readSettings(node.children[0], burstSchema(), &burst, m_problems, "'burst'");
            arrivals.points = {{Duration(0), burst.rate}, {burst.every - burst.length, burst.peak}};
            arrivals.period = burst.every;
            return;
        }
        const bool hasPoints = node.isMap() && node.children.size() == 1 &&
                               (node.children[0].key == "steps" || node.children[0].key == "ramp");
        if (!hasPoints) {
            reportKind(node,
                       "a rate such as 900/s, 'steps' or 'ramp' with a list of points, 'wave' or 'burst'",
                       m_problems);
            return;
        }
        const YamlNode &points = node.children[0];
        arrivals.ramp = points.key == "ramp";
        if (points.isNull() ||
            !isList(points, kRatePointsMax, "a list such as [ { from: 0s, rate: 100/s } ]")) {
            if (points.isNull())
                reportKind(points, "a list such as [ { from: 0s, rate: 100/s } ]", m_problems);
            return;
        }
        readPoints(points, arrivals);
    }
    /// 64 even steps a period, each with the rate of its middle.
    static void setWave(const RateWave &wave, ArrivalSpec &arrivals)
    {
        constexpr std::int64_t kSteps = 64;
        for (std::int64_t i = 0; i < kSteps; ++i) {
            const double turns = (static_cast<double>(i) + 0.5) / static_cast<double>(kSteps);
            const double rate = wave.mean * (1 + wave.swing * portableSinTurns(turns));
            arrivals.points.push_back({wave.period * i / kSteps, std::max(rate, 0.0)});
        }
        arrivals.period = wave.period;
    }
    void readPoints(const YamlNode &points, ArrivalSpec &arrivals)
    {
        if (points.children.empty())
            m_problems.error(points, "'" + points.key + "' has no points, expected at least one");
        bool arePointsKnown = true;
        for (const YamlNode &item : points.children) {
            RatePoint point;
            readSettings(item, ratePointSchema(), &point, m_problems, "a rate point");
            arePointsKnown = arePointsKnown && m_problems.isSound(item);
            if (!arePointsKnown) // the order of what could not be read is unknown
                continue;
            if (arrivals.points.empty() && point.from != Duration(0))
                m_problems.error(item,
                                 "the first point of '" + points.key + "' does not begin at 0s",
                                 "add { from: 0s, rate: ... } in front");
            else if (!arrivals.points.empty() && point.from <= arrivals.points.back().from)
                m_problems.error(item,
                                 "the points of '" + points.key + "' are not in order of 'from'");
            arrivals.points.push_back({point.from, point.rate});
        }
    }
    /// The same field under the key that the file uses for it, for messages.
    static Field renamed(Field field, std::string_view key)
    {
        field.key = key;
        return field;
    }

    void readStacks(const YamlNode &node, Scenario &scenario)
    {
        if (node.isNull())
            return;
        if (!isNamedMap(node, kStacksMax,
                        "a map of policy stacks, for example edge: [ { timeout: 1s } ]"))
            return;
        for (const YamlNode &entry : node.children) {
            PolicyStackSpec stack;
            stack.name = entry.key;
            if (isList(entry, kLayersMax,
                       "a list of policies, outermost first, for example [ { timeout: 1s } ]"))
                for (const YamlNode &item : entry.children)
                    readLayer(item, stack, scenario);
            scenario.stacks.push_back(std::move(stack));
        }
    }
    void readLayer(const YamlNode &node, PolicyStackSpec &stack, Scenario &scenario)
    {
        YamlNode layer = node;
        if (node.isScalar()) { // "- retry": every default
            layer = YamlNode{};
            layer.key = node.scalar;
            layer.keyPlace = layer.place = node.place;
            layer.overrideIndex = node.overrideIndex;
        } else if (!node.isMap() || node.children.empty()) {
            m_problems.error(node, "a policy is " + describeNode(node) +
                                       ", expected for example timeout: 250ms");
            return;
        } else {
            layer = node.children[0];
        }
        for (std::size_t i = 1; node.isMap() && i < node.children.size(); ++i)
            m_problems.errorAtKey(node.children[i],
                                  "'" + node.children[i].key + "' stands in the same item as '" +
                                      layer.key + "'",
                                  m_vocabulary.findPolicy(node.children[i].key)
                                      ? "each policy is an item of its own; begin it with '-'"
                                      : "indent the settings of '" + layer.key + "' below it");
        const PolicyType *type = m_vocabulary.findPolicy(layer.key);
        if (!type) {
            std::vector<std::string_view> known;
            for (const PolicyType &one : m_vocabulary.policies)
                known.push_back(one.key());
            m_problems.errorAtKey(layer, "unknown policy '" + layer.key + "'",
                                  hintForKey(layer, known, "there are "));
            return;
        }
        const YamlNode *dialect = layer.isMap() ? layer.find("dialect") : nullptr;
        const Field *dialects = type->schema().find("dialect");
        if (dialect && dialect->isScalar()) {
            if (const PolicyType *other = type->findDialect(dialect->scalar)) {
                type = other;
            } else if (dialects && !readValue(*dialect, *dialects, m_problems)) {
                stack.layers.push_back({type, Settings(type->schema())});
                return; // the other keys are those of a dialect that is not known: nothing can be said of them
            }
        }
        PolicySpec policy{type, Settings(type->schema())};
        const auto put = putDefaults(layer, *type, policy.settings);
        const std::size_t errorsBefore = m_problems.errorCount();
        readSettings(layer, type->schema(), policy.settings.config(), m_problems,
                     "'" + layer.key + "'");
        if (!put.empty() && m_problems.errorCount() > errorsBefore)
            blameDefaults(layer, *type, put);
        const std::string path =
            "policies." + stack.name + "." + std::to_string(stack.layers.size()) + ".";
        for (const DefaultValue *value : put)
            scenario.defaults.push_back({path + std::string(value->field->key),
                                         formatValue(*value->field, value->value),
                                         formatValue(*value->field, value->field->standard),
                                         value->where});
        stack.layers.push_back(std::move(policy));
    }
    /// The user's own defaults for what the scenario leaves open. Those that change nothing are left out.
    std::vector<const DefaultValue *> putDefaults(const YamlNode &layer, const PolicyType &type,
                                                  Settings &settings)
    {
        if (!m_vocabulary.defaults)
            return {};
        auto put = m_vocabulary.defaults->apply(type, settings.config(), [&](std::string_view key) {
            return findSetting(layer, type.schema(), key) != nullptr;
        });
        std::erase_if(put, [](const DefaultValue *value) { return value->value == value->field->standard; });
        return put;
    }
    /// If the layer is right by itself, its errors come from what stands in no file of the scenario: say so.
    void blameDefaults(const YamlNode &layer, const PolicyType &type,
                       const std::vector<const DefaultValue *> &put)
    {
        const std::vector<Override> none;
        Problems alone({}, {}, none);
        Settings settings(type.schema());
        readSettings(layer, type.schema(), settings.config(), alone, "'" + layer.key + "'");
        if (alone.errorCount() > 0)
            return;
        std::string places;
        for (const DefaultValue *value : put)
            places += (places.empty() ? "" : ", ") + ("'" + std::string(value->field->key) + "' by ") + value->where;
        m_problems.error(layer, "'" + layer.key + "' does not fit your own defaults: " + places,
                         "give the setting here, or change the default");
    }

    void readFaults(const YamlNode &node, Scenario &scenario)
    {
        if (!isList(node, kFaultsMax,
                    "a list such as [ { on: db, from: 60s, for: 20s, latency: { add: 400ms } } ]"))
            return;
        for (const YamlNode &item : node.children) {
            if (!item.isMap()) {
                reportKind(
                    item,
                    "a fault such as { on: db, from: 60s, for: 20s, latency: { add: 400ms } }",
                    m_problems);
                continue;
            }
            readFault(item, scenario);
        }
    }
    void readFault(const YamlNode &item, Scenario &scenario)
    {
        std::vector<NestedKey> kinds;
        for (const FaultType &type : m_vocabulary.faults)
            kinds.push_back({type.key(), type.schema().summary});
        FaultPlace place;
        readSettings(item, faultPlaceSchema(), &place, m_problems, "a fault", kinds);
        const YamlNode *kind = nullptr;
        for (const YamlNode &entry : item.children) {
            if (!m_vocabulary.findFault(entry.key))
                continue;
            if (kind)
                m_problems.errorAtKey(entry,
                                      "a fault has one kind, but this has '" + kind->key +
                                          "' and '" + entry.key + "'",
                                      "list them as two faults");
            else
                kind = &entry;
        }
        if (!kind) {
            std::vector<std::string_view> words;
            for (const NestedKey &one : kinds)
                words.push_back(one.key);
            if (m_problems.isSound(item)) // else the kind may be the key that nobody knows
                m_problems.error(item, "a fault needs a kind: " + joinWords(words));
            return;
        }
        FaultSpec fault;
        fault.type = m_vocabulary.findFault(kind->key);
        fault.settings = Settings(fault.type->schema());
        readSettings(*kind, fault.type->schema(), fault.settings.config(), m_problems,
                     "'" + kind->key + "'");
        placeFault(place, item, scenario, fault, m_problems);
        scenario.faults.push_back(std::move(fault));
    }

    const std::filesystem::path &m_path;
    const Vocabulary &m_vocabulary;
    Problems &m_problems;
    bool m_isDurationKnown = true;
};

} // namespace

Scenario readWorld(const YamlNode &root, const std::filesystem::path &path,
                   const Vocabulary &vocabulary, Problems &problems)
{
    return WorldReader(path, vocabulary, problems).read(root);
}

} // namespace halfopen
