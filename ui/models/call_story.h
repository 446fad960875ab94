// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"
#include "ui/geometry/time_axis.h"

#include <QString>

#include <vector>

namespace halfopen {

/// A stretch of a sampled call.
struct CallSegment {
    enum class Kind : std::uint8_t {
        Attempt,   ///< a request under way, until its answer came
        Abandoned, ///< a request under way, until its caller stopped waiting: work for nobody
        Wait,      ///< between two attempts
    };
    Kind kind = Kind::Attempt;
    TimeRange range;
    int attempt = 0;   ///< from 1; of a wait: the one that comes
    Outcome outcome{}; ///< of an attempt that was answered
};

/// An instant of a sampled call at which a policy stepped in.
struct CallMark {
    enum class Kind : std::uint8_t { Refused, Replaced };
    Kind kind = Kind::Refused;
    Instant at;
    Outcome outcome{};
};

/// What there is to draw of one call. Attempts that overlap (copies of a request) are answered in the order in which
/// they were sent, as far as the record can tell.
struct CallShape {
    std::vector<CallSegment> segments;
    std::vector<CallMark> marks;
    int attempts = 0;
};
CallShape callShape(const CallTrace &call);

/// A short name of the call with this key: calls that services make have keys of 20 digits, of which the last six are
/// told. "1,204", "…163887"
QString callName(std::uint64_t key);

/// The call with this key, or null when it is not in the sample that the record keeps whole.
const CallTrace *sampledCall(const RunRecord &record, std::uint64_t key);

/// One step of a call's story, for a person: "+250 ms", "timeout stops waiting for attempt 1".
struct StoryLine {
    Instant at;
    QString offset; ///< since the call began
    QString text;
    Outcome outcome{};
    bool hasOutcome = false; ///< the line is about `outcome`
};
std::vector<StoryLine> callStory(const RunRecord &record, const CallTrace &call);
/// As a table for a label: offsets at the left, in line.
QString storyHtml(const std::vector<StoryLine> &lines);
/// "3 attempts, timeout after 1.2 s"
QString callHeadline(const CallTrace &call);
/// A call that did not simply work at the first attempt.
bool isTroubled(const CallTrace &call);

} // namespace halfopen
