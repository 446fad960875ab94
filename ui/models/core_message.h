// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>
#include <vector>

namespace halfopen {

/// A sentence of core (why a value is refused, why a run ended early) in the language of the lab, its numbers with the decimal
/// point of the locale. Core knows no languages, so every view takes such a sentence through here. One that is not known comes
/// back as it is. tst_core_message walks every refusal that the settings of the policies can cause.
QString coreMessage(std::string_view message);

/// The text of a value, which has the file's decimal point, with that of the locale: "74,8%". For sentences only; a field of the
/// form shows what the file will have.
QString withLocalPoint(const QString &text);

/// The sentences that are known, as core has them; what varies in them is %1, %2 and so on. For the tests.
std::vector<QString> knownCoreMessages();

} // namespace halfopen
