// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// Sampled calls one by one: attempts, waits and how each ended, and the story of a call that is clicked. Colour
/// and pattern are those of the outcomes; hatched = a caller had stopped waiting.
View *createCallView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
