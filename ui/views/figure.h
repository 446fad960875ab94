// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace halfopen {

struct Scenario;

/// Whether what is painted now is a figure: a picture to be kept, without what pointer and keyboard marked.
bool isDrawingFigure();

/// While one lives, isDrawingFigure() holds. GUI thread only.
class FigureMode {
public:
    FigureMode();
    ~FigureMode();
    FigureMode(const FigureMode &) = delete;
    FigureMode &operator=(const FigureMode &) = delete;
};

/// What a view does for a figure of it besides what is done to every view (see ui/figure_picture.h).
class FigureSource {
public:
    virtual ~FigureSource() = default;
    /// On: hints and readings leave, keys that stand elsewhere in the window come. Off: all as before.
    virtual void setFigure(bool on) = 0;
    /// The height in logical pixels that shows all of it at the size it has now; 0 = any will do.
    virtual int figureHeight() const { return 0; }
    /// What a figure of many runs is of: the scenario that they are variants of, as it was then. Null: the run on screen.
    virtual std::shared_ptr<const Scenario> figureScenario() const { return nullptr; }
};

} // namespace halfopen
