// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/outcome.h"

#include <cstdint>

namespace halfopen {

class Engine;
struct Frame; // core/engine/engine.h

/// A request that has left its caller: what a dependency keeps of it. 16 bytes.
struct Request {
    std::uint32_t frame;        ///< the call that sent it; it may be gone (ask Engine::callerWaits())
    std::uint32_t coin;         ///< the dependency's own: 32 uniform bits, later the packed outcome
    std::uint32_t child;        ///< the frame of the call now being made for it (Engine::callOn())
    std::uint16_t dependency;   ///< set by the engine: who works on it
    std::uint16_t instance : 12; ///< the dependency's own
    std::uint16_t phase : 4;     ///< the dependency's own
};
static_assert(sizeof(Request) == 16);

/// The longest work on one request: 4.8 hours, so that an event never leaves the 56 bits of its time.
inline constexpr std::int64_t kWorkMaxNs = (std::int64_t(1) << 44) - 1;

/// Hears of every request that is done: answered, refused or dropped, whether or not somebody still waited.
class RequestWatcher {
public:
    virtual ~RequestWatcher() = default;
    /// \a request is about to be free for another use. Nothing may be sent or answered from here: schedule it.
    virtual void requestEnds(std::uint32_t request) = 0;
    /// \a to takes the place of \a request before its caller (Engine::handOver()).
    virtual void requestMoves(std::uint32_t request, std::uint32_t to) = 0;
};

/// Something that answers requests in virtual time: implemented by the simulators, driven by the Engine.
class Dependency {
public:
    virtual ~Dependency() = default;

    /// A request of the call \a caller arrives. Either it is answered at once (returns true and sets \a answer; the request is gone), or
    /// later through Engine::respond() (returns false).
    virtual bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) = 0;
    /// An event that the dependency scheduled for this request with Engine::scheduleWork(). True if the request is done and
    /// \a answer, which is set then, is to be given to its caller; the request is gone after that.
    virtual bool onWork(Instant now, std::uint32_t request, Outcome &answer) = 0;
    /// Nobody waited any longer for the answer that onWork() has just given: the work was wasted.
    virtual void onLateAnswer() {}
    /// The caller of \a request waits no longer.
    virtual void onCallerLeft(Instant now, std::uint32_t request) = 0;
    /// A call that the dependency made for \a request (Engine::callOn()) has ended.
    virtual void onCallReturned(Instant now, std::uint32_t request, Outcome outcome) = 0;
    /// An event scheduled with Engine::scheduleNote(): a fault begins or ends.
    virtual void onNote(Instant now, std::uint32_t note) = 0;
    /// A health check of \a edge: whether the dependency would answer now, without taking part in its queue. \a bits are
    /// uniform.
    virtual Outcome probe(Instant now, std::uint32_t edge, std::uint64_t bits)
    {
        static_cast<void>(now), static_cast<void>(edge), static_cast<void>(bits);
        return {};
    }
    /// How many instances it has that a caller could tell apart; 0 = it has none.
    virtual std::uint32_t instances() const { return 0; }
    /// Accounts time-weighted figures up to \a now. Called before a bucket is closed and before a snapshot.
    virtual void settle(Instant now) = 0;
};

} // namespace halfopen
