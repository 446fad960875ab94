// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/source_text.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace halfopen::test {

namespace {

constexpr std::uintmax_t kSourceSizeMax = std::uintmax_t(1024) * 1024; // bytes; anything larger is data

bool isWordCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Walks over the text once and blanks what is not code.
class Blanker {
public:
    explicit Blanker(std::string_view text) : m_text(text) { m_out.reserve(text.size()); }

    std::string run()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (next() == "//") {
                blankUntilLineEnd();
            } else if (next() == "/*") {
                blankPast("*/", 2);
            } else if (c == '"' && isRawPrefix()) {
                blankRawString();
            } else if (c == '"') {
                blankQuoted('"');
            } else if (c == '\'' && !isDigitSeparator()) {
                blankQuoted('\'');
            } else if (c == '#' && atLineStart()) {
                copyDirective();
            } else {
                keep();
            }
        }
        return std::move(m_out);
    }

private:
    std::string_view next() const { return m_text.substr(m_at, 2); }
    void keep() { m_out.push_back(m_text[m_at++]); }
    void blank()
    {
        m_out.push_back(m_text[m_at] == '\n' ? '\n' : ' ');
        ++m_at;
    }
    void blankUntilLineEnd()
    {
        while (m_at < m_text.size() && m_text[m_at] != '\n')
            blank();
    }
    void blankPast(std::string_view end, std::size_t skip)
    {
        const auto found = m_text.find(end, m_at + skip);
        const auto stop = found == std::string_view::npos ? m_text.size() : found + end.size();
        while (m_at < stop)
            blank();
    }
    /// The quotes stay, so that a string is still one token.
    void blankQuoted(char quote)
    {
        keep();
        while (m_at < m_text.size() && m_text[m_at] != quote && m_text[m_at] != '\n') {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                blank();
            blank();
        }
        if (m_at < m_text.size())
            keep();
    }
    bool isRawPrefix() const { return !m_out.empty() && m_out.back() == 'R'; }
    void blankRawString()
    {
        const auto open = m_text.find('(', m_at);
        if (open == std::string_view::npos) {
            keep();
            return;
        }
        std::string end = ")";
        end += m_text.substr(m_at + 1, open - m_at - 1);
        end += '"';
        m_out.push_back('"');
        ++m_at;
        blankPast(end, 0);
        m_out.back() = '"';
    }
    /// 1'000'000 holds no character literal.
    bool isDigitSeparator() const
    {
        return !m_out.empty() && isWordCharacter(m_out.back()) && m_at + 1 < m_text.size() &&
               isWordCharacter(m_text[m_at + 1]);
    }
    bool atLineStart() const
    {
        const auto end = m_out.find_last_of('\n');
        const auto begin = end == std::string::npos ? 0 : end + 1;
        return m_out.find_first_not_of(" \t", begin) == std::string::npos;
    }
    /// An include line is kept whole (but for a comment behind it), other directives are code.
    void copyDirective()
    {
        auto line = m_text.substr(m_at, m_text.find('\n', m_at) - m_at);
        if (line.find("include") > line.find_first_not_of("# \t")) {
            keep();
            return;
        }
        const auto comment = line.find("//");
        const auto stop = m_at + std::min(line.size(), comment);
        while (m_at < stop)
            keep();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

} // namespace

std::string Finding::text() const
{
    return file + ":" + std::to_string(line) + ": " + what;
}

std::string listing(const std::vector<Finding> &findings)
{
    std::string all = std::to_string(findings.size()) + " finding(s)";
    for (const auto &finding : findings)
        all += "\n  " + finding.text();
    return all;
}

std::vector<SourceFile> readTree(const std::string &root)
{
    namespace fs = std::filesystem;
    std::vector<SourceFile> files;
    for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator();
         ++it) {
        const auto name = it->path().filename().string();
        const bool isTop = it.depth() == 0;
        if (it->is_directory()) {
            const bool isOurs = !name.starts_with('.') || name == ".ci" || name == ".reuse";
            if (isTop && (name.starts_with("build") || !isOurs))
                it.disable_recursion_pending();
            continue;
        }
        if (!it->is_regular_file() || it->file_size() > kSourceSizeMax)
            continue;
        std::ifstream in(it->path(), std::ios::binary);
        files.push_back({fs::relative(it->path(), root).generic_string(),
                         std::string(std::istreambuf_iterator<char>(in), {})});
    }
    std::sort(files.begin(), files.end(),
              [](const SourceFile &a, const SourceFile &b) { return a.path < b.path; });
    return files;
}

std::vector<Finding> findingsInTree(const std::string &root, const std::function<std::vector<Finding>(const SourceFile &)> &check)
{
    std::vector<Finding> all;
    for (const SourceFile &file : readTree(root)) {
        const std::vector<Finding> found = check(file);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

std::string withoutCommentsAndStrings(std::string_view text)
{
    return Blanker(text).run();
}

bool isCpp(std::string_view path)
{
    return endsWithAny(path, {".h", ".cpp"});
}

bool startsWithAny(std::string_view text, const std::vector<std::string_view> &options)
{
    return std::any_of(options.begin(), options.end(),
                       [text](std::string_view option) { return text.starts_with(option); });
}

bool endsWithAny(std::string_view text, const std::vector<std::string_view> &options)
{
    return std::any_of(options.begin(), options.end(),
                       [text](std::string_view option) { return text.ends_with(option); });
}

} // namespace halfopen::test
