// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/cell_layout.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

QRectF CellLayout::rectOf(Place place) const
{
    const auto x = [this](std::size_t column) {
        return std::round(m_plot.left() + m_plot.width() * double(column) / double(std::max<std::size_t>(m_columns, 1)));
    };
    const auto y = [this](std::size_t row) {
        return std::round(m_plot.bottom() - m_plot.height() * double(row) / double(std::max<std::size_t>(m_rows, 1)));
    };
    const double top = y(place.row + 1);
    return QRectF(x(place.column), top, x(place.column + 1) - x(place.column), y(place.row) - top);
}

std::optional<CellLayout::Place> CellLayout::at(QPointF at) const
{
    if (!m_plot.contains(at) || m_rows == 0 || m_columns == 0)
        return std::nullopt;
    const auto index = [](double share, std::size_t count) {
        return std::min(static_cast<std::size_t>(std::max(share, 0.0) * double(count)), count - 1);
    };
    return Place{index((m_plot.bottom() - at.y()) / m_plot.height(), m_rows),
                 index((at.x() - m_plot.left()) / m_plot.width(), m_columns)};
}

} // namespace halfopen
