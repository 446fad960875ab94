// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/replay.h"
#include "core/policies/dialects/resilience4j_circuit_breaker.h"

namespace halfopen::conform {

namespace {

/// A share, from a threshold in percent.
double shareOf(const Json &cfg, const char *key)
{
    const auto percent = cfg.at(key).get<double>();
    if (!(percent > 0 && percent <= 100))
        throw std::invalid_argument("'" + std::string(key) + "' is " + cfg.at(key).dump()
                                    + ", expected a percentage above 0, up to 100");
    return percent / 100;
}

void readOpenWait(const Json &wait, Resilience4jBreakerConfig &c)
{
    if (oneOf(wait, "kind", {"fixed", "exponential"}) == 0) {
        c.waitDurationInOpenState = milliseconds(wait, "ms");
        return;
    }
    c.waitDurationInOpenState = milliseconds(wait, "initialMs");
    c.enableExponentialBackoff = true;
    c.exponentialBackoffMultiplier = wait.at("multiplier").get<double>();
    if (const auto most = wait.find("maxMs"); most != wait.end() && !most->is_null())
        c.exponentialMaxWaitDurationInOpenState = milliseconds(wait, "maxMs");
}

Resilience4jBreakerConfig readConfig(const Json &header)
{
    constexpr std::int64_t kMaxCount = 1'000'000'000;
    constexpr std::int64_t kMaxWindow = 10'000'000;
    const Json &cfg = header.at("cfg");
    Resilience4jBreakerConfig c;
    c.slidingWindowType =
        static_cast<Resilience4jWindowType>(oneOf(cfg, "slidingWindowType", {"COUNT_BASED", "TIME_BASED"}));
    c.slidingWindowSize = wholeNumber(cfg, "slidingWindowSize", 1, kMaxWindow);
    c.minimumNumberOfCalls = wholeNumber(cfg, "minimumNumberOfCalls", 1, kMaxCount);
    c.failureRateThreshold = shareOf(cfg, "failureRateThreshold");
    c.slowCallRateThreshold = shareOf(cfg, "slowCallRateThreshold");
    c.slowCallDurationThreshold = milliseconds(cfg, "slowCallDurationThresholdMs");
    c.permittedNumberOfCallsInHalfOpenState = wholeNumber(cfg, "permittedNumberOfCallsInHalfOpenState", 1, kMaxWindow);
    if (const Duration wait = milliseconds(cfg, "maxWaitDurationInHalfOpenStateMs"); wait > Duration(0))
        c.maxWaitDurationInHalfOpenState = wait;
    c.transitionToStateAfterWaitDuration =
        static_cast<Resilience4jAfterWait>(oneOf(cfg, "transitionToStateAfterWaitDuration", {"OPEN", "CLOSED"}));
    c.automaticTransitionFromOpenToHalfOpenEnabled = cfg.at("automaticTransitionFromOpenToHalfOpenEnabled").get<bool>();
    readOpenWait(cfg.at("waitInOpenState"), c);
    // The recording knows three kinds of exceptions; three kinds of outcomes stand for them.
    c.ignoreExceptions = {"rejected"};
    if (cfg.at("recordExceptionsListed").get<bool>())
        c.recordExceptions = {"error"};
    const std::int64_t intoSecond = header.at("epochMs").get<std::int64_t>() % 1000;
    c.epochPhase = std::chrono::milliseconds(intoSecond < 0 ? intoSecond + 1000 : intoSecond);
    return c;
}

std::string letterOf(BreakerState state)
{
    static constexpr char kLetters[] = {'C', 'O', 'H', 'F', 'D', 'M'};
    return std::string(1, kLetters[static_cast<std::size_t>(state)]);
}

class Resilience4jBreakerReplay final : public Replay {
public:
    explicit Resilience4jBreakerReplay(const Json &header) : m_breaker(readConfig(header)) {}

    void step(const Json &line, Comparison &found) override
    {
        const Instant now = timeOf(line);
        while (m_breaker.nextTimer() <= now)
            m_breaker.handleTimer(m_breaker.nextTimer());
        const auto op = line.at("op").get<std::string>();
        if (op == "try")
            ask(now, line, found);
        else if (op == "man")
            found.same("ok", std::int64_t{byHand(now, line)});
        else if (op == "rel")
            release(now, line);
        else if (op != "look")
            end(now, line, op);
        observe(now, found);
    }

private:
    void ask(Instant now, const Json &line, Comparison &found)
    {
        PolicyCall call = m_calls.begin();
        const bool ok = m_breaker.admit(now, call).kind != Admission::Kind::Refuse;
        found.same("ok", std::int64_t{ok});
        if (line.at("ok").get<int>() == 1)
            m_calls.number(line.at("id").get<std::int64_t>());
    }
    void end(Instant now, const Json &line, const std::string &op)
    {
        Outcome outcome;
        if (op == "err")
            outcome.kind = OutcomeKind::Error;
        else if (op == "ign")
            outcome.kind = OutcomeKind::Rejected;
        else if (op == "oth")
            outcome.kind = OutcomeKind::ConnectionReset;
        else if (op != "succ")
            throw std::invalid_argument("unknown operation '" + op + "'");
        PolicyCall call = m_calls.find(line.at("id").get<std::int64_t>());
        static_cast<void>(m_breaker.onOutcome(now, call, outcome));
    }
    void release(Instant now, const Json &line)
    {
        if (!line.contains("id")) {
            m_breaker.releasePermission();
            return;
        }
        PolicyCall call = m_calls.find(line.at("id").get<std::int64_t>());
        m_breaker.onCancelled(now, call);
    }
    bool byHand(Instant now, const Json &line)
    {
        const auto to = line.at("to").get<std::string>();
        if (to == "reset") {
            m_breaker.reset(now);
            return true;
        }
        if (to == "open_for")
            return m_breaker.openFor(now, milliseconds(line, "d"));
        // In the order of BreakerState.
        const auto state = oneOf(line, "to", {"closed", "open", "half_open", "forced_open", "disabled", "metrics_only"});
        return m_breaker.transition(now, static_cast<BreakerState>(state));
    }
    void observe(Instant now, Comparison &found)
    {
        const BreakerSnapshot s = m_breaker.snapshot(now);
        found.same("st", letterOf(s.state));
        found.same("fr", m_breaker.failureRatePercent(now));
        found.same("sr", m_breaker.slowCallRatePercent(now));
        found.same("n", std::int64_t{s.window.calls});
        found.same("nf", std::int64_t{s.window.failures});
        found.same("ns", std::int64_t{s.window.slow});
        found.same("np", std::int64_t{m_breaker.notPermittedCalls()});
    }

    Resilience4jCircuitBreaker m_breaker;
    Calls m_calls;
};

} // namespace

std::unique_ptr<Replay> makeResilience4jBreakerReplay(const Json &header)
{
    return std::make_unique<Resilience4jBreakerReplay>(header);
}

} // namespace halfopen::conform
