// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/view.h"

#include <span>

namespace halfopen {

/// Every view there is, in the order in which a window offers them. A new view is one file pair and
/// one row here.
std::span<const ViewType> viewTypes();

} // namespace halfopen
