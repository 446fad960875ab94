// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

#include <optional>
#include <vector>

class QCoreApplication;

namespace halfopen {

/// The catalogue of one language. A text of a free function is found although the tools file it under the namespace and not
/// under the context that the function names, or under the context without the namespace.
class LabTranslator : public QTranslator {
    Q_OBJECT
public:
    using QTranslator::QTranslator;
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;
    bool isEmpty() const override { return false; }
};

struct Language {
    QString code; ///< "de"; empty = that of the system
    QString name; ///< in itself
};

/// The languages that the lab speaks, the system's first.
std::vector<Language> languages();
/// The code of \a text, which may be "system"; none if the lab does not speak it.
std::optional<QString> parseLanguage(const QString &text);

/// Texts, numbers and dates of \a app in the language of this code; empty = the first language of the system that the lab speaks,
/// else English. Acts on what is made afterwards. Fails for no reason but a broken installation: then it is English.
void applyLanguage(QCoreApplication &app, const QString &code);
/// The code of the language in force: "en", "de".
QString shownLanguage();

} // namespace halfopen
