// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/flow_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace halfopen {

namespace {

bool isPlainLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_./%+-").find(c) != std::string_view::npos;
}

template <typename ScalarText> std::string flow(const YamlNode &node, ScalarText scalarText)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return "~";
    case YamlNode::Kind::Scalar:
        return scalarText(node.scalar);
    case YamlNode::Kind::Sequence: {
        std::string text = "[";
        for (const YamlNode &item : node.children)
            text += (text.size() > 1 ? ", " : "") + flow(item, scalarText);
        return text + "]";
    }
    case YamlNode::Kind::Map: {
        std::string text = "{ ";
        for (const YamlNode &entry : node.children)
            text += (text.size() > 2 ? ", " : "") + scalarText(entry.key) + ": " +
                    flow(entry, scalarText);
        return text + (node.children.empty() ? "}" : " }");
    }
    }
    return {};
}

} // namespace

std::string flowText(const YamlNode &node)
{
    return flow(node, [](const std::string &text) { return text; });
}

std::string flowYaml(const YamlNode &node)
{
    return flow(node, [](const std::string &text) { return scalarYaml(text); });
}

std::string scalarYaml(std::string_view text)
{
    constexpr std::array<std::string_view, 5> kNull{"~", "null", "Null", "NULL", ""};
    // Words and numbers with units, with single blanks between them. A leading '-' or '%' means
    // something to YAML.
    const bool isPlain = std::all_of(text.begin(), text.end(),
                                     [](char c) { return isPlainLetter(c) || c == ' '; }) &&
                         std::find(kNull.begin(), kNull.end(), text) == kNull.end() &&
                         isPlainLetter(text.front()) && text.front() != '-' &&
                         text.front() != '%' && text.back() != ' ' &&
                         text.find("  ") == std::string_view::npos;
    if (isPlain)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
            quoted += c;
        } else if (c == '\n') {
            quoted += "\\n";
        } else if (c == '\t') {
            quoted += "\\t";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\x%02X",
                          static_cast<unsigned>(static_cast<unsigned char>(c)));
            quoted += code.data();
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}

} // namespace halfopen
