// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/study_output.h"

#include "app/commands/command_line.h"
#include "app/console/terminal.h"

namespace halfopen {

Result<StudyOutput> StudyOutput::open(const OptionalValueFlag &json, const OptionalValueFlag &csv)
{
    StudyOutput output;
    output.m_printsJson = json.given && !json.hasValue();
    output.m_printsCsv = csv.given && !csv.hasValue();
    for (const auto &[file, isCsv] : {std::pair(json.value, false), std::pair(csv.value, true)}) {
        if (file.empty())
            continue;
        Result<report::OutputFile> opened = report::OutputFile::open(file);
        if (!opened)
            return tl::unexpected<Error>(opened.error());
        output.m_files.emplace_back(std::move(*opened), isCsv);
    }
    return output;
}

int StudyOutput::finish(const Writers &writers, bool isComplete)
{
    print(m_printsJson ? writers.json() : m_printsCsv ? writers.csv() : writers.text());
    for (auto &[file, isCsv] : m_files)
        if (Result<void> done = file.commit(isCsv ? writers.csv() : writers.json()); !done)
            return badInput(done.error());
    return isComplete ? int{kExitOk} : int{kExitInterrupted};
}

} // namespace halfopen
