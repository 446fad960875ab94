// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/sentence.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace halfopen::verify {

namespace {

bool isDigit(std::string_view text, std::size_t i)
{
    return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
}

/// "10,000": a comma before exactly three digits, in a number that is no part of a list ("[20,125]", "k=1,2").
bool groupsThousands(std::string_view text, std::size_t begin, std::size_t comma)
{
    const bool listed = begin > 0 && (text[begin - 1] == '[' || text[begin - 1] == '=' || text[begin - 1] == '(');
    return !listed && comma < text.size() && text[comma] == ',' && isDigit(text, comma + 1) && isDigit(text, comma + 2)
        && isDigit(text, comma + 3) && !isDigit(text, comma + 4);
}

} // namespace

std::size_t Sentence::takeNumber(std::string_view text, std::size_t begin)
{
    std::string digits;
    std::size_t i = begin;
    while (isDigit(text, i) || (i < text.size() && text[i] == '.' && isDigit(text, i + 1) && digits.find('.') == digits.npos)
           || groupsThousands(text, begin, i)) {
        if (text[i] != ',')
            digits += text[i];
        ++i;
    }
    numbers.push_back(std::strtod(digits.c_str(), nullptr));
    return i - begin;
}

Sentence::Sentence(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (std::isdigit(c) != 0) {
            i += takeNumber(text, i);
            words += '#';
            continue;
        }
        ++i;
        if (std::isspace(c) != 0) {
            if (!words.empty() && words.back() != ' ')
                words += ' ';
            continue;
        }
        words += c == '#' ? '?' : static_cast<char>(std::tolower(c)); // which stands for a number
    }
    while (!words.empty() && (words.back() == ' ' || words.back() == '.'))
        words.pop_back();
}

std::size_t whichSentence(ModelReader &reader, std::string_view key, std::initializer_list<std::string_view> known,
                          std::vector<double> *numbers)
{
    const std::string text = reader.text(key);
    Sentence said(text);
    const auto found = std::find(known.begin(), known.end(), said.words);
    if (found == known.end())
        reader.refuse(key, "says something else: \"" + text + "\"");
    if (numbers)
        *numbers = std::move(said.numbers);
    return static_cast<std::size_t>(found - known.begin());
}

std::vector<double> sentence(ModelReader &reader, std::string_view key, std::initializer_list<std::string_view> known)
{
    std::vector<double> numbers;
    whichSentence(reader, key, known, &numbers);
    return numbers;
}

std::vector<double> clauses(ModelReader &reader, std::string_view key, std::initializer_list<std::string_view> known)
{
    std::vector<double> numbers;
    const std::string all = reader.text(key);
    for (std::size_t from = 0; from < all.size();) {
        const std::size_t to = std::min(all.find_first_of(";,", from), all.size());
        while (from < to && std::isspace(static_cast<unsigned char>(all[from])) != 0)
            ++from;
        const std::string text = all.substr(from, to - from);
        const Sentence clause(text);
        if (!clause.words.empty() && std::find(known.begin(), known.end(), clause.words) == known.end())
            reader.refuse(key, "says \"" + text + "\"");
        numbers.insert(numbers.end(), clause.numbers.begin(), clause.numbers.end());
        from = to + 1;
    }
    return numbers;
}

} // namespace halfopen::verify
