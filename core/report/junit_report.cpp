// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/junit_report.h"

#include "core/report/format.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace halfopen::report {

namespace {

std::string decimal(double number)
{
    std::array<char, 64> text;
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, 3);
    return std::string(text.data(), end.ptr);
}

std::string attribute(std::string_view name, std::string_view value)
{
    return " " + std::string(name) + "=\"" + escapeMarkup(value) + "\"";
}

std::size_t failures(const CheckedScenario &scenario)
{
    return static_cast<std::size_t>(
        std::count_if(scenario.results.begin(), scenario.results.end(),
                      [](const ExpectationResult &result) { return !result.met && result.reached; }));
}

/// What could not be judged: the scenario as a whole, or expectations of it.
std::size_t errors(const CheckedScenario &scenario)
{
    return (scenario.error.empty() ? 0 : 1) +
           static_cast<std::size_t>(std::count_if(scenario.results.begin(), scenario.results.end(),
                                                  [](const ExpectationResult &result) { return !result.reached; }));
}

std::size_t tests(const CheckedScenario &scenario)
{
    return scenario.results.size() + (scenario.error.empty() ? 0 : 1);
}

std::string counts(std::size_t all, std::size_t failed, std::size_t notJudged, double seconds)
{
    return attribute("tests", std::to_string(all)) +
           attribute("failures", std::to_string(failed)) +
           attribute("errors", std::to_string(notJudged)) + attribute("skipped", "0") +
           attribute("time", decimal(seconds));
}

std::string failureText(const CheckedScenario &scenario, const ExpectationResult &result)
{
    const ExpectationSpec &wanted = result.expectation;
    std::string text = result.sentence + "\n";
    text += result.reached ? "got: " + result.gotText + "\nexpected: " + wanted.valueText + "\n"
                           : "not judged: it is of a time behind the end of the run, which fails a check\n";
    if (!wanted.why.empty())
        text += "why: " + wanted.why + "\n";
    if (wanted.place.line > 0)
        text += "at: " + scenario.path + ":" + std::to_string(wanted.place.line) + ":" +
                std::to_string(wanted.place.column) + "\n";
    return text;
}

std::string suite(const CheckedScenario &scenario)
{
    std::string xml =
        "  <testsuite" + attribute("name", scenario.name) + attribute("file", scenario.path) +
        counts(tests(scenario), failures(scenario), errors(scenario), scenario.seconds) +
        ">\n";
    if (scenario.error.empty())
        xml += "    <properties>\n      <property name=\"seed\"" +
               attribute("value", std::to_string(scenario.seed)) +
               "/>\n      <property name=\"fingerprint\"" +
               attribute("value", formatFingerprint(scenario.fingerprint)) +
               "/>\n    </properties>\n";
    else
        xml += "    <testcase name=\"runs\"" + attribute("classname", scenario.name) +
               " time=\"0.000\">\n      <error" +
               attribute("message", scenario.error.substr(0, scenario.error.find('\n'))) + ">" +
               escapeMarkup(scenario.error) + "</error>\n    </testcase>\n";
    for (const ExpectationResult &result : scenario.results) {
        xml += "    <testcase" + attribute("name", expectationTitle(result.expectation)) +
               attribute("classname", scenario.name) + " time=\"0.000\"";
        if (result.met) {
            xml += "/>\n";
            continue;
        }
        const std::string element = result.reached ? "failure" : "error";
        xml += ">\n      <" + element + attribute("type", result.reached ? "expectation" : verdictWord(result)) +
               attribute("message", (result.reached ? "" : "not reached: ") + result.sentence) + ">" +
               escapeMarkup(failureText(scenario, result)) + "</" + element + ">\n    </testcase>\n";
    }
    return xml + "  </testsuite>\n";
}

} // namespace

std::string expectationSubject(const ExpectationSpec &expectation)
{
    std::string subject = expectation.metric;
    if (!expectation.of.empty())
        subject += " of " + expectation.of;
    if (expectation.from)
        subject += " from " + formatDuration(*expectation.from) + (expectation.to ? "" : " on");
    if (expectation.to)
        subject += (expectation.from ? " to " : " up to ") + formatDuration(*expectation.to);
    return subject;
}

std::string_view verdictWord(const ExpectationResult &result)
{
    return result.met ? "met" : result.reached ? "missed" : "not_reached";
}

std::string expectationTitle(const ExpectationSpec &expectation)
{
    return expectationSubject(expectation) + " " + expectation.valueText;
}

std::string junitReport(const std::vector<CheckedScenario> &checked)
{
    std::size_t all = 0, failed = 0, notJudged = 0;
    double seconds = 0;
    std::string suites;
    for (const CheckedScenario &scenario : checked) {
        all += tests(scenario);
        failed += failures(scenario);
        notJudged += errors(scenario);
        seconds += scenario.seconds;
        suites += suite(scenario);
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"halfopen check\"" +
           counts(all, failed, notJudged, seconds) + ">\n" + suites + "</testsuites>\n";
}

} // namespace halfopen::report
