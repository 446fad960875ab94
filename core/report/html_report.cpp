// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html_report.h"

#include "core/report/charts.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/html_page.h"
#include "core/report/html_table.h"
#include "core/report/world_tables.h"
#include "core/report/junit_report.h"

#include <algorithm>
#include <cmath>

namespace halfopen::report {

namespace {

constexpr std::size_t kTransitionRows = 1000; ///< the rest is in the JSON of the run
constexpr std::size_t kRows = 200;            ///< of any other table
constexpr std::size_t kTunedShown = 8;        ///< all are in the scenario's text
constexpr std::size_t kEdgesDrawn = 8;        ///< edges and clients with charts of their own
constexpr std::size_t kServicesDrawn = 12;
constexpr std::size_t kBreakerGroupsDrawn = 12;

std::string latency(const Histogram &histogram, double q)
{
    return histogram.isEmpty() ? "-"
                               : formatSeconds(static_cast<double>(histogram.quantile(q)) * 1e-9);
}

std::string folded(std::size_t all, std::size_t shown)
{
    return all > shown ? "and " + formatCount(all - shown) + " more" : "";
}

std::string tile(std::string_view name, std::string_view value, std::string_view note,
                 bool isBad = false)
{
    return "<div class=\"tile" + std::string(isBad ? " bad" : "") + "\"><div class=\"name\">" +
           escapeMarkup(name) + "</div><div class=\"value\">" + escapeMarkup(value) +
           "</div><div class=\"note\">" + escapeMarkup(note) + "</div></div>\n";
}

std::string head(const RunRecord &record, const HtmlOptions &options)
{
    const Scenario &scenario = *record.scenario;
    std::string html = "<header>\n<h1>" + escapeMarkup(scenario.name) + "</h1>\n";
    if (!scenario.question.empty())
        html += "<p class=\"question\">" + escapeMarkup(scenario.question) + "</p>\n";
    std::vector<std::string> facts = {
        formatDuration(record.now.sinceStart()) + " simulated",
        formatCount(record.events) + " events", "seed " + std::to_string(record.seed),
        "fingerprint " + formatFingerprint(record.fingerprint), "Halfopen " + record.version};
    if (record.callsInFlight > 0)
        facts.push_back(formatCount(record.callsInFlight) + (record.callsInFlight == 1 ? " call" : " calls") + " still in flight");
    if (!options.date.empty())
        facts.push_back(options.date);
    html += "<p class=\"facts\">";
    for (const std::string &fact : facts)
        html += "<span>" + escapeMarkup(fact) + "</span>";
    html += "</p>\n";
    if (!options.tuned.empty()) {
        std::string list;
        for (std::size_t i = 0; i < std::min(options.tuned.size(), kTunedShown); ++i)
            list += (i > 0 ? ", " : "") + options.tuned[i];
        const std::string more = folded(options.tuned.size(), kTunedShown);
        html += "<p class=\"facts\">" + escapeMarkup("Not as its file has it: " + list + (more.empty() ? "" : " " + more)) + "</p>\n";
    }
    if (!options.fileNote.empty())
        html += "<p class=\"facts\">" + escapeMarkup(options.fileNote) + "</p>\n";
    if (record.end == RunEnd::Cancelled || record.end == RunEnd::LimitReached)
        html += "<p class=\"notice\">" +
                escapeMarkup((record.end == RunEnd::Cancelled ? "Interrupted after "
                                                              : "Stopped at a limit after ") +
                             formatInstant(record.now) + " of " + formatDuration(record.duration) +
                             "; everything below covers that part. " + record.endMessage) +
                "</p>\n";
    return html + "</header>\n";
}

/// The time bucket in which an edge sent the most attempts, in proportion to the calls it was
/// offered on average.
struct Peak {
    double perSecond = 0;
    double ofMeanOffered = 0;
    std::string edge;
};

Peak peakLoad(const RunRecord &record)
{
    Peak peak;
    for (std::size_t edge = 0; edge < record.edges.size(); ++edge) {
        const double offered =
            static_cast<double>(record.edgeTotals[edge].offered) / std::max(seconds(record), 1e-9);
        for (std::size_t i = 0; i < record.buckets.size(); ++i) {
            const TimeBucket &bucket = record.bucket(i);
            const double attempts =
                static_cast<double>(bucket.edges[edge].attempts) / toSeconds(bucket.width);
            if (offered > 0 && attempts / offered > peak.ofMeanOffered)
                peak = {attempts, attempts / offered, record.edges[edge].name};
        }
    }
    return peak;
}

std::string tiles(const RunRecord &record, const std::vector<ExpectationResult> &expectations)
{
    const CallFigures all = allClients(record);
    const double elapsed = seconds(record);
    const double share = all.goodputShare();
    std::string html = "<div class=\"tiles\">\n";
    html += tile("Goodput", formatShare(share),
                 formatRate(elapsed > 0 ? static_cast<double>(all.good()) / elapsed : NAN) +
                     " of " + formatCount(all.offered) + " calls",
                 share < 0.9);
    html += tile("Latency p50", all.latencyText(0.5), "p90 " + all.latencyText(0.9));
    html += tile("Latency p99", all.latencyText(0.99), "p99.9 " + all.latencyText(0.999));
    if (const Peak peak = peakLoad(record); peak.perSecond > 0)
        html += tile("Peak of attempts", formatRate(peak.perSecond),
                     formatRatio(peak.ofMeanOffered) + " of the calls, on " + peak.edge,
                     peak.ofMeanOffered > 2);
    if (!record.breakers.empty()) {
        const std::vector<std::uint64_t> trips = tripsPerBreaker(record);
        std::uint64_t sum = 0;
        std::size_t tripped = 0;
        for (const std::uint64_t count : trips) {
            sum += count;
            tripped += count > 0 ? 1 : 0;
        }
        html +=
            tile("Breaker trips", formatCount(sum),
                 formatCount(tripped) + " of " + formatCount(trips.size()) + " breakers tripped");
    }
    if (!expectations.empty()) {
        const auto count = [&](bool (*is)(const ExpectationResult &)) {
            return static_cast<std::size_t>(std::count_if(expectations.begin(), expectations.end(), is));
        };
        const std::size_t met = count([](const ExpectationResult &e) { return e.met; });
        const std::size_t reached = count([](const ExpectationResult &e) { return e.reached; });
        const std::size_t behind = expectations.size() - reached;
        html += tile("Expectations met", formatCount(met) + " of " + formatCount(reached),
                     behind > 0       ? formatCount(behind) + " not reached"
                     : met == reached ? "all met"
                                      : "see below",
                     met != reached);
    }
    return html + "</div>\n";
}

std::string expectationTable(const std::vector<ExpectationResult> &expectations)
{
    if (expectations.empty())
        return {};
    HtmlTable table({{""}, {"expectation", "wrap"}, {"expected"}, {"got"}, {"why", "wrap"}});
    for (const ExpectationResult &result : expectations)
        table.row({result.met       ? "\u2713 met"
                   : result.reached ? "\u2717 missed"
                                    : "\u00b7 not reached",
                   expectationSubject(result.expectation), result.expectation.valueText,
                   result.gotText, result.expectation.why},
                  {}, result.met ? "met" : result.reached ? "missed" : "");
    return "<h2>Expectations</h2>\n" + table.html();
}

/// What is drawn: all clients together, each client when there are several, then the inner edges.
std::string tracks(const RunRecord &record, ChartBuilder &charts)
{
    std::vector<std::uint32_t> clientEdges, innerEdges;
    for (std::uint32_t edge = 0; edge < record.edges.size(); ++edge)
        (record.edges[edge].client ? clientEdges : innerEdges).push_back(edge);
    const bool isOne = clientEdges.size() == 1;
    const std::string all = isOne ? record.edges[clientEdges[0]].from : "all clients";

    std::string html = charts.inputsTrack();
    if (!clientEdges.empty()) {
        html += charts.outcomesTrack("Outcomes of " + all, clientEdges);
        html += charts.loadTrack("Load of " + all, clientEdges);
        html += charts.latencyTrack("Latency of " + all, clientEdges);
    }
    const std::vector<BreakerGroup> groups = breakerGroups(record);
    for (std::size_t i = 0; i < std::min(groups.size(), kBreakerGroupsDrawn); ++i)
        html += charts.breakerTracks(groups[i]);
    html += charts.retryTrack();
    std::size_t drawn = 0;
    const auto drawEdge = [&](std::uint32_t edge) {
        if (drawn++ >= kEdgesDrawn)
            return;
        const std::uint32_t one[] = {edge};
        html += charts.outcomesTrack(record.edges[edge].name, one);
        html += charts.loadTrack("Load " + record.edges[edge].name, one);
    };
    if (!isOne)
        std::for_each(clientEdges.begin(), clientEdges.end(), drawEdge);
    std::for_each(innerEdges.begin(), innerEdges.end(), drawEdge);
    for (std::size_t service = 0; service < std::min(record.services.size(), kServicesDrawn);
         ++service) {
        const ServiceSpec *spec = record.scenario->findService(record.services[service]);
        if (spec != nullptr && !spec->recording)
            html += charts.serviceTrack(service);
    }
    html += charts.slowerThanTrack("Calls of " + all + " slower than \u2026", clientEdges);
    return "<h2>Over time</h2>\n<div class=\"tracks\">\n" + html + "</div>\n";
}

std::string callTables(const RunRecord &record)
{
    std::vector<CallFigures> rows = edgeFigures(record);
    OutcomeCounts sums{};
    for (const CallFigures &row : rows)
        for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
            sums[kind] += row.ended[kind];
    std::vector<HtmlTable::Head> heads = {{"calls"}, {"offered"}, {"goodput"}, {"good/s"}};
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        if (sums[kind] > 0)
            heads.push_back({std::string(outcomeName(static_cast<OutcomeKind>(kind)))});
    for (const char *title : {"attempts/call", "retries", "late answers"})
        heads.push_back({title});
    HtmlTable table(heads);
    HtmlTable times(
        {{"latency"}, {"ended"}, {"mean"}, {"p50"}, {"p90"}, {"p95"}, {"p99"}, {"p99.9"}, {"max"}});
    const double elapsed = seconds(record);
    for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
        const CallFigures &row = rows[i];
        std::vector<std::string> cells = {
            row.name, formatCount(row.offered), formatShare(row.goodputShare()),
            formatRate(elapsed > 0 ? static_cast<double>(row.good()) / elapsed : NAN)};
        for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
            if (sums[kind] > 0)
                cells.push_back(formatShare(row.endedShare(static_cast<OutcomeKind>(kind))));
        cells.push_back(formatRatio(row.amplification()));
        cells.push_back(formatCount(row.retries));
        cells.push_back(formatCount(row.late));
        table.row(cells);
        cells = {row.name, formatCount(row.endedAll()),
                 row.latency.isEmpty() ? "-" : formatSeconds(row.latency.meanNs() * 1e-9)};
        for (const double q : {0.5, 0.9, 0.95, 0.99, 0.999, 1.0})
            cells.push_back(row.latencyText(q));
        times.row(cells);
    }
    const std::string more = folded(rows.size(), kRows);
    return "<h2>Calls</h2>\n" + table.html(more) + "<h2>Latency</h2>\n" + times.html(more);
}

std::string serviceTable(const RunRecord &record)
{
    const std::vector<ServiceFigures> rows = serviceFigures(record);
    HtmlTable table({{"service"},
                     {"requests"},
                     {"utilisation"},
                     {"mean queue"},
                     {"max queue"},
                     {"rejected"},
                     {"refused by faults"},
                     {"lost in crashes"},
                     {"failed"},
                     {"wasted work"},
                     {"wait p99"},
                     {"service p50"},
                     {"service p99"}});
    for (std::size_t i = 0; i < std::min(rows.size(), kRows); ++i) {
        const ServiceTotals &totals = *rows[i].totals;
        table.row({rows[i].name, formatCount(totals.arrivals), formatShare(rows[i].utilisation),
                   formatNumber(rows[i].meanQueue), formatCount(totals.queueMax),
                   formatCount(totals.rejected), formatCount(totals.refused),
                   formatCount(totals.lost), formatCount(totals.failed), formatShare(rows[i].wastedShare),
                   latency(totals.wait, 0.99), latency(totals.service, 0.5),
                   latency(totals.service, 0.99)});
    }
    return rows.empty() ? "" : "<h2>Services</h2>\n" + table.html(folded(rows.size(), kRows));
}

std::string tablesOfTheWorld(const RunRecord &record)
{
    std::string html;
    for (const WorldTable &wanted : worldTables(record)) {
        std::vector<HtmlTable::Head> columns{{wanted.title}};
        for (const std::string &column : wanted.columns)
            columns.push_back({column});
        HtmlTable table(columns);
        for (std::size_t i = 0; i < std::min(wanted.rows.size(), kRows); ++i)
            table.row(wanted.rows[i]);
        html += table.html(folded(wanted.rows.size(), kRows));
    }
    if (!record.scenario->notes.empty()) {
        html += "<ul class=\"facts\">\n";
        for (const std::string &note : record.scenario->notes)
            html += "<li>" + escapeMarkup(note) + "</li>\n";
        html += "</ul>\n";
    }
    return html;
}

std::string breakerTables(const RunRecord &record)
{
    const std::vector<BreakerGroup> groups = breakerGroups(record);
    if (groups.empty())
        return {};
    HtmlTable overview({{"breaker"},
                        {"on", "left"},
                        {"processes"},
                        {"tripped"},
                        {"trips"},
                        {"CLOSED"},
                        {"OPEN"},
                        {"HALF_OPEN"}});
    for (std::size_t i = 0; i < std::min(groups.size(), kRows); ++i) {
        const BreakerGroup &group = groups[i];
        overview.row({group.name, group.edge, formatCount(group.members.size()),
                      formatCount(group.tripped), formatCount(group.trips),
                      formatShare(group.shareInState[0]), formatShare(group.shareInState[1]),
                      formatShare(group.shareInState[2])});
    }
    std::string html = "<h2>Breakers</h2>\n" + overview.html(folded(groups.size(), kRows));
    if (record.transitions.empty())
        return html;
    HtmlTable table(
        {{"time"}, {"breaker", "left"}, {"from", "left"}, {"to", "left"}, {"reason", "wrap"}});
    const std::size_t shown = std::min(record.transitions.size(), kTransitionRows);
    for (std::size_t i = 0; i < shown; ++i) {
        const BreakerTransition &transition = record.transitions[i];
        table.row({formatInstant(transition.at), record.breakers[transition.breaker].name,
                   std::string(breakerStateName(transition.from)),
                   std::string(breakerStateName(transition.to)), describe(transition.reason)});
    }
    std::string more = folded(record.transitions.size() + record.transitionsDropped, shown);
    if (!more.empty())
        more += "; halfopen run --json lists them";
    return html + "<h2>Every change of a breaker, with its reason</h2>\n" + table.html(more);
}

std::string inputTables(const RunRecord &record)
{
    std::string html;
    if (!record.changes.empty()) {
        HtmlTable table({{"time"}, {"setting", "left"}, {"before", "left"}, {"after", "left"}});
        for (std::size_t i = 0; i < std::min(record.changes.size(), kRows); ++i)
            table.row({formatInstant(record.changes[i].at), record.changes[i].path,
                       record.changes[i].before, record.changes[i].after});
        html += "<h2>Settings changed during the run</h2>\n" +
                table.html(folded(record.changes.size(), kRows));
    }
    if (!record.faultWindows.empty()) {
        HtmlTable table({{"fault"}, {"from"}, {"to"}});
        for (std::size_t i = 0; i < std::min(record.faultWindows.size(), kRows); ++i)
            table.row({record.faultWindows[i].label, formatInstant(record.faultWindows[i].from),
                       formatInstant(record.faultWindows[i].to)});
        html += "<h2>Faults</h2>\n" + table.html(folded(record.faultWindows.size(), kRows));
    }
    return html;
}

/// \a text as a word of a POSIX shell.
std::string shellWord(const std::string &text)
{
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string repeat(const RunRecord &record)
{
    const Scenario &scenario = *record.scenario;
    std::string html = "<h2>Scenario</h2>\n";
    if (!scenario.text.empty())
        html += "<div class=\"scroll\"><pre>" + escapeMarkup(scenario.text) + "</pre></div>\n";
    std::string command =
        "halfopen run " +
        shellWord(scenario.path.empty() ? std::string("scenario.yaml") : scenario.path) +
        " --seed " + std::to_string(record.seed);
    // The text may have settings in place that the file of that name does not have.
    const char *with = scenario.text.empty() ? "." : ", with the file as it stands above.";
    return html + "<footer>Repeat this run: <code>" + escapeMarkup(command) + "</code>" + with +
           " The same scenario, seed and version give the fingerprint " +
           formatFingerprint(record.fingerprint) + " on every machine. Run " +
           escapeMarkup(record.runId) + ".</footer>\n";
}

} // namespace

std::string htmlReport(const RunRecord &record, const std::vector<ExpectationResult> &expectations,
                       const HtmlOptions &options)
{
    ChartBuilder charts(record);
    std::string html = pageBegin(record.scenario->name);
    html += head(record, options);
    html += tiles(record, expectations);
    html += expectationTable(expectations);
    html += tracks(record, charts);
    html += callTables(record);
    html += serviceTable(record);
    html += tablesOfTheWorld(record);
    html += breakerTables(record);
    html += inputTables(record);
    html += repeat(record);
    html += pageEnd(charts.hoverData());
    return html;
}

} // namespace halfopen::report
