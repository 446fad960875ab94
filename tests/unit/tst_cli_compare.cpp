// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// halfopen compare, against single runs of the same program.
#include "tests/support/json_schema_check.h"
#include "tests/support/program.h"

#include <QObject>
#include <QRegularExpression>
#include <QTest>
#include <cmath>

using namespace halfopen::test;
using Json = nlohmann::json;

namespace {

constexpr const char *kScenario = R"yaml(# Question: which breaker?
halfopen: 1
name: small
seed: 7
duration: 6s
services:
  db: { workers: 20, queue: 50, service_time: { exponential: 10ms } }
clients:
  web: { processes: 2, arrivals: { poisson: 200/s }, calls: [ { to: db, policies: client } ] }
policies:
  client:
    - circuit_breaker: { failure_rate_threshold: 40%, window: { kind: count, size: 30, minimum_calls: 10 }, recovery_timeout: 700ms }
    - timeout: 200ms
faults:
  - { on: db, from: 2s, for: 2s, error: { probability: 80% } }
)yaml";

} // namespace

class TestCliCompare : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(kPath), "build the target halfopen first");
        m_program.write("a.yaml", kScenario);
        m_program.write("b.yaml", QString(kScenario).replace("700ms", "1500ms"));
    }

    void everyFigureIsThatOfASingleRun()
    {
        const Program::Finished compared = m_program.run({"compare", "a.yaml", "b.yaml", "--seeds", "2", "--json"});
        QVERIFY2(compared.status == 0, qPrintable(compared.err));
        const Json json = compared.json();
        COMPARE_JSON(json["seeds"], (std::vector<int>{7, 8}));
        for (std::size_t v = 0; v < 2; ++v) {
            const Json &variant = json["variants"][v];
            COMPARE_JSON(variant["name"], std::string(v == 0 ? "a" : "b"));
            for (std::size_t s = 0; s < 2; ++s) {
                const Json run = m_program.run({"run", v == 0 ? "a.yaml" : "b.yaml", "--json", "--seed", QString::number(7 + s)}).json();
                if (s == 0)
                    COMPARE_JSON(variant["fingerprint"], run["fingerprint"]);
                const Json &web = run["clients"]["web"];
                const double good = web["succeeded"].get<double>() / (web["succeeded"].get<double>() + web["failed"].get<double>());
                QVERIFY(std::abs(variant["figures"]["goodput"]["by_seed"][s].get<double>() - good) < 1e-12);
                double trips = 0;
                for (const Json &breaker : run["breakers"])
                    trips += breaker["trips"].get<double>();
                QVERIFY(trips > 0);
                QCOMPARE(variant["figures"]["trips"]["by_seed"][s].get<double>(), trips);
                QCOMPARE(variant["figures"]["attempts"]["by_seed"][s].get<double>(), web["attempts"].get<double>());
            }
        }
        // The mean of the paired differences is the difference of the means.
        const auto mean = [&](std::size_t v) { return json["variants"][v]["figures"]["trips"]["mean"].get<double>(); };
        QVERIFY(std::abs(json["variants"][1]["difference"]["trips"]["mean"].get<double>() - (mean(1) - mean(0))) < 1e-9);
    }

    void whatDiffersInTheTrafficIsSaid()
    {
        m_program.write("busy.yaml", QString(kScenario).replace("200/s", "300/s"));
        m_program.write("other.yaml", QString(kScenario).replace("web:", "shop:"));
        const Program::Finished same = m_program.run({"compare", "a.yaml", "b.yaml"});
        QVERIFY2(same.out.startsWith("The same traffic for all: seed 7"), qPrintable(same.out));
        const Program::Finished busy = m_program.run({"compare", "a.yaml", "busy.yaml"});
        QVERIFY2(busy.out.startsWith("Not the same traffic: seed 7"), qPrintable(busy.out));
        QVERIFY2(busy.out.contains("web calls 200/s by chance in a and 300/s by chance in busy"), qPrintable(busy.out));
        const Program::Finished other = m_program.run({"compare", "a.yaml", "other.yaml"});
        QVERIFY2(other.out.contains("a has the client web, other has not") && other.out.contains("other has the client shop, a has not"),
                 qPrintable(other.out));
        const Json json = m_program.run({"compare", "a.yaml", "busy.yaml", "--json"}).json();
        QCOMPARE(json["traffic_differences"].size(), std::size_t(1));
        m_program.run({"compare", "a.yaml", "busy.yaml", "--report", "traffic.html"});
        QVERIFY(m_program.read("traffic.html").contains("not the same traffic"));
    }

    void dialectsMeetTheSameTraffic()
    {
        const Program::Finished compared =
            m_program.run({"compare", "a.yaml", "--dialects", "resilience4j,gobreaker", "--json", "--report", "r.html"});
        QVERIFY2(compared.status == 0, qPrintable(compared.err));
        const Json json = compared.json();
        QCOMPARE(json["variants"].size(), std::size_t{3});
        COMPARE_JSON(json["variants"][1]["name"], "resilience4j");
        // What the account says is what a scenario written by hand with these settings does.
        QString settings = "dialect: resilience4j, sliding_window_size: 30, minimum_number_of_calls: 10, failure_rate_threshold: 40%, "
                           "wait_duration_in_open_state: 700ms, permitted_number_of_calls_in_half_open_state: 3";
        m_program.write("r4j.yaml", QString(kScenario).replace(
                                        QRegularExpression("circuit_breaker: \\{.*700ms \\}"),
                                        "circuit_breaker: { " + settings + " }"));
        const Json byHand = m_program.run({"run", "r4j.yaml", "--json"}).json();
        COMPARE_JSON(json["variants"][1]["fingerprint"], byHand["fingerprint"]);
        QVERIFY(json["variants"][1]["fingerprint"] != json["variants"][2]["fingerprint"]);
        bool lacks = false;
        for (const Json &one : json["variants"][2]["carried"])
            lacks = lacks || (one["meaning"] == "window of 30 calls" && one["setting"].is_null());
        QVERIFY(lacks); // gobreaker has no window of calls
        const QString page = m_program.read("r.html");
        QVERIFY(page.endsWith("</html>\n") && page.contains("Settings of gobreaker") && page.contains("no counterpart"));
        QVERIFY(!page.contains("http://") || !page.contains("src=")); // nothing is fetched
        QCOMPARE(page.count("class=\"chart\""), 4);                   // bands, goodput, attempts, p99
    }

    void variantsChangeSettings()
    {
        const Json json = m_program.run({"compare", "a.yaml", "--variant", "slow:policies.client.0.recovery_timeout=1500ms", "--json"}).json();
        const Json other = m_program.run({"run", "b.yaml", "--json"}).json();
        COMPARE_JSON(json["variants"][1]["name"], "slow");
        COMPARE_JSON(json["variants"][1]["fingerprint"], other["fingerprint"]);
    }

    void theTextHasEveryVariantAndWhatWasCarried()
    {
        const Program::Finished compared = m_program.run({"compare", "a.yaml", "--dialects", "gobreaker", "--seeds", "3"});
        QCOMPARE(compared.status, 0);
        for (const char *part : {"as it is", "gobreaker", "minus as it is", "Paired by seed", "no counterpart"})
            QVERIFY2(compared.out.contains(part), qPrintable(compared.out));
    }

    void aReplayedIncidentIsNotSaidToGoUnnoticed()
    {
        const Program::Finished compared = m_program.run({"compare", "incidents/recorded-brownout", "--dialects", "polly", "--duration", "20s"});
        QVERIFY2(compared.status == 0, qPrintable(compared.err));
        const QString text = QString(compared.out).simplified();
        QVERIFY2(text.contains("no fault is declared, so there is nothing to count from"), qPrintable(compared.out));
        QVERIFY2(!text.contains("not before the next one"), qPrintable(compared.out));
    }

    void badQuestionsGetOneClearError()
    {
        QVERIFY(m_program.run({"compare", "a.yaml"}).err.contains("there is nothing to compare"));
        QVERIFY(m_program.run({"compare", "a.yaml", "--dialects", "polyy"}).err.contains("there is no dialect 'polyy'"));
        QVERIFY(m_program.run({"compare", "a.yaml", "--variant", "x"}).err.contains("--variant takes name:path=value"));
        QCOMPARE(m_program.run({"compare", "a.yaml", "b.yaml", "--dialects", "gobreaker"}).status, 2);
        // Each says what is wrong with it, and by the flag that was given.
        const auto error = [this](QStringList variants) {
            QStringList arguments{"compare", "a.yaml", "--dialects", "gobreaker"};
            for (const QString &one : variants)
                arguments << "--variant" << one;
            const Program::Finished finished = m_program.run(arguments);
            return finished.status == 2 && finished.out.isEmpty() ? finished.err : "it was taken: " + finished.out;
        };
        QVERIFY2(error({"x:=1"}).contains("got 'x:=1', which has no path before the '='"), qPrintable(error({"x:=1"})));
        QVERIFY2(error({"x:a.b"}).contains("got 'x:a.b', which has no '=' behind a path"), qPrintable(error({"x:a.b"})));
        QVERIFY2(error({":a.b=1"}).contains("got ':a.b=1', which has no name before the ':'"), qPrintable(error({":a.b=1"})));
        QVERIFY2(error({"x"}).contains("got 'x', which has no ':' behind a name"), qPrintable(error({"x"})));
        const QString unknown = error({"x:policies.client.0.nope=1"});
        QVERIFY2(unknown.startsWith("--variant x:policies.client.0.nope=1: error: ") && !unknown.contains("--set"), qPrintable(unknown));
        const QString name = error({"gobreaker:seed=2"});
        QVERIFY2(name.contains("there is a variant 'gobreaker' already"), qPrintable(name));
        QVERIFY(error({"as it is:seed=2"}).contains("there is a variant 'as it is' already"));
        const QString twice = error({"x:duration=2s", "x:duration=3s"});
        QVERIFY2(twice.contains("'x' sets duration to 2s already"), qPrintable(twice));
        const QString seed = error({"x:seed=2"});
        QVERIFY2(seed.contains("--variant x:seed=2 would change nothing") && seed.contains("--seeds N"), qPrintable(seed));
    }

private:
    const QString kPath = HALFOPEN_BINARY_DIR "/bin/halfopen";
    Program m_program{kPath};
};

QTEST_GUILESS_MAIN(TestCliCompare)
#include "tst_cli_compare.moc"
