// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/licence_rule.h"

namespace halfopen::test {

namespace {

constexpr int kHeaderLines = 10; // a script's "#!" line and an XML declaration may come first

// In two parts, so that tools that look for licences do not read these lines as one.
const std::string kCopyright =
    std::string("SPDX-FileCopyright") + "Text: 2026 The Halfopen authors";
const std::string kLicence = std::string("SPDX-License-") + "Identifier: GPL-3.0-or-later";

std::string_view firstLines(std::string_view text)
{
    std::size_t end = 0;
    for (int line = 0; line < kHeaderLines && end != std::string_view::npos; ++line)
        end = text.find('\n', end + (line > 0 ? 1 : 0));
    return text.substr(0, end);
}

} // namespace

bool carriesLicence(std::string_view path)
{
    return endsWithAny(path, {".h", ".cpp", ".cmake", "CMakeLists.txt", ".sh", ".py", ".svg",
                              ".qrc", ".desktop", ".in"}) ||
           path == "lab" || path == ".ci/run";
}

std::vector<Finding> checkLicence(std::string_view path, std::string_view text)
{
    std::vector<Finding> findings;
    const std::string_view head = firstLines(text);
    for (const std::string &needed : {kCopyright, kLicence}) {
        if (head.find(needed) == std::string_view::npos)
            findings.push_back({std::string(path), 1, "the first lines lack \"" + needed + "\""});
    }
    return findings;
}

} // namespace halfopen::test
