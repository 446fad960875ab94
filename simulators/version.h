// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// The program's version, as in every record and report.
inline constexpr const char *kVersion = "0.1.0";

} // namespace halfopen
