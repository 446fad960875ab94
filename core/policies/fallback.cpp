// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/fallback.h"

#include "core/scenario/schema_fields.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(FallbackSource)
{
    static constexpr std::array<std::string_view, 2> kNames = {"static", "cached"};
    return kNames;
}

std::span<const std::string_view> enumNames(FallbackOtherwise)
{
    static constexpr std::array<std::string_view, 2> kNames = {"fail", "static"};
    return kNames;
}

void Fallback::apply(const FallbackConfig &config)
{
    m_on = OutcomeSet::fromNames(config.on);
    m_source = config.effectiveSource();
    m_otherwise = config.otherwise;
    m_maxAge = config.cachedMaxAge.value_or(Duration::max());
    m_staleMaxAge = config.staleMaxAge.value_or(Duration(0));
    m_staleOn = OutcomeSet::fromNames(config.staleOn);
}

Admission Fallback::admit(Instant, PolicyCall &)
{
    return Admission::admit();
}

bool Fallback::hasSubstitute(Instant now, OutcomeKind why) const
{
    switch (m_source) {
    case FallbackSource::Static:
        return true;
    case FallbackSource::Cached:
        if (m_otherwise == FallbackOtherwise::Static)
            return true;
        if (!m_cachedAt)
            return false;
        const Duration age = now - *m_cachedAt;
        return age <= m_maxAge || (age <= m_staleMaxAge && m_staleOn.contains(why));
    }
    return false;
}

Verdict Fallback::onOutcome(Instant now, PolicyCall &, Outcome outcome)
{
    if (outcome.kind == OutcomeKind::Success)
        m_cachedAt = now;
    else if (m_on.contains(outcome.kind) && hasSubstitute(now, outcome.kind))
        return Verdict::replace({.kind = OutcomeKind::Fallback});
    return Verdict::keep();
}

void Fallback::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const FallbackConfig *>(config));
}

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const FallbackConfig *>(config);
    if (c.cachedMaxAge && c.source == FallbackSource::Static)
        return "cached.max_age has no meaning with source: static";
    if (c.staleMaxAge && !c.cachedMaxAge)
        return "cached.stale_max_age needs cached.max_age: without it an answer of any age may be served";
    if (c.staleMaxAge && *c.staleMaxAge < *c.cachedMaxAge)
        return "cached.stale_max_age is shorter than cached.max_age";
    return {};
}

} // namespace

const Schema &fallbackSchema()
{
    static const Schema schema = {
        .key = "fallback",
        .title = "Fallback",
        .summary = "Serves a substitute when the inside failed: a degraded success.",
        .shorthand = "source",
        .fields =
            {
                schema::field<&FallbackConfig::source>(
                    {.key = "source",
                     .type = ValueType::Choice,
                     .help = "static: a fixed answer, always there. cached: the last good answer this process got. cached "
                             "when cached.max_age is given, else static.",
                     .optional = true,
                     .choices = {"static", "cached"}}),
                schema::field<&FallbackConfig::cachedMaxAge>(
                    {.key = "cached.max_age",
                     .type = ValueType::Duration,
                     .help = "Oldest answer that may still be served; none = any age. Short: the cache is gone before the "
                             "outage is over. Long: users see old data and nobody notices that the dependency is down.",
                     .min = Duration(1ms),
                     .max = Duration(24h * 7),
                     .optional = true}),
                schema::field<&FallbackConfig::staleMaxAge>(
                    {.key = "cached.stale_max_age",
                     .type = ValueType::Duration,
                     .help = "Oldest answer that may be served where the dependency could not be reached (cached.stale_on). none: nothing "
                             "older than cached.max_age.",
                     .min = Duration(1ms),
                     .max = Duration(24h * 30),
                     .optional = true}),
                schema::field<&FallbackConfig::staleOn>(
                    {.key = "cached.stale_on",
                     .type = ValueType::TextList,
                     .help = "Outcomes on which an answer older than cached.max_age, up to cached.stale_max_age, may be served.",
                     .choices = failureNames()}),
                schema::field<&FallbackConfig::otherwise>(
                    {.key = "cached.otherwise",
                     .type = ValueType::Choice,
                     .help = "Where no cached answer may be served. fail: the failure goes outwards. static: a fixed answer is served, as "
                             "with source: static.",
                     .choices = {"fail", "static"}}),
                schema::field<&FallbackConfig::on>(
                    {.key = "on",
                     .type = ValueType::TextList,
                     .help = "Outcomes that are replaced. All failures and refusals unless given. Hiding every error also "
                             "hides it from retries and breakers further out.",
                     .choices = failureNames()}),
            },
        .create = &schema::create<FallbackConfig>,
        .clone = &schema::clone<FallbackConfig>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
