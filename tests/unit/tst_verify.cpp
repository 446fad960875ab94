// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/model_reader.h"
#include "core/verify/reference_case.h"
#include "simulators/verify/runner.h"
#include "simulators/verify/samples.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

using namespace halfopen;
using namespace halfopen::verify;

/// The reader, the judge and the runner of reference cases; that the cases themselves pass is tst_reference.
class TestVerify : public QObject {
    Q_OBJECT
private slots:
    void readsACase();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void judgesByTheKindOfTolerance_data();
    void judgesByTheKindOfTolerance();
    void widensStatisticalTolerancesOfShorterRuns();
    void namesEveryKeyThatNobodyRead();
    void takesAKeyInAnyUnit();
    void keysThatOnlyExplainNeedNoReader();
    void takesExactRanks();
    void correctsForCoordinatedOmission();
    void doesNotUnderstandWhatItDoesNotKnow_data();
    void doesNotUnderstandWhatItDoesNotKnow();
    void aWrongExpectationFails();

private:
    Result<std::vector<ReferenceCase>> read(const QByteArray &text)
    {
        const QString path = m_folder.filePath(QStringLiteral("cases.json"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return failure("the test cannot write its file");
        file.close();
        return readReferenceFile(path.toStdString());
    }
    QTemporaryDir m_folder;
};

namespace {

ReferenceCase queueCase(const std::string &changes)
{
    ReferenceCase one;
    one.id = "Q";
    one.model = Json::parse(R"({"arrivals": {"process": "poisson", "rate_per_s": 30.0},
        "service": {"distribution": "exponential", "mean_s": 0.1}, "servers": 5, "queue_capacity": 0})");
    one.model.merge_patch(Json::parse(changes));
    one.run = Json::parse(R"({"measured_arrivals": 20000, "warmup_arrivals": 1000})");
    // Erlang B for 3 erlang on 5 servers.
    one.checks = {{"rejected_fraction", "1", "", Json(0.1100543), {Tolerance::Kind::Absolute, 0.015, std::nullopt}}};
    return one;
}

} // namespace

void TestVerify::readsACase()
{
    const auto cases = read(R"({"cases": [{"id": "A-1", "title": "t", "model": {"p": 0.5}, "run": {"requests": 10},
        "checks": [{"metric": "m", "unit": "1", "expected": [1, 2], "definition": "d",
                    "tolerance": {"type": "abs_each", "value": 0.5, "sigma": 0.1}}]}]})");
    QVERIFY2(cases, cases ? "" : cases.error().message.c_str());
    QCOMPARE(cases->size(), std::size_t(1));
    const ReferenceCase &one = cases->front();
    QCOMPARE(one.id, std::string("A-1"));
    QCOMPARE(one.model.at("p").get<double>(), 0.5);
    QCOMPARE(one.checks.at(0).tolerance.kind, Tolerance::Kind::EachAbsolute);
    QCOMPARE(one.checks.at(0).tolerance.sigma, std::optional<double>(0.1));
    QCOMPARE(one.file, std::string("cases.json"));
}

void TestVerify::saysWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("no JSON") << QByteArray("{") << "parse error";
    QTest::newRow("no cases") << QByteArray("{}") << "there is no key \"cases\"";
    QTest::newRow("unknown tolerance")
        << QByteArray(R"({"cases":[{"id":"A","model":{},"checks":[{"metric":"m","expected":1,"tolerance":{"type":"near"}}]}]})")
        << "case 'A': unknown type of tolerance 'near'";
    QTest::newRow("unknown key of a check")
        << QByteArray(R"({"cases":[{"id":"A","model":{},"checks":[{"metric":"m","expected":1,"twice":1,"tolerance":{}}]}]})")
        << "unknown key 'twice'";
    QTest::newRow("no model") << QByteArray(R"({"cases":[{"id":"A","checks":[]}]})") << "case 'A'";
}

void TestVerify::saysWhatIsWrongWithAFile()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, part);
    const auto cases = read(text);
    QVERIFY(!cases);
    const QString message = QString::fromStdString(cases.error().message);
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("cases.json")), qPrintable(message));
}

