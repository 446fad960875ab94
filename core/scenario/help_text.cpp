// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/help_text.h"

#include "core/scenario/none_value.h"
#include "core/scenario/text_tools.h"

namespace halfopen {

namespace {

/// \a text in lines of at most \a width letters, each behind \a indent blanks.
std::string wrapped(std::string_view text, std::size_t indent, std::size_t width)
{
    std::string out;
    std::string line(indent, ' ');
    const auto endLine = [&] {
        out += line + '\n';
        line.assign(indent, ' ');
    };
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.size() > indent && line.size() + 1 + word.size() > width)
            endLine();
        if (line.size() > indent)
            line += ' ';
        line += word;
    }
    if (line.size() > indent)
        endLine();
    return out;
}

} // namespace

std::string describeType(const Field &field)
{
    switch (field.type) {
    case ValueType::Duration:
        return "a duration";
    case ValueType::Rate:
        return "a rate such as 900/s";
    case ValueType::Probability:
        return "a share such as 10%";
    case ValueType::Count:
        return "a whole number";
    case ValueType::Number:
        return "a number";
    case ValueType::Flag:
        return "true or false";
    case ValueType::Choice:
        return "one of " + joinWords(field.choices);
    case ValueType::Text:
        return "a text";
    case ValueType::TextList:
        return field.choices.empty() ? "a list" : "a list of " + joinWords(field.choices);
    case ValueType::CountOrDuration:
        return "a whole number or a duration";
    }
    return {};
}

std::string exampleOf(const Field &field)
{
    if (!std::holds_alternative<std::monostate>(field.standard))
        return formatValue(field, field.standard);
    if (!field.choices.empty())
        return std::string(field.choices.front());
    for (const std::string_view example : {"100ms", "10s", "100/s", "10%", "10", "1.5", "1", "true"})
        if (parseValue(field, example))
            return std::string(example);
    return formatValue(field, field.min);
}

std::string helpText(const Schema &schema, std::size_t width, std::span<const NestedKey> nested)
{
    std::string text = std::string(schema.key) + ": " + std::string(schema.title) + "\n";
    text += wrapped(schema.summary, 0, width);
    if (!schema.shorthand.empty()) {
        const Field &field = *schema.find(schema.shorthand);
        // What is called by a name stands alone in its list: `calls: [ orders ]`.
        const bool isName = field.type == ValueType::Text && field.required;
        text += "\nShort form: " + (isName ? "a name alone, `NAME`," : "`" + std::string(schema.key) + ": " + exampleOf(field) + "`") +
                " sets '" + std::string(schema.shorthand) + "'.\n";
    }
    for (const Field &field : schema.fields) {
        text += "\n  " + std::string(field.key) + "\n";
        std::string kind = describeType(field);
        const std::string range = describeRange(field);
        if (!range.empty())
            kind += ", " + range;
        if (field.optional)
            kind += ", or none";
        std::string standard = formatValue(field, field.standard);
        if (const std::string_view means = noneMeans(schema, field); !means.empty())
            standard += " (then " + std::string(means) + ")";
        kind += field.required     ? "; must be given"
                : standard.empty() ? ""
                                   : "; default " + standard;
        text += wrapped(kind + ".", 6, width);
        text += wrapped(field.help, 6, width);
    }
    for (const NestedKey &key : nested) {
        text += "\n  " + std::string(key.key) + "\n";
        if (key.required)
            text += wrapped("must be given.", 6, width);
        text += wrapped(key.help, 6, width);
    }
    return text;
}

} // namespace halfopen
