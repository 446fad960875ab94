// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schema_fields.h"
#include "core/scenario/world_schema.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

using namespace std::chrono_literals;
using schema::field;

constexpr Duration kShortest = 1ns;
constexpr Duration kLongest = 24h;

struct SingleConfig { ///< constant, exponential
    Duration value{};
};
struct UniformConfig {
    Duration min{};
    Duration max{};
};
struct LognormalConfig {
    std::optional<Duration> p50, p99, median, mean;
    std::optional<double> sigma, cv;
};
struct NormalConfig {
    Duration mean{};
    Duration sd{};
};
struct ShapeConfig { ///< gamma, erlang, weibull
    Duration mean{};
    double shape = 1;
};
struct ParetoConfig {
    Duration min{};
    std::optional<Duration> max;
    double alpha = 2;
};
struct HyperexponentialConfig {
    Duration mean{};
    double cv = 2;
};
struct QuantilesConfig {
    std::optional<Duration> min, p1, p5, p10, p25, p50, p75, p90, p95, p99, p999, p9999, max;
};

/// A required duration, so that every form writes its range once.
template <auto Member>
Field duration(std::string_view key, std::string_view help, Duration least = kShortest)
{
    return field<Member>({.key = key,
                          .type = ValueType::Duration,
                          .help = help,
                          .min = least,
                          .max = kLongest,
                          .required = true});
}
template <auto Member> Field optionalDuration(std::string_view key, std::string_view help)
{
    return field<Member>({.key = key,
                          .type = ValueType::Duration,
                          .help = help,
                          .min = kShortest,
                          .max = kLongest,
                          .optional = true});
}
template <auto Member>
Field number(std::string_view key, std::string_view help, double min, double max,
             bool required = true)
{
    return field<Member>({.key = key,
                          .type = ValueType::Number,
                          .help = help,
                          .min = min,
                          .max = max,
                          .optional = !required,
                          .required = required});
}

template <typename Config>
Schema makeForm(std::string_view key, std::string_view summary, std::vector<Field> fields,
                std::string_view shorthand = {}, std::string (*conflict)(const void *) = nullptr)
{
    Schema schema{};
    schema.key = key;
    schema.title = key;
    schema.summary = summary;
    schema.shorthand = shorthand;
    schema.fields = std::move(fields);
    schema.create = schema::create<Config>;
    schema.clone = schema::clone<Config>;
    schema.conflict = conflict;
    return schema;
}

const Schema &constantForm()
{
    static const Schema schema =
        makeForm<SingleConfig>("constant", "Always the same time.",
                               {duration<&SingleConfig::value>(
                                   "value", "The time that every request takes.", Duration(0))},
                               "value");
    return schema;
}

const Schema &exponentialForm()
{
    static const Schema schema = makeForm<SingleConfig>(
        "exponential", "Memoryless: short times are common, long ones fade by a constant factor.",
        {duration<&SingleConfig::value>("mean", "The mean time.")}, "mean");
    return schema;
}

const Schema &uniformForm()
{
    static const Schema schema = makeForm<UniformConfig>(
        "uniform", "Every time between two bounds is equally likely.",
        {duration<&UniformConfig::min>("min", "The shortest time.", Duration(0)),
         duration<&UniformConfig::max>("max", "The longest time.")},
        {}, [](const void *config) -> std::string {
            const auto &uniform = *static_cast<const UniformConfig *>(config);
            return uniform.min > uniform.max ? "'max' is shorter than 'min'" : "";
        });
    return schema;
}

std::string lognormalConflict(const void *config)
{
    const auto &given = *static_cast<const LognormalConfig *>(config);
    const int quantiles = given.p50.has_value() + given.p99.has_value();
    const int median = given.median.has_value() + given.sigma.has_value();
    const int mean = given.mean.has_value() + given.cv.has_value();
    const bool onePair =
        (quantiles == 2) + (median == 2) + (mean == 2) == 1 && quantiles + median + mean == 2;
    if (!onePair)
        return "'lognormal' needs exactly one pair of keys: p50 and p99, median and sigma, or mean "
               "and cv";
    if (quantiles == 2 && *given.p50 > *given.p99)
        return "'p99' is shorter than 'p50'";
    return {};
}

