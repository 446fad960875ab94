// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/conform/conform.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <zlib.h>

using namespace halfopen;

namespace {

namespace fs = std::filesystem;

const fs::path kVectors = HALFOPEN_SOURCE_DIR "/tests/data/vectors";

/// The lines of a recording.
std::vector<std::string> linesOf(const std::string &name)
{
    gzFile file = gzopen((kVectors / name).c_str(), "rb");
    std::string text;
    char part[65536];
    for (int n = 0; (n = gzread(file, part, sizeof part)) > 0;)
        text.append(part, static_cast<std::size_t>(n));
    gzclose(file);
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

} // namespace

class TestConform : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    Result<ConformReport> conformLines(const std::vector<std::string> &lines)
    {
        const fs::path path = m_folder.filePath("some.jsonl").toStdString();
        std::ofstream out(path, std::ios::binary | std::ios::trunc);
        for (const std::string &line : lines)
            out << line << '\n';
        out.close();
        return conformFile(path);
    }

private slots:
    /// Every operation and every observation of every recording.
    void reproducesTheRealLibraries_data()
    {
        QTest::addColumn<quint64>("sequences");
        QTest::addColumn<quint64>("operations");
        const auto row = [](const char *name, quint64 sequences, quint64 operations) {
            QTest::addRow("%s", name) << sequences << operations;
        };
        row("r4j-cb-count", 13, 7360);
        row("r4j-cb-time", 11, 5940);
        row("r4j-cb-maxwait", 6, 2520);
        row("r4j-cb-expwait", 4, 1680);
        row("r4j-cb-auto", 3, 1140);
        row("r4j-cb-manual", 4, 1600);
        row("r4j-ratelimiter", 15, 2655);
        row("r4j-bulkhead", 6, 960);
        row("r4j-backoff", 64, 64);
        row("r4j-retry", 120, 120);
        row("gobreaker-cb", 15, 3600);
    }
    void reproducesTheRealLibraries()
    {
        QFETCH(quint64, sequences);
        QFETCH(quint64, operations);
        const std::string name = std::string(QTest::currentDataTag()) + ".jsonl.gz";
        const auto report = conformFile(kVectors / name);
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY2(report->ok(), report->firstMismatch.c_str());
        QCOMPARE(report->sequences, sequences);
        QCOMPARE(report->operations, operations);
        QCOMPARE(report->summary(),
                 name + ": " + std::to_string(sequences) + " sequences, " + std::to_string(operations)
                     + " operations, 0 mismatches");
    }

    void everyFileOfTheFolderIsReplayed()
    {
        int files = 0;
        for (const auto &entry : fs::directory_iterator(kVectors))
            files += entry.path().extension() == ".gz";
        QCOMPARE(files, 11); // the rows above
    }

