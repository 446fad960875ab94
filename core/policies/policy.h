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

struct Explanation;  // core/policies/explanation.h
class InstanceJudge; // core/policies/instance_judge.h

/// What a policy may know about the call it is asked about. Lives on the driver's stack.
struct PolicyCall {
    std::byte *state;      ///< this policy's own bytes for this call, zeroed before admit(); see PolicyType::stateBytes
    std::uint64_t key;     ///< names the call in every world with the same seed (common random numbers)
    RandomStream random;   ///< this layer's own stream
    std::uint32_t ticket = 0;  ///< names this call among those under way; used again after its end (PolicyType::looksAtCalls)
    std::uint32_t retries = 0; ///< how often a layer further out has tried again so far; stops counting at 15 (looksAtCalls)

    /// 64 uniform bits: a function of seed, layer, call and \a index, never of the order of draws.
    std::uint64_t draw(std::uint32_t index) const { return random.draw(key, index); }
    template <typename T> T &as() const { return *std::launder(reinterpret_cast<T *>(state)); }
};

/// The answer to "may this call go on?". 16 bytes, returned in registers.
struct Admission {
    enum class Kind : std::uint8_t {
        Admit,             ///< go on inwards
        AdmitWithDeadline, ///< go on; onDeadline() is wanted at `at` unless the outcome came first
        AdmitAt,           ///< go on, but only at `at`: the permit is already taken
        Wait,              ///< wait in this layer until takeReleased() names the call; onDeadline() at `at` if not
        Refuse,            ///< end here with `outcome`, good or bad; no onOutcome() follows
    };
    Kind kind = Kind::Admit;
    bool hasEvents = false; ///< takeEvents() has something
    union {
        Outcome outcome;
        std::int64_t atNs;
    };

    /// Admit, and nothing else to do. One test for the driver's hot path.
    constexpr bool isPlainAdmit() const { return (static_cast<unsigned>(kind) | static_cast<unsigned>(hasEvents)) == 0; }
    constexpr bool isPlainDeadline() const { return kind == Kind::AdmitWithDeadline && !hasEvents; }

    constexpr Admission() : atNs(0) {}
    static Admission admit() { return {}; }
    static Admission admitUntil(Instant at)
    {
        Admission a;
        a.kind = Kind::AdmitWithDeadline;
        a.atNs = at.ns();
        return a;
    }
    static Admission admitAt(Instant at)
    {
        Admission a = admitUntil(at);
        a.kind = Kind::AdmitAt;
        return a;
    }
    /// \a until may be Instant::never().
    static Admission wait(Instant until)
    {
        Admission a = admitUntil(until);
        a.kind = Kind::Wait;
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
        StartAnother, ///< answer to onDeadline(): what runs goes on, and another copy of the inside begins
                      ///< beside it now; the next onDeadline() is wanted at `at` (never() = no more)
        AwaitOthers,  ///< answer to onOutcome() while copies run: this one ended, wait for the others
        CallOther,    ///< answer to onOutcome(): the driver makes the layer's other call (PolicyType::otherCall) in the
                      ///< name of this one; onSubstitute() hears how it ended
        WorkUntil,    ///< answer to onOutcome(): the caller works on a substitute until `at`; then comes onSubstitute()
    };
    Kind kind = Kind::Keep;
    bool hasEvents = false;
    union {
        Outcome outcome;
        std::int64_t atNs;
    };

    /// Keep, and nothing else to do. One test for the driver's hot path.
    constexpr bool isPlainKeep() const { return (static_cast<unsigned>(kind) | static_cast<unsigned>(hasEvents)) == 0; }

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
    static Verdict startAnother(Instant nextDeadline)
    {
        Verdict v = retryAt(nextDeadline);
        v.kind = Kind::StartAnother;
        return v;
    }
    static Verdict awaitOthers()
    {
        Verdict v;
        v.kind = Kind::AwaitOthers;
        return v;
    }
    static Verdict callOther()
    {
        Verdict v;
        v.kind = Kind::CallOther;
        return v;
    }
    static Verdict workUntil(Instant at)
    {
        Verdict v = retryAt(at);
        v.kind = Kind::WorkUntil;
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
///
/// A call that admit() made wait is, from its release on, inside like any other; before it, it ends by
/// onDeadline() or onCancelled(). A layer that starts copies (hedging) hears onOutcome() of each copy until it answers Keep
/// or Replace; the copies that still run are cancelled then.
///
/// After CallOther or WorkUntil nothing runs inside the layer but the substitute. The layer hears of its end by onSubstitute() or, when
/// somebody further out gives up, by onCancelled().
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
    /// The substitute that onOutcome() asked for ended with \a substitute; \a failed is the outcome that it stands in for. Keep hands
    /// \a failed outwards. Never asked of a policy that answers neither CallOther nor WorkUntil.
    [[nodiscard]] virtual Verdict onSubstitute(Instant now, PolicyCall &call, Outcome failed, Outcome substitute);
    /// A layer further out gave up on this call. The permit must be given back; nothing else is owed.
    virtual void onCancelled(Instant now, PolicyCall &call);

    /// When handleTimer() is wanted; Instant::never() if at all. Asked after every input.
    [[nodiscard]] virtual Instant nextTimer() const { return Instant::never(); }
    /// Early or repeated calls change nothing.
    virtual void handleTimer(Instant now);

    /// New settings act from `now` on; counters and states are kept where the new settings allow it.
    /// \a config points to this policy's own config struct and is already valid.
    virtual void reconfigure(Instant now, const void *config) = 0;

    /// The answer to a probe of the dependency, asked for by PolicyType::probes at nextTimer().
    virtual void onProbe(Instant now, Outcome answer);

    /// Itself, where it judges the instances of the dependency; else null.
    [[nodiscard]] virtual InstanceJudge *instanceJudge() { return nullptr; }

    /// What it knows at \a now and what would change its state, for people. Changes nothing; may be slow.
    /// By default it has nothing to say.
    [[nodiscard]] virtual Explanation explain(Instant now) const;
    /// Whether admit() admits every call at once and leaves the zeroed bytes as they are, so that a driver need not ask.
    /// Changes only by reconfigure().
    bool alwaysAdmits() const { return m_alwaysAdmits; }
    /// Not negative: admit() admits every call, wants onDeadline() this long after (ns), and leaves the zeroed bytes as they are,
    /// so that a driver need not ask. Changes only by reconfigure().
    std::int64_t alwaysAdmitsForNs() const { return m_alwaysAdmitsForNs; }
    /// Whether onOutcome() of a good outcome keeps it and remembers nothing. Changes only by reconfigure().
    bool keepsGoodOutcomes() const { return m_keepsGoodOutcomes; }

    /// Moves the tickets of the calls that need not wait any longer to the end of \a into, first released first. The driver
    /// lets them go on inwards, in this order, after the input that released them is done. Their permits are taken.
    void takeReleased(std::vector<std::uint32_t> &into);
    /// Moves what happened since the last call to the end of \a into.
    void takeEvents(std::vector<PolicyEvent> &into);

protected:
    bool m_alwaysAdmits = false;           ///< see alwaysAdmits()
    bool m_keepsGoodOutcomes = false;      ///< see keepsGoodOutcomes()
    std::int64_t m_alwaysAdmitsForNs = -1; ///< see alwaysAdmitsForNs()
    std::vector<std::uint32_t> m_released; ///< see takeReleased()
    std::vector<PolicyEvent> m_events; ///< bounded by what one input can cause; the driver empties it
};

} // namespace halfopen
