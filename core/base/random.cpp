// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

namespace halfopen {

std::uint64_t hashText(std::string_view text)
{
    // FNV-1a, 64 bits: G. Fowler, L. C. Noll, K.-P. Vo, http://www.isthe.com/chongo/tech/comp/fnv
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001B3u;
    }
    return mix64(hash);
}

RandomStream::RandomStream(std::uint64_t seed, std::string_view name)
    : m_key(mix64(mix64(seed + kKeyFactor) + hashText(name)) | 1)
{}

} // namespace halfopen
