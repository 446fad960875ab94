// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/verify/reference_case.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::verify {

/// The case says something that the lab does not understand; what() names it. It is thrown by readers and families and
/// stops in the runner.
class NotUnderstood : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A key of a case carries its unit: "delay_s" may as well be given as "delay_ms", "rate_per_s" as "rate_per_min" and the share "p"
/// as "p_pct". The names of units are in unit_name.h; "_min" alone is none, as it may be a minimum.
struct UnitKey {
    std::string key;   ///< as the case spells it
    double factor = 1; ///< its number times this is in the unit that was asked for
};
/// The key of \a json that says what \a key says, in any unit of time, per any time, or in per cent where \a key has no unit.
/// The same key comes first; empty if there is none.
std::optional<UnitKey> findKey(const Json &json, std::string_view key);

/// Reads a JSON object of a case and remembers what was read, so that nothing is passed over in silence: finish() on the
/// outermost reader refuses every key that nobody asked for, here or in a reader made by child() or list().
/// A missing key and a wrong kind of value throw NotUnderstood with the path of the key.
/// Numbers and lists of them are found in any unit (see findKey), all else only in that of the key. Prose that only explains needs no
/// reader: under "note" and its like, and notes on another key of the same object ("delay_note"). A note that holds a number,
/// or is on something else ("note_on_run"), must be read.
class ModelReader {
public:
    ModelReader(const Json &json, std::string path);

    bool has(std::string_view key) const; ///< without reading it
    bool isNumber(std::string_view key) const;
    bool isText(std::string_view key) const;
    bool isObject(std::string_view key) const;
    bool isList(std::string_view key) const;
    bool isNull(std::string_view key) const;

    double number(std::string_view key);
    double numberOr(std::string_view key, double fallback);
    std::int64_t count(std::string_view key);
    std::int64_t countOr(std::string_view key, std::int64_t fallback);
    bool flag(std::string_view key);
    std::string text(std::string_view key);
    std::string textOr(std::string_view key, std::string fallback);
    /// A key in seconds ("_s"), milliseconds ("_ms") or microseconds ("_us"), to the nearest nanosecond.
    Duration duration(std::string_view key);
    std::optional<Duration> maybeDuration(std::string_view key);
    const Json &raw(std::string_view key);
    ModelReader child(std::string_view key);
    std::vector<ModelReader> list(std::string_view key);
    std::vector<double> numbers(std::string_view key);

    /// Keys that only explain the model to people. They may be missing.
    void notes(std::initializer_list<std::string_view> keys);
    /// The text of \a key must be one of \a known (or the key missing), whatever its capitals and spaces. Returns the known one.
    std::string oneOf(std::string_view key, std::initializer_list<std::string_view> known);
    /// Throws NotUnderstood if there is any key that was not read.
    void finish() const;
    [[noreturn]] void refuse(std::string_view key, const std::string &why) const;

    const std::string &path() const { return m_node->path; }
    const Json &json() const { return *m_node->json; }

private:
    struct Node {
        const Json *json;
        std::string path;
        std::set<std::string, std::less<>> read;
        std::vector<std::shared_ptr<Node>> children;
    };
    explicit ModelReader(std::shared_ptr<Node> node) : m_node(std::move(node)) {}
    const Json *look(std::string_view key) const;
    double factorOf(std::string_view key) const; ///< of a key that is there
    void needUnit(std::string_view key) const;   ///< refuses \a key in another unit: numbers within cannot be converted
    const Json &need(std::string_view key);
    std::string pathOf(std::string_view key) const;
    static void findUnread(const Node &node, std::vector<std::string> &unread);

    std::shared_ptr<Node> m_node;
};

/// \a seconds to the nearest nanosecond. Throws NotUnderstood for what no Duration holds.
Duration secondsToDuration(double seconds);

} // namespace halfopen::verify
