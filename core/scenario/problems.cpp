// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/problems.h"

#include "core/scenario/text_tools.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace halfopen {

Problems::Problems(std::string path, std::string_view text, const std::vector<Override> &overrides)
    : m_path(std::move(path)), m_lines(splitLines(text)), m_overrides(overrides)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (m_lines[0].starts_with(kByteOrderMark)) // columns are counted behind it
        m_lines[0].remove_prefix(kByteOrderMark.size());
}

void Problems::error(const YamlNode &node, std::string message, std::string hint)
{
    add(Diagnostic::Severity::Error, node.place, node.overrideIndex, std::move(message),
        std::move(hint));
}

void Problems::warning(const YamlNode &node, std::string message, std::string hint)
{
    add(Diagnostic::Severity::Warning, node.place, node.overrideIndex, std::move(message),
        std::move(hint));
}

void Problems::errorAtKey(const YamlNode &node, std::string message, std::string hint)
{
    add(Diagnostic::Severity::Error, node.keyPlace, node.overrideIndex, std::move(message),
        std::move(hint));
}

void Problems::warningAtKey(const YamlNode &node, std::string message, std::string hint)
{
    add(Diagnostic::Severity::Warning, node.keyPlace, node.overrideIndex, std::move(message),
        std::move(hint));
}

void Problems::errorAt(SourcePlace place, std::string message, std::string hint)
{
    add(Diagnostic::Severity::Error, place, -1, std::move(message), std::move(hint));
}

void Problems::behindTheEnd(const YamlNode &node, std::string message)
{
    const std::size_t before = m_diagnostics.size();
    warning(node, std::move(message));
    if (m_diagnostics.size() > before)
        m_diagnostics.back().kind = Diagnostic::Kind::BehindTheEnd;
}

bool Problems::isWrong(SourcePlace place, int overrideIndex) const
{
    return overrideIndex >= 0 ? m_wrongOverrides.contains(overrideIndex) : m_wrongPlaces.contains({place.line, place.column});
}

bool Problems::isSound(const YamlNode &node) const
{
    if (m_errors == 0)
        return true;
    if (m_isOverrideLost || node.givenTwice || isWrong(node.place, node.overrideIndex)
        || (!node.key.empty() && isWrong(node.keyPlace, node.overrideIndex)))
        return false;
    return std::all_of(node.children.begin(), node.children.end(), [this](const YamlNode &child) { return isSound(child); });
}

bool Problems::isSound(const YamlNode &map, std::string_view key) const
{
    if (m_errors == 0)
        return true;
    if (const YamlNode *node = map.find(key))
        return isSound(*node);
    return !m_isOverrideLost && std::none_of(map.children.begin(), map.children.end(), [this](const YamlNode &child) {
        return isWrong(child.keyPlace, child.overrideIndex);
    });
}

void Problems::errorOfOverride(int overrideIndex, std::string message, std::string hint)
{
    m_isOverrideLost = true;
    add(Diagnostic::Severity::Error, {}, overrideIndex, std::move(message), std::move(hint));
}

void Problems::add(Diagnostic::Severity severity, SourcePlace place, int overrideIndex,
                   std::string message, std::string hint)
{
    if (severity == Diagnostic::Severity::Error) {
        ++m_errors;
        if (overrideIndex >= 0)
            m_wrongOverrides.insert(overrideIndex);
        else
            m_wrongPlaces.emplace(place.line, place.column);
    }
    if (m_diagnostics.size() >= kMax) {
        ++m_dropped;
        return;
    }
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    if (overrideIndex >= 0) {
        const Override &by = m_overrides[static_cast<std::size_t>(overrideIndex)];
        diagnostic.path = "--set " + by.path + '=' + by.value;
    } else {
        diagnostic.path = m_path;
        diagnostic.place = place;
        if (place.line > 0 && static_cast<std::size_t>(place.line) <= m_lines.size())
            diagnostic.sourceLine = m_lines[static_cast<std::size_t>(place.line) - 1];
    }
    m_diagnostics.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Problems::take()
{
    std::stable_sort(m_diagnostics.begin(), m_diagnostics.end(),
                     [](const Diagnostic &a, const Diagnostic &b) {
                         const auto key = [](const Diagnostic &d) {
                             return std::tuple(d.place.line == 0, d.place.line, d.place.column);
                         };
                         return key(a) < key(b);
                     });
    if (m_dropped > 0) {
        Diagnostic more;
        more.path = m_path;
        more.message = std::to_string(m_dropped) + " more problems are not listed";
        m_diagnostics.push_back(std::move(more));
    }
    return std::exchange(m_diagnostics, {});
}

} // namespace halfopen
