// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/metric_name.h"
#include "core/verify/model_reader.h"
#include "core/verify/reference_case.h"
#include "simulators/verify/runner.h"
#include "simulators/verify/samples.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

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
    void aMinimumIsNoMinute();
    void takesASharePerCent();
    void wordsMayHaveCapitals();
    void keysThatOnlyExplainNeedNoReader();
    void aNoteThatIsNoProseMustBeRead_data();
    void aNoteThatIsNoProseMustBeRead();
    void knowsAMetricInAnySpelling_data();
    void knowsAMetricInAnySpelling();
    void takesExactRanks();
    void poolsReplications();
    void countsInBinsBeyondItsLimit();
    void correctsForCoordinatedOmission();
    void doesNotUnderstandWhatItDoesNotKnow_data();
    void doesNotUnderstandWhatItDoesNotKnow();
    void aWrongExpectationFails();
    void refusesWhatIsOutOfRange_data();
    void refusesWhatIsOutOfRange();
    void aClassAloneIsAllThereIs();
    void aClassIsTurnedAwayForEitherReason();
    void aThresholdIsThatOfItsShare_data();
    void aThresholdIsThatOfItsShare();
    void aLoadAloneIsThatOfEachWorker();
    void everyReplicationOfAStallCounts();
    void noReplicationsAreOne();
    void aRunThatNobodyCanWaitForIsRefused_data();
    void aRunThatNobodyCanWaitForIsRefused();
    void oneShareOfTwoThresholdsIsTwoShares();
    void aSuccessRatePerSecondIsNoShare();
    void aWaitMayBeTooLong();
    void namedLayersAreCounted_data();
    void namedLayersAreCounted();
    void anAverageOverNothingIsNotZero();

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

void TestVerify::aMinimumIsNoMinute()
{
    const Json json = Json::parse(R"({"backoff_min": 2, "wait_minutes": 2, "rate_per_min": 6, "p_min": 0.1})");
    ModelReader reader(json, "model");
    QVERIFY(!reader.has("backoff_s"));
    QVERIFY(!reader.has("p_s"));
    QCOMPARE(reader.duration("wait_s"), Duration(std::chrono::minutes(2)));
    QCOMPARE(reader.number("rate_per_s"), 0.1);
    try {
        (void)reader.duration("backoff_s");
        QFAIL("2 min or a minimum of 2?");
    } catch (const NotUnderstood &e) {
        QCOMPARE(std::string(e.what()), std::string("'model.backoff_min' may be minutes or a minimum; minutes are 'backoff_minutes'"));
    }
    QVERIFY_THROWS_EXCEPTION(NotUnderstood, reader.finish()); // neither of them was read
}

void TestVerify::takesASharePerCent()
{
    const Json json = Json::parse(R"({"p_pct": 30, "hits_percent": 95, "wait_s": 1})");
    ModelReader reader(json, "model");
    QCOMPARE(reader.number("p"), 0.3);
    QCOMPARE(reader.number("hits"), 0.95);
    QVERIFY(!reader.has("wait")); // a second is no share
}

void TestVerify::wordsMayHaveCapitals()
{
    const Json json = Json::parse(R"({"discipline": "FIFO", "join": " All  replies. "})");
    ModelReader reader(json, "model");
    QCOMPARE(reader.oneOf("discipline", {"lifo", "fifo"}), std::string("fifo"));
    QCOMPARE(reader.oneOf("join", {"all replies"}), std::string("all replies"));
    QVERIFY_THROWS_EXCEPTION(NotUnderstood, reader.oneOf("discipline", {"lifo"}));
}

void TestVerify::keysThatOnlyExplainNeedNoReader()
{
    const Json json = Json::parse(R"({"note": "x", "notes": ["a", "b"], "comment": "w", "source": "a book", "delay_s": 1,
        "delay_note": "z", "note_on_delay": "y", "note_delay": "v"})");
    ModelReader reader(json, "model");
    QCOMPARE(reader.number("delay_s"), 1.0);
    reader.finish();
}

void TestVerify::aNoteThatIsNoProseMustBeRead_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("another word") << QByteArray(R"({"notebook": "x"})");
    QTest::newRow("a number") << QByteArray(R"({"note": 5})");
    QTest::newRow("a flag") << QByteArray(R"({"comment": true})");
    QTest::newRow("keys") << QByteArray(R"({"note": {"servers": 2}})");
    QTest::newRow("a list with a number") << QByteArray(R"({"notes": ["a", 1]})");
    QTest::newRow("how it is run") << QByteArray(R"({"note_on_run": "the window is kept after each trip"})");
    QTest::newRow("on what is not here") << QByteArray(R"({"delay_note": "twice as long on Sundays"})");
}

