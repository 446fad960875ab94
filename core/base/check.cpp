// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace halfopen::detail {

void checkFailed(const char *condition, const char *file, int line)
{
    std::fprintf(stderr, "%s:%d: bug: '%s' does not hold\n", file, line, condition);
    std::abort();
}

} // namespace halfopen::detail
