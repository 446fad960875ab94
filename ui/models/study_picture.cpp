// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/study_picture.h"

#include "ui/format.h"
#include "ui/geometry/range_ticks.h"
#include "ui/models/measured_text.h"
#include "ui/models/stability_model.h"
#include "ui/models/sweep_model.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace halfopen {

namespace {

constexpr double kLeastShare = 0.06; ///< the ramp's low end still differs from a cell that has not run
constexpr int kTicksMost = 6;

QString tr(const char *text)
{
    return QCoreApplication::translate("StudyPicture", text);
}

QStringList textsOf(const std::vector<std::string> &values)
{
    QStringList texts;
    for (const std::string &value : values)
        texts += QString::fromStdString(value);
    return texts;
}

/// Least and greatest of finite numbers.
struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    void add(double value)
    {
        if (!std::isfinite(value))
            return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool isEmpty() const { return low > high; }
};

StudyScale scaleOf(const Measured &measured, const Span &span)
{
    StudyScale scale;
    scale.title = measuredLabel(measured);
    if (span.isEmpty())
        return scale;
    const RangeTicks ticks = rangeTicks(span.low, span.high, kTicksMost);
    scale.low = ticks.low;
    scale.high = ticks.high;
    const QStringList texts = measuredTicks(measured, ticks.values);
    for (std::size_t i = 0; i < ticks.values.size(); ++i)
        scale.ticks.emplace_back(ticks.values[i], texts[qsizetype(i)]);
    return scale;
}

QString betterText(const Measured &measured)
{
    switch (betterOf(measured)) {
    case Better::More:
        return tr("more is better");
    case Better::Less:
        return tr("less is better");
    case Better::None:
        break;
    }
    return {};
}

/// The darkest cell is the best of one chart and the worst of another: the ramp itself says which.
void nameEnds(StudyGrid &grid, Better better)
{
    if (better == Better::None)
        return;
    grid.lowMeans = better == Better::Less ? tr("good") : tr("bad");
    grid.highMeans = better == Better::Less ? tr("bad") : tr("good");
}

/// Marks the points that no other is at least as good as in both, and better in one. Without a better direction, less
/// counts.
void markFront(std::vector<StudyScatter::Point> &points, Better betterX, Better betterY)
{
    const auto worthX = [betterX](const StudyScatter::Point &p) { return betterX == Better::More ? p.x : -p.x; };
    const auto worthY = [betterY](const StudyScatter::Point &p) { return betterY == Better::More ? p.y : -p.y; };
    std::vector<StudyScatter::Point *> byX;
    for (StudyScatter::Point &point : points)
        byX.push_back(&point);
    std::sort(byX.begin(), byX.end(), [&](const auto *a, const auto *b) {
        return worthX(*a) != worthX(*b) ? worthX(*a) > worthX(*b) : worthY(*a) > worthY(*b);
    });
    const StudyScatter::Point *last = nullptr;
    for (StudyScatter::Point *point : byX) {
        const bool isTwin = last != nullptr && point->x == last->x && point->y == last->y;
        point->isFront = last == nullptr || isTwin || worthY(*point) > worthY(*last);
        if (point->isFront)
            last = point;
    }
}

/// Columns and rows are of equal size: only a value that is one of them has a place.
std::optional<double> shareOf(const QStringList &values, const QString &present)
{
    const std::optional<std::size_t> at = present.isEmpty() ? std::nullopt : placeIn(values, present);
    return at ? std::optional((double(*at) + 0.5) / double(values.size())) : std::nullopt;
}

/// No more digits than are known, as the command line has it.
report::Told toldRecovery(const StabilityCell &cell)
{
    const auto ofSeconds = [](double seconds) { return Duration(std::llround(seconds * 1e9)); };
    return report::tellInSteps(ofSeconds(cell.recovery), ofSeconds(cell.resolution));
}

QString recoveryText(const StabilityCell &cell)
{
    return measuredText(toldRecovery(cell));
}

/// With a sign for "within", where there is little room.
QString shortRecovery(const StabilityCell &cell)
{
    report::Told told = toldRecovery(cell);
    const bool isWithin = std::exchange(told.isWithin, false);
    return (isWithin ? QStringLiteral("\u2264\u00a0") : QString()) + measuredText(told);
}

} // namespace

QString runsText(std::size_t runs)
{
    return runs == 1 ? tr("1 run") : tr("%1 runs").arg(formatCount(runs));
}

QString bestText(const SweepModel &model, std::size_t measured, const SweepBest &best)
{
    QString value = measuredText(model.measured()[measured], best.value.mean);
    if (best.isNoiseKnown && best.value.count < model.points()[best.point].of(measured).count) // the others are not there yet
        value += QStringLiteral(" (") + tr("%1 each").arg(runsText(best.value.count)) + QLatin1Char(')');
    if (best.isClear())
        return tr("best: %1").arg(value);
    if (!best.isNoiseKnown)
        return best.asGood == 0 ? tr("%1, the best of one run each").arg(value)
             : best.asGood == 1 ? tr("%1, as good as 1 other in one run each").arg(value)
                                : tr("%1, as good as %2 others in one run each").arg(value).arg(best.asGood);
    return best.asGood == 1 ? tr("%1, within noise of 1 other").arg(value)
                            : tr("%1, within noise of %2 others").arg(value).arg(best.asGood);
}

