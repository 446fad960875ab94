// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "tests/support/random_features.h"
#include "tests/support/shipped_files.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr const char *kFolder = HALFOPEN_SOURCE_DIR "/scenarios/";

/// Collects what does not hold, in words.
class Laws {
public:
    explicit Laws(const RunRecord &record) : m_record(record) {}

    QString broken()
    {
        calls();
        for (std::size_t i = 0; i < m_record.services.size(); ++i)
            service(i);
        for (std::size_t i = 0; i < m_record.services.size(); ++i)
            endpoints(i);
        for (std::size_t i = 0; i < m_record.pools.size(); ++i)
            pool(i);
        for (std::size_t i = 0; i < m_record.backlogs.size(); ++i)
            backlog(i);
        return m_broken;
    }
    int exactQueues() const { return m_exactQueues; }
    int endpointServices() const { return m_endpointServices; }

private:
    void demand(bool holds, const QString &law, const std::string &where, double got, double expected)
    {
        if (!holds)
            m_broken += QString("%1: %2 (%3 and %4)\n").arg(QString::fromStdString(where), law).arg(got).arg(expected);
    }

    /// Every call ends exactly once: begun = ended + in flight.
    void calls()
    {
        std::uint64_t inFlight = 0;
        for (std::size_t e = 0; e < m_record.edges.size(); ++e) {
            const EdgeTotals &edge = m_record.edgeTotals[e];
            demand(edge.offered >= edge.endedAll(), "more calls end than begin", m_record.edges[e].name,
                   static_cast<double>(edge.endedAll()), static_cast<double>(edge.offered));
            inFlight += edge.offered - edge.endedAll();
            demand(edge.goodLatency.count() + edge.badLatency.count() == edge.endedAll(), "each end has a latency",
                   m_record.edges[e].name, static_cast<double>(edge.goodLatency.count() + edge.badLatency.count()),
                   static_cast<double>(edge.endedAll()));
        }
        demand(inFlight == m_record.callsInFlight, "begun = ended + in flight", "all edges", static_cast<double>(inFlight),
               static_cast<double>(m_record.callsInFlight));
    }

    bool hasFault(const std::string &service) const
    {
        return std::any_of(m_record.scenario->faults.begin(), m_record.scenario->faults.end(),
                           [&](const FaultSpec &fault) { return fault.on == service; });
    }

    void service(std::size_t i)
    {
        const ServiceSpec &spec = m_record.scenario->services[i];
        const ServiceTotals &t = m_record.serviceTotals[i];
        if (spec.recording)
            return;
        // Arrivals = completions + rejections + refusals + given up + in flight, and no more are in flight than have room.
        const auto gone = t.completed + t.rejected + t.refused + t.abandoned + t.lost;
        demand(t.arrivals >= gone, "arrivals >= all ends", spec.name, static_cast<double>(gone), static_cast<double>(t.arrivals));
        const double room = static_cast<double>(spec.instances) * static_cast<double>(spec.workers + spec.queue);
        demand(static_cast<double>(t.arrivals - gone) <= room, "in flight <= workers and places", spec.name,
               static_cast<double>(t.arrivals - gone), room);
        demand(t.started >= t.completed, "completed <= started", spec.name, static_cast<double>(t.completed),
               static_cast<double>(t.started));
        const double capacity = static_cast<double>(spec.instances * spec.workers) * static_cast<double>(m_record.now.ns());
        demand(static_cast<double>(t.busyNs) <= capacity, "utilisation <= 1", spec.name, static_cast<double>(t.busyNs), capacity);
        demand(t.wait.count() == t.started, "each begin has a wait", spec.name, static_cast<double>(t.wait.count()),
               static_cast<double>(t.started));
        little(spec, t);
        arrivals(spec, t);
    }

    /// Little's law in its exact form: the integral of the queue's length is the sum of the waits. Who is dropped or still
    /// waits adds to the integral only.
    void little(const ServiceSpec &spec, const ServiceTotals &t)
    {
        const auto waits = static_cast<std::int64_t>(t.wait.sumNs());
        demand(t.queuedNs >= waits, "integral of the queue >= sum of waits", spec.name, static_cast<double>(t.queuedNs),
               static_cast<double>(waits));
        const bool nobodyLeaves = spec.keepsWorkingForDepartedCallers && !spec.queueTimeout && t.stoppedByDeadline == 0 && t.lost == 0
            && (spec.discipline == ServiceSpec::Discipline::Fifo || spec.discipline == ServiceSpec::Discipline::Lifo
                || spec.discipline == ServiceSpec::Discipline::Random);
        if (!nobodyLeaves || t.started + t.rejected + t.refused != t.arrivals)
            return; // some wait at the end
        m_exactQueues += waits > 0 ? 1 : 0;
        demand(t.queuedNs == waits, "integral of the queue = sum of waits", spec.name, static_cast<double>(t.queuedNs),
               static_cast<double>(waits));
    }

