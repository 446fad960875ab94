// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Reading our own source as text, for the tests that keep the rules of the code base.
/// No compiler is asked: the rules are about spelling, and must hold in files that do not compile
/// here.
namespace halfopen::test {

/// One place where a file breaks a rule.
struct Finding {
    std::string file; ///< path from the root of the tree
    int line = 0;     ///< from 1
    std::string what; ///< a sentence

    /// `core/base/x.h:12: sentence`
    std::string text() const;
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// All findings, one a line, for a test's failure message.
std::string listing(const std::vector<Finding> &findings);

/// A file of the tree, read whole.
struct SourceFile {
    std::string path; ///< from the root, with '/'
    std::string text;
};

/// Every regular file under \a root in the order of its path, without build/, .git/ and hidden
/// caches at the top. Files above 1 MiB are data and are left out.
std::vector<SourceFile> readTree(const std::string &root);

/// What \a check says of every file under \a root; no finding at all if the tree is not there: see how many it judged.
std::vector<Finding> findingsInTree(const std::string &root, const std::function<std::vector<Finding>(const SourceFile &)> &check);

/// \a text with the contents of comments, strings and characters turned into spaces; line ends
/// stay, so line numbers do too. Lines with #include keep their file name.
std::string withoutCommentsAndStrings(std::string_view text);

/// True if \a path is C++ (.h or .cpp).
bool isCpp(std::string_view path);

/// True if \a text begins with (ends with) one of \a options.
bool startsWithAny(std::string_view text, const std::vector<std::string_view> &options);
bool endsWithAny(std::string_view text, const std::vector<std::string_view> &options);

} // namespace halfopen::test