QString sweepDetail(const SweepModel &model, std::size_t measured, std::size_t point)
{
    const SweepPoint &at = model.points()[point];
    const QString where = model.textAt(point);
    if (!at.problem.isEmpty())
        return tr("%1: not legal, %2").arg(where, at.problem);
    if (!at.hasRun())
        return tr("%1: not run yet").arg(where);
    const Measured &what = model.measured()[measured];
    const report::Estimate e = at.of(measured);
    if (e.count == 0)
        return tr("%1: %2, nothing measured").arg(where, measuredLabel(what));
    return tr("%1: %2 %3, %4").arg(where, measuredLabel(what), measuredText(what, e.mean, e.halfWidth, e.count, at.step(measured)), runsText(e.count));
}

StudyGrid sweepGrid(const SweepModel &model, std::size_t measured, const QStringList &present)
{
    StudyGrid grid;
    const SweepPlan &plan = model.plan();
    grid.xTitle = plan.axes[0].label;
    grid.xLabels = textsOf(plan.axes[0].values);
    grid.yTitle = plan.axes.size() > 1 ? plan.axes[1].label : QString();
    grid.yLabels = plan.axes.size() > 1 ? textsOf(plan.axes[1].values) : QStringList{QString()};
    const Measured &what = model.measured()[measured];
    Span span;
    for (const SweepPoint &point : model.points())
        span.add(point.of(measured).mean);
    for (std::size_t i = 0; i < model.points().size(); ++i) {
        const SweepPoint &point = model.points()[i];
        StudyCell cell;
        cell.detail = sweepDetail(model, measured, i);
        const report::Estimate e = point.of(measured);
        if (!point.problem.isEmpty()) {
            cell.kind = StudyCell::Kind::Problem;
            cell.text = tr("not legal");
        } else if (e.count > 0) {
            cell.kind = StudyCell::Kind::Value;
            const double share = span.high > span.low ? (e.mean - span.low) / (span.high - span.low) : 0.5;
            cell.share = kLeastShare + (1 - kLeastShare) * share;
            cell.text = measuredText(what, e.mean);
        } else if (point.hasRun()) {
            cell.kind = StudyCell::Kind::Nothing;
            cell.text = QString(QChar(0x2013));
        }
        grid.cells.push_back(std::move(cell));
    }
    if (const std::optional<SweepBest> best = model.best(measured)) {
        grid.best = best->point;
        grid.isBestClear = best->isClear();
        grid.cells[best->point].detail += QStringLiteral("; ") + bestText(model, measured, *best);
    }
    grid.xNow = shareOf(grid.xLabels, present.value(0));
    grid.yNow = shareOf(grid.yLabels, present.value(1));
    grid.rampTitle = measuredLabel(what);
    if (!span.isEmpty()) {
        grid.rampLow = measuredText(what, span.low);
        grid.rampHigh = measuredText(what, span.high);
        nameEnds(grid, betterOf(what));
    }
    return grid;
}

StudyLine sweepLine(const SweepModel &model, std::size_t measured, const QStringList &present)
{
    StudyLine line;
    line.xTitle = model.plan().axes[0].label;
    line.xLabels = textsOf(model.plan().axes[0].values);
    line.x = studyPositions(line.xLabels, present.value(0));
    if (line.x.isLog)
        line.xTitle = tr("%1, logarithmic").arg(line.xTitle);
    line.now = tr("now %1").arg(present.value(0));
    const Measured &what = model.measured()[measured];
    Span span;
    for (std::size_t i = 0; i < model.points().size(); ++i) {
        const report::Estimate e = model.points()[i].of(measured);
        StudyLine::Point point;
        point.detail = sweepDetail(model, measured, i);
        point.isKnown = e.count > 0;
        point.mean = point.low = point.high = e.mean;
        if (std::isfinite(e.halfWidth)) {
            point.low -= e.halfWidth;
            point.high += e.halfWidth;
        }
        if (point.isKnown) {
            point.text = measuredText(what, e.mean);
            span.add(point.mean);
            span.add(std::max(point.low, e.mean >= 0 ? 0.0 : point.low)); // an interval may reach below what can be
            span.add(point.high);
        }
        line.points.push_back(std::move(point));
    }
    line.y = scaleOf(what, span);
    if (model.plan().seeds.size() > 1)
        line.y.title = tr("%1; band: 95 % confidence interval").arg(line.y.title);
    if (const std::optional<SweepBest> best = model.best(measured)) {
        line.best = best->point;
        line.bestText = bestText(model, measured, *best);
    }
    return line;
}

