// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::report {

/// "12.3": a coordinate or a value in a page, with at most \a decimals digits behind the point and
/// no zeros at the end. Independent of the locale. Not finite becomes "0".
std::string compactNumber(double number, int decimals = 1);

/// A tick of an axis: its value and what to write beside it.
struct Tick {
    double value;
    std::string label;
};

/// Maps values to pixels, linearly or by logarithm. A value outside the range is put on its edge.
class Scale {
public:
    /// \a low maps to \a pixelLow. A logarithmic scale needs 0 < low < high.
    static Scale linear(double low, double high, double pixelLow, double pixelHigh);
    static Scale logarithmic(double low, double high, double pixelLow, double pixelHigh);
    double pixel(double value) const;
    double low() const { return m_low; }
    double high() const { return m_high; }
    double pixelLow() const { return m_pixelLow; }
    double pixelHigh() const { return m_pixelHigh; }

private:
    double m_low = 0, m_high = 1, m_pixelLow = 0, m_pixelHigh = 1;
    bool m_logarithmic = false;
};

/// Round values (1, 2 or 5 times a power of ten) from 0 to at least \a high; about \a wanted of
/// them. The last tick is the end of a good axis.
std::vector<double> roundTicks(double high, int wanted);
/// Powers of ten within [low, high], with 2 and 5 between them when no more than \a room ticks come
/// of it; every second or third power when even the powers are too many.
std::vector<double> decadeTicks(double low, double high, double room);
/// Round times (1, 2, 5, 10, 15, 30 s, minutes, hours ...) from 0 to \a end seconds; about \a
/// wanted of them.
std::vector<Tick> timeTicks(double end, int wanted);

/// Writes the elements of an SVG picture. Colours come from the page's style sheet by class, so
/// that one picture serves the light page, the dark page and paper. Texts are escaped here.
class Svg {
public:
    void rect(double x, double y, double width, double height, std::string_view cssClass,
              std::string_view tooltip = {});
    void line(double x1, double y1, double x2, double y2, std::string_view cssClass);
    void path(std::string_view data, std::string_view cssClass);
    /// \a anchor is start, middle or end.
    void text(double x, double y, std::string_view content, std::string_view anchor,
              std::string_view cssClass);
    void raw(std::string_view markup) { m_body += markup; }

    /// The finished element. \a label is read to people who cannot see the picture; \a attributes
    /// go into the tag.
    std::string element(double width, double height, std::string_view label,
                        std::string_view attributes = {}) const;

private:
    std::string m_body;
};

/// The data of an SVG path, point by point.
class PathData {
public:
    void moveTo(double x, double y) { add('M', x, y); }
    void lineTo(double x, double y) { add('L', x, y); }
    void horizontalTo(double x) { m_data += 'H' + compactNumber(x); }
    void verticalTo(double y) { m_data += 'V' + compactNumber(y); }
    /// A dot, when drawn with round line ends.
    void dot(double x, double y)
    {
        add('M', x, y);
        m_data += "h0";
    }
    void close() { m_data += 'Z'; }
    bool isEmpty() const { return m_data.empty(); }
    const std::string &data() const { return m_data; }

private:
    void add(char command, double x, double y);
    std::string m_data;
};

} // namespace halfopen::report
