// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/reference_case.h"
#include "simulators/verify/runner.h"

#include <QDir>
#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace halfopen::verify;

/// The reference cases of tests/data/reference about worlds (policies have a test of their own), at a share of their run length so
/// that all together take about ten seconds; `halfopen verify tests/data/reference/*.json.gz` runs everything in full.
class TestReference : public QObject {
    Q_OBJECT
private slots:
    void everyCaseIsUnderstoodAndPasses_data();
    void everyCaseIsUnderstoodAndPasses();
};

Q_DECLARE_METATYPE(ReferenceCase)

void TestReference::everyCaseIsUnderstoodAndPasses_data()
{
    QTest::addColumn<ReferenceCase>("one");
    const QDir folder(QStringLiteral(HALFOPEN_SOURCE_DIR "/tests/data/reference"));
    for (const char *file : {"queueing", "load_balancing", "tail_and_hedging", "measurement"}) {
        const auto cases = readReferenceFile(folder.filePath(QString::fromLatin1(file) + ".json.gz").toStdString());
        QVERIFY2(cases, cases ? "" : cases.error().message.c_str());
        QVERIFY(!cases->empty());
        for (const ReferenceCase &one : *cases)
            QTest::newRow(one.id.c_str()) << one;
    }
}

void TestReference::everyCaseIsUnderstoodAndPasses()
{
    QFETCH(ReferenceCase, one);
    // The reference says: not less than about a tenth near saturation.
    const CaseResult result = runCase(one, {.seed = 1, .lengthShare = 0.1});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    for (std::size_t i = 0; i < one.checks.size(); ++i) {
        const CheckResult &got = result.checks.at(i);
        const std::string text = one.checks.at(i).metric + ": expected " + one.checks.at(i).expected.dump() + ", got "
            + got.measured.dump() + ", tolerance " + std::to_string(got.allowed) + " " + got.note;
        QVERIFY2(got.passed, text.c_str());
    }
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
