// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

namespace halfopen {

/// The delay of each retry at the moment it was decided, coloured by the number of the attempt that
/// comes, and the distribution of all delays beside it. Dots are a bounded, evenly chosen part of
/// the retries; the distribution counts all of them.
View *createRetryView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
