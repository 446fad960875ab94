// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/law.h"

#include "core/base/portable_math.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace halfopen::verify {

namespace {

using Branches = std::vector<std::pair<double, Distribution>>;

/// Distributions end the program on parameters that make no sense; a case must not.
void need(bool holds, const ModelReader &json, std::string_view key, const char *range)
{
    if (!holds)
        json.refuse(key, std::string("is out of range, expected ") + range);
}

/// A number under any of several names.
double numberOf(ModelReader &json, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names)
        if (json.has(name))
            return json.number(name);
    return json.number(*names.begin()); // says that it is missing
}

Duration timeOf(ModelReader &json, std::initializer_list<std::string_view> names)
{
    const auto given = std::find_if(names.begin(), names.end(), [&](std::string_view name) { return json.has(name); });
    const std::string_view name = given == names.end() ? *names.begin() : *given;
    const Duration time = json.duration(name);
    need(time.count() <= kMaxSampleNs, json, name, "at most 104 days");
    return time;
}

/// The mean, or what it is by a rate.
Duration meanOf(ModelReader &json)
{
    if (json.has("mean_s") || !json.has("rate_per_s"))
        return timeOf(json, {"mean_s"});
    const double rate = json.number("rate_per_s");
    need(rate >= 2e-7 && rate <= 1e9, json, "rate_per_s", "2e-7 to 1e9 per second");
    return secondsToDuration(1 / rate);
}

double within(double value, double least, double most, const ModelReader &json, std::string_view key)
{
    need(value >= least && value <= most, json, key, "what the lab's distributions take");
    return value;
}

/// The coefficient of variation, or the root of its square; empty if neither is given.
std::optional<double> variationOf(ModelReader &json, double least)
{
    for (const std::string_view name : {"coefficient_of_variation", "cv"})
        if (json.has(name))
            return within(json.number(name), least, 100, json, name);
    for (const std::string_view name : {"squared_coefficient_of_variation", "scv", "cv2"})
        if (json.has(name))
            return std::sqrt(within(json.number(name), least * least, 100 * 100, json, name));
    return std::nullopt;
}

double neededVariationOf(ModelReader &json, double least)
{
    if (const auto cv = variationOf(json, least))
        return *cv;
    json.refuse("coefficient_of_variation", "is missing");
}

double sigmaOf(ModelReader &json)
{
    return within(numberOf(json, {"sigma", "sigma_log", "log_sigma", "sigma_of_log", "sigma_of_the_log", "sigma_ln", "log_sd",
                                  "sd_of_log"}),
                  0, 20, json, "sigma");
}

Distribution readLognormal(ModelReader &json)
{
    if (json.has("mean_s")) {
        const Duration mean = timeOf(json, {"mean_s"});
        if (const auto cv = variationOf(json, 0))
            return Distribution::lognormalMeanCv(mean, *cv);
        const double sigma = sigmaOf(json);
        return Distribution::lognormalMeanCv(mean, within(std::sqrt(portableExp(sigma * sigma) - 1), 0, 100, json, "sigma"));
    }
    const Duration median = timeOf(json, {"median_s", "p50_s"});
    need(median.count() > 0, json, "median_s", "more than 0");
    if (json.has("p99_s")) {
        const Duration p99 = timeOf(json, {"p99_s"});
        need(p99 >= median, json, "p99_s", "at least the median");
        return Distribution::lognormal(median, p99);
    }
    if (const auto cv = variationOf(json, 0))
        return Distribution::lognormalMedianSigma(median, std::sqrt(portableLog1p(*cv * *cv)));
    return Distribution::lognormalMedianSigma(median, sigmaOf(json));
}

Distribution readHyperexponential(ModelReader &json)
{
    if (!json.has("branches"))
        return Distribution::hyperexponential(timeOf(json, {"mean_s"}), neededVariationOf(json, 1.0001));
    Branches branches;
    for (ModelReader &branch : json.list("branches"))
        branches.emplace_back(within(numberOf(branch, {"p", "weight", "probability"}), 1e-12, 1e12, branch, "p"),
                              Distribution::exponential(meanOf(branch)));
    need(!branches.empty(), json, "branches", "at least one");
    return Distribution::mixture(std::move(branches));
}

Distribution normalOf(ModelReader &json, std::string_view meanKey)
{
    const Duration mean = timeOf(json, {meanKey});
    const Duration sd = timeOf(json, {"sd_s", "std_s", "standard_deviation_s"});
    need(sd.count() / 100 <= mean.count(), json, "sd_s", "at most 100 means");
    return Distribution::normal(mean, sd);
}

Distribution readMixture(ModelReader &json)
{
    Branches branches;
    const char *key = json.has("parts") ? "parts" : "branches";
    for (ModelReader &part : json.list(key)) {
        const double p = within(numberOf(part, {"p", "weight", "probability"}), 1e-12, 1e12, part, "p");
        if (part.has("normal_mean_s"))
            branches.emplace_back(p, normalOf(part, "normal_mean_s"));
        else if (part.has("exponential_mean_s"))
            branches.emplace_back(p, Distribution::exponential(part.duration("exponential_mean_s")));
        else if (part.has("constant_s"))
            branches.emplace_back(p, Distribution::constant(part.duration("constant_s")));
        else
            branches.emplace_back(p, readLaw(part));
    }
    need(!branches.empty(), json, key, "at least one");
    return Distribution::mixture(std::move(branches));
}

