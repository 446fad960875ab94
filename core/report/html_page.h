// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace halfopen::report {

/// The style sheet and the script of the HTML report, apart from the code that fills the page.
std::string_view pageStyle();
std::string_view pageScript();

} // namespace halfopen::report