void TestVerify::aNoteThatIsNoProseMustBeRead()
{
    QFETCH(QByteArray, json);
    const Json parsed = Json::parse(json.toStdString());
    QVERIFY_THROWS_EXCEPTION(NotUnderstood, ModelReader(parsed, "model").finish());
}

void TestVerify::knowsAMetricInAnySpelling_data()
{
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("known");
    QTest::addColumn<double>("factor");
    QTest::addColumn<double>("offset");
    const auto row = [](const char *metric, const char *unit, const char *known, double factor, double offset = 0) {
        QTest::newRow(metric) << metric << unit << known << factor << offset;
    };
    row("latency_p99_ms", "ms", "latency_p99_s", 1e3);
    row("completion_time_mean_s", "s", "completion_time_mean_ms", 1e-3);
    row("wait_variance_ms2", "ms^2", "wait_variance_s2", 1e6);
    row("throughput_per_min", "1/min", "throughput_per_s", 60);
    row("rate_per_s", "1/s", "rate_per_hour", 1 / 3600.0);
    row("latency_mean", "ms", "latency_mean_s", 1e3);
    row("throughput", "1/s", "throughput_per_s", 1);
    row("utilisation_pct", "%", "utilisation", 100);
    row("rejected_pct", "%", "rejected_fraction", 100);
    row("rejected", "%", "rejected_fraction", 100);
    row("utilization", "1", "utilisation", 1);
    row("blocking_probability", "1", "rejected_fraction", 1);
    row("accepted_fraction", "1", "rejected_fraction", -1, 1);
    row("accepted_pct", "%", "rejected_fraction", -100, 100);
    row("three_retries.retries_per_request", "1", "three_retries.load_amplification", 1, -1);
    row("latency_p99.9_ms", "ms", "latency_p99.9_s", 1e3);
    row("success_rate", "1", "success_fraction", 1);
    row("failure_rate", "%", "success_fraction", -100, 100);
    row("loss_rate", "", "rejected_fraction", 1);
    row("success_rate", "1/s", "goodput_per_s", 1);
    row("success_rate", "requests per min", "goodput_per_s", 60);
    row("goodput", "rps", "goodput_per_s", 1);
    row("p99_latency_ms", "ms", "latency_p99_s", 1e3);
    row("hedged.median_latency", "s", "hedged.latency_median_s", 1);
    row("response_time_p95_ms", "ms", "latency_p95_s", 1e3);
    row("mean_sojourn_time", "ms", "latency_mean_s", 1e3);
    row("average_waiting_time_s", "s", "wait_mean_s", 1);
    row("idle_pct", "%", "utilisation", -100, 100);
    row("rejections", "1/min", "rejected_rate_per_s", 60);
    row("sent_fraction", "1", "local_reject_fraction", -1, 1);
}

void TestVerify::knowsAMetricInAnySpelling()
{
    QFETCH(QString, metric);
    QFETCH(QString, unit);
    QFETCH(QString, known);
    const auto all = spellingsOf(metric.toStdString(), unit.toStdString());
    const auto found = std::find_if(all.begin(), all.end(), [&](const MetricSpelling &one) { return one.name == known.toStdString(); });
    QVERIFY(found != all.end());
    QTEST(found->factor, "factor");
    QTEST(found->offset, "offset");
}

