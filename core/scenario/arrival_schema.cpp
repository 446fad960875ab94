// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schema_parts.h"
#include "core/scenario/world_schema.h"

#include <array>

// The tables of what stands in lists and in single values: expectations, and when calls arrive.

namespace halfopen {

using namespace std::chrono_literals;
using schema::field;

const Schema &expectationSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<ExpectationPlace>("expectation", "Expectation",
                                                "One thing that must hold in a run.");
        s.fields = {
            field<&ExpectationPlace::of>(
                {.key = "of",
                 .type = ValueType::Text,
                 .help = "What is measured: a client, a service, an edge such as \"web -> orders\", the calls that name an "
                         "endpoint such as orders/checkout "
                         "or, for breakers, a "
                         "policy stack. All clients together when it is left out."}),
            field<&ExpectationPlace::from>(
                {.key = "from",
                 .type = ValueType::Duration,
                 .help = "Measure from here on; from the start when it is left out.",
                 .min = Duration(0),
                 .max = kLongest,
                 .optional = true}),
            field<&ExpectationPlace::to>(
                {.key = "to",
                 .type = ValueType::Duration,
                 .help = "Measure up to here; to the end when it is left out.",
                 .min = Duration(0),
                 .max = kLongest,
                 .optional = true}),
            field<&ExpectationPlace::why>(
                {.key = "why",
                 .type = ValueType::Text,
                 .help = "What the line means, in words; printed with the result."}),
        };
        s.conflict = [](const void *config) -> std::string {
            const auto &place = *static_cast<const ExpectationPlace *>(config);
            if (place.to && *place.to <= place.from.value_or(Duration(0)))
                return "'to' is not after 'from', so there is nothing to measure";
            return {};
        };
        return s;
    }();
    return schema;
}

const Schema &closedLoopSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<ArrivalSpec>("closed loop", "Closed loop",
                                           "Users who each wait for the end of their call before the next.");
        s.fields = {
            field<&ArrivalSpec::users>({.key = "users",
                                        .type = ValueType::Count,
                                        .help = "How many users there are: never more calls are under way.",
                                        .min = count(1),
                                        .max = count(1'000'000)}),
            field<&ArrivalSpec::pace>(
                {.key = "every",
                 .type = ValueType::Duration,
                 .help = "A user calls at multiples of this time instead of thinking. A time that comes before the answer to "
                         "the call before is left out and not made up for, which hides a stall from the measurement.",
                 .min = Duration(1us),
                 .max = kLongest,
                 .optional = true}),
        };
        return s;
    }();
    return schema;
}

std::span<const NestedKey> closedLoopKeys()
{
    static constexpr std::array<NestedKey, 1> kKeys{{
        {"think_time", "How long a user pauses before each call: 1s, or a distribution such as { exponential: 1s }. "
                       "0s when it is left out."},
    }};
    return kKeys;
}

const Schema &waveSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<RateWave>("wave", "Wave", "A rate that rises and falls like a sine.");
        s.fields = {
            field<&RateWave::mean>({.key = "mean",
                                    .type = ValueType::Rate,
                                    .help = "The rate in the middle, with which the wave begins, rising.",
                                    .min = 0.0,
                                    .max = 5'000'000.0,
                                    .required = true}),
            field<&RateWave::swing>({.key = "swing",
                                     .type = ValueType::Probability,
                                     .help = "How far it goes up and down, as a share of the mean.",
                                     .min = 0.0,
                                     .max = 1.0}),
            field<&RateWave::period>({.key = "period",
                                      .type = ValueType::Duration,
                                      .help = "From crest to crest.",
                                      .min = Duration(1ms),
                                      .max = kLongest,
                                      .required = true}),
        };
        return s;
    }();
    return schema;
}

const Schema &burstSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<RateBurst>("burst", "Burst", "A quiet rate, and a high one for a while again and again.");
        s.fields = {
            field<&RateBurst::rate>({.key = "rate",
                                     .type = ValueType::Rate,
                                     .help = "The rate between bursts; the run begins with it.",
                                     .min = 0.0,
                                     .max = 10'000'000.0}),
            field<&RateBurst::peak>({.key = "peak",
                                     .type = ValueType::Rate,
                                     .help = "The rate in a burst.",
                                     .min = 0.0,
                                     .max = 10'000'000.0,
                                     .required = true}),
            field<&RateBurst::every>({.key = "every",
                                      .type = ValueType::Duration,
                                      .help = "From the end of one burst to the end of the next.",
                                      .min = Duration(1ms),
                                      .max = kLongest,
                                      .required = true}),
            field<&RateBurst::length>({.key = "for",
                                       .type = ValueType::Duration,
                                       .help = "How long a burst lasts; the first ends at `every`.",
                                       .min = Duration(1us),
                                       .max = kLongest,
                                       .required = true}),
        };
        s.conflict = [](const void *config) -> std::string {
            const auto &burst = *static_cast<const RateBurst *>(config);
            return burst.length >= burst.every ? "'for' is not shorter than 'every', so there is nothing between the bursts" : "";
        };
        return s;
    }();
    return schema;
}

const Schema &ratePointSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<RatePoint>("rate point", "Rate point",
                                         "The arrival rate from one moment on.");
        s.fields = {
            field<&RatePoint::from>({.key = "from",
                                     .type = ValueType::Duration,
                                     .help = "When this rate begins; the first point begins at 0s.",
                                     .min = Duration(0),
                                     .max = kLongest}),
            field<&RatePoint::rate>({.key = "rate",
                                     .type = ValueType::Rate,
                                     .help = "Calls per unit of time.",
                                     .min = 0.0,
                                     .max = 10'000'000.0,
                                     .required = true}),
        };
        return s;
    }();
    return schema;
}

} // namespace halfopen