    /// A recording that was tampered with must not pass: one key at a time, in a line in the middle.
    void noticesEveryChangedAnswer_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("key");
        const auto rows = [](const char *file, std::initializer_list<const char *> keys) {
            for (const char *key : keys)
                QTest::addRow("%s %s", file, key) << file << key;
        };
        rows("r4j-cb-count.jsonl.gz", {"st", "fr", "sr", "n", "nf", "ns", "np"});
        rows("r4j-cb-time.jsonl.gz", {"st", "fr", "sr", "n", "nf", "ns", "np"});
        rows("r4j-cb-manual.jsonl.gz", {"st", "n", "np"});
        rows("r4j-ratelimiter.jsonl.gz", {"av", "nw", "cy", "w"});
        rows("r4j-bulkhead.jsonl.gz", {"av", "max"});
        rows("r4j-retry.jsonl.gz",
             {"tried", "waitsMs", "result", "okNoRetry", "okRetry", "failNoRetry", "failRetry", "total"});
        rows("r4j-backoff.jsonl.gz", {"waitsMs"});
        rows("gobreaker-cb.jsonl.gz", {"st", "g", "rq", "ts", "tf", "tx", "cs", "cf"});
    }
    void noticesEveryChangedAnswer()
    {
        QFETCH(QString, file);
        QFETCH(QString, key);
        const std::string mark = "\"" + key.toStdString() + "\":";
        std::vector<std::string> lines = linesOf(file.toStdString());
        QVERIFY(lines.size() > 50);
        std::size_t changed = 0;
        for (std::size_t i = lines.size() / 2; i < lines.size() && changed == 0; ++i) {
            const std::size_t at = lines[i].find(mark);
            if (at == std::string::npos)
                continue;
            const std::size_t value = at + mark.size();
            // 7 in front of a number, X in front of a word, one wait more: always another value.
            if (lines[i][value] == '[')
                lines[i].insert(value + 1, lines[i][value + 1] == ']' ? "987654" : "987654,");
            else
                lines[i].insert(value + (lines[i][value] == '"' || lines[i][value] == '-'),
                                lines[i][value] == '"' ? "X" : "7");
            changed = i + 1;
        }
        QVERIFY(changed > 0);
        const auto report = conformLines(lines);
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(report->mismatches, quint64{1});
        QVERIFY2(report->firstMismatch.starts_with("some.jsonl:" + std::to_string(changed) + ": sequence '"),
                 report->firstMismatch.c_str());
        QVERIFY2(report->firstMismatch.find(key.toStdString() + " is ") != std::string::npos,
                 report->firstMismatch.c_str());
    }

    void explainsTheFirstMismatch()
    {
        std::vector<std::string> lines = linesOf("gobreaker-cb.jsonl.gz");
        lines[2] = replaced(lines[2], "\"tf\":1", "\"tf\":3");
        const auto report = conformLines(lines);
        QVERIFY(report.has_value());
        QCOMPARE(report->firstMismatch,
                 "some.jsonl:3: sequence 'public-gb-01-fixed': tf is 1, recorded 3\n  " + lines[2]);
        QCOMPARE(report->summary(), std::string("some.jsonl: 15 sequences, 3600 operations, 1 mismatches"));
    }

    void keysThatItDoesNotKnowAreIgnored()
    {
        std::vector<std::string> lines = linesOf("gobreaker-cb.jsonl.gz");
        for (std::string &line : lines)
            line.insert(1, "\"note\":\"hello\",");
        const auto report = conformLines(lines);
        QVERIFY(report.has_value() && report->ok());
    }

    // ---- files that make no sense ----

    void saysWhatIsWrongWithAFile_data()
    {
        QTest::addColumn<QStringList>("lines");
        QTest::addColumn<QString>("message");
        const QString header = R"({"vec":"r4j.bulkhead","v":1,"seq":"a","ops":1,"cfg":{"maxConcurrentCalls":1,"maxWaitMs":0}})";
        QTest::newRow("empty") << QStringList() << "some.jsonl: there is no recording in it";
        QTest::newRow("no header") << QStringList{R"({"op":"try"})"}
                                   << "some.jsonl:1: an operation without a sequence (a line with the key \"vec\" begins one)";
        QTest::newRow("cut off") << QStringList{header}
                                 << "some.jsonl:1: the file ends, but sequence 'a' has 1 more operation";
        QTest::newRow("next too early") << QStringList{header, header}
                                        << "some.jsonl:2: sequence 'a' has 1 more operation";
        QTest::newRow("format") << QStringList{R"({"vec":"x.y","v":1,"seq":"a","ops":1})"}
                                << "some.jsonl:1: unknown format 'x.y', expected one of r4j.cb, r4j.ratelimiter, r4j.bulkhead, "
                                   "r4j.backoff, r4j.retry, gobreaker.cb";
        QTest::newRow("version") << QStringList{R"({"vec":"r4j.cb","v":2,"seq":"a","ops":1})"}
                                 << "some.jsonl:1: format version 2, expected 1";
        QTest::newRow("operation") << QStringList{header, R"({"op":"jump"})"}
                                   << "some.jsonl:2: unknown operation 'jump'";
    }
    void saysWhatIsWrongWithAFile()
    {
        QFETCH(QStringList, lines);
        QFETCH(QString, message);
        std::vector<std::string> text;
        for (const QString &line : lines)
            text.push_back(line.toStdString());
        const auto report = conformLines(text);
        QVERIFY(!report.has_value());
        QCOMPARE(QString::fromStdString(report.error().message), message);
    }

    void lineEndsOfOtherSystemsAndEmptyLinesChangeNothing()
    {
        std::vector<std::string> lines = linesOf("r4j-cb-manual.jsonl.gz");
        lines.front().insert(0, "\xEF\xBB\xBF");
        for (std::string &line : lines)
            line += "\r";
        lines.insert(lines.begin() + 7, {"", "  \r", "\r"});
        const auto report = conformLines(lines);
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(report->summary(), std::string("some.jsonl: 4 sequences, 1600 operations, 0 mismatches"));
    }

    void aFileThatWasCutOffIsAnError()
    {
        std::vector<std::string> lines = linesOf("r4j-cb-manual.jsonl.gz");
        lines.resize(20);
        lines.back().resize(lines.back().size() / 2);
        const auto report = conformLines(lines);
        QVERIFY(!report.has_value());
        QCOMPARE(report.error().message,
                 std::string("some.jsonl:20: this line is not JSON; was it cut off? One object per line is expected"));
    }

    void aCutOffGzipFileIsAnError()
    {
        std::ifstream in(kVectors / "r4j-cb-manual.jsonl.gz", std::ios::binary);
        std::string bytes(std::istreambuf_iterator<char>(in), {});
        bytes.resize(bytes.size() / 2);
        const fs::path path = m_folder.filePath("half.jsonl.gz").toStdString();
        std::ofstream(path, std::ios::binary) << bytes;
        const auto report = conformFile(path);
        QVERIFY(!report.has_value());
        QVERIFY2(report.error().message.starts_with("half.jsonl.gz:"), report.error().message.c_str());
    }

    /// Every operation of the format, also those that the recordings at hand use seldom.
    void everyOperationOfABreakerIsUnderstood()
    {
        const std::string cfg = R"("cfg":{"slidingWindowType":"COUNT_BASED","slidingWindowSize":4,"minimumNumberOfCalls":2,)"
                                R"("failureRateThreshold":50,"slowCallRateThreshold":100,"slowCallDurationThresholdMs":100,)"
                                R"("permittedNumberOfCallsInHalfOpenState":2,"waitInOpenState":{"kind":"exponential",)"
                                R"("initialMs":10,"multiplier":2},"maxWaitDurationInHalfOpenStateMs":0,)"
                                R"("transitionToStateAfterWaitDuration":"OPEN",)"
                                R"("automaticTransitionFromOpenToHalfOpenEnabled":false,"recordExceptionsListed":true})";
        std::vector<std::string> lines = {
            R"({"vec":"r4j.cb","v":1,"seq":"a","epochMs":1000,"ops":18,)" + cfg + "}",
            R"({"t":0,"op":"try","ok":1,"id":1,"st":"C","n":0,"fr":-1.0})",
            R"({"t":0,"op":"try","ok":1,"id":2})",
            R"({"t":0,"op":"try","ok":1,"id":3})",
            R"({"t":0,"op":"try","ok":1,"id":4})",
            R"({"t":5,"op":"succ","id":1,"d":5,"n":1,"nf":0})",
            R"({"t":5,"op":"oth","id":2,"d":5,"n":2,"nf":0,"fr":0.0})",
            R"({"t":6,"op":"ign","id":3,"d":6,"n":2})",
            R"({"t":6,"op":"rel","id":4,"n":2})",
            R"({"t":6,"op":"rel"})",
            R"({"t":6,"op":"look","st":"C"})",
            R"({"t":7,"op":"man","to":"half_open","ok":0,"st":"C"})",
            R"({"t":7,"op":"man","to":"forced_open","ok":1,"st":"F","n":0})",
            R"({"t":7,"op":"man","to":"disabled","ok":1,"st":"D"})",
            R"({"t":7,"op":"man","to":"metrics_only","ok":1,"st":"M"})",
            R"({"t":7,"op":"man","to":"reset","ok":1,"st":"C"})",
            R"({"t":7,"op":"man","to":"open_for","d":1000,"ok":1,"st":"O"})",
            R"({"t":1007,"op":"try","ok":0,"st":"O","np":1})",
            R"({"t":1008,"op":"try","ok":1,"id":5,"st":"H","n":0,"np":0})",
        };
        const auto report = conformLines(lines);
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY2(report->ok(), report->firstMismatch.c_str());
        QCOMPARE(report->operations, quint64{18});
    }

    void settingsThatMakeNoSenseAreNamed_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("message");
        QTest::newRow("kind") << "\"COUNT_BASED\"" << "\"ROUND\""
                              << "'slidingWindowType' is 'ROUND', expected one of COUNT_BASED, TIME_BASED";
        QTest::newRow("size") << "\"slidingWindowSize\":" << "\"slidingWindowSize\":-"
                              << "expected a whole number from 1 to 10000000";
        QTest::newRow("key") << "\"minimumNumberOfCalls\"" << "\"minimum\"" << "the key 'minimumNumberOfCalls' is missing";
        QTest::newRow("state") << "\"OPEN\"" << "\"HALF\""
                               << "'transitionToStateAfterWaitDuration' is 'HALF', expected one of OPEN, CLOSED";
    }
    void settingsThatMakeNoSenseAreNamed()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, message);
        std::vector<std::string> lines = linesOf("r4j-cb-count.jsonl.gz");
        lines[0] = replaced(lines[0], from.toStdString(), to.toStdString());
        const auto report = conformLines(lines);
        QVERIFY(!report.has_value());
        QVERIFY2(report.error().message.starts_with("some.jsonl:1: ")
                     && report.error().message.find(message.toStdString()) != std::string::npos,
                 report.error().message.c_str());
    }

    void brokenJsonAndMissingKeysAreErrorsWithALine()
    {
        const auto broken = conformLines({"{\"vec\":"});
        QVERIFY(!broken.has_value());
        QVERIFY(broken.error().message.starts_with("some.jsonl:1: "));
        const auto incomplete = conformLines({R"({"vec":"r4j.cb","v":1,"seq":"a","ops":1,"cfg":{}})"});
        QVERIFY(!incomplete.has_value());
        QVERIFY(incomplete.error().message.find("slidingWindowType") != std::string::npos);
    }

    void aMissingFileIsAnError()
    {
        const auto report = conformFile(m_folder.filePath("none.jsonl").toStdString());
        QVERIFY(!report.has_value());
        QCOMPARE(report.error().message, std::string("none.jsonl: No such file or directory"));
    }
};

QTEST_GUILESS_MAIN(TestConform)
#include "tst_conform.moc"
