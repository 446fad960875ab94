// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/traces/json_lines_reader.h"

#include "core/traces/timestamp.h"

#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <string>
#include <zlib.h>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// JSON with ' for ", to be readable here.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

std::string line(const std::string &ts, const std::string &rest)
{
    return json("{'ts':'" + ts + "'," + rest + "}\n");
}

const std::string kFirst = line(
    "2026-11-23T17:41:25.000Z",
    "'duration_ms':22.463,'outcome':'ok','status':200,'endpoint':'/a','attempt':1,'trace_id':1");
const std::string kSecond = line(
    "2026-11-23T17:41:25.0005Z",
    "'duration_ms':1500,'outcome':'timeout','status':0,'endpoint':'/b','attempt':2,'trace_id':1");

} // namespace

class TestRecording : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path file(const std::string &bytes, const char *name = "a.jsonl")
    {
        const QString path = m_folder.filePath(name);
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) ||
            out.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            qFatal("cannot write %s", qPrintable(path));
        return path.toStdString();
    }
    std::filesystem::path packed(const std::string &text, const char *name = "a.jsonl.gz")
    {
        const std::filesystem::path path = m_folder.filePath(name).toStdString();
        gzFile out = gzopen(path.c_str(), "wb9");
        gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
        gzclose(out);
        return path;
    }
    /// The message without the folder's name.
    QString message(const std::filesystem::path &path, const RecordingLimits &limits = {})
    {
        const Result<Recording> recording = readRecording(path, limits);
        if (recording)
            return "no error";
        return QString::fromStdString(recording.error().message).remove(m_folder.path() + "/");
    }
    QString messageOf(const std::string &text) { return message(file(text)); }

