// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/replay.h"
#include "core/policies/dialects/resilience4j_bulkhead.h"
#include "core/policies/dialects/resilience4j_interval.h"
#include "core/policies/dialects/resilience4j_rate_limiter.h"
#include "core/policies/dialects/resilience4j_retry.h"

#include <algorithm>
#include <cmath>

namespace halfopen::conform {

namespace {

constexpr std::int64_t kMaxCount = 1'000'000'000;

// ---- rate limiter ----

class RateLimiterReplay final : public Replay {
public:
    explicit RateLimiterReplay(const Json &cfg)
        : m_limiter({.limitForPeriod = wholeNumber(cfg, "limitForPeriod", 1, kMaxCount),
                     .limitRefreshPeriod = milliseconds(cfg, "limitRefreshPeriodMs", 1),
                     .timeoutDuration = milliseconds(cfg, "timeoutMs")},
                    Instant())
    {
    }
    void step(const Json &line, Comparison &found) override
    {
        const Instant now = timeOf(line);
        const auto op = line.at("op").get<std::string>();
        if (op == "res") {
            const auto wait = m_limiter.reserve(now, wholeNumber(line, "p", 0, kMaxCount));
            found.same("w", wait ? *wait / std::chrono::milliseconds(1) : -1);
        } else if (op == "drain") {
            m_limiter.drain(now);
        } else if (op == "limit") {
            m_limiter.setLimit(wholeNumber(line, "to", 1, kMaxCount));
        } else if (op == "timeout") {
            m_limiter.setTimeout(milliseconds(line, "to"));
        } else if (op != "look") {
            throw std::invalid_argument("unknown operation '" + op + "'");
        }
        found.same("av", m_limiter.available(now));
        found.same("nw", m_limiter.waitFor(now) / std::chrono::milliseconds(1));
        found.same("cy", m_limiter.cycle(now));
    }

private:
    Resilience4jRateLimiter m_limiter;
};

// ---- bulkhead ----

class BulkheadReplay final : public Replay {
public:
    explicit BulkheadReplay(const Json &cfg) : m_places(wholeNumber(cfg, "maxConcurrentCalls", 0, kMaxCount)) {}

