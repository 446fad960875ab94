// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Where in the tree of a YAML text a place is. The text may be half-typed: this reads as far as it must and never fails.
struct YamlPlace {
    /// One step from the root: into the entry of a map, or into an item of a sequence (then the key is empty).
    struct Step {
        std::string key;
        /// Plain values beside it in the same map that stand before the place.
        std::map<std::string, std::string> beside;
    };
    std::vector<Step> path;   ///< to the map that a key would be of, or to the value
    bool isKey = false;       ///< a key, or the only word of an item, stands or could stand here; else a value
    bool isComment = false;
    std::size_t from = 0;     ///< the word at the place: its first byte
    std::size_t to = 0;       ///< and the one behind it
    bool hasColon = false;    ///< a colon follows the word
    std::map<std::string, std::string> present; ///< entries of the map that a key here would be of, without the word itself
};

/// \a at is a byte of \a text, at most its size.
YamlPlace yamlPlaceAt(std::string_view text, std::size_t at);

/// The keys of the map that stands under \a key at the top of the text, in order ("services" -> their names).
std::vector<std::string> yamlNamesUnder(std::string_view text, std::string_view key);

} // namespace halfopen
