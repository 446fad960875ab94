// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/versioned_row.h"

#include "core/base/portable_math.h"
#include "core/base/random.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <queue>
#include <tuple>
#include <vector>

namespace halfopen::verify {

namespace {

enum class Step : std::uint8_t { ReadArrives, VersionReturns, WriteArrives, AnswerReturns };

struct Event {
    std::int64_t atNs;
    std::uint64_t order; ///< equal times run in the order of scheduling
    std::uint32_t client;
    Step step;
    bool operator>(const Event &other) const { return std::tie(atNs, order) > std::tie(other.atNs, other.order); }
};

struct Client {
    alignas(8) std::array<std::byte, Retry::kStateBytes> state{};
    std::uint32_t messages = 0; ///< sent to it or by it, numbers its draws
    std::uint64_t version = 0;  ///< as read
    bool written = false;       ///< the answer on its way is OK
};

class Row {
public:
    Row(const VersionedRowWorld &world, const RetryConfig &retry, std::uint64_t seed)
        : m_world(world), m_retry(retry), m_network(seed, "network"), m_backoff(seed, "backoff"), m_clients(world.clients)
    {
    }

    VersionedRowResult run()
    {
        for (std::uint32_t c = 0; c < m_clients.size(); ++c) {
            PolicyCall call = callOf(c);
            (void)m_retry.admit(Instant(), call);
            send(0, c, Step::ReadArrives);
        }
        while (!m_events.empty()) {
            const Event event = m_events.top();
            m_events.pop();
            handle(event);
        }
        return m_result;
    }

private:
    PolicyCall callOf(std::uint32_t c) { return {m_clients[c].state.data(), c, m_backoff}; }

    /// The message of \a step leaves at \a fromNs.
    void send(std::int64_t fromNs, std::uint32_t c, Step step)
    {
        const std::uint64_t bits = m_network.draw(c, m_clients[c].messages++);
        const double p = (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
        const double delay = static_cast<double>(m_world.delayMean.count())
            + static_cast<double>(m_world.delayDeviation.count()) * normalQuantile(p);
        m_events.push({fromNs + std::llround(std::abs(delay)), m_order++, c, step});
    }

    void handle(const Event &event)
    {
        Client &client = m_clients[event.client];
        switch (event.step) {
        case Step::ReadArrives:
            client.version = m_version;
            send(event.atNs, event.client, Step::VersionReturns);
            return;
        case Step::VersionReturns:
            send(event.atNs, event.client, Step::WriteArrives);
            return;
        case Step::WriteArrives:
            ++m_result.writes;
            client.written = client.version == m_version;
            m_version += client.written ? 1 : 0;
            send(event.atNs, event.client, Step::AnswerReturns);
            return;
        case Step::AnswerReturns:
            answered(event);
        }
    }

    void answered(const Event &event)
    {
        if (m_clients[event.client].written) {
            m_result.lastSuccess = Instant::fromNs(event.atNs);
            return;
        }
        PolicyCall call = callOf(event.client);
        const Verdict verdict =
            m_retry.onOutcome(Instant::fromNs(event.atNs), call, Outcome{.kind = OutcomeKind::Error, .status = 409});
        if (verdict.kind == Verdict::Kind::RetryAt)
            send(verdict.atNs, event.client, Step::ReadArrives);
    }

    VersionedRowWorld m_world;
    Retry m_retry;
    RandomStream m_network;
    RandomStream m_backoff;
    std::vector<Client> m_clients;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events;
    std::uint64_t m_order = 0;
    std::uint64_t m_version = 0;
    VersionedRowResult m_result;
};

} // namespace

VersionedRowResult runVersionedRow(const VersionedRowWorld &world, const RetryConfig &retry, std::uint64_t seed)
{
    return Row(world, retry, seed).run();
}

} // namespace halfopen::verify
