// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/licence_rule.h"

#include <QObject>
#include <QTest>

using namespace halfopen::test;

class TestLicences : public QObject {
    Q_OBJECT
private slots:
    void everySourceFileNamesHolderAndLicence()
    {
        int judged = 0;
        const std::vector<Finding> findings = findingsInTree(HALFOPEN_SOURCE_DIR, [&](const SourceFile &file) {
            if (!carriesLicence(file.path))
                return std::vector<Finding>();
            ++judged;
            return checkLicence(file.path, file.text);
        });
        QVERIFY2(findings.empty(), listing(findings).c_str());
        QVERIFY2(judged > 20, "the tree was not found, so nothing was judged");
    }

    void theWholeLicenceTextIsInTheTree()
    {
        const auto files = readTree(HALFOPEN_SOURCE_DIR);
        const auto textOf = [&files](std::string_view path) {
            for (const SourceFile &file : files) {
                if (file.path == path)
                    return file.text;
            }
            return std::string();
        };
        QVERIFY(textOf("LICENSE").find("GNU GENERAL PUBLIC LICENSE") != std::string::npos);
        QCOMPARE(textOf("LICENSES/GPL-3.0-or-later.txt"), textOf("LICENSE"));
    }

    void aFileWithoutTheLinesIsReported()
    {
        const auto findings = checkLicence("core/x.h", "#pragma once\n");
        QCOMPARE(findings.size(), std::size_t(2));
        QVERIFY(findings[0].text().starts_with("core/x.h:1: the first lines lack"));
    }

    void anotherLicenceIsReported()
    {
        const std::string text = std::string("// SPDX-FileCopyright") +
                                 "Text: 2026 The Halfopen authors\n// SPDX-License-" +
                                 "Identifier: MIT\n";
        QCOMPARE(checkLicence("core/x.h", text).size(), std::size_t(1));
    }

    void linesThatComeTooLateDoNotCount()
    {
        const std::string text = std::string(20, '\n') + "// SPDX-FileCopyright" +
                                 "Text: 2026 The Halfopen authors\n// SPDX-License-" +
                                 "Identifier: GPL-3.0-or-later\n";
        QCOMPARE(checkLicence("core/x.h", text).size(), std::size_t(2));
        QCOMPARE(checkLicence("core/x.h", text.substr(18)).size(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestLicences)
#include "tst_licences.moc"
