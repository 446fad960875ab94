// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstddef>
#include <optional>
#include <vector>

namespace halfopen {

/// Where the values of a study's axis stand, as shares of its length, 0 to 1.
struct StudyPositions {
    std::vector<double> at;        ///< one per value
    std::optional<double> present; ///< of the value in force, when it lies between the ends or is one of the values
    bool isLog = false;            ///< equal ratios are equal distances
    bool isTrue = false;           ///< by their sizes; false: words, or sizes of different kinds, at equal distances
};

/// Which of \a values \a present is: as a text, or by its size ("0.1s" is "100ms").
std::optional<std::size_t> placeIn(const QStringList &values, const QString &present);

/// By size where all \a values are sizes of one kind ("100ms", "40%", "900/s", "3"): on a logarithmic scale when their
/// ratios vary less than their differences. \a present: text of the value in force, or empty.
StudyPositions studyPositions(const QStringList &values, const QString &present);

} // namespace halfopen
