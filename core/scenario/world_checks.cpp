// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/grouped_digits.h"
#include "core/base/units.h"
#include "core/policies/registry.h"
#include "core/scenario/expectation_reader.h"
#include "core/scenario/fault_reader.h"
#include "core/scenario/known_parts.h"
#include "core/scenario/mean_rate.h"
#include "core/scenario/other_calls.h"
#include "core/scenario/settings_reader.h"
#include "core/scenario/world_edges.h"
#include "core/scenario/world_reader.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

namespace {

/// The checks between parts. They walk the tree beside the scenario, because only the tree knows
/// the places.
class WorldChecks {
public:
    WorldChecks(const Scenario &scenario, const YamlNode &root, Problems &problems)
        : m_scenario(scenario), m_root(root), m_problems(problems), m_known(scenario, root, problems)
    {
        for (const ServiceSpec &service : scenario.services)
            m_services.push_back(service.name);
        for (const PolicyStackSpec &stack : scenario.stacks)
            m_stacks.push_back(stack.name);
    }

    void run()
    {
        checkCallsOf("services");
        checkCallsOf("clients");
        checkNames();
        checkCycles();
        checkFaults();
        checkStacks();
        checkJudges();
        checkEdges();
        checkExpectations();
        if (m_problems.errorCount() == 0) { // with a wrong name somewhere these would only repeat it
            warnOfUnused();
            warnOfLength();
        }
    }

private:

    const std::vector<YamlNode> &childrenOf(std::string_view key) const
    {
        static const std::vector<YamlNode> kNothing;
        const YamlNode *node = m_root.find(key);
        return node ? node->children : kNothing;
    }

    void checkCallsOf(std::string_view part)
    {
        for (const YamlNode &caller : childrenOf(part)) {
            const YamlNode *calls = caller.find("calls");
            if (!calls || !calls->isSequence())
                continue;
            for (const YamlNode &call : calls->children) {
                const YamlNode *to = call.isScalar() ? &call : call.find("to");
                checkName(to, m_services, "service");
                if (to && m_known.service(to->scalar))
                    checkEndpoint(call.find("endpoint"), m_scenario.findService(to->scalar), m_problems);
                checkName(call.find("policies"), m_stacks, "policy stack");
            }
        }
    }
    void checkName(const YamlNode *node, const std::vector<std::string_view> &known,
                   const std::string &kind)
    {
        if (!node || !node->isScalar() ||
            std::find(known.begin(), known.end(), node->scalar) != known.end())
            return;
        if (&known == &m_services ? !m_known.services() || !m_root.find("services") : !m_known.stacks())
            return; // what is wrong with the names themselves is already said
        const std::string hint = known.empty()
                                     ? "the scenario has none"
                                     : hintForWord(node->scalar, known, "the scenario has ");
        m_problems.error(*node, "there is no " + kind + " '" + node->scalar + "'", hint);
    }
    void checkNames()
    {
        for (const YamlNode &client : childrenOf("clients"))
            if (m_scenario.findService(client.key))
                m_problems.errorAtKey(client, "'" + client.key + "' is also the name of a service",
                                      "expectations and charts need different names");
    }

    /// Depth-first over the calls between services; an edge back to a service under way closes a
    /// cycle.
    void checkCycles()
    {
        std::map<std::string_view, Visit> visits;
        for (const ServiceSpec &service : m_scenario.services) {
            std::vector<std::string_view> path;
            if (!visitCalls(service, path, visits))
                return; // one cycle is reported; others often are the same one
        }
    }
    enum class Visit : std::uint8_t { NotYet, UnderWay, Done };
    bool visitCalls(const ServiceSpec &service, std::vector<std::string_view> &path,
                    std::map<std::string_view, Visit> &visits)
    {
        Visit &visit = visits[service.name];
        if (visit == Visit::Done)
            return true;
        path.push_back(service.name);
        if (visit == Visit::UnderWay) {
            reportCycle(path);
            return false;
        }
        visit = Visit::UnderWay;
        for (const std::string &to : calledBy(service)) {
            const ServiceSpec *callee = m_scenario.findService(to);
            if (callee && !visitCalls(*callee, path, visits))
                return false;
        }
        visits[service.name] = Visit::Done;
        path.pop_back();
        return true;
    }
    /// Its calls, and those that their policies make instead.
    std::vector<std::string> calledBy(const ServiceSpec &service) const
    {
        std::vector<std::string> names;
        for (const CallSpec &call : service.calls) {
            names.push_back(call.to);
            for (const OtherCall &other : otherCallsOf(m_scenario, call.policies))
                names.push_back(other.to);
        }
        return names;
    }
    void reportCycle(const std::vector<std::string_view> &path)
    {
        const auto first = std::find(path.begin(), path.end(), path.back());
        std::string text;
        for (auto name = first; name != path.end(); ++name)
            text += (text.empty() ? "" : " -> ") + std::string(*name);
        const YamlNode *services = m_root.find("services");
        const YamlNode *caller = services ? services->find(*(path.end() - 2)) : nullptr;
        const YamlNode *calls = caller ? caller->find("calls") : nullptr;
        if (!calls)
            return;
        const YamlNode *place = calls;
        for (const YamlNode &call : calls->children) {
            const YamlNode *to = call.isScalar() ? &call : call.find("to");
            if (to && to->scalar == path.back())
                place = to;
        }
        m_problems.error(*place, "the calls go in a circle: " + text,
                         "a call would never end; remove one of them");
    }

