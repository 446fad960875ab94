// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The written pages: that the programs carry them, and that both languages say the same.
#include "core/help/help_pages.h"
#include "tests/support/program.h"

#include <QDir>
#include <QFileInfo>
#include <QObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace halfopen;
using namespace halfopen::test;

namespace {

const QString kFolder = QStringLiteral(HALFOPEN_SOURCE_DIR "/resources/help");
const QString kProgram = QStringLiteral(HALFOPEN_BINARY_DIR "/bin/halfopen");

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QStringList wordsIn(const QString &folder)
{
    QStringList words;
    for (const QString &file : QDir(folder).entryList({"*.md"}, QDir::Files, QDir::Name))
        words += file.chopped(3);
    return words;
}

QStringList all(const QString &text, const QRegularExpression &what)
{
    QStringList found;
    for (auto match = what.globalMatch(text); match.hasNext();)
        found += match.next().captured(1);
    return found;
}

QStringList sorted(QStringList list)
{
    list.removeDuplicates();
    list.sort();
    return list;
}

/// What a translation must leave as it is.
struct Bones {
    QStringList headings; ///< "##" each
    QStringList drawings;
    QStringList code;     ///< each piece once
    QStringList numbers;  ///< with their units, each once
    QStringList sections; ///< names of sections, in order
    QList<int> rows;      ///< cells of each row of each table
    qsizetype points = 0;
};

Bones bonesOf(QString text)
{
    static const QRegularExpression drawing(QStringLiteral("(```.*?```)"), QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression heading(QStringLiteral("^(#+) "), QRegularExpression::MultilineOption);
    static const QRegularExpression code(QStringLiteral("(`[^`]*`)"));
    static const QRegularExpression number(QStringLiteral("(\\d[\\d.]*(?: ?(?:ns|ms|s|min|%|/s)(?![A-Za-z]))?)"));
    static const QRegularExpression section(QStringLiteral("<!-- (\\w+) -->"));
    static const QRegularExpression point(QStringLiteral("^(- )"), QRegularExpression::MultilineOption);
    Bones bones;
    bones.drawings = all(text, drawing);
    text.remove(drawing);
    bones.headings = all(text, heading);
    bones.sections = all(text, section);
    bones.code = sorted(all(text, code));
    for (const QString &line : text.split(QLatin1Char('\n')))
        if (line.startsWith(QLatin1Char('|')))
            bones.rows += int(line.count(QLatin1Char('|')));
    bones.points = all(text, point).size();
    text.remove(code);
    static const QRegularExpression comma(QStringLiteral("(?<=\\d),(?=\\d)"));
    text.replace(comma, QStringLiteral(".")); // the German decimal
    bones.numbers = all(text, number);
    for (QString &one : bones.numbers) // the full stop of a sentence, and the "2." of a German ordinal
        while (one.endsWith(QLatin1Char('.')))
            one.chop(1);
    bones.numbers = sorted(bones.numbers);
    return bones;
}

} // namespace

class TestHelpPages : public QObject {
    Q_OBJECT
private slots:
    void theProgramsCarryEveryPageOfTheTree()
    {
        const QRegularExpression licence(QStringLiteral("\\A(<!--[^\\n]*-->\\n)+"));
        int pages = 0;
        for (const QString &language : {QStringLiteral("en"), QStringLiteral("de")}) {
            const QString folder = language == QLatin1String("en") ? kFolder : kFolder + QLatin1Char('/') + language;
            for (const QString &word : wordsIn(folder)) {
                ++pages;
                const auto page = helpPage(word.toStdString(), language.toStdString());
                QVERIFY2(page, qPrintable(language + ' ' + word));
                QCOMPARE(fromView(*page), textOf(folder + QLatin1Char('/') + word + ".md").remove(licence));
            }
        }
        QVERIFY(pages > 70);
        QCOMPARE(int(helpPages().size()), pages); // and none that is gone
        QVERIFY(!helpPage("no_such_page"));
        QVERIFY(!helpPage("retry", "fr"));
    }

    /// Also far away from the tree that it was built from.
    void aCopyElsewhereStillHasItsPages()
    {
        QVERIFY2(QFile::exists(kProgram), "build the target halfopen first");
        QTemporaryDir elsewhere;
        const QString copy = elsewhere.filePath("bin/halfopen");
        QVERIFY(QDir(elsewhere.path()).mkpath("bin") && QFile::copy(kProgram, copy));
        const Program::Finished shown = Program(copy).run({"help", "circuit_breaker"});
        QCOMPARE(shown.status, 0);
        QVERIFY2(shown.out.contains("How it hurts") && shown.out.contains("It flaps when the threshold lies near"), qPrintable(shown.out));
        // It cannot have read them: it does not know where they lie.
        QFile file(kProgram);
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY(!file.readAll().contains("/resources/help"));
    }

    void everyPageIsThereInBothLanguages() { QCOMPARE(wordsIn(kFolder + "/de"), wordsIn(kFolder)); }

    void bothLanguagesHaveTheSameBones_data()
    {
        QTest::addColumn<QString>("word");
        for (const QString &word : wordsIn(kFolder))
            QTest::newRow(qPrintable(word)) << word;
    }
    void bothLanguagesHaveTheSameBones()
    {
        QFETCH(QString, word);
        const Bones english = bonesOf(textOf(kFolder + QLatin1Char('/') + word + ".md"));
        const Bones german = bonesOf(textOf(kFolder + "/de/" + word + ".md"));
        QCOMPARE(german.headings, english.headings);
        QCOMPARE(german.drawings, english.drawings);
        QCOMPARE(german.code, english.code);
        QCOMPARE(german.numbers, english.numbers);
        QCOMPARE(german.sections, english.sections);
        QCOMPARE(german.rows, english.rows);
        QCOMPARE(german.points, english.points);
        QVERIFY(!english.headings.isEmpty());
    }

    /// The comparison above can fail: it sees what it is there to see.
    void theBonesAreSeen()
    {
        const Bones bones = bonesOf("# A\n<!-- x -->\n## B\nUp to 30 s, 5 % of `max_wait`, 1.5 and 900/s.\n- one\n| a | b |\n```\ncode 7\n```\n");
        QCOMPARE(bones.headings, QStringList({"#", "##"}));
        QCOMPARE(bones.sections, QStringList("x"));
        QCOMPARE(bones.code, QStringList("`max_wait`"));
        QCOMPARE(bones.numbers, QStringList({"1.5", "30 s", "5 %", "900/s"}));
        QCOMPARE(bones.drawings, QStringList("```\ncode 7\n```"));
        QCOMPARE(bones.rows, QList<int>({3}));
        QCOMPARE(bones.points, qsizetype(1));
    }

    /// No sentence was left in the language it was written in.
    void theGermanPagesAreGerman()
    {
        static const QRegularExpression drawing(QStringLiteral("```.*?```|`[^`]*`|\\*[^*]*\\*"), QRegularExpression::DotMatchesEverythingOption);
        static const QRegularExpression english(QStringLiteral("\\b(the|of|and|which|when|are|its|than)\\b"));
        for (const QString &word : wordsIn(kFolder + "/de")) {
            QString text = textOf(kFolder + "/de/" + word + ".md");
            text.remove(drawing);
            for (const QString &line : text.split(QLatin1Char('\n')))
                QVERIFY2(!line.contains(english) || line.startsWith(QLatin1String("<!--")), qPrintable(word + ": " + line));
        }
    }
};

QTEST_GUILESS_MAIN(TestHelpPages)
#include "tst_help_pages.moc"
