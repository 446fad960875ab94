// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "core/run/run_record.h"

#include <string>
#include <vector>

namespace halfopen::test {

/// A run written by hand, for tests of what is printed about a run; no engine made it. Its totals
/// are the sums of its buckets, as in a real record. One client `web` (3 processes) calls `shop`,
/// which calls `db` through the stack `db_client`, whose layer 1 is a breaker in each of 3
/// processes.
///
/// 60 s in 12 buckets of 5 s. Every bucket offers 100 calls. Buckets 4 to 7 (20 s to 40 s) are in a
/// fault: 60 calls succeed, 10 are served by a fallback, 20 time out, 10 meet an open breaker, with
/// 180 attempts on the inner edge. In the others all 100 succeed with 100 attempts. So of 1200
/// calls 1040 succeed, 40 are fallbacks, 80 time out and 40 are refused; goodput 1080 / 1200 = 90
/// %; attempts on the inner edge 8 * 100 + 4 * 180 = 1520, 1.27 per call.
///
/// Latencies: success 10 ms, fallback 1 ms, timeout 250 ms, refusal 0.
RunRecord makeRecord(const std::string &name = "fixture");

/// One expectation that is met and one that is not.
std::vector<ExpectationResult> makeExpectations();

} // namespace halfopen::test
