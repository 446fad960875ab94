// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/measured_text.h"

#include "ui/format.h"
#include "ui/models/percentile_series.h"
#include "ui/models/schema_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>

namespace halfopen {

namespace {

constexpr QChar kNoBreak(0xa0);
constexpr QChar kMinus(0x2212);
constexpr int kDecimalsMost = 9; ///< of a tick
constexpr double kMinute = 60;    ///< from here on a time is told in minutes
constexpr double kThousands = 1e4; ///< from here on a rate is told in thousands, where that says all

using report::Quantity;

/// Known in steps only, of which nobody has said how wide they are: two digits, as the command line has it.
bool isInSteps(const Measured &measured)
{
    return measured.metric == nullptr && measured.figure->isInSteps;
}

double twoDigits(double value)
{
    if (value <= 0)
        return value;
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
    return std::round(value / unit) * unit;
}

QString magnitude(const Measured &measured, double value)
{
    switch (measured.quantity()) {
    case Quantity::Share:
        return formatNumber(value * 100) + kNoBreak + QLatin1Char('%');
    case Quantity::Seconds:
        return formatDuration(Duration(std::llround((isInSteps(measured) ? twoDigits(value) : value) * 1e9)));
    case Quantity::Count:
        return formatNumber(value);
    case Quantity::PerSecond:
        return formatRate(value);
    case Quantity::Ratio:
        return formatNumber(value) + kNoBreak + QChar(0xd7);
    }
    return {};
}

QString unitText(report::Told::Unit unit)
{
    using Of = report::Told::Unit;
    switch (unit) {
    case Of::None:
        return {};
    case Of::Percent:
        return kNoBreak + QStringLiteral("%");
    case Of::Points:
        //: Percentage points, the unit of a difference of shares.
        return kNoBreak + QCoreApplication::translate("Measured", "pt");
    case Of::Times:
        return kNoBreak + QString(QChar(0xd7));
    case Of::PerSecond:
        return kNoBreak + QStringLiteral("/s");
    case Of::Seconds:
        return kNoBreak + QStringLiteral("s");
    case Of::Milliseconds:
        return kNoBreak + QStringLiteral("ms");
    case Of::Microseconds:
        return kNoBreak + QStringLiteral("\u00b5s");
    case Of::Nanoseconds:
        return kNoBreak + QStringLiteral("ns");
    }
    return {};
}

/// Decimals that \a step, a round number, needs.
int decimalsOf(double step)
{
    int decimals = 0;
    for (double units = step; decimals < kDecimalsMost && std::abs(units - std::round(units)) > 1e-6 * units; units *= 10)
        ++decimals;
    return decimals;
}

struct Scale {
    report::Told::Unit unit;
    double perUnit; ///< of the quantity's own in one of the unit
};

/// The unit in which all of an axis is told that reaches as far as \a most.
Scale scaleOf(Quantity quantity, double most)
{
    using Of = report::Told::Unit;
    switch (quantity) {
    case Quantity::Share:
        return {Of::Percent, 1e-2};
    case Quantity::Count:
        return {Of::None, 1};
    case Quantity::PerSecond:
        return {Of::PerSecond, 1};
    case Quantity::Ratio:
        return {Of::Times, 1};
    case Quantity::Seconds:
        break;
    }
    if (most >= 1 || most == 0)
        return {Of::Seconds, 1};
    if (most >= 1e-3)
        return {Of::Milliseconds, 1e-3};
    return most >= 1e-6 ? Scale{Of::Microseconds, 1e-6} : Scale{Of::Nanoseconds, 1e-9};
}

} // namespace

QString measuredLabel(const Measured &measured)
{
    const QString name = QString::fromStdString(measured.name);
    const qsizetype at = name.indexOf(QLatin1Char('@'));
    QString key = at < 0 ? name : name.left(at);
    key.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (key == QLatin1String("p99 9"))
        key = percentileText(QStringLiteral("p99.9"));
    if (key == QLatin1String("amplification")) // as it is called wherever it is shown; the name is the language's
        key = QCoreApplication::translate("Measured", "attempts per call");
    else
        key = schemaText(key);
    if (at < 0)
        return key;
    return QCoreApplication::translate("Measured", "%1 of %2").arg(key, name.mid(at + 1));
}

QString measuredHelp(const Measured &measured)
{
    if (measured.metric == nullptr)
        return {};
    return schemaText(measured.metric->help);
}

QString measuredText(const Measured &measured, double value)
{
    if (!std::isfinite(value))
        return QString(QChar(0x2013));
    if (measured.quantity() == Quantity::Share && value >= 0 && value <= 1)
        return formatShare(value);
    // A mean of large counts is told to the last whole one, so that figures beside each other end at the same place.
    if (measured.quantity() == Quantity::Count && value >= 0 && value < 1e15 && (value == std::floor(value) || value >= 1000))
        return formatCount(static_cast<std::uint64_t>(value + 0.5));
    return (value < 0 ? QString(kMinus) : QString()) + magnitude(measured, std::abs(value));
}

QString measuredDifference(const Measured &measured, double value)
{
    return measuredText(toldDifference(measured, value, std::numeric_limits<double>::quiet_NaN(), 1), true);
}

QString measuredText(const Measured &measured, double mean, double halfWidth, std::size_t count, Duration step)
{
    if (!std::isfinite(mean) || !std::isfinite(halfWidth))
        return measuredText(measured, mean);
    return measuredText(report::tell(measured.quantity(), mean, halfWidth, count, step));
}

QStringList measuredTicks(const Measured &measured, const std::vector<double> &ticks)
{
    QStringList texts;
    if (ticks.size() < 2)
        return ticks.empty() ? texts : QStringList{measuredText(measured, ticks.front())};
    const double step = (ticks.back() - ticks.front()) / static_cast<double>(ticks.size() - 1);
    const double most = std::max(std::abs(ticks.front()), std::abs(ticks.back()));
    const Quantity quantity = measured.quantity();
    const Scale scale = scaleOf(quantity, most);
    const bool isThousands = quantity == Quantity::PerSecond && most >= kThousands
        && decimalsOf(step / std::pow(10.0, std::floor(std::log10(most)) - 2)) == 0; // three digits are enough
    for (const double tick : ticks) {
        if (quantity == Quantity::Seconds && most >= kMinute)
            texts += formatInstant(Instant(Duration(std::llround(tick * 1e9))), Duration(std::llround(step * 1e9)));
        else if (isThousands)
            texts += formatRate(tick);
        else
            texts += measuredText(report::Told{.unit = scale.unit, .value = tick / scale.perUnit, .decimals = decimalsOf(step / scale.perUnit)});
    }
    return texts;
}

report::Told toldDifference(const Measured &measured, double value, double halfWidth, std::size_t count, Duration step)
{
    return report::tellDifference(measured.quantity(), value, halfWidth, count, step);
}

QString measuredText(const report::Told &told, bool isDifference)
{
    if (!std::isfinite(told.value))
        return QString(QChar(0x2013));
    const bool hasInterval = std::isfinite(told.halfWidth);
    const double size = std::abs(told.value);
    QLocale locale;
    locale.setNumberOptions(locale.numberOptions() & ~QLocale::OmitGroupSeparator);
    QString text = told.value < 0 ? QString(kMinus) : isDifference && told.value > 0 ? QStringLiteral("+") : QString();
    if (told.unit == report::Told::Unit::Seconds && size >= kMinute && !hasInterval) {
        text += formatDuration(Duration(std::llround(size * 1e9)));
    } else {
        text += locale.toString(size, 'f', told.decimals);
        if (hasInterval)
            text += kNoBreak + QStringLiteral("\u00b1") + kNoBreak
                + (told.halfWidth == 0 ? locale.toString(0) : locale.toString(told.halfWidth, 'f', told.decimals));
        if (!isDifference || told.unit != report::Told::Unit::Times) // "+0.002 ×, worse" would be a factor
            text += unitText(told.unit);
    }
    return told.isWithin ? QCoreApplication::translate("Measured", "within %1").arg(text) : text;
}

} // namespace halfopen
