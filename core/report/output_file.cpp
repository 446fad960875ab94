// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/output_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace halfopen::report {

namespace {

namespace fs = std::filesystem;

constexpr int kNamesTried = 100;

/// Creates a new file beside \a target and names it in \a name; -1 with errno on failure.
int createBeside(const fs::path &target, fs::path &name)
{
    for (int number = 0; number < kNamesTried; ++number) {
        name = target;
        name += "." + std::to_string(::getpid()) + "-" + std::to_string(number) + ".tmp";
        const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

} // namespace

Result<OutputFile> OutputFile::open(const fs::path &path)
{
    OutputFile file;
    file.m_path = path;
    std::error_code ignored;
    file.m_target = fs::weakly_canonical(path, ignored);
    if (file.m_target.empty())
        file.m_target = path;
    struct stat existing {};
    const bool exists = ::stat(file.m_target.c_str(), &existing) == 0;
    if (exists && S_ISDIR(existing.st_mode))
        return file.error(EISDIR);
    if (exists && !S_ISREG(existing.st_mode)) {
        file.m_descriptor = ::open(file.m_target.c_str(), O_WRONLY | O_CLOEXEC);
        return file.m_descriptor >= 0 ? Result<OutputFile>(std::move(file)) : file.error(errno);
    }
    // Renaming asks only the directory; a file that its owner made read-only stays as it is.
    if (exists && ::access(file.m_target.c_str(), W_OK) != 0)
        return file.error(errno);
    file.m_descriptor = createBeside(file.m_target, file.m_temporary);
    if (file.m_descriptor < 0) {
        const int code = errno;
        file.m_temporary.clear();
        return file.error(code);
    }
    if (exists)
        (void)::fchmod(file.m_descriptor, existing.st_mode & 07777);
    return file;
}

OutputFile::~OutputFile()
{
    discard();
}

OutputFile::OutputFile(OutputFile &&other) noexcept
{
    *this = std::move(other);
}

OutputFile &OutputFile::operator=(OutputFile &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_target, other.m_target);
    std::swap(m_temporary, other.m_temporary);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Result<void> OutputFile::commit(std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(m_descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            const int code = errno;
            discard();
            return error(code);
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    // Some file systems report a full disk only now.
    if (::close(std::exchange(m_descriptor, -1)) != 0 ||
        (!m_temporary.empty() && ::rename(m_temporary.c_str(), m_target.c_str()) != 0)) {
        const int code = errno;
        discard();
        return error(code);
    }
    m_temporary.clear();
    return {};
}

void OutputFile::discard()
{
    if (m_descriptor >= 0)
        ::close(std::exchange(m_descriptor, -1));
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
    m_temporary.clear();
}

tl::unexpected<Error> OutputFile::error(int code) const
{
    return failure("cannot write " + m_path.string() + ": " + std::system_category().message(code));
}

Result<void> writeFile(const fs::path &path, std::string_view content)
{
    Result<OutputFile> file = OutputFile::open(path);
    return file ? file->commit(content) : tl::unexpected<Error>(file.error());
}

} // namespace halfopen::report
