// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/explain_report.h"

#include "core/policies/deciding_call.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/json_report.h"
#include "core/report/text_page.h"
#include "core/run/counted_kinds.h"

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

CountedKinds kindsOf(const ExplainedLayer &explained)
{
    return countedKinds(*explained.record, explained.edge, explained.layer);
}

std::string inWords(const WindowCounts &counts, CountedKinds kinds)
{
    const auto share = [&](std::uint32_t part) {
        return counts.calls > 0 ? " (" + formatShare(double(part) / counts.calls) + ")" : std::string();
    };
    return formatCount(counts.calls) + (counts.calls == 1 ? " call" : " calls") +
           (kinds.failures ? ", " + formatCount(counts.failures) + " failed" + share(counts.failures) : "") +
           (kinds.slow ? ", " + formatCount(counts.slow) + " slow" + share(counts.slow) : "");
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

void addBuckets(TextPage &page, const Explanation &e, CountedKinds kinds)
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
                      "  " + inWords(c, kinds),
                  Tone::Plain, 2);
    }
    page.more(e.buckets.size(), shown);
}

/// "success 20, error 3", or empty.
std::string inWords(const OutcomeCounts &counts)
{
    std::string text;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        if (counts[kind] > 0)
            text += (text.empty() ? "" : ", ") + std::string(outcomeName(static_cast<OutcomeKind>(kind))) + " " +
                    formatCount(counts[kind]);
    return text;
}

/// "success 20, error 20; not counted: cancelled 1; and 3 refused here".
std::string inWords(const WindowCalls &seen, const ExplainedLayer &explained)
{
    std::string text = inWords(seen.ended);
    if (text.empty())
        text = "none";
    if (const std::string others = inWords(seen.uncounted); !others.empty())
        text += "; not counted: " + others;
    if (seen.late > 0)
        text += "; " + formatCount(seen.late) + " of them admitted in an earlier state";
    if (seen.refused > 0)
        text += "; and " + std::string(seen.isRefusedCut ? "at least " : "") + formatCount(seen.refused) + " refused here";
    if (seen.isCut)
        text += "; the window reaches further back, but only the last " + formatCount(explained.ended->kept.size()) + " of " +
                formatCount(explained.ended->all()) + " ends are kept";
    return text;
}

