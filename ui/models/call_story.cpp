// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/call_story.h"

#include "core/report/call_story.h"
#include "ui/format.h"

#include <QCoreApplication>

#include <optional>
#include <utility>

namespace halfopen {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("CallStory", text);
}

QString outcomeText(const Outcome &outcome)
{
    QString text = outcomeLabel(outcome.kind);
    if (outcome.status != 0)
        text += tr(" (status %1)").arg(outcome.status);
    return text;
}

} // namespace

QString callName(std::uint64_t key)
{
    constexpr std::uint64_t kToldWhole = 1'000'000'000;
    constexpr int kDigits = 6;
    return key < kToldWhole ? formatCount(key) : QChar(0x2026) + QString::number(key).right(kDigits);
}

CallShape callShape(const CallTrace &call)
{
    CallShape shape;
    report::OpenAttempts attempts;
    bool waits = false;
    Instant waitsSince;
    const auto draw = [&](CallSegment::Kind kind, const report::OpenAttempt &of, const CallStep &step) {
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
            if (const std::optional<report::OpenAttempt> of = attempts.ended())
                draw(CallSegment::Kind::Attempt, *of, step);
            break;
        case CallStep::Kind::DeadlinePassed:
            for (const report::OpenAttempt &of : attempts.leaveAll())
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
            for (const report::OpenAttempt &of : attempts.leaveAll())
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

/// report::describe(), in the user's language.
static QString sentence(const report::CallEvent &event)
{
    using Kind = report::CallEvent::Kind;
    const QString layer = event.layer == "the policy" ? tr("the policy") : QString::fromStdString(event.layer);
    switch (event.kind) {
    case Kind::AttemptSent:
        return tr("attempt %1 sent").arg(event.attempt);
    case Kind::AttemptEnded:
        return tr("attempt %1 ends: %2").arg(event.attempt).arg(outcomeText(event.outcome));
    case Kind::StoppedWaiting:
        return event.attemptsLeft == 1
            ? tr("%1 stops waiting for attempt %2; a late answer is of no use").arg(layer).arg(event.attempt)
            : tr("%1 stops waiting for %2 attempts; late answers are of no use").arg(layer).arg(event.attemptsLeft);
    case Kind::TimeUp:
        return tr("%1: the time is up").arg(layer);
    case Kind::TriesAgain:
        return event.delay > Duration() ? tr("%1 tries again in %2").arg(layer, formatDuration(event.delay))
                                        : tr("%1 tries again at once").arg(layer);
    case Kind::Refused:
        return tr("%1 refuses: %2").arg(layer, outcomeText(event.outcome));
    case Kind::Substituted:
        return tr("%1 serves a substitute: %2").arg(layer, outcomeText(event.outcome));
    case Kind::Ended:
        return tr("the caller gets: %1").arg(outcomeText(event.outcome));
    }
    return {};
}

std::vector<StoryLine> callStory(const RunRecord &record, const CallTrace &call)
{
    std::vector<StoryLine> lines;
    for (const report::CallEvent &event : report::callEvents(record, call))
        lines.push_back({event.at, QLatin1Char('+') + formatDuration(event.at - call.start), sentence(event), event.outcome,
                         event.hasOutcome});
    return lines;
}

QString storyHtml(const std::vector<StoryLine> &lines)
{
    QString html = QStringLiteral("<table cellspacing=0 cellpadding=0>");
    for (const StoryLine &line : lines)
        html += QStringLiteral("<tr><td align=right style='padding-right:8px; white-space:nowrap'>%1</td><td>%2</td></tr>")
                    .arg(line.offset.toHtmlEscaped(), line.text.toHtmlEscaped());
    return html + QStringLiteral("</table>");
}

QString callHeadline(const CallTrace &call)
{
    const int attempts = report::attemptsOf(call);
    const QString tries = attempts == 0   ? tr("no attempt")
                          : attempts == 1 ? tr("1 attempt")
                                          : tr("%1 attempts").arg(attempts);
    return tr("%1 after %2, %3").arg(outcomeLabel(call.outcome.kind), formatDuration(call.end - call.start), tries);
}

bool isTroubled(const CallTrace &call)
{
    return call.outcome.kind != OutcomeKind::Success || report::attemptsOf(call) != 1;
}

} // namespace halfopen
