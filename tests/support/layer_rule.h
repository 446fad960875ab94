// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/source_text.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::test {

/// Which Qt module a header belongs to: "QWidget" -> "QtWidgets". QCoro's own headers are told by
/// their name and need no entry.
using QtHeaders = std::map<std::string, std::string, std::less<>>;

/// Checks the include lines of one file against the layers core <- simulators <- ui <- app:
/// - core knows no Qt and nothing above it; core/live may use Qt Core, Qt Network and QCoro
/// - simulators know core only; servers and proxy may also use core/live and what it may use
/// - ui knows no app; ui/models and ui/geometry know no widget (Qt Widgets, Qt Charts, our views)
/// - app/commands, the command line, knows no ui
/// - yaml-cpp is seen by core/scenario/yaml_reader.cpp alone
/// - nobody includes a whole Qt module (<QtWidgets>), nor a file by a path that is not from the
/// root \a path is from the root. Files outside these folders and tests/ are not judged.
std::vector<Finding> checkLayers(std::string_view path, std::string_view text,
                                 const QtHeaders &qtHeaders);

} // namespace halfopen::test
