// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/call_story.h"

#include "core/policies/registry.h"
#include "ui/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

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

/// An attempt that is under way.
struct Open {
    Instant from;
    int attempt = 0;
};

/// Numbers the attempts of a call and says which one ends: the record does not tell copies of a request apart, so they
/// end in the order in which they were sent.
class Attempts {
public:
    int sent(Instant at)
    {
        m_open.push_back({at, ++m_count});
        return m_count;
    }
    /// None if none is under way.
    std::optional<Open> ended()
    {
        if (m_open.empty())
            return std::nullopt;
        const Open first = m_open.front();
        m_open.pop_front();
        return first;
    }
    std::deque<Open> leaveAll() { return std::exchange(m_open, {}); }
    int count() const { return m_count; }

private:
    std::deque<Open> m_open; ///< oldest first
    int m_count = 0;
};

} // namespace

CallShape callShape(const CallTrace &call)
{
    CallShape shape;
    Attempts attempts;
    bool waits = false;
    Instant waitsSince;
    const auto draw = [&](CallSegment::Kind kind, const Open &of, const CallStep &step) {
        shape.segments.push_back({kind, {of.from, step.at}, of.attempt, step.outcome});
    };
    const auto endWait = [&](Instant at) {
        if (std::exchange(waits, false) && at > waitsSince)
            shape.segments.push_back({CallSegment::Kind::Wait, {waitsSince, at}, attempts.count() + 1, {}});
    };
    for (const CallStep &step : call.steps) {
        switch (step.kind) {
        case CallStep::Kind::AttemptSent:
            endWait(step.at);
            attempts.sent(step.at);
            break;
        case CallStep::Kind::AttemptEnded:
            if (const std::optional<Open> of = attempts.ended())
                draw(CallSegment::Kind::Attempt, *of, step);
            break;
        case CallStep::Kind::DeadlinePassed:
            for (const Open &of : attempts.leaveAll())
                draw(CallSegment::Kind::Abandoned, of, step);
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
            for (const Open &of : attempts.leaveAll())
                draw(CallSegment::Kind::Abandoned, of, step);
            endWait(step.at);
            break;
        default:
            break; // a step of another kind draws nothing
        }
    }
    shape.attempts = attempts.count();
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
    Attempts attempts;
    for (const CallStep &step : call.steps) {
        const QString layer = layerName(record, call, step.layer);
        switch (step.kind) {
        case CallStep::Kind::AttemptSent:
            say(step, tr("attempt %1 sent").arg(attempts.sent(step.at)));
            break;
        case CallStep::Kind::AttemptEnded: {
            const std::optional<Open> of = attempts.ended();
            say(step, tr("attempt %1 ends: %2").arg(of ? of->attempt : attempts.count()).arg(outcomeText(step.outcome)), true);
            break;
        }
        case CallStep::Kind::DeadlinePassed: {
            const std::deque<Open> left = attempts.leaveAll();
            say(step,
                left.empty()        ? tr("%1: the time is up").arg(layer)
                    : left.size() == 1 ? tr("%1 stops waiting for attempt %2; a late answer is of no use").arg(layer).arg(left[0].attempt)
                                       : tr("%1 stops waiting for %2 attempts; late answers are of no use").arg(layer).arg(left.size()),
                true);
            break;
        }
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
