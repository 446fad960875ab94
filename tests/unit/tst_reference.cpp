// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/reference_case.h"
#include "simulators/verify/runner.h"

#include <QDir>
#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace halfopen::verify;

/// Every reference case of tests/data/reference, at a share of its run length so that all together take less than a minute;
/// `halfopen verify tests/data/reference/*.json.gz` runs them in full.
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
    const QStringList files = folder.entryList({QStringLiteral("*.json.gz")}, QDir::Files, QDir::Name);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        const auto cases = readReferenceFile(folder.filePath(file).toStdString());
        QVERIFY2(cases, cases ? "" : cases.error().message.c_str());
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
