// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/policies/outcome.h"
#include "core/policies/policy_event.h"

#include <QColor>
#include <QFont>
#include <QString>
#include <Qt>

#include <chrono>

class QApplication;
class QWidget;

namespace halfopen {

enum class ThemeKind { System, Light, Dark };

/// Every colour, size and duration of the program, by role. Views ask for roles, never for values.
/// Values, so a view may keep a copy for one painting; a change of theme arrives as
/// QEvent::PaletteChange.
struct Theme {
    bool dark = false;

    // Surfaces and text
    QColor window, panel, raised;
    QColor text, secondary, disabled;
    QColor grid, divider;
    QColor accent;

    // Data. Never the only carrier of a meaning: a label, shape or pattern stands beside each.
    QColor success, error, timeout, rejected, fallback, neutral;
    QColor onData; ///< short labels that lie on success, error, rejected or fallback

    static const Theme &light();
    static const Theme &darkTheme();
    /// The theme that fits the palette of \a widget, which may be null.
    static const Theme &of(const QWidget *widget);
    /// The theme of the application's palette.
    static const Theme &current();

    /// The family's colour: five colours for eleven kinds; outcomePattern() tells the members
    /// apart.
    QColor outcome(OutcomeKind kind) const;
    Qt::BrushStyle outcomePattern(OutcomeKind kind) const;
    QColor breakerState(BreakerState state) const;
    /// One of \a count clearly different colours on the panel, for lines of an ordered family
    /// (percentiles, attempt numbers): from calm to alarming. \a index is clamped.
    QColor sequence(int index, int count) const;
    /// A perceptually even ramp (part of viridis) for heat maps, \a share in [0, 1]: more stands
    /// out more from the panel, and 0 is the panel colour.
    QColor heat(double share) const;

    // Sizes in logical pixels, scaled by the presentation factor
    static int px(double logical);
    static int gap() { return px(8); }
    static int padding() { return px(12); }
    static int radius() { return px(4); }
    static QFont bodyFont();
    static QFont axisFont();  ///< axes, legends, tables; tabular figures
    static QFont titleFont(); ///< semibold
    static QFont monoFont();

    static constexpr double kDataLine = 1.5;
    static constexpr double kGhostAlpha = 0.55;
    static constexpr double kUnselectedAlpha = 0.35;
    static constexpr std::chrono::milliseconds kStateFlash{200};
    static constexpr std::chrono::milliseconds kLoadingShownAfter{200};
};

/// How much larger than usual everything is drawn: 1, or 1.6 for presentations.
double themeScale();

/// Sets style, palette and fonts of \a app; may be called again at any time. An Error when none of
/// the fonts Inter, Noto Sans and DejaVu Sans is installed: without them Qt draws empty boxes and
/// says nothing.
Result<void> applyTheme(QApplication &app, ThemeKind kind, double scale = 1.0);

/// The family that the program draws its texts in, or an Error that names the packages to install.
Result<QString> uiFontFamily();

/// Contrast of two opaque colours by WCAG 2.2, 1 to 21.
double contrast(const QColor &a, const QColor &b);

} // namespace halfopen
