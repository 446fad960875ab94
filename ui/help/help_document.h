// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/help_page.h"

#include <QHash>
#include <QString>

class QTextDocument;

namespace halfopen {

struct Theme;

/// Fills \a document with a page in the colours and letters of \a theme, and the settings of \a topic (null = none) below it. Drawings get
/// letters that fit into \a width logical pixels, as far as they stay legible. Returns where the named places are, in letters from the start:
/// settings by their keys, sections by their names, "settings".
QHash<QString, int> fillHelpDocument(QTextDocument &document, const HelpPageText &page, const HelpTopic *topic, const Theme &theme, int width);

} // namespace halfopen
