// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/study/background_work.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <thread>
#include <utility>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace halfopen {

namespace {

/// A study takes what the window leaves: the window's own thread is served first.
void lowerPriority()
{
#ifdef __linux__
    constexpr int kNice = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
#endif
}

} // namespace

struct BackgroundWork::Batch {
    std::vector<std::size_t> order;
    Piece piece;
    std::stop_source stop;
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    std::atomic<std::size_t> running{0};
    std::vector<std::jthread> threads; ///< last: joined before what they use goes

    void work()
    {
        lowerPriority();
        const std::stop_token token = stop.get_token();
        for (std::size_t at = next++; at < order.size() && !token.stop_requested(); at = next++) {
            piece(order[at], token);
            if (!token.stop_requested())
                ++done;
        }
        --running;
    }
};

BackgroundWork::BackgroundWork() = default;

BackgroundWork::~BackgroundWork()
{
    cancel();
}

void BackgroundWork::start(std::vector<std::size_t> order, Piece piece, unsigned jobs)
{
    cancel();
    if (m_batch)
        m_old.push_back(std::move(m_batch));
    dropFinished();
    m_batch = std::make_shared<Batch>();
    m_batch->order = std::move(order);
    m_batch->piece = std::move(piece);
    if (jobs == 0)
        jobs = std::max(1u, std::thread::hardware_concurrency());
    const std::size_t threads = std::min<std::size_t>(jobs, m_batch->order.size());
    m_batch->running = threads;
    for (std::size_t i = 0; i < threads; ++i)
        m_batch->threads.emplace_back([batch = m_batch.get()] { batch->work(); });
}

void BackgroundWork::cancel()
{
    if (m_batch)
        m_batch->stop.request_stop();
}

bool BackgroundWork::isRunning() const
{
    return m_batch && m_batch->running > 0;
}

std::size_t BackgroundWork::done() const
{
    return m_batch ? m_batch->done.load() : 0;
}

std::size_t BackgroundWork::total() const
{
    return m_batch ? m_batch->order.size() : 0;
}

void BackgroundWork::dropFinished()
{
    std::erase_if(m_old, [](const std::shared_ptr<Batch> &batch) { return batch->running == 0; });
}

std::vector<std::size_t> coarseFirst(std::size_t rows, std::size_t columns)
{
    std::vector<std::size_t> order;
    const std::size_t longest = std::max(rows, columns);
    if (rows == 0 || columns == 0)
        return order;
    order.reserve(rows * columns);
    const std::size_t first = std::bit_floor(std::max<std::size_t>(longest - 1, 1));
    for (std::size_t step = first; step > 0; step /= 2)
        for (std::size_t row = 0; row < rows; row += step)
            for (std::size_t column = 0; column < columns; column += step) {
                const bool isDone = step < first && row % (2 * step) == 0 && column % (2 * step) == 0;
                if (!isDone)
                    order.push_back(row * columns + column);
            }
    return order;
}

} // namespace halfopen