void TestVerify::judgesByTheKindOfTolerance_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("measured");
    QTest::addColumn<bool>("passes");
    const auto row = [](const char *name, Tolerance::Kind kind, const char *expected, const char *measured, bool passes) {
        QTest::newRow(name) << static_cast<int>(kind) << expected << measured << passes;
    };
    row("within", Tolerance::Kind::Absolute, "10.0", "10.5", true);
    row("outside", Tolerance::Kind::Absolute, "10.0", "10.51", false);
    row("relative within", Tolerance::Kind::Relative, "10.0", "14.9", true);
    row("relative outside", Tolerance::Kind::Relative, "10.0", "15.1", false);
    row("each within", Tolerance::Kind::EachAbsolute, "[1, 2]", "[1.5, 1.5]", true);
    row("one outside", Tolerance::Kind::EachAbsolute, "[1, 2]", "[1.5, 1.4]", false);
    row("too few", Tolerance::Kind::EachAbsolute, "[1, 2]", "[1]", false);
    row("equal", Tolerance::Kind::Equal, "true", "true", true);
    row("not equal", Tolerance::Kind::Equal, "true", "false", false);
    row("words", Tolerance::Kind::Equal, "\"full\"", "\"none\"", false);
    row("not a number", Tolerance::Kind::Absolute, "1", "\"1\"", false);
}

void TestVerify::judgesByTheKindOfTolerance()
{
    QFETCH(int, kind);
    QFETCH(QString, expected);
    QFETCH(QString, measured);
    QFETCH(bool, passes);
    const Check check{"m", "", "", Json::parse(expected.toStdString()), {static_cast<Tolerance::Kind>(kind), 0.5, {}}};
    QCOMPARE(judge(check, Json::parse(measured.toStdString()), 1).passed, passes);
}

void TestVerify::widensStatisticalTolerancesOfShorterRuns()
{
    const Check statistical{"m", "", "", Json(0), {Tolerance::Kind::Absolute, 0.4, 0.1}};
    const Check exact{"m", "", "", Json(0), {Tolerance::Kind::Absolute, 0.4, std::nullopt}};
    QCOMPARE(allowedDifference(statistical, 0.25), 0.8);
    QCOMPARE(allowedDifference(exact, 0.25), 0.4);
}

void TestVerify::namesEveryKeyThatNobodyRead()
{
    const Json json = Json::parse(R"({"a": 1, "inner": {"b": 2, "c": 3}, "list": [{"d": 4}, {"d": 5}]})");
    ModelReader reader(json, "model");
    QCOMPARE(reader.number("a"), 1.0);
    ModelReader inner = reader.child("inner");
    QCOMPARE(inner.count("b"), std::int64_t(2));
    auto list = reader.list("list");
    QCOMPARE(list.at(0).number("d"), 4.0);
    try {
        reader.finish();
        QFAIL("nothing was missed");
    } catch (const NotUnderstood &e) {
        QCOMPARE(std::string(e.what()), std::string("unknown keys 'model.inner.c', 'model.list[1].d'"));
    }
    QVERIFY_EXCEPTION_THROWN(reader.number("inner"), NotUnderstood);
    QVERIFY_EXCEPTION_THROWN(reader.number("none"), NotUnderstood);
    QVERIFY_EXCEPTION_THROWN(inner.duration("b"), NotUnderstood); // no unit in its name
}

void TestVerify::takesAKeyInAnyUnit()
{
    const Json json = Json::parse(R"({"delay_ms": 250, "rate_per_min": 120, "long_h": 2, "short_us": 3, "none_ms": null})");
    ModelReader reader(json, "model");
    QVERIFY(reader.has("delay_s"));
    QVERIFY(!reader.has("other_s"));
    QCOMPARE(reader.number("delay_s"), 0.25);
    QCOMPARE(reader.duration("delay_s"), Duration(std::chrono::milliseconds(250)));
    QCOMPARE(reader.duration("delay_ms"), Duration(std::chrono::milliseconds(250)));
    QCOMPARE(reader.number("rate_per_s"), 2.0);
    QCOMPARE(reader.duration("long_s"), Duration(std::chrono::hours(2)));
    QCOMPARE(reader.duration("short_ms"), Duration(std::chrono::microseconds(3)));
    QVERIFY(!reader.maybeDuration("none_s"));
    reader.finish(); // all of them are read
    // So are lists of numbers. What holds numbers in words or in keys of its own is refused: they would be taken for seconds.
    const Json within = Json::parse(R"({"window_ms": [40, 60], "delay_ms": "uniform 500..1000", "work_ms": {"web": 5}})");
    ModelReader inside(within, "model");
    QCOMPARE(inside.numbers("window_s"), (std::vector<double>{40 * 1e-3, 60 * 1e-3}));
    QVERIFY_THROWS_EXCEPTION(NotUnderstood, inside.text("delay_s"));
    QCOMPARE(inside.text("delay_ms"), std::string("uniform 500..1000"));
    QVERIFY_THROWS_EXCEPTION(NotUnderstood, inside.child("work_s"));
    // An exact name comes first, and a unit is no part of another word.
    const Json both = Json::parse(R"({"a_s": 1, "a_ms": 5, "calls": 7})");
    ModelReader second(both, "model");
    QCOMPARE(second.number("a_s"), 1.0);
    QVERIFY(!second.has("call_s"));
    QVERIFY_THROWS_EXCEPTION(NotUnderstood, second.finish()); // a_ms was not read
}

