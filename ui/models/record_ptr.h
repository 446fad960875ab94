// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace halfopen {

struct RunRecord;

/// A snapshot of a run as views get it: shared, never changed after it was handed out.
/// Null means that there is no run yet.
using RecordPtr = std::shared_ptr<const RunRecord>;

} // namespace halfopen
