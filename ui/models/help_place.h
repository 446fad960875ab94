// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace halfopen {

class HelpLibrary;

/// The place of the help (HelpPlace::text()) for byte \a at of the scenario \a text: the key that stands there, or the one whose value does,
/// else the nearest around it that has a page. Empty where nothing fits. The text may be half-typed.
QString helpPlaceAt(const HelpLibrary &library, std::string_view text, std::size_t at);

} // namespace halfopen
