// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/explain_report.h"

#include "core/policies/deciding_call.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/json_report.h"
#include "core/report/text_page.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace halfopen::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kTransitionsShown = 4;
constexpr std::size_t kBucketsShown = 30;
constexpr std::size_t kBarWidth = 30;

/// Of the breaker, or of every instance that the layer judges in this process.
bool isOwn(const ExplainedLayer &explained, const BreakerTransition &transition)
{
    if (!explained.breaker)
        return false;
    const BreakerInfo &own = explained.record->breakers[*explained.breaker];
    const BreakerInfo &other = explained.record->breakers[transition.breaker];
    if (!own.instance)
        return transition.breaker == *explained.breaker;
    return other.edge == own.edge && other.layer == own.layer && other.process == own.process;
}

std::vector<const BreakerTransition *> ownTransitions(const ExplainedLayer &explained)
{
    std::vector<const BreakerTransition *> own;
    for (const BreakerTransition &transition : explained.record->transitions)
        if (isOwn(explained, transition))
            own.push_back(&transition);
    return own;
}

std::string nameOf(const ExplainedLayer &explained)
{
    if (explained.breaker && !explained.record->breakers[*explained.breaker].instance)
        return explained.record->breakers[*explained.breaker].name;
    return explained.record->edges[explained.edge].stack + "." + std::to_string(explained.layer);
}

std::string inWords(const WindowCounts &counts)
{
    const auto share = [&](std::uint32_t part) {
        return counts.calls > 0 ? " (" + formatShare(double(part) / counts.calls) + ")" : std::string();
    };
    return formatCount(counts.calls) + (counts.calls == 1 ? " call, " : " calls, ") + formatCount(counts.failures) +
           " failed" + share(counts.failures) + ", " + formatCount(counts.slow) + " slow" + share(counts.slow);
}

std::string transitionLine(const BreakerTransition &transition)
{
    return formatInstant(transition.at) + "  " + std::string(breakerStateName(transition.from)) + " \u2192 " +
           std::string(breakerStateName(transition.to)) + "  " + describe(transition.reason);
}

/// One letter per call: '.' good, 'x' failed, 's' slow, 'X' failed and slow. In groups of ten.
std::string strip(const std::vector<Explanation::Mark> &calls)
{
    std::string text;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        if (i > 0 && i % 10 == 0)
            text += ' ';
        text += ".xsX"[static_cast<std::size_t>(calls[i])];
    }
    return text;
}

void addBuckets(TextPage &page, const Explanation &e)
{
    std::uint32_t most = 1;
    for (const Explanation::Bucket &bucket : e.buckets)
        most = std::max(most, bucket.counts.calls);
    const std::size_t shown = std::min(e.buckets.size(), kBucketsShown);
    for (std::size_t i = e.buckets.size() - shown; i < e.buckets.size(); ++i) {
        const Explanation::Bucket &bucket = e.buckets[i];
        const WindowCounts &c = bucket.counts;
        const auto columns = [&](std::uint32_t part) {
            return (static_cast<std::size_t>(part) * kBarWidth + most / 2) / most;
        };
        const std::size_t all = columns(c.calls), bad = std::min(columns(c.failures), all);
        std::string at = formatInstant(std::max(bucket.from, Instant()));
        at.insert(0, at.size() < 10 ? 10 - at.size() : 0, ' ');
        page.line(at + "  " + std::string(bad, 'x') + std::string(all - bad, '.') + std::string(kBarWidth - all, ' ') +
                      "  " + inWords(c),
                  Tone::Plain, 2);
    }
    page.more(e.buckets.size(), shown);
}

