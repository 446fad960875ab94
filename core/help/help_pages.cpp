// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// helpPages() itself is made by cmake/embed_help.cmake.
#include "core/help/help_pages.h"

namespace halfopen {

std::optional<std::string_view> helpPage(std::string_view word, std::string_view language)
{
    for (const WrittenPage &page : helpPages())
        if (page.word == word && page.language == language)
            return page.markdown;
    return std::nullopt;
}

} // namespace halfopen
