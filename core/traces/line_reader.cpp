// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traces/line_reader.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <zlib.h>

namespace halfopen {

namespace {

constexpr std::size_t kChunk = 256 * 1024;

gzFile handle(void *file)
{
    return static_cast<gzFile>(file);
}

} // namespace

LineReader::LineReader(const std::filesystem::path &path, Limits limits)
    : m_path(path), m_limits(limits)
{}

LineReader::~LineReader()
{
    if (m_file)
        gzclose(handle(m_file));
}

Result<bool> LineReader::fill()
{
    if (!m_file) {
        std::error_code error;
        if (!std::filesystem::exists(m_path, error))
            return failure(m_path.string() + ": there is no such file");
        if (!std::filesystem::is_regular_file(m_path, error))
            return failure(m_path.string() + ": this is not a file");
        m_file = gzopen(m_path.c_str(), "rb");
        if (!m_file)
            return failure(m_path.string() + ": the file cannot be read: " + std::strerror(errno));
        gzbuffer(handle(m_file), kChunk);
    }
    m_buffer.resize(kChunk);
    m_at = 0;
    const int got = gzread(handle(m_file), m_buffer.data(), static_cast<unsigned>(kChunk));
    m_buffer.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    int code = Z_OK;
    const char *message = gzerror(handle(m_file), &code);
    const std::string place = m_path.string() + ':' + std::to_string(m_lineNumber + 1) + ": ";
    if (got == 0 && code == Z_BUF_ERROR)
        return failure(place + "the compressed file is cut off");
    if (got < 0)
        return failure(place + "the file cannot be unpacked: " +
                       (code == Z_ERRNO ? std::strerror(errno) : message));
    m_unpacked += m_buffer.size();
    if (m_unpacked > m_limits.unpackedBytes)
        return failure(place + "the file holds more than " +
                       std::to_string(m_limits.unpackedBytes / 1'000'000) + " MB of text");
    return !m_buffer.empty();
}

Result<bool> LineReader::next()
{
    m_line.clear();
    m_endedWithoutBreak = false;
    while (true) {
        if (m_at == m_buffer.size()) {
            const Result<bool> more = fill();
            if (!more)
                return more;
            if (!*more) {
                if (m_line.empty())
                    return false;
                m_endedWithoutBreak = true;
                break;
            }
        }
        const std::size_t end = m_buffer.find('\n', m_at);
        m_line.append(m_buffer, m_at, end == std::string::npos ? end : end - m_at);
        m_at = end == std::string::npos ? m_buffer.size() : end + 1;
        if (m_line.size() > m_limits.lineBytes)
            return failure(m_path.string() + ':' + std::to_string(m_lineNumber + 1) +
                           ": the line is longer than " + std::to_string(m_limits.lineBytes) +
                           " bytes");
        if (end != std::string::npos)
            break;
    }
    ++m_lineNumber;
    if (m_line.ends_with('\r'))
        m_line.pop_back();
    return true;
}

} // namespace halfopen
