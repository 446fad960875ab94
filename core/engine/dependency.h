// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/outcome.h"

#include <cstdint>

namespace halfopen {

class Engine;

/// A request that has left its caller: what a dependency keeps of it. 24 bytes.
/// The fields below the line belong to the dependency; the engine only reads `frame`.
struct Request {
    std::uint32_t frame;            ///< the call that sent it; it may be gone (ask Engine::callerWaits())
    std::uint32_t coin = 0;         ///< 32 uniform bits of its own; after the start: packed outcome
    // ---
    std::uint64_t arrivedNs : 56;
    std::uint64_t phase : 8;        ///< the dependency's own state
    std::uint64_t workNs : 44;      ///< 4.8 hours at most
    std::uint64_t instance : 10;
    std::uint64_t dependency : 10;  ///< set by the engine: who works on it

    static constexpr std::int64_t kWorkMaxNs = (std::int64_t(1) << 44) - 1;
};
static_assert(sizeof(Request) == 24);

/// Something that answers requests in virtual time: implemented by the simulators, driven by the Engine.
class Dependency {
public:
    virtual ~Dependency() = default;

    /// A request arrives. Either it is answered at once (returns true and sets \a answer; the request is gone), or
    /// later through Engine::respond() (returns false).
    virtual bool arrive(Instant now, std::uint32_t request, Outcome &answer) = 0;
    /// An event that the dependency scheduled for this request with Engine::scheduleWork().
    virtual void onWork(Instant now, std::uint32_t request) = 0;
    /// The caller of \a request waits no longer.
    virtual void onCallerLeft(Instant now, std::uint32_t request) = 0;
    /// A call that the dependency made for \a request (Engine::callOn()) has ended.
    virtual void onCallReturned(Instant now, std::uint32_t request, Outcome outcome) = 0;
    /// An event scheduled with Engine::scheduleNote(): a fault begins or ends.
    virtual void onNote(Instant now, std::uint32_t note) = 0;
    /// Accounts time-weighted figures up to \a now. Called before a bucket is closed and before a snapshot.
    virtual void settle(Instant now) = 0;
};

} // namespace halfopen
