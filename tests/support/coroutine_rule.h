// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/source_text.h"

#include <string_view>
#include <vector>

namespace halfopen::test {

/// Finds the statements that GCC 12.2 compiles into a double destruction without a warning. A
/// statement that contains co_await must hold
/// - no braces inside it, as in `co_await f({a, b})` or `Config{.x = 1}`: name the object first;
/// - no lambda that captures: name the lambda first and keep it, or pass the value as parameter;
/// - no `?:`: write if and else.
/// A lambda's body is a block of statements of its own, judged apart from the statement around it.
/// The rule is stricter than the compiler's fault (`?:` on int is fine), so that it is easy to
/// keep. Outside tests/ it also finds QCoro::waitFor, which never returns if the coroutine throws.
std::vector<Finding> checkCoroutines(std::string_view path, std::string_view text);

} // namespace halfopen::test
