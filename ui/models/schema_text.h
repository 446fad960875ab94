// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace halfopen {

/// The same text, UTF-8, as Qt has it.
QString fromView(std::string_view text);

/// A text of the tables in core (title, summary or help of a schema, help of a metric) in the language of the lab. Core knows
/// no languages, so every view takes such a text through here. The catalogue is resources/translations/schema_de.ts, context
/// "Schema"; tst_schema_texts reads the tables themselves and fails for a text that it does not have.
QString schemaText(std::string_view text);
QString schemaText(const QString &text);

/// A title (or a label that begins like one), where it stands inside a sentence: "latency", but "Latenz".
QString insideSentence(const QString &title);

/// What describeRange() says, in the language of the lab: "at least 1", "0s to 30d". Values stay as a file has them.
QString schemaRange(std::string_view range);

/// A description of the JSON Schema, taken apart. As the schema has it, in English.
struct SchemaDescription {
    QString text;     ///< the help of the field, or the summary of its settings
    QString range;    ///< as describeRange() says it; may be empty
    QString standard; ///< the default; may be empty
};
SchemaDescription splitDescription(const QString &description);

} // namespace halfopen
