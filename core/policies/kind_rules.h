// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace halfopen {

/// A setting that only some kinds of a policy read.
struct KindRule {
    std::string_view key;                   ///< "window"
    bool isSet = false;                     ///< the file gives it
    std::initializer_list<std::size_t> kinds; ///< the places of those kinds among the names
};

/// Finds the first setting that is given although \a kind does not read it, as a sentence:
/// "window has no meaning with kind: grpc; it belongs to kind: ratio". Empty when there is none. A setting without effect
/// is an error, because whoever wrote it believes that it has one.
std::string settingOfAnotherKind(std::size_t kind, std::span<const std::string_view> names,
                                 std::initializer_list<KindRule> rules);

} // namespace halfopen
