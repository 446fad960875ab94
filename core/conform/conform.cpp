// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/conform.h"

#include "core/conform/line_reader.h"
#include "core/conform/replay.h"

#include <algorithm>
#include <array>

namespace halfopen {

namespace conform {

std::span<const Format> formats()
{
    static constexpr std::array<Format, 6> kFormats = {{
        {.name = "r4j.cb", .make = &makeResilience4jBreakerReplay},
        {.name = "r4j.ratelimiter", .make = &makeResilience4jRateLimiterReplay},
        {.name = "r4j.bulkhead", .make = &makeResilience4jBulkheadReplay},
        {.name = "r4j.backoff", .check = &checkResilience4jBackoff},
        {.name = "r4j.retry", .check = &checkResilience4jRetry},
        {.name = "gobreaker.cb", .make = &makeGobreakerReplay},
    }};
    return kFormats;
}

namespace {

constexpr std::uint64_t kMaxOps = 100'000'000;

/// Goes through a file line by line. Exceptions of the JSON library stop in run().
class Runner {
public:
    Runner(LineReader &lines, ConformReport &report) : m_lines(lines), m_report(report) {}

    /// Empty, or what is wrong with the file.
    std::string run()
    {
        std::string text;
        while (m_lines.next(text)) {
            if (text.empty())
                continue;
            try {
                take(Json::parse(text), text);
            } catch (const std::exception &e) {
                return place() + ": " + e.what();
            }
        }
        if (!m_lines.error().empty())
            return m_report.file + ": " + m_lines.error();
        if (m_left > 0)
            return place() + ": the file ends, but sequence '" + m_sequence + "' has " + std::to_string(m_left)
                + " more operations";
        if (m_report.sequences == 0)
            return m_report.file + ": there is no recording in it";
        return {};
    }

private:
    std::string place() const { return m_report.file + ":" + std::to_string(m_lines.lineNumber()); }

    void take(const Json &line, const std::string &text)
    {
        if (line.contains("vec")) {
            takeHeader(line, text);
            return;
        }
        if (m_left == 0)
            throw std::invalid_argument("an operation without a sequence (a line with the key \"vec\" begins one)");
        Comparison found(line);
        m_replay->step(line, found);
        --m_left;
        note(found, text);
    }
    void takeHeader(const Json &line, const std::string &text)
    {
        if (m_left > 0)
            throw std::invalid_argument("sequence '" + m_sequence + "' has " + std::to_string(m_left) + " more operations");
        const auto name = line.at("vec").get<std::string>();
        if (line.at("v").get<int>() != 1)
            throw std::invalid_argument("format version " + line.at("v").dump() + ", expected 1");
        const auto known = formats();
        const auto format =
            std::find_if(known.begin(), known.end(), [&](const Format &one) { return one.name == name; });
        if (format == known.end())
            throw std::invalid_argument("unknown format '" + name + "'");
        m_report.format = name;
        m_report.library = line.value("lib", m_report.library);
        m_sequence = line.at("seq").get<std::string>();
        ++m_report.sequences;
        if (format->check) {
            Comparison found(line);
            format->check(line, found);
            note(found, text);
            return;
        }
        m_left = line.at("ops").get<std::uint64_t>();
        if (m_left > kMaxOps)
            throw std::invalid_argument("more than " + std::to_string(kMaxOps) + " operations in one sequence");
        m_replay = format->make(line);
    }
    void note(const Comparison &found, const std::string &text)
    {
        ++m_report.operations;
        if (found.ok())
            return;
        if (m_report.mismatches++ == 0)
            m_report.firstMismatch = place() + ": sequence '" + m_sequence + "': " + found.text() + "\n  " + text;
    }

    LineReader &m_lines;
    ConformReport &m_report;
    std::unique_ptr<Replay> m_replay;
    std::string m_sequence;
    std::uint64_t m_left = 0; ///< operations of the sequence still to come
};

} // namespace
} // namespace conform

std::string ConformReport::summary() const
{
    const auto counted = [](std::uint64_t n, const char *what) {
        return std::to_string(n) + " " + what + (n == 1 ? "" : what[std::char_traits<char>::length(what) - 1] == 'h' ? "es" : "s");
    };
    return file + ": " + counted(sequences, "sequence") + ", " + counted(operations, "operation") + ", "
        + counted(mismatches, "mismatch");
}

Result<ConformReport> conformFile(const std::filesystem::path &path)
{
    ConformReport report;
    report.file = path.filename().string();
    conform::LineReader lines(path);
    const std::string problem = conform::Runner(lines, report).run();
    if (!problem.empty())
        return failure(problem);
    return report;
}

} // namespace halfopen
