// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/schema.h"

#include "app/commands/command_line.h"
#include "app/console/terminal.h"
#include "core/scenario/json_schema.h"
#include "simulators/vocabulary.h"

namespace halfopen {

Action setUpSchema(CLI::App &)
{
    return [] {
        print(jsonSchema(standardVocabulary()));
        return int{kExitOk};
    };
}

} // namespace halfopen
