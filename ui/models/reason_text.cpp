// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/reason_text.h"

#include "ui/format.h"
#include "ui/models/call_story.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <cmath>

namespace halfopen {
namespace {

constexpr QChar kNoBreak(0xa0); ///< between a number and its unit

QString tr(const char *text)
{
    return QCoreApplication::translate("ReasonText", text);
}

/// At most one decimal, none when it would be 0; counts as everywhere else.
QString decimal(double value)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const double rounded = std::round(value * 10) / 10;
    if (rounded >= 0 && rounded < 1e15 && rounded == std::floor(rounded))
        return formatCount(static_cast<std::uint64_t>(rounded));
    return locale.toString(rounded, 'f', rounded == std::floor(rounded) ? 0 : 1);
}

QString percent(double share)
{
    return decimal(share * 100) + kNoBreak + QLatin1Char('%');
}

QString seconds(double value)
{
    return value < 1 ? decimal(value * 1000) + kNoBreak + QStringLiteral("ms") : decimal(value) + kNoBreak + QLatin1Char('s');
}

QString calls(const TransitionReason &reason)
{
    return formatCalls(reason.windowCalls);
}

QString inARow(const TransitionReason &reason)
{
    return reason.observed == 1 ? tr("1 failure in a row reached the threshold of %1").arg(decimal(reason.threshold))
                                : tr("%1 failures in a row reached the threshold of %2").arg(decimal(reason.observed), decimal(reason.threshold));
}

QString inAll(const TransitionReason &reason)
{
    return reason.observed == 1 ? tr("1 failure in all reached the threshold of %1").arg(decimal(reason.threshold))
                                : tr("%1 failures in all reached the threshold of %2").arg(decimal(reason.observed), decimal(reason.threshold));
}

QString withoutAnswer(const TransitionReason &reason)
{
    return reason.observed == 1
        ? tr("1 failure in a row without an answer reached the threshold of %1").arg(decimal(reason.threshold))
        : tr("%1 failures in a row without an answer reached the threshold of %2").arg(decimal(reason.observed), decimal(reason.threshold));
}

QString trialsWentWell(const TransitionReason &reason)
{
    return reason.observed == 1 ? tr("1 trial call went well, %1 wanted").arg(decimal(reason.threshold))
                                : tr("%1 trial calls went well, %2 wanted").arg(decimal(reason.observed), decimal(reason.threshold));
}

QString withoutDecidingCall(const TransitionReason &reason)
{
    using Kind = TransitionReason::Kind;
    switch (reason.kind) {
    case Kind::ConsecutiveFailures:
        return inARow(reason);
    case Kind::FailureRate:
        return tr("failure rate %1 of %2 reached the threshold of %3")
            .arg(percent(reason.observed), calls(reason), percent(reason.threshold));
    case Kind::SlowCallRate:
        return tr("slow-call rate %1 of %2 reached the threshold of %3")
            .arg(percent(reason.observed), calls(reason), percent(reason.threshold));
    case Kind::RecoveryTimeoutElapsed:
        return tr("open for %1, the recovery timeout of %2 is over").arg(seconds(reason.observed), seconds(reason.threshold));
    case Kind::TrialsSucceeded:
        return trialsWentWell(reason);
    case Kind::TrialFailed:
        return isGood(reason.decidingOutcome) ? tr("a trial call was too slow") : tr("a trial call failed");
    case Kind::Manual:
        return tr("set by hand");
    case Kind::SettingsChanged:
        return tr("new settings, already met by what was counted (%1 against %2)")
            .arg(decimal(reason.observed), decimal(reason.threshold));
    case Kind::RateBelowThreshold:
        return tr("failure rate %1 of %2 on trial is below the threshold of %3")
            .arg(percent(reason.observed), calls(reason), percent(reason.threshold));
    case Kind::HalfOpenTooLong:
        return tr("half-open for %1 without a verdict").arg(seconds(reason.threshold));
    case Kind::TotalFailures:
        return inAll(reason);
    case Kind::GatewayFailuresInARow:
        return tr("%1 gateway failures in a row reached the threshold of %2")
            .arg(decimal(reason.observed), decimal(reason.threshold));
    case Kind::LocalFailuresInARow:
        return withoutAnswer(reason);
    case Kind::SuccessRateOutlier:
        return tr("success rate %1 of %2 is below %3, which the other instances set")
            .arg(percent(reason.observed), calls(reason), percent(reason.threshold));
    case Kind::EjectionOver:
        return tr("ejected for %1, the ejection time of %2 is over").arg(seconds(reason.observed), seconds(reason.threshold));
    }
    return {};
}

/// Whether the reason's sentence says which call decided, as describe() does.
bool namesDecidingCall(TransitionReason::Kind kind)
{
    using Kind = TransitionReason::Kind;
    switch (kind) {
    case Kind::Manual:
    case Kind::SettingsChanged:
    case Kind::HalfOpenTooLong:
    case Kind::SuccessRateOutlier:
    case Kind::EjectionOver:
        return false;
    default:
        return true;
    }
}

// ---- phrases ----

/// Times as a file has them, numbers with or without a unit, and the signs between two numbers.
const QRegularExpression &valuePattern()
{
    static const QRegularExpression pattern(
        QStringLiteral("(?<![\\w.])(?:(?:\\d+(?:\\.\\d+)?(?:ns|us|\u00b5s|ms|s|m|h|d))+(?!\\w)"
                       "|(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?: (?:ms|s|%)(?!\\w))?)|[<>]=?"));
    return pattern;
}

/// "52.4 %" and "1,394" as the locale writes them. A time in one word stays as a file has it.
QString localised(QString value)
{
    const bool isOneWord = !value.isEmpty() && value.back().isLetter() && !value.contains(QLatin1Char(' '));
    if (isOneWord)
        return value;
    QString text;
    for (const QChar c : value)
        text += c == QLatin1Char('.')   ? QLocale().decimalPoint()
                : c == QLatin1Char(',') ? QLocale().groupSeparator()
                : c == QLatin1Char(' ') ? QString(kNoBreak)
                                        : QString(c);
    return text;
}

struct Phrase {
    QString pattern; ///< "%1 of at most %2"
    QStringList values;
};

Phrase takenApart(const QString &text)
{
    Phrase phrase;
    qsizetype from = 0;
    for (auto match = valuePattern().globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch value = match.next();
        phrase.pattern += text.mid(from, value.capturedStart() - from);
        phrase.values += localised(value.captured());
        phrase.pattern += QLatin1Char('%') + QString::number(phrase.values.size());
        from = value.capturedEnd();
    }
    phrase.pattern += text.mid(from);
    return phrase;
}

QString put(QString pattern, const QStringList &values)
{
    for (qsizetype i = values.size(); i > 0; --i)
        pattern.replace(QLatin1Char('%') + QString::number(i), values[i - 1]);
    return pattern;
}

QString phrase(const QString &text)
{
    const Phrase taken = takenApart(text);
    const QString translated = QCoreApplication::translate("Explanation", taken.pattern.toUtf8().constData());
    if (translated != taken.pattern)
        return put(translated, taken.values);
    for (const char *between : {"; ", ", "}) {
        const QString mark = QString::fromLatin1(between);
        if (const qsizetype at = text.indexOf(mark); at >= 0)
            return phrase(text.left(at)) + mark + phrase(text.mid(at + mark.size()));
    }
    return put(taken.pattern, taken.values);
}

} // namespace

QString reasonText(const TransitionReason &reason)
{
    const QString text = withoutDecidingCall(reason);
    if (!reason.hasDecidingCall || !namesDecidingCall(reason.kind))
        return text;
    if (reason.kind == TransitionReason::Kind::RecoveryTimeoutElapsed)
        return tr("%1; call %2 is the first trial").arg(text, callName(reason.decidingCall));
    return tr("%1; decided by call %2 (%3)").arg(text, callName(reason.decidingCall), outcomeLabel(reason.decidingOutcome));
}

QString ruleText(const Explanation::Rule &rule)
{
    Explanation::Rule numbers = rule; // what describe() says between the two
    numbers.what.clear();
    numbers.note.clear();
    const QString note = rule.note.empty() ? QString() : QStringLiteral(" (%1)").arg(phraseText(rule.note));
    return phraseText(rule.what) + phraseText(describe(numbers)) + note;
}

QString phraseText(const std::string &text)
{
    return phrase(QString::fromStdString(text));
}

} // namespace halfopen
