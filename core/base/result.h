// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace halfopen {

/// What can go wrong in the world (a bad file, a full disk), as one sentence for a person:
/// where, what, and how to mend it. Simulated trouble is an Outcome, never an Error.
struct Error {
    std::string message;
};

/// A value or an Error.
template <typename T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(std::string message)
{
    return tl::unexpected<Error>(Error{std::move(message)});
}

} // namespace halfopen
