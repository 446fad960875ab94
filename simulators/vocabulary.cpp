// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/vocabulary.h"

#include "core/policies/registry.h"
#include "simulators/faults/registry.h"

namespace halfopen {

const Vocabulary &standardVocabulary()
{
    static const Vocabulary vocabulary = {policyTypes(), faultTypes()};
    return vocabulary;
}

} // namespace halfopen
