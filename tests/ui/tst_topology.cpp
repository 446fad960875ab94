// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "ui/models/time_axis_model.h"
#include "ui/models/topology.h"
#include "ui/theme.h"
#include "ui/views/topology_chart.h"
#include "ui/views/topology_view.h"

#include <QApplication>
#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<RunRecord> recordOf(const char *text)
{
    const LoadResult loaded = loadScenarioText(text, "chain.yaml", standardVocabulary());
    if (!loaded.ok())
        qFatal("%s", loaded.diagnostics.empty() ? "?" : loaded.diagnostics.front().text().c_str());
    Simulation simulation(loaded.scenario, {});
    simulation.runUntil(simulation.endTime(), ~0ull);
    return std::make_shared<RunRecord>(simulation.snapshot());
}

/// Two clients and a chain of two services; the last one is down from 10 s to 20 s, and its caller's breaker opens.
std::shared_ptr<RunRecord> chain()
{
    return recordOf(R"(halfopen: 1
name: chain
seed: 5
duration: 40s
services:
  db: { instances: 2, workers: 10, service_time: 10ms }
  api: { workers: 50, service_time: 1ms, calls: [ { to: db, policies: guard } ] }
clients:
  web: { arrivals: { constant: 100/s }, calls: [ { to: api } ] }
  batch: { processes: 3, arrivals: { constant: 20/s }, calls: [ { to: api } ] }
policies:
  guard: [ { circuit_breaker: { failure_threshold: 5, recovery_timeout: 60s } } ]
faults:
  - { on: db, from: 10s, for: 10s, error: { probability: 100% } }
)");
}

const TopologyNode &node(const Topology &world, const QString &name)
{
    for (const TopologyNode &n : world.nodes) {
        if (n.name == name)
            return n;
    }
    qFatal("no such node");
}

} // namespace

