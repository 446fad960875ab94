// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <QString>

namespace halfopen {

// What the charts of a run show, in words, for those who hear them. Figures of the whole run as far as it is, of all
// clients together; they read the totals, so the length of the run does not matter.

/// "20 s of 60 s. 4 000 calls ended: success 93.4 %, timeout 6.6 %."
QString outcomesInWords(const RunRecord &record);
/// "p50 12 ms, p90 30 ms, p99 80 ms, p99.9 120 ms."
QString latencyInWords(const RunRecord &record);
/// "2 of 40 breakers are OPEN: a, b. 7 transitions."
QString breakersInWords(const RunRecord &record);
/// "120 retries, delays p50 80 ms, p99 1 s."
QString retriesInWords(const RunRecord &record);
/// "50 sampled calls, 3 of them without success."
QString callsInWords(const RunRecord &record);

} // namespace halfopen
