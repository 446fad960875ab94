// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// halfopen help, against the pages and tables that it is made of.
#include "core/scenario/help_text.h"
#include "core/scenario/none_value.h"
#include "simulators/vocabulary.h"
#include "tests/support/program.h"

#include <QDir>
#include <QObject>
#include <QRegularExpression>
#include <QTest>

using namespace halfopen;
using namespace halfopen::test;

namespace {

constexpr const char *kPages = HALFOPEN_SOURCE_DIR "/resources/help";

QString plain(QString text)
{
    return text.remove(QLatin1Char('*')).simplified();
}

/// The first cell of every row of the tables of a page, but of tables of settings, which the list of settings stands for.
QStringList firstCells(const QString &markdown)
{
    QStringList cells;
    bool isTable = false, isOfSettings = false, isDrawing = false;
    for (const QString &line : markdown.split(QLatin1Char('\n'))) {
        isDrawing = line.startsWith("```") ? !isDrawing : isDrawing;
        if (isDrawing || !line.startsWith(QLatin1Char('|'))) {
            isTable = false;
            continue;
        }
        const QString first = line.section(QLatin1Char('|'), 1, 1).trimmed();
        if (!isTable)
            isOfSettings = first == "setting";
        else if (!isOfSettings && !first.isEmpty() && !first.startsWith("-") && !first.startsWith(":-"))
            cells += plain(first);
        isTable = true;
    }
    return cells;
}

} // namespace

class TestCliHelp : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY2(QFile::exists(kPath), "build the target halfopen first"); }

    void everyPageIsShownWithAllItsTables_data()
    {
        QTest::addColumn<QString>("page");
        for (const QString &file : QDir(kPages).entryList({"*.md"}))
            QTest::newRow(qPrintable(file)) << file.chopped(3);
    }
    void everyPageIsShownWithAllItsTables()
    {
        QFETCH(QString, page);
        QFile file(QString(kPages) + "/" + page + ".md");
        QVERIFY(file.open(QFile::ReadOnly));
        const QString markdown = QString::fromUtf8(file.readAll());
        const Program::Finished shown = m_program.run({"help", page}); // also "circuit_breaker.polly"
        QVERIFY2(shown.status == 0, qPrintable(shown.err));
        const QString text = shown.out.simplified();
        const QString title = plain(markdown.section("\n# ", 1).section(QLatin1Char('\n'), 0, 0));
        QVERIFY2(text.contains(title), qPrintable(title));
        for (const QString &cell : firstCells(markdown))
            QVERIFY2(text.contains(cell), qPrintable(cell + "\n" + shown.out));
    }

    void thereAreTablesToLose()
    {
        int cells = 0;
        for (const QString &name : QDir(kPages).entryList({"*.md"})) {
            QFile file(QString(kPages) + "/" + name);
            QVERIFY(file.open(QFile::ReadOnly));
            cells += int(firstCells(QString::fromUtf8(file.readAll())).size());
        }
        QVERIFY(cells > 20);
    }

    void aDialectIsFoundByItsPolicy()
    {
        for (const char *name : {"circuit_breaker/polly", "circuit_breaker.polly"}) {
            const QString text = m_program.run({"help", name}).out;
            QVERIFY2(text.contains("minimum_throughput") && !text.contains("max_retry_attempts"), qPrintable(text));
        }
        QVERIFY(m_program.run({"help", "circuit_breaker/halfopen"}).out.contains("half_open_max_calls"));
    }

    void aCommandDoesNotHideATopicOfItsName()
    {
        const QString text = m_program.run({"help", "fit"}).out;
        QVERIFY2(text.contains("Examples:"), qPrintable(text));       // the command
        QVERIFY2(text.contains("fit: ") && text.contains("p99"), qPrintable(text)); // the form of service_time
    }

    void aWordIsLookedForInTheNames()
    {
        const Program::Finished asked = m_program.run({"help", "breaker"});
        QCOMPARE(asked.status, 2);
        QVERIFY2(asked.err.contains("did you mean 'circuit_breaker'"), qPrintable(asked.err));
        QVERIFY2(!asked.err.contains("breakers_tripped"), qPrintable(asked.err));
        QVERIFY(m_program.run({"help", "circuit_braker"}).err.contains("did you mean 'circuit_breaker'?"));
    }

    /// A short form is shown with a value that its setting takes.
    void shortFormsAreExamples()
    {
        int shorthands = 0;
        const auto check = [&shorthands](const Schema &schema) {
            if (schema.shorthand.empty())
                return;
            ++shorthands;
            const Field &field = *schema.find(schema.shorthand);
            const std::string example = exampleOf(field);
            const Result<Value> value = parseValue(field, example);
            QVERIFY2(value && !std::holds_alternative<std::monostate>(*value), (std::string(schema.key) + ": " + example).c_str());
        };
        for (const PolicyType &type : standardVocabulary().policies) {
            check(type.schema());
            if (type.otherDialects)
                for (const PolicyType &other : type.otherDialects())
                    check(other.schema());
        }
        for (const FaultType &type : standardVocabulary().faults)
            check(type.schema());
        QVERIFY(shorthands > 20);
        QVERIFY(m_program.run({"help", "hedge"}).out.contains("Short form: `hedge: 100ms` sets 'delay'."));
        QVERIFY(m_program.run({"help", "rate_limiter"}).out.contains("Short form: `rate_limiter: 100/s` sets 'rate'."));
    }

    void noneSaysWhatIsInForce()
    {
        const QString text = m_program.run({"help", "circuit_breaker"}).out.simplified();
        QVERIFY2(text.contains("or none; default none (then 5)."), qPrintable(text));
        // What it says is what the policy does: five failures in a row, and as many trials as successes are wanted.
        const Schema &schema = standardVocabulary().policies.front().schema();
        QCOMPARE(std::string(schema.key), std::string("circuit_breaker"));
        int known = 0;
        for (const Field &field : schema.fields)
            if (const std::string_view means = noneMeans(schema, field); !means.empty()) {
                ++known;
                QVERIFY(std::holds_alternative<std::monostate>(field.standard));
            }
        QCOMPARE(known, 3);
    }

private:
    const QString kPath = HALFOPEN_BINARY_DIR "/bin/halfopen";
    Program m_program{kPath};
};

QTEST_GUILESS_MAIN(TestCliHelp)
#include "tst_cli_help.moc"
