// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/loader.h"
#include "core/scenario/scenario.h"

#include <vector>

namespace halfopen {

/// What a new text of a scenario means for a run of the old one.
struct TextChange {
    enum class Kind {
        Words,    ///< comments and layout: nothing for the run
        Settings, ///< policy settings only: they can act in the run that is under way
        World,    ///< anything else: the run has to begin again
    } kind = Kind::Words;
    bool sameShape = true;          ///< the same stacks with the same layers, so that rows of a form stay what they are
    std::vector<Override> settings; ///< policy settings that differ, with their new values; only of the same shape
};

/// Whether the texts of two scenarios say the same but for \a settings: given the same values there, they differ at most in
/// comments and layout. False also where that cannot be found out, because a text has no place for one of them.
bool differOnlyIn(const Scenario &one, const Scenario &other, const std::vector<Override> &settings = {});

/// True if both have the same stacks with the same kinds of layers in the same order.
bool haveSameShape(const Scenario &before, const Scenario &after);

/// The settings of policies that differ, with the values that they have in \a after; both have the same shape.
std::vector<Override> settingsThatDiffer(const Scenario &before, const Scenario &after);

/// Compares two scenarios by their texts and settings. A value that is only written in another way ("2000ms", "2s") may
/// count as a change of the world outside of policies, where nothing else is known of it. Takes milliseconds.
TextChange compareTexts(const Scenario &before, const Scenario &after);

} // namespace halfopen
