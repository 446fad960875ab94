// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker_config.h"
#include "core/policies/retry.h"
#include "core/policies/timeout.h"
#include "core/scenario/loader.h"
#include "core/settings/defaults.h"
#include "simulators/faults/registry.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <map>
#include <set>
#include <string>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

using Variables = std::map<std::string, std::string>;

Environment environmentOf(Variables variables)
{
    return [variables](const std::string &name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

Defaults fromEnvironment(Variables variables)
{
    Defaults defaults;
    const Result<void> added = defaults.addEnvironment(environmentOf(std::move(variables)));
    if (!added)
        qFatal("%s", added.error().message.c_str());
    return defaults;
}

std::string errorOfEnvironment(Variables variables)
{
    Defaults defaults;
    const Result<void> added = defaults.addEnvironment(environmentOf(std::move(variables)));
    return added ? "it was taken" : added.error().message;
}

std::string errorOfFile(std::string_view text)
{
    Defaults defaults;
    const Result<void> added = defaults.addFile(text, "my.yaml");
    return added ? "it was taken" : added.error().message;
}

/// A scenario whose one stack has these layers (a YAML list in brackets), loaded with \a defaults.
LoadResult load(const std::string &layers, const Defaults *defaults)
{
    const Vocabulary vocabulary = {policyTypes(), faultTypes(), defaults};
    return loadScenarioText("halfopen: 1\nservices:\n  db: { service_time: 10ms }\nclients:\n  web: { arrivals: { poisson: "
                            "1/s }, calls: [ { to: db, policies: client } ] }\npolicies:\n  client: "
                                + layers + "\n",
                            "s.yaml", vocabulary);
}

std::string textsOf(const LoadResult &loaded)
{
    std::string text;
    for (const Diagnostic &diagnostic : loaded.diagnostics)
        text += diagnostic.message + "\n";
    return text;
}

template <typename Config> Config layer(const LoadResult &loaded, std::size_t index = 0)
{
    if (!loaded.ok())
        qFatal("%s", textsOf(loaded).c_str());
    return loaded.scenario->stacks.front().layers[index].settings.as<Config>();
}

} // namespace

class TestDefaults : public QObject {
    Q_OBJECT
private slots:
    void withoutAnyEverythingIsBuiltIn()
    {
        QVERIFY(fromEnvironment({}).empty());
        QVERIFY(fromEnvironment({{"RETRY_MAX_ATTEMPTS", ""}, {"DEFAULT_TIMEOUT", "  "}}).empty());
        QVERIFY(!standardVocabulary().defaults); // tests look at no environment
        const LoadResult loaded = load("[ retry, circuit_breaker ]", nullptr);
        QCOMPARE(layer<RetryConfig>(loaded).maxAttempts, std::int64_t(3));
        QVERIFY(loaded.scenario->defaults.empty());
    }

    void eachVariableChangesItsDefault()
    {
        const Defaults defaults = fromEnvironment({{"CIRCUIT_BREAKER_ENABLED", "false"},
                                                   {"DEFAULT_TIMEOUT", "2.5"},
                                                   {"RETRY_MAX_ATTEMPTS", "7"},
                                                   {"CIRCUIT_BREAKER_FAILURE_THRESHOLD", "9"},
                                                   {"CIRCUIT_BREAKER_RECOVERY_TIMEOUT", "250ms"}});
        const LoadResult loaded = load("[ retry, circuit_breaker, timeout ]", &defaults);
        QCOMPARE(layer<RetryConfig>(loaded, 0).maxAttempts, std::int64_t(7));
        const auto breaker = layer<CircuitBreakerConfig>(loaded, 1);
        QVERIFY(breaker.mode == BreakerMode::Disabled);
        QCOMPARE(breaker.failureThreshold, std::optional<std::int64_t>(9));
        QVERIFY(breaker.recoveryTimeout == 250ms);
        QVERIFY(breaker.timeout == 2500ms);
        QVERIFY(layer<TimeoutConfig>(loaded, 2).after == 2500ms);
        QCOMPARE(loaded.scenario->defaults.size(), std::size_t(6));
        const AppliedDefault &first = loaded.scenario->defaults.front();
        QCOMPARE(first.path, std::string("policies.client.0.max_attempts"));
        QCOMPARE(first.value, std::string("7"));
        QCOMPARE(first.builtIn, std::string("3"));
        QCOMPARE(first.from, std::string("RETRY_MAX_ATTEMPTS"));
    }

    void plainSecondsAndUnitsAreTheSame()
    {
        for (const char *text : {"30", "30s", "30000ms", " 0.5m "}) {
            const Defaults defaults = fromEnvironment({{"CIRCUIT_BREAKER_RECOVERY_TIMEOUT", text}});
            QVERIFY(layer<CircuitBreakerConfig>(load("[ circuit_breaker ]", &defaults)).recoveryTimeout == 30s);
        }
        for (const char *text : {"0", "False", "off", "NO"}) {
            const Defaults defaults = fromEnvironment({{"CIRCUIT_BREAKER_ENABLED", text}});
            QVERIFY(layer<CircuitBreakerConfig>(load("[ circuit_breaker ]", &defaults)).mode == BreakerMode::Disabled);
        }
    }

    void aBadVariableIsNamedWithItsRange()
    {
        QCOMPARE(errorOfEnvironment({{"RETRY_MAX_ATTEMPTS", "0"}}),
                 std::string("RETRY_MAX_ATTEMPTS is '0', expected a whole number, 1 to 100 (in the environment)"));
        QCOMPARE(errorOfEnvironment({{"RETRY_MAX_ATTEMPTS", "2.5"}}), // which lies between them
                 std::string("RETRY_MAX_ATTEMPTS is '2.5', expected a whole number, 1 to 100 (in the environment)"));
        QCOMPARE(errorOfEnvironment({{"DEFAULT_TIMEOUT", "soon"}}),
                 std::string("DEFAULT_TIMEOUT is 'soon', expected seconds or a time such as 30s, 1ms to 1h (in the environment)"));
        QCOMPARE(errorOfEnvironment({{"CIRCUIT_BREAKER_ENABLED", "maybe"}}),
                 std::string("CIRCUIT_BREAKER_ENABLED is 'maybe', expected true or false (in the environment)"));
        QCOMPARE(errorOfEnvironment({{"CIRCUIT_BREAKER_FAILURE_THRESHOLD", "none"}}),
                 std::string("CIRCUIT_BREAKER_FAILURE_THRESHOLD is 'none', expected a whole number, 1 to 1000000 (in the environment)"));
        const std::string both =
            errorOfEnvironment({{"CIRCUIT_BREAKER_RECOVERY_TIMEOUT", "-5"}, {"RETRY_MAX_ATTEMPTS", "many"}});
        QVERIFY2(both.find("RETRY_MAX_ATTEMPTS is 'many'") != std::string::npos
                     && both.find("CIRCUIT_BREAKER_RECOVERY_TIMEOUT is '-5'") != std::string::npos,
                 both.c_str());
    }

    void theScenarioWinsOverTheEnvironmentOverTheFile()
    {
        Defaults defaults;
        QVERIFY(defaults.addFile("halfopen_settings: 1\ndefaults:\n  retry: { max_attempts: 4, initial_delay: 2s }\n", "my.yaml"));
        QCOMPARE(layer<RetryConfig>(load("[ retry ]", &defaults)).maxAttempts, std::int64_t(4));
        QVERIFY(defaults.addEnvironment(environmentOf({{"RETRY_MAX_ATTEMPTS", "5"}})));
        const LoadResult loaded = load("[ retry ]", &defaults);
        QCOMPARE(layer<RetryConfig>(loaded).maxAttempts, std::int64_t(5));
        QVERIFY(layer<RetryConfig>(loaded).initialDelay == 2s);
        std::set<std::string> sources;
        for (const AppliedDefault &one : loaded.scenario->defaults)
            sources.insert(one.from);
        QVERIFY(sources == (std::set<std::string>{"RETRY_MAX_ATTEMPTS", "my.yaml:3"}));
        for (const char *given : {"[ retry: { max_attempts: 6 } ]", "[ retry: 6 ]"}) {
            const LoadResult own = load(given, &defaults);
            QCOMPARE(layer<RetryConfig>(own).maxAttempts, std::int64_t(6));
            QCOMPARE(own.scenario->defaults.size(), std::size_t(1)); // the delay alone
        }
        // A setting that the scenario turns off by its group stays off.
        Defaults slow;
        QVERIFY(slow.addFile("defaults: { circuit_breaker: { slow_call: { duration: 1s, rate_threshold: 50% } } }", "my.yaml"));
        QVERIFY(layer<CircuitBreakerConfig>(load("[ circuit_breaker ]", &slow)).slowCall.duration == 1s);
        const LoadResult off = load("[ circuit_breaker: { slow_call: none } ]", &slow);
        QVERIFY(!layer<CircuitBreakerConfig>(off).slowCall.duration);
        QVERIFY(off.scenario->defaults.empty());
    }

    void aDefaultThatChangesNothingIsNotReported()
    {
        const Defaults defaults = fromEnvironment({{"RETRY_MAX_ATTEMPTS", "3"}, {"CIRCUIT_BREAKER_ENABLED", "true"}});
        QVERIFY(load("[ retry, circuit_breaker ]", &defaults).scenario->defaults.empty());
    }

    void theRateRuleStaysAlone()
    {
        const Defaults defaults = fromEnvironment({{"CIRCUIT_BREAKER_FAILURE_THRESHOLD", "2"}});
        const auto byRate = layer<CircuitBreakerConfig>(load("[ circuit_breaker: { failure_rate_threshold: 50% } ]", &defaults));
        QVERIFY(!byRate.consecutiveRule());
        const auto byCount = layer<CircuitBreakerConfig>(load("[ circuit_breaker: { recovery_timeout: 1s } ]", &defaults));
        QCOMPARE(byCount.consecutiveRule(), std::optional<std::int64_t>(2));
    }

    void otherDialectsHaveTheirOwnDefaults()
    {
        Defaults defaults = fromEnvironment({{"RETRY_MAX_ATTEMPTS", "5"}, {"CIRCUIT_BREAKER_ENABLED", "false"}});
        QVERIFY(load("[ { retry: { dialect: resilience4j } }, { circuit_breaker: { dialect: resilience4j } } ]", &defaults)
                    .scenario->defaults.empty());
        QVERIFY(defaults.addFile("defaults:\n  circuit_breaker/resilience4j: { sliding_window_size: 50 }\n", "my.yaml"));
        const LoadResult loaded =
            load("[ { circuit_breaker: { dialect: resilience4j } }, { circuit_breaker: {} } ]", &defaults);
        QVERIFY(loaded.ok());
        QCOMPARE(loaded.scenario->defaults.size(), std::size_t(2));
        QCOMPARE(loaded.scenario->defaults[0].path, std::string("policies.client.0.sliding_window_size"));
        QCOMPARE(loaded.scenario->defaults[1].path, std::string("policies.client.1.mode"));
    }

    void everyProblemOfAFileIsSaidWithItsPlace()
    {
        QCOMPARE(errorOfFile("defaults:\n  retry: { max_attempts: 500 }\n  retri: 3\n"),
                 std::string("my.yaml:2:26: error: 'max_attempts' is 500, expected 1 to 100\n"
                             "    retry: { max_attempts: 500 }\n"
                             "                           ^\n"
                             "my.yaml:3:3: error: there is no policy 'retri'\n"
                             "    retri: 3\n"
                             "    ^\n"
                             "  hint: did you mean 'retry'?"));
        QVERIFY(errorOfFile("default: {}\n").find("did you mean 'defaults'?") != std::string::npos);
        QVERIFY(errorOfFile("defaults: [ retry ]\n").find("a map of policies") != std::string::npos);
        QVERIFY(errorOfFile("halfopen_settings: 2\n").find("expected 1") != std::string::npos);
        QVERIFY(errorOfFile("defaults: { circuit_breaker: { dialect: polly } }").find("belongs to the name") != std::string::npos);
        QVERIFY(errorOfFile("defaults: { retry: { max_attempts: 2 }").find("my.yaml:1") != std::string::npos);
        QCOMPARE(errorOfFile(""), std::string("it was taken"));
        QCOMPARE(errorOfFile("# nothing yet\n"), std::string("it was taken"));
    }

    void defaultsMustFitEachOtherAndTheScenario()
    {
        Defaults defaults;
        const Result<void> first = defaults.addFile("defaults: { retry: { initial_delay: 10s, max_delay: 5s } }", "my.yaml");
        QVERIFY(!first);
        QVERIFY2(first.error().message.find("max_delay is shorter than initial_delay") != std::string::npos,
                 first.error().message.c_str());
        Defaults slow;
        QVERIFY(slow.addFile("defaults: { retry: { initial_delay: 10s } }", "my.yaml"));
        const LoadResult loaded = load("[ retry: { max_delay: 5s } ]", &slow);
        QVERIFY(!loaded.ok());
        QVERIFY2(textsOf(loaded).find("'retry' does not fit your own defaults: 'initial_delay' by my.yaml:1") != std::string::npos,
                 textsOf(loaded).c_str());
        // A mistake of the scenario's own is not blamed on them.
        QVERIFY(textsOf(load("[ retry: { max_delay: 5x } ]", &slow)).find("your own defaults") == std::string::npos);
    }

    void theFileIsFoundWhereItBelongs()
    {
        const QTemporaryDir home;
        const std::string base = home.path().toStdString();
        QCOMPARE(standardSettingsFile(environmentOf({{"XDG_CONFIG_HOME", base}, {"HOME", "/nowhere"}})).string(),
                 base + "/halfopen/settings.yaml");
        QCOMPARE(standardSettingsFile(environmentOf({{"HOME", "/nowhere"}})).string(),
                 std::string("/nowhere/.config/halfopen/settings.yaml"));
        QCOMPARE(standardSettingsFile(environmentOf({{"XDG_CONFIG_HOME", "relative"}, {"HOME", "/nowhere"}})).string(),
                 std::string("/nowhere/.config/halfopen/settings.yaml"));
        QVERIFY(standardSettingsFile(environmentOf({})).empty());

        const Variables variables = {{"XDG_CONFIG_HOME", base}};
        QVERIFY(loadDefaults(environmentOf(variables)));
        QVERIFY(loadDefaults(environmentOf(variables))->empty());
        std::filesystem::create_directories(base + "/halfopen");
        std::ofstream(base + "/halfopen/settings.yaml") << "defaults: { retry: 9 }\n";
        const Result<Defaults> found = loadDefaults(environmentOf(variables));
        QVERIFY(found);
        QCOMPARE(layer<RetryConfig>(load("[ retry ]", &*found)).maxAttempts, std::int64_t(9));
        std::ofstream(base + "/mine.yaml") << "defaults: { retry: 8 }\n";
        const Result<Defaults> named = loadDefaults(environmentOf(variables), base + "/mine.yaml");
        QCOMPARE(layer<RetryConfig>(load("[ retry ]", &*named)).maxAttempts, std::int64_t(8));
        const Result<Defaults> missing = loadDefaults(environmentOf(variables), base + "/none.yaml");
        QVERIFY(!missing);
        QVERIFY(missing.error().message.ends_with("none.yaml: the settings cannot be read: No such file or directory"));
        QVERIFY(!loadDefaults(environmentOf(variables), base));
    }
};

QTEST_GUILESS_MAIN(TestDefaults)
#include "tst_defaults.moc"
