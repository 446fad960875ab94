// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen::detail {
/// Prints the failed condition with its place to stderr and aborts. Never returns.
[[noreturn]] void checkFailed(const char *condition, const char *file, int line);
} // namespace halfopen::detail

/// A condition that only a bug can break. On in every build, one condition each.
#define HALFOPEN_CHECK(condition)                                                                  \
    (__builtin_expect(static_cast<bool>(condition), 1)                                             \
         ? static_cast<void>(0)                                                                    \
         : ::halfopen::detail::checkFailed(#condition, __FILE__, __LINE__))
