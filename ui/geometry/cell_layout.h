// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include <cstddef>
#include <optional>

namespace halfopen {

/// The mapping between a grid of cells and pixels, as a value. Row 0 is at the bottom: values grow upwards.
class CellLayout {
public:
    struct Place {
        std::size_t row = 0;
        std::size_t column = 0;
        bool operator==(const Place &) const = default;
    };

    CellLayout() = default;
    CellLayout(const QRectF &plot, std::size_t rows, std::size_t columns) : m_plot(plot), m_rows(rows), m_columns(columns) {}

    const QRectF &plot() const { return m_plot; }
    /// On whole pixels, so that neighbours meet without a gap.
    QRectF rectOf(Place place) const;
    /// The cell under \a at, if there is one.
    std::optional<Place> at(QPointF at) const;

private:
    QRectF m_plot;
    std::size_t m_rows = 0;
    std::size_t m_columns = 0;
};

} // namespace halfopen
