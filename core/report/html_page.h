// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace halfopen::report {

/// The style sheet and the script of the HTML report, apart from the code that fills the page.
std::string_view pageStyle();
std::string_view pageScript();
/// Everything up to the page's own content. Nothing can be fetched from it, whatever a name in the
/// scenario looks like.
std::string pageBegin(std::string_view title);
/// The rest, with the values that the pointer reads off; see HoverData.
std::string pageEnd(std::string_view hoverJson);

} // namespace halfopen::report