void addWindow(TextPage &page, const ExplainedLayer &explained)
{
    const Explanation &e = explained.explanation;
    page.blank();
    if (!e.windowText.empty())
        page.paragraph("window: " + e.windowText + ": " + inWords(e.window), Tone::Plain, 0, 2);
    if (!e.calls.empty()) {
        page.paragraph(strip(e.calls), Tone::Plain, 2);
        page.line("oldest first: . good, x failed, s slow, X failed and slow", Tone::Faint, 2);
    }
    addBuckets(page, e);
    const WindowCalls seen = windowCalls(explained);
    std::string text;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        if (seen.ended[kind] > 0)
            text += (text.empty() ? "" : ", ") + std::string(outcomeName(static_cast<OutcomeKind>(kind))) + " " +
                    formatCount(seen.ended[kind]);
    if (text.empty())
        text = "none";
    if (seen.late > 0)
        text += "; " + formatCount(seen.late) + " of them admitted in an earlier state";
    if (seen.refused > 0)
        text += "; and " + formatCount(seen.refused) + " refused here";
    page.paragraph("calls that ended in this layer from " + formatInstant(seen.from) + " to " + formatInstant(seen.to) + ": " + text, Tone::Faint, 2, 2);
}

void addNext(TextPage &page, const ExplainedLayer &explained)
{
    const Explanation &e = explained.explanation;
    const Instant now = explained.record->now;
    page.blank();
    page.line(!e.isBreaker                                                              ? "what it knows"
              : e.state == BreakerState::Closed || e.state == BreakerState::MetricsOnly ? "why it has not tripped"
                                                                                        : "why it is not in another state",
              Tone::Faint);
    for (const Explanation::Rule &rule : e.rules)
        page.paragraph((rule.isMet() ? "met, " : "not ") + std::string(breakerStateName(rule.leadsTo)) + ": " +
                           describe(rule),
                       rule.isMet() ? Tone::Warning : Tone::Plain, 2, 2);
    if (e.nextAt && *e.nextAt != Instant::never()) {
        const bool isDue = *e.nextAt <= now;
        page.paragraph((e.isBreaker ? std::string(breakerStateName(e.state)) : std::string()) +
                           (!e.isBreaker ? "" : isDue ? " could end since " : " until ") +
                           formatInstant(*e.nextAt) +
                           (isDue ? "" : " (" + formatSeconds(toSeconds(*e.nextAt - now)) + " from here)") + ": " +
                           e.next,
                       Tone::Strong, 2, 2);
    } else if (!e.next.empty()) {
        page.paragraph(e.next, Tone::Strong, 2, 2);
    }
    for (const Explanation::Fact &fact : e.facts)
        page.paragraph(fact.what + ": " + fact.value, e.isBreaker ? Tone::Faint : Tone::Plain, 2, 2);
    if (!e.isBreaker && e.facts.empty() && e.next.empty())
        page.paragraph("it keeps nothing between calls", Tone::Plain, 2, 2);
}

void addFleet(TextPage &page, const ExplainedLayer &explained)
{
    const RunRecord &record = *explained.record;
    if (!explained.breaker)
        return;
    const BreakerInfo &own = record.breakers[*explained.breaker];
    std::array<std::uint64_t, 6> inState{};
    std::uint64_t all = 0;
    for (std::uint32_t b = 0; b < record.breakers.size(); ++b) {
        const BreakerInfo &other = record.breakers[b];
        if (other.edge != own.edge || other.layer != own.layer)
            continue;
        ++inState[static_cast<std::size_t>(record.stateAt(b, record.now))];
        ++all;
    }
    if (all < 2)
        return;
    std::string text;
    for (std::size_t s = 0; s < inState.size(); ++s)
        if (inState[s] > 0)
            text += (text.empty() ? "" : ", ") + formatCount(inState[s]) + " " +
                    std::string(breakerStateName(static_cast<BreakerState>(s)));
    page.paragraph(own.instance ? "instances as the processes see them at this instant (OPEN: ejected): " + text
                                : "of the " + formatCount(all) + " processes at this instant: " + text,
                   Tone::Faint);
}

void addChanges(TextPage &page, const ExplainedLayer &explained)
{
    const std::vector<const BreakerTransition *> own = ownTransitions(explained);
    const std::size_t first = own.size() > kTransitionsShown ? own.size() - kTransitionsShown : 0;
    if (first > 0)
        page.line(formatCount(first) + (first == 1 ? " earlier change is not shown" : " earlier changes are not shown"), Tone::Faint, 2);
    for (std::size_t i = first; i < own.size(); ++i) {
        const BreakerInfo &of = explained.record->breakers[own[i]->breaker];
        const std::string instance = of.instance ? "instance " + std::to_string(*of.instance) + "  " : std::string();
        page.paragraph(instance + transitionLine(*own[i]), i + 1 == own.size() ? Tone::Plain : Tone::Faint, 2, 2);
    }
}

