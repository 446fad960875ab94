// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/reference_case.h"
#include "simulators/study/background_work.h"
#include "simulators/verify/runner.h"

#include <QDir>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <thread>

using namespace halfopen;
using namespace halfopen::verify;
using namespace std::chrono_literals;

namespace {

struct File {
    const char *folder;
    const char *name;
    double lengthShare;
};

/// Policies are run in full. The queueing cases run for a tenth of their length, with tolerances widened to match, which is the least
/// that the reference allows near saturation; `halfopen verify tests/data/reference/*.json.gz` runs these in full, too.
constexpr File kFiles[] = {
    {"reference", "queueing", 0.1},        {"reference", "load_balancing", 0.1},
    {"reference", "tail_and_hedging", 0.1}, {"reference", "measurement", 0.1},
    {"reference", "backoff", 1},           {"reference", "circuit_breaker", 1},
    {"reference", "retries", 1},           {"reference", "overload_control", 1},
    {"reference", "metastable", 1},        {"own_reference", "queueing", 0.3},
    {"own_reference", "load_balancing", 0.3}, {"own_reference", "tail_and_hedging", 0.3},
    {"own_reference", "measurement", 1},   {"own_reference", "backoff", 1},
    {"own_reference", "circuit_breaker", 1}, {"own_reference", "retries", 1},
    {"own_reference", "overload_control", 1}, {"own_reference", "metastable", 1},
};

struct Folder {
    const char *name;
    std::size_t cases;
    QStringList others; ///< files that hold no cases
};

struct Case {
    ReferenceCase reference;
    double lengthShare = 1;
    CaseResult result;
};

} // namespace

/// Every reference case of tests/data/reference (closed forms, published statements, published simulators) and of
/// tests/data/own_reference (the same kinds with other parameters and forms). About 40 s of work, shared between the cores.
class TestReference : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyFileIsHere();
    void everyCaseIsUnderstoodAndPasses_data();
    void everyCaseIsUnderstoodAndPasses();

private:
    std::vector<Case> m_cases;
};

void TestReference::initTestCase()
{
    for (const File &file : kFiles) {
        const QDir folder(QStringLiteral(HALFOPEN_SOURCE_DIR "/tests/data/") + QString::fromLatin1(file.folder));
        const auto cases = readReferenceFile(folder.filePath(QString::fromLatin1(file.name) + ".json.gz").toStdString());
        QVERIFY2(cases, cases ? "" : cases.error().message.c_str());
        QVERIFY(!cases->empty());
        for (const ReferenceCase &one : *cases)
            m_cases.push_back({one, file.lengthShare, {}});
    }
    std::vector<std::size_t> order(m_cases.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    // The longest first: a fixed point that is found by many runs, and the longest queues.
    const auto isLong = [&](std::size_t i) { return m_cases[i].reference.id == "RT-FIX-1"; };
    std::stable_partition(order.begin(), order.end(), isLong);
    BackgroundWork work;
    work.start(order, [this](std::size_t index, const std::stop_token &) {
        Case &one = m_cases[index];
        one.result = runCase(one.reference, {.seed = 1, .lengthShare = one.lengthShare});
    });
    while (work.isRunning())
        std::this_thread::sleep_for(5ms);
}

void TestReference::everyFileIsHere()
{
    const Folder folders[] = {{"reference", 140, {"index.json.gz"}}, // as the index says
                              {"own_reference", 446, {}}};
    std::size_t cases = 0;
    for (const Folder &one : folders) {
        const QDir folder(QStringLiteral(HALFOPEN_SOURCE_DIR "/tests/data/") + QString::fromLatin1(one.name));
        QStringList known = one.others;
        for (const File &file : kFiles)
            if (QLatin1String(file.folder) == QLatin1String(one.name))
                known += QString::fromLatin1(file.name) + ".json.gz";
        known.sort();
        QCOMPARE(folder.entryList({"*.json.gz"}, QDir::Files, QDir::Name), known);
        cases += one.cases;
    }
    QCOMPARE(m_cases.size(), cases);
}

void TestReference::everyCaseIsUnderstoodAndPasses_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < m_cases.size(); ++i)
        QTest::newRow(m_cases[i].reference.id.c_str()) << static_cast<int>(i);
}

void TestReference::everyCaseIsUnderstoodAndPasses()
{
    QFETCH(int, index);
    const Case &one = m_cases.at(static_cast<std::size_t>(index));
    QVERIFY2(one.result.notUnderstood.empty(), one.result.notUnderstood.c_str());
    for (std::size_t i = 0; i < one.reference.checks.size(); ++i) {
        const CheckResult &got = one.result.checks.at(i);
        const Check &check = one.reference.checks[i];
        const std::string text = check.metric + ": expected " + check.expected.dump() + ", got " + got.measured.dump()
            + ", tolerance " + std::to_string(got.allowed) + " " + got.note;
        QVERIFY2(got.passed, text.c_str());
    }
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