private slots:
    void readsWhatTheCallerSaw()
    {
        const Recording recording = readRecording(file(kFirst + "\n" + kSecond)).value();
        QCOMPARE(recording.attempts.size(), std::size_t(2));
        QVERIFY(recording.attempts[0].start == Instant());
        QVERIFY(recording.attempts[1].start == Instant(Duration(500us)));
        QVERIFY(recording.attempts[0].duration == Duration(22'463us));
        QVERIFY(recording.attempts[0].outcome ==
                (Outcome{.kind = OutcomeKind::Success, .status = 200}));
        QVERIFY(!recording.attempts[0].censored);
        QVERIFY(recording.attempts[1].outcome == Outcome{.kind = OutcomeKind::Timeout});
        QVERIFY(recording.attempts[1].censored);
        QCOMPARE(recording.attempts[1].attempt, std::uint16_t(2));
        QCOMPARE(recording.endpoints, (std::vector<std::string>{"/a", "/b"}));
        QCOMPARE(recording.firstAttempts, std::vector<std::uint32_t>{0});
        QCOMPARE(recording.startedAt, std::string("2026-11-23T17:41:25Z"));
        QVERIFY(recording.length == Duration(500us));
    }

    void packedAndPlainTextAreTheSame()
    {
        const Recording plain = readRecording(file(kFirst + kSecond)).value();
        const Recording packedOne =
            readRecording(packed(kFirst + kSecond, "named_as_plain.jsonl")).value();
        QCOMPARE(packedOne.attempts.size(), plain.attempts.size());
        QVERIFY(packedOne.attempts[1].duration == plain.attempts[1].duration);
    }

    void startsAreSortedAndEqualOnesKeepTheirOrder()
    {
        const auto at = [](const char *seconds, const char *endpoint) {
            return line(std::string("2026-11-23T17:41:") + seconds + "Z",
                        "'duration_ms':1,'status':200,'endpoint':'" + std::string(endpoint) + "'");
        };
        const Recording recording =
            readRecording(file(at("30", "c") + at("29", "a") + at("30", "d"))).value();
        QStringList order;
        for (const RecordedAttempt &attempt : recording.attempts)
            order += QString::fromStdString(recording.endpoints[attempt.endpoint]);
        QCOMPARE(order, (QStringList{"a", "c", "d"}));
        QVERIFY(recording.attempts[1].start == Instant(Duration(1s)));
    }

    void outcomeAndStatusGiveTheKind_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *given, OutcomeKind kind) {
            QTest::newRow(given) << QString(given) << static_cast<int>(kind);
        };
        row("'outcome':'ok','status':200", OutcomeKind::Success);
        row("'outcome':'http_5xx','status':503", OutcomeKind::Error);
        row("'outcome':'http_5xx','status':504", OutcomeKind::Timeout);
        row("'outcome':'timeout','status':0", OutcomeKind::Timeout);
        row("'outcome':'rejected','status':0", OutcomeKind::CircuitBreakerOpen);
        row("'outcome':'reset'", OutcomeKind::ConnectionReset);
        row("'outcome':'connect_failed'", OutcomeKind::ConnectionRefused);
        row("'outcome':'cancelled'", OutcomeKind::Cancelled);
        row("'status':200", OutcomeKind::Success);
        row("'status':302", OutcomeKind::Success);
        row("'status':404", OutcomeKind::Error);
        row("'status':429", OutcomeKind::Rejected);
        row("'status':499", OutcomeKind::Cancelled);
        row("'status':500", OutcomeKind::Error);
        row("'status':504,'outcome':null", OutcomeKind::Timeout);
    }
    void outcomeAndStatusGiveTheKind()
    {
        QFETCH(QString, given);
        QFETCH(int, kind);
        const Recording recording =
            readRecording(
                file(line("2026-11-23T17:41:25Z", "'duration_ms':1," + given.toStdString())))
                .value();
        QCOMPARE(static_cast<int>(recording.attempts[0].outcome.kind), kind);
    }

    void whatIsWrongIsNamedWithItsLine_data()
    {
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *second, const char *expected) {
            QTest::newRow(expected)
                << QString::fromStdString(json(second)) << QString("a.jsonl:2: ") + expected;
        };
        const std::string ts = "{'ts':'2026-11-23T17:41:25Z',";
        row("{", "this line is not JSON");
        row("[1]", "this line is not a JSON object");
        row("{}", "'ts', the start of the attempt, is missing");
        row("{'ts':'yesterday','duration_ms':1,'status':200}",
            "'ts' is 'yesterday', expected for example 2026-11-23T17:41:24.959Z");
        row("{'ts':'2026-11-23T17:41:25','duration_ms':1,'status':200}",
            "'ts' is '2026-11-23T17:41:25', expected for example 2026-11-23T17:41:24.959Z");
        row("{'ts':1e300,'duration_ms':1,'status':200}",
            "'ts' is not a time: expected RFC 3339 text or seconds since 1970");
        row((ts + "'status':200}").c_str(), "'duration_ms' is missing");
        row((ts + "'duration_ms':'5','status':200}").c_str(), "'duration_ms' is not a number");
        row((ts + "'duration_ms':-0.5,'status':200}").c_str(),
            "'duration_ms' is -0.5, expected 0 to 604800000 (a week)");
        row((ts + "'duration_ms':1e12,'status':200}").c_str(),
            "'duration_ms' is 1000000000000.0, expected 0 to 604800000 (a week)");
        row((ts + "'duration_ms':1,'status':'200'}").c_str(),
            "'status' is \"200\", expected a whole number from 0 to 999");
        row((ts + "'duration_ms':1,'status':0}").c_str(),
            "neither 'outcome' nor 'status' says how the attempt ended");
        row((ts + "'duration_ms':1,'outcome':'fine'}").c_str(),
            "'outcome' is 'fine', expected for example ok, error, timeout or rejected");
        row((ts + "'duration_ms':1,'status':200,'attempt':0}").c_str(),
            "'attempt' is 0, expected a whole number from 1 to 65535");
        row((ts + "'duration_ms':1,'status':200,'endpoint':7}").c_str(),
            "'endpoint' is not a text");
    }
    void whatIsWrongIsNamedWithItsLine()
    {
        QFETCH(QString, second);
        QFETCH(QString, expected);
        QCOMPARE(messageOf(kFirst + second.toStdString() + "\n"), expected);
    }

    void aFileThatIsCutOffIsSaidToBe()
    {
        QCOMPARE(messageOf(kFirst + kSecond.substr(0, 40)), "a.jsonl:2: the last line is cut off");
        std::string many;
        for (int i = 0; i < 5000; ++i)
            many += kFirst;
        QFile whole(QString::fromStdString(packed(many).string()));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        const QString said = message(file(bytes.left(bytes.size() / 2).toStdString(), "half.gz"));
        QVERIFY2(said.endsWith("the compressed file is cut off"), qPrintable(said));
    }

    void filesThatAreNoRecordingsAreRefused()
    {
        QCOMPARE(message(m_folder.filePath("missing.jsonl").toStdString()),
                 "missing.jsonl: there is no such file");
        QCOMPARE(message(m_folder.path().toStdString()).section(": ", 1), "this is not a file");
        QCOMPARE(messageOf(""), "a.jsonl: the recording holds no attempt");
        QCOMPARE(messageOf("\n \n"), "a.jsonl: the recording holds no attempt");
        QCOMPARE(messageOf(kSecond),
                 "a.jsonl: no attempt of the recording is the first of its call ('attempt': 1)");
    }

    void limitsStopAFileThatUnpacksToAnything()
    {
        std::string zeros(3'000'000, ' ');
        const auto bomb = packed(zeros, "bomb.gz");
        QVERIFY(std::filesystem::file_size(bomb) < 10'000);
        QVERIFY(message(bomb, {.unpackedBytes = 2'000'000, .lineBytes = 10'000'000})
                    .endsWith(": the file holds more than 2 MB of text"));
        QCOMPARE(message(bomb, {.lineBytes = 1000}),
                 "bomb.gz:1: the line is longer than 1000 bytes");
        QCOMPARE(message(file(kFirst + kFirst), {.attempts = 1}),
                 "a.jsonl:2: the recording holds more than 1 attempts");
    }

    void aFileIsReadOnceWhileItIsUsedAndAgainWhenItChanges()
    {
        const auto path = file(kFirst, "shared.jsonl");
        const auto first = readSharedRecording(path).value();
        QVERIFY(readSharedRecording(path).value() == first);
        file(kFirst + kSecond, "shared.jsonl");
        QCOMPARE(readSharedRecording(path).value()->attempts.size(), std::size_t(2));
    }

    // Facts of the recorded incident as an independent script counted them when it was recorded.
    void theShippedRecordingHoldsTheRecordedFacts()
    {
        const Recording recording =
            readRecording(HALFOPEN_SOURCE_DIR
                          "/scenarios/incidents/data/recorded-brownout.jsonl.gz")
                .value();
        QCOMPARE(recording.attempts.size(), std::size_t(19503));
        QCOMPARE(recording.firstAttempts.size(), std::size_t(17002));
        std::map<OutcomeKind, int> outcomes;
        std::map<std::string, int> endpoints;
        std::int64_t durationNs = 0;
        for (const RecordedAttempt &attempt : recording.attempts) {
            ++outcomes[attempt.outcome.kind];
            ++endpoints[recording.endpoints[attempt.endpoint]];
            durationNs += attempt.duration.count();
        }
        QCOMPARE(outcomes[OutcomeKind::Success], 15564);
        QCOMPARE(outcomes[OutcomeKind::Error], 3327);
        QCOMPARE(outcomes[OutcomeKind::Timeout], 612);
        QCOMPARE(endpoints["/api/checkout"], 6107);
        QCOMPARE(endpoints["/api/inventory"], 9845);
        QCOMPARE(endpoints["/api/search"], 3551);
        QCOMPARE(durationNs, std::int64_t(4'818'593'048'000));
        QCOMPARE(recording.length.count(),
                 std::int64_t(1'795'455'824'947'371'000 - 1'795'455'684'959'699'000));
    }

    void timestampsAreReadWithTheirZone()
    {
        // 1 795 455 684 s after 1970 is 2026-11-23T17:41:24Z (date -u -d @1795455684).
        QCOMPARE(*parseTimestamp("2026-11-23T17:41:24.959699Z"),
                 std::int64_t(1'795'455'684'959'699'000));
        QCOMPARE(*parseTimestamp("2026-11-23T19:41:24.959699+02:00"),
                 std::int64_t(1'795'455'684'959'699'000));
        QCOMPARE(*parseTimestamp("2026-11-23 12:11:24,959699-0530"),
                 std::int64_t(1'795'455'684'959'699'000));
        QCOMPARE(*parseTimestamp("1969-12-31T23:59:59Z"), std::int64_t(-1'000'000'000));
        QCOMPARE(formatTimestamp(1'795'455'684'959'699'000),
                 std::string("2026-11-23T17:41:24.959699Z"));
        QCOMPARE(formatTimestamp(-1'000'000'000), std::string("1969-12-31T23:59:59Z"));
        for (const char *wrong : {"", "2026-11-23", "2026-11-23T17:41:24", "2026-02-30T00:00:00Z",
                                  "2026-11-23T24:00:00Z", "2026-11-23T17:41:24.Z",
                                  "2026-11-23T17:41:24.1234567890Z", "2026-11-23T17:41:24Zx"})
            QVERIFY2(!parseTimestamp(wrong), wrong);
    }
};

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
