// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparison_runner.h"

#include "simulators/compared_runs.h"

#include <QThread>

#include <algorithm>
#include <exception>

namespace halfopen {

ComparisonRunner::ComparisonRunner(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount()));
    m_pool.setThreadPriority(QThread::LowPriority);
}

ComparisonRunner::~ComparisonRunner()
{
    cancel();
    m_pool.clear();
    m_pool.waitForDone();
}

void ComparisonRunner::start(const Variants &variants, std::uint64_t firstSeed, int seeds)
{
    cancel();
    m_variants.clear();
    m_comparison = {};
    for (const Variant &variant : variants) {
        if (!variant.scenario)
            continue;
        m_variants.push_back(variant);
        report::ComparedVariant compared;
        compared.name = variant.name.toStdString();
        compared.scenario = variant.scenario;
        compared.carried = variant.carried;
        compared.figures.resize(static_cast<std::size_t>(std::max(1, seeds)));
        m_comparison.variants.push_back(std::move(compared));
    }
    for (int i = 0; i < std::max(1, seeds); ++i)
        m_comparison.seeds.push_back(firstSeed + static_cast<std::uint64_t>(i));
    m_comparison.isComplete = false;
    m_done = 0;
    m_total = static_cast<int>(m_variants.size() * m_comparison.seeds.size());
    if (m_total == 0) {
        emit progressed();
        return;
    }
    m_stop = std::make_shared<std::atomic<bool>>(false);
    for (std::size_t seed = 0; seed < m_comparison.seeds.size(); ++seed) {
        for (std::size_t v = 0; v < m_variants.size(); ++v) {
            m_pool.start([this, v, seed, number = m_comparison.seeds[seed], scenario = m_variants[v].scenario,
                          changes = m_variants[v].changes, stop = m_stop] {
                if (stop->load())
                    return;
                RunOptions options;
                options.seed = number;
                options.sampleCalls = false;
                std::shared_ptr<ComparedRun> run;
                try {
                    if (auto done = runCompared(scenario, options, changes, [&stop] { return stop->load(); }))
                        run = std::make_shared<ComparedRun>(*std::move(done));
                } catch (const std::exception &) {
                    // The other runs stand for themselves; this one stays empty.
                }
                QMetaObject::invokeMethod(
                    this,
                    [this, v, seed, run, stop] {
                        if (m_stop == stop)
                            take(v, seed, run);
                    },
                    Qt::QueuedConnection);
            });
        }
    }
    emit progressed();
}

void ComparisonRunner::take(std::size_t variant, std::size_t seed, const std::shared_ptr<ComparedRun> &run)
{
    ++m_done;
    if (run)
        takeRun(m_comparison, variant, seed, std::move(*run));
    if (m_done == m_total) {
        m_comparison.isComplete = true;
        m_stop.reset();
    }
    emit progressed();
}

void ComparisonRunner::cancel()
{
    if (!m_stop)
        return;
    m_stop->store(true);
    m_stop.reset();
    m_pool.clear();
    emit progressed();
}

} // namespace halfopen
