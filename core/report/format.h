// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen::report {

/// How every report prints a number: three significant digits, one decimal for percentages, a unit
/// on everything. All of them print "-" for a number that is not finite (nothing was measured).
/// None depends on the locale.

/// "16,204": groups of three from 1000 on.
std::string formatCount(std::uint64_t count);
/// "93.2 %" from a share 0..1. A share that is not quite 0 or 1 is never rounded to "0.0 %" or
/// "100.0 %": it reads "< 0.1 %" or "> 99.9 %", because one lost call in a million is not none.
std::string formatShare(double share);
/// "839/s", "0.25/s", "12.4k/s", "3.1M/s".
std::string formatRate(double perSecond);
/// "1.42×": a ratio.
std::string formatRatio(double ratio);
/// "12.4 ms", "1.02 s", "1 min 20 s": the unit a person would say.
std::string formatSeconds(double seconds);
/// The same; a whole number of seconds, ms or µs has no decimals: "20 s", "250 ms".
std::string formatDuration(Duration duration);
/// "63.412 s": an instant to the millisecond, so that a column of them lines up.
std::string formatInstant(Instant at);
/// "1.23", "45.6", "789", "12,300": a plain number with three significant digits.
std::string formatNumber(double number);
/// "64 B", "1.21 kB", "23.4 MB" (powers of 1000).
std::string formatBytes(double bytes);
/// "0x00c0ffee12345678": always 16 digits, as in logs and golden files.
std::string formatFingerprint(std::uint64_t fingerprint);

/// \a text with & < > " ' and control characters made harmless for HTML and XML text and
/// attributes. Control characters that XML 1.0 forbids become U+FFFD; bytes that are not UTF-8 too.
std::string escapeMarkup(std::string_view text);
/// \a text with control characters replaced by '?', so that a name from a file cannot steer a
/// terminal.
std::string printable(std::string_view text);

/// \a text in ASCII, for terminals that cannot show more: the signs that the reports use have a
/// replacement ("µs" is "us", an arrow is "->"), every other character is '?'.
std::string toAscii(std::string_view text);
/// Columns that \a text takes in a terminal: one per character. Wide and combining characters are
/// not told apart, so a table with them may be off by their number.
std::size_t displayWidth(std::string_view text);

} // namespace halfopen::report