    /// What the endpoints of a service count adds up to what it counts itself.
    void endpoints(std::size_t service)
    {
        const ServiceTotals &whole = m_record.serviceTotals[service];
        EndpointTotals sum;
        bool any = false;
        for (std::size_t i = 0; i < m_record.endpoints.size(); ++i) {
            if (m_record.endpoints[i].service != service)
                continue;
            any = true;
            const EndpointTotals &t = m_record.endpointTotals[i];
            const std::string name = m_record.services[service] + "/" + m_record.endpoints[i].name;
            demand(t.arrivals >= t.completed + t.rejected + t.refused + t.abandoned + t.lost, "arrivals >= all ends", name,
                   static_cast<double>(t.completed + t.rejected + t.refused + t.abandoned + t.lost),
                   static_cast<double>(t.arrivals));
            demand(t.wait.count() == t.started && t.service.count() == t.started, "each begin has a wait and a work", name,
                   static_cast<double>(t.wait.count()), static_cast<double>(t.started));
            demand(t.latency.count() == t.completed, "each end has a latency", name, static_cast<double>(t.latency.count()),
                   static_cast<double>(t.completed));
            sum.arrivals += t.arrivals, sum.started += t.started, sum.completed += t.completed;
            sum.rejected += t.rejected, sum.refused += t.refused, sum.failed += t.failed;
            sum.lost += t.lost, sum.abandoned += t.abandoned;
            sum.wait.merge(t.wait);
            sum.service.merge(t.service);
        }
        if (!any)
            return;
        m_endpointServices += whole.completed > 0 ? 1 : 0;
        const auto same = [&](const char *what, std::uint64_t parts, std::uint64_t all) {
            demand(parts == all, QString("%1 of the endpoints = of the service").arg(what), m_record.services[service],
                   static_cast<double>(parts), static_cast<double>(all));
        };
        same("arrivals", sum.arrivals, whole.arrivals);
        same("started", sum.started, whole.started);
        same("completed", sum.completed, whole.completed);
        same("rejected", sum.rejected, whole.rejected);
        same("refused", sum.refused, whole.refused);
        same("failed", sum.failed, whole.failed);
        same("lost", sum.lost, whole.lost);
        same("abandoned", sum.abandoned, whole.abandoned);
        demand(sum.wait.sumNs() == whole.wait.sumNs() && sum.service.sumNs() == whole.service.sumNs(),
               "waits and work of the endpoints = of the service", m_record.services[service], sum.wait.meanNs(),
               whole.wait.meanNs());
    }

    /// What callers send arrives, unless a pool or the network keeps it.
    void arrivals(const ServiceSpec &spec, const ServiceTotals &t)
    {
        std::uint64_t sent = 0;
        for (std::size_t e = 0; e < m_record.edges.size(); ++e)
            if (m_record.edges[e].to == spec.name)
                sent += m_record.edgeTotals[e].attempts;
        std::uint64_t kept = 0;
        for (std::size_t p = 0; p < m_record.pools.size(); ++p)
            if (m_record.edges[m_record.pools[p].edge].to == spec.name)
                kept += m_record.poolTotals[p].asked - m_record.poolTotals[p].given;
        if (hasFault(spec.name)) // which may hold requests back
            demand(t.arrivals + kept <= sent, "arrivals <= attempts", spec.name, static_cast<double>(t.arrivals + kept),
                   static_cast<double>(sent));
        else if (m_record.pools.empty()) // else some were given a connection and leave with the next event
            demand(t.arrivals == sent, "arrivals = attempts", spec.name, static_cast<double>(t.arrivals), static_cast<double>(sent));
    }

