// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/interrupt.h"

#include <atomic>
#include <csignal>

namespace halfopen {

namespace {

// Lock-free, so that a signal handler may write it and any thread may read it.
std::atomic<bool> g_requested{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void onSignal(int)
{
    g_requested.store(true);
}

void handle(int signal, bool ours)
{
    struct sigaction action {};
    action.sa_handler = ours ? onSignal : SIG_DFL;
    // Once: the second Ctrl-C meets the default and ends the program.
    action.sa_flags = ours ? SA_RESETHAND | SA_RESTART : 0;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

} // namespace

InterruptGuard::InterruptGuard()
{
    g_requested.store(false);
    handle(SIGINT, true);
    handle(SIGTERM, true);
}

InterruptGuard::~InterruptGuard()
{
    handle(SIGINT, false);
    handle(SIGTERM, false);
}

bool InterruptGuard::isRequested()
{
    return g_requested.load(std::memory_order_relaxed);
}

} // namespace halfopen
