// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/vocabulary.h"
#include "core/scenario/yaml_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Where a path such as "policies.db_client.1.max_attempts" ends in a scenario's tree.
///
/// Steps are keys, and numbers in lists. In a layer of a stack the policy's own key is skipped: the
/// path above names `max_attempts` of `- retry: { max_attempts: 3 }`, the layer with index 1,
/// counted from 0 = outermost.
struct TreePlace {
    YamlNode *node = nullptr; ///< the deepest value on the path that is there
    std::vector<std::string>
        missing; ///< keys below `node` that are not there yet; empty = `node` is the place itself
    /// `node` is a bare scalar ("timeout: 250ms") or a bare name ("- retry") in the place of a map.
    /// To add a key, it must become a map first, and the scalar the value of this key of it.
    std::string shorthand;
    bool isBareName = false;  ///< `node` is the item "- retry" itself
    bool replacesAll = false; ///< the missing key takes the place of all that `node` holds
    bool isInFlow = false;    ///< the place is inside brackets
};

/// Finds the place of \a path. The error says what there is instead. \a root must be a map.
Result<TreePlace> findPlace(YamlNode &root, std::string_view path, const Vocabulary &vocabulary);

/// Puts \a value at the place: replaces what is there, or adds the missing keys at the end of their
/// map.
void putValue(TreePlace &place, YamlNode value);

} // namespace halfopen
