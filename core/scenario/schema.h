// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace halfopen {

/// What a scenario key holds. Decides how its text is read and printed, and which control a form
/// shows.
enum class ValueType : std::uint8_t {
    Duration,        ///< "250ms", "1h30m"
    Rate,            ///< "900/s"; held as events per second (double)
    Probability,     ///< "10%" or 0.1; held as 0..1 (double)
    Count,           ///< a whole number (int64)
    Number,          ///< a plain real number (double)
    Flag,            ///< true | false
    Choice,          ///< one of `choices` (held as std::string)
    Text,            ///< free text
    TextList,        ///< [a, b]; each one of `choices` where those are given
    CountOrDuration, ///< a whole number or a duration: the size of a window
};

/// "none" (an optional setting that is off) is std::monostate.
using Value = std::variant<std::monostate, bool, std::int64_t, double, Duration, std::string,
                           std::vector<std::string>>;

/// One key of one kind of settings: the single source for the loader, its messages, the JSON
/// Schema, the tuning form, --set and the help pages.
struct Field {
    std::string_view key; ///< "max_attempts"; nested keys with dots: "window.size"
    ValueType type;
    std::string_view help; ///< one or two sentences; says what the number does to the calls
    Value standard;        ///< the default; monostate for none
    Value min{}; ///< smallest legal value (same alternative as the value), monostate = no bound
    Value max{}; ///< largest legal value
    bool optional = false; ///< may be "none"
    bool required = false; ///< has no default: the file must give it
    std::string_view maxWord{}; ///< a word that stands for `max`: "unlimited"
    std::vector<std::string_view> choices{};
    Value (*get)(const void *config) = nullptr;
    void (*set)(void *config, const Value &value) = nullptr;
};

/// All keys of one kind of settings, for example of the policy `retry`.
struct Schema {
    std::string_view key;       ///< "retry"
    std::string_view title;     ///< "Retry"
    std::string_view summary;   ///< one sentence
    std::string_view shorthand; ///< the key a bare scalar sets ("timeout: 250ms"), or empty
    std::vector<Field> fields;
    std::shared_ptr<void> (*create)() = nullptr; ///< a config with every default
    std::shared_ptr<void> (*clone)(const void *) = nullptr;
    /// Rules between fields, in words, or empty when all hold ("max_delay is shorter than
    /// initial_delay").
    std::string (*conflict)(const void *config) = nullptr;

    const Field *find(std::string_view fieldKey) const;
};

/// Settings of some kind: a schema and a config struct made by it. Copies are deep.
class Settings {
public:
    Settings() = default;
    explicit Settings(const Schema &schema) : m_schema(&schema), m_config(schema.create()) {}
    Settings(const Settings &other)
        : m_schema(other.m_schema),
          m_config(other.m_config ? m_schema->clone(other.m_config.get()) : nullptr)
    {}
    Settings &operator=(const Settings &other)
    {
        Settings copy(other);
        m_schema = copy.m_schema;
        m_config = std::move(copy.m_config);
        return *this;
    }
    Settings(Settings &&) noexcept = default;
    Settings &operator=(Settings &&) noexcept = default;

    const Schema &schema() const { return *m_schema; }
    const void *config() const { return m_config.get(); }
    void *config() { return m_config.get(); }
    template <typename T> const T &as() const { return *static_cast<const T *>(m_config.get()); }
    template <typename T> T &as() { return *static_cast<T *>(m_config.get()); }

    Value get(const Field &field) const { return field.get(m_config.get()); }
    void set(const Field &field, const Value &value) { field.set(m_config.get(), value); }

private:
    const Schema *m_schema = nullptr;
    std::shared_ptr<void> m_config;
};

/// Reads \a text as a value of \a field and checks its range. The error is one sentence with the
/// legal range.
Result<Value> parseValue(const Field &field, std::string_view text);
/// The text parseValue() reads back to the same value: "250ms", "10%", "none", "[timeout, error]".
std::string formatValue(const Field &field, const Value &value);
/// "0 ms to 1 h", "at least 1", or empty.
std::string describeRange(const Field &field);

} // namespace halfopen
