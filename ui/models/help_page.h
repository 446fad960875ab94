// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/help_library.h"

#include <QString>

#include <vector>

namespace halfopen {

/// A page of the help as the desktop shows it, above the tables of its settings: Markdown with links. "help:retry#jitter" leads to a place of
/// the help, "help:" to the list of topics, "scenario:patterns/hedge_cuts_the_tail" to a scenario of the lab, "#settings" to the tables.
struct HelpPageText {
    QString markdown;
    std::vector<QString> sections; ///< one for each heading, in their order: its name for links, or empty
};

/// The page of \a topic. Commands become links (`halfopen help retry`, `halfopen run patterns/...`), and so do the words of other topics;
/// a written table of settings gives way to the one that is made from the schema.
HelpPageText helpPageText(const HelpLibrary &library, const HelpTopic &topic);

/// The list of all topics, group by group.
HelpPageText helpContents(const HelpLibrary &library);

} // namespace halfopen
