// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/carry_over.h"

#include "core/policies/outcome_set.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halfopen {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// ---- reading

template <typename T> std::optional<T> read(const Settings &settings, std::string_view key)
{
    const Field *field = settings.schema().find(key);
    if (field == nullptr)
        return std::nullopt;
    const Value value = settings.get(*field);
    if (const T *found = std::get_if<T>(&value))
        return *found;
    return std::nullopt;
}

std::vector<std::string> readList(const Settings &settings, std::string_view key)
{
    return read<std::vector<std::string>>(settings, key).value_or(std::vector<std::string>{});
}

/// The failures that a list of counted ones leaves out; an empty list counts all.
std::vector<std::string> leftOut(const std::vector<std::string> &counted)
{
    if (counted.empty())
        return {};
    return outcomeNames(kEveryFailure.without(OutcomeSet::fromNames(counted)));
}

BreakerMeaning readHalfopen(const Settings &s)
{
    BreakerMeaning m;
    m.failureRate = read<double>(s, "failure_rate_threshold");
    m.failuresInARow = read<std::int64_t>(s, "failure_threshold");
    if (!m.failuresInARow && !m.failureRate)
        m.failuresInARow = 5; // the dialect's rule when none is given
    m.slowAfter = read<Duration>(s, "slow_call.duration");
    m.slowRate = read<double>(s, "slow_call.rate_threshold");
    if (m.failureRate || m.slowRate) {
        if (read<std::string>(s, "window.kind") == "time")
            m.windowLength = read<Duration>(s, "window.size").value_or(seconds(60));
        else
            m.windowCalls = read<std::int64_t>(s, "window.size").value_or(100);
        m.minimumCalls = read<std::int64_t>(s, "window.minimum_calls");
    }
    m.openTime = read<Duration>(s, "recovery_timeout");
    m.trialsWanted = read<std::int64_t>(s, "success_threshold");
    m.timeout = read<Duration>(s, "timeout");
    m.ignored = readList(s, "exception_whitelist");
    return m;
}

BreakerMeaning readResilience4j(const Settings &s)
{
    BreakerMeaning m;
    m.failureRate = read<double>(s, "failure_rate_threshold");
    const auto size = read<std::int64_t>(s, "sliding_window_size").value_or(100);
    if (read<std::string>(s, "sliding_window_type") == "time_based")
        m.windowLength = seconds(size);
    else
        m.windowCalls = size;
    m.minimumCalls = read<std::int64_t>(s, "minimum_number_of_calls");
    if (m.windowCalls && m.minimumCalls)
        m.minimumCalls = std::min(*m.minimumCalls, *m.windowCalls);
    m.openTime = read<Duration>(s, "wait_duration_in_open_state");
    m.trialsWanted = read<std::int64_t>(s, "permitted_number_of_calls_in_half_open_state");
    m.slowAfter = read<Duration>(s, "slow_call_duration_threshold");
    m.slowRate = read<double>(s, "slow_call_rate_threshold");
    m.ignored = readList(s, "ignore_exceptions");
    return m;
}

BreakerMeaning readGobreaker(const Settings &s)
{
    BreakerMeaning m;
    if (read<std::string>(s, "ready_to_trip.kind") == "ratio") {
        m.failureRate = read<double>(s, "ready_to_trip.ratio");
        m.minimumCalls = read<std::int64_t>(s, "ready_to_trip.min_requests");
    } else {
        m.failuresInARow = read<std::int64_t>(s, "ready_to_trip.threshold");
    }
    m.windowLength = read<Duration>(s, "interval");
    m.openTime = read<Duration>(s, "timeout");
    m.trialsWanted = read<std::int64_t>(s, "max_requests");
    m.ignored = readList(s, "is_excluded");
    return m;
}

BreakerMeaning readPolly(const Settings &s)
{
    BreakerMeaning m;
    m.failureRate = read<double>(s, "failure_ratio");
    m.minimumCalls = read<std::int64_t>(s, "minimum_throughput");
    m.windowLength = read<Duration>(s, "sampling_duration");
    m.openTime = read<Duration>(s, "break_duration");
    m.trialsWanted = 1;
    m.ignored = leftOut(readList(s, "should_handle"));
    return m;
}

