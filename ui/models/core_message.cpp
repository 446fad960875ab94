// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/core_message.h"

#include "ui/models/schema_text.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <array>
#include <optional>

namespace halfopen {
namespace {

/// Sentences of core/base/units.cpp and core/scenario/schema.cpp about a text that no value can be read from. Of two that fit,
/// the first counts.
constexpr std::array kOfValues{
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a number: write for example 2 or 1.5"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a flag: write true or false"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is none of the choices: %2"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a list: write for example [a, b]"),
    QT_TRANSLATE_NOOP("CoreMessage", "the list has an empty place: write for example [a, b]"),
    QT_TRANSLATE_NOOP("CoreMessage", "a duration is missing: write a number with a unit (ns, us, ms, s, m, h or d), for example 250ms"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is negative, expected a duration of 0 or more"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a duration: expected a number with a unit (ns, us, ms, s, m, h or d), for example 250ms or 1h30m"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has no unit: write %2 or %3 (ns, us, ms, s, m, h or d)"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has the unknown unit '%2', expected ns, us, ms, s, m, h or d: write the number out, without an exponent"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has the unknown unit '%2', expected ns, us, ms, s, m, h or d: write %3"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has the unknown unit '%2', expected ns, us, ms, s, m, h or d"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is out of order: units go from long to short, each once, as in 1h30m"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is finer than 1 ns, the smallest step of time here"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is longer than 292 years, the longest duration"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is negative, expected a rate of 0 or more"),
    QT_TRANSLATE_NOOP("CoreMessage", "a rate is missing: write a number per unit of time, for example 900/s or 10/m"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a rate: write a number per unit of time, for example 900/s or 10/m"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has no unit: write %2 (/ns, /us, /ms, /s, /m, /h or /d)"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has the unknown unit '%2', expected /ns, /us, /ms, /s, /m, /h or /d: write the number out, without an exponent"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has the unknown unit '%2', expected /ns, /us, /ms, /s, /m, /h or /d: write %3"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has the unknown unit '%2', expected /ns, /us, /ms, /s, /m, /h or /d"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is too large for a rate"),
    QT_TRANSLATE_NOOP("CoreMessage", "a probability is missing: write 10% or 0.1"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a probability: write 10% or 0.1"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a probability: write %2"),
    QT_TRANSLATE_NOOP("CoreMessage", "a count is missing: write a whole number, for example 100"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is negative, expected a whole number of 0 or more"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is not a whole number: write for example 100 or 1_000"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is too large, expected at most %2"),
};

/// Rules between settings (Schema::conflict of the policies), and why a run ended early (simulators/simulation.cpp).
constexpr std::array kOfSettings{
    QT_TRANSLATE_NOOP("CoreMessage", "another dialect has other settings; write the policy anew in the text, with them"),
    QT_TRANSLATE_NOOP("CoreMessage", "max_delay is shorter than initial_delay"),
    QT_TRANSLATE_NOOP("CoreMessage", "window.size is a time, but window.kind is count; write kind: time, or a number of calls"),
    QT_TRANSLATE_NOOP("CoreMessage", "window.size must be 1 to 100000 calls"),
    QT_TRANSLATE_NOOP("CoreMessage", "window.size is a number of calls, but window.kind is time; write a time such as 60s, or kind: count"),
    QT_TRANSLATE_NOOP("CoreMessage", "window.size must be 10ms to 24h"),
    QT_TRANSLATE_NOOP("CoreMessage", "window.minimum_calls is %1, but the window holds only %2 calls, so that the rate could never be judged"),
    QT_TRANSLATE_NOOP("CoreMessage", "slow_call.rate_threshold needs slow_call.duration: how long a call may take before it is slow"),
    QT_TRANSLATE_NOOP("CoreMessage", "%1 has no meaning with kind: %2; it belongs to kind: %3"),
    QT_TRANSLATE_NOOP("CoreMessage", "min_limit is above max_limit"),
    QT_TRANSLATE_NOOP("CoreMessage", "initial_limit is not between min_limit and max_limit (%1 to %2)"),
    QT_TRANSLATE_NOOP("CoreMessage", "max_wait needs a queue: without places to wait in, nobody waits"),
    QT_TRANSLATE_NOOP("CoreMessage", "exponent has no meaning with popularity: uniform"),
    QT_TRANSLATE_NOOP("CoreMessage", "source: other needs 'to', the service that is called instead"),
    QT_TRANSLATE_NOOP("CoreMessage", "source: work needs 'work', the time that it takes"),
    QT_TRANSLATE_NOOP("CoreMessage", "policies has no meaning without source: other"),
    QT_TRANSLATE_NOOP("CoreMessage", "to has no meaning without source: other"),
    QT_TRANSLATE_NOOP("CoreMessage", "work has no meaning without source: work"),
    QT_TRANSLATE_NOOP("CoreMessage", "cached.max_age has no meaning without source: cached; for two substitutes write two fallbacks, one inside the other"),
    QT_TRANSLATE_NOOP("CoreMessage", "cached.max_age has no meaning with source: static"),
    QT_TRANSLATE_NOOP("CoreMessage", "cached.stale_max_age needs cached.max_age: without it an answer of any age may be served"),
    QT_TRANSLATE_NOOP("CoreMessage", "cached.stale_max_age is shorter than cached.max_age"),
    QT_TRANSLATE_NOOP("CoreMessage", "exponential_max_wait_duration needs enable_exponential_backoff: true"),
    QT_TRANSLATE_NOOP("CoreMessage", "exponential_max_wait_duration_in_open_state needs enable_exponential_backoff: true"),
    QT_TRANSLATE_NOOP("CoreMessage", "sliding_window_size of a time_based window is in seconds, at most 86400"),
    QT_TRANSLATE_NOOP("CoreMessage", "break_duration_generator.max is shorter than break_duration"),
    QT_TRANSLATE_NOOP("CoreMessage", "metrics.health_snapshot.interval is longer than metrics.rolling_stats.time"),
    QT_TRANSLATE_NOOP("CoreMessage", "metrics.rolling_stats.time holds more than 10000 times metrics.health_snapshot.interval"),
    QT_TRANSLATE_NOOP("CoreMessage", "maximum is shorter than start"),
    QT_TRANSLATE_NOOP("CoreMessage", "count is a share from 0 to 1 with grade: error_ratio; the library ignores such a rule"),
    QT_TRANSLATE_NOOP("CoreMessage", "retry_back_off.max_interval is shorter than retry_back_off.base_interval"),
    QT_TRANSLATE_NOOP("CoreMessage", "bucket_period needs interval: the length of the window that is cut into buckets"),
    QT_TRANSLATE_NOOP("CoreMessage", "interval holds more than 10000 buckets of bucket_period"),
    QT_TRANSLATE_NOOP("CoreMessage", "failure_rate_threshold needs failure_thresholding_period: the library judges rates over time only"),
    QT_TRANSLATE_NOOP("CoreMessage", "failure_thresholding_capacity counts calls, failure_thresholding_period counts over time; give one of them"),
    QT_TRANSLATE_NOOP("CoreMessage", "failure_execution_threshold is smaller than the calls that the failure rule counts, so that trials could be left without a verdict"),
    QT_TRANSLATE_NOOP("CoreMessage", "failure_thresholding_capacity is smaller than failure_threshold, so that it could never open"),
    QT_TRANSLATE_NOOP("CoreMessage", "success_thresholding_capacity needs success_threshold"),
    QT_TRANSLATE_NOOP("CoreMessage", "success_thresholding_capacity is smaller than success_threshold, so that it could never close"),
    QT_TRANSLATE_NOOP("CoreMessage", "%1 says who is called instead: that cannot be changed while the run plays"),
    QT_TRANSLATE_NOOP("CoreMessage", "more than %1 calls were in flight at %2 s: the world takes in more than it can answer. Add a timeout, a smaller queue or less load, or raise the limit."),
    QT_TRANSLATE_NOOP("CoreMessage", "the limit of %1 events was reached at %2 s. Raise it or shorten the run."),
};

/// Values of a study that are no values (simulators/study/ranges.cpp).
constexpr std::array kOfRanges{
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' has an empty value"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1' is no range: expected two values of one unit, for example 20%..80%/13 or 100ms..2s/log5"),
    QT_TRANSLATE_NOOP("CoreMessage", "'%1': a range in equal ratios needs both ends above 0"),
};

constexpr const char *kNotExpected = QT_TRANSLATE_NOOP("CoreMessage", "'%1' is %2, expected %3");

QString tr(const char *text)
{
    return QCoreApplication::translate("CoreMessage", text);
}

/// What is in the places %1, %2 … of \a known in \a message, if that is such a sentence.
std::optional<QStringList> partsOf(const QString &message, const QString &known)
{
    static const QRegularExpression place(QStringLiteral("%(\\d)"));
    static thread_local QHash<QString, QRegularExpression> patterns;
    auto fits = patterns.find(known);
    if (fits == patterns.end()) {
        QString pattern = QRegularExpression::escape(known).replace(QStringLiteral("\\%"), QStringLiteral("%"));
        pattern.replace(place, QStringLiteral("(.*?)"));
        fits = patterns.insert(known, QRegularExpression(QRegularExpression::anchoredPattern(pattern)));
    }
    const QRegularExpressionMatch match = fits->match(message);
    if (!match.hasMatch())
        return std::nullopt;
    return match.capturedTexts().mid(1);
}

QString filled(const QString &text, const QStringList &parts)
{
    QString all;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int place = text[i] == QLatin1Char('%') && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (place < 1 || place > parts.size()) {
            all += text[i];
            continue;
        }
        all += parts[place - 1];
        ++i;
    }
    return all;
}

/// "aimd or vegas", which only names of choices stand in.
QString choices(QString names)
{
    return names.replace(QStringLiteral(" or "), tr(" or "));
}

/// What may stand there: "0s to 30d or none", "a whole number, 1 to 100", "0% to 100%: 5 percent is written 5%".
QString expectation(QString expected)
{
    if (const auto parts = partsOf(expected, QStringLiteral("%1: %2 percent is written %3")))
        return filled(tr("%1: %2 percent is written %3"), {expectation(parts->at(0)), parts->at(1), parts->at(2)});
    if (expected.endsWith(QLatin1String(" or none")))
        return tr("%1 or none").arg(expectation(expected.chopped(qsizetype(qstrlen(" or none")))));
    if (expected == QLatin1String("a whole number"))
        return tr("a whole number");
    if (expected == QLatin1String("a count or a duration"))
        return tr("a count or a duration");
    if (const auto parts = partsOf(expected, QStringLiteral("a whole number, %1")))
        return tr("a whole number, %1").arg(expectation(parts->at(0)));
    if (const auto parts = partsOf(expected, QStringLiteral("%1, or a duration above 0s")))
        return tr("%1, or a duration above 0s").arg(expectation(parts->at(0)));
    const QByteArray range = expected.toUtf8();
    return schemaRange({range.constData(), std::size_t(range.size())});
}

QString translated(const QString &message)
{
    // The path that a change of the run was refused for, or the setting, before the sentence itself.
    static const QRegularExpression head(QStringLiteral("^(policies\\.\\S+: |'[a-z0-9_.]+': )(.*)$"), QRegularExpression::DotMatchesEverythingOption);
    if (const QRegularExpressionMatch match = head.match(message); match.hasMatch())
        return match.captured(1) + translated(match.captured(2));
    for (const char *known : kOfValues) {
        if (auto parts = partsOf(message, QString::fromLatin1(known))) {
            for (qsizetype i = 1; i < parts->size(); ++i) // the first is what was typed
                (*parts)[i] = choices(parts->at(i));
            return filled(tr(known), *parts);
        }
    }
    for (const char *known : kOfRanges)
        if (const auto parts = partsOf(message, QString::fromLatin1(known)))
            return filled(tr(known), *parts);
    for (const char *known : kOfSettings) {
        if (auto parts = partsOf(message, QString::fromLatin1(known))) {
            for (QString &part : *parts)
                part = choices(part);
            return filled(tr(known), *parts);
        }
    }
    if (const auto parts = partsOf(message, QString::fromLatin1(kNotExpected)))
        return filled(tr(kNotExpected), {parts->at(0), parts->at(1), expectation(parts->at(2))});
    return message;
}

} // namespace

QString withLocalPoint(const QString &text)
{
    static const QRegularExpression point(QStringLiteral("(?<=\\d)\\.(?=\\d)"));
    return QString(text).replace(point, QLocale().decimalPoint());
}

QString coreMessage(std::string_view message)
{
    return withLocalPoint(translated(fromView(message)));
}

std::vector<QString> knownCoreMessages()
{
    std::vector<QString> all;
    for (const char *known : kOfValues)
        all.push_back(QString::fromLatin1(known));
    for (const char *known : kOfSettings)
        all.push_back(QString::fromLatin1(known));
    for (const char *known : kOfRanges)
        all.push_back(QString::fromLatin1(known));
    all.push_back(QString::fromLatin1(kNotExpected));
    return all;
}

} // namespace halfopen
