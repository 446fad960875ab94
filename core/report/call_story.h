// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/text_table.h"
#include "core/run/run_record.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen::report {

/// An attempt that is under way.
struct OpenAttempt {
    Instant from;
    int attempt = 0; ///< from 1
};

/// Numbers the attempts of a call and says which one ends: the record does not tell copies of a request apart, so they
/// end in the order in which they were sent. Whoever draws or tells a call uses it, so that both say the same.
class OpenAttempts {
public:
    int sent(Instant at)
    {
        m_open.push_back({at, ++m_count});
        return m_count;
    }
    /// None if none is under way.
    std::optional<OpenAttempt> ended()
    {
        if (m_open.empty())
            return std::nullopt;
        const OpenAttempt first = m_open.front();
        m_open.pop_front();
        return first;
    }
    std::deque<OpenAttempt> leaveAll() { return std::exchange(m_open, {}); }
    int count() const { return m_count; } ///< sent so far

private:
    std::deque<OpenAttempt> m_open; ///< oldest first
    int m_count = 0;
};

/// One event of a traced call, with what a sentence about it needs. The desktop says the same sentences, translated.
struct CallEvent {
    enum class Kind : std::uint8_t {
        AttemptSent,
        AttemptEnded,
        StoppedWaiting, ///< the time of `layer` was up while `attempt` was under way
        TimeUp,         ///< the same while no attempt was
        TriesAgain,     ///< `layer` tries again after `delay`
        Refused,
        Substituted,    ///< `layer` put its own outcome in place of the inside's
        Ended,
    };
    Instant at;
    Kind kind = Kind::AttemptSent;
    std::string layer;     ///< "circuit breaker"; "the policy" where the record cannot say
    int attempt = 0;       ///< from 1; the one that the event is about, else the latest
    int attemptsLeft = 1;  ///< of StoppedWaiting: how many were under way
    Duration delay{};      ///< of TriesAgain; 0 = at once
    Outcome outcome{};
    bool hasOutcome = false; ///< the event is about `outcome`

    bool isTimeUp() const { return kind == Kind::StoppedWaiting || kind == Kind::TimeUp; }
};
std::vector<CallEvent> callEvents(const RunRecord &record, const CallTrace &call);

/// How many requests the call has sent.
int attemptsOf(const CallTrace &call);

/// "success", "breaker open": the outcome as a word in a sentence.
std::string_view outcomeWords(OutcomeKind kind);
/// "timeout stops waiting for attempt 1; a late answer is of no use"
std::string describe(const CallEvent &event);
/// "timeout after 1.20 s, 3 attempts"
std::string callHeadline(const CallTrace &call);

/// The whole story of \a call for a terminal: where, how it ended, each event with its time since the call began, and which
/// changes of a breaker it decided.
std::string callStoryText(const RunRecord &record, const CallTrace &call, const TextStyle &style);
/// The same as JSON: see the schema of `explain --call --json` in the help of the command.
std::string callStoryJson(const RunRecord &record, const CallTrace &call);

} // namespace halfopen::report