BreakerMeaning readFailsafe(const Settings &s)
{
    BreakerMeaning m;
    const auto threshold = read<std::int64_t>(s, "failure_threshold").value_or(1);
    const auto capacity = read<std::int64_t>(s, "failure_thresholding_capacity").value_or(threshold);
    m.windowLength = read<Duration>(s, "failure_thresholding_period");
    m.failureRate = read<double>(s, "failure_rate_threshold");
    if (m.failureRate) {
        m.minimumCalls = read<std::int64_t>(s, "failure_execution_threshold");
    } else if (!m.windowLength && capacity > threshold) {
        m.failureRate = double(threshold) / double(capacity);
        m.windowCalls = capacity;
        m.minimumCalls = threshold;
    } else {
        m.failuresInARow = threshold;
    }
    m.openTime = read<Duration>(s, "delay");
    m.trialsWanted = read<std::int64_t>(s, "success_threshold");
    m.ignored = leftOut(readList(s, "handle"));
    return m;
}

BreakerMeaning readHystrix(const Settings &s)
{
    BreakerMeaning m;
    m.failureRate = read<double>(s, "error_threshold_percentage");
    m.minimumCalls = read<std::int64_t>(s, "request_volume_threshold");
    m.windowLength = read<Duration>(s, "metrics.rolling_stats.time");
    m.openTime = read<Duration>(s, "sleep_window");
    m.trialsWanted = 1;
    m.timeout = read<Duration>(s, "execution.timeout");
    m.ignored = readList(s, "bad_request");
    return m;
}

BreakerMeaning readSentinel(const Settings &s)
{
    BreakerMeaning m;
    const auto count = read<double>(s, "count").value_or(0.5);
    const std::string grade = read<std::string>(s, "grade").value_or("error_ratio");
    if (grade == "slow_request_ratio") {
        m.slowAfter = milliseconds(std::llround(count));
        m.slowRate = read<double>(s, "slow_ratio_threshold");
    } else if (grade == "error_ratio") {
        m.failureRate = count;
    } else {
        m.failuresInARow = std::llround(count) + 1;
    }
    m.minimumCalls = read<std::int64_t>(s, "min_request_amount");
    m.windowLength = read<Duration>(s, "stat_interval");
    m.openTime = read<Duration>(s, "time_window");
    m.trialsWanted = 1;
    m.ignored = leftOut(readList(s, "exceptions"));
    return m;
}

BreakerMeaning readMicroprofile(const Settings &s)
{
    BreakerMeaning m;
    m.failureRate = read<double>(s, "failure_ratio");
    m.windowCalls = read<std::int64_t>(s, "request_volume_threshold");
    m.minimumCalls = m.windowCalls;
    m.openTime = read<Duration>(s, "delay");
    m.trialsWanted = read<std::int64_t>(s, "success_threshold");
    m.ignored = readList(s, "skip_on");
    return m;
}

// ---- words

