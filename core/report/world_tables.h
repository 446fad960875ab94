// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <string>
#include <vector>

namespace halfopen::report {

/// A small table of texts that the summary and the HTML page show alike.
struct WorldTable {
    std::string title; ///< also the head of the first column
    std::vector<std::string> columns; ///< without the first
    std::vector<std::vector<std::string>> rows;
};

/// Endpoints of services, connection pools, queues of workers, and what a pace leaves out: those that the world has, in this order.
std::vector<WorldTable> worldTables(const RunRecord &record);

} // namespace halfopen::report
