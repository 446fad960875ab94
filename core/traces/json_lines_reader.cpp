// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traces/json_lines_reader.h"

#include "core/traces/line_reader.h"
#include "core/traces/timestamp.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace halfopen {

namespace {

using Json = nlohmann::json;

constexpr double kDurationMsMax = 7.0 * 24 * 3600 * 1000; // a week

struct OutcomeWord {
    std::string_view word;
    OutcomeKind kind;
};
constexpr std::array<OutcomeWord, 21> kOutcomeWords{{
    {"ok", OutcomeKind::Success},
    {"success", OutcomeKind::Success},
    {"error", OutcomeKind::Error},
    {"http_5xx", OutcomeKind::Error},
    {"http_4xx", OutcomeKind::Error},
    {"server_error", OutcomeKind::Error},
    {"client_error", OutcomeKind::Error},
    {"app_error", OutcomeKind::Error},
    {"timeout", OutcomeKind::Timeout},
    {"rejected", OutcomeKind::CircuitBreakerOpen},
    {"circuit_breaker_open", OutcomeKind::CircuitBreakerOpen},
    {"bulkhead_full", OutcomeKind::BulkheadFull},
    {"rate_limited", OutcomeKind::Rejected},
    {"shed", OutcomeKind::Rejected},
    {"queue_full", OutcomeKind::Rejected},
    {"reset", OutcomeKind::ConnectionReset},
    {"connection_reset", OutcomeKind::ConnectionReset},
    {"connect_failed", OutcomeKind::ConnectionRefused},
    {"connection_refused", OutcomeKind::ConnectionRefused},
    {"cancelled", OutcomeKind::Cancelled},
    {"fallback", OutcomeKind::Fallback},
}};

std::optional<OutcomeKind> kindOfStatus(std::int64_t status)
{
    if (status == 504)
        return OutcomeKind::Timeout;
    if (status == 499 || status == 460)
        return OutcomeKind::Cancelled;
    if (status == 429)
        return OutcomeKind::Rejected;
    if (status >= 400)
        return OutcomeKind::Error;
    if (status >= 100)
        return OutcomeKind::Success;
    return std::nullopt;
}

/// Reads one file into a Recording. Starts are ns since 1970 until finish() counts them from the
/// first.
class RecordingReader {
public:
    RecordingReader(const std::filesystem::path &path, const RecordingLimits &limits)
        : m_limits(limits), m_lines(path, {limits.unpackedBytes, limits.lineBytes})
    {
        m_recording.path = path.string();
    }

    Result<Recording> read()
    {
        while (true) {
            const Result<bool> more = m_lines.next();
            if (!more)
                return tl::unexpected<Error>(more.error());
            if (!*more)
                break;
            if (m_lines.line().find_first_not_of(" \t") == std::string::npos)
                continue;
            const Result<void> good = readLine();
            if (!good)
                return tl::unexpected<Error>(good.error());
        }
        if (m_recording.attempts.empty())
            return failure(m_recording.path + ": the recording holds no attempt");
        return finish();
    }

private:
    tl::unexpected<Error> wrong(const std::string &what) const
    {
        return failure(m_recording.path + ':' + std::to_string(m_lines.lineNumber()) + ": " + what);
    }

    Result<void> readLine()
    {
        const Json line = Json::parse(m_lines.line(), nullptr, false);
        if (line.is_discarded())
            return wrong(m_lines.endedWithoutBreak() ? "the last line is cut off"
                                                     : "this line is not JSON");
        if (!line.is_object())
            return wrong("this line is not a JSON object");
        if (m_recording.attempts.size() >= m_limits.attempts)
            return wrong("the recording holds more than " + std::to_string(m_limits.attempts) +
                         " attempts");
        RecordedAttempt attempt;
        for (const auto read : {&RecordingReader::readStart, &RecordingReader::readDuration,
                                &RecordingReader::readOutcome, &RecordingReader::readAttempt,
                                &RecordingReader::readEndpoint}) {
            const Result<void> good = (this->*read)(line, attempt);
            if (!good)
                return good;
        }
        m_recording.attempts.push_back(attempt);
        return {};
    }

    Result<void> readStart(const Json &line, RecordedAttempt &attempt)
    {
        const auto ts = line.find("ts");
        if (ts == line.end())
            return wrong("'ts', the start of the attempt, is missing");
        if (ts->is_string()) {
            const std::optional<std::int64_t> ns =
                parseTimestamp(ts->get_ref<const std::string &>());
            if (!ns)
                return wrong("'ts' is '" + ts->get<std::string>() +
                             "', expected for example 2026-11-23T17:41:24.959Z");
            attempt.start = Instant::fromNs(*ns);
            return {};
        }
        if (!ts->is_number() || !(std::abs(ts->get<double>()) < 9e9))
            return wrong("'ts' is not a time: expected RFC 3339 text or seconds since 1970");
        attempt.start = Instant::fromNs(std::llround(ts->get<double>() * 1e9));
        return {};
    }

    Result<void> readDuration(const Json &line, RecordedAttempt &attempt)
    {
        const auto duration = line.find("duration_ms");
        if (duration == line.end())
            return wrong("'duration_ms' is missing");
        if (!duration->is_number())
            return wrong("'duration_ms' is not a number");
        const double ms = duration->get<double>();
        if (!(ms >= 0) || ms > kDurationMsMax)
            return wrong("'duration_ms' is " + duration->dump() +
                         ", expected 0 to 604800000 (a week)");
        attempt.duration = Duration(std::llround(ms * 1e6));
        return {};
    }

