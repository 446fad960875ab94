// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/dependency.h"

#include <cstdint>
#include <vector>

namespace halfopen {


/// What stands in for a dependency that failed: a call on another edge, or work of the caller itself.
///
///     call ──> its edge ──> ✗ ──> fallback ──> a request to this ──> other edge ──> another service
///                                                               └──> an event after the work
///
/// To the engine it is a dependency like others: the call waits for a request here, which is answered when the other call or the work
/// ends, and which it can leave.
class Substitutes final : public Dependency {
public:
    explicit Substitutes(Engine &engine) : m_engine(engine) {}
    void setNumber(std::uint32_t number) { m_number = number; }
    std::uint32_t number() const { return m_number; }

    void setOtherEdge(std::uint32_t edge, std::uint32_t layer, std::uint32_t otherEdge, std::uint64_t salt);
    /// \a frame's call has failed with \a failed in \a layer, and \a request waits for the call that is made instead.
    void call(std::uint32_t request, std::uint32_t edge, std::uint32_t layer, const Frame &frame, Outcome failed);
    /// ... and waits until the work ends at \a atNs.
    void work(std::uint32_t request, std::int64_t atNs, Outcome failed);

    bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) override;
    bool onWork(Instant now, std::uint32_t request, Outcome &answer) override;
    void onCallerLeft(Instant now, std::uint32_t request) override;
    void onCallReturned(Instant now, std::uint32_t request, Outcome outcome) override;
    void onNote(Instant, std::uint32_t) override {}
    void settle(Instant) override {}

private:
    enum Phase : std::uint8_t { Calling, Working, Abandoned };
    struct OtherEdge {
        std::uint32_t edge;
        std::uint32_t layer;
        std::uint32_t other;
        std::uint64_t salt; ///< makes the key of the other call
    };
    void begin(std::uint32_t request, Phase phase, Outcome failed);
    Outcome forget(std::uint32_t request);

    Engine &m_engine;
    std::uint32_t m_number = 0;
    std::vector<OtherEdge> m_otherEdges; ///< few
    std::vector<Outcome> m_failed;       ///< Request::coin is the index
    std::vector<std::uint32_t> m_free;   ///< places of m_failed
};

} // namespace halfopen
