// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema_fields.h"

#include <string_view>
#include <vector>

namespace halfopen {

/// The dialects of `circuit_breaker`, `timeout` and `retry`, the default first.
inline std::vector<std::string_view> breakerDialectNames()
{
    return {"halfopen", "resilience4j", "gobreaker", "polly", "failsafe", "hystrix", "sentinel", "microprofile"};
}
inline std::vector<std::string_view> timeoutDialectNames()
{
    return {"halfopen", "cooperative"};
}
inline std::vector<std::string_view> retryDialectNames()
{
    return {"halfopen", "resilience4j", "polly", "grpc", "aws", "envoy", "finagle"};
}

/// What a schema answers when `dialect` is set to another one: that is another schema with other settings.
inline constexpr const char *kOtherDialect =
    "another dialect has other settings; write the policy anew in the text, with them";

/// The setting `dialect` of one dialect's schema: its member `dialect` holds the dialect's own name.
template <typename Config> Field dialectField(std::vector<std::string_view> names)
{
    return schema::field<&Config::dialect>(
        {.key = "dialect",
         .type = ValueType::Choice,
         .help = "Whose rules it follows, exactly: the lab's own, or those of a library in production. Each dialect has the "
                 "settings and the defaults of its library; its page is `halfopen help` with its name.",
         .choices = std::move(names)});
}

} // namespace halfopen
