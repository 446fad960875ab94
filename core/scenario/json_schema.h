// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <string>

namespace halfopen {

/// A JSON Schema (draft-07) of the scenario language with the words of \a vocabulary, for editors:
/// completion, help on hover, and the errors that a single value or key can have. Made from the
/// same tables as the loader, which alone judges the rules between keys. Text with line breaks, the
/// same for the same vocabulary.
std::string jsonSchema(const Vocabulary &vocabulary);

} // namespace halfopen
