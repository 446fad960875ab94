// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/parallel.h"

#include "app/console/interrupt.h"
#include "app/console/terminal.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace halfopen {

std::size_t runParallel(std::size_t count, unsigned jobs, const std::string &what,
                        const std::function<void(std::size_t)> &work)
{
    if (jobs == 0)
        jobs = std::max(1u, std::thread::hardware_concurrency());
    std::atomic<std::size_t> next{0}, done{0};
    std::atomic<unsigned> running{0};
    std::mutex mutex;
    std::condition_variable changed;
    std::exception_ptr failure; ///< the first
    {
        std::vector<std::jthread> workers;
        const auto wanted = static_cast<unsigned>(std::min<std::size_t>(jobs, count));
        running = wanted;
        for (unsigned i = 0; i < wanted; ++i)
            workers.emplace_back([&] {
                std::exception_ptr thrown;
                try {
                    for (std::size_t at = next++; at < count && !InterruptGuard::isRequested(); at = next++) {
                        work(at);
                        ++done;
                    }
                } catch (...) {
                    thrown = std::current_exception();
                    next = count; // the others finish what they have begun
                }
                const std::lock_guard lock(mutex);
                if (thrown && !failure)
                    failure = thrown;
                --running;
                changed.notify_one();
            });
        const bool isShown = !what.empty() && isErrorTerminal();
        bool onScreen = false;
        std::unique_lock lock(mutex);
        while (!changed.wait_for(lock, std::chrono::milliseconds(250), [&] { return running == 0; })) {
            if (!isShown)
                continue;
            std::fprintf(stderr, "\r%zu of %zu %s\x1b[K", done.load(), count, what.c_str());
            onScreen = true;
        }
        if (onScreen)
            std::fputs("\r\x1b[K", stderr);
    }
    if (failure)
        std::rethrow_exception(failure);
    return done;
}

} // namespace halfopen
