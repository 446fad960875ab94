// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace halfopen {

/// Keeps the mouse wheel from changing a control that the user only scrolls past: without the focus, the wheel
/// goes to the parent.
void leaveWheelToParent(QWidget *control);
/// The same for controls among charts, which hold the focus long after they were used: the wheel never changes them.
void leaveWheelAlways(QWidget *control);

} // namespace halfopen
