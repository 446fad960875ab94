// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/output_file.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/resource.h>

using namespace halfopen;
using namespace halfopen::report;
namespace fs = std::filesystem;

namespace {

std::string contentOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> namesIn(const fs::path &folder)
{
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// While it lives, no file may grow past \a bytes: a disk that is full.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int) = SIG_DFL;
};

} // namespace

class TestOutputFile : public QObject {
    Q_OBJECT
private slots:
    void init() { QVERIFY(m_folder.isValid()); }

    void fileAppearsWholeAndOnlyAtTheCommit()
    {
        const fs::path path = fresh() / "report.html";
        {
            Result<OutputFile> file = OutputFile::open(path);
            QVERIFY(file.has_value());
            QVERIFY(!fs::exists(path));
            QVERIFY(file->commit("whole").has_value());
        }
        QCOMPARE(contentOf(path), std::string("whole"));
        QCOMPARE(namesIn(path.parent_path()), std::vector<std::string>{"report.html"});
    }

    void withoutACommitNothingIsLeft()
    {
        const fs::path path = fresh() / "report.html";
        QVERIFY(OutputFile::open(path).has_value());
        QVERIFY(namesIn(path.parent_path()).empty());
    }

    void aFullDiskLeavesTheOldFile()
    {
        const fs::path path = fresh() / "report.html";
        QVERIFY(writeFile(path, "old").has_value());
        Result<void> done;
        {
            const FullDisk full(4096);
            done = writeFile(path, std::string(100'000, 'x'));
        }
        QVERIFY(!done.has_value());
        QCOMPARE(done.error().message, "cannot write " + path.string() + ": File too large");
        QCOMPARE(contentOf(path), std::string("old"));
        QCOMPARE(namesIn(path.parent_path()), std::vector<std::string>{"report.html"});
    }

    void aPathThatCannotBeWrittenIsKnownAtOnce()
    {
        const fs::path folder = fresh();
        const auto missing = OutputFile::open(folder / "no/such/folder/r.html");
        QVERIFY(!missing.has_value());
        QCOMPARE(missing.error().message, "cannot write " +
                                              (folder / "no/such/folder/r.html").string() +
                                              ": No such file or directory");
        const auto directory = OutputFile::open(folder);
        QVERIFY(!directory.has_value());
        QCOMPARE(directory.error().message, "cannot write " + folder.string() + ": Is a directory");
    }

    void aLinkIsFollowedAndStays()
    {
        const fs::path folder = fresh();
        fs::create_directory(folder / "real");
        fs::create_symlink("real/r.html", folder / "link.html");
        QVERIFY(writeFile(folder / "real/r.html", "old").has_value());
        QVERIFY(writeFile(folder / "link.html", "new").has_value());
        QVERIFY(fs::is_symlink(folder / "link.html"));
        QCOMPARE(contentOf(folder / "real/r.html"), std::string("new"));
    }

    void modeOfAnExistingFileStays()
    {
        const fs::path path = fresh() / "r.html";
        QVERIFY(writeFile(path, "old").has_value());
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
        QVERIFY(writeFile(path, "new").has_value());
        QCOMPARE(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    }

    void aDeviceIsWrittenToAndNotReplaced()
    {
        QVERIFY(writeFile("/dev/null", "gone").has_value());
        QVERIFY(fs::is_character_file("/dev/null"));
        const Result<void> full = writeFile("/dev/full", "x");
        QVERIFY(!full.has_value());
        QCOMPARE(full.error().message,
                 std::string("cannot write /dev/full: No space left on device"));
    }

private:
    fs::path fresh()
    {
        const fs::path folder =
            fs::path(m_folder.path().toStdString()) / QTest::currentTestFunction();
        fs::create_directory(folder);
        return folder;
    }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestOutputFile)
#include "tst_output_file.moc"
