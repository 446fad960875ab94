// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

namespace halfopen {

struct Theme;

/// The palette that makes a widget and what is in it one of \a theme.
QPalette themePalette(const Theme &theme);

} // namespace halfopen
