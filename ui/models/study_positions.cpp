// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/study_positions.h"

#include "core/base/instant.h"
#include "core/base/units.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace halfopen {
namespace {

constexpr double kSameSize = 1e-9; ///< of a size: what reading and writing it may lose

struct Size {
    enum class Kind { Number, Share, Rate, Time } kind = Kind::Number;
    double value = 0;
};

std::optional<Size> sizeOf(const QString &text)
{
    const std::string word = text.trimmed().toStdString();
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc() && end == word.data() + word.size())
        return Size{Size::Kind::Number, number};
    if (word.ends_with('%'))
        if (const auto share = parseProbability(word))
            return Size{Size::Kind::Share, *share};
    if (word.find('/') != std::string::npos)
        if (const auto rate = parseRate(word))
            return Size{Size::Kind::Rate, *rate};
    if (const auto time = parseDuration(word))
        return Size{Size::Kind::Time, toSeconds(*time)};
    return std::nullopt;
}

/// How much the steps from one value to the next vary, as a share of their mean.
double unevenness(const std::vector<double> &values)
{
    const auto steps = static_cast<double>(values.size() - 1);
    const double mean = (values.back() - values.front()) / steps;
    double squares = 0;
    for (std::size_t i = 1; i < values.size(); ++i)
        squares += std::pow(values[i] - values[i - 1] - mean, 2);
    return std::sqrt(squares / steps) / std::abs(mean);
}

} // namespace

std::optional<std::size_t> placeIn(const QStringList &values, const QString &present)
{
    const std::optional<Size> wanted = sizeOf(present);
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (values[i] == present)
            return std::size_t(i);
        const std::optional<Size> size = wanted ? sizeOf(values[i]) : std::nullopt;
        if (size && size->kind == wanted->kind && std::abs(size->value - wanted->value) <= kSameSize * std::abs(wanted->value))
            return std::size_t(i);
    }
    return std::nullopt;
}

StudyPositions studyPositions(const QStringList &values, const QString &present)
{
    StudyPositions positions;
    const auto count = static_cast<double>(std::max<qsizetype>(values.size(), 1));
    for (qsizetype i = 0; i < values.size(); ++i)
        positions.at.push_back((static_cast<double>(i) + 0.5) / count);
    if (const auto same = placeIn(values, present))
        positions.present = positions.at[*same];
    std::vector<double> sizes;
    std::optional<Size::Kind> kind;
    for (const QString &value : values) {
        const std::optional<Size> size = sizeOf(value);
        if (!size || (kind && *kind != size->kind) || (!sizes.empty() && size->value <= sizes.back()))
            return positions;
        kind = size->kind;
        sizes.push_back(size->value);
    }
    if (sizes.size() < 2)
        return positions;
    positions.isTrue = true;
    if (sizes.size() > 2 && sizes.front() > 0) {
        std::vector<double> logs;
        for (const double size : sizes)
            logs.push_back(std::log(size));
        positions.isLog = unevenness(logs) < unevenness(sizes);
    }
    const auto scaled = [&](double size) { return positions.isLog ? std::log(size) : size; };
    const double low = scaled(sizes.front());
    const double high = scaled(sizes.back());
    const double margin = 0.5 / count;
    const auto shareOf = [&](double size) { return margin + (1 - 2 * margin) * (scaled(size) - low) / (high - low); };
    for (std::size_t i = 0; i < sizes.size(); ++i)
        positions.at[i] = shareOf(sizes[i]);
    positions.present.reset();
    const std::optional<Size> now = sizeOf(present);
    if (now && now->kind == *kind && now->value >= sizes.front() && now->value <= sizes.back())
        positions.present = shareOf(now->value);
    return positions;
}

} // namespace halfopen
