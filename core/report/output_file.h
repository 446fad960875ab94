// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace halfopen::report {

/// A file that appears whole or not at all.
///
/// open() makes a temporary file beside the target, so that a bad path is known before a long run
/// and not after it; commit() writes the content there and renames it over the target. Without a
/// commit nothing is left and an existing target is untouched. A target that is a pipe or a device
/// ("/dev/stdout") cannot be replaced and is written to directly. A symbolic link is followed and
/// stays.
class OutputFile {
public:
    /// The error names the path and the reason ("cannot write report.html: Permission denied").
    [[nodiscard]] static Result<OutputFile> open(const std::filesystem::path &path);
    ~OutputFile();
    OutputFile(OutputFile &&other) noexcept;
    OutputFile &operator=(OutputFile &&other) noexcept;
    OutputFile(const OutputFile &) = delete;
    OutputFile &operator=(const OutputFile &) = delete;

    /// Writes \a content and puts it in place; the file takes no more afterwards.
    [[nodiscard]] Result<void> commit(std::string_view content);
    const std::filesystem::path &path() const { return m_path; }

private:
    OutputFile() = default;
    void discard();
    tl::unexpected<Error> error(int code) const;

    std::filesystem::path m_path;      ///< as the user named it
    std::filesystem::path m_target;    ///< with symbolic links followed
    std::filesystem::path m_temporary; ///< empty when written to directly
    int m_descriptor = -1;
};

/// open() and commit() in one.
[[nodiscard]] Result<void> writeFile(const std::filesystem::path &path, std::string_view content);

} // namespace halfopen::report
