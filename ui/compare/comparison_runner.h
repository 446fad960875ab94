// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/variant.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace halfopen {

struct ComparedRun;

/// Runs variants over several seeds on all cores, at low priority. Every variant meets the same chance: seed by seed, so
/// that the first whole comparison is there soon and all seeds that are there are there for each.
class ComparisonRunner : public QObject {
    Q_OBJECT
public:
    explicit ComparisonRunner(QObject *parent = nullptr);
    /// Ends what is under way and waits for it, at most some milliseconds.
    ~ComparisonRunner() override;

    /// Ends what is under way and begins. Variants that cannot be run are left out. \a seeds at least 1, from \a firstSeed.
    void start(const Variants &variants, std::uint64_t firstSeed, int seeds);
    void cancel();
    bool isBusy() const { return m_stop != nullptr; }
    /// As far as it is.
    const report::Comparison &comparison() const { return m_comparison; }
    const Variants &variants() const { return m_variants; }
    int done() const { return m_done; }
    int total() const { return m_total; }

signals:
    /// One more run is over; when it was the last, isBusy() is false.
    void progressed();

private:
    void take(std::size_t variant, std::size_t seed, const std::shared_ptr<ComparedRun> &run);

    Variants m_variants;
    report::Comparison m_comparison;
    int m_done = 0;
    int m_total = 0;
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of the runs under way, or null
    QThreadPool m_pool; ///< last: waits for its work before anything else goes
};

} // namespace halfopen
