// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/runner.h"

#include "core/verify/metric_name.h"
#include "simulators/verify/family.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace halfopen::verify {

namespace {

const Family *familyOf(const Json &model)
{
    const auto all = families();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Family &one) { return one.fits(model); });
    return found == all.end() ? nullptr : &*found;
}

/// A number, or each number of a list, as another spelling of the metric means it.
Json converted(const Json &measured, const MetricSpelling &spelling)
{
    if (measured.is_number())
        return spelling.offset + spelling.factor * measured.get<double>();
    if (!measured.is_array())
        return measured;
    Json list = Json::array();
    for (const Json &item : measured)
        list.push_back(converted(item, spelling));
    return list;
}

CheckResult checkOne(const Check &check, const Answers &answers, double lengthShare)
{
    CheckResult result;
    result.allowed = allowedDifference(check, lengthShare);
    result.understood = false;
    for (const MetricSpelling &spelling : spellingsOf(check.metric, check.unit)) {
        try {
            result.measured = answers(spelling.name, check.definition);
        } catch (const NotUnderstood &e) {
            if (result.note.empty())
                result.note = e.what(); // of the metric as the case spells it
            continue;
        }
        result.understood = true;
        if (spelling.factor != 1 || spelling.offset != 0)
            result.measured = converted(result.measured, spelling);
        break;
    }
    if (!result.understood)
        return result;
    const Judgement judgement = judge(check, result.measured, lengthShare);
    result.passed = judgement.passed;
    result.note = judgement.difference;
    return result;
}

void measure(const ReferenceCase &one, const RunnerOptions &options, CaseResult &result)
{
    const Family *family = familyOf(one.model);
    if (!family) {
        std::string keys;
        if (one.model.is_object())
            for (const auto &[key, value] : one.model.items())
                keys += (keys.empty() ? "" : ", ") + key;
        throw NotUnderstood("no family of models has these keys: " + keys);
    }
    result.family = family->name;
    CaseInput input{ModelReader(one.model, "model"), ModelReader(one.run, "run"), {}, {}, {}, options.seed,
                    options.lengthShare};
    input.run.notes({"replications", "deterministic"}); // read by those that need them
    for (const Check &check : one.checks) {
        for (MetricSpelling &spelling : spellingsOf(check.metric, check.unit)) {
            if (check.expected.is_array())
                input.listSizes[spelling.name] = check.expected.size();
            input.metrics.push_back(std::move(spelling.name));
        }
        input.definitions.emplace_back(check.metric, check.definition);
    }
    const Answers answers = family->measure(input);
    input.finish();
    for (const Check &check : one.checks)
        result.checks.push_back(checkOne(check, answers, options.lengthShare));
}

} // namespace

bool CaseResult::passed() const
{
    return notUnderstood.empty()
        && std::all_of(checks.begin(), checks.end(), [](const CheckResult &check) { return check.passed; });
}

CaseResult runCase(const ReferenceCase &one, const RunnerOptions &options)
{
    CaseResult result;
    const std::clock_t before = std::clock();
    try {
        measure(one, options, result);
    } catch (const NotUnderstood &e) {
        result.notUnderstood = e.what();
    } catch (const std::exception &e) { // of the JSON reader, of a number too long
        result.notUnderstood = e.what();
    }
    if (!result.notUnderstood.empty())
        result.checks.clear();
    result.seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    return result;
}

void Tally::add(const CaseResult &result, std::size_t checkCount)
{
    ++cases;
    checks += checkCount;
    if (!result.notUnderstood.empty()) {
        notUnderstood += checkCount;
        return;
    }
    for (const CheckResult &check : result.checks) {
        notUnderstood += check.understood ? 0 : 1;
        failed += check.understood && !check.passed ? 1 : 0;
    }
}

std::string Tally::summary() const
{
    return std::to_string(cases) + " cases, " + std::to_string(checks) + " checks, " + std::to_string(failed)
        + " failed, " + std::to_string(notUnderstood) + " not understood";
}

} // namespace halfopen::verify
