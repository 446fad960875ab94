// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schema.h"

#include "core/base/units.h"
#include "core/scenario/text_tools.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace halfopen {

namespace {

constexpr std::string_view kNone = "none";

std::string named(const Field &field)
{
    return "'" + std::string(field.key) + "'";
}

template <typename T> Result<Value> asValue(Result<T> parsed)
{
    if (!parsed)
        return tl::unexpected<Error>(parsed.error());
    return Value(*std::move(parsed));
}

Result<Value> parseNumber(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return failure("'" + std::string(text) + "' is not a number: write for example 2 or 1.5");
    return Value(number);
}

Result<Value> parseCountOrDuration(std::string_view text)
{
    const bool isCount = text.find_first_not_of("0123456789_") == std::string_view::npos;
    return isCount ? asValue(parseCount(text)) : asValue(parseDuration(text));
}

Result<Value> parseFlag(std::string_view text)
{
    if (text == "true" || text == "false")
        return Value(text == "true");
    return failure("'" + std::string(text) + "' is not a flag: write true or false");
}

Result<Value> parseChoice(const Field &field, std::string_view text)
{
    if (std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end())
        return Value(std::string(text));
    return failure("'" + std::string(text) +
                   "' is none of the choices: " + joinWords(field.choices));
}

std::string_view unquoted(std::string_view text)
{
    const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                        text.back() == text.front();
    return quoted ? text.substr(1, text.size() - 2) : text;
}

/// "[a, b]", or a single word without brackets.
Result<Value> parseTextList(const Field &field, std::string_view text)
{
    std::vector<std::string> items;
    if (text.starts_with('[') != text.ends_with(']') || (text.starts_with('[') && text.size() < 2))
        return failure("'" + std::string(text) + "' is not a list: write for example [a, b]");
    if (text.starts_with('['))
        text = trimmed(text.substr(1, text.size() - 2));
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view item = unquoted(trimmed(text.substr(0, comma)));
        text =
            comma == std::string_view::npos ? std::string_view() : trimmed(text.substr(comma + 1));
        if (item.empty())
            return failure("the list has an empty place: write for example [a, b]");
        if (!field.choices.empty()) {
            if (Result<Value> known = parseChoice(field, item); !known)
                return known;
        }
        items.emplace_back(item);
    }
    return Value(std::move(items));
}

Result<Value> parseByType(const Field &field, std::string_view text)
{
    switch (field.type) {
    case ValueType::Duration:
        return asValue(parseDuration(text));
    case ValueType::Rate:
        return asValue(parseRate(text));
    case ValueType::Probability:
        return asValue(parseProbability(text));
    case ValueType::Count:
        return asValue(parseCount(text));
    case ValueType::Number:
        return parseNumber(text);
    case ValueType::Flag:
        return parseFlag(text);
    case ValueType::Choice:
        return parseChoice(field, text);
    case ValueType::Text:
        return Value(std::string(text));
    case ValueType::TextList:
        return parseTextList(field, text);
    case ValueType::CountOrDuration:
        return parseCountOrDuration(text);
    }
    return failure("unknown type");
}

/// True if both hold the same kind of value and \a a comes first.
bool isLess(const Value &a, const Value &b)
{
    if (a.index() != b.index())
        return false;
    if (const auto *count = std::get_if<std::int64_t>(&a))
        return *count < std::get<std::int64_t>(b);
    if (const auto *number = std::get_if<double>(&a))
        return *number < std::get<double>(b);
    if (const auto *duration = std::get_if<Duration>(&a))
        return *duration < std::get<Duration>(b);
    return false;
}

bool isInRange(const Field &field, const Value &value)
{
    // A window of calls has its bounds in calls; as a time it only must not be empty.
    if (field.type == ValueType::CountOrDuration && std::holds_alternative<Duration>(value) &&
        !std::holds_alternative<Duration>(field.min))
        return std::get<Duration>(value) > Duration::zero();
    return !isLess(value, field.min) && !isLess(field.max, value);
}

/// What may stand there, for a message: the range, or the kind of value.
std::string expectation(const Field &field)
{
    Field bounded = field;
    if (field.type == ValueType::Probability) { // it has bounds of its own
        if (std::holds_alternative<std::monostate>(bounded.min))
            bounded.min = 0.0;
        if (std::holds_alternative<std::monostate>(bounded.max))
            bounded.max = 1.0;
    }
    std::string range = describeRange(bounded);
    if (field.type == ValueType::CountOrDuration)
        range += range.empty() ? "a count or a duration" : ", or a duration above 0s";
    return range + (field.optional ? " or none" : "");
}

