// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A value that could not be read has been left at its default. No check may speak from that default: one slip is one message.
#include "core/scenario/loader.h"

#include "simulators/vocabulary.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <string>

using namespace halfopen;
using namespace halfopen::test;

namespace {

/// Everything in it depends on something else of it.
constexpr const char *kWorld = R"(halfopen: 1
duration: 3m
services:
  db: { instances: 3, workers: 20, endpoints: { read: {}, write: {} } }
  orders: { call_order: parallel, calls: [ { to: db, endpoint: read, copies: 2, policies: db_client }, { to: db, endpoint: write } ] }
clients:
  web: { starts_at: 100s, mean_rate: 5/s, arrivals: { poisson: { steps: [ { rate: 1/s }, { from: 10s, rate: 9/s } ] } }, calls: [ { to: orders, policies: edge } ] }
policies:
  edge: [ { timeout: 1s } ]
  db_client: [ { circuit_breaker: { dialect: resilience4j, sliding_window_size: 20 } } ]
faults:
  - { on: db, from: 110s, for: 20s, instance: 2, endpoint: read, callers: [orders], error: 50% }
  - { on: db, from: 150s, for: 10s, instances: [0, 2], capacity_loss: 50% }
expect:
  - { goodput: ">= 95%", from: 140s }
  - { goodput: ">= 0%", of: "web -> orders" }
  - { goodput: ">= 0%", of: db/read }
  - { utilisation: ">= 0%", of: db }
  - { trips: ">= 0", of: db_client }
)";

LoadResult load(const std::string &text, const std::vector<Override> &overrides = {})
{
    return loadScenarioText(text, "s.yaml", standardVocabulary(), overrides);
}

} // namespace

class TestKnownParts : public QObject {
    Q_OBJECT
private slots:
    void theWorldIsRightBeforeTheSlip()
    {
        const LoadResult result = load(kWorld);
        QString said;
        for (const Diagnostic &one : result.diagnostics)
            said += QString::fromStdString(one.text());
        QVERIFY2(result.ok() && result.diagnostics.empty(), qPrintable(said));
    }

    void oneSlipIsOneMessage_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *from, const char *to, const char *message) {
            QTest::newRow(to) << QString(from) << QString(to) << QString(message);
        };
        row("duration: 3m", "duration: 3 mins", "the unknown unit 'mins'");
        row("duration: 3m", "duraton: 3m", "unknown key 'duraton'");
        row("duration: 3m", "duration:", "'duration' is empty");
        row("duration: 3m", "duration: -3m", "is negative");
        row("duration: 3m", "duration: 1m\nduration: 3m", "'duration' is given twice");
        row("instances: 3", "instances: three", "is not a whole number");
        row("instances: 3", "instnces: 3", "unknown key 'instnces'");
        row("endpoints: {", "endpoins: {", "unknown key 'endpoins'");
        row("endpoints: { read: {}, write: {} }", "endpoints: [ read, write ]", "'endpoints' is a list");
        row("services:", "servics:", "unknown key 'servics'");
        row("clients:", "clints:", "unknown key 'clints'");
        row("policies:\n", "polices:\n", "unknown key 'polices'");
        row("call_order: parallel", "call_order: paralel", "is none of the choices");
        row("copies: 2", "copies: two", "is not a whole number");
        row("dialect: resilience4j", "dialect: resilience4", "did you mean 'resilience4j'?");
        row("{ from: 10s, rate: 9/s }", "{ from: 10 s., rate: 9/s }", "'from'");
        row("{ from: 10s, rate: 9/s }", "{ from: 10s, rate: 9 }", "has no unit");
        row("mean_rate: 5/s", "mean_rate: 5", "has no unit");
        row("arrivals:", "arivals:", "unknown key 'arivals'");
        row("{ to: orders, policies: edge }", "{ two: orders, policies: edge }", "unknown key 'two'");
        row("error: 50%", "eror: 50%", "unknown key 'eror'");
        row("capacity_loss: 50%", "capacity_loss: 500%", "expected 0% to 100%");
        row("edge: [ { timeout: 1s } ]", "edge: { timeout: 1s }", "'edge' is a map");
    }
    void oneSlipIsOneMessage()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, message);
        QString text = kWorld;
        const qsizetype at = text.indexOf(from);
        QVERIFY(at >= 0);
        text.replace(at, from.size(), to);
        const LoadResult result = load(text.toStdString());
        QVERIFY(!result.ok());
        QString said;
        for (const Diagnostic &one : result.diagnostics)
            said += QString::fromStdString(one.text());
        QVERIFY2(said.contains(message), qPrintable(said));
        QVERIFY2(result.diagnostics.size() == 1, qPrintable(said));
    }

    void theSameOfSettingsFromTheCommandLine()
    {
        QCOMPARE(load(kWorld, {{"duration", "3 mins"}}).diagnostics.size(), std::size_t(1));
        QCOMPARE(load(kWorld, {{"services.db.instances", "x"}}).diagnostics.size(), std::size_t(1));
        QCOMPARE(load(kWorld, {{"duration", "[3m"}}).diagnostics.size(), std::size_t(1));
    }

    /// The silence is about what is unknown, not about everything.
    void whatIsKnownIsStillChecked()
    {
        std::string text = kWorld;
        text.replace(text.find("instance: 2"), 11, "instance: 7");
        text.replace(text.find("duration: 3m"), 12, "duration: 3x");
        const LoadResult result = load(text);
        QCOMPARE(result.diagnostics.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(result.diagnostics[1].message), QString("'db' has no instance 7"));
    }

    void whatBeginsBehindTheEndIsAKindOfItsOwn()
    {
        const LoadResult result = load(kWorld, {{"duration", "2m"}});
        QVERIFY(result.ok());
        QCOMPARE(result.diagnostics.size(), std::size_t(2)); // the second fault and the first expectation
        for (const Diagnostic &one : result.diagnostics)
            QVERIFY(one.kind == Diagnostic::Kind::BehindTheEnd && one.severity == Diagnostic::Severity::Warning);
        const LoadResult other = load(std::string(kWorld) + "nme: x\n");
        QVERIFY(other.diagnostics.size() == 1 && other.diagnostics[0].kind == Diagnostic::Kind::General);
    }
};

QTEST_GUILESS_MAIN(TestKnownParts)
#include "tst_known_parts.moc"
