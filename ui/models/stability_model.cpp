// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/stability_model.h"

#include "core/base/units.h"

#include <chrono>
#include <cmath>
#include <exception>
#include <mutex>
#include <utility>

namespace halfopen {

namespace {

constexpr std::chrono::milliseconds kPollInterval{40};

QString plain(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 17) : QString();
}

} // namespace

struct StabilityModel::Inbox {
    std::mutex mutex;
    std::vector<std::pair<std::size_t, StabilityPoint>> results;

    void add(std::size_t index, StabilityPoint point)
    {
        const std::scoped_lock lock(mutex);
        results.emplace_back(index, std::move(point));
    }
};

Result<std::vector<Duration>> triggerLengths(const std::vector<std::string> &texts)
{
    std::vector<Duration> lengths;
    for (const std::string &text : texts) {
        const Result<Duration> length = parseDuration(text);
        if (!length)
            return tl::unexpected<Error>(length.error());
        if (*length <= Duration(0))
            return failure(StabilityModel::tr("%1 is no length of time: it must be longer than 0 s.").arg(QString::fromStdString(text)).toStdString());
        lengths.push_back(*length);
    }
    return lengths;
}

StabilityModel::StabilityModel(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(kPollInterval);
    connect(&m_timer, &QTimer::timeout, this, &StabilityModel::poll);
}

StabilityModel::~StabilityModel() = default;

void StabilityModel::start(StabilityPlan plan)
{
    m_plan = std::move(plan);
    m_points.assign(rows() * columns(), StabilityPoint());
    m_runsDone = 0;
    m_inbox = std::make_shared<Inbox>();
    m_work.start(coarseFirst(rows(), columns()),
                 [plan = m_plan, columns = columns(), inbox = m_inbox](std::size_t index, const std::stop_token &stop) {
                     StabilityPoint point;
                     try {
                         std::vector<Override> all = plan.changes;
                         all.push_back({plan.load.path.toStdString(), plan.load.values[index / columns]});
                         Result<std::shared_ptr<const Scenario>> scenario = studyScenario(*plan.base, all);
                         if (!scenario) {
                             point.problem = QString::fromStdString(scenario.error().message);
                             inbox->add(index, std::move(point));
                             return;
                         }
                         const Duration length = plan.triggers[index % columns];
                         const auto cell = runStabilityCell(**scenario, plan.fault, length, plan.settle, plan.seed,
                                                            [&stop] { return stop.stop_requested(); });
                         if (!cell)
                             return;
                         point.cell = *cell;
                         auto shown = std::make_shared<Scenario>(*withTrigger(**scenario, plan.fault, length));
                         shown->duration = stabilityDuration(**scenario, plan.fault, length, plan.settle);
                         shown->seed = plan.seed;
                         point.scenario = std::move(shown);
                     } catch (const std::exception &error) {
                         point.problem = QString::fromUtf8(error.what());
                     }
                     inbox->add(index, std::move(point));
                 });
    m_timer.start();
    emit changed();
}

void StabilityModel::cancel()
{
    if (!isRunning())
        return;
    m_work.cancel();
    take();
    m_timer.stop();
    emit changed();
    emit finished();
}

void StabilityModel::clear()
{
    m_work.cancel();
    m_timer.stop();
    m_inbox.reset();
    m_plan = {};
    m_points.clear();
    m_runsDone = 0;
    emit changed();
}

void StabilityModel::poll()
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

bool StabilityModel::take()
{
    std::vector<std::pair<std::size_t, StabilityPoint>> results;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        results.swap(m_inbox->results);
    }
    for (auto &[index, point] : results)
        m_points[index] = std::move(point);
    m_runsDone += results.size();
    return !results.empty();
}

std::vector<Override> StabilityModel::valuesAt(std::size_t point) const
{
    return {{m_plan.load.path.toStdString(), m_plan.load.values[point / columns()]}};
}

QString StabilityModel::textAt(std::size_t point) const
{
    return tr("%1 %2, trigger %3")
        .arg(m_plan.load.label, QString::fromStdString(m_plan.load.values[point / columns()]),
             QString::fromStdString(m_plan.triggerTexts[point % columns()]));
}

QString StabilityModel::csv() const
{
    if (!hasPlan() || m_runsDone == 0)
        return {};
    QString text = m_plan.load.path + QStringLiteral(",trigger_s,state,recovery_s,goodput_before,goodput_after\n");
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const StabilityCell &cell = m_points[i].cell;
        const bool hasRun = cell.state != StabilityCell::State::NotRun;
        const std::string_view state = stabilityStateName(cell.state);
        const QString parts[] = {QString::fromStdString(m_plan.load.values[i / columns()]),
                                 plain(toSeconds(m_plan.triggers[i % columns()])),
                                 QString::fromUtf8(state.data(), qsizetype(state.size())),
                                 cell.state == StabilityCell::State::Recovers ? plain(cell.recovery) : QString(),
                                 hasRun ? plain(cell.goodputBefore) : QString(), hasRun ? plain(cell.goodputAfter) : QString()};
        for (const QString &part : parts)
            text += part + QLatin1Char(&part == &parts[5] ? '\n' : ',');
    }
    return text;
}

} // namespace halfopen