StudyScatter sweepScatter(const SweepModel &model, std::size_t measuredX, std::size_t measuredY)
{
    StudyScatter scatter;
    const Measured &whatX = model.measured()[measuredX];
    const Measured &whatY = model.measured()[measuredY];
    Span spanX, spanY;
    for (std::size_t i = 0; i < model.points().size(); ++i) {
        const report::Estimate x = model.points()[i].of(measuredX);
        const report::Estimate y = model.points()[i].of(measuredY);
        if (x.count == 0 || y.count == 0)
            continue;
        StudyScatter::Point point;
        point.index = i;
        point.x = x.mean;
        point.y = y.mean;
        point.detail = tr("%1: %2 %3, %4 %5")
                           .arg(model.textAt(i), measuredLabel(whatX), measuredText(whatX, x.mean, x.halfWidth, x.count, model.points()[i].step(measuredX)),
                                measuredLabel(whatY), measuredText(whatY, y.mean, y.halfWidth, y.count, model.points()[i].step(measuredY)));
        spanX.add(x.mean);
        spanY.add(y.mean);
        scatter.points.push_back(std::move(point));
    }
    markFront(scatter.points, betterOf(whatX), betterOf(whatY));
    scatter.x = scaleOf(whatX, spanX);
    scatter.y = scaleOf(whatY, spanY);
    scatter.xBetter = betterText(whatX);
    scatter.yBetter = betterText(whatY);
    return scatter;
}

QString stabilityDetail(const StabilityModel &model, std::size_t index)
{
    using State = StabilityCell::State;
    const StabilityPoint &point = model.points()[index];
    const QString where = model.textAt(index);
    if (!point.problem.isEmpty())
        return tr("%1: not legal, %2").arg(where, point.problem);
    const StabilityCell &cell = point.cell;
    const auto share = [](double value) { return std::isfinite(value) ? formatShare(value) : QString(QChar(0x2013)); };
    switch (cell.state) {
    case State::NotRun:
        return tr("%1: not run yet").arg(where);
    case State::Recovers:
        if (cell.recovery == 0)
            return tr("%1: recovers at once").arg(where);
        if (cell.recovery <= cell.resolution)
            return tr("%1: recovers %2 of the trigger's end").arg(where, recoveryText(cell));
        return tr("%1: recovers %2 after the trigger's end").arg(where, recoveryText(cell));
    case State::StaysDown:
        return tr("%1: stays down, goodput %2 at the end").arg(where, share(cell.goodputAfter));
    case State::Overloaded:
        return tr("%1: goodput was only %2 before the trigger").arg(where, share(cell.goodputBefore));
    case State::Limit:
        return tr("%1: too many calls in flight, the run ended early").arg(where);
    }
    return where;
}

StudyGrid stabilityGrid(const StabilityModel &model, const QStringList &present)
{
    using State = StabilityCell::State;
    StudyGrid grid;
    grid.xTitle = tr("how long the trigger lasts");
    grid.yTitle = model.plan().load.label;
    grid.xLabels = textsOf(model.plan().triggerTexts);
    grid.yLabels = textsOf(model.plan().load.values);
    grid.yNow = shareOf(grid.yLabels, present.value(0));
    grid.xNow = shareOf(grid.xLabels, present.value(1));
    double longest = 0;
    for (const StabilityPoint &point : model.points()) {
        if (point.cell.state != State::Recovers || point.cell.recovery <= longest)
            continue;
        longest = point.cell.recovery;
        grid.rampHigh = shortRecovery(point.cell);
    }
    for (std::size_t i = 0; i < model.points().size(); ++i) {
        const StabilityPoint &point = model.points()[i];
        StudyCell cell;
        cell.detail = stabilityDetail(model, i);
        if (!point.problem.isEmpty()) {
            cell.kind = StudyCell::Kind::Problem;
            cell.text = tr("not legal");
            grid.cells.push_back(std::move(cell));
            continue;
        }
        switch (point.cell.state) {
        case State::NotRun:
            break;
        case State::Recovers:
            cell.kind = StudyCell::Kind::Value;
            cell.share = kLeastShare + (1 - kLeastShare) * (longest > 0 ? point.cell.recovery / longest : 0);
            cell.text = point.cell.recovery == 0 ? tr("at once") : shortRecovery(point.cell);
            break;
        case State::StaysDown:
            cell.kind = StudyCell::Kind::Bad;
            cell.text = tr("DOWN");
            break;
        case State::Limit:
            cell.kind = StudyCell::Kind::Bad;
            cell.text = tr("LIMIT");
            break;
        case State::Overloaded:
            cell.kind = StudyCell::Kind::Warning;
            cell.text = tr("overload");
            break;
        }
        grid.cells.push_back(std::move(cell));
    }
    grid.rampTitle = tr("recovers in");
    grid.rampLow = tr("at once");
    nameEnds(grid, Better::Less);
    return grid;
}

} // namespace halfopen
