// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// "A policy does not know what time it is": nothing in core or simulators reads a clock or asks the machine for chance, whichever
// way it might. Only core/live does. Read from the source, so that it holds in code that no test runs.
#include "tests/support/source_text.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

using namespace halfopen::test;

namespace {

/// Words of clocks, of the machine's chance and of the standard library's generators, whose results differ between libraries.
constexpr std::array<std::string_view, 20> kWords = {
    "steady_clock",  "system_clock", "high_resolution_clock", "utc_clock", "clock_gettime", "gettimeofday", "timespec_get",
    "QDateTime",     "QElapsedTimer", "QDeadlineTimer", "random_device", "mt19937", "minstd_rand", "default_random_engine",
    "rand",          "srand",        "drand48",   "uniform_int_distribution", "uniform_real_distribution", "exponential_distribution"};

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether \a word stands alone somewhere in \a line; "rand" only where it is called.
bool uses(std::string_view line, std::string_view word)
{
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool isWhole = (at == 0 || !isWord(line[at - 1])) && (end == line.size() || !isWord(line[end]));
        const bool isCall = end < line.size() && line[end] == '(';
        if (isWhole && (word != "rand" || isCall))
            return true;
    }
    return false;
}

std::vector<Finding> impurities(std::string_view path, std::string_view text)
{
    std::vector<Finding> findings;
    const bool isJudged = isCpp(path) && (path.starts_with("core/") || path.starts_with("simulators/"))
        && !path.starts_with("core/live/") && !path.starts_with("simulators/servers/") && !path.starts_with("simulators/proxy/");
    if (!isJudged)
        return findings;
    const std::string plain = withoutCommentsAndStrings(text);
    int number = 0;
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t end = std::min(plain.find('\n', at), plain.size());
        const std::string_view line = std::string_view(plain).substr(at, end - at);
        ++number;
        for (const std::string_view word : kWords)
            if (uses(line, word))
                findings.push_back({std::string(path), number, std::string(word) + ": time and chance are arguments here"});
        at = end + 1;
    }
    return findings;
}

} // namespace

class TestPurity : public QObject {
    Q_OBJECT
private slots:
    void noClockIsReadAndNoMachineAskedForChance()
    {
        std::vector<Finding> findings;
        int judged = 0;
        for (const SourceFile &file : readTree(HALFOPEN_SOURCE_DIR)) {
            judged += file.path.starts_with("core/policies/") && isCpp(file.path) ? 1 : 0;
            for (const Finding &finding : impurities(file.path, file.text))
                findings.push_back(finding);
        }
        QVERIFY2(findings.empty(), listing(findings).c_str());
        QVERIFY2(judged > 60, "the tree was not found, so nothing was judged");
    }

    void aReaderOfTheClockIsReported()
    {
        const std::string clock = "int a;\nconst auto now = std::chrono::steady_clock::now();\n";
        QCOMPARE(impurities("core/policies/x.cpp", clock).size(), std::size_t(1));
        QCOMPARE(impurities("core/policies/x.cpp", clock).front().line, 2);
        QCOMPARE(impurities("simulators/models/x.h", "std::mt19937 twister;").size(), std::size_t(1));
        QCOMPARE(impurities("core/engine/x.cpp", "return rand() % 6;").size(), std::size_t(1));
        QVERIFY(impurities("core/live/clock.h", clock).empty());
        QVERIFY(impurities("core/policies/x.cpp", "// not steady_clock\nint strand(int rand);\n").empty());
    }
};

QTEST_GUILESS_MAIN(TestPurity)
#include "tst_purity.moc"