void addWindow(TextPage &page, const ExplainedLayer &explained)
{
    const Explanation &e = explained.explanation;
    page.blank();
    if (!e.windowText.empty())
        page.paragraph("window: " + e.windowText + ": " + inWords(e.window, kindsOf(explained)), Tone::Plain, 0, 2);
    if (!e.calls.empty()) {
        page.paragraph(strip(e.calls), Tone::Plain, 2);
        page.line(kindsOf(explained).slow ? "oldest first: . good, x failed, s slow, X failed and slow" : "oldest first: . good, x failed",
                  Tone::Faint, 2);
    }
    addBuckets(page, e, kindsOf(explained));
    const WindowCalls seen = windowCalls(explained);
    page.paragraph("calls that ended in this layer from " + formatInstant(seen.from) + " to " + formatInstant(seen.to) + ": " +
                       inWords(seen, explained),
                   Tone::Faint, 2, 2);
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
    for (const Explanation::Rule &rule : e.rules) {
        // It is reached, and the state is still another: nothing has asked yet. A note says it itself where it is asked else, and
        // who only keeps metrics is asked and stays.
        const bool isUnasked = e.state != BreakerState::MetricsOnly && rule.isMet() && rule.leadsTo != e.state && rule.note.empty();
        page.paragraph((rule.isMet() ? "met, " : "not ") + std::string(breakerStateName(rule.leadsTo)) + ": " + describe(rule) +
                           (isUnasked ? "; it is asked when the next call ends" : ""),
                       rule.isMet() ? Tone::Warning : Tone::Plain, 2, 2);
    }
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

/// Null where nothing is counted.
Json countsJson(const WindowCounts &counts, CountedKinds kinds)
{
    return {{"calls", counts.calls},
            {"failures", kinds.failures ? Json(counts.failures) : Json()},
            {"slow", kinds.slow ? Json(counts.slow) : Json()}};
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

bool isNormal(BreakerState state)
{
    return state != BreakerState::Open && state != BreakerState::HalfOpen;
}

/// What of a breaker's log its window is made of.
class Intake {
public:
    Intake(const Explanation &e, const std::vector<WatchedStay> &stays) : m_rules(e.intake), m_stays(stays)
    {
        m_last = static_cast<std::uint32_t>(stays.size() - 1);
        while (e.frozenAt && m_last > 0 && !isNormal(stays[m_last].state))
            --m_last;
        m_first = m_last;
        while (m_first > 0 && !isBeginning(stays[m_first].state))
            --m_first;
        m_from = stays[m_first].from;
        if (!e.buckets.empty())
            m_from = std::max(m_from, e.buckets.front().from);
        if (m_rules.from)
            m_from = std::max(m_from, *m_rules.from);
    }

    /// No end before it is in the window.
    Instant from() const { return m_from; }
    /// It came when the window was taking ends in, whether it counts or not.
    bool isInSpan(const WatchedCall &call) const
    {
        if (call.stay < m_first || call.stay > m_last || call.at < m_from)
            return false;
        const BreakerState state = m_stays[call.stay].state;
        return state == BreakerState::Open ? m_rules.inOpen : state == BreakerState::HalfOpen ? m_rules.inHalfOpen : true;
    }
    bool isLate(const WatchedCall &call) const
    {
        return call.admittedIn != call.stay || (m_rules.from && call.at - call.took < *m_rules.from);
    }
    bool isCounted(const WatchedCall &call) const
    {
        return isInSpan(call) && m_rules.kinds.contains(call.outcome.kind) && (m_rules.late || !isLate(call));
    }

private:
    bool isBeginning(BreakerState state) const
    {
        using Since = Explanation::Intake::Since;
        return m_rules.since == Since::State || (m_rules.since == Since::Normal ? isNormal(state) : state == BreakerState::HalfOpen);
    }

    const Explanation::Intake &m_rules;
    const std::vector<WatchedStay> &m_stays;
    std::uint32_t m_first = 0; ///< the stays whose ends can be in the window
    std::uint32_t m_last = 0;
    Instant m_from;
};

/// Of a layer that is no breaker.
WindowCalls lastSeconds(const ExplainedLayer &explained)
{
    WindowCalls seen;
    seen.to = explained.record->now;
    seen.from = std::max(Instant(), seen.to - std::chrono::seconds(10));
    const auto reachesBack = [&seen](const WatchedCalls &calls) {
        return calls.forgotten == 0 || (!calls.kept.empty() && calls.kept.front().at < seen.from);
    };
    seen.isCut = !reachesBack(*explained.ended);
    seen.isRefusedCut = !reachesBack(*explained.refused);
    for (const WatchedCall &call : explained.refused->kept)
        seen.refused += call.at >= seen.from ? 1 : 0;
    for (const WatchedCall &call : explained.ended->kept)
        if (call.at >= seen.from)
            ++seen.ended[static_cast<std::size_t>(call.outcome.kind)];
    if (seen.isCut)
        seen.from = explained.ended->kept.front().at;
    return seen;
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
    if (!e.isBreaker)
        return lastSeconds(explained);
    const Intake intake(e, *explained.stays);
    const WatchedCalls &log = *explained.ended;
    WindowCalls seen;
    seen.from = intake.from();
    seen.to = e.frozenAt.value_or(explained.record->now);
    std::size_t first = 0;
    if (!e.calls.empty()) {
        // As far back as the oldest call that is still in the window; calls that do not count stand between them.
        std::size_t left = e.calls.size();
        for (first = log.kept.size(); first > 0 && left > 0;)
            left -= intake.isCounted(log.kept[--first]) ? 1 : 0;
        seen.isCut = left > 0 && log.forgotten > 0;
        if (left == 0)
            seen.from = log.kept[first].at;
    } else {
        seen.isCut = log.forgotten > 0 && log.kept.front().at >= seen.from;
    }
    if (seen.isCut)
        seen.from = log.kept.front().at;
    for (std::size_t i = first; i < log.kept.size(); ++i) {
        const WatchedCall &call = log.kept[i];
        if (!intake.isInSpan(call))
            continue;
        OutcomeCounts &into = intake.isCounted(call) ? seen.ended : seen.uncounted;
        ++into[static_cast<std::size_t>(call.outcome.kind)];
        seen.late += intake.isLate(call) ? 1 : 0;
    }
    for (const WatchedCall &call : explained.refused->kept)
        seen.refused += intake.isInSpan(call) && call.at >= seen.from ? 1 : 0;
    seen.isRefusedCut = explained.refused->forgotten > 0 && explained.refused->kept.front().at >= seen.from;
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
                                                 formatCount(edge.processes)
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
    const CountedKinds kinds = kindsOf(explained);
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
    root["window"] = countsJson(e.window, kinds);
    root["window"]["text"] = e.windowText;
    root["window"]["failure_rate"] = kinds.failures ? Json(e.failureRate()) : Json();
    root["window"]["slow_call_rate"] = kinds.slow ? Json(e.slowCallRate()) : Json();
    if (!e.calls.empty())
        root["window"]["strip"] = strip(e.calls);
    for (const Explanation::Bucket &bucket : e.buckets) {
        Json json = countsJson(bucket.counts, kinds);
        json["from_ms"] = inMilliseconds(bucket.from.ns());
        json["length_ms"] = inMilliseconds(bucket.length.count());
        root["window"]["buckets"].push_back(std::move(json));
    }
    const WindowCalls seen = windowCalls(explained);
    Json outcomes, uncounted;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind) {
        outcomes[std::string(outcomeName(static_cast<OutcomeKind>(kind)))] = seen.ended[kind];
        uncounted[std::string(outcomeName(static_cast<OutcomeKind>(kind)))] = seen.uncounted[kind];
    }
    root["ended_in_layer"] = {
        {"from_ms", inMilliseconds(seen.from.ns())},
        {"to_ms", inMilliseconds(seen.to.ns())},
        {"outcomes", outcomes},
        {"not_counted", uncounted},
        {"late", seen.late},
        {"refused", seen.refused},
        {"is_cut", seen.isCut || seen.isRefusedCut}};
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
