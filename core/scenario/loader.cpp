// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"

#include "core/scenario/problems.h"
#include "core/scenario/text_tools.h"
#include "core/scenario/tree_path.h"
#include "core/scenario/world_reader.h"
#include "core/scenario/yaml_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

namespace halfopen {

namespace {

constexpr std::size_t kTextBytesMax = 1'000'000;

LoadResult refused(const std::filesystem::path &path, std::string message, std::string hint = {})
{
    Diagnostic diagnostic;
    diagnostic.path = path.string();
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    LoadResult result;
    result.diagnostics.push_back(std::move(diagnostic));
    return result;
}

void markOverride(YamlNode &node, int index)
{
    node.overrideIndex = index;
    node.place = {};
    for (YamlNode &child : node.children) {
        child.keyPlace = {};
        markOverride(child, index);
    }
}

void applyOverrides(YamlNode &root, const std::vector<Override> &overrides,
                    const Vocabulary &vocabulary, Problems &problems)
{
    for (std::size_t i = 0; i < overrides.size(); ++i) {
        const int index = static_cast<int>(i);
        YamlText value = readYaml(overrides[i].value);
        for (YamlProblem &problem : value.problems)
            problems.errorOfOverride(index, std::move(problem.message), std::move(problem.hint));
        if (!value.root || !value.problems.empty())
            continue;
        markOverride(*value.root, index);
        Result<TreePlace> place = findPlace(root, overrides[i].path, vocabulary);
        if (!place)
            problems.errorOfOverride(index, place.error().message);
        else
            putValue(*place, *std::move(value.root));
    }
}

/// What the first comment lines ask, from "Question:" on: one line for each labelled sentence,
/// without the source.
std::string questionOf(std::string_view text)
{
    std::string question;
    bool isInside = false;
    for (std::string_view line : splitLines(text)) {
        line = trimmed(line);
        if (line.starts_with("\xEF\xBB\xBF"))
            line.remove_prefix(3);
        if (!line.starts_with('#')) {
            if (line.empty() && question.empty())
                continue;
            break;
        }
        line = trimmed(line.substr(1));
        if (line.starts_with("Question:") || line.starts_with("Watch:")) {
            isInside = true;
            question += question.empty() ? "" : "\n";
        } else if (line.empty() || line.starts_with("Source:") || line.starts_with("Note:") ||
                   line.starts_with("SPDX-")) {
            isInside = false;
        } else if (isInside) {
            question += ' ';
        }
        if (isInside)
            question += line;
    }
    return question;
}

/// \a text with \a overrides in place, so that a run can be repeated from its text alone. What the text has no place
/// for stands in its first lines.
std::string textWith(std::string_view text, const std::vector<Override> &overrides,
                     const Vocabulary &vocabulary)
{
    std::string edited(text);
    std::string left;
    for (const Override &change : overrides) {
        if (Result<std::string> next = editScenarioText(edited, {change}, vocabulary)) {
            edited = *std::move(next);
            continue;
        }
        std::string setting = change.path + '=' + change.value;
        std::replace(setting.begin(), setting.end(), '\n', ' '); // a comment ends with its line
        left += "# In force, but without a place in this text: " + setting + '\n';
    }
    return left + edited;
}

} // namespace

LoadResult loadScenarioText(std::string_view text, const std::filesystem::path &path,
                            const Vocabulary &vocabulary, const std::vector<Override> &overrides)
{
    if (text.size() > kTextBytesMax)
        return refused(path, "the scenario is larger than 1 MB",
                       "put long lists of calls into a recording");
    Problems problems(path.string(), text, overrides);
    YamlText yaml = readYaml(text);
    for (YamlProblem &problem : yaml.problems)
        problems.errorAt(problem.place, std::move(problem.message), std::move(problem.hint));
    LoadResult result;
    if (yaml.root) {
        if (yaml.root->isMap())
            applyOverrides(*yaml.root, overrides, vocabulary, problems);
        Scenario scenario = readWorld(*yaml.root, path, vocabulary, problems);
        checkWorld(scenario, *yaml.root, problems);
        if (problems.errorCount() == 0) {
            scenario.text = textWith(text, overrides, vocabulary);
            scenario.question = questionOf(text);
            result.scenario = std::make_shared<const Scenario>(std::move(scenario));
        }
    }
    result.diagnostics = problems.take();
    return result;
}

LoadResult loadScenarioFile(const std::filesystem::path &path, const Vocabulary &vocabulary,
                            const std::vector<Override> &overrides)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return refused(path, "there is no such file");
    if (std::filesystem::is_directory(status))
        return refused(path, "this is a directory, expected a scenario file");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return refused(path, std::string("the file cannot be read: ") + std::strerror(errno));
    std::string text(kTextBytesMax + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad())
        return refused(path, "the file cannot be read to its end");
    return loadScenarioText(text, path, vocabulary, overrides);
}

} // namespace halfopen
