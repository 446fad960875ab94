// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "core/scenario/loader.h"
#include "core/scenario/yaml_tree.h"

#include <cstddef>
#include <string>
#include <string_view>
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
    void errorAt(SourcePlace place, std::string message, std::string hint = {});
    /// About the override of that index as a whole.
    void errorOfOverride(int overrideIndex, std::string message, std::string hint = {});

    std::size_t errorCount() const { return m_errors; }
    /// Of the scenario, as it was named: file names in it are relative to its folder.
    const std::string &path() const { return m_path; }
    /// Everything found, in order of place; overrides come last.
    std::vector<Diagnostic> take();

private:
    void add(Diagnostic::Severity severity, SourcePlace place, int overrideIndex,
             std::string message, std::string hint);

    std::string m_path;
    std::vector<std::string_view> m_lines;
    const std::vector<Override> &m_overrides;
    std::vector<Diagnostic> m_diagnostics;
    std::size_t m_errors = 0;
    std::size_t m_dropped = 0;
};

} // namespace halfopen
