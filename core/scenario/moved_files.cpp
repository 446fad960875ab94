// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/moved_files.h"

#include "core/scenario/flow_text.h"
#include "core/scenario/yaml_reader.h"
#include "core/scenario/yaml_scan.h"

#include <map>
#include <utility>

namespace halfopen {

namespace {

/// The scalars below \a node that name files of the scenario.
void addFileNames(YamlNode &node, std::vector<YamlNode *> &into)
{
    for (YamlNode &child : node.children) {
        const bool isFile = child.key == "recorded" || (child.key == "trace" && node.key == "fit");
        if (isFile && child.isScalar() && !child.scalar.empty())
            into.push_back(&child);
        else
            addFileNames(child, into);
    }
}

/// From where to where the scalar \a node stands in \a text, without an anchor in front of it. Ends at npos if that cannot be told.
std::pair<std::size_t, std::size_t> placeOf(const YamlNode &node, std::string_view text)
{
    std::size_t at = node.offset;
    while (at < text.size() && text[at] == '&') {
        at = text.find_first_of(" \t", at);
        at = at == std::string_view::npos ? text.size() : text.find_first_not_of(" \t", at);
    }
    if (at >= text.size())
        return {at, std::string_view::npos};
    if (text[at] == '"' || text[at] == '\'')
        return {at, endOfQuotes(text, at)};
    const bool isAsRead = text.substr(at, node.scalar.size()) == node.scalar; // a plain text of one line
    return {at, isAsRead ? at + node.scalar.size() : std::string_view::npos};
}

} // namespace

Result<std::string> withWholeFileNames(std::string_view text, const std::filesystem::path &folder)
{
    YamlText tree = readYaml(text);
    if (!tree.root || !tree.problems.empty())
        return failure(tree.problems.empty() ? "the text is not a scenario" : tree.problems.front().message);
    std::vector<YamlNode *> names;
    for (const std::string_view part : {"services", "clients"})
        if (YamlNode *node = tree.root->find(part))
            addFileNames(*node, names);
    std::map<std::size_t, std::pair<std::size_t, std::string>> edits; // by place: an alias and what it names are one
    for (YamlNode *name : names) {
        const std::filesystem::path file(name->scalar);
        if (file.is_absolute())
            continue;
        const auto [from, to] = placeOf(*name, text);
        const std::string whole = (std::filesystem::absolute(folder) / file).lexically_normal().string();
        if (to == std::string_view::npos)
            return failure("'" + name->key + ": " + name->scalar + "' in line " + std::to_string(name->place.line) +
                           " cannot be edited: write '" + whole + "' there by hand, so that the scenario can stand in another folder");
        name->scalar = whole;
        edits[from] = {to, scalarYaml(whole)};
    }
    std::string moved(text);
    for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) // the last one first, so that the places before it stay
        moved.replace(edit->first, edit->second.first - edit->first, edit->second.second);
    const YamlText again = readYaml(moved);
    if (!again.root || !again.problems.empty() || !again.root->sameAs(*tree.root))
        return failure("the names of the recordings cannot be edited in this text: write their whole paths by hand");
    return moved;
}

} // namespace halfopen
