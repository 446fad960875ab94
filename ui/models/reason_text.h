// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/explanation.h"
#include "core/policies/policy_event.h"

#include <QString>

#include <string>

namespace halfopen {

/// describe() of a transition's reason in the language of the lab, with the short name of its deciding call (callName()).
QString reasonText(const TransitionReason &reason);

/// describe() of one way out of a state, in the language of the lab.
QString ruleText(const Explanation::Rule &rule);

/// A phrase of an Explanation (its window, a fact, what is next) in the language of the lab. Its numbers and times are taken
/// out first: "2 of at most 3" is looked up as "%1 of at most %2" in resources/translations/schema_de.ts, context
/// "Explanation". A phrase that is not there is looked up in parts, between its semicolons and commas.
QString phraseText(const std::string &phrase);

} // namespace halfopen
