// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"

#include <string>
#include <vector>

namespace halfopen {

/// All of them as a terminal shows them, each ended by a newline. A long hint (a list of every key) that was given before is only
/// pointed at.
std::string diagnosticsText(const std::vector<Diagnostic> &diagnostics);

} // namespace halfopen
