// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/explain_command.h"

#include "core/run/run_record.h"
#include "core/scenario/loader.h"
#include "core/scenario/shipped_scenarios.h"
#include "simulators/vocabulary.h"
#include "ui/models/text_change.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

namespace halfopen {
namespace {

/// "--set path=value" for each setting that the run has and its file has not. None when the file is another world by now.
QStringList settingsBesideTheFile(const Scenario &scenario)
{
    QStringList words;
    const LoadResult file = loadScenarioFile(scenario.path, standardVocabulary());
    if (!file.scenario || !haveSameShape(*file.scenario, scenario))
        return words;
    for (std::size_t s = 0; s < scenario.stacks.size(); ++s) {
        for (std::size_t l = 0; l < scenario.stacks[s].layers.size(); ++l) {
            const Settings &run = scenario.stacks[s].layers[l].settings;
            const Settings &kept = file.scenario->stacks[s].layers[l].settings;
            for (const Field &field : run.schema().fields) {
                if (run.get(field) == kept.get(field))
                    continue;
                const std::string set = "policies." + scenario.stacks[s].name + '.' + std::to_string(l) + '.' + std::string(field.key)
                    + '=' + formatValue(field, run.get(field));
                words << QStringLiteral("--set") << shellWord(QString::fromStdString(set));
            }
        }
    }
    return words;
}

/// Whether the file and the settings beside it make the world of this run.
bool isWorldOfTheFile(const Scenario &scenario)
{
    const LoadResult file = loadScenarioFile(scenario.path, standardVocabulary());
    const auto isSameFault = [](const FaultSpec &one, const FaultSpec &other) {
        return one.from == other.from && one.length == other.length && one.place == other.place;
    };
    // The trigger of a study is in no text.
    return file.scenario
        && std::equal(file.scenario->faults.begin(), file.scenario->faults.end(), scenario.faults.begin(), scenario.faults.end(), isSameFault)
        && compareTexts(*file.scenario, scenario).kind != TextChange::Kind::World;
}

/// The answer for the last scenario that was asked about, as long as its file stays as it is: a panel asks at every moment.
bool isWorldOfTheFileNow(const std::shared_ptr<const Scenario> &scenario)
{
    struct Answer {
        std::weak_ptr<const Scenario> scenario;
        QDateTime modified;
        qint64 size = -1;
        bool isSame = false;
    };
    static Answer last; // of the thread that draws
    const QFileInfo file(QString::fromStdString(scenario->path));
    const bool isKnown = !last.scenario.owner_before(scenario) && !scenario.owner_before(last.scenario) && last.size == file.size()
        && last.modified == file.lastModified();
    if (!isKnown)
        last = {scenario, file.lastModified(), file.size(), isWorldOfTheFile(*scenario)};
    return last.isSame;
}

/// How the command line is told of that file from any folder: a shipped scenario by its name, any other by its whole path.
QString fileWord(const std::string &path)
{
    namespace fs = std::filesystem;
    const std::string name = fs::path(path).stem().string();
    std::error_code ignored;
    const Result<fs::path> folder = scenarioFolder();
    // A name is looked for in the folder of the shell first, and a '.' would make it a path.
    const bool mayBeShipped = folder && name.find('.') == std::string::npos && QString::fromStdString(path).startsWith(QString::fromStdString(folder->string()));
    if (mayBeShipped)
        if (const Result<fs::path> found = resolveScenario(name); found && fs::equivalent(*found, path, ignored))
            return QString::fromStdString(name);
    return QString::fromStdString(fs::absolute(path, ignored).lexically_normal().string());
}

QStringList beginning(const RunRecord &record)
{
    const bool isNamed = record.scenario && !record.scenario->path.empty();
    return {QStringLiteral("halfopen"), QStringLiteral("explain"), isNamed ? shellWord(fileWord(record.scenario->path)) : QStringLiteral("FILE")};
}

QStringList ending(const RunRecord &record)
{
    QStringList words;
    if (record.scenario && record.seed != record.scenario->seed)
        words << QStringLiteral("--seed") << QString::number(record.seed);
    return record.scenario ? words + settingsBesideTheFile(*record.scenario) : words;
}

/// Exact, to the nanosecond: "85.867s".
QString secondsText(Instant at)
{
    QString text = QStringLiteral("%1.%2").arg(at.ns() / 1'000'000'000).arg(at.ns() % 1'000'000'000, 9, 10, QLatin1Char('0'));
    while (text.endsWith(QLatin1Char('0')))
        text.chop(1);
    if (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text + QLatin1Char('s');
}

} // namespace

QString shellWord(const QString &argument)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:=%,+@-]+$"));
    if (plain.match(argument).hasMatch())
        return argument;
    return QLatin1Char('\'') + QString(argument).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QString explainBreakerCommand(const RunRecord &record, std::uint32_t breaker, Instant at)
{
    const BreakerInfo &info = record.breakers[breaker];
    const EdgeInfo &edge = record.edges[info.edge];
    QStringList words = beginning(record);
    words << QStringLiteral("--breaker") << shellWord(QStringLiteral("%1.%2").arg(QString::fromStdString(edge.stack)).arg(info.layer));
    const auto usesStack = [&](const EdgeInfo &other) { return other.stack == edge.stack; };
    if (std::count_if(record.edges.begin(), record.edges.end(), usesStack) > 1)
        words << QStringLiteral("--edge") << shellWord(QString::fromStdString(edge.name));
    if (edge.processes > 1)
        words << QStringLiteral("--process") << QString::number(info.process);
    words << QStringLiteral("--at") << secondsText(at);
    return (words + ending(record)).join(QLatin1Char(' '));
}

QString explainCallCommand(const RunRecord &record, std::uint64_t call)
{
    QStringList words = beginning(record);
    words << QStringLiteral("--call") << QString::number(call);
    return (words + ending(record)).join(QLatin1Char(' '));
}

QString whyNoCommand(const RunRecord &record)
{
    if (!record.changes.empty())
        return QCoreApplication::translate("ExplainCommand", "No command line tells this run: settings were changed while it played.");
    if (!record.scenario || record.scenario->path.empty() || !QFileInfo::exists(QString::fromStdString(record.scenario->path)))
        return QCoreApplication::translate("ExplainCommand", "No command line tells this run: its scenario is in no file. Save it first.");
    if (!isWorldOfTheFileNow(record.scenario))
        return QCoreApplication::translate("ExplainCommand", "No command line tells this run: its file is another scenario by now. "
                                                             "Save the text of this run, or run the file.");
    return {};
}

bool isWholeStory(const RunRecord &record)
{
    return whyNoCommand(record).isEmpty();
}

} // namespace halfopen