const Schema &lognormalForm()
{
    static const Schema schema = makeForm<LognormalConfig>(
        "lognormal", "The usual shape of service times: a body and a long tail to the right.",
        {optionalDuration<&LognormalConfig::p50>("p50",
                                                 "Half of the requests take at most this long."),
         optionalDuration<&LognormalConfig::p99>("p99",
                                                 "99 of 100 requests take at most this long."),
         optionalDuration<&LognormalConfig::median>("median",
                                                    "Half of the requests take at most this long."),
         number<&LognormalConfig::sigma>(
             "sigma", "Standard deviation of the logarithm; 0.5 is mild, 1 is wide.", 0, 20, false),
         optionalDuration<&LognormalConfig::mean>("mean", "The mean time."),
         number<&LognormalConfig::cv>("cv", "Standard deviation divided by the mean.", 0, 100,
                                      false)},
        {}, lognormalConflict);
    return schema;
}

const Schema &normalForm()
{
    static const Schema schema = makeForm<NormalConfig>(
        "normal", "Symmetric around its mean; what would be below 0 takes no time.",
        {duration<&NormalConfig::mean>("mean", "The mean time."),
         duration<&NormalConfig::sd>("sd", "The standard deviation.", Duration(0))},
        {}, [](const void *config) -> std::string {
            const auto &normal = *static_cast<const NormalConfig *>(config);
            return normal.sd.count() / 100 > normal.mean.count()
                       ? "'sd' is more than 100 times 'mean'"
                       : "";
        });
    return schema;
}

Schema shapeForm(std::string_view key, std::string_view summary, double least, double most)
{
    return makeForm<ShapeConfig>(
        key, summary,
        {duration<&ShapeConfig::mean>("mean", "The mean time."),
         number<&ShapeConfig::shape>("shape", "1 is exponential, larger is narrower.", least,
                                     most)});
}

const Schema &gammaForm()
{
    static const Schema schema =
        shapeForm("gamma", "A sum of exponential stages; any shape.", 0.01, 1000);
    return schema;
}

const Schema &erlangForm()
{
    static const Schema schema = [] {
        Schema s =
            shapeForm("erlang", "A sum of a whole number of equal exponential stages.", 1, 1000);
        s.conflict = [](const void *config) -> std::string {
            const double shape = static_cast<const ShapeConfig *>(config)->shape;
            return shape != static_cast<double>(static_cast<int>(shape))
                       ? "the 'shape' of 'erlang' is a whole number of stages; 'gamma' takes any "
                         "shape"
                       : "";
        };
        return s;
    }();
    return schema;
}

const Schema &weibullForm()
{
    static const Schema schema = shapeForm(
        "weibull", "Heavier than exponential in the tail for shapes below 1, lighter above.", 0.1,
        100);
    return schema;
}

const Schema &paretoForm()
{
    static const Schema schema = makeForm<ParetoConfig>(
        "pareto", "A power law: few requests take very much longer than the others.",
        {duration<&ParetoConfig::min>("min", "The shortest time."),
         number<&ParetoConfig::alpha>(
             "alpha", "How fast the tail falls; up to 1 the mean is not finite.", 0.1, 100),
         optionalDuration<&ParetoConfig::max>(
             "max", "The longest time; without it the tail is cut at 104 days.")},
        {}, [](const void *config) -> std::string {
            const auto &pareto = *static_cast<const ParetoConfig *>(config);
            return pareto.max && *pareto.max <= pareto.min ? "'max' is not longer than 'min'" : "";
        });
    return schema;
}

