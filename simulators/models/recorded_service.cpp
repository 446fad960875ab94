// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/recorded_service.h"

#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kNeighbours = 16;
enum Phase : std::uint8_t {
    Answering,
    Censored,
    BlackHole,
    Sending, ///< the end of its answer is scheduled
    Gone,    ///< lost in a crash; the slot is freed when its event comes
    Told,    ///< stands for one that is gone, until its caller has heard it
};

} // namespace

RecordedService::RecordedService(const ServiceSpec &spec, std::uint32_t index, const Scenario &scenario,
                                 std::uint64_t seed, Recorder &recorder)
    : m_recording(*spec.recording), m_random(seed, "service " + spec.name), m_count(recorder.service(index)),
      m_faults(scenario, spec, seed, Instant(recorder.record().duration))
{
    m_byEndpoint.resize(m_recording.endpoints.size() + 1);
    for (std::uint32_t i = 0; i < m_recording.attempts.size(); ++i) {
        m_byEndpoint[m_recording.attempts[i].endpoint].push_back(i);
        m_byEndpoint.back().push_back(i);
    }
}

void RecordedService::replaysExactly(std::uint32_t edge)
{
    if (m_exactEdges.size() <= edge)
        m_exactEdges.resize(edge + 1);
    m_exactEdges[edge] = true;
}

const RecordedAttempt &RecordedService::neighbour(Instant now, std::uint16_t endpoint, std::uint64_t bits) const
{
    const std::vector<std::uint32_t> &list = m_byEndpoint[endpoint];
    const auto after = std::lower_bound(list.begin(), list.end(), now, [this](std::uint32_t i, Instant t) {
        return m_recording.attempts[i].start < t;
    });
    const auto middle = static_cast<std::size_t>(after - list.begin());
    const std::size_t count = std::min(kNeighbours, list.size());
    const std::size_t first = std::min(middle > count / 2 ? middle - count / 2 : 0, list.size() - count);
    const auto chosen = static_cast<std::size_t>(static_cast<UnsignedWide>(bits) * count >> 64);
    return m_recording.attempts[list[first + chosen]];
}

std::uint32_t RecordedService::coinOf(const Frame &frame) const
{
    return static_cast<std::uint32_t>(m_random.draw(~frame.key, frame.attempts) >> 32);
}

bool RecordedService::arrive(Instant now, std::uint32_t r, const Frame &frame, Outcome &answer)
{
    Request &request = m_engine->request(r);
    request.instance = 0;
    ++m_count.arrivals;
    const bool exactCall = frame.edge < m_exactEdges.size() && m_exactEdges[frame.edge];
    const std::uint64_t number = callNumber(frame.key);
    const RecordedAttempt *recorded = nullptr;
    if (exactCall && number < m_recording.firstAttempts.size())
        recorded = &m_recording.attempts[m_recording.firstAttempts[number]];
    if (!recorded || frame.attempts > 1) {
        const std::uint16_t endpoint =
            recorded ? recorded->endpoint : static_cast<std::uint16_t>(m_byEndpoint.size() - 1);
        recorded = &neighbour(now, endpoint, m_random.draw(frame.key, frame.attempts));
        ++m_count.synthetic;
    }
    std::int64_t work = recorded->duration.count();
    Outcome outcome = recorded->outcome;
    request.phase = recorded->censored ? Censored : Answering;
    if (m_faults.anyActive()) {
        const FaultSchedule::Subject subject{0, frame.edge, coinOf(frame)};
        const FaultDecision fault = m_faults.decide(kAtArrival, subject, now);
        if (fault.refuse) {
            ++m_count.refused;
            answer = fault.outcome;
            return !losesRefusal(now, r);
        }
        if (fault.blackHole) {
            ++m_count.refused;
            request.phase = BlackHole;
            return false;
        }
        const FaultDecision slow = m_faults.decide(kAtWork, subject, now);
        work = static_cast<std::int64_t>(std::min<Wide>(static_cast<Wide>(work) * slow.slowdownPermille / 1000, kWorkMaxNs))
            + slow.delay.count() + slow.delayPerRequest.count() * (m_busy + 1);
        work = static_cast<std::int64_t>(static_cast<Wide>(std::min(work, kWorkMaxNs)) * slow.workPermille / 1000)
            + std::max<std::int64_t>(0, fault.heldUntil.ns() - now.ns());
        if (slow.fail)
            outcome = slow.outcome;
    }
    request.coin = static_cast<std::uint32_t>(outcome.kind) | static_cast<std::uint32_t>(outcome.status) << 8;
    settle(now);
    ++m_busy;
    ++m_count.started;
    ++m_count.waitedNot;
    m_count.service.record(work);
    m_engine->scheduleWork(r, now.ns() + std::min(work, kWorkMaxNs));
    return false;
}

