// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace halfopen {

/// The date for the head of a report: "2026-11-25 21:10 UTC", the same in every time zone.
std::string today();

} // namespace halfopen
