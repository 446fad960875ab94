// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/study_parameters.h"

#include "core/base/units.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/loader.h"
#include "core/scenario/mean_rate.h"
#include "simulators/study/ranges.h"
#include "simulators/vocabulary.h"
#include "ui/models/schema_text.h"
#include "ui/models/tuning_model.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

namespace halfopen {

namespace {

constexpr double kSpan = 4;       ///< how far the proposal reaches around the present value, as a factor
constexpr std::int64_t kFew = 10; ///< counts up to here are proposed one by one

QString tr(const char *text)
{
    return QCoreApplication::translate("StudyParameters", text);
}

template <typename T> T within(T value, const Value &min, const Value &max)
{
    if (const T *least = std::get_if<T>(&min))
        value = std::max(value, *least);
    if (const T *most = std::get_if<T>(&max))
        value = std::min(value, *most);
    return value;
}

/// Two significant digits: a proposal that a person might have typed.
double rounded(double value)
{
    if (value == 0)
        return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 1);
    return std::round(value / unit) * unit;
}

void proposeCount(StudyParameter &parameter, std::int64_t now, const Value &min, const Value &max)
{
    const std::int64_t low = within<std::int64_t>(now <= kFew ? 1 : now / std::int64_t(kSpan), min, max);
    const std::int64_t high =
        within<std::int64_t>(now <= kFew ? std::max<std::int64_t>(now + 4, 6) : now * std::int64_t(kSpan), min, max);
    parameter.from = QString::number(low);
    parameter.to = QString::number(high);
    parameter.inRatios = low > 0 && now > kFew;
    parameter.steps = now <= kFew ? int(std::clamp<std::int64_t>(high - low + 1, 2, 9)) : 9;
}

/// False for a kind of value that cannot be varied.
bool propose(StudyParameter &parameter, const Field &field, const Value &present)
{
    const Value &now = std::holds_alternative<std::monostate>(present) ? field.standard : present;
    const auto text = [&field](const Value &value) { return QString::fromStdString(formatValue(field, value)); };
    switch (field.type) {
    case ValueType::Probability: {
        const double high = within(1.0, field.min, field.max);
        const double low = within(0.1 * high, field.min, field.max);
        parameter.from = text(Value(low));
        parameter.to = text(Value(high));
        parameter.steps = 10;
        return high > low;
    }
    case ValueType::Count:
    case ValueType::CountOrDuration:
        if (const auto *count = std::get_if<std::int64_t>(&now)) {
            proposeCount(parameter, *count, field.min, field.max);
            return true;
        }
        if (field.type == ValueType::Count) {
            proposeCount(parameter, kFew, field.min, field.max);
            return true;
        }
        [[fallthrough]];
    case ValueType::Duration: {
        const auto *time = std::get_if<Duration>(&now);
        const double ns = time != nullptr && time->count() > 0 ? static_cast<double>(time->count()) : 1e9;
        parameter.from = text(within(Duration(std::llround(rounded(ns / kSpan))), field.min, field.max));
        parameter.to = text(within(Duration(std::llround(rounded(ns * kSpan))), field.min, field.max));
        parameter.inRatios = true;
        return true;
    }
    case ValueType::Rate:
    case ValueType::Number: {
        const auto *number = std::get_if<double>(&now);
        const double value = number != nullptr && *number > 0 ? *number : 1;
        parameter.from = text(Value(within(rounded(value / kSpan), field.min, field.max)));
        parameter.to = text(Value(within(rounded(value * kSpan), field.min, field.max)));
        parameter.inRatios = field.type == ValueType::Rate;
        return true;
    }
    case ValueType::Flag:
        parameter.isList = true;
        parameter.values = QStringLiteral("false, true");
        return true;
    case ValueType::Choice: {
        QStringList words;
        for (const std::string_view choice : field.choices)
            words += fromView(choice);
        parameter.isList = true;
        parameter.values = words.join(QStringLiteral(", "));
        return words.size() > 1;
    }
    case ValueType::Text:
    case ValueType::TextList:
        return false;
    }
    return false;
}

void addSettings(std::vector<StudyParameter> &all, const TuningModel &tuning)
{
    for (const TuningModel::Row &row : tuning.rows()) {
        const TuningModel::Layer &layer = tuning.layers()[std::size_t(row.layer)];
        StudyParameter parameter;
        parameter.path = row.path;
        parameter.brief = settingLabel(row.field->key);
        const QString stack = QString::fromStdString(tuning.scenario()->stacks[layer.stack].name);
        // Two policies of one kind in a stack are told apart by their places, as in the form.
        const auto isTwin = [&](const TuningModel::Layer &other) { return other.stack == layer.stack && other.schema == layer.schema; };
        const bool hasTwin = std::count_if(tuning.layers().begin(), tuning.layers().end(), isTwin) > 1;
        const QString title = schemaText(layer.schema->title);
        parameter.label = QStringLiteral("%1 › %2 › %3")
                              .arg(stack, hasTwin ? QStringLiteral("%1 %2").arg(layer.layer).arg(title) : title, parameter.brief);
        parameter.present = QString::fromStdString(formatValue(*row.field, row.value));
        parameter.help = schemaText(row.field->help);
        parameter.isTunable = true;
        if (propose(parameter, *row.field, row.value))
            all.push_back(parameter);
    }
}

void addCount(std::vector<StudyParameter> &all, const QString &path, const QString &owner, const QString &brief,
              const QString &help, std::int64_t now, std::int64_t most)
{
    StudyParameter parameter;
    parameter.path = path;
    parameter.brief = QStringLiteral("%1 %2").arg(owner, insideSentence(brief));
    parameter.label = QStringLiteral("%1 › %2").arg(owner, brief);
    parameter.help = help;
    parameter.present = QString::number(now);
    proposeCount(parameter, now, Value(std::int64_t(1)), Value(most));
    all.push_back(parameter);
}

void addClient(std::vector<StudyParameter> &all, const ClientSpec &client, Duration duration)
{
    const QString name = QString::fromStdString(client.name);
    const QString path = QStringLiteral("clients.%1.").arg(name);
    const ArrivalSpec &arrivals = client.arrivals;
    const bool isPoisson = arrivals.kind == ArrivalSpec::Kind::Poisson;
    if ((isPoisson || arrivals.kind == ArrivalSpec::Kind::Constant) && !arrivals.points.empty()) {
        const bool isScaled = hasShape(arrivals) || client.meanRate;
        const double rate = meanRateOf(arrivals, duration - arrivals.startsAt.value_or(Duration(0)));
        StudyParameter parameter;
        parameter.path = path + QLatin1String(isScaled ? "mean_rate" : isPoisson ? "arrivals.poisson" : "arrivals.constant");
        parameter.brief = tr("%1 calls per second").arg(name);
        parameter.label = tr("%1 › Rate of calls").arg(name);
        parameter.help = isScaled ? tr("How many calls the clients begin each second, in the mean; the shape of their arrivals stays.")
                                  : tr("How many calls the clients begin each second, all processes together.");
        parameter.from = QStringLiteral("%1/s").arg(rounded(rate / 2));
        parameter.to = QStringLiteral("%1/s").arg(rounded(rate * 2));
        parameter.present = QStringLiteral("%1/s").arg(rate);
        parameter.steps = 7;
        if (rate > 0)
            all.push_back(parameter);
    }
    if (arrivals.kind == ArrivalSpec::Kind::ClosedLoop)
        addCount(all, path + QStringLiteral("arrivals.closed_loop.users"), name, tr("Users"),
                 tr("How many users there are: each waits for the end of its call before the next one."), arrivals.users,
                 1'000'000);
    addCount(all, path + QStringLiteral("processes"), name, tr("Processes"),
             tr("Over how many processes the calls are spread, each with a state of its own."), client.processes, 10'000);
}

void addService(std::vector<StudyParameter> &all, const ServiceSpec &service)
{
    if (service.recording)
        return;
    const QString name = QString::fromStdString(service.name);
    const QString path = QStringLiteral("services.%1.").arg(name);
    addCount(all, path + QStringLiteral("instances"), name, tr("Instances"), tr("How many instances share the requests."),
             service.instances, 1000);
    if (service.workers < ServiceSpec::kUnlimitedWorkers)
        addCount(all, path + QStringLiteral("workers"), name, tr("Workers"),
                 tr("How many requests one instance works on at once."), service.workers, ServiceSpec::kUnlimitedWorkers);
    if (service.queue > 0 && service.queue < ServiceSpec::kUnlimitedQueue)
        addCount(all, path + QStringLiteral("queue"), name, tr("Queue"), tr("Waiting places of one instance."),
                 service.queue, ServiceSpec::kUnlimitedQueue);
}

} // namespace

std::vector<StudyParameter> studyParameters(const TuningModel &tuning)
{
    std::vector<StudyParameter> all;
    if (!tuning.scenario())
        return all;
    addSettings(all, tuning);
    for (const ClientSpec &client : tuning.scenario()->clients)
        addClient(all, client, tuning.scenario()->duration);
    for (const ServiceSpec &service : tuning.scenario()->services)
        addService(all, service);
    return all;
}

QString presentValue(const TuningModel &tuning, const QString &path)
{
    if (const std::optional<int> row = tuning.find(path))
        return tuning.valueText(*row);
    const std::vector<StudyParameter> all = studyParameters(tuning);
    const auto found = std::find_if(all.begin(), all.end(), [&path](const StudyParameter &one) { return one.path == path; });
    return found == all.end() ? QString() : found->present;
}

QString lengthInText(Duration length)
{
    return length > Duration(0) ? QString::fromStdString(formatDuration(length)) : QString();
}

bool isInForce(const TuningModel &tuning, const QString &path)
{
    const std::optional<int> index = tuning.find(path);
    if (!index || std::holds_alternative<std::monostate>(tuning.row(*index).value))
        return false;
    const TuningModel::Layer &layer = tuning.layers()[std::size_t(tuning.row(*index).layer)];
    for (int i = layer.rowFirst; i < layer.rowFirst + layer.rowCount; ++i) { // one that only looks on changes nothing
        const TuningModel::Row &row = tuning.row(i);
        if ((row.field->key == "mode" || row.field->key == "enabled") && row.value != row.field->standard)
            return false;
    }
    const std::string &name = tuning.scenario()->stacks[layer.stack].name;
    const auto uses = [&](const std::vector<CallSpec> &calls) {
        return std::any_of(calls.begin(), calls.end(), [&](const CallSpec &call) { return call.policies == name; });
    };
    const auto isCaller = [&](const auto &one) { return uses(one.calls); };
    return std::any_of(tuning.scenario()->clients.begin(), tuning.scenario()->clients.end(), isCaller)
        || std::any_of(tuning.scenario()->services.begin(), tuning.scenario()->services.end(), isCaller);
}

QString defaultStudyPath(const TuningModel &tuning)
{
    // What people ask about first; the rest in the order of the stacks, what the scenario sets itself before what it leaves.
    constexpr std::string_view kFirst[] = {"max_attempts", "failure_rate_threshold", "failure_threshold", "after"};
    const std::vector<StudyParameter> parameters = studyParameters(tuning);
    QString best;
    std::size_t bestRank = 100;
    for (const StudyParameter &one : parameters) {
        if (!one.isTunable || one.isList || !isInForce(tuning, one.path))
            continue;
        const TuningModel::Row &row = tuning.row(*tuning.find(one.path));
        const auto *known = std::find(std::begin(kFirst), std::end(kFirst), row.field->key);
        std::size_t rank = std::size_t(known - std::begin(kFirst));
        if (known == std::end(kFirst) && row.value == row.field->standard)
            ++rank;
        if (rank < bestRank) {
            bestRank = rank;
            best = one.path;
        }
    }
    return best;
}

/// Equal ratios, and thirds, give crooked numbers: some digits of them are near enough, and can be read and adopted.
static std::string shortened(const std::string &text, int digits)
{
    const auto round = [digits](double value) {
        const double unit = std::pow(10.0, std::floor(std::log10(value)) - (digits - 1));
        return std::round(value / unit) * unit;
    };
    if (const Result<Duration> time = parseDuration(text); time && time->count() > 0)
        return formatDuration(Duration(std::llround(round(static_cast<double>(time->count())))));
    double number = 0;
    const auto [after, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number <= 0)
        return text;
    return formatNumber(round(number)) + std::string(after, text.data() + text.size());
}

Result<std::vector<std::string>> studyValues(const QString &from, const QString &to, int steps, bool inRatios)
{
    if (from.trimmed().isEmpty() || to.trimmed().isEmpty())
        return failure(tr("Both ends of the range need a value, such as 100ms and 2s.").toStdString());
    const QString text = QStringLiteral("%1..%2/%3%4")
                             .arg(from.trimmed(), to.trimmed(), QLatin1String(inRatios ? "log" : ""))
                             .arg(std::max(steps, 2));
    Result<std::vector<std::string>> values = parseValues(text.toStdString(), std::size_t(std::max(steps, 2)));
    if (values) { // the ends are the user's own
        constexpr int kDigitsOfRatios = 3;
        constexpr int kDigitsOfSteps = 5; // their differences are to be seen
        for (std::size_t i = 1; i + 1 < values->size(); ++i) {
            const bool isCrooked = inRatios || (*values)[i].find('.') != std::string::npos;
            if (isCrooked)
                (*values)[i] = shortened((*values)[i], inRatios ? kDigitsOfRatios : kDigitsOfSteps);
        }
        values->erase(std::unique(values->begin(), values->end()), values->end());
    }
    return values;
}

Result<std::vector<std::string>> studyValues(const QString &list)
{
    return parseValues(list.trimmed().toStdString(), 9);
}

Result<std::shared_ptr<const Scenario>> studyScenario(const Scenario &base, const std::vector<Override> &values)
{
    LoadResult loaded = loadScenarioText(base.text, base.path, standardVocabulary(), values);
    if (loaded.scenario)
        return loaded.scenario;
    for (const Diagnostic &diagnostic : loaded.diagnostics)
        if (diagnostic.severity == Diagnostic::Severity::Error)
            return failure(diagnostic.message);
    return failure(tr("the scenario cannot be read with these values").toStdString());
}

} // namespace halfopen
