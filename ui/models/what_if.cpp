// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/what_if.h"

#include "core/report/comparison.h"
#include "core/run/run_record.h"
#include "ui/models/measured_text.h"

#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <numeric>
#include <string_view>
#include <utility>

namespace halfopen {

namespace {

/// In the order in which people ask.
constexpr std::string_view kFigures[] = {"goodput", "p99", "amplification", "trips", "time_to_recover"};
constexpr std::chrono::milliseconds kRest{250};
constexpr std::chrono::milliseconds kPollInterval{40};

} // namespace

struct WhatIf::Inbox {
    std::mutex mutex;
    std::vector<Pair> pairs;
};

WhatIf::WhatIf(QObject *parent) : QObject(parent)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    m_timer.setInterval(kPollInterval);
    connect(&m_rest, &QTimer::timeout, this, &WhatIf::replicate);
    connect(&m_timer, &QTimer::timeout, this, &WhatIf::poll);
}

WhatIf::~WhatIf() = default;

void WhatIf::begin()
{
    m_rest.stop();
    m_timer.stop();
    m_work.cancel();
    m_isComputing = true;
    emit changed();
}

void WhatIf::clear()
{
    begin();
    m_isComputing = false;
    m_present = m_before = nullptr;
    m_pairs.clear();
    emit changed();
}

void WhatIf::compare(RecordPtr present, RecordPtr before)
{
    m_rest.stop();
    m_timer.stop();
    m_work.cancel();
    m_isComputing = false;
    m_present = std::move(present);
    m_before = std::move(before);
    m_pairs.clear();
    if (hasComparison()) {
        m_measured.clear();
        for (const Measured &one : everyMeasured(*m_present->scenario))
            if (std::find(std::begin(kFigures), std::end(kFigures), one.name) != std::end(kFigures))
                m_measured.push_back(one);
        const auto orderOf = [](const Measured &one) { return std::find(std::begin(kFigures), std::end(kFigures), one.name); };
        std::stable_sort(m_measured.begin(), m_measured.end(), [&](const auto &a, const auto &b) { return orderOf(a) < orderOf(b); });
        Pair pair;
        for (const Measured &one : m_measured) {
            pair.before.push_back(one.of(*m_before));
            pair.present.push_back(one.of(*m_present));
        }
        m_pairs.push_back(std::move(pair));
        m_rest.start();
    }
    emit changed();
}

void WhatIf::replicate()
{
    // A run whose settings changed on the way is no run of its scenario, so it cannot be repeated with another seed.
    if (!hasComparison() || m_before->changes.size() > 0 || m_present->changes.size() > 0)
        return;
    m_inbox = std::make_shared<Inbox>();
    std::vector<std::size_t> order(kReplications);
    std::iota(order.begin(), order.end(), std::size_t(1));
    m_work.start(std::move(order), [before = m_before->scenario, present = m_present->scenario, measured = m_measured,
                                    seed = m_present->seed, inbox = m_inbox](std::size_t index, const std::stop_token &stop) {
        try {
            const auto isStopped = [&stop] { return stop.stop_requested(); };
            const auto a = runForStudy(before, seed + index, std::nullopt, isStopped);
            const auto b = a ? runForStudy(present, seed + index, std::nullopt, isStopped) : std::nullopt;
            if (!b)
                return;
            Pair pair;
            for (const Measured &one : measured) {
                pair.before.push_back(one.of(*a));
                pair.present.push_back(one.of(*b));
            }
            const std::scoped_lock lock(inbox->mutex);
            inbox->pairs.push_back(std::move(pair));
        } catch (const std::exception &) {
            // A pair less: the sentence says how many there are.
        }
    });
    m_timer.start();
}

void WhatIf::poll()
{
    if (!m_work.isRunning())
        m_timer.stop();
    std::vector<Pair> pairs;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        pairs.swap(m_inbox->pairs);
    }
    if (pairs.empty())
        return;
    m_pairs.insert(m_pairs.end(), std::make_move_iterator(pairs.begin()), std::make_move_iterator(pairs.end()));
    emit changed();
}

WhatIf::Difference WhatIf::differenceOf(std::size_t measured) const
{
    Difference difference;
    const Measured &what = m_measured[measured];
    const double before = m_pairs[0].before[measured];
    const double present = m_pairs[0].present[measured];
    const QString label = measuredLabel(what);
    std::vector<double> values;
    for (const Pair &pair : m_pairs)
        values.push_back(pair.present[measured] - pair.before[measured]);
    const report::Estimate mean = report::estimate(values);
    const bool isMean = m_pairs.size() > 1 && mean.count > 1; // of all seeds; else of the one that is on screen
    if (isMean ? mean.mean == 0 && mean.halfWidth == 0 : before == present || (std::isnan(before) && std::isnan(present)))
        return difference;
    const bool isCount = what.metric != nullptr && what.metric->unit == Metric::Unit::Count;
    if (!isMean && (isCount || std::isnan(before) || std::isnan(present))) {
        difference.text = tr("%1 %2 → %3").arg(label, measuredText(what, before), measuredText(what, present));
        if (m_pairs.size() > 1) // beside means
            difference.text += QLatin1Char(' ') + tr("(this seed)");
        if (!isCount) // "does not recover" is no number, so there is no better or worse
            return difference;
    } else {
        difference.text = QStringLiteral("%1 %2").arg(label, measuredDifference(what, mean.mean, mean.halfWidth));
        if (mean.count < m_pairs.size()) // of the others one of the two has no such number
            difference.text += QLatin1Char(' ') + tr("(%1 seeds)").arg(mean.count);
    }
    // With several pairs only a difference whose interval does not hold 0 has a meaning.
    if (m_pairs.size() > 1 && !(mean.isClear() && isToldClear(what, mean.mean, mean.halfWidth)))
        return difference;
    const Better better = betterOf(what);
    if (better != Better::None)
        difference.meaning = (mean.mean > 0) == (better == Better::More) ? Difference::Meaning::Better : Difference::Meaning::Worse;
    return difference;
}

std::vector<WhatIf::Difference> WhatIf::differences() const
{
    std::vector<Difference> all;
    if (!hasComparison())
        return all;
    for (std::size_t i = 0; i < m_measured.size(); ++i)
        if (Difference one = differenceOf(i); !one.text.isEmpty())
            all.push_back(std::move(one));
    return all;
}

QString WhatIf::sentence() const
{
    if (!hasComparison())
        return m_isComputing ? tr("Running…") : tr("Change a setting: the whole scenario runs again, and what differs stands here.");
    QStringList parts;
    for (const Difference &one : differences())
        parts += one.meaning == Difference::Meaning::Better ? tr("%1 better").arg(one.text)
            : one.meaning == Difference::Meaning::Worse     ? tr("%1 worse").arg(one.text)
                                                            : one.text;
    if (parts.isEmpty())
        return tr("Nothing differs from the ghost.");
    return parts.join(QStringLiteral(", "));
}

} // namespace halfopen
