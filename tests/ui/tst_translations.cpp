// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catalogue.h"
#include "tests/support/fake_engine.h"
#include "ui/format.h"
#include "ui/main_window.h"
#include "ui/theme.h"
#include "ui/translation.h"
#include "ui/views/registry.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <set>

using namespace halfopen;
using namespace halfopen::test;

namespace {

QStringList placeholders(const QString &text)
{
    static const QRegularExpression mark(QStringLiteral("%(n|\\d)"));
    QStringList all;
    for (auto it = mark.globalMatch(text); it.hasNext();)
        all += it.next().captured();
    all.sort();
    return all;
}

const QString kSources = QStringLiteral(HALFOPEN_SOURCE_DIR "/ui");

} // namespace

QRegularExpression shownText();
std::vector<QRegularExpression> namesOfContexts();

/// That the lab speaks its languages completely.
class TestTranslations : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::vector<CatalogueText> m_german; ///< with every text of the sources as they are now

private slots:
    void initTestCase()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
        const QString copy = m_folder.filePath("halfopen_de.ts");
        QVERIFY(QFile::copy(QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/translations/halfopen_de.ts"), copy));
        QProcess update;
        update.start(QLibraryInfo::path(QLibraryInfo::BinariesPath) + "/lupdate",
                     {"-no-obsolete", "-silent", "-locations", "none", "-I", HALFOPEN_SOURCE_DIR, kSources, "-ts", copy});
        QVERIFY2(update.waitForFinished(60000), qPrintable(update.errorString()));
        m_german = readCatalogue(copy);
        QVERIFY(m_german.size() > 400);
    }

    void everyTextIsTranslated()
    {
        QStringList missing;
        for (const CatalogueText &message : m_german) {
            if (!message.finished || message.translations.contains(QString()))
                missing += message.context + ": " + message.source;
        }
        QVERIFY2(missing.isEmpty(), qPrintable(QString("%1 texts:\n").arg(missing.size()) + missing.join('\n')));
    }

    /// A class without Q_OBJECT asks for its texts under the name of its base, so that the text stays English for ever.
    void everyContextIsAskedFor()
    {
        std::set<QString> asked{QStringLiteral("halfopen")}; // LabTranslator looks there for everything
        const std::vector<QRegularExpression> names = namesOfContexts();
        for (QDirIterator it(kSources, {"*.cpp", "*.h"}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (const QRegularExpression &name : names) {
                for (auto match = name.globalMatch(text); match.hasNext();)
                    asked.insert(match.next().captured(1));
            }
        }
        QVERIFY(asked.size() > 30);
        for (const CatalogueText &message : m_german)
            QVERIFY2(asked.count(message.context.section(QStringLiteral("::"), -1)) == 1,
                     qPrintable(message.context + ": " + message.source));
    }

    void placeholdersAreKept()
    {
        for (const CatalogueText &message : m_german) {
            for (const QString &translation : message.translations) {
                if (!translation.isEmpty())
                    QVERIFY2(placeholders(message.source) == placeholders(translation), qPrintable(message.source));
            }
        }
    }

    /// The obvious ways to show a text that no catalogue knows.
    void noTextGoesPastTheCatalogue()
    {
        const QRegularExpression call = shownText();
        static const QRegularExpression noWords(QStringLiteral("<[^>]*>|&\\w+;|%\\d|\\\\u[0-9A-Fa-f]{4}|\\\\\\w"));
        static const QRegularExpression word(QStringLiteral("[A-Za-z]{2,}"));
        QStringList found;
        int seen = 0;
        for (QDirIterator it(kSources, {"*.cpp", "*.h"}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (auto match = call.globalMatch(text); match.hasNext();) {
                const QRegularExpressionMatch each = match.next();
                ++seen;
                if (each.captured().startsWith("addCommand")) // its first text is a name that is never shown
                    continue;
                if (QString(each.captured(1)).remove(noWords).contains(word))
                    found += it.fileInfo().fileName() + ": " + each.captured().simplified();
            }
        }
        QVERIFY(seen > 5);
        QVERIFY2(found.isEmpty(), qPrintable(found.join('\n')));
    }

    void everyLetterOfAMenuIsThereOnce_data()
    {
        QTest::addColumn<QString>("language");
        for (const Language &language : languages()) {
            if (!language.code.isEmpty())
                QTest::newRow(qPrintable(language.name)) << language.code;
        }
    }
    void everyLetterOfAMenuIsThereOnce()
    {
        QFETCH(QString, language);
        applyLanguage(*qApp, language);
        MainWindow window(fakeEngines(std::make_shared<FakeWorld>()), std::make_unique<LabSettings>(m_folder.filePath("settings.ini")));
        std::vector<QList<QAction *>> menus{window.menuBar()->actions()};
        for (const QAction *top : window.menuBar()->actions())
            menus.push_back(top->menu()->actions());
        for (const QList<QAction *> &menu : menus) {
            std::map<QChar, QString> letters;
            for (const QAction *action : menu) {
                const qsizetype at = action->text().indexOf('&');
                if (at < 0)
                    continue;
                const QChar letter = action->text()[at + 1].toLower();
                QVERIFY2(letters.emplace(letter, action->text()).second,
                         qPrintable(action->text() + " and " + letters[letter]));
            }
        }
    }

    void theWindowSpeaksGerman()
    {
        applyLanguage(*qApp, "de");
        auto world = std::make_shared<FakeWorld>();
        MainWindow window(fakeEngines(world), std::make_unique<LabSettings>(m_folder.filePath("settings.ini")));
        QStringList menus;
        for (const QAction *action : window.menuBar()->actions())
            menus += action->text();
        QVERIFY2(menus.contains("&Datei") && menus.contains("&Hilfe"), qPrintable(menus.join(' ')));
        QCOMPARE(viewTitle(viewTypes()[0]), QString("Ausgänge"));
        QCOMPARE(outcomeLabel(OutcomeKind::Rejected), QString("abgewiesen")); // of a free function
        QCOMPARE(formatNumber(1.5), QString("1,5"));
        QCOMPARE(window.findChild<QAction *>("play_pause")->text(), QString("Abspielen"));
        applyLanguage(*qApp, "en");
        QCOMPARE(outcomeLabel(OutcomeKind::Rejected), QString("rejected"));
        QCOMPARE(formatNumber(1.5), QString("1.5"));
    }

    /// Dates and numbers are written as the texts around them are, also where the system speaks a language that the lab does not.
    void datesAndNumbersAreOfTheLanguageThatIsShown()
    {
        for (const char *code : {"", "en", "de"}) {
            applyLanguage(*qApp, QString::fromLatin1(code));
            QCOMPARE(QLocale().language(), QLocale(shownLanguage()).language());
        }
        QCOMPARE(QLocale().toString(QDate(2026, 3, 5), QStringLiteral("MMMM")), QString::fromUtf8("März"));
        applyLanguage(*qApp, "en");
        QCOMPARE(QLocale().toString(QDate(2026, 3, 5), QStringLiteral("MMMM")), QString("March"));
    }

    void languagesAreNamed()
    {
        QCOMPARE(parseLanguage("de"), std::optional<QString>("de"));
        QCOMPARE(parseLanguage("system"), std::optional<QString>(""));
        QVERIFY(!parseLanguage("xx"));
        QVERIFY(!parseLanguage(""));
    }
};

/// Where a source names a context: a class with texts of its own, or a call that says which.
std::vector<QRegularExpression> namesOfContexts()
{
    return {QRegularExpression(QStringLiteral(R"re(class\s+(\w+)[^;{]*\{\s*Q_(?:OBJECT|DECLARE_TR_FUNCTIONS))re")),
            QRegularExpression(QStringLiteral(R"re((?:translate|QT_TRANSLATE_NOOP)\(\s*"(?:halfopen::)?(\w+)")re"))};
}

/// A call that shows the text in its first capture. Behind the class, because moc does not read these literals.
QRegularExpression shownText()
{
    return QRegularExpression(QStringLiteral(
        R"re(\b(?:setText|setWindowTitle|setTitle|setToolTip|setStatusTip|setWhatsThis|setPlaceholderText|setAccessibleName|)re"
        R"re(setAccessibleDescription|setInformativeText|showMessage|addAction|addMenu|addTab|addItem|addRow|addCommand|)re"
        R"re(QLabel|QPushButton|QToolButton|QCheckBox|QRadioButton|QGroupBox|QAction|QToolBar|QDockWidget|QMenu)\()re"
        R"re((?:[^"();]*,\s*)?(?:(?:QStringLiteral|QLatin1String|QString|QString::fromUtf8)\()?"((?:[^"\\]|\\.)*)")re"));
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