const Schema &hyperexponentialForm()
{
    static const Schema schema = makeForm<HyperexponentialConfig>(
        "hyperexponential",
        "Two exponential branches with balanced means: more variable than exponential.",
        {duration<&HyperexponentialConfig::mean>("mean", "The mean time."),
         number<&HyperexponentialConfig::cv>(
             "cv", "Standard deviation divided by the mean, above 1.", 1.0001, 100)});
    return schema;
}

/// The points that are given, in order of their probability.
struct FitConfig {
    QuantilesConfig percentiles;
    std::string trace;
};

std::vector<std::pair<double, Duration>> quantilePoints(const QuantilesConfig &config)
{
    const std::array<std::pair<double, std::optional<Duration>>, 13> all{{{0.0, config.min},
                                                                          {0.01, config.p1},
                                                                          {0.05, config.p5},
                                                                          {0.1, config.p10},
                                                                          {0.25, config.p25},
                                                                          {0.5, config.p50},
                                                                          {0.75, config.p75},
                                                                          {0.9, config.p90},
                                                                          {0.95, config.p95},
                                                                          {0.99, config.p99},
                                                                          {0.999, config.p999},
                                                                          {0.9999, config.p9999},
                                                                          {1.0, config.max}}};
    std::vector<std::pair<double, Duration>> points;
    for (const auto &[probability, value] : all)
        if (value)
            points.emplace_back(probability, *value);
    return points;
}

std::string quantilesConflict(const void *config)
{
    const auto points = quantilePoints(*static_cast<const QuantilesConfig *>(config));
    const auto inner = std::count_if(points.begin(), points.end(), [](const auto &point) {
        return point.first > 0.0 && point.first < 1.0;
    });
    if (inner < 2)
        return "'quantiles' needs at least two points beside min and max, for example p50 and p99";
    for (std::size_t i = 1; i < points.size(); ++i)
        if (points[i].second < points[i - 1].second)
            return "the times of 'quantiles' must not fall from one point to the next";
    return {};
}

const Schema &quantilesForm()
{
    using C = QuantilesConfig;
    static const Schema schema = makeForm<C>(
        "quantiles", "Through measured percentiles, with pieces of lognormals between them.",
        {optionalDuration<&C::min>("min", "No request is faster."),
         optionalDuration<&C::p1>("p1", "1 % of the requests take at most this long."),
         optionalDuration<&C::p5>("p5", "5 % of the requests take at most this long."),
         optionalDuration<&C::p10>("p10", "10 % of the requests take at most this long."),
         optionalDuration<&C::p25>("p25", "25 % of the requests take at most this long."),
         optionalDuration<&C::p50>("p50", "50 % of the requests take at most this long."),
         optionalDuration<&C::p75>("p75", "75 % of the requests take at most this long."),
         optionalDuration<&C::p90>("p90", "90 % of the requests take at most this long."),
         optionalDuration<&C::p95>("p95", "95 % of the requests take at most this long."),
         optionalDuration<&C::p99>("p99", "99 % of the requests take at most this long."),
         optionalDuration<&C::p999>("p99_9", "99.9 % of the requests take at most this long."),
         optionalDuration<&C::p9999>("p99_99", "99.99 % of the requests take at most this long."),
         optionalDuration<&C::max>("max", "No request is slower.")},
        {}, quantilesConflict);
    return schema;
}

template <typename Config> const Config &as(const void *config)
{
    return *static_cast<const Config *>(config);
}

Distribution makeLognormal(const void *config)
{
    const auto &given = as<LognormalConfig>(config);
    if (given.p50)
        return Distribution::lognormal(*given.p50, *given.p99);
    if (given.median)
        return Distribution::lognormalMedianSigma(*given.median, *given.sigma);
    return Distribution::lognormalMeanCv(*given.mean, *given.cv);
}

Distribution makeGamma(const void *config)
{
    return Distribution::gamma(as<ShapeConfig>(config).shape, as<ShapeConfig>(config).mean);
}