Distribution readTwoPoint(ModelReader &json)
{
    const double slow = numberOf(json, {"p_slow"});
    const Distribution fast = Distribution::constant(timeOf(json, {"fast_s", "fast_ms"}));
    const Distribution late = Distribution::constant(timeOf(json, {"slow_s", "slow_ms"}));
    if (slow <= 0)
        return fast;
    if (slow >= 1)
        return late;
    return Distribution::mixture({{1 - slow, fast}, {slow, late}});
}

/// Survival that is a straight line between knots when both axes are logarithmic: pieces of Pareto laws, each cut off at
/// the next knot, the last one going on for ever.
Distribution readPowerLaw(ModelReader &json)
{
    struct Knot {
        Duration at;
        double survival;
    };
    std::vector<Knot> knots;
    for (ModelReader &knot : json.list("knots"))
        knots.push_back({timeOf(knot, {"t_ms", "t_s", "t_us"}), knot.number("survival")});
    json.oneOf("tail", {"continues with the last slope"});
    json.notes({"slopes"}); // follow from the knots
    if (knots.size() < 2 || knots.front().survival != 1.0)
        json.refuse("knots", "must be at least two and begin with survival 1");
    Branches branches;
    double alpha = 0;
    for (std::size_t i = 0; i + 1 < knots.size(); ++i) {
        const Knot &a = knots[i];
        const Knot &b = knots[i + 1];
        if (!(b.survival < a.survival && b.survival > 0 && b.at > a.at && a.at.count() > 0))
            json.refuse("knots", "must rise in time and fall in survival");
        alpha = portableLog(a.survival / b.survival)
            / portableLog(static_cast<double>(b.at.count()) / static_cast<double>(a.at.count()));
        within(alpha, 0.1, 100, json, "knots");
        branches.emplace_back(a.survival - b.survival, Distribution::pareto(alpha, a.at, b.at));
    }
    branches.emplace_back(knots.back().survival, Distribution::pareto(alpha, knots.back().at));
    return Distribution::mixture(std::move(branches));
}

} // namespace

Duration workTime(double seconds)
{
    if (!(seconds >= 0 && seconds <= static_cast<double>(kMaxSampleNs) * 1e-9))
        throw NotUnderstood("a time of " + Json(seconds).dump() + " s is out of range, expected 0 s to 104 days");
    return secondsToDuration(seconds);
}

Distribution readLaw(ModelReader &json, std::string_view kindKey)
{
    std::string kind = json.text(kindKey);
    std::transform(kind.begin(), kind.end(), kind.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto mean = [&] { return meanOf(json); };
    const auto shape = [&] { return numberOf(json, {"shape", "k", "stages", "phases"}); };
    if (kind == "exponential")
        return Distribution::exponential(mean());
    if (kind == "deterministic" || kind == "constant")
        return Distribution::constant(timeOf(json, {"mean_s", "value_s", "constant_s", "time_s"}));
    if (kind == "hyperexponential")
        return readHyperexponential(json);
    if (kind == "lognormal")
        return readLognormal(json);
    if (kind == "erlang" || kind == "gamma") {
        const bool bySpread = !json.has("shape") && variationOf(json, 0.0317).has_value();
        const double cv = bySpread ? neededVariationOf(json, 0.0317) : 1;
        const double stages = bySpread ? within(1 / (cv * cv), 0.01, 1000, json, "cv") : within(shape(), 0.01, 1000, json, "shape");
        return Distribution::gamma(stages, mean());
    }
    if (kind == "weibull") {
        const double k = within(shape(), 0.1, 100, json, "shape");
        if (json.has("mean_s") || !json.has("scale_s"))
            return Distribution::weibull(k, mean());
        // Its scale is where a share of 1/e is left; both grow with the mean.
        const Duration some = std::chrono::seconds(1000);
        const double scale = toSeconds(Distribution::weibull(k, some).quantile(1 - portableExp(-1.0)));
        return Distribution::weibull(k, workTime(toSeconds(timeOf(json, {"scale_s"})) * toSeconds(some) / scale));
    }
    if (kind == "uniform") {
        const Duration least = timeOf(json, {"min_s", "low_s", "from_s", "minimum_s"});
        const Duration most = timeOf(json, {"max_s", "high_s", "to_s", "maximum_s"});
        need(least <= most, json, "max_s", "at least min_s");
        return Distribution::uniform(least, most);
    }
    if (kind == "pareto" || kind == "bounded pareto") {
        const double alpha = within(numberOf(json, {"shape", "alpha"}), 0.1, 100, json, "shape");
        if (kind == "pareto" && json.has("mean_s")) {
            need(alpha > 1, json, "shape", "more than 1: else there is no mean");
            const double least = static_cast<double>(timeOf(json, {"mean_s"}).count()) * (alpha - 1) / alpha;
            need(least >= 1, json, "mean_s", "more than 1 ns");
            return Distribution::pareto(alpha, Duration(std::llround(least)));
        }
        const Duration least = timeOf(json, {"minimum_s", "min_s", "scale_s"});
        need(least.count() > 0, json, "minimum_s", "more than 0");
        if (kind == "pareto" && !json.has("maximum_s") && !json.has("max_s"))
            return Distribution::pareto(alpha, least);
        const Duration most = timeOf(json, {"maximum_s", "max_s"});
        need(most > least, json, "maximum_s", "more than the minimum");
        return Distribution::pareto(alpha, least, most);
    }
    if (kind == "normal")
        return normalOf(json, "mean_s");
    if (kind == "mixture")
        return readMixture(json);
    if (kind == "two-point" || kind == "two_point")
        return readTwoPoint(json);
    if (kind.starts_with("piecewise power law"))
        return readPowerLaw(json);
    json.refuse(kindKey, "is \"" + kind + "\", a distribution that is not known");
}

} // namespace halfopen::verify
