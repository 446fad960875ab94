// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/figure.h"

namespace halfopen {

static int g_figures = 0; // being drawn

bool isDrawingFigure()
{
    return g_figures > 0;
}

FigureMode::FigureMode()
{
    ++g_figures;
}

FigureMode::~FigureMode()
{
    --g_figures;
}

} // namespace halfopen
