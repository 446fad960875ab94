// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/replay.h"
#include "core/policies/dialects/gobreaker_circuit_breaker.h"

namespace halfopen::conform {

namespace {

GobreakerConfig readConfig(const Json &cfg)
{
    constexpr std::int64_t kMaxCount = 1'000'000'000;
    GobreakerConfig config;
    const auto optionalTime = [&cfg](const char *key) -> std::optional<Duration> {
        const Duration d = milliseconds(cfg, key);
        return d > Duration(0) ? std::optional(d) : std::nullopt;
    };
    if (const auto max = wholeNumber(cfg, "maxRequests", 0, kMaxCount); max > 0)
        config.maxRequests = max; // 0 means the default
    config.interval = optionalTime("intervalMs");
    config.bucketPeriod = optionalTime("bucketPeriodMs");
    if (config.interval && config.bucketPeriod && *config.interval / *config.bucketPeriod > 1'000'000)
        throw std::invalid_argument("intervalMs holds more than 1000000 buckets of bucketPeriodMs");
    if (const auto timeout = optionalTime("timeoutMs"))
        config.timeout = *timeout;
    const Json &rule = cfg.at("readyToTrip");
    switch (oneOf(rule, "kind", {"default", "consecutive", "total", "ratio"})) {
    case 1:
        config.readyToTrip.threshold = wholeNumber(rule, "n", 0, kMaxCount);
        break;
    case 2:
        config.readyToTrip.kind = GobreakerTrip::Total;
        config.readyToTrip.threshold = wholeNumber(rule, "n", 0, kMaxCount);
        break;
    case 3:
        config.readyToTrip.kind = GobreakerTrip::Ratio;
        config.readyToTrip.minRequests = wholeNumber(rule, "minRequests", 0, kMaxCount);
        config.readyToTrip.ratio = rule.at("ratio").get<double>();
        break;
    default:
        break;
    }
    config.isExcluded = {"rejected"};
    return config;
}

Outcome outcomeOf(const std::string &word)
{
    if (word == "s")
        return {.kind = OutcomeKind::Success};
    if (word == "f")
        return {.kind = OutcomeKind::Error};
    if (word == "x")
        return {.kind = OutcomeKind::Rejected};
    throw std::invalid_argument("unknown outcome '" + word + "'");
}

std::string letterOf(BreakerState state)
{
    return state == BreakerState::Closed ? "C" : state == BreakerState::Open ? "O" : "H";
}

class GobreakerReplay final : public Replay {
public:
    explicit GobreakerReplay(const Json &header) : m_breaker(readConfig(header.at("cfg"))) {}

    void step(const Json &line, Comparison &found) override
    {
        const Instant now = timeOf(line);
        const auto op = line.at("op").get<std::string>();
        if (op == "allow") {
            PolicyCall call = m_calls.begin();
            const bool ok = m_breaker.admit(now, call).kind != Admission::Kind::Refuse;
            found.same("ok", std::int64_t{ok});
            if (!ok) // the library's two errors: ErrOpenState and ErrTooManyRequests
                found.same("why", std::string(m_breaker.state() == BreakerState::Open ? "open" : "many"));
            if (line.at("ok").get<int>() == 1)
                m_calls.number(line.at("id").get<std::int64_t>());
        } else if (op == "done") {
            PolicyCall call = m_calls.find(line.at("id").get<std::int64_t>());
            static_cast<void>(m_breaker.onOutcome(now, call, outcomeOf(line.at("out").get<std::string>())));
        } else if (op == "state") {
            found.same("ret", letterOf(m_breaker.askState(now)));
        } else {
            throw std::invalid_argument("unknown operation '" + op + "'");
        }
        observe(found);
    }

private:
    void observe(Comparison &found)
    {
        const GobreakerCounts &seen = m_breaker.counts();
        found.same("st", letterOf(m_breaker.state()));
        found.same("g", static_cast<std::int64_t>(m_breaker.generation()));
        found.same("rq", std::int64_t{seen.requests});
        found.same("ts", std::int64_t{seen.totalSuccesses});
        found.same("tf", std::int64_t{seen.totalFailures});
        found.same("tx", std::int64_t{seen.totalExclusions});
        found.same("cs", std::int64_t{seen.consecutiveSuccesses});
        found.same("cf", std::int64_t{seen.consecutiveFailures});
    }

    GobreakerCircuitBreaker m_breaker;
    Calls m_calls;
};

} // namespace

std::unique_ptr<Replay> makeGobreakerReplay(const Json &header)
{
    return std::make_unique<GobreakerReplay>(header);
}

} // namespace halfopen::conform
