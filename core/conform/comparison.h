// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace halfopen::conform {

using Json = nlohmann::json;

/// What a replay found on one line. Keys that the line does not have, or has as null, are not compared.
class Comparison {
public:
    explicit Comparison(const Json &line) : m_line(line) {}

    void same(const char *key, std::int64_t actual)
    {
        const Json *recorded = find(key);
        if (recorded && recorded->get<std::int64_t>() != actual)
            differ(key, recorded->dump(), std::to_string(actual));
    }
    void same(const char *key, const std::string &actual)
    {
        const Json *recorded = find(key);
        if (recorded && recorded->get<std::string>() != actual)
            differ(key, recorded->get<std::string>(), actual);
    }
    /// A 32-bit float, printed with as many digits as tell it from its neighbours.
    void same(const char *key, float actual)
    {
        const Json *recorded = find(key);
        if (recorded && static_cast<float>(recorded->get<double>()) != actual)
            differ(key, recorded->dump(), std::to_string(actual));
    }
    void differ(const std::string &what, const std::string &expected, const std::string &actual)
    {
        m_text += (m_text.empty() ? "" : ", ") + what + " is " + actual + ", recorded " + expected;
    }
    bool ok() const { return m_text.empty(); }
    const std::string &text() const { return m_text; }

private:
    const Json *find(const char *key) const
    {
        const auto found = m_line.find(key);
        return found == m_line.end() || found->is_null() ? nullptr : &*found;
    }

    const Json &m_line;
    std::string m_text;
};

} // namespace halfopen::conform
