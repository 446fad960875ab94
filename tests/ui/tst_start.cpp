// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace halfopen;
using namespace halfopen::test;

/// What a start of the program begins with: on a fresh machine, and after the program was left.
class TestStart : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeWorld> m_world;
    std::unique_ptr<MainWindow> m_window;
    QString m_default, m_own;

    /// The program ends and begins again.
    void start(const QString &file = {}, bool playing = false, std::optional<Speed> speed = {})
    {
        m_window.reset();
        m_window = std::make_unique<MainWindow>(fakeEngines(m_world), std::make_unique<LabSettings>(m_folder->filePath("settings.ini")));
        m_window->show();
        m_window->startUp(file, playing, speed);
        QTRY_VERIFY(!m_window->document()->isOpening());
    }
    QString path() const { return m_window->document()->path(); }
    QString message() const { return m_window->messageBar()->text(); }
    Speed speed() const { return m_window->controller()->speed(); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QLatin1String(name)); }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_world = std::make_shared<FakeWorld>();
        QDir(m_folder->path()).mkdir("lab");
        m_default = writeFile(m_folder->filePath("lab/retry_storm.yaml"), kTunedScenario);
        m_own = writeFile(m_folder->filePath("own.yaml"), kTunedScenario);
        qputenv("HALFOPEN_SCENARIOS", m_folder->filePath("lab").toLocal8Bit());
    }
    void cleanup()
    {
        m_window.reset();
        qunsetenv("HALFOPEN_SCENARIOS");
    }

    void aFreshMachineBeginsWithTheDefaultScenario()
    {
        start({}, true);
        QCOMPARE(path(), m_default);
        QTRY_VERIFY(m_window->controller()->isMoving());
        QCOMPARE(speed(), Speed{10});
        QVERIFY(!action("what_if")->isChecked() && action("from_now_on")->isChecked());
        QVERIFY(action("open_last")->isChecked());
        QCOMPARE(message(), QString());
    }

    void fileSpeedAndModeAreAsTheyWereLeft()
    {
        start();
        m_window->openScenario(m_own);
        QTRY_COMPARE(path(), m_own);
        action("what_if")->trigger();
        action("fastest")->trigger();
        start();
        QCOMPARE(path(), m_own);
        QVERIFY(!m_window->controller()->isMoving());
        QVERIFY(action("what_if")->isChecked() && !action("from_now_on")->isChecked());
        QCOMPARE(speed(), Speed::unlimited());
        action("from_now_on")->trigger();
        m_window->controller()->setSpeed({0.5});
        start();
        QVERIFY(!action("what_if")->isChecked());
        QCOMPARE(speed(), Speed{0.5});
    }

    void theCommandLineWinsForThisTimeOnly()
    {
        start();
        m_window->openScenario(m_own);
        QTRY_COMPARE(path(), m_own);
        m_window->controller()->setSpeed({50});
        start(m_default, false, Speed{2});
        QCOMPARE(path(), m_default);
        QCOMPARE(speed(), Speed{2});
        start(m_own);
        QCOMPARE(speed(), Speed{50});
    }

    void aFileThatIsGoneIsToldOnce()
    {
        start(m_own);
        QCOMPARE(path(), m_own);
        QVERIFY(QFile::remove(m_own));
        start();
        QCOMPARE(path(), m_default);
        QVERIFY2(message().contains(m_own) && message().contains("not there any more"), qPrintable(message()));
        start();
        QCOMPARE(path(), m_default);
        QCOMPARE(message(), QString());
    }

    /// The text of a kept run stays to be run, but what is opened at the start is a file.
    void aTextWithoutItsFileIsNotTheLastFile()
    {
        start(m_own);
        m_window->document()->openText(m_folder->filePath("gone.yaml"), kTunedScenario);
        QTRY_VERIFY(path().endsWith("gone.yaml"));
        start();
        QCOMPARE(path(), m_own);
    }

    void itCanBeSwitchedOffAndForgotten()
    {
        start(m_own);
        action("open_last")->trigger();
        start();
        QVERIFY(!action("open_last")->isChecked());
        QCOMPARE(path(), m_default);
        action("open_last")->trigger();
        start(m_own);
        LabSettings(m_folder->filePath("settings.ini")).clearRecentFiles();
        m_window.reset();
        LabSettings settings(m_folder->filePath("settings.ini"));
        QCOMPARE(settings.lastFile(), QString());
        QVERIFY(settings.opensLastFile());
    }

    void aLastFileThatIsNoScenarioIsShownWithItsProblems()
    {
        start(m_own);
        writeFile(m_own, "name: [");
        start();
        QVERIFY(!m_window->document()->isOpen());
        QVERIFY2(message().contains("own.yaml was not opened"), qPrintable(message()));
    }

    void damagedSettingsCountAsNone()
    {
        m_window.reset();
        writeFile(m_folder->filePath("settings.ini"), "[run]\nspeed=fast\nwhat_if=perhaps\n[start]\nopen_last=\nlast_file=\n");
        start();
        QCOMPARE(speed(), Speed{10});
        QVERIFY(!action("what_if")->isChecked());
        QCOMPARE(path(), m_default);
    }
};

QTEST_MAIN(TestStart)
#include "tst_start.moc"
