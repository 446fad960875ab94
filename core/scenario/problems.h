// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/scenario/loader.h"
#include "core/scenario/yaml_tree.h"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// Collects everything that is wrong with one scenario, with the place in the file or the override
/// that caused it.
class Problems {
public:
    static constexpr std::size_t kMax = 200; ///< further ones are counted, not kept

    /// \a text and \a overrides must outlive this object.
    Problems(std::string path, std::string_view text, const std::vector<Override> &overrides);

    /// At the value of \a node.
    void error(const YamlNode &node, std::string message, std::string hint = {});
    void warning(const YamlNode &node, std::string message, std::string hint = {});
    /// At the key of the map entry \a node.
    void errorAtKey(const YamlNode &node, std::string message, std::string hint = {});
    void warningAtKey(const YamlNode &node, std::string message, std::string hint = {});
    /// A warning that what \a node says begins only after the run has ended.
    void behindTheEnd(const YamlNode &node, std::string message);
    void errorAt(SourcePlace place, std::string message, std::string hint = {});
    /// About the override of that index as a whole.
    void errorOfOverride(int overrideIndex, std::string message, std::string hint = {});

    std::size_t errorCount() const { return m_errors; }
    /// Further ones are not kept: a hint that takes long to find need not be looked for.
    bool isFull() const { return m_diagnostics.size() >= kMax; }
    /// Whether \a node is what its author meant: no error is in it, in what stands below it or at their keys, and nothing of it is given
    /// twice. A value that is wrong has been left at its default, so no further check may speak from it.
    bool isSound(const YamlNode &node) const;
    /// The same of what \a map says about \a key. Where it says nothing, the default is meant, unless a key of the map is wrong: that
    /// may have been this one.
    bool isSound(const YamlNode &map, std::string_view key) const;
    /// Of the scenario, as it was named: file names in it are relative to its folder.
    const std::string &path() const { return m_path; }
    /// Everything found, in order of place; overrides come last.
    std::vector<Diagnostic> take();

private:
    void add(Diagnostic::Severity severity, SourcePlace place, int overrideIndex,
             std::string message, std::string hint);
    bool isWrong(SourcePlace place, int overrideIndex) const;

    std::string m_path;
    std::vector<std::string_view> m_lines;
    const std::vector<Override> &m_overrides;
    std::vector<Diagnostic> m_diagnostics;
    std::size_t m_errors = 0;
    std::set<std::pair<int, int>> m_wrongPlaces; ///< line and column of every error in the file
    std::set<int> m_wrongOverrides;
    bool m_isOverrideLost = false; ///< one could not be put anywhere
    std::size_t m_dropped = 0;
};

} // namespace halfopen
