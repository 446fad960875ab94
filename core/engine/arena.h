// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace halfopen {

/// Address space for up to `capacity` items that never move; memory is used only for what was touched.
/// Ends the program with a message if the system refuses the address space.
class Arena {
public:
    Arena(std::size_t itemBytes, std::size_t capacity);
    ~Arena();
    Arena(const Arena &) = delete;
    Arena &operator=(const Arena &) = delete;

    std::byte *at(std::size_t i) const { return m_base + i * m_itemBytes; }
    std::size_t itemBytes() const { return m_itemBytes; }
    std::size_t capacity() const { return m_capacity; }

private:
    std::byte *m_base = nullptr;
    std::size_t m_itemBytes;
    std::size_t m_capacity;
};

} // namespace halfopen