    void checkFaults()
    {
        const std::vector<YamlNode> &nodes = childrenOf("faults");
        for (const YamlNode &node : nodes)
            checkName(node.find("on"), m_services, "service");
        if (nodes.size() != m_scenario.faults.size())
            return; // some could not be read, so the two lists do not run side by side
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const FaultSpec &fault = m_scenario.faults[i];
            const ServiceSpec *service = m_scenario.findService(fault.on);
            const YamlNode *instance = nodes[i].find("instance");
            if (service && instance && fault.instance && *fault.instance >= service->instances && m_known.service(fault.on))
                m_problems.error(
                    *instance,
                    "'" + fault.on + "' has no instance " + std::to_string(*fault.instance),
                    service->instances == 1
                        ? "it has one, number 0"
                        : "it has " + std::to_string(service->instances) + ", numbers 0 to " +
                              std::to_string(service->instances - 1));
            checkFault(fault, nodes[i], m_scenario, m_known, m_problems);
            if (fault.from >= m_scenario.duration && m_known.duration())
                m_problems.behindTheEnd(nodes[i], "this fault begins at " + formatDuration(fault.from) +
                                                      ", but the run ends at " +
                                                      formatDuration(m_scenario.duration));
        }
    }
    void checkExpectations()
    {
        // Lines that could not be read are missing from the expectations, but the order is the
        // same.
        auto expectation = m_scenario.expectations.begin();
        const bool hasAny = expectation != m_scenario.expectations.end();
        const std::vector<std::string> edges = hasAny ? edgeNames(worldEdges(m_scenario, kEdgesMax)) : std::vector<std::string>();
        for (const YamlNode &node : childrenOf("expect")) {
            if (expectation == m_scenario.expectations.end())
                break;
            if (expectation->place.line == node.place.line &&
                expectation->place.column == node.place.column)
                checkExpectation(*expectation++, node, m_scenario, m_known, edges, m_problems);
        }
    }

    /// Layers that only make sense in some company.
    void checkStacks()
    {
        auto spec = m_scenario.stacks.begin();
        for (const YamlNode &stack : childrenOf("policies")) {
            if (spec == m_scenario.stacks.end() || spec->name != stack.key
                || spec->layers.size() != stack.children.size())
                return; // a layer could not be read: said already
            bool starts = false;
            bool retries = false;
            bool judges = false;
            for (std::size_t i = 0; i < spec->layers.size(); ++i) {
                const PolicyType &type = *spec->layers[i].type;
                if (type.startsCopies && starts)
                    m_problems.error(stack.children[i],
                                     "a second '" + std::string(type.key()) +
                                         "' in one stack: each copy would be copied again",
                                     "give one of them max_hedges instead");
                checkOtherCall(stack.children[i], spec->layers[i]);
                if (type.key() == "retry_budget" && !retries)
                    m_problems.warning(stack.children[i],
                                       "'retry_budget' without a 'retry' outside it sees only first "
                                       "tries and refuses nothing",
                                       "write it below the retry");
                if (type.startsCopies && judges)
                    m_problems.warning(stack.children[i],
                                       "a '" + std::string(type.key()) +
                                           "' inside 'outlier_ejection': an answer is taken for that of the instance asked last, "
                                           "which may be another one",
                                       "write outlier_ejection below it");
                judges = judges || type.judgesInstances;
                starts = starts || type.startsCopies;
                retries = retries || type.key() == "retry";
            }
            ++spec;
        }
    }

