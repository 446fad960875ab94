// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/help_pages.h"
#include "simulators/vocabulary.h"
#include "tests/support/fake_engine.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/command_palette.h"
#include "ui/help/help_document.h"
#include "ui/help/help_fold.h"
#include "ui/help/help_panel.h"
#include "ui/main_window.h"
#include "ui/models/help_place.h"
#include "ui/models/schema_text.h"
#include "ui/scenario/scenario_files.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/translation.h"
#include "ui/tuning/layer_group.h"
#include "ui/tuning/setting_editor.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/registry.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QSet>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextLayout>
#include <QTextList>
#include <QTextTable>
#include <QToolButton>
#include <QUrl>

#include <memory>

using namespace halfopen;
using namespace halfopen::test;

namespace {

/// All links of a document, each once.
QStringList linksOf(const QTextDocument &document)
{
    QStringList links;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it)
            if (const QTextCharFormat format = it.fragment().charFormat(); format.isAnchor() && !links.contains(format.anchorHref()))
                links += format.anchorHref();
    return links;
}

/// Without the drawings, which may hold any sign.
QString proseOf(const QTextDocument &document)
{
    QString text;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        if (!block.blockFormat().hasProperty(QTextFormat::BlockCodeFence))
            text += block.text() + '\n';
    return text;
}

/// What must not be left of Markdown in a text that is shown.
QString leftOver(const QString &text)
{
    static const QRegularExpression raw(QStringLiteral("`|\\*\\*|\\]\\(|^#+ |\\|-+|<!--|help:|scenario:"), QRegularExpression::MultilineOption);
    const QRegularExpressionMatch match = raw.match(text);
    return match.hasMatch() ? text.mid(std::max(qsizetype(0), match.capturedStart() - 30), 80) : QString();
}

} // namespace

/// The help beside the work.
class TestHelp : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    HelpPanel *help() const { return m_window->helpPanel(); }
    QString shown() const { return help()->page()->toPlainText(); }
    SettingRow *row(const char *path) const { return m_window->tuningPanel()->row(QString::fromLatin1(path)); }
    QDockWidget *dock(const char *name) const { return m_window->findChild<QDockWidget *>(QString::fromLatin1(name)); }

    /// A window with the tuned scenario, for those tests that need one.
    void open()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = shownWindow(*m_folder, fakeEngines(std::make_shared<FakeWorld>()), {1400, 900});
        QVERIFY(m_window->openScenario(writeFile(m_folder->filePath("tuned.yaml"), kTunedScenario)));
        QTRY_VERIFY(row("policies.edge.1.window.size"));
    }

