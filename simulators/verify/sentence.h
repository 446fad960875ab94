// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/verify/model_reader.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::verify {

/// A sentence of a case with its numbers taken out: "Trips after 3 failures." is "trips after # failures" and 3.
/// Lower case, single spaces, no full stop at the end.
struct Sentence {
    std::string words;
    std::vector<double> numbers;
    explicit Sentence(std::string_view text);

private:
    std::size_t takeNumber(std::string_view text, std::size_t begin); ///< returns its length
};

/// Cases say in words what a number cannot. A sentence is understood only when its words are one of those known here;
/// everything else throws NotUnderstood with the key, so that no rule of a case is passed over in silence.

/// The numbers of the sentence \a key, which must be one of \a known.
std::vector<double> sentence(ModelReader &reader, std::string_view key, std::initializer_list<std::string_view> known);
/// As sentence(), and says which of \a known it is.
std::size_t whichSentence(ModelReader &reader, std::string_view key, std::initializer_list<std::string_view> known,
                          std::vector<double> *numbers = nullptr);
/// A text of clauses ("a; b, c"), each of which must be one of \a known. The numbers of all clauses, in order.
std::vector<double> clauses(ModelReader &reader, std::string_view key, std::initializer_list<std::string_view> known);

} // namespace halfopen::verify
