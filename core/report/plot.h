// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_series.h"
#include "core/report/svg.h"
#include "core/run/run_record.h"

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::report {

// What the charts of every HTML page share: their measures, axes, marks and legends.

// One unit is one CSS pixel at the page's full width.
inline constexpr double kWidth = 960;
inline constexpr double kLeft = 58; ///< room for the labels of the value axis
inline constexpr double kRight = 12;
inline constexpr double kTop = 6;
inline constexpr double kAxis = 20; ///< room for the labels of the time axis
inline constexpr double kPlotHeight = 132;
inline constexpr double kRowHeight = 18;
inline constexpr double kBandHeight = 14;
inline constexpr double kTickRoom = 17; ///< height that a label of the value axis needs
inline constexpr std::size_t kColumnsMax = 600;

struct LegendEntry {
    std::string swatch; ///< markup
    std::string label;  ///< text
};
std::string swatch(std::string_view shape, std::string_view cssClass);
std::string areaSwatch(std::string_view cssClass);
std::string lineSwatch(std::string_view cssClass);
/// Words and legend on the left, the picture on the right.
std::string track(std::string_view title, std::string_view note,
                  const std::vector<LegendEntry> &legend, const std::string &picture);

/// The CSS class of a breaker's state.
std::string_view stateClass(BreakerState state);
/// Shapes as well as colours tell the states apart.
std::string stateSwatch(BreakerState state);

double largest(const std::vector<double> &values);
double smallestPositive(const std::vector<double> &values);

// What stands beside an axis: round values, so without the zeros that a measured value has.
std::string rateLabel(double perSecond);
std::string smallRateLabel(double perSecond);
std::string timeLabel(double seconds);
std::string shareLabel(double share);

/// A logarithmic value axis that shows all positive values, at least one decade, at most nine.
Scale logScale(double low, double high, double pixelLow, double pixelHigh);

/// One picture being drawn: its scales and its markup.
struct Plot {
    Svg svg;
    double height = kPlotHeight;
    double end; ///< seconds of the time axis
    Scale time;
    Scale value = Scale::linear(0, 1, 0, 1);

    explicit Plot(double timeEnd, double plotHeight = kPlotHeight)
        : height(plotHeight), end(timeEnd), time(Scale::linear(0, timeEnd, kLeft, kWidth - kRight))
    {}
    double bottom() const { return kTop + height; }
    /// From 0 to a round value at or above \a high.
    void rateAxis(double high);
    /// \a format labels the ticks: timeLabel() and the like.
    template <typename Format> void logAxis(double low, double high, Format &&format)
    {
        value = logScale(low, high, bottom(), kTop);
        for (const double tick : decadeTicks(value.low(), value.high(), height / kTickRoom))
            valueTick(tick, format(tick));
    }
    void valueTick(double at, const std::string &label);
    void timeAxis();
    /// The faults as shades and the changed settings as lines.
    void inputs(const RunRecord &record);
    /// A line through the middles of the columns, broken where a value is not finite.
    void line(const TimeColumns &columns, const std::vector<double> &values,
              std::string_view cssClass);
    /// The states of one breaker.
    void band(const RunRecord &record, std::uint32_t breaker, double top, double bandHeight);
    /// The finished picture. \a chart names the values that the pointer reads off.
    std::string finish(std::string_view label, std::string_view chart = {}) const;
};

/// The values that the pointer reads off, as JSON for the page's script.
class HoverData {
public:
    struct Line {
        std::string name;
        std::string_view unit; ///< "rate", "time", "share", "count"
        const std::vector<double> *values;
    };
    /// Remembers the lines and returns the chart's name.
    std::string add(const std::vector<Line> &lines);
    /// {"t":[...],"w":[...],"charts":{"c1":[{"n":"p99","u":"time","v":[...]}]}}: safe inside a
    /// script element.
    std::string json(const TimeColumns &columns) const;

private:
    std::string m_charts;
    int m_count = 0;
};

} // namespace halfopen::report
