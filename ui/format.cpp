// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace halfopen {

namespace {

const QString kSpace = QString(QChar(0x00A0));
const QString kMinus = QString(QChar(0x2212));

/// Decimals that leave 3 significant digits of \a magnitude (> 0).
int decimalsFor(double magnitude)
{
    const int exponent = static_cast<int>(std::floor(std::log10(magnitude)));
    return std::clamp(2 - exponent, 0, 15);
}

/// Fixed notation without trailing zeros behind the point.
QString trimmedFixed(double value, int decimals)
{
    const QLocale locale;
    QString text = locale.toString(std::abs(value), 'f', decimals);
    const QString point = locale.decimalPoint();
    if (decimals > 0 && text.contains(point)) {
        while (text.endsWith(locale.zeroDigit()))
            text.chop(locale.zeroDigit().size());
        if (text.endsWith(point))
            text.chop(point.size());
    }
    const bool isZero = text == locale.zeroDigit();
    return value < 0 && !isZero ? kMinus + text : text;
}

/// \a value rounded to 3 significant digits.
double rounded(double value)
{
    if (value == 0 || !std::isfinite(value))
        return value;
    const double exponent = std::floor(std::log10(std::abs(value)));
    const double unit = std::pow(10.0, exponent - 2);
    return std::round(value / unit) * unit;
}

QString withUnit(double value, const QString &unit)
{
    return formatNumber(value) + kSpace + unit;
}

/// Decimals of a second that a step of \a step needs, 0 to 9.
int secondDecimals(Duration step)
{
    int decimals = 0;
    for (std::int64_t unit = 1'000'000'000; decimals < 9 && step.count() % unit != 0; unit /= 10)
        ++decimals;
    return decimals;
}

QString joinParts(std::int64_t first, const QString &firstUnit, const QString &second)
{
    const QString head = QLocale().toString(static_cast<qlonglong>(first)) + kSpace + firstUnit;
    return second.isEmpty() ? head : head + kSpace + second;
}

QString shortScaled(double value, const QString &unit)
{
    const QString gap = unit.isEmpty() ? QString() : kSpace;
    const double shown = rounded(value);
    if (shown < 10'000)
        return formatNumber(value) + gap + unit;
    if (shown < 1e6)
        return formatNumber(value / 1e3) + kSpace + QStringLiteral("k") + unit;
    if (shown < 1e9)
        return formatNumber(value / 1e6) + kSpace + QStringLiteral("M") + unit;
    return formatNumber(value / 1e9) + kSpace + QStringLiteral("G") + unit;
}

} // namespace

QString formatNumber(double value)
{
    if (std::isnan(value))
        return QString(QChar(0x2013));
    if (std::isinf(value))
        return value < 0 ? kMinus + QString(QChar(0x221E)) : QString(QChar(0x221E));
    const double shown = rounded(value);
    return shown == 0 ? trimmedFixed(0, 0) : trimmedFixed(shown, decimalsFor(std::abs(shown)));
}

QString formatCount(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString formatCountShort(std::uint64_t count)
{
    return count < 10'000 ? formatCount(count) : shortScaled(static_cast<double>(count), QString());
}

QString formatCalls(std::uint64_t count)
{
    return count == 1 ? QCoreApplication::translate("halfopen::format", "1 call")
                      : QCoreApplication::translate("halfopen::format", "%1 calls").arg(formatCount(count));
}

QString formatRetries(std::uint64_t count)
{
    return count == 1 ? QCoreApplication::translate("halfopen::format", "1 retry")
                      : QCoreApplication::translate("halfopen::format", "%1 retries").arg(formatCount(count));
}

QString formatTransitions(std::uint64_t count)
{
    return count == 1 ? QCoreApplication::translate("halfopen::format", "1 transition")
                      : QCoreApplication::translate("halfopen::format", "%1 transitions").arg(formatCount(count));
}

QString formatLatency(Duration d)
{
    return d == Duration(0) ? QString(QChar(0x2013)) : formatDuration(d);
}

QString formatDuration(Duration d)
{
    if (d < Duration(0))
        return kMinus + formatDuration(-d);
    const double ns = static_cast<double>(d.count());
    const double shown = rounded(ns);
    if (d.count() == 0)
        return withUnit(0, QStringLiteral("ms"));
    if (shown < 1e3)
        return withUnit(ns, QStringLiteral("ns"));
    if (shown < 1e6)
        return withUnit(ns / 1e3, QStringLiteral("µs"));
    if (shown < 1e9)
        return withUnit(ns / 1e6, QStringLiteral("ms"));
    if (shown < 60e9)
        return withUnit(ns / 1e9, QStringLiteral("s"));
    const std::int64_t seconds = std::llround(ns / 1e9);
    if (seconds < 3600) {
        const std::int64_t rest = seconds % 60;
        return joinParts(seconds / 60, QStringLiteral("min"),
                         rest ? joinParts(rest, QStringLiteral("s"), {}) : QString());
    }
    const std::int64_t minutes = std::llround(ns / 60e9);
    const std::int64_t rest = minutes % 60;
    return joinParts(minutes / 60, QStringLiteral("h"),
                     rest ? joinParts(rest, QStringLiteral("min"), {}) : QString());
}

QString formatInstant(Instant t, Duration step)
{
    const int decimals = secondDecimals(std::max(step, Duration(1)));
    const auto unit = static_cast<std::int64_t>(std::llround(std::pow(10.0, 9 - decimals)));
    const std::int64_t ns = (t.ns() + unit / 2) / unit * unit;
    const std::int64_t minutes = ns / 60'000'000'000;
    const double seconds = static_cast<double>(ns % 60'000'000'000) * 1e-9;
    if (minutes == 0 && ns != 0 && ns < 1'000'000'000 && decimals > 0)
        return trimmedFixed(static_cast<double>(ns) * 1e-6, std::max(0, decimals - 3)) + kSpace +
               QStringLiteral("ms");
    const QString tail = trimmedFixed(seconds, decimals) + kSpace + QStringLiteral("s");
    if (minutes == 0)
        return tail;
    const QString secondsPart = seconds == 0 ? QString() : tail;
    if (minutes < 60)
        return joinParts(minutes, QStringLiteral("min"), secondsPart);
    const std::int64_t rest = minutes % 60;
    const QString minutesPart = rest || !secondsPart.isEmpty()
                                    ? joinParts(rest, QStringLiteral("min"), secondsPart)
                                    : QString();
    return joinParts(minutes / 60, QStringLiteral("h"), minutesPart);
}

QString formatRange(Instant from, Instant to)
{
    return QCoreApplication::translate("halfopen::format", "%1 to %2")
        .arg(formatInstant(from), formatInstant(to));
}

QString formatRate(double perSecond)
{
    return shortScaled(perSecond, QStringLiteral("/s"));
}

QString formatShare(double share)
{
    const QString unit = kSpace + QStringLiteral("%");
    const double percent = share * 100;
    if (std::isnan(share))
        return formatNumber(share);
    const QLocale locale;
    if (percent > 0 && percent < 0.1)
        return QStringLiteral("<") + kSpace + locale.toString(0.1, 'f', 1) + unit;
    if (percent < 100 && percent > 99.9)
        return QStringLiteral(">") + kSpace + locale.toString(99.9, 'f', 1) + unit;
    const QString text = locale.toString(std::abs(percent), 'f', 1) + unit;
    return percent <= -0.05 ? kMinus + text : text;
}

QString formatShareShort(double share)
{
    const QString unit = kSpace + QStringLiteral("%");
    const double percent = share * 100;
    if (std::isnan(share) || (percent > 0 && percent < 0.1))
        return formatShare(share);
    const QLocale locale;
    if (percent < 100 && percent >= 99.5)
        return QStringLiteral(">") + kSpace + locale.toString(99) + unit;
    return trimmedFixed(percent, std::abs(percent) < 9.95 ? 1 : 0) + unit;
}

QString formatShareTick(double share)
{
    return withUnit(share * 100, QStringLiteral("%"));
}

QString outcomeLabel(OutcomeKind kind)
{
    static const std::array<const char *, kOutcomeKinds> words = {
        QT_TRANSLATE_NOOP("halfopen::format", "success"),
        QT_TRANSLATE_NOOP("halfopen::format", "fallback"),
        QT_TRANSLATE_NOOP("halfopen::format", "error"),
        QT_TRANSLATE_NOOP("halfopen::format", "timeout"),
        QT_TRANSLATE_NOOP("halfopen::format", "rejected"),
        QT_TRANSLATE_NOOP("halfopen::format", "connection refused"),
        QT_TRANSLATE_NOOP("halfopen::format", "connection reset"),
        QT_TRANSLATE_NOOP("halfopen::format", "breaker open"),
        QT_TRANSLATE_NOOP("halfopen::format", "bulkhead full"),
        QT_TRANSLATE_NOOP("halfopen::format", "rate limited"),
        QT_TRANSLATE_NOOP("halfopen::format", "cancelled"),
        QT_TRANSLATE_NOOP("halfopen::format", "throttled"),
        QT_TRANSLATE_NOOP("halfopen::format", "unhealthy"),
    };
    return QCoreApplication::translate("halfopen::format", words[static_cast<std::size_t>(kind)]);
}

QString breakerStateLabel(BreakerState state)
{
    const std::string_view name = breakerStateName(state);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace halfopen
