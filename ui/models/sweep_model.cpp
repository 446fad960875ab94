// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/sweep_model.h"

#include "ui/models/measured_text.h"

#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <utility>

namespace halfopen {

namespace {

constexpr std::chrono::milliseconds kPollInterval{40};

QString csvField(QString text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString plain(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

} // namespace

/// What the threads leave for the window. Shared, because threads of a cancelled sweep may outlive it by a moment.
struct SweepModel::Inbox {
    struct Result {
        std::size_t point;
        std::size_t seed;
        std::shared_ptr<const Scenario> scenario;
        std::vector<double> values;
        std::vector<Duration> steps;
        QString problem;
    };
    std::mutex mutex;
    std::vector<Result> results;

    void add(Result result)
    {
        const std::scoped_lock lock(mutex);
        results.push_back(std::move(result));
    }
};

bool SweepPoint::hasRun() const
{
    for (const std::vector<double> &seed : bySeed)
        if (!seed.empty())
            return true;
    return false;
}

report::Estimate SweepPoint::of(std::size_t measured) const
{
    std::vector<double> values;
    for (const std::vector<double> &seed : bySeed)
        if (!seed.empty())
            values.push_back(seed[measured]);
    return report::estimate(values);
}

SweepModel::SweepModel(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(kPollInterval);
    connect(&m_timer, &QTimer::timeout, this, &SweepModel::poll);
}

SweepModel::~SweepModel() = default;

void SweepModel::start(SweepPlan plan)
{
    m_plan = std::move(plan);
    m_measured = everyMeasured(*m_plan.base);
    m_points.assign(rows() * columns(), SweepPoint());
    for (SweepPoint &point : m_points)
        point.bySeed.resize(m_plan.seeds.size());
    m_runsDone = 0;
    m_inbox = std::make_shared<Inbox>();
    const std::vector<std::size_t> cells = coarseFirst(rows(), columns());
    std::vector<std::size_t> order;
    order.reserve(cells.size() * m_plan.seeds.size());
    for (std::size_t seed = 0; seed < m_plan.seeds.size(); ++seed)
        for (const std::size_t cell : cells)
            order.push_back(seed * m_points.size() + cell);
    std::vector<std::vector<Override>> values;
    for (std::size_t i = 0; i < m_points.size(); ++i)
        values.push_back(valuesAt(i));
    m_work.start(std::move(order), [base = m_plan.base, changes = m_plan.changes, seeds = m_plan.seeds, values = std::move(values),
                                    measured = m_measured, inbox = m_inbox](std::size_t index, const std::stop_token &stop) {
        const std::size_t at = index % values.size();
        Inbox::Result result{at, index / values.size(), nullptr, {}, {}, {}};
        try {
            std::vector<Override> all = changes;
            all.insert(all.end(), values[at].begin(), values[at].end());
            Result<std::shared_ptr<const Scenario>> scenario = studyScenario(*base, all);
            if (!scenario) {
                result.problem = QString::fromStdString(scenario.error().message);
                inbox->add(std::move(result));
                return;
            }
            result.scenario = *scenario;
            const auto record = runForStudy(*scenario, seeds[result.seed], std::nullopt, [&stop] { return stop.stop_requested(); });
            if (!record)
                return;
            for (const Measured &one : measured) {
                result.values.push_back(one.of(*record));
                result.steps.push_back(one.stepIn(*record));
            }
        } catch (const std::exception &error) {
            result.problem = QString::fromUtf8(error.what());
        }
        inbox->add(std::move(result));
    });
    m_timer.start();
    emit changed();
}

void SweepModel::cancel()
{
    if (!isRunning())
        return;
    m_work.cancel();
    take();
    m_timer.stop();
    emit changed();
    emit finished();
}

void SweepModel::clear()
{
    m_work.cancel();
    m_timer.stop();
    m_inbox.reset();
    m_plan = {};
    m_points.clear();
    m_measured.clear();
    m_runsDone = 0;
    emit changed();
}

void SweepModel::poll()
{
    const bool isOver = !m_work.isRunning(); // asked first: what comes in between is taken below
    const bool isNew = take();
    if (isOver)
        m_timer.stop();
    if (isNew || isOver)
        emit changed();
    if (isOver)
        emit finished();
}

bool SweepModel::take()
{
    std::vector<Inbox::Result> results;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        results.swap(m_inbox->results);
    }
    for (Inbox::Result &result : results) {
        SweepPoint &point = m_points[result.point];
        ++m_runsDone;
        if (!result.problem.isEmpty())
            point.problem = result.problem;
        else
            point.bySeed[result.seed] = std::move(result.values);
        point.steps.resize(std::max(point.steps.size(), result.steps.size()));
        for (std::size_t i = 0; i < result.steps.size(); ++i)
            point.steps[i] = std::max(point.steps[i], result.steps[i]);
        if (result.scenario && !point.scenario)
            point.scenario = std::move(result.scenario);
    }
    return !results.empty();
}

std::size_t SweepModel::find(const QString &name) const
{
    for (std::size_t i = 0; i < m_measured.size(); ++i)
        if (name == QString::fromStdString(m_measured[i].name))
            return i;
    return m_measured.size();
}

std::vector<Override> SweepModel::valuesAt(std::size_t point) const
{
    std::vector<Override> values;
    const std::size_t at[] = {point % columns(), point / columns()};
    for (std::size_t a = 0; a < m_plan.axes.size(); ++a)
        values.push_back({m_plan.axes[a].path.toStdString(), m_plan.axes[a].values[at[a]]});
    return values;
}

QString SweepModel::textAt(std::size_t point) const
{
    QStringList parts;
    const std::size_t at[] = {point % columns(), point / columns()};
    for (std::size_t a = 0; a < m_plan.axes.size(); ++a)
        parts += QStringLiteral("%1 %2").arg(m_plan.axes[a].label, QString::fromStdString(m_plan.axes[a].values[at[a]]));
    return parts.join(QStringLiteral(", "));
}

std::optional<SweepBest> SweepModel::best(std::size_t measured) const
{
    if (measured >= m_measured.size())
        return std::nullopt;
    // While a sweep runs, and after a cancel, some seeds have not run everywhere. Points that cannot run at all are no rivals.
    std::vector<std::size_t> run;
    for (std::size_t i = 0; i < m_points.size(); ++i)
        if (m_points[i].hasRun())
            run.push_back(i);
    std::vector<std::vector<double>> values(run.size());
    for (std::size_t seed = 0; seed < m_plan.seeds.size(); ++seed) {
        if (std::any_of(run.begin(), run.end(), [&](std::size_t i) { return m_points[i].bySeed[seed].empty(); }))
            continue;
        for (std::size_t p = 0; p < run.size(); ++p)
            values[p].push_back(m_points[run[p]].bySeed[seed][measured]);
    }
    const std::optional<BestPoint> found = bestPoint(values, betterOf(m_measured[measured]));
    if (!found)
        return std::nullopt;
    SweepBest best{*found, report::estimate(values[found->point])};
    best.point = run[found->point];
    return best;
}

QString SweepModel::csv() const
{
    if (!hasPlan() || m_runsDone == 0)
        return {};
    const bool isMany = m_plan.seeds.size() > 1;
    QStringList head;
    for (const StudyAxis &axis : m_plan.axes)
        head += csvField(axis.path);
    for (const Measured &one : m_measured) {
        head += csvField(QString::fromStdString(one.name));
        if (isMany)
            head += csvField(QString::fromStdString(one.name + "_half_width_95"));
    }
    QString text = head.join(QLatin1Char(',')) + QLatin1Char('\n');
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        QStringList line;
        for (const Override &value : valuesAt(i))
            line += csvField(QString::fromStdString(value.value));
        for (std::size_t m = 0; m < m_measured.size(); ++m) {
            const report::Estimate one = m_points[i].of(m);
            line += one.count > 0 ? plain(one.mean) : QString();
            if (isMany)
                line += plain(one.halfWidth);
        }
        text += line.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace halfopen
