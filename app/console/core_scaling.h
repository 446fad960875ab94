// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// How many times as much \a threads threads get done as one, in a loop that touches nothing but registers: no memory, no cache, no
/// lock. What stands between that and the number of threads is the machine's own, as where two virtual cores share one physical core,
/// and no program that computes gets beyond it by much. By the wall clock, the best of three; takes about a second.
double machineScaling(unsigned threads);

} // namespace halfopen