void TestVerify::keysThatOnlyExplainNeedNoReader()
{
    const Json json = Json::parse(R"({"note": "x", "note_on_run": "y", "delay_note": "z", "comment": "w"})");
    ModelReader(json, "model").finish();
    const Json other = Json::parse(R"({"notebook": 1})");
    QVERIFY_THROWS_EXCEPTION(NotUnderstood, ModelReader(other, "model").finish());
}

void TestVerify::takesExactRanks()
{
    Samples samples;
    for (int i = 1000; i >= 1; --i)
        samples.add(i * 1'000'000LL);
    // At least q of the values are <= v: the 990th of 1000 for 99 %.
    QCOMPARE(samples.statistic("p99_s").value(), 0.99);
    QCOMPARE(samples.statistic("p99.9_ms").value(), 999.0);
    QCOMPARE(samples.statistic("p50_s").value(), 0.5);
    QCOMPARE(samples.statistic("mean_s").value(), 0.5005);
    QCOMPARE(samples.statistic("max_s").value(), 1.0);
    QVERIFY(!samples.statistic("p101_s"));
    QVERIFY(!samples.statistic("mode_s"));
    QVERIFY(!samples.statistic("mean"));
}

void TestVerify::correctsForCoordinatedOmission()
{
    Samples samples;
    samples.add(10);
    samples.add(35);
    // 35 stands also for 25 and 15, which are at least the interval of 10; 5 is not.
    const Samples corrected = samples.correctedForCoordinatedOmission(10);
    QCOMPARE(corrected.count(), std::size_t(4));
    QCOMPARE(corrected.meanSeconds() * 1e9, (10 + 35 + 25 + 15) / 4.0);
}

void TestVerify::doesNotUnderstandWhatItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("changes");
    QTest::addColumn<QString>("part");
    QTest::newRow("an unknown key") << QByteArray(R"({"weather": 3})") << "unknown key 'model.weather'";
    QTest::newRow("an unknown key inside") << QByteArray(R"({"service": {"batch": 3}})") << "'model.service.batch'";
    QTest::newRow("an unknown discipline") << QByteArray(R"({"discipline": "processor sharing"})") << "'model.discipline'";
    QTest::newRow("an unknown distribution")
        << QByteArray(R"({"service": {"distribution": "zipf"}})") << "'model.service.distribution'";
    QTest::newRow("a wrong range") << QByteArray(R"({"servers": 0})") << "'model.servers'";
    QTest::newRow("no family") << QByteArray(R"({"servers": null})") << "no family";
}

void TestVerify::doesNotUnderstandWhatItDoesNotKnow()
{
    QFETCH(QByteArray, changes);
    QFETCH(QString, part);
    const CaseResult result = runCase(queueCase(changes.toStdString()), {});
    const QString message = QString::fromStdString(result.notUnderstood);
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY(!result.passed());
    Tally tally;
    tally.add(result, 1);
    QCOMPARE(tally.summary(), std::string("1 cases, 1 checks, 0 failed, 1 not understood"));
    QVERIFY(!tally.ok());
}

void TestVerify::aWrongExpectationFails()
{
    ReferenceCase one = queueCase("{}");
    QVERIFY(runCase(one, {}).passed());
    one.checks.front().expected = 0.15;
    const CaseResult result = runCase(one, {});
    QVERIFY(result.notUnderstood.empty());
    QVERIFY(!result.passed());
    one.checks.front().metric = "colour";
    QVERIFY(!runCase(one, {}).checks.front().understood);
}

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
