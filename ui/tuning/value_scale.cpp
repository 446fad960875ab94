// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/value_scale.h"

#include <algorithm>
#include <cmath>

namespace halfopen {
namespace {

constexpr double kSpan = 100; ///< how far the scale reaches around the values it is made for

std::optional<double> number(const Value &value)
{
    if (const auto *count = std::get_if<std::int64_t>(&value))
        return static_cast<double>(*count);
    if (const auto *real = std::get_if<double>(&value))
        return *real;
    if (const auto *time = std::get_if<Duration>(&value))
        return static_cast<double>(time->count());
    return std::nullopt;
}

double roundedTo2Digits(double value)
{
    if (value == 0)
        return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 1);
    return std::round(value / unit) * unit;
}

} // namespace

std::optional<ValueScale> ValueScale::of(const Field &field, const Value &start)
{
    ValueScale scale;
    switch (field.type) {
    case ValueType::Probability:
        scale.m_kind = Kind::Share;
        scale.m_linear = true;
        scale.m_low = number(field.min).value_or(0);
        scale.m_high = number(field.max).value_or(1);
        return scale;
    case ValueType::Duration:
        scale.m_kind = Kind::Time;
        break;
    case ValueType::Count:
        scale.m_kind = Kind::Count;
        break;
    case ValueType::Rate:
    case ValueType::Number:
        scale.m_kind = Kind::Real;
        break;
    case ValueType::CountOrDuration:
        scale.m_kind = std::holds_alternative<Duration>(start) ? Kind::Time : Kind::Count;
        break;
    default:
        return std::nullopt;
    }
    // The smallest step worth having: a call, a millisecond, a thousandth.
    const double grain = scale.m_kind == Kind::Count ? 1 : scale.m_kind == Kind::Time ? 1e6 : 1e-3;
    const bool sameKind = field.standard.index() == start.index();
    const double first = number(start).value_or(number(field.standard).value_or(0));
    const double other = sameKind ? number(field.standard).value_or(first) : first;
    const double near = std::max(std::min(first, other), grain);
    const double far = std::max({first, other, grain});
    const bool sameBounds = field.type != ValueType::CountOrDuration || scale.m_kind == Kind::Count;
    const double min = sameBounds ? number(field.min).value_or(0) : grain;
    const double max = sameBounds ? number(field.max).value_or(far * kSpan) : far * kSpan;
    scale.m_zero = min <= 0;
    scale.m_low = std::max({min, near / kSpan, grain});
    scale.m_high = std::max(std::min(max, far * kSpan), scale.m_low);
    return scale;
}

double ValueScale::asNumber(const Value &value) const
{
    return number(value).value_or(m_low);
}

int ValueScale::toPosition(const Value &value) const
{
    const double v = asNumber(value);
    if (m_zero && v < m_low)
        return 0;
    const int first = m_zero ? 1 : 0;
    if (m_high <= m_low)
        return first;
    const double share = m_linear ? (v - m_low) / (m_high - m_low) : std::log(v / m_low) / std::log(m_high / m_low);
    return first + int(std::lround(std::clamp(share, 0.0, 1.0) * (kPositions - first)));
}

Value ValueScale::toValue(int position) const
{
    if (m_zero && position <= 0)
        return asValue(0);
    const int first = m_zero ? 1 : 0;
    const double share = std::clamp(double(position - first) / (kPositions - first), 0.0, 1.0);
    if (m_linear)
        return asValue(std::clamp(std::round((m_low + share * (m_high - m_low)) * 100) / 100, m_low, m_high));
    const double exact = m_low * std::pow(m_high / m_low, share);
    // The ends are themselves, not rounded: they may be bounds.
    const bool atEnd = position == first || position == kPositions;
    return asValue(atEnd ? exact : std::clamp(roundedTo2Digits(exact), m_low, m_high));
}

Value ValueScale::asValue(double value) const
{
    switch (m_kind) {
    case Kind::Count:
        return static_cast<std::int64_t>(std::llround(value));
    case Kind::Time:
        return Duration(std::llround(value));
    case Kind::Share:
    case Kind::Real:
        break;
    }
    return value;
}

} // namespace halfopen