    Result<void> readOutcome(const Json &line, RecordedAttempt &attempt)
    {
        std::int64_t status = 0;
        if (const auto given = line.find("status"); given != line.end() && !given->is_null()) {
            if (!given->is_number_integer() || given->get<double>() < 0 ||
                given->get<double>() > 999)
                return wrong("'status' is " + given->dump() +
                             ", expected a whole number from 0 to 999");
            status = given->get<std::int64_t>();
        }
        std::optional<OutcomeKind> kind;
        if (const auto given = line.find("outcome"); given != line.end() && !given->is_null()) {
            if (!given->is_string())
                return wrong("'outcome' is not a text");
            const auto &word = given->get_ref<const std::string &>();
            const auto known =
                std::find_if(kOutcomeWords.begin(), kOutcomeWords.end(),
                             [&word](const OutcomeWord &one) { return one.word == word; });
            if (known == kOutcomeWords.end())
                return wrong("'outcome' is '" + word +
                             "', expected for example ok, error, timeout or rejected");
            kind = known->kind;
            // "An error" says less than the status that came with it.
            if (*kind == OutcomeKind::Error && status >= 400)
                kind = kindOfStatus(status);
        } else {
            kind = kindOfStatus(status);
        }
        if (!kind)
            return wrong("neither 'outcome' nor 'status' says how the attempt ended");
        attempt.outcome.kind = *kind;
        attempt.outcome.status = static_cast<std::uint16_t>(status);
        attempt.censored = *kind == OutcomeKind::Timeout;
        return {};
    }

    Result<void> readAttempt(const Json &line, RecordedAttempt &attempt)
    {
        const auto number = line.find("attempt");
        if (number == line.end())
            return {};
        if (!number->is_number_integer() || number->get<double>() < 1 ||
            number->get<double>() > 65535)
            return wrong("'attempt' is " + number->dump() +
                         ", expected a whole number from 1 to 65535");
        attempt.attempt = number->get<std::uint16_t>();
        return {};
    }

    Result<void> readEndpoint(const Json &line, RecordedAttempt &attempt)
    {
        const auto endpoint = line.find("endpoint");
        std::string name;
        if (endpoint != line.end()) {
            if (!endpoint->is_string())
                return wrong("'endpoint' is not a text");
            name = endpoint->get<std::string>();
        }
        const auto [known, isNew] = m_endpoints.emplace(name, m_recording.endpoints.size());
        if (isNew) {
            if (m_recording.endpoints.size() > std::numeric_limits<std::uint16_t>::max())
                return wrong("the recording names more than 65536 endpoints");
            m_recording.endpoints.push_back(std::move(name));
        }
        attempt.endpoint = static_cast<std::uint16_t>(known->second);
        return {};
    }

    Result<Recording> finish()
    {
        std::vector<RecordedAttempt> &attempts = m_recording.attempts;
        std::stable_sort(
            attempts.begin(), attempts.end(),
            [](const RecordedAttempt &a, const RecordedAttempt &b) { return a.start < b.start; });
        const std::int64_t origin = attempts.front().start.ns();
        // Both ends lie within the years that parse, so the difference cannot overflow.
        m_recording.length = Duration(attempts.back().start.ns() - origin);
        m_recording.startedAt = formatTimestamp(origin);
        for (std::size_t i = 0; i < attempts.size(); ++i) {
            attempts[i].start = Instant::fromNs(attempts[i].start.ns() - origin);
            if (attempts[i].attempt == 1)
                m_recording.firstAttempts.push_back(static_cast<std::uint32_t>(i));
        }
        if (m_recording.firstAttempts.empty())
            return failure(m_recording.path +
                           ": no attempt of the recording is the first of its call ('attempt': 1)");
        return std::move(m_recording);
    }

    RecordingLimits m_limits;
    LineReader m_lines;
    Recording m_recording;
    std::map<std::string, std::size_t> m_endpoints;
};

} // namespace

Result<Recording> readRecording(const std::filesystem::path &path, const RecordingLimits &limits)
{
    return RecordingReader(path, limits).read();
}

std::vector<Duration> goodDurations(const Recording &recording)
{
    std::vector<Duration> all;
    for (const RecordedAttempt &attempt : recording.attempts)
        if (isGood(attempt.outcome.kind))
            all.push_back(attempt.duration);
    return all;
}

Result<std::shared_ptr<const Recording>> readSharedRecording(const std::filesystem::path &path)
{
    struct Known {
        std::filesystem::file_time_type written;
        std::uintmax_t size = 0;
        std::weak_ptr<const Recording> recording;
    };
    static std::mutex mutex;
    static std::map<std::filesystem::path, Known> known;
    std::error_code error;
    const std::filesystem::path name = std::filesystem::absolute(path, error).lexically_normal();
    const auto written = std::filesystem::last_write_time(name, error);
    const std::uintmax_t size = error ? 0 : std::filesystem::file_size(name, error);
    if (!error) {
        const std::lock_guard lock(mutex);
        const auto found = known.find(name);
        if (found != known.end() && found->second.written == written && found->second.size == size)
            if (std::shared_ptr<const Recording> recording = found->second.recording.lock())
                return recording;
    }
    Result<Recording> read = readRecording(path);
    if (!read)
        return tl::unexpected<Error>(read.error());
    auto recording = std::make_shared<const Recording>(*std::move(read));
    const std::lock_guard lock(mutex);
    std::erase_if(known, [](const auto &entry) { return entry.second.recording.expired(); });
    known[name] = {written, size, recording};
    return std::shared_ptr<const Recording>(recording);
}

} // namespace halfopen