/// The sentence for a value that can be read, or nearly, and may not stand there.
std::string notExpected(const Field &field, std::string_view text, const std::string &expected)
{
    return named(field) + " is " + std::string(text) + ", expected " + expected;
}

/// The sentence for \a text that no value of \a field can be read from. A number that is only too small, too large or not
/// whole is told the field's own range: that of its type would name values that are refused, too.
std::string unreadable(const Field &field, std::string_view text, const std::string &problem)
{
    const bool isPercent = text.ends_with('%');
    const std::string_view digits = trimmed(text.substr(0, text.size() - (isPercent ? 1 : 0)));
    const Result<Value> read = parseNumber(digits);
    if (!read)
        return named(field) + ": " + problem;
    const double number = std::get<double>(*read);
    if (field.type == ValueType::Probability && (number < 0 || number > (isPercent ? 100 : 1))) {
        std::string expected = expectation(field);
        if (!isPercent && number > 1 && number <= 100)
            expected += ": " + std::string(text) + " percent is written " + std::string(text) + "%";
        return notExpected(field, text, expected);
    }
    if (field.type == ValueType::Count && !isPercent) {
        const bool isWhole = text.find_first_not_of("-0123456789") == std::string_view::npos;
        std::string expected = expectation(field);
        const bool isBounded = !std::holds_alternative<std::monostate>(number < 0 ? field.min : field.max);
        if (isWhole && !isBounded)
            return named(field) + ": " + problem; // the limit of all counts
        if (!isWhole)
            expected = "a whole number" + (expected.empty() ? "" : ", " + expected);
        return notExpected(field, text, expected);
    }
    return named(field) + ": " + problem;
}

/// The shortest decimal that reads back to the same number.
std::string shortestNumber(double number)
{
    std::array<char, 64> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return std::string(buffer.data(), end);
}

std::string formatList(const std::vector<std::string> &items)
{
    std::string text = "[";
    for (const std::string &item : items) {
        if (text.size() > 1)
            text += ", ";
        text += item;
    }
    return text + "]";
}

} // namespace

const Field *Schema::find(std::string_view fieldKey) const
{
    for (const Field &field : fields)
        if (field.key == fieldKey)
            return &field;
    return nullptr;
}

Result<Value> parseValue(const Field &field, std::string_view text)
{
    text = trimmed(text);
    const bool isChoice =
        std::find(field.choices.begin(), field.choices.end(), kNone) != field.choices.end();
    if (text == kNone && !isChoice && field.type != ValueType::Text) {
        if (field.optional)
            return Value{};
        if (field.type == ValueType::TextList)
            return Value(std::vector<std::string>());
    }
    if (!field.maxWord.empty() && text == field.maxWord)
        return field.max;
    Result<Value> value = parseByType(field, text);
    if (!value)
        return failure(unreadable(field, text, value.error().message));
    if (!isInRange(field, *value))
        return failure(notExpected(field, text, expectation(field)));
    return value;
}

std::string formatValue(const Field &field, const Value &value)
{
    if (!field.maxWord.empty() && value == field.max)
        return std::string(field.maxWord);
    struct Formatter {
        ValueType type;
        std::string operator()(std::monostate) const { return std::string(kNone); }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::int64_t count) const { return std::to_string(count); }
        std::string operator()(double number) const
        {
            if (type == ValueType::Probability && number >= 0 && number <= 1)
                return formatProbability(number);
            if (type == ValueType::Rate && number >= 0 && number < 1e300)
                return formatRate(number);
            return shortestNumber(number);
        }
        std::string operator()(Duration duration) const { return formatDuration(duration); }
        std::string operator()(const std::string &text) const { return text; }
        std::string operator()(const std::vector<std::string> &items) const
        {
            return formatList(items);
        }
    };
    return std::visit(Formatter{field.type}, value);
}

std::string describeRange(const Field &field)
{
    const bool hasMin = !std::holds_alternative<std::monostate>(field.min);
    const bool hasMax = !std::holds_alternative<std::monostate>(field.max);
    if (hasMin && field.min == field.max)
        return formatValue(field, field.min);
    if (hasMin && hasMax)
        return formatValue(field, field.min) + " to " + formatValue(field, field.max);
    if (hasMin)
        return "at least " + formatValue(field, field.min);
    if (hasMax)
        return "at most " + formatValue(field, field.max);
    return {};
}

} // namespace halfopen