std::string percent(double share)
{
    std::string text = std::to_string(std::llround(share * 10'000) / 100);
    const long long rest = std::llround(share * 10'000) % 100;
    if (rest != 0)
        text += "." + std::string(rest < 10 ? "0" : "") + std::to_string(rest);
    return text + " %";
}

std::string timeText(Duration d)
{
    const Field field{.key = "", .type = ValueType::Duration, .help = "", .standard = {}};
    return formatValue(field, Value(d));
}

std::string callsText(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " call" : " calls");
}

// ---- writing

/// Puts meanings into the settings of one dialect and keeps the account.
class Writer {
public:
    Writer(Settings &settings, std::vector<CarriedSetting> &account) : m_settings(settings), m_account(account) {}

    /// One meaning into one or more settings. Not carried if one of them is unknown or out of its range.
    void put(const std::string &meaning, const std::vector<std::pair<std::string_view, Value>> &settings,
             const std::string &note = {})
    {
        std::string text;
        for (const auto &[key, value] : settings) {
            const Field *field = m_settings.schema().find(key);
            if (field == nullptr)
                return lack(meaning, "there is no setting " + std::string(key));
            const std::string written = formatValue(*field, value);
            const Result<Value> legal = parseValue(*field, written);
            if (!legal)
                return lack(meaning, legal.error().message);
            text += (text.empty() ? "" : ", ") + std::string(key) + ": " + written;
        }
        for (const auto &[key, value] : settings)
            m_settings.set(*m_settings.schema().find(key), value);
        m_account.push_back({meaning, text, note});
    }
    void lack(const std::string &meaning, const std::string &why) { m_account.push_back({meaning, "", why}); }

private:
    Settings &m_settings;
    std::vector<CarriedSetting> &m_account;
};

std::string rateText(const BreakerMeaning &m)
{
    return "failure rate " + percent(*m.failureRate);
}
std::string rowText(const BreakerMeaning &m)
{
    return std::to_string(*m.failuresInARow) + " failures in a row";
}
std::string windowText(const BreakerMeaning &m)
{
    return "window of " + (m.windowLength ? timeText(*m.windowLength) : callsText(m.windowCalls.value_or(0)));
}
std::string minimumText(const BreakerMeaning &m)
{
    return "at least " + callsText(*m.minimumCalls);
}
std::string openText(const BreakerMeaning &m)
{
    return "open for " + timeText(*m.openTime);
}
std::string trialsText(const BreakerMeaning &m)
{
    return std::to_string(*m.trialsWanted) + (*m.trialsWanted == 1 ? " good trial closes" : " good trials close");
}
std::string slowText(const BreakerMeaning &m)
{
    return "slow-call rate " + percent(*m.slowRate) + " of calls over " + (m.slowAfter ? timeText(*m.slowAfter) : "?");
}
bool hasSlow(const BreakerMeaning &m)
{
    return m.slowRate && m.slowAfter;
}
Value failuresWithout(const std::vector<std::string> &ignored)
{
    return outcomeNames(kEveryFailure.without(OutcomeSet::fromNames(ignored)));
}
/// What most dialects have under some name.
void putOpenTime(Writer &w, const BreakerMeaning &m, std::string_view key, const std::string &note = {})
{
    if (m.openTime)
        w.put(openText(m), {{key, *m.openTime}}, note);
}
void putTrials(Writer &w, const BreakerMeaning &m, std::string_view key, const std::string &note = {})
{
    if (m.trialsWanted)
        w.put(trialsText(m), {{key, *m.trialsWanted}}, note);
}
void lackTrials(Writer &w, const BreakerMeaning &m)
{
    if (m.trialsWanted && *m.trialsWanted != 1)
        w.lack(trialsText(m), "one trial decides, always");
}
void lackSlow(Writer &w, const BreakerMeaning &m)
{
    if (hasSlow(m))
        w.lack(slowText(m), "slow calls are not judged");
}
void lackTimeout(Writer &w, const BreakerMeaning &m)
{
    if (m.timeout)
        w.lack("timeout " + timeText(*m.timeout), "the breaker has no timeout; a layer of its own would do it");
}
void putIgnored(Writer &w, const BreakerMeaning &m, std::string_view key, bool asCounted)
{
    if (m.ignored.empty())
        return;
    std::string names;
    for (const std::string &name : m.ignored)
        names += (names.empty() ? "" : ", ") + name;
    w.put("never counts: " + names, {{key, asCounted ? failuresWithout(m.ignored) : Value(m.ignored)}});
}

void writeHalfopen(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate)
        w.put(rateText(m), {{"failure_rate_threshold", *m.failureRate}});
    if (m.failuresInARow)
        w.put(rowText(m), {{"failure_threshold", *m.failuresInARow}});
    if (m.windowLength)
        w.put(windowText(m), {{"window.kind", std::string("time")}, {"window.size", *m.windowLength}});
    else if (m.windowCalls)
        w.put(windowText(m), {{"window.kind", std::string("count")}, {"window.size", *m.windowCalls}});
    if (m.minimumCalls)
        w.put(minimumText(m), {{"window.minimum_calls", *m.minimumCalls}});
    putOpenTime(w, m, "recovery_timeout");
    putTrials(w, m, "success_threshold");
    if (hasSlow(m))
        w.put(slowText(m), {{"slow_call.duration", *m.slowAfter}, {"slow_call.rate_threshold", *m.slowRate}});
    if (m.timeout)
        w.put("timeout " + timeText(*m.timeout), {{"timeout", *m.timeout}});
    else
        w.put("no timeout of its own", {{"timeout", Value{}}});
    putIgnored(w, m, "exception_whitelist", false);
}

void writeResilience4j(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate)
        w.put(rateText(m), {{"failure_rate_threshold", *m.failureRate}});
    if (m.failuresInARow && m.failureRate)
        w.lack(rowText(m), "only rates are judged");
    else if (m.failuresInARow)
        w.put(rowText(m),
              {{"failure_rate_threshold", 1.0},
               {"sliding_window_type", std::string("count_based")},
               {"sliding_window_size", *m.failuresInARow},
               {"minimum_number_of_calls", *m.failuresInARow}},
              "as 100 % of the last calls");
    if (m.windowLength && !(m.failuresInARow && !m.failureRate)) {
        const std::int64_t whole = (m.windowLength->count() + 999'999'999) / 1'000'000'000;
        w.put(windowText(m), {{"sliding_window_type", std::string("time_based")}, {"sliding_window_size", whole}},
              seconds(whole) == *m.windowLength ? "" : "whole seconds, rounded up");
    } else if (m.windowCalls) {
        w.put(windowText(m),
              {{"sliding_window_type", std::string("count_based")}, {"sliding_window_size", *m.windowCalls}});
    }
    if (m.minimumCalls)
        w.put(minimumText(m), {{"minimum_number_of_calls", *m.minimumCalls}});
    putOpenTime(w, m, "wait_duration_in_open_state");
    putTrials(w, m, "permitted_number_of_calls_in_half_open_state", "judged by rate, not by the first failure");
    if (hasSlow(m))
        w.put(slowText(m), {{"slow_call_duration_threshold", *m.slowAfter}, {"slow_call_rate_threshold", *m.slowRate}});
    lackTimeout(w, m);
    putIgnored(w, m, "ignore_exceptions", false);
}

