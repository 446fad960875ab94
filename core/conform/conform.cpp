// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/conform.h"

#include "core/conform/line_reader.h"
#include "core/conform/replay.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

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

constexpr std::int64_t kMaxOps = 100'000'000;

/// What a line holds: no blanks, no end of line of another system, no byte order mark.
std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    constexpr std::string_view kBlanks = " \t\r\n";
    if (text.starts_with(kMark))
        text.remove_prefix(kMark.size());
    const std::size_t first = text.find_first_not_of(kBlanks);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

/// The JSON library's message without its own number and name.
std::string plainMessage(const std::exception &e)
{
    const std::string text = e.what();
    const std::size_t end = text.starts_with("[json.") ? text.find("] ") : std::string::npos;
    return end == std::string::npos ? text : text.substr(end + 2);
}

Json parseLine(std::string_view text)
{
    Json line = Json::parse(text, nullptr, false);
    if (line.is_discarded())
        throw std::invalid_argument("this line is not JSON; was it cut off? One object per line is expected");
    if (!line.is_object())
        throw std::invalid_argument("this line is not a JSON object, as every line of a recording must be");
    return line;
}

/// Goes through a file line by line. Exceptions of the JSON library stop in run().
class Runner {
public:
    Runner(LineReader &lines, ConformReport &report) : m_lines(lines), m_report(report) {}

    /// Empty, or what is wrong with the file.
    std::string run()
    {
        std::string whole;
        while (m_lines.next(whole)) {
            const std::string text(trimmed(whole));
            if (text.empty())
                continue;
            try {
                take(parseLine(text), text);
            } catch (const std::exception &e) {
                return place() + ": " + plainMessage(e);
            }
        }
        if (!m_lines.error().empty())
            return m_report.file + ": " + m_lines.error();
        if (m_left > 0)
            return place() + ": the file ends, but sequence '" + m_sequence + "' has " + more();
        if (m_report.sequences == 0)
            return m_report.file + ": there is no recording in it";
        return {};
    }

private:
    std::string more() const
    {
        return std::to_string(m_left) + (m_left == 1 ? " more operation" : " more operations");
    }
    std::string place() const { return m_report.file + ":" + std::to_string(m_lines.lineNumber()); }

    void take(const Json &line, const std::string &text)
    {
        if (line.contains("vec")) {
            takeHeader(line, text);
            return;
        }
        if (m_left == 0)
            throw std::invalid_argument("an operation without a sequence (a line with the key \"vec\" begins one)");
        if (line.contains("t")) {
            const Instant now = timeOf(line);
            if (now < m_now)
                throw std::invalid_argument("the time 't' falls; lines must be in the order of time");
            m_now = now;
        }
        Comparison found(line);
        m_replay->step(line, found);
        --m_left;
        note(found, text);
    }
    void takeHeader(const Json &line, const std::string &text)
    {
        if (m_left > 0)
            throw std::invalid_argument("sequence '" + m_sequence + "' has " + more());
        const auto name = line.at("vec").get<std::string>();
        if (line.at("v") != 1)
            throw std::invalid_argument("format version " + line.at("v").dump() + ", expected 1");
        const auto known = formats();
        const auto format =
            std::find_if(known.begin(), known.end(), [&](const Format &one) { return one.name == name; });
        if (format == known.end()) {
            std::string names;
            for (const Format &one : known)
                names += (names.empty() ? "" : ", ") + std::string(one.name);
            throw std::invalid_argument("unknown format '" + name + "', expected one of " + names);
        }
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
        const auto operations = static_cast<std::uint64_t>(wholeNumber(line, "ops", 0, kMaxOps));
        m_replay = format->make(line);
        m_left = operations;
        m_now = Instant();
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
    Instant m_now;            ///< of the line before, in this sequence
};

} // namespace
} // namespace conform

std::string ConformReport::summary() const
{
    // Always the same words, also for one: a script reads this line.
    return file + ": " + std::to_string(sequences) + " sequences, " + std::to_string(operations) + " operations, "
        + std::to_string(mismatches) + " mismatches";
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
