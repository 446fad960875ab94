// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_report.h"
#include "simulators/simulation.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

using namespace halfopen;
using Json = nlohmann::json;

namespace {

/// "clients/c/offered", or a share: "clients/c/outcomes/rate_limited per clients/c/offered".
double valueOf(const Json &report, const std::string &name)
{
    constexpr std::string_view kPer = " per ";
    if (const std::size_t at = name.find(kPer); at != std::string::npos)
        return valueOf(report, name.substr(0, at)) / valueOf(report, name.substr(at + kPer.size()));
    return report.at(Json::json_pointer("/" + name)).get<double>();
}

} // namespace

/// Small worlds whose outcome can be worked out on paper: every kind of arrivals, discipline, join, pool, balancing, slowdown,
/// fault, place and time of a fault, with the number that must come out and how it was worked out (tests/data/computed_worlds.json).
class TestComputedWorlds : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_worlds = Json::parse(test::readFile(HALFOPEN_SOURCE_DIR "/tests/data/computed_worlds.json"));
        QVERIFY(m_worlds.size() > 100);
    }
    void theOutcomeIsAsComputed_data()
    {
        QTest::addColumn<int>("place");
        for (std::size_t i = 0; i < m_worlds.size(); ++i)
            QTest::newRow(m_worlds[i].at("name").get<std::string>().c_str()) << static_cast<int>(i);
    }
    void theOutcomeIsAsComputed()
    {
        QFETCH(int, place);
        const Json &world = m_worlds.at(static_cast<std::size_t>(place));
        std::string text;
        for (const Json &line : world.at("scenario"))
            text += line.get<std::string>() + "\n";
        Simulation simulation(test::loaded(text), {});
        simulation.runToEnd();
        const Json outcome = Json::parse(report::jsonReport(simulation.snapshot(), {}));
        for (const Json &check : world.at("checks")) {
            const auto name = check.at("value").get<std::string>();
            const double got = valueOf(outcome, name);
            const double off = std::abs(got - check.at("expected").get<double>());
            const std::string words = name + " is " + std::to_string(got) + ", expected " + check.at("expected").dump() + " within "
                + check.at("within").dump() + " " + check.value("how", "");
            QVERIFY2(off <= check.at("within").get<double>() + 1e-9, words.c_str());
        }
    }

private:
    Json m_worlds;
};

QTEST_GUILESS_MAIN(TestComputedWorlds)
#include "tst_computed_worlds.moc"