void TestVerify::takesExactRanks()
{
    Samples samples;
    for (int i = 1000; i >= 1; --i)
        samples.add(i * 1'000'000LL);
    // At least q of the values are <= v: the 990th of 1000 for 99 %.
    QCOMPARE(samples.statistic("p99_s").value(), 0.99);
    QCOMPARE(samples.statistic("p99.9_s").value(), 0.999);
    QCOMPARE(samples.statistic("p99_9_s").value(), 0.999);
    QCOMPARE(samples.statistic("p999_s").value(), 0.999);
    QCOMPARE(samples.statistic("p100_s").value(), 1.0);
    QCOMPARE(samples.statistic("p50_s").value(), 0.5);
    QCOMPARE(samples.statistic("median_s").value(), 0.5);
    QCOMPARE(samples.statistic("mean_s").value(), 0.5005);
    QCOMPARE(samples.statistic("max_s").value(), 1.0);
    // (n^2 - 1) / 12 of the numbers 1 to n.
    QVERIFY(std::abs(samples.statistic("variance_s2").value() - 999'999 / 12.0 * 1e-6) < 1e-12);
    QVERIFY(!samples.statistic("p101_s"));
    QVERIFY(!samples.statistic("mode_s"));
    QVERIFY(!samples.statistic("mean"));
}

/// Two runs of 1..100 and 101..200: the median of all is 100, and the mean of the two medians 100.5.
void TestVerify::poolsReplications()
{
    Samples all;
    Samples second;
    for (int i = 1; i <= 100; ++i) {
        all.add(i);
        second.add(100 + i);
    }
    QCOMPARE(all.quantileSeconds(0.9), 90e-9); // a question in between changes nothing
    all.merge(second);
    QCOMPARE(all.count(), std::uint64_t(200));
    QCOMPARE(all.quantileSeconds(0.5), 100e-9);
    QCOMPARE(all.quantileSeconds(0.99), 198e-9);
    QCOMPARE(all.meanSeconds(), 100.5e-9);
    QCOMPARE(all.maxSeconds(), 200e-9);
    QCOMPARE(all.shareAbove(150), 0.25);
}

void TestVerify::countsInBinsBeyondItsLimit()
{
    // 1 us to 1 s, evenly in the logarithm.
    Samples exact;
    Samples binned = Samples::exactUpTo(1000);
    Samples half = Samples::exactUpTo(1000);
    Samples rest;
    for (int i = 0; i < 20'000; ++i) {
        const auto ns = static_cast<std::int64_t>(1000 * std::pow(10.0, i * 6 / 20'000.0));
        exact.add(ns);
        binned.add(ns);
        (i % 2 == 0 ? half : rest).add(ns);
    }
    half.merge(rest);
    QVERIFY(exact.isExact());
    QVERIFY(!binned.isExact());
    for (const Samples *one : {&binned, &half}) {
        QCOMPARE(one->count(), exact.count());
        QCOMPARE(one->meanSeconds(), exact.meanSeconds());
        QCOMPARE(one->minSeconds(), exact.minSeconds());
        QCOMPARE(one->maxSeconds(), exact.maxSeconds());
        for (const double q : {0.0, 0.001, 0.25, 0.5, 0.9, 0.999, 1.0})
            QVERIFY(std::abs(one->quantileSeconds(q) / exact.quantileSeconds(q) - 1) <= 1 / 32'768.0);
        QVERIFY(std::abs(one->varianceSeconds2() / exact.varianceSeconds2() - 1) <= 1e-4);
        QVERIFY(std::abs(one->shareAbove(1'000'000) - 0.5) <= 1e-3);
    }
}

void TestVerify::correctsForCoordinatedOmission()
{
    Samples samples;
    samples.add(10);
    samples.add(35);
    // 35 stands also for 25 and 15, which are at least the interval of 10; 5 is not.
    const Samples corrected = samples.correctedForCoordinatedOmission(10);
    QCOMPARE(corrected.count(), std::uint64_t(4));
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

namespace {

/// A case with one check, of which only what is measured is asked.
ReferenceCase anyCase(const std::string &model, const std::string &run, const std::vector<std::pair<std::string, std::string>> &metrics)
{
    ReferenceCase one;
    one.id = "A";
    one.model = Json::parse(model);
    one.run = Json::parse(run);
    for (const auto &[metric, definition] : metrics)
        one.checks.push_back({metric, "", definition, Json(0), {Tolerance::Kind::Absolute, 0, std::nullopt}});
    return one;
}

double measuredOf(const CaseResult &result, std::size_t check)
{
    return check < result.checks.size() && result.checks[check].measured.is_number() ? result.checks[check].measured.get<double>() : -1;
}

} // namespace

/// What a distribution or a list of classes cannot take is said with its key, and does not end the program.
void TestVerify::refusesWhatIsOutOfRange_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("run");
    QTest::addColumn<QString>("part");
    const QByteArray run = R"({"measured_arrivals": 1000})";
    const auto queue = [&](const char *name, const QByteArray &service, const char *part) {
        QTest::newRow(name) << QByteArray(R"({"arrivals": {"process": "poisson", "rate_per_s": 1}, "servers": 1, "service": )" + service + "}")
                            << run << part;
    };
    queue("a mixture of nothing", R"({"distribution": "mixture", "parts": []})", "'model.service.parts'");
    queue("branches of nothing", R"({"distribution": "hyperexponential", "branches": []})", "'model.service.branches'");
    queue("a mean of months", R"({"distribution": "mixture", "parts": [{"p": 1, "exponential_mean_s": 1e7}]})",
          "'model.service.parts[0].exponential_mean_s'");
    queue("a rate that months are the mean of", R"({"distribution": "exponential", "rate_per_s": 1.05e-7})", "'model.service.rate_per_s'");
    queue("a scale with a mean of years", R"({"distribution": "weibull", "shape": 0.1, "scale_s": 8e6})", "expected 0 s to 104 days");
    QTest::newRow("think time of months")
        << QByteArray(R"({"workload": {"kind": "closed loop", "clients": 2, "think_time_s": 1e7}, "servers": 1,
                          "service": {"distribution": "constant", "mean_s": 1}})")
        << run << "'model.workload.think_time_s'";
    QTest::newRow("two classes of one name")
        << QByteArray(R"({"arrivals": [{"cls": "a", "process": "poisson", "rate_per_s": 1}, {"cls": "a", "process": "poisson",
                          "rate_per_s": 1}], "servers": 1, "service": {"distribution": "constant", "mean_s": 1}})")
        << run << "'model.arrivals[1].cls'";
    QTest::newRow("arrivals per cent")
        << QByteArray(R"({"arrivals_pct": 5, "servers": 1, "service": {"distribution": "constant", "mean_s": 1}})") << run << "no family";
    QTest::newRow("a limiter of arrivals per cent")
        << QByteArray(R"({"arrivals_pct": 5, "limiter": {"refill_per_s": 1}})") << run << "'model.arrivals'";
    QTest::newRow("all of others")
        << QByteArray(R"({"fan_out": 10, "join": "all of 5", "leaf_latency": {"distribution": "constant", "mean_s": 1}})")
        << QByteArray(R"({"requests": 10})") << "'model.join' is of another number of calls";
    QTest::newRow("half a server")
        << QByteArray(R"({"servers": 2, "load": 0.5, "policy": "power of 1.5 choices", "service": {"distribution": "constant", "mean_s": 1},
                          "arrivals": "poisson, total rate = servers x load / mean service time"})")
        << run << "'model.policy'";
    QTest::newRow("the sign of a number in place of one")
        << QByteArray(R"({"demand": {"process": "poisson", "rate_per_s": 1}, "K": 2, "window_s": 10, "run_s": 20, "measure_from_s": 10,
                          "backend": "accepts each request independently with probability #, no capacity limit"})")
        << QByteArray("{}") << "'model.backend'";
    QTest::newRow("a run of centuries")
        << QByteArray(R"({"calls": "independent, each fails with probability p, zero service time", "p": 0.1,
                          "arrivals": {"process": "poisson", "rate_per_s": 0.001},
                          "breaker": {"rule": "consecutive failures", "threshold": 3, "open_duration_s": 1,
                              "half_open": "any probe failure re-opens; 1 consecutive probe success closes"}})")
        << QByteArray(R"({"measured_calls": 100000000, "replications": 1000})") << "is out of range";
    const auto throttle = [&](const char *name, const char *window, const char *backend, const char *part) {
        QTest::newRow(name) << QByteArray(R"({"demand": {"process": "poisson", "rate_per_s": 1}, "K": 2, "run_s": 20, "measure_from_s": 10,
            "window_s": )" + QByteArray(window) + R"(, "backend": ")" + backend + R"("})") << QByteArray("{}") << part;
    };
    throttle("a window of nothing", "1e-12", "accepts each request independently with probability 1, no capacity limit", "'model.window_s'");
    throttle("more than every request", "10", "accepts each request independently with probability 2, no capacity limit",
             "'model.backend'");
    throttle("a bucket that overflows", "10", "admits by token bucket: rate 99999999999999 per s, depth 5; rejects instantly",
             "'model.backend'");
    throttle("a bucket without room", "10", "admits by token bucket: rate 5 per s, depth 0; rejects instantly", "'model.backend'");
    const auto breaker = [&](const char *name, const char *rule, const char *part) {
        QTest::newRow(name) << QByteArray(R"({"calls": "independent, each fails with probability p", "p": 0.5, "breaker": )") + rule + "}"
                            << QByteArray(R"({"trips": 10})") << part;
    };
    breaker("a threshold of nothing", R"({"rule": "count-based sliding window", "window": 10, "failure_rate_threshold": 0})",
            "'model.breaker.failure_rate_threshold'");
    breaker("more than all", R"({"rule": "count-based sliding window", "window": 10, "failure_rate_threshold": 1, "comparison": ">"})",
            "'model.breaker.failure_rate_threshold'");
    breaker("no time at all", R"({"rule": "time-based sliding window", "window_s": 0, "minimum_calls": 5, "failure_rate_threshold": 0.5})",
            "'model.breaker.window_s'");
    const QByteArray threads = R"({"threads": 10, "queue_capacity": 0, "arrivals": {"process": "poisson", "rate_per_s": 5}, "request_mix": )";
    QTest::newRow("half a mix") << QByteArray(threads + R"([{"p": 0.5, "holds_thread_s": 0.1}]})") << run << "'model.request_mix'";
    QTest::newRow("no mix") << QByteArray(threads + "[]}") << run << "'model.request_mix'";
}

