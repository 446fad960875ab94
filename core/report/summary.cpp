// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/summary.h"

#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/text_page.h"
#include "core/report/world_tables.h"

#include <algorithm>
#include <cmath>

namespace halfopen::report {

namespace {

constexpr std::size_t kTransitionsShown = 8; ///< per group of breakers
constexpr std::size_t kRowsShown = 20;       ///< of clients, edges, services
constexpr std::size_t kBarWidth = 30;        ///< columns of a full outcome bar

using Page = TextPage;

void addHead(Page &page, const RunRecord &record)
{
    page.line(printable(record.scenario->name), Tone::Strong);
    // The question and what to watch are lines of their own.
    const std::string &question = record.scenario->question;
    for (std::size_t at = 0; at < question.size();) {
        const std::size_t end = std::min(question.find('\n', at), question.size());
        page.paragraph(printable(std::string_view(question).substr(at, end - at)), Tone::Faint);
        at = end + 1;
    }
    std::string facts = formatDuration(record.now.sinceStart()) + " simulated \u00b7 " +
                        formatCount(record.events) + " events \u00b7 seed " +
                        std::to_string(record.seed);
    if (record.callsInFlight > 0)
        facts += " \u00b7 " + formatCount(record.callsInFlight) + (record.callsInFlight == 1 ? " call" : " calls") + " still in flight";
    page.paragraph(facts, Tone::Faint);
    const std::string reached = "after " + formatInstant(record.now) + " of " +
                                formatDuration(record.duration) + "; the figures cover that part.";
    if (record.end == RunEnd::Cancelled)
        page.paragraph("Interrupted " + reached, Tone::Warning);
    else if (record.end == RunEnd::LimitReached)
        page.paragraph("Stopped at a limit " + reached + " " + printable(record.endMessage),
                       Tone::Bad);
}

void addCalls(Page &page, std::string_view title, const std::vector<CallFigures> &figures,
              double elapsed)
{
    if (figures.empty())
        return;
    // Where nobody serves substitutes, what is good is what went well.
    const bool hasFallbacks = std::any_of(figures.begin(), figures.end(), [](const CallFigures &one) {
        return one.ended[static_cast<std::size_t>(OutcomeKind::Fallback)] > 0;
    });
    std::vector<TextTable::Column> columns{{std::string(title)},
                                           {"offered", false, 5},
                                           {"goodput"},
                                           {"good/s", false, 6},
                                           {"attempts/call", false, 2},
                                           {"p50"},
                                           {"p90", false, 4},
                                           {"p99"},
                                           {"p99.9", false, 3}};
    if (hasFallbacks)
        columns.insert(columns.begin() + 3, {"success", false, 1});
    TextTable table(columns, page.style());
    const std::size_t shown = std::min(figures.size(), kRowsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const CallFigures &one = figures[i];
        const double share = one.goodputShare();
        const Tone tone = share >= 0.99 ? Tone::Good : share >= 0.9 ? Tone::Warning : Tone::Bad;
        std::vector<TextTable::Cell> row{printable(one.name),
                                         formatCount(one.offered),
                                         {formatShare(share), std::isfinite(share) ? tone : Tone::Plain},
                                         formatRate(elapsed > 0 ? static_cast<double>(one.good()) / elapsed : NAN),
                                         formatRatio(one.amplification()),
                                         one.latencyText(0.5),
                                         one.latencyText(0.9),
                                         one.latencyText(0.99),
                                         one.latencyText(0.999)};
        if (hasFallbacks)
            row.insert(row.begin() + 3, formatShare(one.endedAll() > 0 ? one.endedShare(OutcomeKind::Success) : NAN));
        table.addRow(std::move(row));
    }
    page.blank();
    page.table(table);
    page.more(figures.size(), shown);
}

void addOutcomes(Page &page, const CallFigures &figures)
{
    const std::uint64_t all = figures.endedAll();
    if (all == 0)
        return;
    TextTable table(
        {{"outcomes of " + printable(figures.name)}, {"", true, 1}, {"share"}, {"calls", false, 2}},
        page.style());
    for (std::size_t i = 0; i < kOutcomeKinds; ++i) {
        const auto kind = static_cast<OutcomeKind>(i);
        const std::uint64_t count = figures.ended[i];
        if (count == 0)
            continue;
        const double share = figures.endedShare(kind);
        const auto filled = static_cast<std::size_t>(std::lround(share * kBarWidth));
        std::string bar;
        for (std::size_t column = 0; column < kBarWidth; ++column)
            bar += column < std::max<std::size_t>(filled, 1) ? "\u2588" : "\u2591";
        const Tone tone = kind == OutcomeKind::Success ? Tone::Good
                          : kind == OutcomeKind::Error ? Tone::Bad
                                                       : Tone::Warning;
        table.addRow(
            {std::string(outcomeName(kind)), {bar, tone}, formatShare(share), formatCount(count)});
    }
    page.blank();
    page.table(table);
}

void addServices(Page &page, const RunRecord &record)
{
    const std::vector<ServiceFigures> figures = serviceFigures(record);
    TextTable table({{"services"},
                     {"requests", false, 4},
                     {"utilisation"},
                     {"mean queue", false, 3},
                     {"max queue", false, 6},
                     {"rejected", false, 2},
                     {"failed", false, 5},
                     {"wasted work", false, 1}},
                    page.style());
    const std::size_t shown = std::min(figures.size(), kRowsShown);
    for (std::size_t i = 0; i < shown; ++i) {
        const ServiceFigures &one = figures[i];
        const ServiceTotals &totals = *one.totals;
        const Tone busy = one.utilisation > 0.95  ? Tone::Bad
                          : one.utilisation > 0.8 ? Tone::Warning
                                                  : Tone::Plain;
        table.addRow(
            {printable(one.name),
             formatCount(totals.arrivals),
             {formatShare(one.utilisation), busy},
             formatNumber(one.meanQueue),
             formatCount(totals.queueMax),
             formatCount(totals.rejected + totals.refused),
             formatCount(totals.failed),
             {formatShare(one.wastedShare), one.wastedShare > 0.05 ? Tone::Warning : Tone::Plain}});
    }
    page.blank();
    page.table(table);
    page.more(figures.size(), shown);
}

void addWorldTables(Page &page, const RunRecord &record)
{
    for (const WorldTable &wanted : worldTables(record)) {
        std::vector<TextTable::Column> columns{{wanted.title}};
        for (std::size_t i = 0; i < wanted.columns.size(); ++i) // the last ones give way on a narrow terminal
            columns.push_back({wanted.columns[i], false, static_cast<int>(i < 3 ? 0 : i)});
        TextTable table(columns, page.style());
        const std::size_t shown = std::min(wanted.rows.size(), kRowsShown);
        for (std::size_t i = 0; i < shown; ++i) {
            std::vector<TextTable::Cell> row;
            for (const std::string &cell : wanted.rows[i])
                row.push_back(row.empty() ? printable(cell) : cell);
            table.addRow(std::move(row));
        }
        page.blank();
        page.table(table);
        page.more(wanted.rows.size(), shown);
    }
}

void addNotes(Page &page, const RunRecord &record)
{
    if (record.scenario->notes.empty())
        return;
    page.blank();
    for (const std::string &note : record.scenario->notes)
        page.paragraph(printable(note), Tone::Faint, 0, 2);
}

void addTransitions(Page &page, const RunRecord &record, const BreakerGroup &group)
{
    std::vector<const BreakerTransition *> own;
    std::size_t all = 0;
    for (const BreakerTransition &transition : record.transitions) {
        const BreakerInfo &info = record.breakers[transition.breaker];
        const BreakerInfo &first = record.breakers[group.members.front()];
        if (info.edge != first.edge || info.layer != first.layer)
            continue;
        if (++all <= kTransitionsShown)
            own.push_back(&transition);
    }
    for (const BreakerTransition *transition : own) {
        const BreakerInfo &info = record.breakers[transition->breaker];
        // As everywhere else; `explain --at` takes a time to the millisecond to be one that was printed.
        std::string at = formatInstant(transition->at);
        at.insert(0, at.size() < 10 ? 10 - at.size() : 0, ' ');
        std::string head = at;
        if (group.members.size() > 1)
            head += "  " + std::string(placeInLayer(info));
        head += "  " + std::string(breakerStateName(transition->from)) + " \u2192 " +
                std::string(breakerStateName(transition->to));
        // The reason goes beside the change where there is room and below it where there is none.
        const std::string why = describe(transition->reason);
        if (displayWidth(page.fit(head)) + 4 + displayWidth(why) <= page.style().width) {
            page.line("  " + head + "  " + why);
        } else {
            page.line("  " + head);
            page.paragraph(why, Tone::Faint, 14);
        }
    }
    page.more(all, own.size());
}

/// "3 instances, judged by each of 40 processes"
std::string instancesJudged(const RunRecord &record, const BreakerGroup &group)
{
    const std::uint32_t instances = *record.breakers[group.members.back()].instance + 1;
    const std::size_t processes = group.members.size() / instances;
    std::string text = formatCount(instances) + (instances == 1 ? " instance" : " instances");
    if (processes > 1)
        text += ", judged by each of " + formatCount(processes) + " processes";
    return text;
}

void addBreakers(Page &page, const RunRecord &record)
{
    const std::vector<BreakerGroup> groups = breakerGroups(record);
    if (groups.empty())
        return;
    page.blank();
    page.line("breakers", Tone::Faint);
    for (std::size_t i = 0; i < std::min(groups.size(), kRowsShown); ++i) {
        const BreakerGroup &group = groups[i];
        std::string text = printable(group.name) + " on " + printable(group.edge);
        const bool isOfInstances = record.breakers[group.members.front()].instance.has_value();
        if (isOfInstances)
            text += " (" + instancesJudged(record, group) + ")";
        else if (group.members.size() > 1)
            text += " (" + formatCount(group.members.size()) + " processes)";
        text += ": ";
        if (isOfInstances)
            text += group.trips == 0 ? "never ejected an instance"
                                     : formatCount(group.trips) + (group.trips == 1 ? " ejection" : " ejections") + ", instances away "
                    + formatShare(group.shareInState[static_cast<std::size_t>(BreakerState::Open)]) + " of the time";
        else if (group.trips == 0)
            text += "never tripped";
        else
            text +=
                "tripped " + formatCount(group.trips) + (group.trips == 1 ? " time" : " times") +
                (group.members.size() > 1 ? " in " + formatCount(group.tripped) +
                                                (group.tripped == 1 ? " process" : " processes")
                                          : "") +
                ", OPEN " +
                formatShare(group.shareInState[static_cast<std::size_t>(BreakerState::Open)]) +
                " and HALF_OPEN " +
                formatShare(group.shareInState[static_cast<std::size_t>(BreakerState::HalfOpen)]) +
                " of the time";
        page.paragraph(text);
        addTransitions(page, record, group);
    }
    page.more(groups.size(), kRowsShown);
    if (record.transitionsDropped > 0)
        page.line(formatCount(record.transitionsDropped) + " later changes were not recorded",
                  Tone::Warning, 2);
}

void addChanges(Page &page, const RunRecord &record)
{
    if (record.changes.empty())
        return;
    page.blank();
    page.line("settings changed during the run", Tone::Faint);
    for (const ParameterChange &change : record.changes)
        page.paragraph(formatInstant(change.at) + "  " + printable(change.path) + ": " +
                       printable(change.before) + " \u2192 " + printable(change.after));
}

void addDefaults(Page &page, const RunRecord &record)
{
    if (record.scenario->defaults.empty())
        return;
    page.blank();
    page.paragraph(printable(defaultsSentence(record.scenario->defaults)), Tone::Warning, 0, 2);
}

void addExpectations(Page &page, const std::vector<ExpectationResult> &expectations)
{
    for (const ExpectationResult &result : expectations) {
        if (!result.reached) {
            page.paragraph("\u00b7 not reached: " + printable(result.sentence), Tone::Faint, 0, 2);
            continue;
        }
        std::string text =
            std::string(result.met ? "\u2713 " : "\u2717 ") + printable(result.sentence);
        if (!result.expectation.why.empty())
            text += " (" + printable(result.expectation.why) + ")";
        page.paragraph(text, result.met ? Tone::Good : Tone::Bad, 0, 2);
    }
}

} // namespace

std::string defaultsSentence(const std::vector<AppliedDefault> &defaults)
{
    std::string text = "not the scenario's own: ";
    bool isFirst = true;
    for (const AppliedDefault &one : defaults) {
        text += (isFirst ? "" : "; ") + one.path + " is " + one.value + " (built in " + one.builtIn + ", from " + one.from
            + ")";
        isFirst = false;
    }
    return text;
}

std::string expectationLines(const std::vector<ExpectationResult> &expectations,
                             const TextStyle &style)
{
    Page page(style);
    addExpectations(page, expectations);
    return page.text();
}

std::string summary(const RunRecord &record, const std::vector<ExpectationResult> &expectations,
                    const TextStyle &style)
{
    Page page(style);
    addHead(page, record);
    const double elapsed = seconds(record);
    const std::vector<CallFigures> clients = clientFigures(record);
    addCalls(page, "clients", clients, elapsed);
    if (clients.size() > 1)
        addOutcomes(page, allClients(record));
    for (std::size_t i = 0; i < std::min<std::size_t>(clients.size(), 4); ++i)
        addOutcomes(page, clients[i]);
    // Edges between services only: a client's edge repeats the client's own row.
    std::vector<CallFigures> inner = edgeFigures(record);
    for (std::size_t i = inner.size(); i-- > 0;)
        if (record.edges[i].client)
            inner.erase(inner.begin() + static_cast<std::ptrdiff_t>(i));
    addCalls(page, "between services", inner, elapsed);
    addServices(page, record);
    addWorldTables(page, record);
    addBreakers(page, record);
    addChanges(page, record);
    addDefaults(page, record);
    addNotes(page, record);

    if (!expectations.empty()) {
        const auto met = static_cast<std::uint64_t>(
            std::count_if(expectations.begin(), expectations.end(),
                          [](const ExpectationResult &result) { return result.met; }));
        const auto behind = static_cast<std::uint64_t>(
            std::count_if(expectations.begin(), expectations.end(),
                          [](const ExpectationResult &result) { return !result.reached; }));
        page.blank();
        page.line("expectations: " + formatCount(met) + " of " + formatCount(expectations.size() - behind) + " met" +
                      (behind > 0 ? ", " + formatCount(behind) + " not reached" : ""),
                  Tone::Faint);
        addExpectations(page, expectations);
    }
    page.blank();
    page.columnsLeftOut();
    page.paragraph("fingerprint " + formatFingerprint(record.fingerprint) + ", seed " +
                       std::to_string(record.seed) + ", version " + record.version,
                   Tone::Faint);
    return page.text();
}

} // namespace halfopen::report
