// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/measured_text.h"

#include "ui/format.h"
#include "ui/models/percentile_series.h"
#include "ui/models/schema_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>
#include <limits>

namespace halfopen {

namespace {

constexpr QChar kNoBreak(0xa0);
constexpr QChar kMinus(0x2212);

enum class Unit { Share, Seconds, Count, PerSecond, Ratio };

Unit unitOf(const Measured &measured)
{
    if (measured.metric == nullptr) {
        using Of = report::ComparedFigure::Unit;
        switch (measured.figure->unit) {
        case Of::Share:
            return Unit::Share;
        case Of::Seconds:
            return Unit::Seconds;
        case Of::Count:
            return Unit::Count;
        case Of::Ratio:
            return Unit::Ratio;
        }
    }
    switch (measured.metric->unit) {
    case Metric::Unit::Share:
        return Unit::Share;
    case Metric::Unit::Seconds:
        return Unit::Seconds;
    case Metric::Unit::Count:
        return Unit::Count;
    case Metric::Unit::PerSecond:
        return Unit::PerSecond;
    case Metric::Unit::Ratio:
        return Unit::Ratio;
    }
    return Unit::Count;
}

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
    switch (unitOf(measured)) {
    case Unit::Share:
        return formatNumber(value * 100) + kNoBreak + QLatin1Char('%');
    case Unit::Seconds:
        return formatDuration(Duration(std::llround((isInSteps(measured) ? twoDigits(value) : value) * 1e9)));
    case Unit::Count:
        return formatNumber(value);
    case Unit::PerSecond:
        return formatRate(value);
    case Unit::Ratio:
        return formatNumber(value) + kNoBreak + QChar(0xd7);
    }
    return {};
}

report::Quantity quantityOf(const Measured &measured)
{
    switch (unitOf(measured)) {
    case Unit::Share:
        return report::Quantity::Share;
    case Unit::Seconds:
        return report::Quantity::Seconds;
    case Unit::Count:
        return report::Quantity::Count;
    case Unit::PerSecond:
        return report::Quantity::PerSecond;
    case Unit::Ratio:
        break;
    }
    return report::Quantity::Ratio;
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
    if (unitOf(measured) == Unit::Share && value >= 0 && value <= 1)
        return formatShare(value);
    // A mean of large counts is told to the last whole one, so that figures beside each other end at the same place.
    if (unitOf(measured) == Unit::Count && value >= 0 && value < 1e15 && (value == std::floor(value) || value >= 1000))
        return formatCount(static_cast<std::uint64_t>(value + 0.5));
    return (value < 0 ? QString(kMinus) : QString()) + magnitude(measured, std::abs(value));
}

QString measuredDifference(const Measured &measured, double value)
{
    return measuredText(toldDifference(measured, value, std::numeric_limits<double>::quiet_NaN(), 1), true);
}

QString measuredText(const Measured &measured, double mean, double halfWidth, std::size_t count)
{
    if (!std::isfinite(mean) || !std::isfinite(halfWidth))
        return measuredText(measured, mean);
    return measuredText(report::tell(quantityOf(measured), mean, halfWidth, count));
}

report::Told toldDifference(const Measured &measured, double value, double halfWidth, std::size_t count, Duration step)
{
    return report::tellDifference(quantityOf(measured), value, halfWidth, count, step);
}

QString measuredText(const report::Told &told, bool isDifference)
{
    constexpr double kMinute = 60;
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
        text += unitText(told.unit);
    }
    return told.isWithin ? QCoreApplication::translate("Measured", "within %1").arg(text) : text;
}

} // namespace halfopen