void TestVerify::refusesWhatIsOutOfRange()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, run);
    QFETCH(QString, part);
    const CaseResult result = runCase(anyCase(model.toStdString(), run.toStdString(), {{"wait_mean_s", ""}}), {});
    const QString message = QString::fromStdString(result.notUnderstood);
    QVERIFY2(message.contains(part), qPrintable(message));
}

void TestVerify::aClassAloneIsAllThereIs()
{
    const CaseResult result = runCase(anyCase(R"({"arrivals": [{"cls": "only", "process": "poisson", "rate_per_s": 50}], "servers": 1,
        "service": {"distribution": "exponential", "mean_s": 0.01}})", R"({"measured_arrivals": 5000})",
                                              {{"wait_mean_s", ""}, {"only.wait_mean_s", ""}, {"wait_mean_only_s", ""}, {"only.latency_mean_s", ""}}),
                                      {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(measuredOf(result, 0) > 0);
    QCOMPARE(measuredOf(result, 1), measuredOf(result, 0));
    QCOMPARE(measuredOf(result, 2), measuredOf(result, 0));
    QVERIFY(measuredOf(result, 3) > measuredOf(result, 0));
}

/// Each request of a class is served, finds no place, or waits too long.
void TestVerify::aClassIsTurnedAwayForEitherReason()
{
    const CaseResult result = runCase(anyCase(R"({"arrivals": [{"cls": "a", "process": "poisson", "rate_per_s": 120},
        {"cls": "b", "process": "poisson", "rate_per_s": 120}], "servers": 1, "queue_capacity": 3, "queue_timeout_s": 0.02,
        "service": {"distribution": "exponential", "mean_s": 0.01}})", R"({"measured_arrivals": 5000})",
                                              {{"a.rejected_fraction", ""}, {"a.dropped_fraction", ""}, {"a.served_fraction", ""}}),
                                      {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(measuredOf(result, 0) > 0.2 && measuredOf(result, 1) > 0.1);
    QVERIFY(std::abs(measuredOf(result, 0) + measuredOf(result, 1) + measuredOf(result, 2) - 1) < 1e-9);
}

