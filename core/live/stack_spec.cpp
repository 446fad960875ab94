// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/stack_spec.h"

#include "core/base/check.h"
#include "core/live/stack_driver.h"
#include "core/policies/registry.h"
#include "core/scenario/text_tools.h"

namespace halfopen::live {

namespace {

template <typename Config> PolicySpec layerWith(std::string_view key, const Config &config)
{
    const PolicyType *type = findPolicyType(key);
    HALFOPEN_CHECK(type != nullptr);
    PolicySpec layer{type, Settings(type->schema())};
    layer.settings.as<Config>() = config;
    return layer;
}

} // namespace

Result<PolicySpec> makeLayer(std::string_view policy, std::string_view dialect)
{
    const PolicyType *type = findPolicyType(policy);
    if (!type) {
        std::vector<std::string_view> known;
        for (const PolicyType &one : policyTypes())
            known.push_back(one.key());
        return failure("there is no policy '" + std::string(policy) + "', there are " + joinWords(known, "and"));
    }
    const PolicyType *row = dialect.empty() ? type : type->findDialect(dialect);
    if (!row) {
        std::vector<std::string_view> known = {type->dialect};
        if (type->otherDialects)
            for (const PolicyType &other : type->otherDialects())
                known.push_back(other.dialect);
        return failure("'" + std::string(policy) + "' has no dialect '" + std::string(dialect) + "', there are "
                       + joinWords(known, "and"));
    }
    return PolicySpec{row, Settings(row->schema())};
}

PolicySpec layerOf(const CircuitBreakerConfig &config)
{
    return layerWith("circuit_breaker", config);
}

PolicySpec layerOf(const RetryConfig &config)
{
    return layerWith("retry", config);
}

PolicySpec layerOf(const TimeoutConfig &config)
{
    return layerWith("timeout", config);
}

PolicySpec layerOf(const FallbackConfig &config)
{
    return layerWith("fallback", config);
}

PolicySpec layerOf(const HealthCheckConfig &config)
{
    return layerWith("health_check", config);
}

PolicySpec layerOf(const OutlierEjectionLayerConfig &config)
{
    return layerWith("outlier_ejection", config);
}

Result<void> checkSettings(const Settings &settings)
{
    const Schema &schema = settings.schema();
    const std::string where = "'" + std::string(schema.key) + "': ";
    for (const Field &field : schema.fields) {
        const Value value = settings.get(field);
        if (field.required && std::holds_alternative<std::monostate>(value))
            return failure(where + "'" + std::string(field.key) + "' must be given");
        // Its own text knows every rule of the field: what a file may not say, a program may not either.
        const Result<Value> read = parseValue(field, formatValue(field, value));
        if (!read)
            return failure(where + read.error().message);
    }
    const std::string conflict = schema.conflict ? schema.conflict(settings.config()) : std::string();
    return conflict.empty() ? Result<void>() : failure(where + conflict);
}

Result<void> checkStack(const PolicyStackSpec &stack)
{
    if (stack.layers.size() > StackDriver::kLayersMax)
        return failure("the stack has " + std::to_string(stack.layers.size()) + " layers, expected at most "
                       + std::to_string(StackDriver::kLayersMax));
    std::size_t copying = 0;
    for (const PolicySpec &layer : stack.layers)
        copying += layer.type->startsCopies ? 1 : 0;
    if (copying > 1)
        return failure("the stack has " + std::to_string(copying) + " layers that start copies, expected at most one");
    for (std::size_t i = 0; i < stack.layers.size(); ++i)
        if (const Result<void> good = checkSettings(stack.layers[i].settings); !good)
            return failure("layer " + std::to_string(i) + ", " + good.error().message);
    return {};
}

Result<void> setField(Settings &settings, std::string_view key, std::string_view text)
{
    const Field *field = settings.schema().find(key);
    if (!field) {
        std::vector<std::string_view> known;
        for (const Field &one : settings.schema().fields)
            known.push_back(one.key);
        return failure("'" + std::string(settings.schema().key) + "' has no setting '" + std::string(key) + "', it has "
                       + joinWords(known, "and"));
    }
    Result<Value> value = parseValue(*field, text);
    if (!value)
        return tl::unexpected<Error>(value.error());
    settings.set(*field, *value);
    return {};
}

} // namespace halfopen::live