void addState(TextPage &page, const ExplainedLayer &explained)
{
    const Explanation &e = explained.explanation;
    const RunRecord &record = *explained.record;
    const Instant since = inStateSince(explained);
    const bool hasChanged = !ownTransitions(explained).empty();
    page.blank();
    const Tone tone = e.state == BreakerState::Closed ? Tone::Good
                      : e.state == BreakerState::Open ? Tone::Bad
                                                      : Tone::Warning;
    page.line(std::string(breakerStateName(e.state)) + " since " + formatInstant(since) + ", for " +
                  formatSeconds(toSeconds(record.now - since)) + (hasChanged ? "" : ": it has never changed"),
              tone);
    addChanges(page, explained);
}

Json countsJson(const WindowCounts &counts)
{
    return {{"calls", counts.calls}, {"failures", counts.failures}, {"slow", counts.slow}};
}

Json ruleJson(const Explanation::Rule &rule)
{
    Json json;
    json["what"] = rule.what;
    json["leads_to"] = breakerStateName(rule.leadsTo);
    json["observed"] = rule.observed;
    json["threshold"] = rule.threshold;
    json["unit"] = rule.unit == Explanation::Unit::Share  ? "share"
                   : rule.unit == Explanation::Unit::Time ? "s"
                                                          : "count";
    json["comparison"] = rule.below ? "<" : rule.strictly ? ">" : ">=";
    json["calls"] = rule.calls;
    json["calls_needed"] = rule.callsNeeded;
    json["asked"] = rule.isAsked();
    json["met"] = rule.isMet();
    json["text"] = describe(rule);
    return json;
}

Json transitionJson(const BreakerTransition &transition)
{
    Json json;
    json["t_ms"] = inMilliseconds(transition.at.ns());
    json["from"] = breakerStateName(transition.from);
    json["to"] = breakerStateName(transition.to);
    json["reason"] = reasonKindName(transition.reason.kind);
    json["text"] = describe(transition.reason);
    json["deciding_call"] = transition.reason.hasDecidingCall ? Json(transition.reason.decidingCall) : Json();
    const std::optional<OutcomeKind> ended = decidingOutcomeOf(transition.reason);
    json["deciding_outcome"] = ended ? Json(outcomeName(*ended)) : Json();
    return json;
}

} // namespace

std::uint64_t WindowCalls::all() const
{
    std::uint64_t sum = 0;
    for (const std::uint64_t count : ended)
        sum += count;
    return sum;
}

Instant inStateSince(const ExplainedLayer &explained)
{
    Instant since;
    for (const BreakerTransition &transition : explained.record->transitions)
        if (explained.breaker && transition.breaker == *explained.breaker && transition.from != transition.to)
            since = transition.at;
    return since;
}

WindowCalls windowCalls(const ExplainedLayer &explained)
{
    const Explanation &e = explained.explanation;
    const std::deque<WatchedCall> &calls = *explained.calls;
    WindowCalls seen;
    if (!e.buckets.empty()) {
        seen.from = std::max(e.buckets.front().from, Instant());
    } else if (!e.calls.empty()) {
        // As far back as the oldest call that is still in the window; calls that do not count stand between them.
        std::size_t left = e.calls.size();
        for (std::size_t i = calls.size(); i-- > 0 && left > 0;) {
            if (calls[i].refused || calls[i].outcome.kind == OutcomeKind::Cancelled)
                continue;
            seen.from = calls[i].at;
            --left;
        }
    } else if (e.isBreaker) {
        seen.from = inStateSince(explained);
    } else {
        seen.from = std::max(Instant(), explained.record->now - std::chrono::seconds(10));
    }
    seen.to = e.frozenAt.value_or(explained.record->now);
    // A window holds no call of an earlier stay.
    Instant stayFrom;
    for (const BreakerTransition *transition : e.isBreaker ? ownTransitions(explained) : std::vector<const BreakerTransition *>())
        if (transition->from != transition->to && (!e.frozenAt || transition->at < *e.frozenAt))
            stayFrom = transition->at;
    if (e.isBreaker && (e.state == BreakerState::Closed || e.frozenAt))
        seen.from = std::max(seen.from, stayFrom);
    for (const WatchedCall &call : calls) {
        // The call whose end began this stay belongs to the one before.
        if (call.at < seen.from || call.at > seen.to || (call.at == stayFrom && stayFrom > Instant()))
            continue;
        if (call.refused) {
            ++seen.refused;
            continue;
        }
        ++seen.ended[static_cast<std::size_t>(call.outcome.kind)];
        seen.late += call.at - call.took < stayFrom ? 1 : 0;
    }
    return seen;
}