void TestVerify::aThresholdIsThatOfItsShare_data()
{
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QString>("definition");
    QTest::addColumn<QString>("other");
    QTest::addColumn<double>("share"); // -1 = not understood
    // One of a hundred takes 1 s, the others 10 ms.
    QTest::newRow("more than") << "slow_fraction" << "requests slower than 1 s" << "" << 0.0;
    QTest::newRow("at least") << "slow_fraction" << "requests that take at least 1 s" << "" << 0.01;
    QTest::newRow("or above") << "slow_fraction" << "at or above 1 s" << "" << 0.01;
    QTest::newRow("the second one") << "slow_fraction" << "of more than one kind: those of more than 5 ms" << "" << 1.0;
    QTest::newRow("that of another share") << "slow_fraction" << "the same" << "slower than 5 ms" << 1.0;
    QTest::newRow("in another spelling") << "slow_pct" << "slower than 5 ms" << "slower than 20 ms" << 100.0;
}

void TestVerify::aThresholdIsThatOfItsShare()
{
    QFETCH(QString, metric);
    QFETCH(QString, definition);
    QFETCH(QString, other);
    QFETCH(double, share);
    const char *model = R"({"fan_out": 1, "leaf_latency": {"distribution": "two-point", "p_slow": 0.01, "fast_s": 0.01, "slow_s": 1}})";
    const char *run = R"({"requests": 20000})";
    const CaseResult result = runCase(anyCase(model, run, {{metric.toStdString(), definition.toStdString()},
                                                           {"probability_slow", other.toStdString()}}), {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(std::abs(measuredOf(result, 0) - share) <= 0.003);

    // What is slow is no matter of what was sent twice, and of two thresholds none is that of a third share.
    const char *hedged = R"({"fan_out": 1, "leaf_latency": {"distribution": "exponential", "mean_s": 0.01}, "hedge": {"delay_s": 0.02}})";
    const CaseResult copies = runCase(anyCase(hedged, run, {{"slow_fraction", "as usual"},
                                                            {"extra_requests_fraction", "of requests slower than 20 ms"}}), {});
    QVERIFY(!copies.checks.at(0).understood);
    const CaseResult two = runCase(anyCase(hedged, run, {{"unhedged.slow_fraction", "slower than 10 ms"}, {"hedged.slow_fraction", "the same"},
                                                         {"unhedged.probability_slow", "slower than 20 ms"}}), {});
    QVERIFY(two.checks.at(0).understood && two.checks.at(2).understood);
    QVERIFY(!two.checks.at(1).understood);
}

/// Where nothing says how the arrivals follow from it, a load of a half keeps half of the workers busy, whatever the work takes.
void TestVerify::aLoadAloneIsThatOfEachWorker()
{
    const CaseResult result = runCase(anyCase(R"({"servers": 2, "each_server": "2 workers, FIFO, unbounded queue", "load": 0.5,
        "policy": "random", "service": {"distribution": "constant", "mean_s": 0.1}})", R"({"measured_arrivals": 20000})",
                                              {{"utilisation", ""}}),
                                      {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(std::abs(measuredOf(result, 0) - 0.5) < 0.02);
}

void TestVerify::everyReplicationOfAStallCounts()
{
    const auto calls = [](const char *run) {
        return measuredOf(runCase(anyCase(R"({"workload": {"kind": "open loop", "arrivals": "constant interval", "interval_s": 0.01,
            "first_at_s": 0.01, "count": 100}, "service": {"distribution": "exponential", "mean_s": 0.001},
            "stall": {"start_s": 0.5, "end_s": 0.6}})", run, {{"count", ""}}), {}), 0);
    };
    QCOMPARE(calls("{}"), 100.0);
    QCOMPARE(calls(R"({"replications": 3})"), 300.0);
}

void TestVerify::noReplicationsAreOne()
{
    ReferenceCase one = queueCase("{}");
    const CaseResult plain = runCase(one, {});
    one.run["replications"] = nullptr;
    const CaseResult none = runCase(one, {});
    QVERIFY2(none.notUnderstood.empty(), none.notUnderstood.c_str());
    QCOMPARE(measuredOf(none, 0), measuredOf(plain, 0));
}

/// What would take hours, or longer than an event can say, is refused with the numbers; at these rates a run went on for ever.
void TestVerify::aRunThatNobodyCanWaitForIsRefused_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("run");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const char *model, const char *run, const char *part) {
        QTest::newRow(name) << QByteArray(model) << QByteArray(run) << part;
    };
    const char *thousand = R"({"measured_arrivals": 1000})";
    const char *tooLong = "'run': 1000 calls at 1e-12 per second take 1e+15 s, which is out of range: expected at most 4e+07 s (463 days)";
    row("a queue", R"({"arrivals": {"process": "poisson", "rate_per_s": 1e-12}, "servers": 1,
        "service": {"distribution": "exponential", "mean_s": 0.1}})", thousand, tooLong);
    row("balancing", R"({"servers": 2, "policy": "random", "service": {"distribution": "exponential", "mean_s": 1},
        "arrivals": {"process": "poisson", "rate_per_s": 1e-12}})", thousand, tooLong);
    row("balancing by its load", R"({"servers": 2, "policy": "random", "service": {"distribution": "exponential", "mean_s": 1},
        "load": 1e-12})", thousand, "expected at most 4e+07 s");
    row("a chain", R"({"arrivals": {"process": "poisson", "rate_per_s": 1e-12},
        "chain": [{"service": "exponential", "mean_s": 0.05, "servers": 1}]})", thousand, tooLong);
    row("a limiter", R"({"arrivals": {"process": "poisson", "rate_per_s": 1e-6}, "limiter": {"refill_per_s": 1, "depth_tokens": 5}})",
        thousand, "expected at most 4e+07 s");
    row("threads", R"({"threads": 10, "queue_capacity": 0, "arrivals": {"process": "poisson", "rate_per_s": 1e-6},
        "request_mix": [{"p": 1, "holds_thread_s": 0.2}]})", thousand, "expected at most 4e+07 s");
    row("a breaker", R"({"calls": "independent, each fails with probability p, zero service time", "p": 0.1,
        "arrivals": {"process": "poisson", "rate_per_s": 1e-6}, "breaker": {"rule": "consecutive failures", "threshold": 3,
        "open_duration_s": 1, "half_open": "any probe failure re-opens; 1 consecutive probe success closes"}})",
        R"({"measured_calls": 1000})", "expected at most 4e+07 s");
    row("a closed loop", R"({"workload": {"kind": "closed loop", "clients": 1, "think_time_s": 9000000}, "servers": 1,
        "service": {"distribution": "constant", "mean_s": 1}})", thousand, "expected at most 4e+07 s");
    row("a fixed point", R"({"arrivals": {"process": "poisson", "rate_per_s": 1e-6}, "capacity_per_s": 1, "measure": "second half",
        "server": "accepts exactly C per second (token bucket, depth 50), rejects the rest instantly", "run_s": 9e9,
        "retry": {"max_attempts": 5, "delay_s": "uniform 0.5..1.0"}})", "{}", "the run takes 9e+09 s");
    row("a throttle at full speed", R"({"demand": {"process": "poisson", "rate_per_s": 1e6}, "K": 2, "window_s": 10, "run_s": 9e6,
        "measure_from_s": 10, "backend": "accepts each request independently with probability 1, no capacity limit"})", "{}",
        "the run makes about 9e+12 calls, which is out of range: expected at most 1e+09");
    row("measured after its end", R"({"demand": {"process": "poisson", "rate_per_s": 1}, "K": 2, "window_s": 10, "run_s": 5,
        "measure_from_s": 10, "backend": "accepts each request independently with probability 1, no capacity limit"})", "{}",
        "the measurement begins after 10.0 s, and the run ends after 5.0 s");
    const char *attempts = R"({"calls": "independent attempts, each fails with probability p, instant", "p": 1, "max_attempts": 1000})";
    row("replications", attempts, R"({"requests": 1000000, "replications": 1001})", "the run makes about 1.001e+09 calls");
    row("attempts", attempts, R"({"requests": 10000000})", "the run makes about 1e+10 calls");
    row("sums", R"({"base_s": 1, "cap_s": 2, "retries": 1,
        "exponential": "delay before retry i (i=0,1,...\u0029 = min(cap, base*2^i\u0029"})",
        R"({"requests": 1000000, "replications": 2000})", "the run makes about 2e+09 calls");
    row("layers", R"({"chain": "user -> layer 1 -> ... -> layer 20 -> bottom service", "layers_that_retry": 20, "attempts_per_layer": 3,
        "bottom_failure_probability": 1, "other_failures":
        "none; a layer fails its caller only when all its attempts failed; zero latency, no backoff"})",
        R"({"requests": 1})", "the run makes about 3.487e+09 calls");
}

