// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/measured_text.h"

#include "ui/format.h"
#include "ui/models/schema_text.h"

#include <QCoreApplication>

#include <cmath>

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

QString magnitude(const Measured &measured, double value)
{
    switch (unitOf(measured)) {
    case Unit::Share:
        return formatNumber(value * 100) + kNoBreak + QLatin1Char('%');
    case Unit::Seconds:
        return formatDuration(Duration(std::llround(value * 1e9)));
    case Unit::Count:
        return formatNumber(value);
    case Unit::PerSecond:
        return formatRate(value);
    case Unit::Ratio:
        return formatNumber(value) + kNoBreak + QChar(0xd7);
    }
    return {};
}

/// The size of a difference: those of shares are no shares but points.
QString distance(const Measured &measured, double value)
{
    if (unitOf(measured) != Unit::Share)
        return magnitude(measured, value);
    //: Percentage points, the unit of a difference of shares.
    return formatNumber(value * 100) + kNoBreak + QCoreApplication::translate("Measured", "pt");
}

/// Of the second digit of a half width: how sure a number is needs no more. 0 when there is none.
double unitOfHalfWidth(double halfWidth)
{
    return std::isfinite(halfWidth) && halfWidth > 0 ? std::pow(10.0, std::floor(std::log10(halfWidth)) - 1) : 0;
}

} // namespace

QString measuredLabel(const Measured &measured)
{
    const QString name = QString::fromStdString(measured.name);
    const qsizetype at = name.indexOf(QLatin1Char('@'));
    QString key = at < 0 ? name : name.left(at);
    key.replace(QLatin1Char('_'), QLatin1Char(' '));
    if (key == QLatin1String("p99 9"))
        key = QStringLiteral("p99.9");
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
    if (!std::isfinite(value))
        return QString(QChar(0x2013));
    const QString size = distance(measured, std::abs(value));
    return value == 0 ? size : (value < 0 ? QString(kMinus) : QStringLiteral("+")) + size;
}

QString measuredDifference(const Measured &measured, double value, double halfWidth)
{
    const double unit = unitOfHalfWidth(halfWidth);
    const double told = unit > 0 && std::isfinite(value) ? std::round(value / unit) * unit : value;
    return measuredDifference(measured, told) + measuredHalfWidth(measured, halfWidth);
}

bool isToldClear(const Measured &measured, double value, double halfWidth)
{
    if (!(std::abs(value) > halfWidth))
        return false;
    const double unit = unitOfHalfWidth(halfWidth);
    const double told = unit > 0 ? std::round(std::abs(value) / unit) * unit : std::abs(value);
    return halfWidth == 0 || distance(measured, told) != distance(measured, std::round(halfWidth / unit) * unit);
}

QString measuredHalfWidth(const Measured &measured, double halfWidth)
{
    if (!std::isfinite(halfWidth))
        return {};
    const double unit = unitOfHalfWidth(halfWidth);
    return QStringLiteral(" ±") + kNoBreak + distance(measured, unit > 0 ? std::round(halfWidth / unit) * unit : 0);
}

} // namespace halfopen
