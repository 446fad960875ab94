// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/dependency.h"
#include "core/engine/engine.h"
#include "core/run/recorder.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// Users who each wait for the end of their call before they begin the next: they think first, or keep to a pace. To the
/// engine it is a dependency that nobody calls: each user is a task of it.
///
/// User u's call number k draws from the key k * users + u, so what chance does to it is the same whatever the policies do.
class ClosedLoopClient final : public Dependency {
public:
    /// \a spec must outlive this.
    /// \a pace is null for users who think.
    ClosedLoopClient(const ClientSpec &spec, std::uint64_t seed, PaceTotals *pace);
    void connect(Engine &engine, std::uint32_t dependency) { m_engine = &engine, m_dependency = dependency; }
    /// The users begin, at the earliest at the client's `starts_at`. No call begins at or after \a end.
    void start(std::uint32_t edge, Instant end);

    bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) override;
    bool onWork(Instant now, std::uint32_t task, Outcome &answer) override;
    void onCallerLeft(Instant now, std::uint32_t request) override;
    void onCallReturned(Instant now, std::uint32_t task, Outcome outcome) override;
    void onNote(Instant now, std::uint32_t note) override;
    void settle(Instant now) override;

private:
    struct User {
        std::uint64_t calls = 0;    ///< begun
        std::int64_t lastStartNs = 0;
    };
    /// A user calls at most this often, so that a world that answers in no time does not stand still.
    static constexpr std::int64_t kShortestCycleNs = 1000;

    Duration think(const User &user, std::uint32_t number) const;
    std::int64_t nextSlot(std::int64_t from) const;
    void noteIntended(std::int64_t now, const User &user);

    const ClientSpec &m_spec;
    PaceTotals *m_pace;
    RandomStream m_random;
    std::uint64_t m_salt;
    Engine *m_engine = nullptr;
    std::uint32_t m_dependency = 0;
    std::uint32_t m_edge = 0;
    std::int64_t m_startNs;
    std::int64_t m_endNs = 0;
    std::int64_t m_callsBegun = 0;
    std::vector<User> m_users;
};

} // namespace halfopen
