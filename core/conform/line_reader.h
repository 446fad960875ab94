// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

struct gzFile_s;

namespace halfopen::conform {

/// Lines of a text file, plain or gzip. A line over 16 MB is an error.
class LineReader {
public:
    explicit LineReader(const std::filesystem::path &path);
    /// False at the end or after an error.
    bool next(std::string &line);
    std::uint64_t lineNumber() const { return m_number; } ///< of the last line, from 1
    const std::string &error() const { return m_error; }

private:
    struct Close {
        void operator()(gzFile_s *file) const;
    };
    std::unique_ptr<gzFile_s, Close> m_file;
    std::uint64_t m_number = 0;
    std::string m_error;
};

} // namespace halfopen::conform
