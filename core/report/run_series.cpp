// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/run_series.h"

#include <algorithm>
#include <limits>

namespace halfopen::report {

TimeColumns timeColumns(const RunRecord &record, std::size_t columnsMax)
{
    const std::size_t buckets = record.bucketCount();
    TimeColumns columns;
    columns.group = std::max<std::size_t>(1, (buckets + columnsMax - 1) / columnsMax);
    for (std::size_t i = 0; i < buckets; ++i) {
        const TimeBucket &bucket = record.bucket(i);
        if (bucket.width <= Duration::zero())
            continue; // just opened, nothing can be in it
        if (i % columns.group == 0) {
            columns.from.push_back(bucket.from.seconds());
            columns.width.push_back(0);
        }
        columns.width.back() += toSeconds(bucket.width);
    }
    return columns;
}

CallSeries callSeries(const RunRecord &record, const TimeColumns &columns,
                      std::span<const std::uint32_t> edges)
{
    CallSeries series;
    Histogram latency;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        std::uint64_t offered = 0, attempts = 0, retries = 0;
        OutcomeCounts ended{};
        latency.clear();
        const std::size_t first = column * columns.group;
        const std::size_t last = std::min(first + columns.group, record.bucketCount());
        for (std::size_t i = first; i < last; ++i) {
            for (const std::uint32_t edge : edges) {
                const EdgeBucket &bucket = record.bucket(i).edges[edge];
                offered += bucket.offered;
                attempts += bucket.attempts;
                retries += bucket.retries;
                for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
                    ended[kind] += bucket.ended[kind];
                bucket.goodLatency.mergeInto(latency);
                bucket.badLatency.mergeInto(latency);
            }
        }
        const auto rate = [&](std::uint64_t count) {
            return static_cast<double>(count) / columns.width[column];
        };
        series.offered.push_back(rate(offered));
        series.attempts.push_back(rate(attempts));
        series.retries.push_back(rate(retries));
        double good = 0;
        for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind) {
            series.ended[kind].push_back(rate(ended[kind]));
            good += isGood(static_cast<OutcomeKind>(kind)) ? rate(ended[kind]) : 0;
        }
        series.good.push_back(good);
        for (std::size_t i = 0; i < std::size(kPercentiles); ++i)
            series.latency[i].push_back(
                latency.isEmpty()
                    ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(latency.quantile(kPercentiles[i].q)) * 1e-9);
    }
    return series;
}

ServiceSeries serviceSeries(const RunRecord &record, const TimeColumns &columns,
                            std::size_t service, std::int64_t workers)
{
    ServiceSeries series;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        std::uint64_t completed = 0, wasted = 0;
        double busy = 0, queued = 0;
        std::uint32_t queueMax = 0;
        const std::size_t first = column * columns.group;
        const std::size_t last = std::min(first + columns.group, record.bucketCount());
        for (std::size_t i = first; i < last; ++i) {
            const ServiceBucket &bucket = record.bucket(i).services[service];
            completed += bucket.completed;
            wasted += bucket.wasted;
            busy += static_cast<double>(bucket.busyNs) * 1e-9;
            queued += static_cast<double>(bucket.queuedNs) * 1e-9;
            queueMax = std::max(queueMax, bucket.queueMax);
        }
        series.utilisation.push_back(busy / (columns.width[column] * static_cast<double>(workers)));
        series.wasted.push_back(
            completed > 0 ? static_cast<double>(wasted) / static_cast<double>(completed) : 0);
        series.queue.push_back(queued / columns.width[column]);
        series.queueMax.push_back(queueMax);
    }
    return series;
}

} // namespace halfopen::report
