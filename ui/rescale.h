// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace halfopen {

/// After applyTheme() with another scale: what \a root and all in it were given in pixels when they were made (fonts of
/// their own, least and greatest sizes, margins, row heights) becomes \a ratio times as large, rounded.
void rescaleWidgets(QWidget *root, double ratio);

} // namespace halfopen
