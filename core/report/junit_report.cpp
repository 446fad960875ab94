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
                      [](const ExpectationResult &result) { return !result.met; }));
}

std::string counts(std::size_t tests, std::size_t failed, std::size_t errors, double seconds)
{
    return attribute("tests", std::to_string(tests)) +
           attribute("failures", std::to_string(failed)) +
           attribute("errors", std::to_string(errors)) + attribute("skipped", "0") +
           attribute("time", decimal(seconds));
}

std::string failureText(const CheckedScenario &scenario, const ExpectationResult &result)
{
    const ExpectationSpec &wanted = result.expectation;
    std::string text = result.sentence + "\n";
    text += "got: " + result.gotText + "\nexpected: " + wanted.valueText + "\n";
    if (!wanted.why.empty())
        text += "why: " + wanted.why + "\n";
    if (wanted.place.line > 0)
        text += "at: " + scenario.path + ":" + std::to_string(wanted.place.line) + ":" +
                std::to_string(wanted.place.column) + "\n";
    return text;
}

std::string suite(const CheckedScenario &scenario)
{
    const std::size_t errors = scenario.error.empty() ? 0 : 1;
    std::string xml =
        "  <testsuite" + attribute("name", scenario.name) + attribute("file", scenario.path) +
        counts(scenario.results.size() + errors, failures(scenario), errors, scenario.seconds) +
        ">\n";
    if (errors == 0)
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
        if (result.met)
            xml += "/>\n";
        else
            xml += ">\n      <failure type=\"expectation\"" +
                   attribute("message", result.sentence) + ">" +
                   escapeMarkup(failureText(scenario, result)) + "</failure>\n    </testcase>\n";
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

std::string expectationTitle(const ExpectationSpec &expectation)
{
    return expectationSubject(expectation) + " " + expectation.valueText;
}

std::string junitReport(const std::vector<CheckedScenario> &checked)
{
    std::size_t tests = 0, failed = 0, errors = 0;
    double seconds = 0;
    std::string suites;
    for (const CheckedScenario &scenario : checked) {
        const std::size_t error = scenario.error.empty() ? 0 : 1;
        tests += scenario.results.size() + error;
        failed += failures(scenario);
        errors += error;
        seconds += scenario.seconds;
        suites += suite(scenario);
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"halfopen check\"" +
           counts(tests, failed, errors, seconds) + ">\n" + suites + "</testsuites>\n";
}

} // namespace halfopen::report
