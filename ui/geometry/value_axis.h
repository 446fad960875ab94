// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// The mapping between pixels and values of a vertical axis, as a value. Upwards: `low` is drawn at
/// the bottom.
class ValueAxis {
public:
    enum class Scale { Linear, Logarithmic };

    ValueAxis() = default;
    /// \a top and \a height in logical pixels, height > 0. low < high; 0 < low when logarithmic.
    ValueAxis(double low, double high, double top, double height, Scale scale = Scale::Linear);

    double low() const { return m_low; }
    double high() const { return m_high; }
    double top() const { return m_top; }
    double bottom() const { return m_top + m_height; }
    double height() const { return m_height; }
    Scale scale() const { return m_scale; }

    /// Where \a value lies; values outside of [low, high] are drawn at the nearer end.
    double toPixel(double value) const;
    /// The value drawn at \a pixel, clamped to [low, high].
    double toValue(double pixel) const;

private:
    double m_low = 0;
    double m_high = 1;
    double m_top = 0;
    double m_height = 1;
    Scale m_scale = Scale::Linear;
};

} // namespace halfopen
