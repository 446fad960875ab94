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

void Fallback::apply(const FallbackConfig &config)
{
    m_on = OutcomeSet::fromNames(config.on);
    m_source = config.effectiveSource();
    m_maxAge = config.cachedMaxAge.value_or(Duration::max());
}

Admission Fallback::admit(Instant, PolicyCall &)
{
    return Admission::admit();
}

bool Fallback::hasSubstitute(Instant now) const
{
    switch (m_source) {
    case FallbackSource::Static:
        return true;
    case FallbackSource::Cached:
        return m_cachedAt && now - *m_cachedAt <= m_maxAge;
    }
    return false;
}

Verdict Fallback::onOutcome(Instant now, PolicyCall &, Outcome outcome)
{
    if (outcome.kind == OutcomeKind::Success)
        m_cachedAt = now;
    else if (m_on.contains(outcome.kind) && hasSubstitute(now))
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
