// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/verify/model_reader.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace halfopen::verify {

/// What a family gets of a case.
struct CaseInput {
    ModelReader model;
    ModelReader run;
    std::vector<std::string> metrics; ///< that the checks ask for, in every spelling: log only what they need
    std::vector<std::pair<std::string, std::string>> definitions; ///< of each check, its metric and that in words
    std::map<std::string, std::size_t> listSizes; ///< by metric in every spelling: how many numbers a check expects of a list
    std::uint64_t seed = 1;
    double lengthShare = 1; ///< run only this share of a statistical case

    /// The model and the run are read: refuses what nobody asked for. Called before anything is run.
    void finish() const
    {
        model.finish();
        run.finish();
    }
    bool asksFor(std::string_view part) const; ///< some metric has this in its name
    /// A number of requests, outages, ...: shortened by lengthShare, at least 1.
    std::int64_t shortened(std::int64_t count) const;
    /// "replications" of the run, 1 if it says none.
    std::int64_t replications();
};

/// The measured value of a metric, which may depend on what the check that asks says of it in words: two checks may ask for the same
/// share beyond two thresholds. Throws NotUnderstood for a metric that the family does not know.
class Answers {
public:
    template <typename Function>
        requires std::is_invocable_r_v<Json, const Function &, const std::string &>
    Answers(Function ofMetric) // NOLINT(google-explicit-constructor): families return lambdas
        : m_answer([ofMetric = std::move(ofMetric)](const std::string &metric, const std::string &) { return ofMetric(metric); })
    {
    }
    template <typename Function>
        requires std::is_invocable_r_v<Json, const Function &, const std::string &, const std::string &>
    Answers(Function ofMetricAndDefinition) // NOLINT(google-explicit-constructor)
        : m_answer(std::move(ofMetricAndDefinition))
    {
    }
    Json operator()(const std::string &metric, const std::string &definition) const { return m_answer(metric, definition); }

private:
    std::function<Json(const std::string &metric, const std::string &definition)> m_answer;
};
/// The answers of a table: for families with few metrics.
Answers tableOf(std::map<std::string, Json> values);

/// What \a measure gives with \a replications seeds, one after the other from \a seed, pooled by add(): a quantile is that of all
/// samples together, and not the mean of the quantiles of each.
template <typename Measure> auto pooledReplications(std::int64_t replications, std::uint64_t seed, const Measure &measure)
{
    auto all = measure(seed);
    for (std::int64_t i = 1; i < replications; ++i)
        all.add(measure(seed + static_cast<std::uint64_t>(i)));
    return all;
}

/// For figures of equal windows, which can be averaged: the means of what \a measure gives with \a replications seeds.
Answers meanOfWindows(std::int64_t replications, std::uint64_t seed,
                      const std::function<std::map<std::string, double>(std::uint64_t seed)> &measure);

/// One family of cases: a row of the table in families.cpp.
struct Family {
    std::string_view name;
    /// Whether the model has the shape of this family, by its keys. Asked in the order of the table; the first that fits
    /// is asked to measure().
    bool (*fits)(const Json &model);
    /// Reads the whole model, runs it, and answers for its metrics. Throws NotUnderstood.
    Answers (*measure)(CaseInput &input);
};

std::span<const Family> families();

/// True if \a model has all these keys, in whatever unit.
bool hasKeys(const Json &model, std::initializer_list<const char *> keys);

} // namespace halfopen::verify
