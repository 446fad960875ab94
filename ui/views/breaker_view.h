// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// The state of every breaker over time, one row each with exact edges; a fleet is one row of "how
/// many are open" that opens into its members. Hovering an edge tells the reason in words, a click
/// keeps it beside the chart. The keys , and . go to the previous and next transition.
View *createBreakerView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
