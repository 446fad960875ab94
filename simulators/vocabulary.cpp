// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/vocabulary.h"

#include "core/policies/registry.h"
#include "core/settings/defaults.h"
#include "simulators/faults/registry.h"

#include <utility>

namespace halfopen {

namespace {

Defaults &userDefaults()
{
    static Defaults defaults;
    return defaults;
}

Vocabulary &vocabulary()
{
    static Vocabulary words = {policyTypes(), faultTypes(), nullptr};
    return words;
}

} // namespace

const Vocabulary &standardVocabulary()
{
    return vocabulary();
}

void setUserDefaults(Defaults defaults)
{
    userDefaults() = std::move(defaults);
    vocabulary().defaults = userDefaults().empty() ? nullptr : &userDefaults();
}

} // namespace halfopen
