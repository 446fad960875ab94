// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <QString>

#include <cstdint>

namespace halfopen {

struct RunRecord;

/// The command that tells on a terminal why a breaker of \a record (index) is in its state at \a at: "halfopen explain
/// /home/me/a.yaml --breaker db_client.1 --process 3 --at 85.867s", with the seed and the settings in which the run differs from
/// its file. It is of another run where isWholeStory() is not true.
QString explainBreakerCommand(const RunRecord &record, std::uint32_t breaker, Instant at);
/// The command that tells the story of the call with this key.
QString explainCallCommand(const RunRecord &record, std::uint64_t call);
/// Why no command line meets the very same run, in a sentence: settings were changed while it played, which have no place in a
/// command line, or its file is missing or another world by now. Empty when the commands above do. Reads the file when it has
/// changed since the last question.
QString whyNoCommand(const RunRecord &record);
/// The commands above meet the very same run.
bool isWholeStory(const RunRecord &record);

/// \a argument as a shell takes it for one word.
QString shellWord(const QString &argument);

} // namespace halfopen