std::string explainText(const ExplainedLayer &explained, const TextStyle &style)
{
    const RunRecord &record = *explained.record;
    const Explanation &e = explained.explanation;
    const EdgeInfo &edge = record.edges[explained.edge];
    TextPage page(style);
    page.paragraph(printable(record.scenario->name) + " at " + formatInstant(record.now) + " of " +
                       formatDuration(record.duration) + ", seed " + std::to_string(record.seed),
                   Tone::Faint);
    page.paragraph(std::string(explained.policy) + " " + printable(nameOf(explained)) + " on " + printable(edge.name) +
                       (edge.processes > 1 ? ", process " + std::to_string(explained.process) + " of " +
                                                 std::to_string(edge.processes)
                                           : "") +
                       ", dialect " + std::string(explained.dialect),
                   Tone::Strong);
    addFleet(page, explained);
    if (e.isBreaker)
        addState(page, explained);
    else
        addChanges(page, explained);
    addWindow(page, explained);
    addNext(page, explained);
    return page.text();
}

std::string explainJson(const ExplainedLayer &explained)
{
    const RunRecord &record = *explained.record;
    const Explanation &e = explained.explanation;
    Json root;
    root["scenario"] = record.scenario->name;
    root["seed"] = record.seed;
    root["at_ms"] = inMilliseconds(record.now.ns());
    root["layer"] = nameOf(explained);
    root["policy"] = explained.policy;
    root["edge"] = record.edges[explained.edge].name;
    root["process"] = explained.process;
    root["dialect"] = explained.dialect;
    root["state"] = e.isBreaker ? Json(breakerStateName(e.state)) : Json();
    root["since_ms"] = e.isBreaker ? Json(inMilliseconds(inStateSince(explained).ns())) : Json();
    root["window"] = countsJson(e.window);
    root["window"]["text"] = e.windowText;
    root["window"]["failure_rate"] = e.failureRate();
    root["window"]["slow_call_rate"] = e.slowCallRate();
    if (!e.calls.empty())
        root["window"]["strip"] = strip(e.calls);
    for (const Explanation::Bucket &bucket : e.buckets) {
        Json json = countsJson(bucket.counts);
        json["from_ms"] = inMilliseconds(bucket.from.ns());
        json["length_ms"] = inMilliseconds(bucket.length.count());
        root["window"]["buckets"].push_back(std::move(json));
    }
    const WindowCalls seen = windowCalls(explained);
    Json outcomes;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        outcomes[std::string(outcomeName(static_cast<OutcomeKind>(kind)))] = seen.ended[kind];
    root["ended_in_layer"] = {
        {"from_ms", inMilliseconds(seen.from.ns())},
        {"to_ms", inMilliseconds(seen.to.ns())},
        {"outcomes", outcomes},
        {"late", seen.late},
        {"refused", seen.refused}};
    root["rules"] = Json::array();
    for (const Explanation::Rule &rule : e.rules)
        root["rules"].push_back(ruleJson(rule));
    const bool hasNext = e.nextAt && *e.nextAt != Instant::never();
    root["next_at_ms"] = hasNext ? Json(inMilliseconds(e.nextAt->ns())) : Json();
    root["next"] = e.next;
    root["why_not_yet"] = whyNotYet(e);
    root["facts"] = Json::object();
    for (const Explanation::Fact &fact : e.facts)
        root["facts"][fact.what] = fact.value;
    root["transitions"] = Json::array();
    for (const BreakerTransition *transition : ownTransitions(explained))
        root["transitions"].push_back(transitionJson(*transition));
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace halfopen::report
