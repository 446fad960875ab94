// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/source_text.h"

#include <string_view>
#include <vector>

namespace halfopen::test {

/// True for files that say their licence in their own first lines: C++, CMake, scripts, icons and
/// resource lists. Scenarios, pages and data are covered by .reuse/dep5 instead.
bool carriesLicence(std::string_view path);

/// Checks that the first ten lines of \a text name the copyright holder and GPL-3.0-or-later.
std::vector<Finding> checkLicence(std::string_view path, std::string_view text);

} // namespace halfopen::test
