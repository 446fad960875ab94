// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/substitutes.h"

#include "core/base/check.h"
#include "core/engine/engine.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u; // 2^64 / golden ratio

} // namespace

void Substitutes::setOtherEdge(std::uint32_t edge, std::uint32_t layer, std::uint32_t otherEdge, std::uint64_t salt)
{
    m_otherEdges.push_back({edge, layer, otherEdge, salt});
}

void Substitutes::begin(std::uint32_t request, Phase phase, Outcome failed)
{
    Request &r = m_engine.request(request);
    r.phase = phase;
    if (m_free.empty()) {
        r.coin = static_cast<std::uint32_t>(m_failed.size());
        m_failed.push_back(failed);
        return;
    }
    r.coin = m_free.back();
    m_free.pop_back();
    m_failed[r.coin] = failed;
}

Outcome Substitutes::forget(std::uint32_t request)
{
    const std::uint32_t place = m_engine.request(request).coin;
    m_free.push_back(place);
    return m_failed[place];
}

/// The key differs with each try, so that a call that fails twice meets two chances.
void Substitutes::call(std::uint32_t request, std::uint32_t edge, std::uint32_t layer, const Frame &frame, Outcome failed)
{
    const auto other = std::find_if(m_otherEdges.begin(), m_otherEdges.end(),
                                    [&](const OtherEdge &o) { return o.edge == edge && o.layer == layer; });
    HALFOPEN_CHECK(other != m_otherEdges.end());
    begin(request, Calling, failed);
    const std::uint64_t tries = frame.attempts + (static_cast<std::uint64_t>(frame.retries) << 16);
    m_engine.callOn(other->other, request, mix64((frame.key + tries * kOdd) ^ other->salt), frame.process);
}

void Substitutes::work(std::uint32_t request, std::int64_t atNs, Outcome failed)
{
    begin(request, Working, failed);
    m_engine.scheduleWork(request, atNs);
}

bool Substitutes::arrive(Instant, std::uint32_t, const Frame &, Outcome &)
{
    HALFOPEN_CHECK(!"no edge leads here");
    return false;
}

bool Substitutes::onWork(Instant, std::uint32_t request, Outcome &)
{
    if (m_engine.request(request).phase == Abandoned) {
        m_engine.drop(request);
        return false;
    }
    const Outcome failed = forget(request);
    m_engine.respondSubstitute(request, failed, {});
    return false;
}

void Substitutes::onCallReturned(Instant, std::uint32_t request, Outcome outcome)
{
    const Outcome failed = forget(request);
    m_engine.respondSubstitute(request, failed, outcome);
}

void Substitutes::onCallerLeft(Instant, std::uint32_t request)
{
    forget(request);
    Request &r = m_engine.request(request);
    if (r.phase == Working) {
        r.phase = Abandoned; // its event is still to come
        return;
    }
    m_engine.cancelCallsOf(request);
    m_engine.drop(request);
}

// --- the engine's side

Substitutes &Engine::substitutes()
{
    if (!m_substitutes) {
        m_substitutes = std::make_unique<Substitutes>(*this);
        m_substitutesNumber = addDependency(m_substitutes.get());
        m_substitutes->setNumber(m_substitutesNumber);
    }
    return *m_substitutes;
}

void Engine::setOtherEdge(std::uint32_t edge, std::uint32_t layer, std::uint32_t otherEdge)
{
    substitutes().setOtherEdge(edge, layer, otherEdge, hashText(m_edges[otherEdge]->name) + layer * kOdd);
}

void Engine::beginSubstitute(Frame *f, std::size_t layer, Verdict verdict, Outcome failed)
{
    const std::uint32_t r = newTask(substitutes().number());
    requestAt(r)->frame = indexOf(f);
    f->depth = static_cast<std::uint8_t>(layer + 1);
    f->pending = r;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Request);
    if (verdict.kind == Verdict::Kind::CallOther)
        return m_substitutes->call(r, f->edge, static_cast<std::uint32_t>(layer), *f, failed);
    HALFOPEN_CHECK(verdict.kind == Verdict::Kind::WorkUntil);
    m_substitutes->work(r, std::min(std::max(verdict.atNs, m_nowNs), EventKey::kTimeMax), failed);
}

void Engine::respondSubstitute(std::uint32_t r, Outcome failed, Outcome substitute)
{
    Frame *f = frameAt(requestAt(r)->frame);
    HALFOPEN_CHECK(f->pending == r && f->waiting == static_cast<std::uint8_t>(Frame::Waiting::Request));
    freeRequest(r);
    f->pending = 0;
    f->waiting = static_cast<std::uint8_t>(Frame::Waiting::Nothing);
    Edge &edge = edgeOf(f);
    const std::size_t layer = f->depth - 1u;
    Layer &l = edge.layer[layer];
    PolicyCall call = policyCall(f, l);
    const Verdict v = policyOf(l, f)->onSubstitute(now(), call, failed, substitute);
    if (v.hasEvents)
        collectEvents(l, f->process);
    if (l.attended)
        attend(l, f->process);
    Outcome outcome = failed;
    int again = -1;
    if (obey(f, layer, v, outcome, again))
        again = goOutwards(f, edge, layer, outcome);
    if (again >= 0)
        enter(f, static_cast<std::size_t>(again) + 1);
}

} // namespace halfopen
