// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/problems.h"
#include "core/scenario/schema.h"
#include "core/scenario/yaml_tree.h"

#include <optional>
#include <span>
#include <string_view>

namespace halfopen {

/// A key whose value is a list or map with rules of its own, so that no Field describes it.
struct NestedKey {
    std::string_view key;
    std::string_view help;
    bool required = false;
};

/// Reads the map \a node into \a config, which \a schema has made, and reports unknown keys, wrong
/// values, missing required keys and broken rules between fields. A scalar is taken for the
/// schema's shorthand key, and nothing at all for every default. Keys of \a nested are left to the
/// caller. \a what names the thing in messages ("service 'db'").
void readSettings(const YamlNode &node, const Schema &schema, void *config, Problems &problems,
                  std::string_view what, std::span<const NestedKey> nested = {});

/// The value that the map \a node gives to that key of \a schema ("window.size"), null if it gives none. A scalar stands for the
/// shorthand key; a group that is turned off ("slow_call: none") is the value of each of its keys.
const YamlNode *findSetting(const YamlNode &node, const Schema &schema, std::string_view key);

/// One value; empty after an error was reported.
std::optional<Value> readValue(const YamlNode &node, const Field &field, Problems &problems);

/// "a list", "a map", "'text'", "nothing": what a node is, for messages.
std::string describeNode(const YamlNode &node);

/// Reports that \a node should have been \a expected ("a map of services"). Returns false for use
/// in conditions.
bool reportKind(const YamlNode &node, std::string_view expected, Problems &problems);

/// The hint for an unknown word: the nearest known one, or all of them.
std::string hintForWord(std::string_view word, std::span<const std::string_view> known,
                        std::string_view listIntro);

/// The same for the key of \a entry, which may also be a known one that has no ':' or no blank behind it: "kind time", "poisson:9/s".
std::string hintForKey(const YamlNode &entry, std::span<const std::string_view> known, std::string_view listIntro);

} // namespace halfopen
