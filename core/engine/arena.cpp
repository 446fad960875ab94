// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/arena.h"

#include "core/base/check.h"

#include <sys/mman.h>

namespace halfopen {

Arena::Arena(std::size_t itemBytes, std::size_t capacity) : m_itemBytes(itemBytes), m_capacity(capacity)
{
    void *p = mmap(nullptr, itemBytes * capacity, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    HALFOPEN_CHECK(p != MAP_FAILED);
    m_base = static_cast<std::byte *>(p);
}

Arena::~Arena()
{
    munmap(m_base, m_itemBytes * m_capacity);
}

} // namespace halfopen
