// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/distributions.h"
#include "core/verify/model_reader.h"

namespace halfopen::verify {

/// Reads { "distribution": "erlang", "shape": 4, "mean_s": 0.01 } and its like. \a kindKey names the key of the kind.
/// Throws NotUnderstood.
Distribution readLaw(ModelReader &json, std::string_view kindKey = "distribution");
/// \a seconds as a parameter of a distribution, of which too long ones end the program. Throws NotUnderstood instead.
Duration workTime(double seconds);

} // namespace halfopen::verify