void writeGobreaker(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate)
        w.put(rateText(m), {{"ready_to_trip.kind", std::string("ratio")}, {"ready_to_trip.ratio", *m.failureRate}},
              "asked only after a failure");
    if (m.failuresInARow && m.failureRate)
        w.lack(rowText(m), "one rule only: the rate is kept");
    else if (m.failuresInARow)
        w.put(rowText(m), {{"ready_to_trip.kind", std::string("consecutive")}, {"ready_to_trip.threshold", *m.failuresInARow}});
    if (m.windowLength)
        w.put(windowText(m), {{"interval", *m.windowLength}, {"bucket_period", Duration(m.windowLength->count() / 10)}},
              "rolling, in ten buckets");
    else if (m.windowCalls)
        w.lack(windowText(m), "there is no window of calls: counts are kept while CLOSED");
    if (m.minimumCalls && m.failureRate)
        w.put(minimumText(m), {{"ready_to_trip.min_requests", *m.minimumCalls}}, "counts requests begun, not ended");
    putOpenTime(w, m, "timeout");
    putTrials(w, m, "max_requests");
    lackSlow(w, m);
    lackTimeout(w, m);
    putIgnored(w, m, "is_excluded", false);
}

void writePolly(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate)
        w.put(rateText(m), {{"failure_ratio", *m.failureRate}}, "asked only after a failure");
    if (m.failuresInARow && m.failureRate)
        w.lack(rowText(m), "only a ratio is judged");
    else if (m.failuresInARow)
        w.put(rowText(m), {{"failure_ratio", 1.0}, {"minimum_throughput", std::max<std::int64_t>(*m.failuresInARow, 2)}},
              "as 100 % of at least so many calls within sampling_duration: one success in it is too many");
    if (m.windowLength)
        w.put(windowText(m), {{"sampling_duration", *m.windowLength}});
    else if (m.windowCalls)
        w.lack(windowText(m), "there is no window of calls: sampling_duration keeps its default");
    if (m.minimumCalls && m.failureRate)
        w.put(minimumText(m), {{"minimum_throughput", std::max<std::int64_t>(*m.minimumCalls, 2)}});
    putOpenTime(w, m, "break_duration");
    lackTrials(w, m);
    lackSlow(w, m);
    lackTimeout(w, m);
    putIgnored(w, m, "should_handle", true);
}

