// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"
#include "core/scenario/scenario.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace halfopen {

/// One value of a scenario that is not what its file has.
struct FileDifference {
    enum class Kind {
        Value,   ///< another one; `now` is a single value
        Added,   ///< of more than a single value: it is not in the file
        Removed, ///< it is in the file only
        Other,   ///< what is there is another thing, of more than a single value
    } kind = Kind::Value;
    std::string path; ///< "policies.edge.0.max_attempts", "clients.web.arrivals.poisson", "faults.0.for"
    QString label;    ///< "edge › Max attempts", "web › arrivals poisson", "fault 1 on db › for"
    QString file;     ///< as the file has it; empty where that is no single value
    QString now;
};
/// "web › arrivals poisson 150/s", "fault 2 on db: not in the file".
QString differenceText(const FileDifference &difference);
/// The same in the scenario's own words, for files and tables: "clients.web.arrivals.poisson: 150/s".
std::string differencePlain(const FileDifference &difference);

/// What \a text says of the world that \a file does not: everything but what has no part in a run (name, expectations), and of the
/// policies only other stacks and layers. In the order of \a text, then what is gone. Takes milliseconds; none when one of the two
/// is no scenario at all.
std::vector<FileDifference> worldDifferences(const std::string &file, const std::string &text);
/// The same of \a scenario with the settings of policies; \a file: the scenario in \a fileText. Null when that is none: then all
/// of it is other.
std::vector<FileDifference> differencesFrom(const Scenario *file, const std::string &fileText, const Scenario &scenario);

/// What a file held when it was read last: for the time when it cannot be read any more.
struct FileAsRead {
    QString path;     ///< absolute
    std::string text; ///< empty = not known
};
/// In what a scenario is not what its file has, and what that was held against.
struct FileComparison {
    enum class With {
        File,    ///< as it is now
        AsRead,  ///< as it was read last: now it cannot be
        Nothing, ///< it can be read no more, and nobody knows what it held: there may be differences or none
    } with = With::File;
    std::vector<FileDifference> differences;
};
/// \a known counts when it is of the file of \a scenario.
FileComparison compareWithFile(const Scenario &scenario, const FileAsRead &known = {});
/// "Max attempts 2 from 12.4 s on": what was changed while \a record ran.
QStringList changesInRun(const RunRecord &record);

/// "a, b, c and 3 more": at most \a most of them, at least 1.
QString firstOf(const QStringList &parts, qsizetype most = 3);

} // namespace halfopen
