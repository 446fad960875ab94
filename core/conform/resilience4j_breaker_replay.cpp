// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/replay.h"
#include "core/policies/dialects/resilience4j_circuit_breaker.h"

namespace halfopen::conform {

namespace {

Resilience4jBreakerConfig readConfig(const Json &header)
{
    const Json &cfg = header.at("cfg");
    Resilience4jBreakerConfig c;
    const bool byTime = cfg.at("slidingWindowType") == "TIME_BASED";
    c.slidingWindowType = byTime ? Resilience4jWindowType::TimeBased : Resilience4jWindowType::CountBased;
    c.slidingWindowSize = cfg.at("slidingWindowSize").get<std::int64_t>();
    c.minimumNumberOfCalls = cfg.at("minimumNumberOfCalls").get<std::int64_t>();
    c.failureRateThreshold = cfg.at("failureRateThreshold").get<double>() / 100;
    c.slowCallRateThreshold = cfg.at("slowCallRateThreshold").get<double>() / 100;
    c.slowCallDurationThreshold = milliseconds(cfg.at("slowCallDurationThresholdMs"));
    c.permittedNumberOfCallsInHalfOpenState = cfg.at("permittedNumberOfCallsInHalfOpenState").get<std::int64_t>();
    if (const Duration wait = milliseconds(cfg.at("maxWaitDurationInHalfOpenStateMs")); wait > Duration(0))
        c.maxWaitDurationInHalfOpenState = wait;
    c.transitionToStateAfterWaitDuration = cfg.at("transitionToStateAfterWaitDuration") == "CLOSED"
        ? Resilience4jAfterWait::Closed
        : Resilience4jAfterWait::Open;
    c.automaticTransitionFromOpenToHalfOpenEnabled = cfg.at("automaticTransitionFromOpenToHalfOpenEnabled").get<bool>();
    const Json &wait = cfg.at("waitInOpenState");
    if (wait.at("kind") == "exponential") {
        c.waitDurationInOpenState = milliseconds(wait.at("initialMs"));
        c.enableExponentialBackoff = true;
        c.exponentialBackoffMultiplier = wait.at("multiplier").get<double>();
        if (!wait.at("maxMs").is_null())
            c.exponentialMaxWaitDurationInOpenState = milliseconds(wait.at("maxMs"));
    } else {
        c.waitDurationInOpenState = milliseconds(wait.at("ms"));
    }
    // The recording knows three kinds of exceptions; three kinds of outcomes stand for them.
    c.ignoreExceptions = {"rejected"};
    if (cfg.at("recordExceptionsListed").get<bool>())
        c.recordExceptions = {"error"};
    c.epochPhase = std::chrono::milliseconds(header.at("epochMs").get<std::int64_t>() % 1000);
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
            return m_breaker.openFor(now, milliseconds(line.at("d")));
        static const std::map<std::string, BreakerState> kStates = {
            {"closed", BreakerState::Closed},          {"open", BreakerState::Open},
            {"half_open", BreakerState::HalfOpen},     {"forced_open", BreakerState::ForcedOpen},
            {"disabled", BreakerState::Disabled},      {"metrics_only", BreakerState::MetricsOnly},
        };
        return m_breaker.transition(now, kStates.at(to));
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
