// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace halfopen {

/// Does \a work(0) to \a work(count - 1) on \a jobs threads (0 = one per core), each number once, in no order. Work for
/// different numbers must share nothing that it changes. After Ctrl-C (InterruptGuard) no further number is begun.
/// Shows "12 of 40 WHAT" on a terminal while it goes on, unless \a what is empty. Returns how many were done.
/// What \a work throws first comes out of here, after the work begun by then has ended.
std::size_t runParallel(std::size_t count, unsigned jobs, const std::string &what,
                        const std::function<void(std::size_t)> &work);

} // namespace halfopen
