// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/speed_stops.h"

#include "ui/format.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace halfopen {
namespace {

constexpr std::array kFactors{0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0};
static_assert(kFactors.front() == Speed::kFactorMin && kFactors.back() == Speed::kFactorMax);

} // namespace

int speedStopCount()
{
    return int(kFactors.size()) + 1;
}

Speed speedStop(int index)
{
    if (index >= int(kFactors.size()))
        return Speed::unlimited();
    return {kFactors[std::size_t(std::max(index, 0))]};
}

int nearestSpeedStop(Speed speed)
{
    if (!speed.factor)
        return int(kFactors.size());
    int nearest = 0;
    const auto distance = [&](int i) { return std::abs(std::log(kFactors[std::size_t(i)] / *speed.factor)); };
    for (int i = 1; i < int(kFactors.size()); ++i) {
        if (distance(i) < distance(nearest))
            nearest = i;
    }
    return nearest;
}

QString speedText(Speed speed)
{
    if (!speed.factor)
        return QCoreApplication::translate("Speed", "max");
    return QCoreApplication::translate("Speed", "%1×").arg(formatNumber(*speed.factor));
}

Result<Speed> parseSpeed(const QString &text)
{
    QString number = text.trimmed().toLower();
    if (number == QLatin1String("max"))
        return Speed::unlimited();
    if (number.endsWith(QLatin1Char('x')) || number.endsWith(QChar(0xd7)))
        number.chop(1);
    bool ok = false;
    const double factor = number.trimmed().toDouble(&ok);
    if (!ok || !(factor >= Speed::kFactorMin && factor <= Speed::kFactorMax)) {
        return failure(QCoreApplication::translate("Speed", "the speed is '%1', expected 0.1 to 1000, or max")
                           .arg(text)
                           .toStdString());
    }
    return Speed{factor};
}

} // namespace halfopen
