// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// The property of a widget that holds the place of its help (HelpPlace::text()), for itself and all that is in it: what F1 opens.
inline constexpr const char *kHelpProperty = "help_place";

} // namespace halfopen
