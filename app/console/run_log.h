// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/run_record.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace halfopen {

/// What a run's log is asked for.
struct LogOptions {
    /// What people read on stderr: trace, debug, info, warn, error or off. Breaker and settings
    /// changes are info, the ends of sampled calls are debug.
    std::string level = "warn";
    std::string jsonFile; ///< every event as a line of JSON, whatever the level; empty = none
};

/// Writes what a record has gained since the last time, in order of virtual time. Policies and
/// engine do not log: this reads their record, as every view does.
///
/// A JSON line has "t_ms" (virtual time), "level", "event" and "run", and where they apply "client"
/// (who called), "edge", "process", "breaker" and "call". No line holds a wall-clock time, so that
/// two runs with the same seed write the same file, byte for byte.
class RunLog {
public:
    /// The error is a level that does not exist or a file that cannot be written.
    static Result<RunLog> open(const LogOptions &options);
    ~RunLog();
    RunLog(RunLog &&) noexcept;
    RunLog &operator=(RunLog &&) noexcept;

    /// False when nothing would be written, so that no snapshot needs to be made for it.
    bool isWanted() const;
    void begin(const RunRecord &record);
    void update(const RunRecord &record);
    /// update(), then how the run ended. The error is a write that failed, at any time.
    Result<void> end(const RunRecord &record);

private:
    struct Private;
    explicit RunLog(std::unique_ptr<Private> own);
    std::unique_ptr<Private> d;
};

} // namespace halfopen
