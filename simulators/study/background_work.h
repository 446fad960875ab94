// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace halfopen {

/// Many small pieces of work on all cores, behind a program that goes on meanwhile. start(), cancel() and the questions
/// are of one thread and never wait for the work; only the destructor does, until the pieces under way have noticed.
class BackgroundWork {
public:
    /// Does piece \a index; returns early when \a stop says so. Called on many threads at once, each index once.
    using Piece = std::function<void(std::size_t index, const std::stop_token &stop)>;

    BackgroundWork();
    ~BackgroundWork();
    BackgroundWork(const BackgroundWork &) = delete;
    BackgroundWork &operator=(const BackgroundWork &) = delete;

    /// Cancels what was begun before, and begins the pieces of \a order, in that order, on \a jobs threads
    /// (0 = one per core). They run below the program's own priority where the system has such a thing.
    void start(std::vector<std::size_t> order, Piece piece, unsigned jobs = 0);
    /// No further piece begins, and those under way are asked to stop.
    void cancel();

    /// False once every piece is done or given up.
    bool isRunning() const;
    std::size_t done() const;  ///< pieces that came to their end, of the batch begun last
    std::size_t total() const; ///< of the batch begun last

private:
    struct Batch;
    void dropFinished();

    std::shared_ptr<Batch> m_batch;
    std::vector<std::shared_ptr<Batch>> m_old; ///< cancelled, with threads that have not ended yet
};

/// The cells of a grid of \a rows times \a columns, row by row, so ordered that every part of the order is a grid over
/// the whole: first the corners of squares as large as fit, then of squares half as large, ...
std::vector<std::size_t> coarseFirst(std::size_t rows, std::size_t columns);

} // namespace halfopen
