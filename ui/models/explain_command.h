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
/// its file. Settings that were changed while it played have no place in a command line: see isWholeStory().
QString explainBreakerCommand(const RunRecord &record, std::uint32_t breaker, Instant at);
/// The command that tells the story of the call with this key.
QString explainCallCommand(const RunRecord &record, std::uint64_t call);
/// The commands above meet the very same run.
bool isWholeStory(const RunRecord &record);

/// \a argument as a shell takes it for one word.
QString shellWord(const QString &argument);

} // namespace halfopen
