// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// One value of a YAML text with its place. The lab's own tree: it knows nothing of the library
/// that read it, every value has a place, and map entries keep the order of the text.
struct YamlNode {
    enum class Kind : std::uint8_t { Null, Scalar, Sequence, Map };
    Kind kind = Kind::Null;
    bool quoted = false;       ///< a scalar in quotes or a block scalar: always text
    bool flow = false;         ///< a sequence or map in brackets
    bool explicitNull = false; ///< written as "~" or "null" rather than left out
    SourcePlace place;         ///< of the value; of the key where the value was left out
    std::size_t offset = 0;    ///< of the value, in bytes from the start of the text
    bool givenTwice = false;   ///< its key stands again further down: which of the two is meant is unknown
    int overrideIndex = -1;    ///< which override put it here; -1 = the file
    std::string scalar;
    std::string key; ///< of an entry of a map
    SourcePlace keyPlace;
    std::size_t keyOffset = 0;
    std::vector<YamlNode> children; ///< items of a sequence, entries of a map

    bool isNull() const { return kind == Kind::Null; }
    bool isScalar() const { return kind == Kind::Scalar; }
    bool isSequence() const { return kind == Kind::Sequence; }
    bool isMap() const { return kind == Kind::Map; }

    const YamlNode *find(std::string_view childKey) const
    {
        for (const YamlNode &child : children)
            if (isMap() && child.key == childKey)
                return &child;
        return nullptr;
    }
    YamlNode *find(std::string_view childKey)
    {
        return const_cast<YamlNode *>(static_cast<const YamlNode *>(this)->find(childKey));
    }
    /// The same values under the same keys in the same order; places and quotes do not matter.
    bool sameAs(const YamlNode &other) const;
};

} // namespace halfopen
