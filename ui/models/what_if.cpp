// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/what_if.h"

#include "core/report/comparison.h"
#include "core/report/recovery.h"
#include "core/run/run_record.h"
#include "ui/format.h"
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

/// In the order in which people ask. They are of all clients, so every scenario has the same ones.
constexpr std::string_view kFigures[] = {"goodput", "p99", "amplification", "trips", "time_to_recover"};
constexpr std::chrono::milliseconds kRest{250};
constexpr std::chrono::milliseconds kPollInterval{40};

bool isSame(const ExpectationSpec &a, const ExpectationSpec &b)
{
    return a.metric == b.metric && a.comparison == b.comparison && a.value == b.value && a.of == b.of && a.from == b.from && a.to == b.to;
}

/// "goodput >= 95% of web from 1 min (93.2 %)": what was asked, and what there was.
QString expectationText(const ExpectationResult &result)
{
    const ExpectationSpec &asked = result.expectation;
    const Metric *metric = findMetric(asked.metric);
    const Measured measured{asked.metric, metric, {}, nullptr};
    QString text = metric != nullptr ? measuredLabel(measured) : QString::fromStdString(asked.metric);
    text += QLatin1Char(' ') + QString::fromStdString(asked.valueText).replace(QLatin1Char(' '), QChar(0xa0));
    if (!asked.of.empty())
        text += QLatin1Char(' ') + WhatIf::tr("of %1").arg(QString::fromStdString(asked.of));
    if (asked.from)
        text += QLatin1Char(' ') + WhatIf::tr("from %1").arg(formatDuration(*asked.from));
    if (asked.to)
        text += QLatin1Char(' ') + WhatIf::tr("to %1").arg(formatDuration(*asked.to));
    const QString got = metric == nullptr || std::isnan(result.got) ? WhatIf::tr("nothing measured") : measuredText(measured, result.got);
    return QStringLiteral("%1 (%2)").arg(text, got);
}

} // namespace

