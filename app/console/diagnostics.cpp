// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/diagnostics.h"

#include <map>

namespace halfopen {

std::string diagnosticsText(const std::vector<Diagnostic> &diagnostics)
{
    constexpr std::size_t kLongHint = 80;
    std::map<std::string, int> lineOfHint;
    std::string text;
    for (Diagnostic diagnostic : diagnostics) {
        if (diagnostic.hint.size() > kLongHint) {
            const auto [first, isNew] = lineOfHint.emplace(diagnostic.hint, diagnostic.place.line);
            if (!isNew)
                diagnostic.hint = first->second > 0 ? "as in line " + std::to_string(first->second) + ", above" : "as above";
        }
        text += diagnostic.text();
        if (!text.ends_with('\n'))
            text += '\n';
    }
    return text;
}

} // namespace halfopen
