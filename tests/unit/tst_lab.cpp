// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The script ./lab, in a folder of its own and with stand-ins for the programs that would change
// the machine. Each stand-in writes its name and arguments into a log; the tests compare what was
// called.
#include <QDir>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <memory>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

constexpr int kLimitMs = 60'000; // the script takes well under a second here

struct Ran {
    int status = -1;
    QString out;
    QString err;
};

void write(const QString &path, const QByteArray &text, bool executable = false)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    file.write(text);
    if (executable)
        file.setPermissions(file.permissions() | QFileDevice::ExeOwner | QFileDevice::ExeUser);
}

QString read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// A unix socket at a path; it answers as long as it lives, and leaves its file behind.
class ListeningSocket {
public:
    explicit ListeningSocket(const QString &path) : m_fd(::socket(AF_UNIX, SOCK_STREAM, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray name = path.toLocal8Bit();
        std::memcpy(address.sun_path, name.constData(),
                    qMin(std::size_t(name.size()), sizeof(address.sun_path) - 1));
        const bool bound =
            ::bind(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof(address)) == 0;
        m_isListening = bound && ::listen(m_fd, 1) == 0;
    }
    ListeningSocket(const ListeningSocket &) = delete;
    ~ListeningSocket() { ::close(m_fd); }
    bool isListening() const { return m_isListening; }

private:
    int m_fd;
    bool m_isListening = false;
};

} // namespace

