// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace halfopen {

/// Reads a plain or gzip text line by line, with bounds on what it will unpack.
class LineReader {
public:
    struct Limits {
        std::uint64_t unpackedBytes;
        std::uint64_t lineBytes;
    };
    explicit LineReader(const std::filesystem::path &path, Limits limits);
    ~LineReader();
    LineReader(const LineReader &) = delete;
    LineReader &operator=(const LineReader &) = delete;

    /// Puts the next line into line() and returns true; false at the end of the text. The error
    /// names the file and, once something was read, the line.
    [[nodiscard]] Result<bool> next();
    const std::string &line() const { return m_line; }
    std::uint64_t lineNumber() const { return m_lineNumber; } ///< counted from 1
    /// The present line ended with the file instead of with a line break.
    bool endedWithoutBreak() const { return m_endedWithoutBreak; }

private:
    Result<bool> fill();

    std::filesystem::path m_path;
    Limits m_limits;
    void *m_file = nullptr; ///< gzFile
    std::string m_buffer;
    std::size_t m_at = 0;
    std::string m_line;
    std::uint64_t m_lineNumber = 0;
    std::uint64_t m_unpacked = 0;
    bool m_endedWithoutBreak = false;
};

} // namespace halfopen