    void step(const Json &line, Comparison &found) override
    {
        const auto op = line.at("op").get<std::string>();
        if (op == "try")
            found.same("ok", std::int64_t{m_places.tryAcquire()});
        else if (op == "done" || op == "overdone")
            m_places.release();
        else if (op == "resize")
            m_places.resize(wholeNumber(line, "to", 0, kMaxCount));
        else if (op != "look")
            throw std::invalid_argument("unknown operation '" + op + "'");
        found.same("av", m_places.freePlaces());
        found.same("max", m_places.maxConcurrentCalls());
    }

private:
    Resilience4jSemaphore m_places;
};

// ---- waits ----

std::string listOf(const std::vector<std::int64_t> &values)
{
    std::string text = "[";
    for (const std::int64_t value : values)
        text += (text.size() > 1 ? "," : "") + std::to_string(value);
    return text + "]";
}

void compareWaits(const Json &line, const std::vector<std::int64_t> &waits, Comparison &found)
{
    const auto recorded = line.at("waitsMs").get<std::vector<std::int64_t>>();
    if (recorded != waits)
        found.differ("waitsMs", listOf(recorded), listOf(waits));
}

std::optional<std::int64_t> optionalMs(const Json &line, const char *key)
{
    const auto value = line.find(key);
    if (value == line.end() || value->is_null())
        return std::nullopt;
    return value->get<std::int64_t>();
}

/// As many draws of our own as the recording made: all inside the range that the formula gives, the same mean (1 %, as the
/// recording's own reader should allow, or what few draws scatter) and the same share at the cap (within five standard deviations).
void compareDraws(const Json &line, const Resilience4jInterval &interval, Comparison &found)
{
    const auto attempt = line.at("attempt").get<std::int64_t>();
    const auto draws = line.at("draws").get<std::int64_t>();
    if (draws < 1 || draws > 10'000'000)
        throw std::invalid_argument("'draws' must be 1 to 10000000");
    found.same("baseMs", interval.baseMs(attempt));
    const auto base = static_cast<double>(interval.baseMs(attempt));
    const double spread = *interval.randomizationFactor * base;
    auto least = std::max<std::int64_t>(1, static_cast<std::int64_t>(base - spread));
    auto most = static_cast<std::int64_t>(base + spread + 1);
    if (interval.maxMs) {
        least = std::min(least, *interval.maxMs);
        most = std::min(most, *interval.maxMs);
    }
    const RandomStream random(1, "conform.backoff");
    double sum = 0;
    std::int64_t atMax = 0;
    for (std::int64_t i = 0; i < draws; ++i) {
        const std::int64_t wait = interval.waitMs(attempt, random.draw(static_cast<std::uint64_t>(i), 0));
        if (wait < least || wait > most)
            found.differ("wait", std::to_string(least) + ".." + std::to_string(most), std::to_string(wait));
        sum += static_cast<double>(wait);
        atMax += interval.maxMs && wait == *interval.maxMs;
    }
    const double mean = sum / static_cast<double>(draws);
    const auto recorded = line.at("seenMean").get<double>();
    // Few draws scatter more than 1 %: five standard deviations of the difference of two means of uniform draws.
    const double scatter = 5 * spread * std::sqrt(2 / (3 * static_cast<double>(draws)));
    if (std::abs(mean - recorded) > std::max(0.01 * recorded, scatter))
        found.differ("mean", std::to_string(recorded), std::to_string(mean));
    if (line.at("seenMin").get<std::int64_t>() < least)
        found.differ("least possible wait", line.at("seenMin").dump(), std::to_string(least));
    if (line.at("seenMax").get<std::int64_t>() > most)
        found.differ("longest possible wait", line.at("seenMax").dump(), std::to_string(most));
    if (const auto seenAtMax = optionalMs(line, "seenAtMax")) {
        const double share = static_cast<double>(*seenAtMax) / static_cast<double>(draws);
        const double deviation = std::sqrt(2 * static_cast<double>(draws) * share * (1 - share));
        if (std::abs(static_cast<double>(atMax - *seenAtMax)) > 5 * deviation + 1)
            found.differ("waits at the cap", std::to_string(*seenAtMax), std::to_string(atMax));
    }
}

// ---- retry ----

Resilience4jInterval readInterval(const Json &wait)
{
    if (oneOf(wait, "kind", {"fixed", "exponential"}) == 0)
        return {.initialMs = wait.at("ms").get<std::int64_t>()};
    return {.initialMs = wait.at("initialMs").get<std::int64_t>(),
            .multiplier = wait.at("multiplier").get<double>(),
            .maxMs = optionalMs(wait, "maxMs")};
}

/// What the protected function did, as the settings of the case sort it.
Resilience4jEnd endOf(const std::string &word, const Json &line)
{
    if (word == "ok")
        return Resilience4jEnd::Good;
    if (word == "bad")
        return line.at("retryOnBadResult").get<bool>() ? Resilience4jEnd::BadResult : Resilience4jEnd::Good;
    const bool listed = line.at("retryExceptionsListed").get<bool>();
    if (word == "err" || (word == "oth" && !listed))
        return Resilience4jEnd::RetriedError;
    if (word == "oth" || word == "ign")
        return Resilience4jEnd::UnretriedError;
    throw std::invalid_argument("unknown word '" + word + "' in the script");
}

} // namespace

void checkResilience4jBackoff(const Json &line, Comparison &found)
{
    Resilience4jInterval interval{.initialMs = line.at("initialMs").get<std::int64_t>(), .maxMs = optionalMs(line, "maxMs")};
    const std::size_t kind = oneOf(line, "kind", {"fixed", "exponential", "exponentialRandom"});
    if (kind != 0)
        interval.multiplier = line.at("multiplier").get<double>();
    if (kind == 2) {
        interval.randomizationFactor = line.at("randomizationFactor").get<double>();
        compareDraws(line, interval, found);
        return;
    }
    std::vector<std::int64_t> waits;
    for (std::size_t i = 1; i <= line.at("waitsMs").size(); ++i)
        waits.push_back(interval.waitMs(static_cast<std::int64_t>(i)));
    compareWaits(line, waits, found);
}

void checkResilience4jRetry(const Json &line, Comparison &found)
{
    Resilience4jRetryRules config;
    config.maxAttempts = line.at("maxAttempts").get<std::int64_t>();
    config.failAfterMaxAttempts = line.at("failAfterMaxAttempts").get<bool>();
    config.retriesItsOwnException = !line.at("retryExceptionsListed").get<bool>();
    config.interval = readInterval(line.at("wait"));
    Resilience4jRetryCore retry(config);
    Resilience4jRetryCore::Call call;
    std::vector<std::int64_t> waits;
    std::string result;
    std::int64_t tried = 0;
    for (const auto &word : line.at("script").get<std::vector<std::string>>()) {
        ++tried;
        const auto decision = retry.onEnd(call, endOf(word, line));
        result = decision.maxRetriesExceeded ? "maxRetriesExceeded" : word;
        if (!decision.again)
            break;
        waits.push_back(decision.waitMs);
    }
    found.same("tried", tried);
    compareWaits(line, waits, found);
    found.same("result", result);
    const auto &counted = retry.counters();
    found.same("okNoRetry", counted.succeededWithoutRetry);
    found.same("okRetry", counted.succeededWithRetry);
    found.same("failNoRetry", counted.failedWithoutRetry);
    found.same("failRetry", counted.failedWithRetry);
    found.same("total", counted.total);
}

std::unique_ptr<Replay> makeResilience4jRateLimiterReplay(const Json &header)
{
    return std::make_unique<RateLimiterReplay>(header.at("cfg"));
}

std::unique_ptr<Replay> makeResilience4jBulkheadReplay(const Json &header)
{
    return std::make_unique<BulkheadReplay>(header.at("cfg"));
}

} // namespace halfopen::conform
