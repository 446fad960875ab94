// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/help_page.h"

#include <QHash>
#include <QString>

class QTextDocument;

namespace halfopen {

struct Theme;

/// Fills \a document with a page in the colours and letters of \a theme, and the settings of \a topic (null = none) below it. What is too wide
/// for \a width logical pixels is made to fit: letters of drawings get smaller as far as they stay legible, then see foldedHelp(). Returns
/// where the named places are, in letters from the start: settings by their keys, sections by their names, "settings".
QHash<QString, int> fillHelpDocument(QTextDocument &document, const HelpPageText &page, const HelpTopic *topic, const Theme &theme, int width);

} // namespace halfopen