void writeFailsafe(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate && m.windowLength) {
        w.put(rateText(m) + ", " + windowText(m),
              {{"failure_rate_threshold", *m.failureRate}, {"failure_thresholding_period", *m.windowLength}});
        if (m.minimumCalls)
            w.put(minimumText(m), {{"failure_execution_threshold", *m.minimumCalls}});
    } else if (m.failureRate) {
        const std::int64_t size = m.windowCalls.value_or(100);
        // Rounded up, with the room that a share written in decimals needs.
        const auto failures = static_cast<std::int64_t>(std::ceil(*m.failureRate * double(size) - 1e-9));
        w.put(rateText(m) + ", " + windowText(m),
              {{"failure_threshold", std::max<std::int64_t>(failures, 1)}, {"failure_thresholding_capacity", size}},
              "as so many of the last calls; it does not wait for the window to fill");
        if (m.minimumCalls)
            w.lack(minimumText(m), "a window of calls has no minimum");
    } else if (m.failuresInARow) {
        w.put(rowText(m), {{"failure_threshold", *m.failuresInARow}});
    }
    if (m.failuresInARow && m.failureRate)
        w.lack(rowText(m), "one rule only: the rate is kept");
    putOpenTime(w, m, "delay");
    putTrials(w, m, "success_threshold");
    lackSlow(w, m);
    lackTimeout(w, m);
    putIgnored(w, m, "handle", true);
}

void writeHystrix(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate)
        w.put(rateText(m), {{"error_threshold_percentage", *m.failureRate}}, "judged twice a second, not per call");
    if (m.failuresInARow)
        w.lack(rowText(m), "only a percentage is judged");
    if (m.windowLength)
        w.put(windowText(m), {{"metrics.rolling_stats.time", *m.windowLength}});
    else if (m.windowCalls)
        w.lack(windowText(m), "there is no window of calls: metrics.rolling_stats.time keeps its default");
    if (m.minimumCalls)
        w.put(minimumText(m), {{"request_volume_threshold", *m.minimumCalls}});
    putOpenTime(w, m, "sleep_window");
    lackTrials(w, m);
    lackSlow(w, m);
    if (m.timeout)
        w.put("timeout " + timeText(*m.timeout), {{"execution.timeout", *m.timeout}});
    else
        w.put("no timeout of its own", {{"execution.timeout", Value{}}});
    putIgnored(w, m, "bad_request", false);
}

void writeSentinel(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate) {
        w.put(rateText(m), {{"grade", std::string("error_ratio")}, {"count", *m.failureRate}},
              "must be exceeded, not reached");
        if (hasSlow(m))
            w.lack(slowText(m), "one rule per breaker: the failure rate is kept");
    } else if (hasSlow(m)) {
        w.put(slowText(m),
              {{"grade", std::string("slow_request_ratio")},
               {"count", toMilliseconds(*m.slowAfter)},
               {"slow_ratio_threshold", *m.slowRate}});
    }
    if (m.failuresInARow && (m.failureRate || hasSlow(m)))
        w.lack(rowText(m), "one rule per breaker");
    else if (m.failuresInARow)
        w.put(rowText(m), {{"grade", std::string("error_count")}, {"count", double(*m.failuresInARow - 1)}},
              "as more than so many errors within stat_interval, in a row or not");
    if (m.windowLength)
        w.put(windowText(m), {{"stat_interval", *m.windowLength}}, "tumbling: emptied at each edge");
    else if (m.windowCalls)
        w.lack(windowText(m), "there is no window of calls: stat_interval keeps its default");
    if (m.minimumCalls)
        w.put(minimumText(m), {{"min_request_amount", *m.minimumCalls}});
    putOpenTime(w, m, "time_window");
    lackTrials(w, m);
    lackTimeout(w, m);
    putIgnored(w, m, "exceptions", true);
}