bool RecordedService::onWork(Instant now, std::uint32_t r, Outcome &answer)
{
    Request &request = m_engine->request(r);
    if (request.phase == Gone) {
        m_engine->drop(r);
        return false;
    }
    if (request.phase != Sending) {
        settle(now);
        --m_busy;
        ++m_count.completed;
        if (m_faults.touchesAnswers() && keepsAnswer(now, r))
            return false;
    }
    answer = {.kind = static_cast<OutcomeKind>(request.coin & 255),
              .status = static_cast<std::uint16_t>(request.coin >> 8)};
    if (!isGood(answer.kind))
        ++m_count.failed;
    if (!m_engine->callerWaits(r))
        ++m_count.wasted;
    else if (request.phase == Censored)
        ++m_count.unknown;
    return true;
}

void RecordedService::onCallerLeft(Instant, std::uint32_t r)
{
    if (m_engine->request(r).phase == BlackHole)
        m_engine->drop(r);
}

void RecordedService::onCallReturned(Instant, std::uint32_t, Outcome)
{
    HALFOPEN_CHECK(false); // it makes no calls
}

void RecordedService::onNote(Instant now, std::uint32_t note)
{
    m_faults.onNote(*m_engine, m_dependency, now, note);
    if (!m_faults.canCrash())
        return;
    const FaultDecision fault = m_faults.decideInstance(0, now);
    const bool wasDown = std::exchange(m_isDown, fault.crashes);
    if (m_isDown && !wasDown)
        crash(now, fault.crashesSilently);
}

/// Whether a fault keeps the answer, for a while or for ever.
bool RecordedService::keepsAnswer(Instant now, std::uint32_t r)
{
    if (!m_engine->callerWaits(r))
        return false;
    const Frame &frame = m_engine->frameOf(r);
    const FaultDecision fault = m_faults.decide(kAtAnswer, {0, frame.edge, coinOf(frame)}, now);
    if (fault.losesAnswer) {
        ++m_count.wasted;
        m_engine->request(r).phase = BlackHole;
        return true;
    }
    if (fault.answerTime.count() == 0)
        return false;
    m_engine->request(r).phase = Sending;
    m_engine->scheduleWork(r, now.ns() + std::min(fault.answerTime.count(), kWorkMaxNs));
    return true;
}

/// Whether a fault loses the answer to a request that is refused or gone: its caller waits on.
bool RecordedService::losesRefusal(Instant now, std::uint32_t r)
{
    if (!m_faults.mayLoseAnswers() || !m_engine->callerWaits(r))
        return false;
    const Frame &frame = m_engine->frameOf(r);
    if (!m_faults.losesAnswer({0, frame.edge, coinOf(frame)}, now))
        return false;
    m_engine->request(r).phase = BlackHole;
    return true;
}

/// Everything under way is lost.
void RecordedService::crash(Instant now, bool silently)
{
    settle(now);
    m_busy = 0;
    std::vector<std::uint32_t> lost;
    for (const std::uint32_t r : m_engine->requestsOf(m_dependency)) {
        Request &request = m_engine->request(r);
        if (request.phase != Answering && request.phase != Censored && request.phase != Sending)
            continue;
        ++(request.phase == Sending ? m_count.wasted : m_count.lost);
        if (m_engine->callerWaits(r)) {
            const std::uint32_t told = m_engine->handOver(r);
            m_engine->request(told).phase = silently ? BlackHole : Told;
            if (!silently)
                lost.push_back(told);
        }
        request.phase = Gone;
    }
    m_engine->sortByCall(lost);
    for (const std::uint32_t r : lost)
        if (!losesRefusal(now, r))
            m_engine->respond(r, {.kind = OutcomeKind::ConnectionReset});
}

Outcome RecordedService::probe(Instant now, std::uint32_t edge, std::uint64_t bits)
{
    const FaultDecision fault = m_faults.decideProbe({0, edge, static_cast<std::uint32_t>(mix64(bits) >> 32)}, now);
    return probeOutcome(fault, now);
}

void RecordedService::settle(Instant now)
{
    m_count.busyNs += m_busy * (now.ns() - m_settledNs);
    m_settledNs = now.ns();
}

} // namespace halfopen
