// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kSchemaDetails =
    "\nEditors with a YAML language server complete and explain the keys of a scenario that begins "
    "with\n"
    "  # yaml-language-server: $schema=halfopen.schema.json\n"
    "\nExamples:\n"
    "  halfopen schema > halfopen.schema.json";

/// halfopen schema: the scenario language as a JSON Schema (draft-07).
Action setUpSchema(CLI::App &app);

} // namespace halfopen
