// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/layer_rule.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace halfopen::test {

namespace {

struct Include {
    int line = 0;
    bool quoted = false; ///< "name" rather than <name>
    std::string name;
};

/// What the files under a folder may include. The first layer whose folder fits a path is its
/// layer.
struct Layer {
    std::string_view folder;
    std::vector<std::string_view> ours;      ///< folders from the root, each with its '/'
    std::vector<std::string_view> oursNever; ///< exceptions from `ours`
    std::vector<std::string_view> modules;   ///< Qt modules; "*" is any
};

const std::vector<Layer> &layers()
{
    static const std::vector<Layer> all = {
        {"core/live/", {"core/"}, {}, {"QtCore", "QtNetwork", "QCoro"}},
        {"core/", {"core/"}, {"core/live/"}, {}},
        {"simulators/servers/", {"core/", "simulators/"}, {}, {"QtCore", "QtNetwork", "QCoro"}},
        {"simulators/proxy/", {"core/", "simulators/"}, {}, {"QtCore", "QtNetwork", "QCoro"}},
        {"simulators/",
         {"core/", "simulators/"},
         {"core/live/", "simulators/servers/", "simulators/proxy/"},
         {}},
        {"ui/models/",
         {"core/", "simulators/", "ui/"},
         {"ui/views/", "ui/editor/", "ui/main_window"},
         {"QtCore", "QtGui"}},
        {"ui/geometry/",
         {"core/", "simulators/", "ui/"},
         {"ui/views/", "ui/editor/", "ui/main_window"},
         {"QtCore", "QtGui"}},
        {"ui/", {"core/", "simulators/", "ui/"}, {}, {"*"}},
        {"app/commands/", {"core/", "simulators/", "app/"}, {}, {"QtCore", "QtNetwork", "QCoro"}},
        {"app/", {"core/", "simulators/", "ui/", "app/"}, {}, {"*"}},
        {"tests/", {"core/", "simulators/", "ui/", "app/", "tests/"}, {}, {"*"}},
    };
    return all;
}

std::vector<Include> includesOf(std::string_view text)
{
    std::vector<Include> includes;
    const std::string code = withoutCommentsAndStrings(text);
    int number = 0;
    for (std::size_t at = 0; at < code.size();) {
        const auto end = std::min(code.find('\n', at), code.size());
        std::string_view line = std::string_view(code).substr(at, end - at);
        at = end + 1;
        ++number;
        const auto hash = line.find_first_not_of(" \t");
        if (hash == std::string_view::npos || line[hash] != '#')
            continue;
        line.remove_prefix(std::min(line.find_first_not_of(" \t", hash + 1), line.size()));
        if (!line.starts_with("include"))
            continue;
        const auto open = line.find_first_of("<\"");
        const auto close = line.find_last_of(">\"");
        if (open == std::string_view::npos || close <= open)
            continue;
        includes.push_back(
            {number, line[open] == '"', std::string(line.substr(open + 1, close - open - 1))});
    }
    return includes;
}

/// "QtWidgets", "QCoro", or empty for a header that is not Qt's.
std::string moduleOf(std::string_view name, const QtHeaders &qtHeaders)
{
    if (startsWithAny(name, {"QCoro", "qcoro"}))
        return "QCoro";
    const auto slash = name.find('/');
    if (name.starts_with("Qt") && slash != std::string_view::npos)
        return std::string(name.substr(0, slash)); // <QtWidgets/QWidget>
    const auto known = qtHeaders.find(name);
    if (known != qtHeaders.end())
        return known->second;
    // A header of a module that is not installed here: a Qt name all the same.
    const bool looksLikeQt =
        name.size() > 1 && name[0] == 'Q' && std::isupper(static_cast<unsigned char>(name[1])) != 0;
    return looksLikeQt ? "an unknown Qt module" : "";
}

/// <QtWidgets> or <QtWidgets/QtWidgets>, for any module but the plain <QtGlobal> kind of header.
bool isUmbrella(std::string_view name)
{
    static const std::vector<std::string_view> modules = {
        "QtCore", "QtGui", "QtWidgets", "QtCharts",     "QtTest",         "QtNetwork",
        "QtSvg",  "QtSql", "QtXml",     "QtConcurrent", "QtPrintSupport", "QtSvgWidgets"};
    return std::any_of(modules.begin(), modules.end(), [name](std::string_view module) {
        return name == module || name == std::string(module) + "/" + std::string(module);
    });
}

/// Files that a build step makes beside the source: the only includes without a folder.
bool isGenerated(std::string_view name)
{
    return name.find('/') == std::string_view::npos &&
           (name.ends_with(".moc") || startsWithAny(name, {"ui_", "moc_"}));
}

std::optional<std::string> objection(std::string_view path, const Layer &layer,
                                     const Include &include, const QtHeaders &qtHeaders)
{
    const std::string_view name = include.name;
    if (isUmbrella(name))
        return "<" + include.name + "> includes a whole Qt module; name the class's header";
    if (name.starts_with("yaml-cpp") && path != "core/scenario/yaml_reader.cpp")
        return "yaml-cpp is for core/scenario/yaml_reader.cpp alone";
    if (include.quoted && !isGenerated(name)) {
        if (!startsWithAny(name, {"core/", "simulators/", "ui/", "app/", "tests/"}))
            return "\"" + include.name + "\" is not a path from the root of the tree";
        if (!startsWithAny(name, layer.ours) || startsWithAny(name, layer.oursNever))
            return std::string(layer.folder) + " must not include " + include.name;
    }
    const std::string module = moduleOf(name, qtHeaders);
    const auto &allowed = layer.modules;
    const bool isAllowed = module.empty() ||
                           std::find(allowed.begin(), allowed.end(), "*") != allowed.end() ||
                           std::find(allowed.begin(), allowed.end(), module) != allowed.end();
    if (!isAllowed)
        return std::string(layer.folder) + " must not include <" + include.name + "> of " + module;
    return std::nullopt;
}

} // namespace

std::vector<Finding> checkLayers(std::string_view path, std::string_view text,
                                 const QtHeaders &qtHeaders)
{
    std::vector<Finding> findings;
    if (!isCpp(path))
        return findings;
    const auto layer = std::find_if(layers().begin(), layers().end(), [path](const Layer &each) {
        return path.starts_with(each.folder);
    });
    if (layer == layers().end())
        return findings;
    for (const Include &include : includesOf(text)) {
        if (const auto what = objection(path, *layer, include, qtHeaders))
            findings.push_back({std::string(path), include.line, *what});
    }
    return findings;
}

} // namespace halfopen::test
