// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schema_parts.h"
#include "core/scenario/world_schema.h"

#include <array>

// The table of where and when a fault acts. The table of each kind stands with the kind.

namespace halfopen {

using namespace std::chrono_literals;
using schema::field;

/// The words of `wave.shape`.
static std::span<const std::string_view> enumNames(FaultSpec::WaveShape)
{
    static constexpr std::array<std::string_view, 3> kNames{"sine", "triangle", "square"};
    return kNames;
}

/// Rules between the keys of a fault, whatever its kind.
static std::string faultPlaceConflict(const void *config)
{
    const auto &place = *static_cast<const FaultPlace *>(config);
    if (place.every && !place.length)
        return "a fault with 'every' needs 'for': without it the fault never ends, so it "
               "cannot come again";
    if (place.every && *place.every < *place.length)
        return "'every' is shorter than 'for', so the fault would begin again before it "
               "has ended";
    if (place.instance.has_value() + !place.instances.empty() + place.shareOfInstances.has_value() > 1)
        return "'instance', 'instances' and 'share_of_instances' say the same thing: give one of them";
    if (place.burstOn.has_value() != place.burstOff.has_value())
        return "'bursts' needs both 'on' and 'off': how long a burst and how long a pause lasts on average";
    if (place.rampDown.count() > 0 && !place.length)
        return "'ramp_down' needs 'for': it is the last part of that time";
    if (place.length && place.rampUp + place.rampDown > *place.length)
        return "'ramp_up' and 'ramp_down' together are longer than 'for'";
    return {};
}

/// Where a fault acts and on whom.
static void addWhere(std::vector<Field> &fields)
{
    fields.push_back(field<&FaultPlace::name>(
        {.key = "name",
         .type = ValueType::Text,
         .help = "What the timeline calls it. Its random numbers then come from its name instead of its place in the "
                 "list, so that faults before it can come and go."}));
    fields.push_back(field<&FaultPlace::on>({.key = "on",
                                             .type = ValueType::Text,
                                             .help = "The service that has the fault.",
                                             .required = true}));
    fields.push_back(field<&FaultPlace::endpoint>(
        {.key = "endpoint",
         .type = ValueType::Text,
         .help = "Only requests for this endpoint of the service; all when it is left out. Health checks ask for none."}));
    fields.push_back(field<&FaultPlace::instance>(
        {.key = "instance",
         .type = ValueType::Count,
         .help = "Only this instance, counted from 0; all instances when it is left out.",
         .min = count(0),
         .max = count(999),
         .optional = true}));
    fields.push_back(field<&FaultPlace::instances>(
        {.key = "instances",
         .type = ValueType::TextList,
         .help = "Only these instances, counted from 0: a list of numbers and of rows such as 2-5."}));
    fields.push_back(field<&FaultPlace::shareOfInstances>(
        {.key = "share_of_instances",
         .type = ValueType::Probability,
         .help = "Only this share of the instances, rounded, at least one: those with the smallest numbers.",
         .min = 0.001,
         .max = 1.0,
         .optional = true}));
    fields.push_back(field<&FaultPlace::callers>(
        {.key = "callers",
         .type = ValueType::TextList,
         .help = "Only requests that come from these clients or services: one edge, or some. All when it is left out."}));
    fields.push_back(field<&FaultPlace::firstRequests>(
        {.key = "first_requests",
         .type = ValueType::Count,
         .help = "Only the first so many requests that meet it, counted anew each time it begins.",
         .min = count(1),
         .max = count(1'000'000'000'000),
         .optional = true}));
    fields.push_back(field<&FaultPlace::everyNth>(
        {.key = "every_nth",
         .type = ValueType::Count,
         .help = "Only every n-th of the requests that meet it: 3 hits the third, the sixth, ...",
         .min = count(1),
         .max = count(1'000'000'000'000),
         .optional = true}));
}

/// When a fault is there.
static void addWhen(std::vector<Field> &fields)
{
    fields.push_back(field<&FaultPlace::from>(
        {.key = "from",
         .type = ValueType::Duration,
         .help = "When the fault begins, in time since the start of the run.",
         .min = Duration(0),
         .max = kLongest}));
    fields.push_back(field<&FaultPlace::length>(
        {.key = "for",
         .type = ValueType::Duration,
         .help = "How long it lasts; to the end of the run when it is left out.",
         .min = Duration(1ms),
         .max = kLongest,
         .optional = true}));
    fields.push_back(field<&FaultPlace::every>(
        {.key = "every",
         .type = ValueType::Duration,
         .help = "Repeats the fault with this period, counted from beginning to beginning.",
         .min = Duration(1ms),
         .max = kLongest,
         .optional = true}));
    fields.push_back(field<&FaultPlace::burstOn>(
        {.key = "bursts.on",
         .type = ValueType::Duration,
         .help = "It comes in bursts that last so long on average; their lengths are drawn (exponential).",
         .min = Duration(1ms),
         .max = kLongest,
         .optional = true}));
    fields.push_back(field<&FaultPlace::burstOff>(
        {.key = "bursts.off",
         .type = ValueType::Duration,
         .help = "The mean length of the pauses between bursts.",
         .min = Duration(1ms),
         .max = kLongest,
         .optional = true}));
}

/// How strong a fault is while it is there.
static void addStrength(std::vector<Field> &fields)
{
    fields.push_back(field<&FaultPlace::rampUp>(
        {.key = "ramp_up",
         .type = ValueType::Duration,
         .help = "It grows from nothing to its full strength in this time: added times, shares and chances with it.",
         .min = Duration(0),
         .max = kLongest}));
    fields.push_back(field<&FaultPlace::rampDown>(
        {.key = "ramp_down",
         .type = ValueType::Duration,
         .help = "It fades away in the last part of its time.",
         .min = Duration(0),
         .max = kLongest}));
    fields.push_back(field<&FaultPlace::wavePeriod>(
        {.key = "wave.period",
         .type = ValueType::Duration,
         .help = "Its strength comes and goes with this period, beginning at the lowest.",
         .min = Duration(1ms),
         .max = kLongest,
         .optional = true}));
    fields.push_back(field<&FaultPlace::waveShape>(
        {.key = "wave.shape",
         .type = ValueType::Choice,
         .help = "How it comes and goes. square: the lowest in the first half of the period, full in the second.",
         .choices = {"sine", "triangle", "square"}}));
    fields.push_back(field<&FaultPlace::waveLow>({.key = "wave.low",
                                                  .type = ValueType::Probability,
                                                  .help = "The lowest strength of the wave, as a share of the full one.",
                                                  .min = 0.0,
                                                  .max = 1.0}));
}

const Schema &faultPlaceSchema()
{
    static const Schema schema = [] {
        Schema s = makeSchema<FaultPlace>("fault", "Fault",
                                          "Something that goes wrong with a service for a while.");
        addWhere(s.fields);
        addWhen(s.fields);
        addStrength(s.fields);
        s.conflict = faultPlaceConflict;
        return s;
    }();
    return schema;
}

} // namespace halfopen
