// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/junit_report.h"
#include "tests/support/record_fixture.h"

#include <QObject>
#include <QString>
#include <QTest>
#include <QXmlStreamReader>

using namespace halfopen;
using namespace halfopen::report;
using namespace halfopen::test;

namespace {

std::vector<CheckedScenario> checked()
{
    return {{.name = "storm <script>",
             .path = "scenarios/storm.yaml",
             .seconds = 1.25,
             .seed = 42,
             .fingerprint = 0xc0ffee,
             .results = makeExpectations(),
             .error = ""},
            {.name = "broken",
             .path = "broken.yaml",
             .results = {},
             .error = "broken.yaml:3:1: error: unknown key 'nmae'\n  nmae: x\n"}};
}

/// One element of the report: its name, attributes and text.
struct Element {
    QString name;
    QXmlStreamAttributes attributes;
    QString text;
};

/// Every element in order, read by a real XML parser; empty if the text is not well formed.
std::vector<Element> parse(const std::string &xml)
{
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    std::vector<Element> elements;
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        if (token == QXmlStreamReader::StartElement)
            elements.push_back({reader.name().toString(), reader.attributes(), {}});
        else if (token == QXmlStreamReader::Characters && !elements.empty())
            elements.back().text += reader.text().toString();
    }
    return reader.hasError() ? std::vector<Element>{} : elements;
}

QString attribute(const Element &element, const QString &name)
{
    return element.attributes.value(name).toString();
}

std::vector<Element> named(const std::vector<Element> &all, const QString &name)
{
    std::vector<Element> found;
    for (const Element &element : all)
        if (element.name == name)
            found.push_back(element);
    return found;
}

} // namespace

class TestJunit : public QObject {
    Q_OBJECT
private slots:
    void oneSuitePerScenarioAndOneCasePerExpectation()
    {
        const auto all = parse(junitReport(checked()));
        const auto suites = named(all, "testsuite");
        QCOMPARE(suites.size(), 2u);
        QCOMPARE(attribute(suites[0], "name"), QString("storm <script>"));
        QCOMPARE(attribute(suites[0], "tests"), QString("2"));
        QCOMPARE(attribute(suites[0], "failures"), QString("1"));
        QCOMPARE(attribute(suites[0], "errors"), QString("0"));
        QCOMPARE(attribute(suites[0], "time"), QString("1.250"));
        const auto cases = named(all, "testcase");
        QCOMPARE(cases.size(), 3u);
        QCOMPARE(attribute(cases[0], "name"), QString("goodput of web >= 85%"));
        QCOMPARE(attribute(cases[1], "name"), QString("p99 of web from 20 s on <= 100ms"));
    }

    void totalsAreThoseOfTheSuites()
    {
        const auto root = named(parse(junitReport(checked())), "testsuites").at(0);
        QCOMPARE(attribute(root, "tests"), QString("3"));
        QCOMPARE(attribute(root, "failures"), QString("1"));
        QCOMPARE(attribute(root, "errors"), QString("1"));
    }

    void failureSaysGotExpectedAndWhy()
    {
        const auto failure = named(parse(junitReport(checked())), "failure").at(0);
        QCOMPARE(attribute(failure, "message"),
                 QString("p99 250 ms of web from 20 s on, expected <= 100ms"));
        QVERIFY(failure.text.contains(
            "got: 250 ms\nexpected: <= 100ms\nwhy: users leave after 100 ms & don't come back\n"
            "at: scenarios/storm.yaml:13:5\n"));
    }

    void scenarioThatDoesNotLoadIsAnError()
    {
        const auto error = named(parse(junitReport(checked())), "error").at(0);
        QCOMPARE(attribute(error, "message"),
                 QString("broken.yaml:3:1: error: unknown key 'nmae'"));
        QVERIFY(error.text.contains("  nmae: x"));
    }

    /// The file that a CI server reads says which of the two it is, and counts both against the check, as its exit status does.
    void whatWasNotReachedIsAnErrorAndNoFailure()
    {
        std::vector<CheckedScenario> one = checked();
        one.pop_back();
        ExpectationResult behind = one[0].results[1];
        behind.met = false;
        behind.reached = false;
        behind.sentence = "p99 from 4m on, expected <= 100ms: the run ended at 3m";
        one[0].results.push_back(behind);
        const auto all = parse(junitReport(one));
        const auto suite = named(all, "testsuite").at(0);
        QCOMPARE(attribute(suite, "tests"), QString("3"));
        QCOMPARE(attribute(suite, "failures"), QString("1"));
        QCOMPARE(attribute(suite, "errors"), QString("1"));
        QCOMPARE(attribute(suite, "skipped"), QString("0"));
        QCOMPARE(attribute(named(all, "testsuites").at(0), "errors"), QString("1"));
        const auto error = named(all, "error").at(0);
        QCOMPARE(attribute(error, "type"), QString("not_reached"));
        QCOMPARE(attribute(error, "message"), QString("not reached: p99 from 4m on, expected <= 100ms: the run ended at 3m"));
        QVERIFY(error.text.contains("not judged: it is of a time behind the end of the run, which fails a check\n"));
        QCOMPARE(attribute(named(all, "failure").at(0), "type"), QString("expectation"));
    }

    void noScenarioIsAReportToo() { QCOMPARE(parse(junitReport({})).size(), 1u); }
};

QTEST_GUILESS_MAIN(TestJunit)
#include "tst_junit.moc"
