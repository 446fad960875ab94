// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/text_table.h"

#include <string>
#include <string_view>

namespace halfopen {

/// \a markdown of a help page for a terminal: headings, paragraphs and lists wrapped, drawings as they are. Tables of settings are left
/// out, because the list of settings follows; other tables become one paragraph per row.
std::string renderHelpPage(std::string_view markdown, const report::TextStyle &style);

} // namespace halfopen
