// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/comparison.h"

#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/text_page.h"
#include "core/report/traffic.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace halfopen::report {

namespace {

using Json = nlohmann::ordered_json;
using Unit = ComparedFigure::Unit;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kRoundingShare = 1e-12; ///< of a value: what sums of doubles may lose

double quantile(const RunRecord &record, double q)
{
    const CallFigures all = allClients(record);
    return all.latency.isEmpty() ? kNothing : static_cast<double>(all.latency.quantile(q)) * 1e-9;
}

/// Requests sent on every edge for each call that a client began.
double attempts(const RunRecord &record)
{
    std::uint64_t sent = 0;
    for (const EdgeTotals &edge : record.edgeTotals)
        sent += edge.attempts;
    return static_cast<double>(sent);
}

double trips(const RunRecord &record)
{
    std::uint64_t sum = 0;
    for (const std::uint64_t one : tripsPerBreaker(record))
        sum += one;
    return record.breakers.empty() ? kNothing : static_cast<double>(sum);
}

double timeOpen(const RunRecord &record)
{
    double open = 0, all = 0;
    for (const auto &inState : record.breakerNsInState)
        for (std::size_t s = 0; s < inState.size(); ++s) {
            all += static_cast<double>(inState[s]);
            open += s == static_cast<std::size_t>(BreakerState::Open) ? static_cast<double>(inState[s]) : 0;
        }
    return all > 0 ? open / all : kNothing;
}

double meanDetection(const std::vector<Disturbance> &all)
{
    double sum = 0;
    std::size_t count = 0;
    for (const Disturbance &one : all)
        if (one.detection) {
            sum += toSeconds(*one.detection);
            ++count;
        }
    return count > 0 ? sum / static_cast<double>(count) : kNothing;
}

/// NaN if there was nothing to recover from, or it did not.
double worstRecovery(const std::vector<Disturbance> &all)
{
    double worst = kNothing;
    for (const Disturbance &one : all) {
        if (!one.recovery)
            return kNothing;
        worst = std::isnan(worst) ? toSeconds(*one.recovery) : std::max(worst, toSeconds(*one.recovery));
    }
    return worst;
}

constexpr ComparedFigure kFigures[] = {
    {Unit::Share, "goodput", "goodput", 0, [](const RunRecord &r, const auto &) { return allClients(r).goodputShare(); }},
    {Unit::Seconds, "p50_s", "p50", 4, [](const RunRecord &r, const auto &) { return quantile(r, 0.5); }},
    {Unit::Seconds, "p99_s", "p99", 1, [](const RunRecord &r, const auto &) { return quantile(r, 0.99); }},
    {Unit::Count, "attempts", "attempts", 5, [](const RunRecord &r, const auto &) { return attempts(r); }},
    {Unit::Count, "trips", "trips", 0, [](const RunRecord &r, const auto &) { return trips(r); }},
    {Unit::Share, "time_open", "time open", 2, [](const RunRecord &r, const auto &) { return timeOpen(r); }},
    {Unit::Seconds, "time_to_detect_s", "detects in", 0, [](const RunRecord &, const auto &d) { return meanDetection(d); }},
    {Unit::Seconds, "time_to_recover_s", "recovers in", 0, [](const RunRecord &, const auto &d) { return worstRecovery(d); }, true},
};

/// In which a figure is known; 0 for one that is known exactly.
Duration stepOf(const Comparison &comparison, const ComparedFigure &figure)
{
    return figure.isInSteps ? recoveryStep(comparison) : Duration(0);
}

Duration asDuration(double seconds)
{
    return Duration(std::llround(seconds * 1e9));
}

/// Two digits, to the nearest.
std::string twoDigits(double seconds)
{
    const Duration time = asDuration(seconds), digit = lastDigit(time / 10);
    return formatSteps((time + digit / 2) / digit.count() * digit.count(), digit);
}

/// "2 of 3" disturbances noticed, of the first seed.
std::string noticed(const ComparedVariant &variant)
{
    if (variant.firstDisturbances.empty())
        return "-";
    std::size_t count = 0;
    for (const Disturbance &one : variant.firstDisturbances)
        count += one.detection ? 1 : 0;
    return formatCount(count) + " of " + formatCount(variant.firstDisturbances.size());
}

TextTable figureTable(const Comparison &comparison, const TextStyle &style)
{
    std::vector<TextTable::Column> columns = {{"variant", true}};
    for (const ComparedFigure &figure : comparedFigures())
        columns.push_back({figure.title, false, figure.rank});
    columns.push_back({"noticed", false, 3});
    TextTable table(columns, style, TextTable::TooWide::Wraps);
    for (const ComparedVariant &variant : comparison.variants) {
        std::vector<TextTable::Cell> cells = {printable(variant.name)};
        for (std::size_t f = 0; f < comparedFigures().size(); ++f)
            cells.emplace_back(figureText(comparison, comparedFigures()[f], figureOf(variant, f)));
        cells.emplace_back(noticed(variant));
        table.addRow(std::move(cells));
    }
    return table;
}

TextTable differenceTable(const Comparison &comparison, const TextStyle &style)
{
    std::vector<TextTable::Column> columns = {{"minus " + printable(comparison.variants.front().name), true}};
    for (const ComparedFigure &figure : comparedFigures())
        columns.push_back({figure.title, false, figure.rank});
    TextTable table(columns, style, TextTable::TooWide::Wraps);
    for (std::size_t v = 1; v < comparison.variants.size(); ++v) {
        std::vector<TextTable::Cell> cells = {printable(comparison.variants[v].name)};
        for (std::size_t f = 0; f < comparedFigures().size(); ++f) {
            const Estimate e = differenceOf(comparison.variants[v], comparison.variants.front(), f);
            const ComparedFigure &figure = comparedFigures()[f];
            cells.emplace_back(differenceText(comparison, figure, e),
                               isClearDifference(comparison, figure, e) ? Tone::Strong : Tone::Plain);
        }
        table.addRow(std::move(cells));
    }
    return table;
}

void addCarried(TextPage &page, const ComparedVariant &variant)
{
    if (variant.carried.empty())
        return;
    page.blank();
    page.line(printable(variant.name) + ": settings by their meaning", Tone::Faint);
    for (const CarriedSetting &one : variant.carried)
        page.paragraph((one.isCarried() ? "\u2713 " : "\u2717 ") + printable(one.meaning) + " \u2192 " +
                           (one.isCarried() ? printable(one.setting) : std::string("no counterpart")) +
                           (one.note.empty() ? "" : " (" + printable(one.note) + ")"),
                       one.isCarried() ? Tone::Plain : Tone::Warning, 2, 4);
}

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json estimateJson(const Estimate &e)
{
    return {{"mean", e.count > 0 ? number(e.mean) : Json()}, {"half_width_95", number(e.halfWidth)}, {"seeds", e.count}};
}

Json disturbancesJson(const std::vector<Disturbance> &all)
{
    Json json = Json::array();
    for (const Disturbance &one : all)
        json.push_back({{"from_s", one.from.seconds()},
                        {"to_s", one.to.seconds()},
                        {"detection_s", one.detection ? Json(toSeconds(*one.detection)) : Json()},
                        {"recovery_s", one.recovery ? Json(toSeconds(*one.recovery)) : Json()},
                        {"recovery_resolution_s", one.recovery ? Json(toSeconds(one.resolution)) : Json()}});
    return json;
}

/// "a", "a and b", "a, b and c".
std::string listOf(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

/// What the columns "detects in" and "recovers in" mean, and why there is nothing in them.
void addMeaningOfTimes(TextPage &page, const Comparison &comparison, Duration step)
{
    const Undisturbed nothing = undisturbed(comparison);
    if (nothing.withoutFault.size() + nothing.faultTooLate.size() < comparison.variants.size())
        page.paragraph("detects in: from the beginning of a disturbance to the first breaker that opens, mean (- = none did before "
                       "the next one or the end); recovers in: from its end until goodput stays above 95 % of the usual, worst (- = "
                       "not before the next one or the end)" +
                           (step > Duration(0) ? ", known to " + formatSteps(knownTo(step), lastDigit(step)) : "") +
                           ".",
                       Tone::Faint);
    for (const std::string &sentence : undisturbedSentences(comparison))
        page.paragraph(sentence, Tone::Faint);
}

} // namespace

std::span<const ComparedFigure> comparedFigures()
{
    return kFigures;
}

Quantity quantityOf(const ComparedFigure &figure)
{
    switch (figure.unit) {
    case Unit::Share:
        return Quantity::Share;
    case Unit::Seconds:
        return Quantity::Seconds;
    case Unit::Count:
        return Quantity::Count;
    case Unit::Ratio:
        break;
    }
    return Quantity::Ratio;
}

std::string formatFigure(const ComparedFigure &figure, double value)
{
    if (!std::isfinite(value))
        return "-";
    switch (figure.unit) {
    case Unit::Share:
        return formatShare(value);
    case Unit::Seconds:
        return figure.isInSteps ? twoDigits(value) : formatSeconds(value);
    case Unit::Ratio:
        return formatRatio(value);
    case Unit::Count:
        break;
    }
    return value == std::floor(value) && value >= 0 ? formatCount(static_cast<std::uint64_t>(value)) : formatNumber(value);
}

Duration recoveryStep(const Comparison &comparison)
{
    Duration step{};
    for (const ComparedVariant &variant : comparison.variants)
        for (const Duration one : variant.recoveryStep)
            step = std::max(step, one);
    return step;
}

Told toldFigure(const Comparison &comparison, const ComparedFigure &figure, const Estimate &mean)
{
    return mean.count == 0 ? Told() : tell(quantityOf(figure), mean.mean, mean.halfWidth, mean.count, stepOf(comparison, figure));
}

Told toldDifference(const Comparison &comparison, const ComparedFigure &figure, const Estimate &difference)
{
    return difference.count == 0 ? Told()
                                 : tellDifference(quantityOf(figure), difference.mean, difference.halfWidth, difference.count,
                                                  stepOf(comparison, figure));
}

std::string figureText(const Comparison &comparison, const ComparedFigure &figure, const Estimate &mean)
{
    return toldText(toldFigure(comparison, figure, mean));
}

bool isClearDifference(const Comparison &comparison, const ComparedFigure &figure, const Estimate &difference)
{
    return isClearDifference(difference, toldDifference(comparison, figure, difference), stepOf(comparison, figure));
}

bool isClearDifference(const Estimate &difference, const Told &told, Duration step)
{
    return difference.isClear() && isClearAsTold(told) && std::abs(difference.mean) >= toSeconds(step);
}

std::string differenceText(const Comparison &comparison, const ComparedFigure &figure, const Estimate &difference)
{
    return toldText(toldDifference(comparison, figure, difference), true) +
           (isClearDifference(comparison, figure, difference) ? " *" : "");
}

Undisturbed undisturbed(const Comparison &comparison)
{
    Undisturbed nothing;
    for (const ComparedVariant &variant : comparison.variants) {
        if (!variant.firstDisturbances.empty() || !variant.first)
            continue; // or not known yet
        const bool hasFault = variant.scenario && !variant.scenario->faults.empty();
        (hasFault ? nothing.faultTooLate : nothing.withoutFault).push_back(printable(variant.name));
    }
    return nothing;
}

std::vector<std::string> undisturbedSentences(const Comparison &comparison)
{
    const Undisturbed nothing = undisturbed(comparison);
    std::vector<std::string> sentences;
    const auto in = [&](const std::vector<std::string> &names) {
        return names.size() == comparison.variants.size() ? std::string() : " in " + listOf(names);
    };
    if (!nothing.withoutFault.empty())
        sentences.push_back("detects in, recovers in: no fault is declared" + in(nothing.withoutFault) +
                            ", so there is nothing to count from; what goes wrong lies in the world or in its recording.");
    if (!nothing.faultTooLate.empty())
        sentences.push_back("detects in, recovers in: no fault begins before the end of the run" + in(nothing.faultTooLate) +
                            ", so there is nothing to count from.");
    return sentences;
}

double studentT95(std::size_t degreesOfFreedom)
{
    // Percentage points of the t distribution, 0.975, as in every statistical table.
    static constexpr double kPoints[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                         2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                         2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    if (degreesOfFreedom == 0)
        return kNothing;
    if (degreesOfFreedom <= std::size(kPoints))
        return kPoints[degreesOfFreedom - 1];
    // Beyond the table: the first term of the expansion in 1/df, right to 0.001.
    constexpr double z = 1.959964;
    return z + (z * z * z + z) / (4 * static_cast<double>(degreesOfFreedom));
}

Estimate estimate(std::span<const double> values)
{
    Estimate e;
    double sum = 0;
    for (const double value : values)
        if (std::isfinite(value)) {
            sum += value;
            ++e.count;
        }
    e.mean = e.count > 0 ? sum / static_cast<double>(e.count) : kNothing;
    e.halfWidth = kNothing;
    if (e.count < 2)
        return e;
    double squares = 0;
    double greatest = 0;
    for (const double value : values)
        if (std::isfinite(value)) {
            squares += (value - e.mean) * (value - e.mean);
            greatest = std::max(greatest, std::abs(value));
        }
    // Values that are one number but for the rounding of sums have no spread: else they would be told as "±3e-9 ns".
    if (std::sqrt(squares) <= kRoundingShare * greatest) {
        e.halfWidth = 0;
        return e;
    }
    const auto n = static_cast<double>(e.count);
    e.halfWidth = studentT95(e.count - 1) * std::sqrt(squares / (n - 1) / n);
    return e;
}

Estimate figureOf(const ComparedVariant &variant, std::size_t figure)
{
    std::vector<double> values;
    for (const std::vector<double> &seed : variant.figures)
        if (!seed.empty())
            values.push_back(seed[figure]);
    return estimate(values);
}

Estimate differenceOf(const ComparedVariant &variant, const ComparedVariant &base, std::size_t figure)
{
    std::vector<double> values;
    for (std::size_t s = 0; s < std::min(variant.figures.size(), base.figures.size()); ++s)
        if (!variant.figures[s].empty() && !base.figures[s].empty())
            values.push_back(variant.figures[s][figure] - base.figures[s][figure]);
    return estimate(values);
}

std::string comparisonText(const Comparison &comparison, const TextStyle &style)
{
    TextPage page(style);
    const bool isMany = comparison.seeds.size() > 1;
    const std::vector<std::string> differences = trafficDifferences(comparison);
    page.paragraph((differences.empty() ? "The same traffic for all: seed " : "Not the same traffic: seed ") +
                       std::to_string(comparison.seeds.front()) +
                       (isMany ? " to " + std::to_string(comparison.seeds.back()) +
                                     "; means with 95 % confidence intervals over " +
                                     formatCount(comparison.seeds.size()) + " seeds"
                               : ""),
                   Tone::Faint);
    for (const std::string &difference : differences)
        page.paragraph(difference, Tone::Warning, 2, 2);
    if (!comparison.isComplete)
        page.paragraph("Interrupted: some seeds are missing.", Tone::Warning);
    page.blank();
    page.table(figureTable(comparison, style));
    const Duration step = recoveryStep(comparison);
    if (comparison.variants.size() > 1) {
        page.blank();
        page.table(differenceTable(comparison, style));
        if (isMany)
            page.paragraph(std::string("Paired by seed. * the interval does not hold 0") + (step > Duration(0) ? " and the difference is not below "
                           "what is known of a time to recover" : "") + "; pt = percentage points.", Tone::Faint);
    }
    addMeaningOfTimes(page, comparison, step);
    for (const ComparedVariant &variant : comparison.variants) {
        addCarried(page, variant);
        if (!variant.problem.empty())
            page.paragraph(printable(variant.name) + ": " + printable(variant.problem), Tone::Bad);
    }
    return page.text();
}

std::string comparisonJson(const Comparison &comparison)
{
    Json root;
    root["seeds"] = comparison.seeds;
    root["complete"] = comparison.isComplete;
    root["traffic_differences"] = trafficDifferences(comparison);
    root["variants"] = Json::array();
    for (const ComparedVariant &variant : comparison.variants) {
        Json json;
        json["name"] = variant.name;
        json["scenario"] = variant.scenario->name;
        if (variant.first)
            json["fingerprint"] = formatFingerprint(variant.first->fingerprint);
        for (std::size_t f = 0; f < comparedFigures().size(); ++f) {
            const char *key = comparedFigures()[f].key;
            json["figures"][key] = estimateJson(figureOf(variant, f));
            json["figures"][key]["by_seed"] = Json::array();
            for (const std::vector<double> &seed : variant.figures)
                json["figures"][key]["by_seed"].push_back(seed.empty() ? Json() : number(seed[f]));
            if (&variant != &comparison.variants.front())
                json["difference"][key] = estimateJson(differenceOf(variant, comparison.variants.front(), f));
        }
        json["disturbances"] = disturbancesJson(variant.firstDisturbances);
        json["carried"] = Json::array();
        for (const CarriedSetting &one : variant.carried)
            json["carried"].push_back({{"meaning", one.meaning},
                                       {"setting", one.isCarried() ? Json(one.setting) : Json()},
                                       {"note", one.note}});
        json["problem"] = variant.problem.empty() ? Json() : Json(variant.problem);
        root["variants"].push_back(std::move(json));
    }
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace halfopen::report