    /// A layer that calls somebody else: whom, and through which policies.
    void checkOtherCall(const YamlNode &layer, const PolicySpec &spec)
    {
        if (!spec.type->otherCall || layer.children.empty())
            return;
        const YamlNode &settings = layer.children.front();
        checkName(settings.find("to"), m_services, "service");
        const YamlNode *policies = settings.find("policies");
        checkName(policies, m_stacks, "policy stack");
        if (policies && leadsBackTo(m_scenario, spec.type->otherCall(spec.settings.config()).policies))
            m_problems.error(*policies, "the stack '" + policies->scalar + "' makes a call through itself when it fails",
                             "such a call would never end; give the call to the other service a stack of its own");
    }

    /// Each call of each stack has an edge of its own, and the fallbacks of fallbacks multiply.
    void checkEdges()
    {
        std::int64_t edges = 0;
        const auto count = [&](const std::vector<CallSpec> &calls) {
            for (const CallSpec &call : calls)
                if (edges <= kEdgesMax && !anyLeadsBack(call.policies))
                    edges += 1 + otherEdgesOf(m_scenario, call.policies, kEdgesMax - edges + 1);
        };
        for (const ClientSpec &client : m_scenario.clients)
            count(client.calls);
        for (const ServiceSpec &service : m_scenario.services)
            count(service.calls);
        const std::vector<YamlNode> &stacks = childrenOf("policies");
        if (edges > kEdgesMax && !stacks.empty())
            m_problems.errorAtKey(stacks.front(),
                                  "the calls of this world and the fallbacks of their fallbacks make more than "
                                      + std::to_string(kEdgesMax) + " edges",
                                  "let fewer stacks fall back to stacks that fall back themselves: the edges multiply");
    }
    bool anyLeadsBack(const std::string &stack) const
    {
        const std::vector<OtherCall> others = otherCallsOf(m_scenario, stack);
        return leadsBackTo(m_scenario, stack)
            || std::any_of(others.begin(), others.end(), [&](const OtherCall &o) { return leadsBackTo(m_scenario, o.policies); });
    }

    /// Every process of a caller has policies of its own, and those that judge keep an opinion of every instance: in a large fleet
    /// that is much. Fallbacks count, too: their edges have as many processes.
    void checkJudges()
    {
        constexpr std::int64_t kOpinionsMax = 100'000;
        constexpr std::int64_t kObjectsMax = 1'000'000;
        std::int64_t objects = 0;
        std::set<std::string> told;
        for (const WorldEdge &edge : worldEdges(m_scenario, kEdgesMax)) {
            const PolicyStackSpec *stack = m_scenario.findStack(edge.stack);
            const ServiceSpec *target = m_scenario.findService(edge.to);
            const YamlNode *caller = callerNode(edge);
            if (!stack || !target || !caller)
                continue;
            bool judges = false;
            for (const PolicySpec &layer : stack->layers) {
                judges = judges || layer.type->judgesInstances;
                objects += layer.type->perProcess ? edge.processes : 1;
            }
            if (judges && edge.processes * target->instances > kOpinionsMax && told.insert(edge.commonName).second)
                m_problems.errorAtKey(*caller,
                                      std::to_string(edge.processes) + " processes judge " + std::to_string(target->instances)
                                          + " instances of '" + edge.to + "' each" + (edge.insteadOf ? ", as a fallback" : "")
                                          + ": more than " + std::to_string(kOpinionsMax) + " cannot be recorded",
                                      "use fewer processes or instances");
        }
        const std::vector<YamlNode> &stacks = childrenOf("policies");
        if (objects > kObjectsMax && !stacks.empty() && m_problems.errorCount() == 0)
            m_problems.errorAtKey(stacks.front(),
                                  "the processes of this world and their fallbacks have " + std::to_string(objects)
                                      + " policies of their own, expected at most " + std::to_string(kObjectsMax),
                                  "use fewer processes, or fewer stacks that fall back to stacks");
    }
    const YamlNode *callerNode(const WorldEdge &edge) const
    {
        for (const std::string_view part : {"clients", "services"})
            for (const YamlNode &node : childrenOf(part))
                if (node.key == edge.from)
                    return &node;
        return nullptr;
    }

