// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/recovery.h"

#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/told.h"

#include <algorithm>
#include <cmath>

namespace halfopen::report {

namespace {

constexpr Duration kGap = std::chrono::seconds(1);

constexpr double kWideColumn = 1.0;     ///< seconds: the least for a judgement
constexpr double kCallsOfColumn = 100;  ///< expected calls: the least for a judgement

/// The good and all ended calls of the clients in some buckets.
struct Column {
    Instant from;
    Instant to;
    std::uint64_t good = 0;
    std::uint64_t ended = 0;
    std::uint64_t offered = 0;

    bool isEmpty() const { return offered + ended == 0; }
    void add(const Column &more)
    {
        to = more.to;
        good += more.good;
        ended += more.ended;
        offered += more.offered;
    }
};

Column columnOf(const RunRecord &record, const TimeBucket &bucket)
{
    Column column{bucket.from, bucket.from + bucket.width, 0, 0, 0};
    for (std::size_t e = 0; e < bucket.edges.size(); ++e) {
        if (!record.edges[e].client)
            continue;
        column.offered += bucket.edges[e].offered;
        for (std::size_t k = 0; k < kOutcomeKinds; ++k) {
            column.ended += bucket.edges[e].ended[k];
            column.good += isGood(static_cast<OutcomeKind>(k)) ? bucket.edges[e].ended[k] : 0;
        }
    }
    return column;
}

/// Buckets in columns: the fine ones tell when, the wide ones, which are whole numbers of them, tell whether.
struct Widths {
    std::size_t bucketsOfFine = 1;
    std::size_t fineOfWide = 1;
};

Widths widthsOf(const RunRecord &record)
{
    const CallFigures all = allClients(record);
    const double perSecond = static_cast<double>(all.offered) / std::max(seconds(record), 1e-9);
    const double judged = perSecond > 0 ? kCallsOfColumn / perSecond : kWideColumn;
    const double bucket = toSeconds(record.bucketWidth);
    // A few calls less are about a hundred, too: the first may come a moment after the beginning.
    const auto whole = [](double ratio) { return static_cast<std::size_t>(std::max(1.0, std::ceil(ratio - 0.05))); };
    Widths widths;
    widths.bucketsOfFine = whole(judged / bucket);
    widths.fineOfWide = whole(kWideColumn / (bucket * static_cast<double>(widths.bucketsOfFine)));
    return widths;
}

/// \a columns joined in groups of \a group; what is left over at the end is too little for a column and goes to the last.
std::vector<Column> joined(const std::vector<Column> &columns, std::size_t group)
{
    std::vector<Column> wide;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const bool isRest = i % group == 0 && i + group > columns.size() && !wide.empty();
        if (i % group == 0 && !isRest)
            wide.push_back(columns[i]);
        else
            wide.back().add(columns[i]);
    }
    return wide;
}

/// The buckets that hold time from \a from on, up to those that end after \a to.
std::vector<Column> columnsBetween(const RunRecord &record, Instant from, Instant to)
{
    std::vector<Column> columns;
    for (std::size_t i = 0; i < record.bucketCount(); ++i) {
        const TimeBucket &bucket = record.bucket(i);
        if (bucket.width > Duration(0) && bucket.from + bucket.width > from && bucket.from + bucket.width <= to)
            columns.push_back(columnOf(record, bucket));
    }
    return columns;
}

double shareOf(std::uint64_t good, std::uint64_t ended)
{
    return ended > 0 ? static_cast<double>(good) / static_cast<double>(ended) : 0;
}

/// Judges the time from the end of \a one to \a next.
void findRecovery(const RunRecord &record, Widths widths, double usual, Instant next, Disturbance &one)
{
    const std::vector<Column> fine = joined(columnsBetween(record, one.to, next), widths.bucketsOfFine);
    const std::vector<Column> wide = joined(fine, widths.fineOfWide);
    const auto isBad = [usual](const Column &column) {
        return !column.isEmpty() && shareOf(column.good, column.ended) < kRecovered * usual;
    };
    const auto judged = std::find_if(wide.rbegin(), wide.rend(), [](const Column &column) { return !column.isEmpty(); });
    if (judged == wide.rend() || isBad(*judged))
        return;
    const auto lastBad = std::find_if(wide.rbegin(), wide.rend(), isBad);
    // Within the last bad column, the last part that is bad; and on from there into the good one behind it.
    const Instant badFrom = lastBad == wide.rend() ? wide.front().from : lastBad->from;
    const Instant badTo = lastBad == wide.rend() ? wide.front().from : lastBad->to;
    // A column without a call is neither: it ends no bad part.
    const Column *last = nullptr;
    Instant reach = badTo;
    for (const Column &column : fine) {
        if (column.from < badFrom)
            continue;
        if (column.isEmpty() ? column.from == reach : (isBad(column) && (column.to <= badTo || column.from == reach))) {
            reach = column.to;
            last = column.isEmpty() ? last : &column;
        }
    }
    // Where calls follow at once, they were good from the end of the last bad column on; else the first to come tell that it is back.
    const Instant from = last ? last->to : fine.front().from;
    const auto good = std::find_if(fine.begin(), fine.end(), [&](const Column &column) { return column.from >= from && !column.isEmpty(); });
    const bool isAtOnce = last && (good == fine.end() || good->from == from);
    const Instant knownAt = isAtOnce || good == fine.end() ? from : good->to;
    one.recovery = knownAt - one.to;
    one.resolution = knownAt - std::max(last ? last->from : from, one.to);
}

} // namespace