constexpr std::array<DistributionForm, 11> kForms{{
    {constantForm, [](const void *c) { return Distribution::constant(as<SingleConfig>(c).value); }},
    {exponentialForm,
     [](const void *c) { return Distribution::exponential(as<SingleConfig>(c).value); }},
    {uniformForm,
     [](const void *c) {
         return Distribution::uniform(as<UniformConfig>(c).min, as<UniformConfig>(c).max);
     }},
    {lognormalForm, makeLognormal},
    {normalForm,
     [](const void *c) {
         return Distribution::normal(as<NormalConfig>(c).mean, as<NormalConfig>(c).sd);
     }},
    {gammaForm, makeGamma},
    {erlangForm, makeGamma},
    {weibullForm,
     [](const void *c) {
         return Distribution::weibull(as<ShapeConfig>(c).shape, as<ShapeConfig>(c).mean);
     }},
    {paretoForm,
     [](const void *c) {
         const auto &pareto = as<ParetoConfig>(c);
         return Distribution::pareto(pareto.alpha, pareto.min, pareto.max);
     }},
    {hyperexponentialForm,
     [](const void *c) {
         return Distribution::hyperexponential(as<HyperexponentialConfig>(c).mean,
                                               as<HyperexponentialConfig>(c).cv);
     }},
    {quantilesForm,
     [](const void *c) { return Distribution::quantiles(quantilePoints(as<QuantilesConfig>(c))); }},
}};

} // namespace

std::span<const DistributionForm> distributionForms()
{
    return kForms;
}

std::span<const NestedKey> distributionLists()
{
    static constexpr std::array<NestedKey, 2> kLists{{
        {"mixture", "One of several forms, chosen by weight: [ { weight: 9, of: 5ms }, { weight: "
                    "1, of: { exponential: 80ms } } ]."},
        {"empirical", "Each of the listed times with equal chance: [5ms, 6ms, 90ms]."},
    }};
    return kLists;
}

FitSource fitSource(const void *config)
{
    const auto &given = as<FitConfig>(config);
    return {quantilePoints(given.percentiles), given.trace};
}

const Schema &fitSchema()
{
    using C = FitConfig;
    using Q = QuantilesConfig;
    const auto percentile = [](Field described, std::string_view key, std::string_view help) {
        described.key = key;
        described.type = ValueType::Duration;
        described.help = help;
        described.min = kShortest;
        described.max = kLongest;
        described.optional = true;
        return described;
    };
    static const Schema schema = makeForm<C>(
        "fit",
        "The family that comes nearest to measured percentiles: lognormal, gamma, Weibull or, from five percentiles on, two "
        "lognormals. A note of the run says how far it is off.",
        {percentile(field<&C::percentiles, &Q::p1>({}), "p1", "1 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p5>({}), "p5", "5 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p10>({}), "p10", "10 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p25>({}), "p25", "25 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p50>({}), "p50", "50 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p75>({}), "p75", "75 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p90>({}), "p90", "90 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p95>({}), "p95", "95 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p99>({}), "p99", "99 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p999>({}), "p99_9", "99.9 % of the requests take at most this long."),
         percentile(field<&C::percentiles, &Q::p9999>({}), "p99_99", "99.99 % of the requests take at most this long."),
         field<&C::trace>({.key = "trace",
                           .type = ValueType::Text,
                           .help = "A recording (.jsonl or .jsonl.gz, relative to the scenario): the percentiles of its good answers."})},
        {}, [](const void *config) -> std::string {
            const FitSource source = fitSource(config);
            if (!source.trace.empty())
                return source.percentiles.empty() ? "" : "'fit' takes percentiles or a 'trace', not both";
            return source.percentiles.size() < 2 ? "'fit' needs at least two percentiles, for example p50 and p99, or a 'trace'" : "";
        });
    return schema;
}

const Schema &mixtureBranchSchema()
{
    static const Schema schema = makeForm<MixtureBranch>(
        "mixture branch", "One branch of a mixture.",
        {number<&MixtureBranch::weight>(
            "weight", "How often this branch is taken, compared with the others.", 1e-9, 1e9)});
    return schema;
}

} // namespace halfopen