void writeMicroprofile(Writer &w, const BreakerMeaning &m)
{
    if (m.failureRate)
        w.put(rateText(m), {{"failure_ratio", *m.failureRate}});
    if (m.failuresInARow && m.failureRate)
        w.lack(rowText(m), "only a ratio is judged");
    else if (m.failuresInARow)
        w.put(rowText(m), {{"failure_ratio", 1.0}, {"request_volume_threshold", *m.failuresInARow}},
              "as 100 % of the last calls");
    if (m.windowCalls)
        w.put(windowText(m), {{"request_volume_threshold", *m.windowCalls}}, "judged only when it is full");
    else if (m.windowLength)
        w.lack(windowText(m), "there is no window of time");
    if (m.minimumCalls && m.windowCalls && m.minimumCalls != m.windowCalls)
        w.lack(minimumText(m), "the minimum is the whole window");
    else if (m.minimumCalls && !m.windowCalls)
        w.put(minimumText(m), {{"request_volume_threshold", *m.minimumCalls}}, "as the window");
    putOpenTime(w, m, "delay");
    putTrials(w, m, "success_threshold");
    lackSlow(w, m);
    lackTimeout(w, m);
    putIgnored(w, m, "skip_on", false);
}

struct DialectWords {
    std::string_view dialect;
    BreakerMeaning (*read)(const Settings &);
    void (*write)(Writer &, const BreakerMeaning &);
};

/// A new dialect: one row here.
constexpr std::array<DialectWords, 8> kWords = {{
    {"halfopen", &readHalfopen, &writeHalfopen},
    {"resilience4j", &readResilience4j, &writeResilience4j},
    {"gobreaker", &readGobreaker, &writeGobreaker},
    {"polly", &readPolly, &writePolly},
    {"failsafe", &readFailsafe, &writeFailsafe},
    {"hystrix", &readHystrix, &writeHystrix},
    {"sentinel", &readSentinel, &writeSentinel},
    {"microprofile", &readMicroprofile, &writeMicroprofile},
}};

const DialectWords *wordsOf(std::string_view dialect)
{
    for (const DialectWords &words : kWords)
        if (words.dialect == dialect)
            return &words;
    return nullptr;
}

} // namespace

BreakerMeaning meaningOf(const PolicySpec &breaker)
{
    const DialectWords *words = wordsOf(breaker.type->dialect);
    return words != nullptr ? words->read(breaker.settings) : BreakerMeaning{};
}

Result<CarriedBreaker> carryOver(const PolicySpec &breaker, std::string_view dialect)
{
    const PolicyType *first = findPolicyType("circuit_breaker");
    const PolicyType *type = first->findDialect(dialect);
    const DialectWords *words = wordsOf(dialect);
    if (type == nullptr || words == nullptr) {
        std::string names = std::string(first->dialect);
        for (const PolicyType &other : first->otherDialects())
            names += ", " + std::string(other.dialect);
        return failure("there is no dialect '" + std::string(dialect) + "' of circuit_breaker; there is " + names);
    }
    CarriedBreaker carried;
    if (breaker.type->dialect == dialect) {
        carried.spec = breaker;
        return carried;
    }
    carried.spec.type = type;
    carried.spec.settings = Settings(type->schema());
    Writer writer(carried.spec.settings, carried.settings);
    words->write(writer, meaningOf(breaker));
    if (type->schema().conflict)
        if (const std::string conflict = type->schema().conflict(carried.spec.settings.config()); !conflict.empty())
            return failure("carried over to " + std::string(dialect) + ": " + conflict);
    return carried;
}

} // namespace halfopen