    void pool(std::size_t i)
    {
        const PoolTotals &t = m_record.poolTotals[i];
        const std::string &edge = m_record.edges[m_record.pools[i].edge].name;
        demand(t.asked >= t.given + t.refused + t.left, "asked >= given + refused + left", edge,
               static_cast<double>(t.given + t.refused + t.left), static_cast<double>(t.asked));
        demand(t.asked == m_record.edgeTotals[m_record.pools[i].edge].attempts, "every attempt asks the pool", edge,
               static_cast<double>(t.asked), static_cast<double>(m_record.edgeTotals[m_record.pools[i].edge].attempts));
        const double all = static_cast<double>(m_record.pools[i].size * m_record.pools[i].pools);
        demand(static_cast<double>(t.heldNs) <= all * static_cast<double>(m_record.now.ns()), "connections in use <= size", edge,
               static_cast<double>(t.heldNs), all * static_cast<double>(m_record.now.ns()));
        const auto waits = static_cast<std::int64_t>(t.wait.sumNs());
        demand(t.waitingNs >= waits, "integral of the line >= sum of waits", edge, static_cast<double>(t.waitingNs),
               static_cast<double>(waits));
        if (t.asked == t.given) {
            m_exactQueues += waits > 0 ? 1 : 0;
            demand(t.waitingNs == waits, "integral of the line = sum of waits", edge, static_cast<double>(t.waitingNs),
                   static_cast<double>(waits));
        }
    }

    void backlog(std::size_t i)
    {
        const BacklogTotals &t = m_record.backlogTotals[i];
        const std::string &client = m_record.scenario->clients[m_record.backlogs[i].client].name;
        const std::uint64_t known = t.acknowledged + t.deadLettered + t.lost + t.backlog + t.inWork;
        demand(known == t.published, "published = done + dead + lost + waiting + in work", client, static_cast<double>(known),
               static_cast<double>(t.published));
        demand(t.age.count() == t.acknowledged, "each end has an age", client, static_cast<double>(t.age.count()),
               static_cast<double>(t.acknowledged));
    }

    const RunRecord &m_record;
    QString m_broken;
    int m_exactQueues = 0;
    int m_endpointServices = 0; ///< with endpoints, and work done
};

} // namespace

/// What is always true of queues and calls, whatever the policies do: of every shipped scenario and of random worlds.
class TestConservation : public QObject {
    Q_OBJECT
private slots:
    void ofEveryShippedScenario_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : shippedFiles())
            QTest::newRow(qPrintable(file)) << file;
    }
    void ofEveryShippedScenario()
    {
        QFETCH(QString, file);
        const LoadResult result = loadScenarioFile(kFolder + file.toStdString(), standardVocabulary());
        QVERIFY2(result.ok(), file.toUtf8());
        RunOptions options;
        if (file.startsWith("bench/"))
            options.duration = Duration(20s);
        Simulation simulation(result.scenario, options);
        simulation.runToEnd();
        QCOMPARE(Laws(simulation.snapshot()).broken(), QString());
    }

    void ofRandomWorlds()
    {
        int exact = 0;
        int withEndpoints = 0;
        std::uint64_t waited = 0, given = 0, stopped = 0, redelivered = 0;
        for (std::uint64_t number = 1; number <= 1500; ++number) {
            const auto world = std::make_shared<Scenario>(eventfulScenario(number));
            Simulation simulation(world);
            simulation.runToEnd();
            const RunRecord record = simulation.snapshot();
            Laws laws(record);
            const QString broken = laws.broken();
            QVERIFY2(broken.isEmpty(), qPrintable("world " + QString::number(number) + ": " + broken));
            exact += laws.exactQueues();
            withEndpoints += laws.endpointServices();
            for (const PoolTotals &pool : record.poolTotals)
                waited += pool.waited, given += pool.given;
            for (const ServiceTotals &service : record.serviceTotals)
                stopped += service.stoppedByDeadline;
            for (const BacklogTotals &queue : record.backlogTotals)
                redelivered += queue.redelivered;
        }
        // The worlds must be eventful enough to mean something.
        QVERIFY2(exact > 60, qPrintable(QString::number(exact)));
        QVERIFY2(withEndpoints > 300, qPrintable(QString::number(withEndpoints)));
        QVERIFY(waited > 1000 && given > waited / 4);
        QVERIFY2(stopped > 500, qPrintable(QString::number(stopped)));
        QVERIFY2(redelivered > 500, qPrintable(QString::number(redelivered)));
    }

    void theSameWorldGivesTheSameRun()
    {
        for (std::uint64_t number = 1; number <= 100; ++number) {
            const auto world = std::make_shared<Scenario>(eventfulScenario(number));
            Simulation a(world);
            a.runToEnd();
            Simulation b(world);
            while (!b.finished())
                b.runUntil(b.endTime(), 7); // in small steps
            QCOMPARE(b.snapshot().fingerprint, a.snapshot().fingerprint);
            QCOMPARE(b.snapshot().events, a.snapshot().events);
        }
    }
};

QTEST_GUILESS_MAIN(TestConservation)
#include "tst_conservation.moc"
