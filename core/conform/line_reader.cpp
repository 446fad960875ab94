// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/line_reader.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <zlib.h>

namespace halfopen::conform {

namespace {
constexpr std::size_t kMaxLine = 16u << 20;
} // namespace

void LineReader::Close::operator()(gzFile_s *file) const
{
    gzclose(file);
}

LineReader::LineReader(const std::filesystem::path &path)
{
    errno = 0;
    m_file.reset(gzopen(path.c_str(), "rb"));
    if (!m_file)
        m_error = errno != 0 ? std::strerror(errno) : "cannot be opened";
}

bool LineReader::next(std::string &line)
{
    line.clear();
    if (!m_error.empty())
        return false;
    std::array<char, 8192> part;
    while (line.size() < kMaxLine && gzgets(m_file.get(), part.data(), static_cast<int>(part.size()))) {
        line += part.data();
        if (line.ends_with('\n')) {
            line.pop_back();
            ++m_number;
            return true;
        }
    }
    if (line.size() >= kMaxLine) {
        m_error = "line " + std::to_string(m_number + 1) + " is longer than 16 MB";
        return false;
    }
    int code = Z_OK;
    const char *why = gzerror(m_file.get(), &code);
    if (code != Z_OK && code != Z_STREAM_END)
        m_error = code == Z_ERRNO ? std::strerror(errno) : why;
    if (line.empty() || !m_error.empty())
        return false;
    ++m_number; // the last line has no end of line
    return true;
}

} // namespace halfopen::conform