void TestVerify::aRunThatNobodyCanWaitForIsRefused()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, run);
    QFETCH(QString, part);
    const CaseResult result = runCase(anyCase(model.toStdString(), run.toStdString(), {{"latency_mean_s", ""}}), {});
    const QString message = QString::fromStdString(result.notUnderstood);
    QVERIFY2(message.contains(part), qPrintable(message));
    QVERIFY2(result.seconds < 5, "it was run nevertheless");
}

void TestVerify::oneShareOfTwoThresholdsIsTwoShares()
{
    // e^-1, e^-2 and e^-3 of an exponential; the second as a percentage, and the third under the name of the first.
    const CaseResult result = runCase(anyCase(R"({"fan_out": 1, "leaf_latency": {"distribution": "exponential", "mean_s": 0.01}})",
                                              R"({"requests": 50000})",
                                              {{"slow_fraction", "slower than 10 ms"}, {"slow_pct", "slower than 20 ms"},
                                               {"slow_fraction", "slower than 30 ms"}}),
                                      {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(std::abs(measuredOf(result, 0) - std::exp(-1.0)) < 0.01);
    QVERIFY(std::abs(measuredOf(result, 1) - 100 * std::exp(-2.0)) < 1);
    QVERIFY(std::abs(measuredOf(result, 2) - std::exp(-3.0)) < 0.01);
}

void TestVerify::aSuccessRatePerSecondIsNoShare()
{
    // 40 requests a second, of which a quarter fails after its work.
    ReferenceCase one = anyCase(R"({"arrivals": {"process": "poisson", "rate_per_s": 40}, "servers": "unlimited",
        "service": {"distribution": "exponential", "mean_s": 0.01}, "failure": {"probability": 0.25}})",
                                R"({"measured_arrivals": 40000})", {{"success_rate", ""}, {"success_rate", ""}, {"goodput_per_s", ""}});
    one.checks[0].unit = "1/s";
    one.checks[1].unit = "1";
    const CaseResult result = runCase(one, {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(std::abs(measuredOf(result, 0) - 30) < 1);
    QVERIFY(std::abs(measuredOf(result, 1) - 0.75) < 0.02);
    QCOMPARE(measuredOf(result, 2), measuredOf(result, 0));
}

/// M/M/1 at a half: a wait is longer than t with the chance e^(-t/20ms) / 2, a latency with e^(-t/20ms).
void TestVerify::aWaitMayBeTooLong()
{
    const CaseResult result = runCase(anyCase(R"({"arrivals": {"process": "poisson", "rate_per_s": 50}, "servers": 1,
        "service": {"distribution": "exponential", "mean_s": 0.01}})",
                                              R"({"measured_arrivals": 200000, "warmup_arrivals": 1000})",
                                              {{"wait_above_20ms_fraction", ""}, {"wait_exceeded_pct", "share of waits longer than 40 ms"},
                                               {"slow_fraction", "slower than 20 ms"}, {"wait_probability", "waits more than 0 s"},
                                               {"slow_fraction", ""}}),
                                      {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(std::abs(measuredOf(result, 0) - std::exp(-1.0) / 2) < 0.01);
    QVERIFY(std::abs(measuredOf(result, 1) - 50 * std::exp(-2.0)) < 0.7);
    QVERIFY(std::abs(measuredOf(result, 2) - std::exp(-1.0)) < 0.015);
    QVERIFY(std::abs(measuredOf(result, 3) - 0.5) < 0.015);
    QVERIFY(!result.checks.at(4).understood);
}

void TestVerify::namedLayersAreCounted_data()
{
    QTest::addColumn<QString>("chain");
    QTest::addColumn<bool>("isUnderstood");
    QTest::newRow("the first and the last") << "user -> layer 1 -> ... -> layer 3 -> bottom service" << true;
    QTest::newRow("each") << "user -> layer 1 -> layer 2 -> layer 3 -> bottom service" << true;
    QTest::newRow("some") << "user -> layer 1 -> layer 2 -> ... -> layer 3 -> bottom service" << true;
    QTest::newRow("one too few") << "user -> layer 1 -> layer 2 -> bottom service" << false;
    QTest::newRow("one left out") << "user -> layer 1 -> layer 3 -> bottom service" << false;
    QTest::newRow("another service") << "user -> layer 1 -> cache -> layer 3 -> bottom service" << false;
    QTest::newRow("no bottom") << "user -> layer 1 -> ... -> layer 3" << false;
}

void TestVerify::namedLayersAreCounted()
{
    QFETCH(QString, chain);
    QFETCH(bool, isUnderstood);
    const std::string model = R"({"layers_that_retry": 3, "attempts_per_layer": 2, "bottom_failure_probability": 1, "other_failures":
        "none; a layer fails its caller only when all its attempts failed; zero latency, no backoff", "chain": ")"
        + chain.toStdString() + R"("})";
    const CaseResult result = runCase(anyCase(model, R"({"requests": 10})", {{"bottom_calls_per_request", ""}}), {});
    QCOMPARE(result.notUnderstood.empty(), isUnderstood);
    if (isUnderstood)
        QCOMPARE(measuredOf(result, 0), 8.0);
}

/// A law whose longest call takes years makes buckets of days, of which none lies within the measurement.
void TestVerify::anAverageOverNothingIsNotZero()
{
    const CaseResult result = runCase(anyCase(R"({"arrivals": {"process": "poisson", "rate_per_s": 50}, "servers": "unlimited",
        "service": {"distribution": "pareto", "shape": 1.05, "minimum_s": 0.01}})", R"({"measured_arrivals": 5000})",
                                              {{"throughput_per_s", ""}}),
                                      {});
    QVERIFY2(result.notUnderstood.empty(), result.notUnderstood.c_str());
    QVERIFY(!result.checks.at(0).understood);
    QVERIFY2(result.checks.at(0).note.find("no bucket of time") != std::string::npos, result.checks.at(0).note.c_str());
}

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