std::vector<Disturbance> disturbances(const RunRecord &record)
{
    std::vector<FaultWindow> windows = record.faultWindows;
    std::sort(windows.begin(), windows.end(), [](const auto &a, const auto &b) { return a.from < b.from; });
    std::vector<Disturbance> found;
    for (const FaultWindow &window : windows) {
        if (window.from >= record.now)
            continue;
        if (!found.empty() && window.from <= found.back().to + kGap)
            found.back().to = std::max(found.back().to, window.to);
        else
            found.push_back({window.from, window.to, {}, {}});
    }
    if (found.empty())
        return found;

    std::uint64_t good = 0, ended = 0;
    for (const Column &column : columnsBetween(record, Instant(), found.front().from)) {
        good += column.good;
        ended += column.ended;
    }
    // A run that begins disturbed has no undisturbed traffic to compare with; all calls then.
    const double usual = ended > 0 ? shareOf(good, ended) : 1.0;
    const Widths widths = widthsOf(record);
    for (std::size_t i = 0; i < found.size(); ++i) {
        Disturbance &one = found[i];
        const Instant next = i + 1 < found.size() ? found[i + 1].from : record.now;
        for (const BreakerTransition &transition : record.transitions)
            if (transition.to == BreakerState::Open && transition.from != BreakerState::Open && transition.at >= one.from
                && transition.at < next) {
                one.detection = transition.at - one.from;
                break;
            }
        if (one.to < next) // else it lasts to the end: nothing can be said about recovery
            findRecovery(record, widths, usual, next, one);
    }
    return found;
}

std::string formatSteps(Duration time, Duration digit)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    if (time.count() < kSecond || time.count() >= 60 * kSecond)
        return formatDuration(time);
    std::size_t decimals = 0;
    for (std::int64_t unit = kSecond; unit > digit.count() && decimals < 3; unit /= 10)
        ++decimals;
    std::string rest = std::to_string(time.count() % kSecond / (kSecond / 1000));
    rest.insert(0, 3 - rest.size(), '0');
    return std::to_string(time.count() / kSecond) + (decimals > 0 ? "." + rest.substr(0, decimals) : "") + " s";
}

Duration lastDigit(Duration step)
{
    std::int64_t digit = 1;
    while (digit <= step.count() / 10)
        digit *= 10;
    return Duration(digit);
}

Duration knownTo(Duration step)
{
    const Duration digit = lastDigit(step);
    return (step + digit - Duration(1)) / digit.count() * digit.count();
}

Duration widestResolution(const std::vector<Disturbance> &all)
{
    Duration widest{};
    for (const Disturbance &one : all)
        if (one.recovery)
            widest = std::max(widest, one.resolution);
    return widest;
}

std::string formatRecovery(Duration recovery, Duration resolution)
{
    return toldText(tellInSteps(recovery, resolution));
}

} // namespace halfopen::report
