// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/layer_rule.h"

#include <QLibraryInfo>
#include <QObject>
#include <QTest>
#include <filesystem>

using namespace halfopen::test;

namespace {

/// Every header of the installed Qt with its module, read from the folders of Qt itself.
QtHeaders installedQtHeaders()
{
    QtHeaders headers;
    const std::filesystem::path root = QLibraryInfo::path(QLibraryInfo::HeadersPath).toStdString();
    for (const auto &folder : std::filesystem::directory_iterator(root)) {
        const std::string module = folder.path().filename().string();
        if (!folder.is_directory() || !module.starts_with("Qt"))
            continue;
        for (const auto &header : std::filesystem::directory_iterator(folder.path())) {
            if (!header.is_directory())
                headers.emplace(header.path().filename().string(), module);
        }
    }
    return headers;
}

} // namespace

class TestLayers : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_headers = installedQtHeaders();
        QCOMPARE(m_headers["QWidget"], std::string("QtWidgets"));
        QCOMPARE(m_headers["QObject"], std::string("QtCore"));
    }

    void everyIncludeLineKeepsTheLayers()
    {
        int judged = 0;
        const std::vector<Finding> findings = findingsInTree(HALFOPEN_SOURCE_DIR, [&](const SourceFile &file) {
            judged += isCpp(file.path) ? 1 : 0;
            return checkLayers(file.path, file.text, m_headers);
        });
        QVERIFY2(findings.empty(), listing(findings).c_str());
        QVERIFY2(judged > 10, "the tree was not found, so nothing was judged");
    }

    void aLineThatBreaksALayerIsReported_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *name, const char *path, const char *line) {
            QTest::newRow(name) << path << line;
        };
        row("core uses Qt", "core/base/x.h", "#include <QString>");
        row("core uses Qt by path", "core/base/x.h", "#include <QtCore/QString>");
        row("core uses QCoro", "core/run/x.cpp", "#include <QCoroTask>");
        row("core uses simulators", "core/run/x.cpp", "#include \"simulators/world.h\"");
        row("core uses live", "core/run/x.cpp", "#include \"core/live/live_clock.h\"");
        row("core uses an unknown Qt module", "core/run/x.cpp", "#include <QHttpServer>");
        row("live uses widgets", "core/live/x.cpp", "#include <QWidget>");
        row("live uses gui", "core/live/x.cpp", "#include <QImage>");
        row("live uses simulators", "core/live/x.cpp", "#include \"simulators/world.h\"");
        row("models use Qt", "simulators/models/x.cpp", "#include <QObject>");
        row("models use servers", "simulators/models/x.cpp", "#include \"simulators/servers/x.h\"");
        row("models use live", "simulators/faults/x.cpp", "#include \"core/live/live_clock.h\"");
        row("servers use ui", "simulators/servers/x.cpp", "#include \"ui/format.h\"");
        row("servers use widgets", "simulators/servers/x.cpp", "#include <QLabel>");
        row("ui uses app", "ui/x.cpp", "#include \"app/commands/run.h\"");
        row("a model uses widgets", "ui/models/x.cpp", "#include <QTableView>");
        row("a model uses charts", "ui/models/x.cpp", "#include <QChartView>");
        row("a model uses a view", "ui/models/x.cpp", "#include \"ui/views/timeline_view.h\"");
        row("geometry uses widgets", "ui/geometry/x.h", "#include <QWidget>");
        row("a command uses ui", "app/commands/x.cpp", "#include \"ui/format.h\"");
        row("yaml-cpp elsewhere", "core/scenario/loader.cpp", "#include <yaml-cpp/yaml.h>");
        row("yaml-cpp in a test", "tests/unit/tst_x.cpp", "#include <yaml-cpp/yaml.h>");
        row("a program uses tests", "app/cli_main.cpp", "#include \"tests/support/x.h\"");
        row("umbrella QtTest", "tests/unit/tst_x.cpp", "#include <QtTest>");
        row("umbrella QtWidgets", "ui/x.cpp", "#include <QtWidgets>");
        row("umbrella QtCharts by path", "ui/x.cpp", "#include <QtCharts/QtCharts>");
        row("umbrella QtCore", "ui/x.cpp", "#include <QtCore>");
        row("umbrella QtGui", "ui/x.cpp", "#include <QtGui>");
        row("relative path", "core/run/x.cpp", "#include \"../base/instant.h\"");
        row("no path", "core/run/x.cpp", "#include \"instant.h\"");
        row("spaces in the directive", "core/run/x.cpp", "  #  include  <QString>");
        row("comment behind", "core/run/x.cpp", "#include <QString> // for names");
    }
    void aLineThatBreaksALayerIsReported()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        const std::string text = "// first line\n" + line.toStdString() + "\n";
        const auto findings = checkLayers(path.toStdString(), text, m_headers);
        QCOMPARE(findings.size(), std::size_t(1));
        QCOMPARE(findings[0].line, 2);
        QCOMPARE(findings[0].file, path.toStdString());
    }

    void aLineThatKeepsTheLayersIsNotReported_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *name, const char *path, const char *line) {
            QTest::newRow(name) << path << line;
        };
        row("core uses core", "core/run/x.cpp", "#include \"core/base/instant.h\"");
        row("core uses the library", "core/run/x.cpp", "#include <vector>");
        row("live uses Qt Core", "core/live/x.cpp", "#include <QTimer>");
        row("live uses Qt Network", "core/live/x.cpp", "#include <QTcpSocket>");
        row("live uses QCoro", "core/live/x.cpp", "#include <QCoroTask>");
        row("servers use live", "simulators/servers/x.cpp", "#include \"core/live/live_clock.h\"");
        row("ui uses widgets", "ui/views/x.cpp", "#include <QWidget>");
        row("a model uses Qt Gui", "ui/models/x.cpp", "#include <QColor>");
        row("a test uses ui", "tests/ui/tst_x.cpp", "#include \"ui/main_window.h\"");
        row("a test includes its moc", "tests/ui/tst_x.cpp", "#include \"tst_x.moc\"");
        row("the reader uses yaml-cpp", "core/scenario/yaml_reader.cpp",
            "#include <yaml-cpp/yaml.h>");
        row("in a comment", "core/run/x.cpp", "// #include <QString>");
        row("in a long comment", "core/run/x.cpp", "/*\n#include <QString>\n*/");
        row("in a string", "core/run/x.cpp", "auto s = \"\\\n#include <QString>\\n\";");
        row("in a raw string", "core/run/x.cpp", "auto s = R\"(\n#include <QString>\n)\";");
        row("not C++", "core/CMakeLists.txt", "#include <QString>");
    }
    void aLineThatKeepsTheLayersIsNotReported()
    {
        QFETCH(QString, path);
        QFETCH(QString, line);
        const auto findings = checkLayers(path.toStdString(), line.toStdString(), m_headers);
        QVERIFY2(findings.empty(), listing(findings).c_str());
    }

private:
    QtHeaders m_headers;
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
