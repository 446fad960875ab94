// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema.h"
#include "core/scenario/settings_reader.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Something that has a table of keys: the same table that loader, forms and editors read.
struct SchemaTopic {
    std::string_view group;
    std::string_view name; ///< the key, or the dialect for a policy as another library has it
    const Schema *schema;
    std::string page; ///< resources/help/<page>.md
    std::span<const NestedKey> nested{}; ///< keys with maps or lists of their own
};
/// All of them, group by group.
std::span<const SchemaTopic> schemaTopics();

/// Settings that belong together, as `pool.size` and `pool.max_wait`: a part of a schema.
struct PartTopic {
    std::string_view name; ///< "pool"
    const SchemaTopic *of;
    Schema schema; ///< of these settings alone
};
std::span<const PartTopic> partTopics();

/// A key of a scenario that holds many things, or a word for them: what there is, with the page of one.
struct ListTopic {
    std::string_view name;    ///< "services"
    std::string_view summary;
    std::string_view group;   ///< of SchemaTopic: what is listed; empty = nothing
    std::string_view one;     ///< the topic whose page follows; empty = none
};
std::span<const ListTopic> listTopics();

/// A single setting, by its whole key ("pool.size") or the last word of it.
struct SettingTopic {
    const SchemaTopic *of;
    const Field *field;
};
std::vector<SettingTopic> settingTopics(std::string_view name);

} // namespace halfopen
