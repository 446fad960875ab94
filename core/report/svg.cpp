// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/svg.h"

#include "core/report/format.h"
#include "core/report/round_step.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace halfopen::report {

namespace {

std::string attribute(std::string_view name, double value)
{
    return " " + std::string(name) + "=\"" + compactNumber(value) + "\"";
}

std::string classAttribute(std::string_view cssClass)
{
    return cssClass.empty() ? "" : " class=\"" + std::string(cssClass) + "\"";
}

} // namespace

std::string compactNumber(double number, int decimals)
{
    if (!std::isfinite(number))
        return "0";
    std::array<char, 400> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   std::chars_format::fixed, decimals);
    std::string_view digits(text.data(), static_cast<std::size_t>(end.ptr - text.data()));
    if (decimals > 0) {
        while (digits.ends_with('0'))
            digits.remove_suffix(1);
        if (digits.ends_with('.'))
            digits.remove_suffix(1);
    }
    return digits == "-0" ? "0" : std::string(digits);
}

Scale Scale::linear(double low, double high, double pixelLow, double pixelHigh)
{
    Scale scale;
    scale.m_low = low;
    scale.m_high = high > low ? high : low + 1;
    scale.m_pixelLow = pixelLow;
    scale.m_pixelHigh = pixelHigh;
    return scale;
}

Scale Scale::logarithmic(double low, double high, double pixelLow, double pixelHigh)
{
    Scale scale = linear(low, high, pixelLow, pixelHigh);
    scale.m_logarithmic = true;
    return scale;
}

double Scale::pixel(double value) const
{
    const double inside = std::clamp(value, m_low, m_high);
    const double share = m_logarithmic ? std::log(inside / m_low) / std::log(m_high / m_low)
                                       : (inside - m_low) / (m_high - m_low);
    return m_pixelLow + share * (m_pixelHigh - m_pixelLow);
}

std::vector<double> roundTicks(double high, int wanted)
{
    if (!(high > 0))
        high = 1;
    const double step = roundStep(high, wanted);
    std::vector<double> ticks;
    for (int i = 0; i <= stepsUpTo(high, step); ++i)
        ticks.push_back(i * step);
    return ticks;
}

std::vector<double> decadeTicks(double low, double high, double room)
{
    const double decades = std::log10(high / low);
    const bool isFine = decades * 3 + 1 <= room;
    const int step = std::max(1, static_cast<int>(std::ceil(decades / std::max(room, 1.0))));
    std::vector<double> ticks;
    const int first = static_cast<int>(std::floor(std::log10(low)));
    for (int power = first; power <= std::log10(high) + 0.001; ++power)
        for (const double factor : {1.0, 2.0, 5.0}) {
            // By powers and not by repeated multiplication, so that a tick is the round number
            // itself.
            const double tick =
                power < 0 ? factor / std::pow(10.0, -power) : factor * std::pow(10.0, power);
            const bool isWanted = factor == 1 ? (power - first) % step == 0 : isFine;
            if (isWanted && tick >= low * 0.999 && tick <= high * 1.001)
                ticks.push_back(tick);
        }
    return ticks;
}

std::vector<Tick> timeTicks(double end, int wanted)
{
    static constexpr double kSteps[] = {0.001, 0.002, 0.005, 0.01,   0.02,  0.05, 0.1,  0.2,
                                        0.5,   1,     2,     5,      10,    15,   30,   60,
                                        120,   300,   600,   900,    1800,  3600, 7200, 14400,
                                        21600, 43200, 86400, 172800, 604800};
    const double rough = std::max(end, 0.001) / wanted;
    const double *found = std::lower_bound(std::begin(kSteps), std::end(kSteps), rough);
    const double step = found == std::end(kSteps) ? std::ceil(rough / 604800) * 604800 : *found;
    std::vector<Tick> ticks;
    for (int i = 0; i * step <= end * 1.0001; ++i)
        ticks.push_back(
            {i * step, i == 0 ? "0" : formatDuration(Duration(std::llround(i * step * 1e9)))});
    return ticks;
}

void Svg::rect(double x, double y, double width, double height, std::string_view cssClass,
               std::string_view tooltip)
{
    m_body += "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width) +
              attribute("height", height) + classAttribute(cssClass);
    if (tooltip.empty())
        m_body += "/>";
    else
        m_body += "><title>" + escapeMarkup(tooltip) + "</title></rect>";
}

void Svg::line(double x1, double y1, double x2, double y2, std::string_view cssClass)
{
    m_body += "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
              attribute("y2", y2) + classAttribute(cssClass) + "/>";
}

void Svg::path(std::string_view data, std::string_view cssClass)
{
    if (data.empty())
        return;
    m_body += "<path d=\"" + std::string(data) + "\"" + classAttribute(cssClass) + "/>";
}

void Svg::text(double x, double y, std::string_view content, std::string_view anchor,
               std::string_view cssClass)
{
    m_body += "<text" + attribute("x", x) + attribute("y", y) + " text-anchor=\"" +
              std::string(anchor) + "\"" + classAttribute(cssClass) + ">" + escapeMarkup(content) +
              "</text>";
}

std::string Svg::element(double width, double height, std::string_view label,
                         std::string_view attributes) const
{
    return "<svg viewBox=\"0 0 " + compactNumber(width) + " " + compactNumber(height) +
           "\" role=\"img\" aria-label=\"" + escapeMarkup(label) + "\"" +
           (attributes.empty() ? "" : " " + std::string(attributes)) + ">" + m_body + "</svg>\n";
}

void PathData::add(char command, double x, double y)
{
    m_data += command + compactNumber(x) + ' ' + compactNumber(y);
}

} // namespace halfopen::report
