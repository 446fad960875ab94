// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// All policies and faults that ship with the lab, with the user's defaults if a program has set them.
const Vocabulary &standardVocabulary();

/// What every scenario loaded with standardVocabulary() leaves open takes these from now on. For the start of a program, before
/// it has a second thread; without it (in tests) neither the environment nor any settings file is looked at.
void setUserDefaults(Defaults defaults);

} // namespace halfopen