class TestTopology : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark).has_value());
        m_record = chain();
        m_breakers.update(m_record);
    }

    void servicesLieBelowTheirCallers()
    {
        const Topology world = topologyOf(*m_record);
        QCOMPARE(world.nodes.size(), std::size_t(4));
        QCOMPARE(world.edges.size(), std::size_t(3));
        QCOMPARE(node(world, "web").level, 0);
        QCOMPARE(node(world, "batch").level, 0);
        QCOMPARE(node(world, "batch").copies, 3);
        QCOMPARE(node(world, "api").level, 1);
        QCOMPARE(node(world, "db").level, 2);
        QCOMPARE(node(world, "db").copies, 2);
        QCOMPARE(world.levels, 3);
    }

    /// 100 and 20 calls a second arrive; one call to the api is one call to the database, which works 10 ms on each
    /// with 2 x 10 workers: 120/s x 10 ms / 20 = 6 %.
    void figuresAreThoseOfTheRange()
    {
        const Topology calm = topologyAt(*m_record, m_breakers, {Instant(2s), Instant(9s)});
        double offered = 0;
        for (const TopologyEdge &edge : calm.edges) {
            if (calm.nodes[edge.to].name == "api")
                offered += edge.offeredPerSecond;
            else
                QVERIFY(std::abs(edge.offeredPerSecond - 120) < 2);
            QCOMPARE(edge.badShare, 0.0);
        }
        QVERIFY(std::abs(offered - 120) < 2);
        QVERIFY(std::abs(*node(calm, "db").utilisation - 0.06) < 0.003);
        QVERIFY(node(calm, "db").faults.isEmpty());
    }

    void faultAndBreakerAreThoseAtItsEnd()
    {
        const Topology during = topologyAt(*m_record, m_breakers, {Instant(14s), Instant(15s)});
        QCOMPARE(node(during, "db").faults.size(), 1);
        QVERIFY(!node(during, "db").faults[0].startsWith("db"));
        QVERIFY(node(during, "api").faults.isEmpty());
        for (const TopologyEdge &edge : during.edges) {
            QCOMPARE(edge.badShare, 1.0); // the breaker is open: nothing works
            QCOMPARE(edge.breakers, edge.edge == 2 ? 1u : 0u);
        }
        QCOMPARE(int(during.edges[2].state), int(BreakerState::Open));
        const Topology later = topologyAt(*m_record, m_breakers, {Instant(30s), Instant(31s)});
        QVERIFY(node(later, "db").faults.isEmpty());
        QCOMPARE(int(later.edges[2].state), int(BreakerState::Open)); // until 70 s
        const Topology before = topologyAt(*m_record, m_breakers, {Instant(8s), Instant(9s)});
        QCOMPARE(int(before.edges[2].state), int(BreakerState::Closed));
    }

    void aServiceTellsItsEndpointsAndTheFaultOfOne()
    {
        const auto record = recordOf("halfopen: 1\nduration: 10s\n"
                                     "services: { shop: { workers: 9, endpoints: { browse: { service_time: 5ms }, buy: { service_time: 20ms } } } }\n"
                                     "clients:\n"
                                     "  web: { arrivals: { constant: 100/s }, calls: [ { to: shop, endpoint: browse } ] }\n"
                                     "  app: { arrivals: { constant: 10/s }, calls: [ { to: shop, endpoint: buy } ] }\n"
                                     "faults: [ { on: shop, endpoint: buy, from: 5s, error: 100% } ]\n");
        BreakerTimeline breakers;
        breakers.update(record);
        const Topology world = topologyAt(*record, breakers, {Instant(8s), Instant(9s)});
        QVERIFY(node(world, "web").endpoints.empty());
        const std::vector<TopologyNode::Endpoint> &all = node(world, "shop").endpoints;
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all[0].name, QString("browse"));
        QCOMPARE(all[0].completed, record->endpointTotals[0].completed);
        QCOMPARE(all[0].p99Ns, 5'000'000);
        QCOMPARE(all[1].p99Ns, 20'000'000);
        QCOMPARE(node(world, "shop").faults, QStringList("buy: error"));
    }

    void nodesDoNotOverlap()
    {
        const Topology world = topologyOf(*m_record);
        for (const QSize size : {QSize(260, 300), QSize(600, 500)}) {
            const auto rects = layoutNodes(world, QRectF(QPointF(), QSizeF(size)), 44, 170, 8);
            for (std::size_t a = 0; a < rects.size(); ++a) {
                QVERIFY(QRectF(QPointF(), QSizeF(size)).contains(rects[a]));
                for (std::size_t b = a + 1; b < rects.size(); ++b)
                    QVERIFY(!rects[a].intersects(rects[b]));
            }
        }
    }

    void labelsOfManyClientsNeitherOverlapNorCoverANode()
    {
        for (const int clients : {2, 8, 30}) {
            Topology world;
            for (int c = 0; c < clients; ++c) {
                TopologyNode client;
                client.isClient = true;
                client.place = c;
                world.nodes.push_back(client);
                TopologyEdge edge;
                edge.from = static_cast<std::size_t>(c);
                edge.to = static_cast<std::size_t>(clients);
                world.edges.push_back(edge);
            }
            TopologyNode service;
            service.level = 1;
            world.nodes.push_back(service);
            world.levels = 2;
            const QRectF into(12, 12, 236, 330);
            const auto rects = layoutNodes(world, into, 44, 170, 8, 72);
            for (std::size_t a = 0; a < rects.size(); ++a) {
                QVERIFY(rects[a].width() >= 72);
                QVERIFY(into.adjusted(-1, -1, 1, 1).contains(rects[a])); // to the pixel
                for (std::size_t b = a + 1; b < rects.size(); ++b)
                    QVERIFY(!rects[a].intersects(rects[b]) || clients == 30); // thirty are too many for the room
            }
            std::vector<QLineF> lines;
            std::vector<QSizeF> sizes;
            for (const TopologyEdge &edge : world.edges) {
                lines.emplace_back(QPointF(rects[edge.from].center().x(), rects[edge.from].bottom()),
                                   QPointF(rects[edge.to].center().x(), rects[edge.to].top()));
                sizes.emplace_back(128, 16);
            }
            const auto labels = placeLabels(lines, rects, sizes, std::vector<QSizeF>(sizes.size(), QSizeF(72, 32)),
                                            std::vector<QSizeF>(sizes.size(), QSizeF(58, 16)), QRectF(2, 0, 256, 354));
            QCOMPARE(labels.size(), lines.size());
            int shown = 0;
            for (std::size_t a = 0; a < labels.size(); ++a) {
                if (labels[a].form == EdgeLabel::Form::Hidden)
                    continue;
                ++shown;
                for (const QRectF &node : rects)
                    QVERIFY(!node.intersects(labels[a].rect));
                for (std::size_t b = a + 1; b < labels.size(); ++b)
                    QVERIFY(labels[b].form == EdgeLabel::Form::Hidden || !labels[a].rect.intersects(labels[b].rect));
            }
            QVERIFY2(shown >= (clients == 2 ? 2 : 3), qPrintable(QStringLiteral("%1 of %2").arg(shown).arg(clients)));
        }
    }

    /// Two clients, a chain and a breaker in a dock of 258 x 306 and in a wide one: every line has room for how much there is and how much
    /// of it goes wrong. A share alone would be a figure of who knows how many.
    void whereThereIsRoomRateAndShareAreTold()
    {
        TimeAxisModel axis;
        axis.setRun(m_record->duration, m_record->now);
        axis.setCursor(Instant(9s)); // before it opens
        for (const QSize size : {QSize(258, 306), QSize(258, 420), QSize(600, 420)}) {
            TopologyChart chart(&axis);
            chart.resize(size);
            chart.show();
            QVERIFY(QTest::qWaitForWindowExposed(&chart));
            chart.setRecord(m_record);
            QTRY_VERIFY(chart.topology().edges.size() == 3 && chart.topology().edges[0].ended > 0);
            for (std::size_t edge = 0; edge < 3; ++edge) {
                QStringList texts;
                for (const auto &line : chart.labelLines(edge))
                    texts += line.text;
                const QString told = texts.join(QLatin1Char('|')), where = QStringLiteral("%1 at %2: %3").arg(edge).arg(size.width()).arg(told);
                QVERIFY2(told.contains(QStringLiteral("/s")) && told.contains(QStringLiteral("bad")), qPrintable(where));
                QVERIFY2(!told.contains(QChar(0x2026)), qPrintable(where));
                QCOMPARE(texts.size() > 1 && told.contains(QStringLiteral("CLOSED")), chart.topology().edges[edge].breakers > 0);
            }
        }
    }

    /// A label in full has the room of its words, whatever they are: here for 12,300 calls a second and a fleet of breakers.
    void aLabelInFullIsAsWideAsItsWords()
    {
        const auto record = recordOf("halfopen: 1\nduration: 1s\n"
                                     "services: { shop: { workers: 900, service_time: 5ms } }\n"
                                     "clients: { web: { processes: 1000, arrivals: { constant: 12300/s }, calls: [ { to: shop, policies: guard } ] } }\n"
                                     "policies: { guard: [ { circuit_breaker: {} } ] }\n"
                                     "faults: [ { on: shop, from: 0s, error: 10% } ]\n");
        TimeAxisModel axis;
        axis.setRun(record->duration, record->now);
        TopologyChart chart(&axis);
        chart.resize(400, 300);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setRecord(record);
        QTRY_VERIFY(chart.topology().edges.size() == 1 && chart.topology().edges[0].ended > 0);
        QCOMPARE(int(chart.labelForm(0)), int(EdgeLabel::Form::Full));
        const auto lines = chart.labelLines(0);
        QCOMPARE(lines.size(), std::size_t(2));
        QVERIFY2(lines[0].text.contains("/s") && lines[0].text.contains("bad"), qPrintable(lines[0].text));
        QVERIFY2(lines[1].text.contains("breakers"), qPrintable(lines[1].text));
        for (const auto &line : lines)
            QVERIFY(QFontMetricsF(Theme::axisFont()).horizontalAdvance(line.text) <= chart.labelRect(0).width());
    }

    /// Five clients in a dock of the width that a window of 1280 x 800 gives it, all of whose calls fail.
    void fiveClientsInANarrowDockKeepTheirFigures()
    {
        QString clients;
        for (const char *name : {"checkout-web", "checkout-app", "browse-web", "browse-app", "batch"})
            clients += QStringLiteral("  %1: { arrivals: { constant: 100/s }, calls: [ { to: shop, policies: guard } ] }\n").arg(QLatin1String(name));
        const auto record = recordOf(qPrintable(QStringLiteral("halfopen: 1\nduration: 20s\n"
                                                               "services: { shop: { workers: 9, service_time: 5ms } }\n"
                                                               "clients:\n%1"
                                                               "policies: { guard: [ { circuit_breaker: { failure_threshold: 5 } } ] }\n"
                                                               "faults: [ { on: shop, from: 5s, error: 100% } ]\n").arg(clients)));
        TimeAxisModel axis;
        axis.setRun(record->duration, record->now);
        TopologyChart chart(&axis);
        chart.resize(258, 306);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setRecord(record);
        QTRY_VERIFY(chart.topology().edges.size() == 5 && chart.topology().edges[0].ended > 0);
        for (std::size_t edge = 0; edge < 5; ++edge) {
            QVERIFY2(chart.labelForm(edge) != EdgeLabel::Form::Hidden, qPrintable(QString::number(edge)));
            const auto lines = chart.labelLines(edge);
            for (const auto &line : lines)
                QVERIFY2(!line.text.contains(QChar(0x2026)), qPrintable(line.text));
            QVERIFY2(lines[0].text.contains(QStringLiteral("100")), qPrintable(lines[0].text));
        }
        for (std::size_t node = 0; node < 5; ++node)
            for (const QString &part : twoLines(chart.topology().nodes[node].name))
                QVERIFY(QFontMetricsF(Theme::axisFont()).horizontalAdvance(part) < chart.nodeRect(node).width());
    }

    /// Where not every line can have its figures, those of the others could be anybody's.
    void eightClientsInANarrowDockAllHaveFiguresOrNoneHas()
    {
        QString clients;
        for (int i = 0; i < 8; ++i)
            clients += QStringLiteral("  client-number-%1: { arrivals: { constant: 100/s }, calls: [ { to: shop } ] }\n").arg(i);
        const auto record = recordOf(qPrintable("halfopen: 1\nduration: 5s\nservices: { shop: { workers: 99, service_time: 5ms } }\nclients:\n" + clients));
        TimeAxisModel axis;
        axis.setRun(record->duration, record->now);
        bool wereHidden = false;
        for (const QSize size : {QSize(258, 306), QSize(200, 200), QSize(900, 600)}) {
            TopologyChart chart(&axis);
            chart.resize(size);
            chart.show();
            QVERIFY(QTest::qWaitForWindowExposed(&chart));
            chart.setRecord(record);
            QTRY_COMPARE(chart.topology().edges.size(), std::size_t(8));
            int shown = 0;
            for (std::size_t edge = 0; edge < 8; ++edge)
                shown += chart.labelForm(edge) != EdgeLabel::Form::Hidden;
            QVERIFY2(shown == 0 || shown == 8, qPrintable(QString::number(shown)));
            wereHidden = wereHidden || shown == 0;
            if (size.width() == 900)
                QCOMPARE(shown, 8);
            QVERIFY(!chart.grab().isNull());
        }
        QVERIFY(wereHidden);
    }

    void callsToTwoEndpointsOfAServiceAreTwoEdgesWithTheirNames()
    {
        const auto record = recordOf("halfopen: 1\nduration: 10s\n"
                                     "services:\n"
                                     "  shop: { workers: 9, endpoints: { browse: { service_time: 5ms }, buy: { service_time: 20ms } } }\n"
                                     "  page: { workers: 9, service_time: 1ms, calls: [ { to: shop, endpoint: browse }, { to: shop, endpoint: buy } ] }\n"
                                     "clients: { web: { arrivals: { constant: 100/s }, calls: [ { to: page } ] } }\n");
        TimeAxisModel axis;
        axis.setRun(record->duration, record->now);
        TopologyChart chart(&axis);
        chart.resize(300, 300);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.setRecord(record);
        QTRY_COMPARE(chart.topology().edges.size(), std::size_t(3));
        std::vector<std::size_t> toShop;
        for (std::size_t i = 0; i < 3; ++i)
            if (!chart.topology().edges[i].endpoint.isEmpty())
                toShop.push_back(i);
        QCOMPARE(toShop.size(), std::size_t(2));
        QCOMPARE(chart.labelLines(toShop[0]).front().text, QString("browse"));
        QCOMPARE(chart.labelLines(toShop[1]).front().text, QString("buy"));
        QVERIFY(chart.labelForm(toShop[0]) != EdgeLabel::Form::Hidden && chart.labelForm(toShop[1]) != EdgeLabel::Form::Hidden);
        QVERIFY(chart.labelRect(toShop[0]).center() != chart.labelRect(toShop[1]).center());
    }

    void aNameBreaksBehindItsSeparator()
    {
        QCOMPARE(twoLines("of-resilience4j"), (QStringList{"of-", "resilience4j"}));
        QCOMPARE(twoLines("a_long_client"), (QStringList{"a_long_", "client"}));
        QCOMPARE(twoLines("web"), QStringList("web"));
    }

    void clickAndKeysPickAnEdge()
    {
        TimeAxisModel axis;
        axis.setRun(m_record->duration, m_record->now);
        std::unique_ptr<View> view(createTopologyView(&axis, nullptr));
        view->setRecord(m_record);
        view->resize(300, 420);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view.get()));
        auto *chart = view->findChild<TopologyChart *>();
        QSignalSpy picked(view.get(), &View::edgePicked);
        QTRY_VERIFY(chart->topology().edges.size() == 3 && chart->topology().edges[0].ended > 0);
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->labelRect(2).center().toPoint());
        QCOMPARE(picked.takeFirst()[0].toString(), QString("api -> db"));
        QTest::mouseClick(chart, Qt::LeftButton, {}, QPoint(3, chart->height() - 3)); // nothing there
        QCOMPARE(picked.takeFirst()[0].toString(), QString());
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->nodeRect(0).center().toPoint()); // a client
        QCOMPARE(picked.takeFirst()[0].toString(), QString("web -> api"));
        QTest::keyClick(chart, Qt::Key_Down);
        QCOMPARE(picked.takeFirst()[0].toString(), QString("batch -> api"));
        QTest::keyClick(chart, Qt::Key_Escape);
        QCOMPARE(picked.takeFirst()[0].toString(), QString());
        view->showEdge("api -> db"); // chosen elsewhere: marked, not told again
        QVERIFY(chart->selected() == std::size_t(2));
        QVERIFY(picked.isEmpty());
        QVERIFY(chart->spoken().contains("OPEN"));
    }

private:
    std::shared_ptr<RunRecord> m_record;
    BreakerTimeline m_breakers;
};

QTEST_MAIN(TestTopology)
#include "tst_topology.moc"
