// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/operations.h"
#include "core/live/policy_stack.h"

#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace halfopen::live {

struct RetryQueueOptions {
    /// How often a job is delivered (max_attempts, the first counts), and how long it waits before each further time.
    RetryConfig retry{};
    std::size_t workers = 1;     ///< jobs worked on at once, 1 to 2^31
    std::size_t capacity = 10'000; ///< jobs in the queue, waiting, delayed and running together; 1 to 2^31
    std::size_t deadLettersMax = 10'000; ///< kept; older ones are dropped and counted
    RetryPredicate isWorthIt{};  ///< which failures are delivered again; all of retry.retryOn without it
    Clock *clock = nullptr;      ///< must outlive the queue; none = the machine's
    std::optional<std::uint64_t> seed{}; ///< what jitter draws from; none = another one in each queue
};

/// A job that no delivery could finish.
template <typename Job> struct DeadLetter {
    Job job;
    std::uint32_t deliveries = 0;
    std::string error; ///< of the last delivery
    Instant at;
};

/// What a worker is told about a delivery.
struct Delivery {
    std::uint32_t number = 1; ///< 1 = the first
    std::stop_token stop;     ///< told when the queue ends
};

/// Jobs for workers, at least once: a job that fails comes back after a growing, spread-out wait, and ends among the dead
/// letters when it has failed max_attempts times or in a way not worth repeating. First come, first served; a delayed job
/// goes to the end of those that are ready.
///
/// A worker is a function (const Job &, const Delivery &) that gives a QCoro::Task<>; an exception is a failure. It must be
/// copyable and safe to repeat. Kept in memory only. Threads: see PolicyStack.
///
/// The handler of dead letters is told of one that is among them already. It may use the queue, and also end it.
template <typename Job> class RetryQueue {
public:
    using Worker = std::function<QCoro::Task<>(const Job &, const Delivery &)>;
    using DeadLetterHandler = std::function<void(const DeadLetter<Job> &)>;

    /// Throws std::invalid_argument if the retry's settings, the workers or the capacity are out of range.
    RetryQueue(Worker worker, RetryQueueOptions options = {}, DeadLetterHandler onDeadLetter = {})
        : m_worker(std::make_shared<Worker>(std::move(worker))), m_options(checked(std::move(options))),
          m_onDeadLetter(std::make_shared<DeadLetterHandler>(std::move(onDeadLetter))),
          m_free(m_options.workers),
          m_stack(detail::stackOf(layerOf(detail::decidedBy(m_options.isWorthIt, m_options.retry))), stackOptions(m_options))
    {
    }
    RetryQueue(const RetryQueue &) = delete;
    RetryQueue &operator=(const RetryQueue &) = delete;
    ~RetryQueue() { *m_isAlive = false; }

    /// False if the queue is full: the job was not taken.
    bool push(Job job)
    {
        if (m_size >= m_options.capacity)
            return false;
        ++m_size;
        spawn(deliver(this, std::make_shared<Job>(std::move(job))), [](const std::exception &) {}); // it throws nothing else
        return true;
    }

    std::size_t size() const { return m_size; }             ///< waiting, delayed and running
    std::size_t running() const { return m_options.workers - m_free; }
    std::uint64_t done() const { return m_done; }           ///< jobs that a delivery finished
    std::uint64_t redelivered() const { return m_stack.metrics().retries; }
    std::uint64_t dead() const { return m_dead; }           ///< jobs given up
    /// Oldest first; see deadLettersMax.
    const std::deque<DeadLetter<Job>> &deadLetters() const { return m_deadLetters; }
    /// Takes them out, to be pushed again or written down.
    std::deque<DeadLetter<Job>> takeDeadLetters() { return std::exchange(m_deadLetters, {}); }

private:
    static constexpr std::size_t kCapacityMax = std::size_t{1} << 31; ///< what a policy stack can have under way

    static RetryQueueOptions checked(RetryQueueOptions options)
    {
        if (options.workers < 1 || options.workers > kCapacityMax)
            throw std::invalid_argument("the retry queue has " + std::to_string(options.workers) + " workers, expected 1 to " + std::to_string(kCapacityMax));
        if (options.capacity < 1 || options.capacity > kCapacityMax)
            throw std::invalid_argument("the retry queue has room for " + std::to_string(options.capacity) + " jobs, expected 1 to "
                                        + std::to_string(kCapacityMax));
        return options;
    }

    static StackOptions stackOptions(const RetryQueueOptions &options)
    {
        StackOptions stack;
        stack.name = "retry queue";
        stack.clock = options.clock;
        stack.seed = options.seed;
        stack.callsInFlightMax = options.capacity;
        return stack;
    }

    /// One job from its first delivery to its end.
    static QCoro::Task<> deliver(RetryQueue *queue, std::shared_ptr<Job> job)
    {
        const std::shared_ptr<bool> isAlive = queue->m_isAlive;
        auto number = std::make_shared<std::uint32_t>(0);
        auto attempt = [queue, job, number](std::stop_token stop) { return deliverOnce(queue, job, number, std::move(stop)); };
        CallOptions<void> options;
        if (queue->m_options.isWorthIt)
            options.judgeError = detail::judgeBy(queue->m_options.isWorthIt);
        std::string error;
        bool isDone = false;
        try {
            auto task = queue->m_stack.call(attempt, options);
            co_await task;
            isDone = true;
        } catch (const std::exception &exception) {
            error = exception.what();
        } catch (...) {
            error = "an exception that is no std::exception";
        }
        if (!*isAlive)
            co_return;
        --queue->m_size;
        if (isDone)
            ++queue->m_done;
        else
            queue->bury(DeadLetter<Job>{*job, *number, std::move(error), queue->m_stack.now()});
    }

    static QCoro::Task<> deliverOnce(RetryQueue *queue, std::shared_ptr<Job> job, std::shared_ptr<std::uint32_t> number,
                                     std::stop_token stop)
    {
        const std::shared_ptr<bool> isAlive = queue->m_isAlive;
        const std::shared_ptr<Worker> worker = queue->m_worker; // outlives the queue as long as it works
        if (queue->m_free == 0) {
            Wait turn(queue->m_scope, std::nullopt);
            queue->m_ready.push_back(turn);
            co_await turn; // whoever wakes it hands its place over
        } else {
            --queue->m_free;
        }
        std::exception_ptr failure;
        try {
            const Delivery delivery = {++*number, stop};
            auto work = (*worker)(*job, delivery);
            co_await work;
        } catch (...) {
            failure = std::current_exception();
        }
        if (*isAlive)
            queue->giveBack();
        if (failure)
            std::rethrow_exception(failure);
    }

    void giveBack()
    {
        if (m_ready.empty()) {
            ++m_free;
            return;
        }
        const Wait next = m_ready.front();
        m_ready.pop_front();
        next.suspension()->wake(Woke::Signal);
    }

    /// The last thing that is done for a job: the handler may end the queue.
    void bury(DeadLetter<Job> letter)
    {
        ++m_dead;
        m_deadLetters.push_back(letter);
        if (m_deadLetters.size() > m_options.deadLettersMax)
            m_deadLetters.pop_front();
        const std::shared_ptr<DeadLetterHandler> handler = m_onDeadLetter; // outlives the queue as long as it works
        if (*handler)
            (*handler)(letter);
    }

    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
    std::shared_ptr<Worker> m_worker;
    RetryQueueOptions m_options;
    std::shared_ptr<DeadLetterHandler> m_onDeadLetter;
    std::size_t m_size = 0;
    std::size_t m_free;
    std::uint64_t m_done = 0;
    std::uint64_t m_dead = 0;
    std::deque<DeadLetter<Job>> m_deadLetters;
    std::deque<Wait> m_ready;
    PolicyStack m_stack;
    CoroutineScope m_scope; ///< last: deliveries that wait for a worker end first
};

} // namespace halfopen::live