struct WhatIf::Inbox {
    std::mutex mutex;
    std::vector<Pair> pairs;
    RecordPtr present, before; ///< of compareSettings()
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

void WhatIf::stop()
{
    m_rest.stop();
    m_timer.stop();
    m_work.cancel();
    m_refusal.clear();
    m_isComputing = m_runsBoth = false;
}

void WhatIf::setBase(Base base)
{
    if (m_base == base)
        return;
    m_base = base;
    if (hasComparison() || !m_refusal.isEmpty()) {
        const bool isComputing = m_isComputing;
        stop();
        m_isComputing = isComputing; // the run under way is still waited for
        forgetFound();
    }
    emit changed();
}

void WhatIf::forgetFound()
{
    m_present = m_before = nullptr;
    m_known = {};
    m_origin = Origin::Shown;
    m_pairs.clear();
    m_differences.reset();
}

void WhatIf::begin()
{
    stop();
    m_isComputing = true;
    emit changed();
}

void WhatIf::clear()
{
    refuse({});
}

void WhatIf::refuse(const QString &why)
{
    stop();
    forgetFound();
    m_refusal = why;
    emit changed();
}

void WhatIf::compare(RecordPtr present, RecordPtr before, Origin origin)
{
    stop();
    m_present = std::move(present);
    m_before = std::move(before);
    m_origin = origin;
    m_pairs.clear();
    m_differences.reset();
    if (hasComparison()) {
        m_measured.clear();
        for (const Measured &one : everyMeasured(*m_present->scenario))
            if (std::find(std::begin(kFigures), std::end(kFigures), one.name) != std::end(kFigures))
                m_measured.push_back(one);
        const auto orderOf = [](const Measured &one) { return std::find(std::begin(kFigures), std::end(kFigures), one.name); };
        std::stable_sort(m_measured.begin(), m_measured.end(), [&](const auto &a, const auto &b) { return orderOf(a) < orderOf(b); });
        if (m_known.record != m_before)
            m_known = {m_before, figuresOf(m_measured, *m_before), m_before->scenario ? evaluateExpectations(*m_before) : std::vector<ExpectationResult>()};
        m_pairs.push_back(pairOf(m_known.figures, figuresOf(m_measured, *m_present)));
        m_rest.start();
    }
    emit changed();
}

WhatIf::Figures WhatIf::figuresOf(const std::vector<Measured> &measured, const RunRecord &record)
{
    const std::vector<report::Disturbance> disturbances = report::disturbances(record); // found once for all that ask for them
    Figures figures;
    for (const Measured &one : measured)
        figures.values.push_back(one.metric != nullptr ? one.of(record) : one.figure->measure(record, disturbances));
    figures.step = report::widestResolution(disturbances);
    return figures;
}

WhatIf::Pair WhatIf::pairOf(const Figures &before, const Figures &present)
{
    return {before.values, present.values, std::max(before.step, present.step)};
}

void WhatIf::compareSettings(std::shared_ptr<const Scenario> present, std::shared_ptr<const Scenario> before)
{
    stop();
    forgetFound();
    m_isComputing = m_runsBoth = true;
    m_inbox = std::make_shared<Inbox>();
    m_work.start({0, 1}, [present = std::move(present), before = std::move(before), inbox = m_inbox](std::size_t index, const std::stop_token &stop) {
        try {
            const std::shared_ptr<const Scenario> &scenario = index == 0 ? before : present;
            auto run = runForStudy(scenario, scenario->seed, std::nullopt, [&stop] { return stop.stop_requested(); });
            if (!run)
                return;
            auto record = std::make_shared<const RunRecord>(*std::move(run));
            const std::scoped_lock lock(inbox->mutex);
            (index == 0 ? inbox->before : inbox->present) = std::move(record);
        } catch (const std::exception &) {
            // Then there is nothing to compare.
        }
    });
    m_timer.start();
    emit changed();
}

void WhatIf::replicate()
{
    // A run whose settings changed on the way is no run of its scenario, so it cannot be repeated with another seed.
    if (!hasComparison() || m_before == m_present || m_before->changes.size() > 0 || m_present->changes.size() > 0)
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
            Pair pair = pairOf(figuresOf(measured, *a), figuresOf(measured, *b));
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
    const bool isOver = !m_work.isRunning(); // asked first: what comes in between is taken below
    if (isOver)
        m_timer.stop();
    std::vector<Pair> pairs;
    RecordPtr present, before;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        pairs.swap(m_inbox->pairs);
        present = m_inbox->present;
        before = m_inbox->before;
    }
    if (m_runsBoth && present && before)
        return compare(std::move(present), std::move(before));
    if (m_runsBoth && isOver)
        return clear(); // one of the two could not be run
    if (pairs.empty())
        return;
    m_pairs.insert(m_pairs.end(), std::make_move_iterator(pairs.begin()), std::make_move_iterator(pairs.end()));
    m_differences.reset();
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
    Duration step{};
    for (const Pair &pair : m_pairs) {
        values.push_back(pair.present[measured] - pair.before[measured]);
        if (what.metric == nullptr && what.figure->isInSteps)
            step = std::max(step, pair.step);
    }
    const report::Estimate mean = report::estimate(values);
    const bool isMean = m_pairs.size() > 1 && mean.count > 1; // of all seeds; else of the one that is on screen
    if (isMean ? mean.mean == 0 && mean.halfWidth == 0 : before == present || (std::isnan(before) && std::isnan(present)))
        return difference;
    const report::Told told = toldDifference(what, mean.mean, mean.halfWidth, mean.count, step);
    const bool isCount = what.metric != nullptr && what.metric->unit == Metric::Unit::Count;
    if (!isMean && (isCount || std::isnan(before) || std::isnan(present))) {
        difference.text = tr("%1 %2 → %3").arg(label, measuredText(what, before), measuredText(what, present));
        if (m_pairs.size() > 1) // beside means
            difference.text += QLatin1Char(' ') + tr("(this seed)");
        if (!isCount) // "does not recover" is no number, so there is no better or worse
            return difference;
    } else {
        difference.text = QStringLiteral("%1 %2").arg(label, measuredText(told, true));
        if (mean.count < m_pairs.size()) // of the others one of the two has no such number
            difference.text += QLatin1Char(' ') + tr("(%1 seeds)").arg(mean.count);
    }
    // With several pairs only a difference whose interval does not hold 0 has a meaning.
    const bool isThere = m_pairs.size() > 1 ? report::isClearDifference(mean, told, step) : std::abs(mean.mean) >= toSeconds(step);
    if (!isThere)
        return difference;
    const Better better = betterOf(what);
    if (better != Better::None)
        difference.meaning = (mean.mean > 0) == (better == Better::More) ? Difference::Meaning::Better : Difference::Meaning::Worse;
    return difference;
}

