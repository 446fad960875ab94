// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// All policies and faults that ship with the lab.
const Vocabulary &standardVocabulary();

} // namespace halfopen