    void warnOfUnused()
    {
        std::set<std::string_view> called;
        std::set<std::string_view> calledByWeight; // by a call that names no endpoint
        std::set<std::string> endpointsNamed;
        std::set<std::string_view> stacksUsed;
        std::vector<std::string_view> open;
        const auto follow = [&](const std::vector<CallSpec> &calls) {
            for (const CallSpec &call : calls) {
                stacksUsed.insert(call.policies);
                if (call.endpoint.empty())
                    calledByWeight.insert(call.to);
                endpointsNamed.insert(call.to + "/" + call.endpoint);
                if (called.insert(call.to).second)
                    open.push_back(call.to);
                for (const OtherCall &other : otherCallsOf(m_scenario, call.policies)) {
                    const PolicyStackSpec *stack = m_scenario.findStack(other.policies);
                    const ServiceSpec *target = m_scenario.findService(other.to);
                    if (stack)
                        stacksUsed.insert(stack->name);
                    if (target)
                        calledByWeight.insert(target->name);
                    if (target && called.insert(target->name).second)
                        open.push_back(target->name);
                }
            }
        };
        for (const ClientSpec &client : m_scenario.clients)
            follow(client.calls);
        while (!open.empty()) {
            const ServiceSpec *service = m_scenario.findService(open.back());
            open.pop_back();
            follow(service->calls);
        }
        for (const YamlNode &service : childrenOf("services"))
            if (!called.contains(service.key))
                m_problems.warningAtKey(service, "nobody calls the service '" + service.key + "'");
        for (const YamlNode &service : childrenOf("services")) {
            const YamlNode *endpoints = called.contains(service.key) ? service.find("endpoints") : nullptr;
            const std::vector<EndpointSpec> &all = m_scenario.findService(service.key)->endpoints;
            for (std::size_t i = 0; endpoints && i < all.size(); ++i)
                if (!endpointsNamed.contains(service.key + "/" + all[i].name)
                    && !(calledByWeight.contains(service.key) && all[i].weight > 0))
                    m_problems.warningAtKey(endpoints->children[i],
                                            "nobody calls the endpoint '" + all[i].name + "' of '" + service.key + "'");
        }
        for (const YamlNode &stack : childrenOf("policies"))
            if (!stacksUsed.contains(stack.key))
                m_problems.warningAtKey(stack, "no call uses the policy stack '" + stack.key + "'");
    }

    /// A rate or a duration with some zeros too many is legal, but nobody waits for the end of such a run.
    void warnOfLength()
    {
        constexpr double kCallsMax = 1e10;
        const std::vector<YamlNode> &nodes = childrenOf("clients");
        double calls = 0, most = 0;
        const YamlNode *busiest = nullptr;
        for (std::size_t i = 0; i < std::min(nodes.size(), m_scenario.clients.size()); ++i) {
            const ClientSpec &client = m_scenario.clients[i];
            const Duration length = m_scenario.duration - client.arrivals.startsAt.value_or(Duration(0));
            if (client.arrivals.points.empty() || length <= Duration(0))
                continue; // recorded, or a closed loop, which waits for its answers
            double own = meanRateOf(client.arrivals, length) * toSeconds(length);
            if (client.stopAfter)
                own = std::min(own, static_cast<double>(*client.stopAfter));
            calls += own;
            if (own > most)
                busiest = &nodes[i];
            most = std::max(most, own);
        }
        if (calls <= kCallsMax || !busiest)
            return;
        const auto count = static_cast<std::uint64_t>(std::min(calls, 1e15)) / 1'000'000 * 1'000'000;
        m_problems.warningAtKey(*busiest,
                                "about " + groupedDigits(count / 1'000'000) + " million calls begin in this run: at a million a second it takes "
                                    + formatDuration(Duration(static_cast<std::int64_t>(count / 1'000'000) * std::chrono::seconds(1))),
                                "lower the rates or the duration");
    }

    const Scenario &m_scenario;
    const YamlNode &m_root;
    Problems &m_problems;
    KnownParts m_known;
    std::vector<std::string_view> m_services;
    std::vector<std::string_view> m_stacks;
};

} // namespace

void checkWorld(const Scenario &scenario, const YamlNode &root, Problems &problems)
{
    WorldChecks(scenario, root, problems).run();
}

} // namespace halfopen
