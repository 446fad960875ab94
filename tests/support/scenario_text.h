// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/loader.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::test {

/// The example of the design document: one of everything.
std::string designExample();

/// A small valid world of one service `db` and one client `web` (lines 1 to 5), and \a more behind
/// it.
std::string smallWorld(std::string_view more = {});

/// Every diagnostic of \a text as the user sees it, one after another. The file is called s.yaml.
std::string diagnosticsOf(std::string_view text, const std::vector<Override> &overrides = {});

/// The scenario of \a text; ends the test program with the diagnostics if there is none.
std::shared_ptr<const Scenario> loaded(std::string_view text,
                                       const std::vector<Override> &overrides = {});

/// Everything that a scenario says, one setting a line, places and text left out. Equal scenarios
/// give equal text.
std::string listing(const Scenario &scenario);

/// A readable file of the source tree.
std::string readFile(const std::string &path);

} // namespace halfopen::test
