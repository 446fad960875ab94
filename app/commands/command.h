// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string_view>

namespace CLI {
class App;
}

namespace halfopen {

/// What a command does once its flags are read; returns the exit status.
using Action = std::function<int()>;

/// One command: a row of the table in registry.cpp.
struct Command {
    std::string_view name;
    std::string_view summary; ///< one line for the list of commands
    std::string_view details; ///< what its help says below the flags: examples, statuses
    /// Declares flags on \a app. The action is called after they were read; it owns what they were
    /// read into.
    Action (*setUp)(CLI::App &app);
    /// Whether it reads scenarios, whose defaults the user may have set: it has the flag --settings then.
    bool usesDefaults = true;
};

std::span<const Command> commands();

} // namespace halfopen