private slots:
    void initTestCase()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
    }
    void init() { applyLanguage(*qApp, "en"); }
    void cleanup() { m_window.reset(); }

    void thePagesAreReadBeforeAnybodyAsksForOne()
    {
        HelpPanel panel(QStringLiteral("en"));
        QVERIFY(!panel.hasRead());
        QTRY_VERIFY(panel.hasRead());
        QVERIFY(panel.library().find(QStringLiteral("retry")));
    }

    void everyPageCanBeRead_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("German") << "de";
    }
    /// No mark of Markdown is left on any page, every link leads somewhere, and every setting stands there.
    void everyPageCanBeRead()
    {
        QFETCH(QString, language);
        applyLanguage(*qApp, language);
        const HelpLibrary library(language);
        QVERIFY(library.topics().size() > 80);
        int links = 0, scenarios = 0;
        QTextDocument document;
        for (const HelpTopic &topic : library.topics()) {
            const QHash<QString, int> places = fillHelpDocument(document, helpPageText(library, topic), &topic, Theme::current(), 400);
            const QString text = document.toPlainText();
            const QString prose = proseOf(document);
            QVERIFY2(leftOver(prose).isEmpty(), qPrintable(topic.word + ": " + leftOver(prose)));
            QVERIFY2(text.size() > 30, qPrintable(topic.word));
            QVERIFY2(!topic.isForeign, qPrintable(topic.word));
            for (const QString &link : linksOf(document)) {
                ++links;
                const QUrl url(link);
                if (url.scheme() == "scenario") {
                    ++scenarios;
                    QVERIFY2(fileOfScenario(url.path()), qPrintable(topic.word + ": " + link));
                } else if (url.scheme() == "help") {
                    const auto place = library.resolve(HelpPlace{url.path(), url.fragment()}.text());
                    QVERIFY2(place, qPrintable(topic.word + ": " + link));
                } else {
                    QVERIFY2(link.startsWith('#') && places.contains(link.mid(1)), qPrintable(topic.word + ": " + link));
                }
            }
            for (const SchemaTopic *schema : topic.schemas)
                for (const Field &field : schema->schema->fields) {
                    QVERIFY2(places.contains(fromView(field.key)), qPrintable(topic.word));
                    QVERIFY2(text.contains(fromView(field.key) + "   " + helpOnValues(*schema->schema, field)),
                             qPrintable(topic.word + ' ' + fromView(field.key)));
                    QVERIFY2(text.contains(schemaText(field.help).remove('`')), qPrintable(topic.word + ' ' + fromView(field.key)));
                }
        }
        QVERIFY2(links > 150, qPrintable(QString::number(links)));
        QVERIFY(scenarios >= 2 * int(standardVocabulary().policies.size()));
        fillHelpDocument(document, helpContents(library), nullptr, Theme::current(), 400);
        QVERIFY2(leftOver(document.toPlainText()).isEmpty(), qPrintable(leftOver(document.toPlainText())));
        QVERIFY(linksOf(document).size() >= qsizetype(library.topics().size()));
    }

    /// Heading, table, drawing and code come as such, not as text.
    void aPageHasItsForms()
    {
        const HelpLibrary library("en");
        QTextDocument document;
        const HelpTopic *topic = library.find("retry_budget");
        QVERIFY(topic);
        fillHelpDocument(document, helpPageText(library, *topic), topic, Theme::current(), 600);
        int headings = 0, drawn = 0;
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
            headings += block.blockFormat().headingLevel() > 0;
            if (block.text().startsWith("policies:")) {
                ++drawn;
                QVERIFY(block.begin().fragment().charFormat().font().families().contains(Theme::monoFont().family()));
                QCOMPARE(block.blockFormat().background().color(), Theme::current().raised);
            }
        }
        QCOMPARE(headings, 6); // its own five, and the settings
        QCOMPARE(drawn, 1);
        QCOMPARE(document.rootFrame()->childFrames().size(), qsizetype(1)); // the table of kinds
    }

    void everyPageFitsItsWidth_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("width");
        for (const char *language : {"en", "de"})
            for (const int width : {240, 290, 340, 420})
                QTest::addRow("%s in %d", language, width) << QString::fromLatin1(language) << width;
    }
    /// No page is wider than its panel, and no line ends inside a name.
    void everyPageFitsItsWidth()
    {
        QFETCH(QString, language);
        QFETCH(int, width);
        applyLanguage(*qApp, language);
        const HelpLibrary library(language);
        for (const HelpTopic &topic : library.topics()) {
            QTextDocument document;
            fillHelpDocument(document, helpPageText(library, topic), &topic, Theme::current(), width);
            document.setTextWidth(width);
            QVERIFY2(document.size().width() <= width, qPrintable(QStringLiteral("%1: %2").arg(topic.word).arg(document.size().width())));
            for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
                const QString text = block.text();
                const QTextLayout *layout = block.layout();
                for (int i = 0; i + 1 < layout->lineCount(); ++i) {
                    const QTextLine line = layout->lineAt(i);
                    const int end = line.textStart() + line.textLength();
                    const auto isOfName = [&](int at) { return at < text.size() && (text[at].isLetterOrNumber() || text[at] == '_'); };
                    // A name that is longer than a whole line is parted, not cut.
                    const bool isAlone = !text.mid(line.textStart(), line.textLength()).contains(' ');
                    QVERIFY2(isAlone || !isOfName(end - 1) || !isOfName(end),
                             qPrintable(topic.word + ": " + text.left(end) + '|' + text.mid(end)));
                    QVERIFY2(!isAlone || !isOfName(end - 1) || !isOfName(end) || !QTextCursor(block).currentTable(), qPrintable(topic.word + ": " + text));
                }
            }
        }
    }

    void whatDoesNotFitIsFolded()
    {
        const HelpRoom room{20, 100, 40, 2, [](const QString &word, bool) { return 6.0 * double(word.size()); }};
        const auto folded = [&](const char *text) { return foldedHelp(QString::fromUtf8(text), room); };
        const char *fits = "# T\n\n| a | b |\n|---|---|\n| `x` | y |\n\ntext";
        QCOMPARE(folded(fits), QString::fromUtf8(fits) + '\n');
        QCOMPARE(folded("| kind | rule |\n|---|---|\n| `min_retries_per_second` | a [link](help:x) |\n"),
                 QString("\n- **`min_retries_per_second`**  a [link](help:x)\n\n\n"));
        QCOMPARE(folded("| kind | rule | after |\n|---|---|---|\n| x | y | z |\n"), QString("\n- **x**  rule: y; after: z\n\n\n"));
        QCOMPARE(folded("```\na: { bbbbbb: cccccc, dddd: 1 }\n```"), QString("```\na: { bbbbbb: cccccc,\n    dddd: 1 }\n```\n"));
        QCOMPARE(folded("```\n aaaaaaaa bb ──── cc dddd\n 1               2\n```"),
                 QString::fromUtf8("```\n aaaaaaaa bb ──── cc\n 1               2\n\n dddd\n```\n"));
    }

    /// As in Markdown itself: all that follows is code. It is no table, whatever it looks like.
    void codeThatNothingEndsGoesToTheEnd()
    {
        const HelpRoom room{20, 100, 40, 2, [](const QString &word, bool) { return 6.0 * double(word.size()); }};
        const auto folded = [&](const char *text) { return foldedHelp(QString::fromUtf8(text), room); };
        QCOMPARE(folded("text\n\n```\na: { bbbbbb: cccccc, dddd: 1 }\nsome words and others\n| x |\n"),
                 QString("text\n\n```\na: { bbbbbb: cccccc,\n    dddd: 1 }\nsome words and\n    others\n| x |\n```\n"));
        QCOMPARE(folded("```"), QString("```\n```\n"));
        QTextDocument document;
        HelpPageText page;
        page.markdown = "# Title\n\n```\nfirst\nsecond with many words that have no room in one line\n\nthird\nfourth\n";
        page.sections = {QString()};
        fillHelpDocument(document, page, nullptr, Theme::current(), 290);
        const QString shown = document.toPlainText();
        QVERIFY2(shown.contains("second with") && shown.contains("fourth") && !shown.contains('`') && !shown.contains("**"), qPrintable(shown));
    }

    /// In a narrow panel the table of kinds is a list, its names in bold.
    void aTableBecomesAListWhereItHasNoRoom()
    {
        const HelpLibrary library("en");
        const HelpTopic *topic = library.find("retry_budget");
        QVERIFY(topic);
        QTextDocument document;
        fillHelpDocument(document, helpPageText(library, *topic), topic, Theme::current(), 290);
        QVERIFY(document.rootFrame()->childFrames().isEmpty());
        bool isFound = false;
        for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
            if (!block.textList() || !block.text().startsWith("token_bucket"))
                continue;
            isFound = true;
            QVERIFY(block.begin().fragment().charFormat().fontWeight() >= QFont::Bold);
            QVERIFY2(block.text().contains("after: Brooker 2022"), qPrintable(block.text()));
        }
        QVERIFY(isFound);
    }

    void aWrittenTableOfSettingsGivesWayToTheSchema()
    {
        const HelpLibrary library("en");
        const HelpTopic *topic = library.find("bulkhead");
        QVERIFY(topic && topic->markdown.contains("| `max_wait` | none |"));
        const HelpPageText page = helpPageText(library, *topic);
        QVERIFY(!page.markdown.contains("| `max_wait`"));
        QVERIFY(page.markdown.contains("](#settings)"));
        QCOMPARE(page.markdown.count("](scenario:patterns/"), qsizetype(2));
    }

    void wordsBecomeLinks()
    {
        const HelpLibrary library("en");
        const QString arrivals = helpPageText(library, *library.find("arrivals")).markdown;
        QVERIFY2(arrivals.contains("[wave](help:wave)") && arrivals.contains("[worker](help:worker)"), qPrintable(arrivals));
        QVERIFY2(arrivals.contains("[users](help:closed_loop#users)"), qPrintable(arrivals)); // a setting
        const QString breaker = helpPageText(library, *library.find("circuit_breaker")).markdown;
        QVERIFY(breaker.contains("[`polly`](help:circuit_breaker.polly)"));
        QVERIFY(!breaker.contains("[`timeout`](help:timeout)")); // its own setting of that name is not the policy
        const QString retry = helpPageText(library, *library.find("retry")).markdown;
        QVERIFY(retry.contains("[`polly`](help:retry.polly)"));
        QVERIFY(retry.contains("(help:circuit_breaker)")); // "a breaker's refusal": see also
    }

    void f1OnASettingOpensItsPolicyThere()
    {
        open();
        QWidget *field = row("policies.edge.1.window.size")->editor()->focusTarget();
        field->setFocus();
        QTest::keyClick(field, Qt::Key_F1);
        QCOMPARE(help()->place(), QString("circuit_breaker#window.size"));
        QVERIFY(dock("help")->isVisible());
        QVERIFY(help()->page()->hasFocus());
        QVERIFY2(shown().contains("How it hurts") && shown().contains("window.size"), qPrintable(shown()));
        QCOMPARE(help()->page()->textCursor().block().text().left(11), QString("window.size"));
        QVERIFY(help()->page()->verticalScrollBar()->value() > 0);
        // Escape goes back to where one was.
        QTest::keyClick(help()->page(), Qt::Key_Escape);
        QVERIFY(field->hasFocus());
        QTRY_VERIFY(!m_window->tuningPanel()->visibleRegion().isEmpty()); // no longer behind the tab
    }

    void theHelpLeavesItsColumnAsWideAsTheUserHasIt()
    {
        open();
        QDockWidget *tuning = dock("tuning");
        m_window->resizeDocks({tuning}, {310}, Qt::Horizontal);
        QTRY_COMPARE(tuning->width(), 310);
        m_window->showHelp("retry");
        QTRY_VERIFY(!help()->visibleRegion().isEmpty());
        waitUntilDrawn();
        QCOMPARE(dock("help")->width(), 310);
        QTest::keyClick(help()->page(), Qt::Key_F1);
        QTRY_VERIFY(!m_window->tuningPanel()->visibleRegion().isEmpty());
        QCOMPARE(tuning->width(), 310);
    }

    void f1OnAViewOpensItsSection()
    {
        open();
        for (const ViewType &type : viewTypes()) {
            QWidget *view = nullptr;
            if (type.place == ViewPlace::Track)
                view = m_window->tracks()->find(QString::fromLatin1(type.id));
            else
                view = m_window->findChild<QWidget *>(QString::fromLatin1(type.id));
            QVERIFY2(view, type.id);
            QVERIFY2(help()->library().resolve(QStringLiteral("views#") + QString::fromLatin1(type.id)), type.id);
            QVERIFY2(helpPage("views")->find("<!-- " + std::string(type.id) + " -->") != std::string_view::npos, type.id);
            QCOMPARE(view->property("help_place").toString(), QStringLiteral("views#") + QString::fromLatin1(type.id));
        }
        for (const char *name : {"scenario", "text", "tuning", "library", "compare", "transport", "what_if", "help"})
            QVERIFY2(helpPage("views")->find("<!-- " + std::string(name) + " -->") != std::string_view::npos, name);
        QWidget *breakers = m_window->tracks()->find("breakers")->view();
        breakers->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F1);
        QCOMPARE(help()->place(), QString("views#breakers"));
        QCOMPARE(help()->page()->textCursor().block().text(), QString("Breakers"));
    }

    void f1InTheTextExplainsTheKeyAtTheCursor()
    {
        open();
        m_window->findChild<QAction *>("edit_text")->trigger();
        TextEditor *editor = m_window->textPanel()->editor();
        QTRY_VERIFY(editor->text().contains("minimum_calls"));
        QVERIFY(editor->find("minimum_calls", true));
        QTest::keyClick(editor, Qt::Key_F1);
        QCOMPARE(help()->place(), QString("circuit_breaker#window.minimum_calls"));
        QTest::keyClick(help()->page(), Qt::Key_Escape);
        QVERIFY(editor->hasFocus());
    }

    void everyKeyOfATextHasItsPlace_data()
    {
        QTest::addColumn<QString>("text"); // ^ = the cursor
        QTest::addColumn<QString>("place");
        QTest::newRow("policy") << "policies:\n  edge:\n    - ret^ry: { jitter: full }\n" << "retry";
        QTest::newRow("setting") << "policies:\n  edge:\n    - retry: { jit^ter: full }\n" << "retry#jitter";
        QTest::newRow("value") << "policies:\n  edge:\n    - retry: { jitter: fu^ll }\n" << "retry#jitter";
        QTest::newRow("setting that is a policy, too") << "policies:\n  edge:\n    - circuit_breaker: { time^out: 1s }\n" << "circuit_breaker#timeout";
        QTest::newRow("group") << "policies:\n  edge:\n    - circuit_breaker: { win^dow: { size: 5 } }\n" << "circuit_breaker#window.kind";
        QTest::newRow("dialect") << "policies:\n  edge:\n    - circuit_breaker: { dialect: polly, min^imum_throughput: 5 }\n"
                                 << "circuit_breaker.polly#minimum_throughput";
        QTest::newRow("dialect's name") << "policies:\n  edge:\n    - retry: { dialect: gr^pc }\n" << "retry.grpc";
        QTest::newRow("name alone") << "policies:\n  edge: [ circuit_br^eaker ]\n" << "circuit_breaker";
        QTest::newRow("a stack named like a policy") << "policies:\n  cac^he:\n    - timeout: 1s\n" << "policies";
        QTest::newRow("service") << "services:\n  db: { work^ers: 5 }\n" << "services#workers";
        QTest::newRow("part of a service") << "services:\n  db: { pause: { ev^ery: 5s } }\n" << "services#pause.every";
        QTest::newRow("part by its name") << "services:\n  db: { pa^use: { every: 5s } }\n" << "pause";
        QTest::newRow("distribution") << "services:\n  db: { service_time: { lognor^mal: { p50: 1ms } } }\n" << "lognormal";
        QTest::newRow("call") << "clients:\n  web: { calls: [ { t^o: db } ] }\n" << "calls#to";
        QTest::newRow("fault") << "faults:\n  - { on: db, lat^ency: { add: 5ms } }\n" << "latency";
        QTest::newRow("setting of a fault") << "faults:\n  - { on: db, latency: { a^dd: 5ms } }\n" << "latency#add";
        QTest::newRow("place of a fault") << "faults:\n  - { o^n: db }\n" << "faults#on";
        QTest::newRow("metric") << "expect:\n  - { good^put: \">= 95%\" }\n" << "goodput";
        QTest::newRow("top") << "halfopen: 1\ndura^tion: 5s\n" << "scenario#duration";
        QTest::newRow("comment") << "# Ques^tion: what?\n" << "";
    }
    void everyKeyOfATextHasItsPlace()
    {
        QFETCH(QString, text);
        QFETCH(QString, place);
        const HelpLibrary library("en");
        const qsizetype at = text.indexOf('^');
        const std::string plain = text.remove('^').toStdString();
        const QString found = helpPlaceAt(library, plain, std::size_t(at));
        QCOMPARE(found, place);
        QVERIFY(found.isEmpty() || library.resolve(found));
    }

    void theQuestionMarkOfAPolicyOpensItsPage()
    {
        open();
        QToolButton *question = nullptr;
        for (LayerGroup *group : m_window->tuningPanel()->findChildren<LayerGroup *>())
            for (QToolButton *button : group->findChildren<QToolButton *>())
                if (button->accessibleName() == "Help page: Retry")
                    question = button;
        QVERIFY(question);
        question->click();
        QCOMPARE(help()->place(), QString("retry"));
    }

    void backAndForward()
    {
        open();
        m_window->showHelp("retry");
        m_window->showHelp("hedge#delay");
        m_window->showHelp("timeout");
        QTest::keyClick(help()->page(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(help()->place(), QString("hedge#delay"));
        QTest::keyClick(help()->page(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(help()->place(), QString("retry"));
        QVERIFY(shown().startsWith("Retry"));
        QTest::keyClick(help()->page(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(help()->place(), QString("hedge#delay"));
        m_window->showHelp("cache"); // what lay ahead is gone
        help()->goForward();
        QCOMPARE(help()->place(), QString("cache"));
    }

    void linksAreFollowed()
    {
        open();
        m_window->showHelp("bulkhead");
        QSignalSpy asked(help(), &HelpPanel::scenarioRequested);
        emit help()->page()->anchorClicked(QUrl("help:retry_budget#max_tokens"));
        QCOMPARE(help()->place(), QString("retry_budget#max_tokens"));
        emit help()->page()->anchorClicked(QUrl("scenario:patterns/bulkhead_keeps_the_page"));
        QCOMPARE(asked.size(), 1);
        QTRY_VERIFY(m_window->document()->path().endsWith("bulkhead_keeps_the_page.yaml"));
        QVERIFY(dock("help")->isVisible()); // to read on beside it
    }

    void theSearchFindsTitlesSettingsAndTexts()
    {
        open();
        m_window->findChild<QAction *>("help_topics")->trigger();
        QVERIFY(help()->searchLine()->hasFocus());
        QVERIFY(help()->list()->count() > 80);
        QTest::keyClicks(help()->searchLine(), "budget");
        QVERIFY(help()->list()->isVisible());
        QCOMPARE(help()->list()->item(0)->text(), QString("Retry budget"));
        help()->searchLine()->setText("max_ejection_percent"); // a setting
        QVERIFY(help()->list()->item(0)->text().startsWith("Outlier ejection"));
        QTest::keyClick(help()->searchLine(), Qt::Key_Return);
        QCOMPARE(help()->place(), QString("outlier_ejection#max_ejection_percent"));
        QVERIFY(help()->page()->hasFocus());
        help()->searchLine()->setText("stampede rate"); // words of a text, in any order
        QCOMPARE(help()->list()->count(), 2); // cache and rate limiter
        help()->searchLine()->setFocus();
        QTest::keyClick(help()->searchLine(), Qt::Key_Down);
        QVERIFY(help()->list()->hasFocus());
        QVERIFY(help()->place() == "cache" || help()->place() == "rate_limiter");
        QVERIFY2(help()->page()->textCursor().selectedText().compare("stampede", Qt::CaseInsensitive) == 0,
                 qPrintable(help()->page()->textCursor().selectedText()));
    }

    /// Title, and in the line below what it is: nothing that the title has said, and each page once.
    void hitsOfASearchDoNotRepeatThemselves()
    {
        const HelpLibrary library("en");
        for (const char *query : {"retry budget", "retry", "window", "ratio", "stampede"}) {
            QSet<const HelpTopic *> seen;
            const HelpTopic *last = nullptr;
            for (const HelpHit &hit : library.search(query)) {
                QCOMPARE(hit.isFirst, hit.topic != last);
                QVERIFY2(!hit.isFirst || !seen.contains(hit.topic), qPrintable(hit.topic->word));
                seen.insert(hit.topic);
                last = hit.topic;
                QVERIFY2(!hit.excerpt.isEmpty(), qPrintable(hit.topic->word));
                QVERIFY2(!hit.excerpt.contains(QStringLiteral(" · ")), qPrintable(hit.excerpt));
                QVERIFY2(!hit.excerpt.startsWith(hit.topic->title + ' '), qPrintable(hit.excerpt));
            }
        }
        const std::vector<HelpHit> windows = library.search("minimum_calls");
        QVERIFY(windows.size() >= 1);
        QVERIFY2(windows.front().excerpt.startsWith("window.minimum_calls: "), qPrintable(windows.front().excerpt));
    }

    void theTitlesOfHitsAreBold()
    {
        open();
        m_window->findChild<QAction *>("help_topics")->trigger();
        help()->searchLine()->setText("retry budget");
        QVERIFY(help()->list()->item(0)->font().weight() >= QFont::DemiBold);
        QVERIFY(!help()->list()->item(0)->data(Qt::AccessibleDescriptionRole).toString().isEmpty());
    }

    void aSearchWithoutResultSaysWhatToDo()
    {
        open();
        m_window->findChild<QAction *>("help_topics")->trigger();
        help()->searchLine()->setText("xyzzy");
        QVERIFY(!help()->list()->isVisible());
        QLabel *nothing = nullptr;
        for (QLabel *label : help()->findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains("xyzzy"))
                nothing = label;
        QVERIFY(nothing);
        QVERIFY(nothing->text().contains("Esc clears"));
        help()->searchLine()->setFocus();
        QTest::keyClick(help()->searchLine(), Qt::Key_Escape);
        QVERIFY(help()->searchLine()->text().isEmpty());
        QVERIFY(help()->list()->isVisible() && help()->list()->count() > 80);
    }

    void thePaletteListsThePages()
    {
        open();
        m_window->findChild<QAction *>("palette")->trigger();
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette);
        palette->line()->setText("help: circuit_breaker");
        QVERIFY(palette->list()->count() >= 8); // the policy and its dialects
        QCOMPARE(palette->list()->item(0)->text(), QString("Help: circuit_breaker (Circuit breaker)"));
        QTest::keyClick(palette->line(), Qt::Key_Return);
        QTRY_COMPARE(help()->place(), QString("circuit_breaker"));
    }

    void thePageSpeaksTheLanguageOfTheLab()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        applyLanguage(*qApp, "de");
        MainWindow window(fakeEngines(std::make_shared<FakeWorld>()), std::make_unique<LabSettings>(m_folder->filePath("other.ini")));
        window.show();
        window.showHelp("timeout");
        const QString text = window.helpPanel()->page()->toPlainText();
        QVERIFY2(text.contains("Wie er schadet") && text.contains("Einstellungen") && !text.contains("How it"), qPrintable(text));
    }

    void aPageWithoutTranslationIsEnglishAndSaysSo()
    {
        const HelpLibrary library("fr");
        const HelpTopic *topic = library.find("timeout");
        QVERIFY(topic && topic->isForeign);
        QTextDocument document;
        fillHelpDocument(document, helpPageText(library, *topic), topic, Theme::current(), 400);
        QVERIFY(document.toPlainText().startsWith("This page is not translated yet."));
        QVERIFY(document.toPlainText().contains("How it hurts"));
    }

    void theLayoutIsRemembered()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString settings = m_folder->filePath("kept.ini");
        {
            MainWindow window(fakeEngines(std::make_shared<FakeWorld>()), std::make_unique<LabSettings>(settings));
            window.show();
            window.showHelp("hedge");
            QVERIFY(window.close());
        }
        MainWindow window(fakeEngines(std::make_shared<FakeWorld>()), std::make_unique<LabSettings>(settings));
        window.show();
        QVERIFY(window.findChild<QDockWidget *>("help")->isVisible());
        QCOMPARE(window.helpPanel()->place(), QString("hedge"));
        QVERIFY(window.helpPanel()->page()->toPlainText().startsWith("Hedge"));
    }

    void theThemeChangesThePage()
    {
        open();
        m_window->showHelp("retry_budget");
        const auto background = [this] {
            for (QTextBlock block = help()->page()->document()->begin(); block.isValid(); block = block.next())
                if (block.text().startsWith("policies:"))
                    return block.blockFormat().background().color();
            return QColor();
        };
        QCOMPARE(background(), Theme::darkTheme().raised);
        m_window->useTheme(ThemeKind::Light);
        QTRY_COMPARE(background(), Theme::light().raised);
        m_window->useTheme(ThemeKind::Dark);
    }
};

QTEST_MAIN(TestHelp)
#include "tst_help.moc"
