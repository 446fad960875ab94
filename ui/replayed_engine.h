// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run_engine.h"

#include <vector>

namespace halfopen {

/// Another engine with the changes of an earlier run, each made again at its time: after everything that happens up to and
/// at that instant, which is where the worker let it in. The same scenario and seed then give the same fingerprint.
class ReplayedEngine final : public RunEngine {
public:
    /// \a changes in order of time.
    ReplayedEngine(std::unique_ptr<RunEngine> inner, std::vector<ParameterChange> changes);

    Instant now() const override { return m_inner->now(); }
    Instant endTime() const override { return m_inner->endTime(); }
    bool finished() const override { return m_inner->finished(); }
    std::uint64_t runUntil(Instant until, std::uint64_t maxEvents) override;
    bool step() override;
    /// While changes are still to come, the next of them counts as a transition, too.
    bool runToNextTransition(std::uint64_t maxEvents) override;
    void cancel() override { m_inner->cancel(); }
    Result<void> change(std::string_view path, std::string_view valueText) override
    {
        return m_inner->change(path, valueText);
    }
    RunRecord snapshot() const override { return m_inner->snapshot(); }

private:
    bool isPending() const { return m_next < m_changes.size() && !finished(); }
    /// Makes the changes that are due at now(), when all else of that instant has happened.
    void makeDue();

    std::unique_ptr<RunEngine> m_inner;
    std::vector<ParameterChange> m_changes;
    std::size_t m_next = 0;
};

/// Runs \a engine to \a until, or to its end when that comes first, and ends it there if it is to be \a cancelled. False
/// if \a stop said so in between; it is asked every few milliseconds.
bool driveTo(RunEngine &engine, Instant until, bool cancelled, const std::function<bool()> &stop);

} // namespace halfopen
