// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/call_story.h"

#include "core/policies/registry.h"
#include "ui/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <deque>

namespace halfopen {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CallStory", text);
}

/// "retry" for the layer that took a step, or "the policy" when the record cannot say.
QString layerName(const RunRecord &record, const CallTrace &call, std::size_t layer)
{
    const PolicyStackSpec *stack =
        record.scenario ? record.scenario->findStack(record.edges[call.edge].stack) : nullptr;
    if (!stack || layer >= stack->layers.size())
        return tr("the policy");
    const std::string_view key = stack->layers[layer].type->key();
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())).replace(QLatin1Char('_'), QLatin1Char(' '));
}

int attemptsOf(const CallTrace &call)
{
    return static_cast<int>(std::count_if(call.steps.begin(), call.steps.end(), [](const CallStep &step) {
        return step.kind == CallStep::Kind::AttemptSent;
    }));
}

QString outcomeText(const Outcome &outcome)
{
    QString text = outcomeLabel(outcome.kind);
    if (outcome.status != 0)
        text += tr(" (status %1)").arg(outcome.status);
    return text;
}

/// Attempts that are under way, oldest first.
struct Open {
    Instant from;
    int attempt;
};

} // namespace

QString callName(std::uint64_t key)
{
    constexpr std::uint64_t kToldWhole = 1'000'000'000;
    constexpr int kDigits = 6;
    return key < kToldWhole ? formatCount(key) : QChar(0x2026) + QString::number(key).right(kDigits);
}

QString reasonText(const TransitionReason &reason)
{
    QString text = QString::fromStdString(describe(reason));
    if (reason.hasDecidingCall)
        text.replace(QStringLiteral("call ") + QString::number(reason.decidingCall), QStringLiteral("call ") + callName(reason.decidingCall));
    return text;
}

CallShape callShape(const CallTrace &call)
{
    CallShape shape;
    std::deque<Open> open;
    bool waits = false;
    Instant waitsSince;
    const auto close = [&](CallSegment::Kind kind, Instant at, const Outcome &outcome) {
        shape.segments.push_back({kind, {open.front().from, at}, open.front().attempt, outcome});
        open.pop_front();
    };
    for (const CallStep &step : call.steps) {
        switch (step.kind) {
        case CallStep::Kind::AttemptSent:
            if (waits && step.at > waitsSince)
                shape.segments.push_back({CallSegment::Kind::Wait, {waitsSince, step.at}, shape.attempts + 1, {}});
            waits = false;
            open.push_back({step.at, ++shape.attempts});
            break;
        case CallStep::Kind::AttemptEnded:
            if (!open.empty())
                close(CallSegment::Kind::Attempt, step.at, step.outcome);
            break;
        case CallStep::Kind::DeadlinePassed:
            while (!open.empty())
                close(CallSegment::Kind::Abandoned, step.at, step.outcome);
            break;
        case CallStep::Kind::RetryScheduled:
            waits = true;
            waitsSince = step.at;
            break;
        case CallStep::Kind::Refused:
            shape.marks.push_back({CallMark::Kind::Refused, step.at, step.outcome});
            break;
        case CallStep::Kind::Replaced:
            shape.marks.push_back({CallMark::Kind::Replaced, step.at, step.outcome});
            break;
        case CallStep::Kind::Ended:
            // What is still under way is for nobody; a wait that a deadline cut short ends here.
            while (!open.empty())
                close(CallSegment::Kind::Abandoned, step.at, step.outcome);
            if (waits && step.at > waitsSince)
                shape.segments.push_back({CallSegment::Kind::Wait, {waitsSince, step.at}, shape.attempts + 1, {}});
            waits = false;
            break;
        default:
            break; // a step of another kind draws nothing
        }
    }
    return shape;
}

const CallTrace *sampledCall(const RunRecord &record, std::uint64_t key)
{
    for (std::size_t i = 0; i < record.calls.size(); ++i) {
        if (record.calls[i].call == key)
            return &record.calls[i];
    }
    return nullptr;
}

std::vector<StoryLine> callStory(const RunRecord &record, const CallTrace &call)
{
    std::vector<StoryLine> lines;
    const auto say = [&](const CallStep &step, const QString &text, bool hasOutcome = false) {
        lines.push_back(
            {step.at, QLatin1Char('+') + formatDuration(step.at - call.start), text, step.outcome, hasOutcome});
    };
    int attempt = 0;
    bool isUnderWay = false;
    for (const CallStep &step : call.steps) {
        const QString layer = layerName(record, call, step.layer);
        switch (step.kind) {
        case CallStep::Kind::AttemptSent:
            isUnderWay = true;
            say(step, tr("attempt %1 sent").arg(++attempt));
            break;
        case CallStep::Kind::AttemptEnded:
            isUnderWay = false;
            say(step, tr("attempt %1 ends: %2").arg(attempt).arg(outcomeText(step.outcome)), true);
            break;
        case CallStep::Kind::DeadlinePassed:
            say(step, isUnderWay ? tr("%1 stops waiting for attempt %2; a late answer is of no use").arg(layer).arg(attempt)
                                 : tr("%1: the time is up").arg(layer), true);
            isUnderWay = false;
            break;
        case CallStep::Kind::RetryScheduled:
            say(step, step.delay > Duration() ? tr("%1 tries again in %2").arg(layer, formatDuration(step.delay))
                                              : tr("%1 tries again at once").arg(layer));
            break;
        case CallStep::Kind::Refused:
            say(step, tr("%1 refuses: %2").arg(layer, outcomeText(step.outcome)), true);
            break;
        case CallStep::Kind::Replaced:
            say(step, tr("%1 serves a substitute: %2").arg(layer, outcomeText(step.outcome)), true);
            break;
        case CallStep::Kind::Ended:
            say(step, tr("the caller gets: %1").arg(outcomeText(step.outcome)), true);
            break;
        default:
            break;
        }
    }
    return lines;
}

QString callHeadline(const CallTrace &call)
{
    const int attempts = attemptsOf(call);
    const QString tries = attempts == 0   ? tr("no attempt")
                          : attempts == 1 ? tr("1 attempt")
                                          : tr("%1 attempts").arg(attempts);
    return tr("%1 after %2, %3").arg(outcomeLabel(call.outcome.kind), formatDuration(call.end - call.start), tries);
}

bool isTroubled(const CallTrace &call)
{
    return call.outcome.kind != OutcomeKind::Success || attemptsOf(call) != 1;
}

} // namespace halfopen
