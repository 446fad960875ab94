// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/fallback.h"

#include "core/scenario/schema_fields.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(FallbackSource)
{
    static constexpr std::array<std::string_view, 4> kNames = {"static", "cached", "other", "work"};
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
    m_work = config.work.value_or(Duration(0));
    m_alwaysAdmits = true;
}

OtherCall otherCallOfFallback(const void *config)
{
    const auto &c = *static_cast<const FallbackConfig *>(config);
    if (c.effectiveSource() != FallbackSource::Other)
        return {};
    return {.to = c.to, .policies = c.policies};
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
        return now - *m_cachedAt <= m_maxAge || (now - *m_cachedAt <= m_staleMaxAge && m_staleOn.contains(why));
    case FallbackSource::Other:
    case FallbackSource::Work:
        break;
    }
    return false;
}

Verdict Fallback::onOutcome(Instant now, PolicyCall &, Outcome outcome)
{
    if (outcome.kind == OutcomeKind::Success)
        m_cachedAt = now;
    if (!m_on.contains(outcome.kind)) // never a success
        return Verdict::keep();
    if (m_source == FallbackSource::Other)
        return Verdict::callOther();
    if (m_source == FallbackSource::Work)
        return Verdict::workUntil(now + m_work);
    return hasSubstitute(now, outcome.kind) ? Verdict::replace({.kind = OutcomeKind::Fallback}) : Verdict::keep();
}

Verdict Fallback::onSubstitute(Instant, PolicyCall &, Outcome, Outcome substitute)
{
    return isGood(substitute.kind) ? Verdict::replace({.kind = OutcomeKind::Fallback}) : Verdict::keep();
}

void Fallback::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const FallbackConfig *>(config));
}

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const FallbackConfig *>(config);
    const FallbackSource source = c.effectiveSource();
    if (source == FallbackSource::Other && c.to.empty())
        return "source: other needs 'to', the service that is called instead";
    if (source == FallbackSource::Work && !c.work)
        return "source: work needs 'work', the time that it takes";
    if (source != FallbackSource::Other && !(c.to.empty() && c.policies.empty()))
        return std::string(c.to.empty() ? "policies" : "to") + " has no meaning without source: other";
    if (source != FallbackSource::Work && c.work)
        return "work has no meaning without source: work";
    if (source != FallbackSource::Cached && c.cachedMaxAge && source != FallbackSource::Static)
        return "cached.max_age has no meaning without source: cached; for two substitutes write two fallbacks, one inside the other";
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
                     .help = "static: a fixed answer, always there. cached: the last good answer this process got. other: a call to "
                             "the service `to`. work: work of the caller that takes `work`. Without it the setting that is given "
                             "says which; static when there is none.",
                     .optional = true,
                     .choices = {"static", "cached", "other", "work"}}),
                schema::field<&FallbackConfig::to>(
                    {.key = "to",
                     .type = ValueType::Text,
                     .help = "The service that is called when the inside has failed. It gets the load of an outage in one step: it must "
                             "be built for that. When it fails, too, the first failure goes outwards."}),
                schema::field<&FallbackConfig::policies>(
                    {.key = "policies",
                     .type = ValueType::Text,
                     .help = "The policy stack of the call to `to`; each process has its own state of it. Without it the call has no "
                             "policies, not even a timeout."}),
                schema::field<&FallbackConfig::work>(
                    {.key = "work",
                     .type = ValueType::Duration,
                     .help = "How long the caller works on a substitute of its own, on top of the time that the failure took.",
                     .min = Duration(0),
                     .max = Duration(1h),
                     .optional = true}),
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
