// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// From construction to destruction, the first Ctrl-C (or SIGTERM) only sets a flag, so that a long
/// command can stop in good order and keep what it has. The second one ends the program as usual.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard &) = delete;
    InterruptGuard &operator=(const InterruptGuard &) = delete;

    /// May be asked from any thread.
    static bool isRequested();
};

} // namespace halfopen
