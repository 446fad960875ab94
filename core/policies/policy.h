// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/policies/outcome.h"
#include "core/policies/policy_event.h"

#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

namespace halfopen {

/// What a policy may know about the call it is asked about. Lives on the driver's stack.
struct PolicyCall {
    std::byte *state;      ///< this policy's own bytes for this call, zeroed before admit(); see stateBytes()
    std::uint64_t key;     ///< names the call in every world with the same seed (common random numbers)
    RandomStream random;   ///< this layer's own stream

    /// 64 uniform bits: a function of seed, layer, call and \a index, never of the order of draws.
    std::uint64_t draw(std::uint32_t index) const { return random.draw(key, index); }
    template <typename T> T &as() const { return *std::launder(reinterpret_cast<T *>(state)); }
};

/// The answer to "may this call go on?". 16 bytes, returned in registers.
struct Admission {
    enum class Kind : std::uint8_t {
        Admit,             ///< go on inwards
        AdmitWithDeadline, ///< go on; onDeadline() is wanted at `at` unless the outcome came first
        Refuse,            ///< end here with `outcome`; no onOutcome() follows
    };
    Kind kind = Kind::Admit;
    bool hasEvents = false; ///< takeEvents() has something
    union {
        Outcome outcome;
        std::int64_t atNs;
    };

    constexpr Admission() : atNs(0) {}
    static Admission admit() { return {}; }
    static Admission admitUntil(Instant at)
    {
        Admission a;
        a.kind = Kind::AdmitWithDeadline;
        a.atNs = at.ns();
        return a;
    }
    static Admission refuse(Outcome why)
    {
        Admission a;
        a.kind = Kind::Refuse;
        a.outcome = why;
        return a;
    }
    Admission withEvents(bool has) const
    {
        Admission a = *this;
        a.hasEvents = has;
        return a;
    }
};
static_assert(sizeof(Admission) == 16);

/// The answer to "the call below ended so; what now?". 16 bytes, returned in registers.
struct Verdict {
    enum class Kind : std::uint8_t {
        Keep,    ///< hand the outcome outwards unchanged
        Replace, ///< hand `outcome` outwards instead
        RetryAt, ///< run everything inside this layer once more at `at`
    };
    Kind kind = Kind::Keep;
    bool hasEvents = false;
    union {
        Outcome outcome;
        std::int64_t atNs;
    };

    constexpr Verdict() : atNs(0) {}
    static Verdict keep() { return {}; }
    static Verdict replace(Outcome by)
    {
        Verdict v;
        v.kind = Kind::Replace;
        v.outcome = by;
        return v;
    }
    static Verdict retryAt(Instant at)
    {
        Verdict v;
        v.kind = Kind::RetryAt;
        v.atNs = at.ns();
        return v;
    }
    Verdict withEvents(bool has) const
    {
        Verdict v = *this;
        v.hasEvents = has;
        return v;
    }
};
static_assert(sizeof(Verdict) == 16);

/// One resilience pattern as a pure state machine: the heart of the lab.
///
/// It takes `now` and draws from the call's own stream; it never looks a clock up, does no I/O, never
/// logs and never calls back. The same object runs under the virtual-time engine and under the live
/// driver. Calls arrive with non-decreasing `now`, from one thread.
///
/// The life of one call in one layer: admit(); if admitted, exactly one of onOutcome(), onDeadline()
/// or onCancelled() for each time the inside was entered. After Verdict::RetryAt the inside is entered
/// again without a new admit() of this layer. A deadline counts from admit() and is dropped when
/// the layer's outcome comes first.
class Policy {
public:
    virtual ~Policy() = default;

    /// Asks for a permit.
    [[nodiscard]] virtual Admission admit(Instant now, PolicyCall &call) = 0;
    /// The inside ended with \a outcome.
    [[nodiscard]] virtual Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) = 0;
    /// The deadline given by admit() has come and the inside has not ended: it is cancelled by the driver
    /// (inner layers hear onCancelled() before). Never asked of a policy that gives no deadlines.
    [[nodiscard]] virtual Verdict onDeadline(Instant now, PolicyCall &call);
    /// A layer further out gave up on this call. The permit must be given back; nothing else is owed.
    virtual void onCancelled(Instant now, PolicyCall &call);

    /// When handleTimer() is wanted; Instant::never() if at all. Asked after every input.
    [[nodiscard]] virtual Instant nextTimer() const { return Instant::never(); }
    /// Early or repeated calls change nothing.
    virtual void handleTimer(Instant now);

    /// New settings act from `now` on; counters and states are kept where the new settings allow it.
    /// \a config points to this policy's own config struct and is already valid.
    virtual void reconfigure(Instant now, const void *config) = 0;

    /// Moves what happened since the last call to the end of \a into.
    void takeEvents(std::vector<PolicyEvent> &into);

protected:
    std::vector<PolicyEvent> m_events; ///< bounded by what one input can cause; the driver empties it
};

} // namespace halfopen
