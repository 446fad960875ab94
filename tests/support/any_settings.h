// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/registry.h"

#include <algorithm>
#include <chrono>
#include <rapidcheck.h>
#include <string>
#include <vector>

namespace halfopen::test {

/// Any legal value, small enough that short lists of steps reach every state.
inline Value anyValue(const Field &field)
{
    if (field.optional && *rc::gen::arbitrary<bool>())
        return {};
    switch (field.type) {
    case ValueType::Count: {
        const auto least = std::get<std::int64_t>(field.min);
        return *rc::gen::inRange<std::int64_t>(least, least + 7);
    }
    case ValueType::Duration: {
        const Duration wanted = *rc::gen::element<Duration>(std::chrono::milliseconds(1), std::chrono::milliseconds(20), std::chrono::milliseconds(100), std::chrono::milliseconds(500), std::chrono::milliseconds(1000));
        return std::max(wanted, std::get<Duration>(field.min));
    }
    case ValueType::Probability:
        return std::max(std::get<double>(field.min), *rc::gen::inRange(0, 101) / 100.0);
    case ValueType::Number:
        return std::max(std::get<double>(field.min), *rc::gen::element(0.0, 0.25, 0.5, 1.0, 2.0, 30.0));
    case ValueType::Flag:
        return *rc::gen::arbitrary<bool>();
    case ValueType::Choice:
        return std::string(*rc::gen::elementOf(field.choices));
    case ValueType::TextList: {
        std::vector<std::string> some;
        for (const std::string_view choice : field.choices)
            if (*rc::gen::weightedElement<bool>({{4, false}, {1, true}}))
                some.emplace_back(choice);
        return some;
    }
    case ValueType::CountOrDuration:
        return *rc::gen::inRange<std::int64_t>(8, 20);
    case ValueType::Rate:
    case ValueType::Text:
        break;
    }
    return field.standard;
}

/// Random settings that hold together: what contradicts the others is taken back.
inline Settings anySettings(const PolicyType &type)
{
    Settings settings(type.schema());
    for (const Field &field : type.schema().fields) {
        if (field.key == "dialect" || *rc::gen::arbitrary<bool>())
            continue;
        Settings before = settings;
        settings.set(field, anyValue(field));
        if (type.schema().conflict && !type.schema().conflict(settings.config()).empty())
            settings = before;
    }
    return settings;
}

} // namespace halfopen::test