class TestLab : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString root() const { return m_dir->path() + "/a tree"; }
    QString path(const char *name) const { return m_dir->path() + "/" + name; }

    void standIn(const char *name, const QByteArray &body)
    {
        write(path("bin/") + name,
              "#!/bin/bash\necho \"" + QByteArray(name) + " $*\" >>'" + path("calls").toUtf8() +
                  "'\n" + body,
              true);
    }

    Ran lab(const QStringList &arguments, const QStringList &environment = {})
    {
        QProcess process;
        QStringList all = {"PATH=" + path("bin") + ":/usr/bin:/bin", "HOME=" + m_dir->path(),
                           "CI=true"};
        process.setEnvironment(all + environment);
        process.setWorkingDirectory("/");
        process.start(root() + "/lab", arguments);
        if (!process.waitForFinished(kLimitMs))
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    /// The calls since the last question, without dpkg-query's and sudo's own.
    QStringList calls()
    {
        QStringList lines = read(path("calls")).split('\n', Qt::SkipEmptyParts);
        QFile::remove(path("calls"));
        lines.removeIf([](const QString &line) {
            return line.startsWith("dpkg-query") || line.startsWith("sudo");
        });
        return lines;
    }

    /// Everything is installed but for these.
    void setMissing(const QByteArray &packages) { write(path("missing"), packages); }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir().mkpath(root() + "/scenarios") && QDir().mkpath(path("bin")));
        QVERIFY(QFile::copy(QString(HALFOPEN_SOURCE_DIR) + "/lab", root() + "/lab"));
        write(root() + "/CMakePresets.json", "{}");
        write(root() + "/scenarios/retry_storm.yaml", "halfopen: 1\n");
        setMissing("");
        const QByteArray missing = "'" + path("missing").toUtf8() + "'";
        standIn("dpkg-query", "for word in \"$@\"; do\n"
                              "  [[ $word == -* ]] || grep -qxF -- \"$word\" " +
                                  missing + " || echo \"$word installed\"\ndone\n");
        standIn("apt-get", "[[ \" $* \" != *' install '* ]] || : >" + missing + "\n");
        standIn("sudo", "[[ $1 != -n ]] || shift\nexec \"$@\"\n");
        standIn("ctest", "echo '100% tests passed, 0 tests failed out of 1'\n");
        standIn("cmake",
                "mkdir -p build/release/bin\n"
                "if [[ $1 == --preset ]]; then\n"
                "  echo \"CMAKE_HOME_DIRECTORY:INTERNAL=$PWD\" >build/release/CMakeCache.txt\n"
                "  touch build/release/build.ninja\n"
                "fi\n"
                "for p in halfopen halfopen-lab; do\n"
                "  printf '#!/bin/bash\\necho \"%s $*\"\\nexit 3\\n' $p >build/release/bin/$p\n"
                "  chmod +x build/release/bin/$p\n"
                "done\n");
    }

    void theDefaultScenarioIsInTheTree()
    {
        const QString script = read(QString(HALFOPEN_SOURCE_DIR) + "/lab");
        const auto match = QRegularExpression("^readonly default_scenario=(\\S+)$",
                                              QRegularExpression::MultilineOption)
                               .match(script);
        QVERIFY(match.hasMatch());
        const QString scenario = QString(HALFOPEN_SOURCE_DIR) + "/" + match.captured(1);
        QVERIFY2(QFile::exists(scenario), qPrintable(scenario));
        QVERIFY(lab({"help"}).out.contains(match.captured(1)));
    }

    void installsOnlyWhatIsMissingAndSaysSoFirst()
    {
        setMissing("mold\nlibqt6svg6\n");
        const Ran ran = lab({"build"});
        QCOMPARE(ran.status, 0);
        QVERIFY2(ran.err.startsWith("lab: will install compiler and build tools: mold\n"
                                    "lab: will install fonts and plugins that the desktop needs"
                                    " when it runs: libqt6svg6\n"),
                 qPrintable(ran.err));
        const QStringList all = calls();
        QCOMPARE(all.filter("apt-get").size(), 2);
        QVERIFY(all[0].endsWith(" update"));
        QVERIFY2(all[1].endsWith(" install --yes --no-install-recommends mold libqt6svg6"),
                 qPrintable(all[1]));
        QVERIFY(all[1].contains("DPkg::Lock::Timeout=600"));
    }

    void theSecondCallNeitherInstallsNorConfigures()
    {
        QCOMPARE(lab({"test"}).status, 0);
        QCOMPARE(calls().filter("cmake --preset").size(), 1);
        const Ran second = lab({"test"});
        QCOMPARE(second.status, 0);
        QVERIFY(second.out.endsWith("100% tests passed, 0 tests failed out of 1\n"));
        const QStringList all = calls();
        QVERIFY(all.filter("apt-get").isEmpty());
        QVERIFY(all.filter("cmake --preset").isEmpty());
        QCOMPARE(all.filter("cmake --build").size(), 1);
        QCOMPARE(all.filter("ctest").size(), 1);
    }

    void aMovedTreeIsConfiguredAnew()
    {
        QCOMPARE(lab({"build"}).status, 0);
        write(root() + "/build/release/CMakeCache.txt",
              "CMAKE_HOME_DIRECTORY:INTERNAL=/elsewhere\n");
        calls();
        QCOMPARE(lab({"build"}).status, 0);
        QVERIFY(calls().first().contains("--fresh"));
    }

    void runBuildsOnlyTheProgramsAndWritesAReportWithoutADisplay()
    {
        const Ran ran = lab({"run"});
        QCOMPARE(ran.status, 3); // the program's own status
        QCOMPARE(ran.out, "halfopen run " + root() + "/scenarios/retry_storm.yaml --report " +
                              root() + "/build/reports/retry_storm.html\n");
        QVERIFY(calls().last().endsWith("--target halfopen halfopen-lab"));
        QVERIFY(QDir(root() + "/build/reports").exists());
    }

    void runOpensTheLabWhereADisplayAnswers()
    {
        const QStringList display = {"XDG_RUNTIME_DIR=" + m_dir->path(), "WAYLAND_DISPLAY=display"};
        const ListeningSocket socket(path("display"));
        QVERIFY(socket.isListening());
        const Ran ran = lab({"run"}, display);
        QCOMPARE(ran.out, "halfopen-lab " + root() + "/scenarios/retry_storm.yaml --play\n");
        QCOMPARE(ran.status, 3);
    }

    void aDisplayThatDoesNotAnswerCountsAsNone()
    {
        const QStringList display = {"XDG_RUNTIME_DIR=" + m_dir->path(), "WAYLAND_DISPLAY=display"};
        {
            const ListeningSocket socket(path("display"));
            QVERIFY(socket.isListening());
        }
        QVERIFY(QFile::exists(path("display")));
        QVERIFY(lab({"run"}, display).out.startsWith("halfopen run "));
        QVERIFY(lab({"run"}, {"DISPLAY=:987"}).out.startsWith("halfopen run "));
        QVERIFY(lab({"run"}, {"DISPLAY=nonsense"}).out.startsWith("halfopen run "));
    }

    void aFailedInstallationIsExplained_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("explanation");
        QTest::newRow("network") << QByteArray("Err:1 Temporary failure resolving 'deb.debian.org'")
                                 << "the package server cannot be reached";
        QTest::newRow("other system") << QByteArray("E: Unable to locate package mold")
                                      << "package sources do not have a package";
        QTest::newRow("disk") << QByteArray("E: You don't have enough free space in /var/cache")
                              << "the disk is full";
        QTest::newRow("anything else")
            << QByteArray("E: dpkg was interrupted") << "the packages could not be installed";
    }
    void aFailedInstallationIsExplained()
    {
        QFETCH(QByteArray, message);
        QFETCH(QString, explanation);
        setMissing("mold\n");
        standIn("apt-get",
                "[[ \" $* \" != *' install '* ]] && exit 0\necho \"" + message + "\"\nexit 100\n");
        const Ran ran = lab({"build"});
        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains("error: ") && ran.err.contains(explanation), qPrintable(ran.err));
        QVERIFY2(ran.err.contains(message), qPrintable(ran.err)); // the log's end
        QVERIFY(calls().filter("cmake").isEmpty());
    }

    void anotherSystemGetsTheListAndAWayOn()
    {
        // A path with everything the script uses, and neither dpkg-query nor apt-get.
        for (const char *name : {"dpkg-query", "apt-get", "sudo"})
            QFile::remove(path("bin/") + name);
        for (const char *name :
             {"bash", "dirname", "readlink", "realpath", "sed", "grep", "tr", "cat", "mkdir",
              "chmod", "nproc", "tail", "touch", "basename", "locale"})
            QFile::link(QString("/usr/bin/") + name, path("bin/") + name);
        const QString onlyThese = "PATH=" + path("bin");
        const Ran refused = lab({"build"}, {onlyThese});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains("not a Debian system"), qPrintable(refused.err));
        QVERIFY(refused.err.contains("qt6-charts-dev"));
        QCOMPARE(lab({"build"}, {onlyThese, "LAB_SKIP_PACKAGES=1"}).status, 0);
    }

    void worksWithStdinClosed()
    {
        QProcess process;
        process.setEnvironment({"PATH=" + path("bin") + ":/usr/bin:/bin", "CI=true"});
        process.start("bash", {"-c", "exec \"$0\" build <&-", root() + "/lab"});
        QVERIFY(process.waitForFinished(kLimitMs));
        QCOMPARE(process.exitCode(), 0);
    }

    void wrongWordsAreRefused()
    {
        const Ran command = lab({"fly"});
        QCOMPARE(command.status, 1);
        QVERIFY(command.err.contains("there is no command 'fly'"));
        const Ran file = lab({"run", "nowhere.yaml"});
        QCOMPARE(file.status, 1);
        QVERIFY(file.err.contains("there is no scenario file nowhere.yaml"));
        QVERIFY(calls().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLab)
#include "tst_lab.moc"
