// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>
#include <vector>

namespace halfopen {

/// One word that may stand at a place of a scenario.
struct Completion {
    QString word;
    QString hint; ///< short, with units: "1 to 100, default 3"
    QString help; ///< a sentence or two
};

struct Completions {
    std::vector<Completion> words; ///< what fits to what was typed, in the order of the schema, beginnings first
    std::size_t from = 0;          ///< the bytes of the text that a word replaces
    std::size_t to = 0;
    bool addsColon = false; ///< they are keys, and no colon stands behind the place
};

/// What the JSON schema of the scenario language allows at byte \a at of \a text: keys that are not there yet, words of a
/// choice, names of the services, clients and stacks of the text.
Completions completionsAt(std::string_view text, std::size_t at);

/// What the key at byte \a at, or the key whose value stands there, means; empty for other places.
Completion helpAt(std::string_view text, std::size_t at);

/// Reads the schema now rather than at the first question: some milliseconds. May be called on any thread.
void prepareCompletions();

} // namespace halfopen
