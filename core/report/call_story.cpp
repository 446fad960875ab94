// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/call_story.h"

#include "core/policies/registry.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/text_page.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace halfopen::report {

namespace {

using Json = nlohmann::ordered_json;

const PolicyStackSpec *stackOf(const RunRecord &record, const CallTrace &call)
{
    return record.scenario ? record.scenario->findStack(record.edges[call.edge].stack) : nullptr;
}

std::string words(std::string_view key)
{
    std::string text(key);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string layerName(const RunRecord &record, const CallTrace &call, std::size_t layer)
{
    const PolicyStackSpec *stack = stackOf(record, call);
    return stack && layer < stack->layers.size() ? words(stack->layers[layer].type->key()) : "the policy";
}

std::string outcomeText(const Outcome &outcome)
{
    return std::string(outcomeWords(outcome.kind))
        + (outcome.status != 0 ? " (status " + std::to_string(outcome.status) + ")" : std::string());
}

std::vector<const BreakerTransition *> decidedBy(const RunRecord &record, const CallTrace &call)
{
    std::vector<const BreakerTransition *> decided;
    for (const BreakerTransition &transition : record.transitions)
        if (transition.reason.hasDecidingCall && transition.reason.decidingCall == call.call
            && record.breakers[transition.breaker].edge == call.edge)
            decided.push_back(&transition);
    return decided;
}

/// "fallback, retry, circuit breaker, timeout"
std::string layersOf(const PolicyStackSpec &stack)
{
    std::string text;
    for (const PolicySpec &layer : stack.layers)
        text += (text.empty() ? "" : ", ") + words(layer.type->key());
    return text;
}

} // namespace

int attemptsOf(const CallTrace &call)
{
    return static_cast<int>(std::count_if(call.steps.begin(), call.steps.end(), [](const CallStep &step) {
        return step.kind == CallStep::Kind::AttemptSent;
    }));
}

std::vector<CallEvent> callEvents(const RunRecord &record, const CallTrace &call)
{
    using Kind = CallEvent::Kind;
    std::vector<CallEvent> events;
    OpenAttempts attempts;
    const auto addAbout = [&](const CallStep &step, Kind kind, bool hasOutcome, int attempt, std::size_t left = 1) {
        events.push_back({.at = step.at,
                          .kind = kind,
                          .layer = layerName(record, call, step.layer),
                          .attempt = attempt,
                          .attemptsLeft = static_cast<int>(left),
                          .delay = step.delay,
                          .outcome = step.outcome,
                          .hasOutcome = hasOutcome});
    };
    const auto add = [&](const CallStep &step, Kind kind, bool hasOutcome) {
        addAbout(step, kind, hasOutcome, attempts.count());
    };
    for (const CallStep &step : call.steps) {
        switch (step.kind) {
        case CallStep::Kind::AttemptSent:
            addAbout(step, Kind::AttemptSent, false, attempts.sent(step.at));
            break;
        case CallStep::Kind::AttemptEnded: {
            const std::optional<OpenAttempt> of = attempts.ended();
            addAbout(step, Kind::AttemptEnded, true, of ? of->attempt : attempts.count());
            break;
        }
        case CallStep::Kind::DeadlinePassed: {
            const std::deque<OpenAttempt> left = attempts.leaveAll();
            if (left.empty())
                add(step, Kind::TimeUp, true);
            else
                addAbout(step, Kind::StoppedWaiting, true, left.front().attempt, left.size());
            break;
        }
        case CallStep::Kind::RetryScheduled:
            add(step, Kind::TriesAgain, false);
            break;
        case CallStep::Kind::Refused:
            add(step, Kind::Refused, true);
            break;
        case CallStep::Kind::Replaced:
            // That a timeout ends as `timeout` goes without saying.
            if (isGood(step.outcome.kind) || events.empty() || !events.back().isTimeUp() || events.back().at != step.at)
                add(step, Kind::Substituted, true);
            break;
        case CallStep::Kind::Ended:
            add(step, Kind::Ended, true);
            break;
        }
    }
    return events;
}

std::string_view outcomeWords(OutcomeKind kind)
{
    static constexpr std::array<std::string_view, kOutcomeKinds> kWords = {
        "success",      "fallback",      "error",        "timeout",   "rejected",  "connection refused", "connection reset",
        "breaker open", "bulkhead full", "rate limited", "cancelled", "throttled", "unhealthy"};
    return kWords[static_cast<std::size_t>(kind)];
}

std::string describe(const CallEvent &event)
{
    using Kind = CallEvent::Kind;
    const std::string attempt = "attempt " + std::to_string(event.attempt);
    switch (event.kind) {
    case Kind::AttemptSent:
        return attempt + " sent";
    case Kind::AttemptEnded:
        return attempt + " ends: " + outcomeText(event.outcome);
    case Kind::StoppedWaiting:
        return event.attemptsLeft == 1
            ? event.layer + " stops waiting for " + attempt + "; a late answer is of no use"
            : event.layer + " stops waiting for " + std::to_string(event.attemptsLeft) + " attempts; late answers are of no use";
    case Kind::TimeUp:
        return event.layer + ": the time is up";
    case Kind::TriesAgain:
        return event.layer + " tries again "
            + (event.delay > Duration() ? "in " + formatSeconds(toSeconds(event.delay)) : std::string("at once"));
    case Kind::Refused:
        return event.layer + " refuses: " + outcomeText(event.outcome);
    case Kind::Substituted:
        return event.layer + " serves a substitute: " + outcomeText(event.outcome);
    case Kind::Ended:
        return "the caller gets: " + outcomeText(event.outcome);
    }
    return {};
}

std::string callHeadline(const CallTrace &call)
{
    const int attempts = attemptsOf(call);
    return std::string(outcomeWords(call.outcome.kind)) + " after " + formatSeconds(toSeconds(call.end - call.start)) + ", "
        + (attempts == 0   ? std::string("no attempt")
           : attempts == 1 ? std::string("1 attempt")
                           : std::to_string(attempts) + " attempts");
}

std::string callStoryText(const RunRecord &record, const CallTrace &call, const TextStyle &style)
{
    const EdgeInfo &edge = record.edges[call.edge];
    TextPage page(style);
    std::string where = "call " + std::to_string(call.call) + " on " + printable(edge.name);
    if (edge.processes > 1)
        where += ", process " + std::to_string(call.process) + " of " + formatCount(edge.processes);
    page.paragraph(where, Tone::Strong);
    page.paragraph("begun at " + formatInstant(call.start) + " of " + printable(record.scenario->name) + ", seed "
                       + std::to_string(record.seed),
                   Tone::Faint);
    if (const PolicyStackSpec *stack = stackOf(record, call); stack && !stack->layers.empty())
        page.paragraph("through " + printable(stack->name) + ", outermost first: " + layersOf(*stack), Tone::Faint);
    page.blank();
    page.paragraph(callHeadline(call), isGood(call.outcome.kind) ? Tone::Good : Tone::Bad);
    page.blank();
    std::vector<std::string> offsets;
    std::size_t width = 0;
    const std::vector<CallEvent> events = callEvents(record, call);
    for (const CallEvent &event : events) {
        offsets.push_back("+" + formatSeconds(toSeconds(event.at - call.start)));
        width = std::max(width, displayWidth(offsets.back()));
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
        std::string before = std::string(width - displayWidth(offsets[i]), ' ') + offsets[i] + "  ";
        for (const std::string &part : wrapText(describe(events[i]), page.style().width - width - 4)) {
            page.line(before + part, Tone::Plain, 2);
            before.assign(width + 2, ' ');
        }
    }
    for (const BreakerTransition *transition : decidedBy(record, call))
        page.paragraph("it decides: " + printable(record.breakers[transition->breaker].name) + " "
                           + std::string(breakerStateName(transition->from)) + " \u2192 "
                           + std::string(breakerStateName(transition->to)) + " at " + formatInstant(transition->at) + ": "
                           + halfopen::describe(transition->reason),
                       Tone::Warning, 2, 2);
    return page.text();
}

std::string callStoryJson(const RunRecord &record, const CallTrace &call)
{
    const EdgeInfo &edge = record.edges[call.edge];
    Json root;
    root["scenario"] = record.scenario->name;
    root["seed"] = record.seed;
    root["call"] = call.call;
    root["edge"] = edge.name;
    root["stack"] = edge.stack;
    root["process"] = call.process;
    root["start_ms"] = inMilliseconds(call.start.ns());
    root["end_ms"] = inMilliseconds(call.end.ns());
    root["outcome"] = outcomeName(call.outcome.kind);
    root["status"] = call.outcome.status;
    root["attempts"] = attemptsOf(call);
    root["story"] = Json::array();
    for (const CallEvent &event : callEvents(record, call)) {
        Json json;
        json["at_ms"] = inMilliseconds(event.at.ns());
        json["text"] = describe(event);
        root["story"].push_back(std::move(json));
    }
    root["decides"] = Json::array();
    for (const BreakerTransition *transition : decidedBy(record, call)) {
        Json json;
        json["breaker"] = record.breakers[transition->breaker].name;
        json["at_ms"] = inMilliseconds(transition->at.ns());
        json["from"] = breakerStateName(transition->from);
        json["to"] = breakerStateName(transition->to);
        json["text"] = halfopen::describe(transition->reason);
        root["decides"].push_back(std::move(json));
    }
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace halfopen::report