std::vector<WhatIf::Difference> WhatIf::verdicts() const
{
    std::vector<Difference> all;
    if (!m_present->scenario || !m_before->scenario)
        return all;
    const std::vector<ExpectationResult> &before = m_known.expectations;
    std::vector<ExpectationResult> met, missed;
    for (const ExpectationResult &now : evaluateExpectations(*m_present)) {
        const auto was = std::find_if(before.begin(), before.end(), [&now](const ExpectationResult &one) {
            return isSame(one.expectation, now.expectation);
        });
        if (was != before.end() && was->reached && now.reached && was->met != now.met)
            (now.met ? met : missed).push_back(now);
    }
    const auto tell = [&](const std::vector<ExpectationResult> &changed, const QString &one, const QString &several,
                          const QString &every) {
        if (changed.empty())
            return;
        Difference verdict;
        verdict.isVerdict = true;
        verdict.meaning = changed.front().met ? Difference::Meaning::Better : Difference::Meaning::Worse;
        QStringList names;
        for (const ExpectationResult &result : changed)
            names += expectationText(result);
        verdict.text = changed.size() == 1 ? one.arg(names.front())
                                           : several.arg(names.front(), formatCount(changed.size() - 1));
        if (changed.size() > 1)
            verdict.detail = every.arg(formatCount(changed.size()), names.join(QStringLiteral(", ")));
        if (m_pairs.size() > 1) { // beside means
            verdict.text += QLatin1Char(' ') + tr("(this seed)");
            verdict.detail += verdict.detail.isEmpty() ? QString() : QLatin1Char(' ') + tr("(this seed)");
        }
        all.push_back(std::move(verdict));
    };
    tell(missed, tr("now missed: %1"), tr("now missed: %1, and %2 more"), tr("%1 expectations now missed: %2"));
    tell(met, tr("now met: %1"), tr("now met: %1, and %2 more"), tr("%1 expectations now met: %2"));
    return all;
}

const std::vector<WhatIf::Difference> &WhatIf::differences() const
{
    if (m_differences)
        return *m_differences;
    m_differences.emplace();
    if (!hasComparison())
        return *m_differences;
    *m_differences = verdicts();
    for (std::size_t i = 0; i < m_measured.size(); ++i)
        if (Difference one = differenceOf(i); !one.text.isEmpty())
            m_differences->push_back(std::move(one));
    return *m_differences;
}

QString WhatIf::whatDiffers(Which which) const
{
    using Meaning = Difference::Meaning;
    QStringList parts;
    for (const Difference &one : differences()) {
        const QString text = one.detail.isEmpty() ? one.text : one.detail;
        if (one.isVerdict || (one.meaning == Meaning::Neither && which == Which::All))
            parts += text;
        else if (one.meaning != Meaning::Neither)
            parts += (one.meaning == Meaning::Better ? tr("%1, better") : tr("%1, worse")).arg(text);
    }
    return parts.join(QStringLiteral("; "));
}

QString WhatIf::sentence() const
{
    if (!m_refusal.isEmpty())
        return m_refusal;
    if (!hasComparison())
        return m_isComputing ? tr("Running…") : tr("Change a setting: the whole scenario runs again, and what differs stands here.");
    const QString what = whatDiffers();
    if (!what.isEmpty())
        return lead() + QLatin1Char(' ') + what;
    return m_base == Base::File ? tr("None of the figures differs from the run of the file.")
        : m_origin == Origin::Bare   ? tr("None of the figures differs from this run without what was changed while it played.")
        : m_origin == Origin::Unseen ? tr("None of the figures differs from the run of the settings before this change. The run of the study that "
                                          "was shown is not compared.")
                                     : tr("None of the figures differs from the run before this change.");
}

QString WhatIf::lead() const
{
    return m_base == Base::File ? tr("Against the file as it is saved:")
        : m_origin == Origin::Bare   ? tr("Against this run without what was changed while it played:")
        : m_origin == Origin::Unseen ? tr("Against the run of the settings before this change:")
                                     : tr("Against the run before this change:");
}

} // namespace halfopen
