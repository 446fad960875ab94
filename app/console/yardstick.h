// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace halfopen {

/// What a plain event list of the standard library costs on this machine, in ns: a std::set of ten (time, number) pairs, of which the
/// least is taken out and put in again an exponential time later. Nothing of this program is in it, and it asks of a machine what a
/// simulation does (jumps that nobody foretells, short chains of loads), so that figures of two machines, or of one whose host is
/// slower today, can be compared by it. Processor time of the calling thread, the best of seven; takes a tenth of a second.
double eventListYardstickNs();

} // namespace halfopen
