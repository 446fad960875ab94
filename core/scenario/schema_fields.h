// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema.h"

#include <optional>
#include <type_traits>

namespace halfopen::schema {

/// Reads and writes one member of a config struct as a Value. `Members` is a path of member
/// pointers. Enums travel as text through `enumNames(E)` (an overload found by argument-dependent
/// look-up that returns a span of the names in order).
namespace detail {

template <typename T> struct IsOptional : std::false_type {};
template <typename T> struct IsOptional<std::optional<T>> : std::true_type {};

template <typename T> Value toValue(const T &member)
{
    if constexpr (IsOptional<T>::value)
        return member ? toValue(*member) : Value{};
    else if constexpr (std::is_enum_v<T>)
        return std::string(enumNames(T{})[static_cast<std::size_t>(member)]);
    else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, Duration> ||
                       std::is_same_v<T, double> || std::is_same_v<T, std::string> ||
                       std::is_same_v<T, std::vector<std::string>>)
        return member;
    else if constexpr (std::is_same_v<T, std::variant<std::int64_t, Duration>>)
        return std::visit([](auto v) { return Value(v); }, member);
    else
        return static_cast<std::int64_t>(member);
}

template <typename T> void fromValue(T &member, const Value &value)
{
    if constexpr (IsOptional<T>::value) {
        if (std::holds_alternative<std::monostate>(value)) {
            member.reset();
        } else {
            typename T::value_type inner{};
            fromValue(inner, value);
            member = inner;
        }
    } else if constexpr (std::is_enum_v<T>) {
        const auto names = enumNames(T{});
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == std::get<std::string>(value))
                member = static_cast<T>(i);
    } else if constexpr (std::is_same_v<T, std::variant<std::int64_t, Duration>>) {
        if (const auto *count = std::get_if<std::int64_t>(&value))
            member = *count;
        else
            member = std::get<Duration>(value);
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        member = static_cast<T>(std::get<std::int64_t>(value));
    } else {
        member = std::get<T>(value);
    }
}

template <typename> struct MemberOf;
template <typename C, typename M> struct MemberOf<M C::*> {
    using Class = C;
};

} // namespace detail

template <auto First, auto... Rest> auto &at(auto &config)
{
    if constexpr (sizeof...(Rest) == 0)
        return config.*First;
    else
        return at<Rest...>(config.*First);
}

/// A field whose value is the member reached by `Members`, for example
/// field<&CircuitBreakerConfig::window, &WindowConfig::size>({.key = "window.size", ...}).
template <auto First, auto... Rest> Field field(Field description)
{
    using Config = typename detail::MemberOf<decltype(First)>::Class;
    description.get = [](const void *config) {
        return detail::toValue(at<First, Rest...>(*static_cast<const Config *>(config)));
    };
    description.set = [](void *config, const Value &value) {
        detail::fromValue(at<First, Rest...>(*static_cast<Config *>(config)), value);
    };
    // The default is what a default-made config holds: written once, in the struct.
    description.standard = description.get(std::make_shared<Config>().get());
    return description;
}

template <typename Config> std::shared_ptr<void> create()
{
    return std::make_shared<Config>();
}
template <typename Config> std::shared_ptr<void> clone(const void *config)
{
    return std::make_shared<Config>(*static_cast<const Config *>(config));
}

} // namespace halfopen::schema
