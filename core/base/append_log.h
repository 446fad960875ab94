// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"

#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace halfopen {

/// A list that only grows, and whose copies cost one pointer per 256 items.
///
/// One writer appends; copies are read-only views of what was there when they were made and may be
/// read on other threads while the writer goes on (it writes only beyond every copy's size, so no
/// element is shared between a reader and the writer). Handing a copy to another thread needs the usual
/// synchronisation of the hand-over itself. Appending to a copy clones its last chunk first.
template <typename T> class AppendLog {
public:
    static constexpr std::size_t kChunk = 256;

    AppendLog() = default;
    AppendLog(const AppendLog &other) : m_chunks(other.m_chunks), m_size(other.m_size) {}
    AppendLog &operator=(const AppendLog &other)
    {
        m_chunks = other.m_chunks;
        m_size = other.m_size;
        m_ownsTail = false;
        return *this;
    }
    AppendLog(AppendLog &&other) noexcept { swap(other); }
    AppendLog &operator=(AppendLog &&other) noexcept
    {
        swap(other);
        return *this;
    }
    void swap(AppendLog &other) noexcept
    {
        m_chunks.swap(other.m_chunks);
        std::swap(m_size, other.m_size);
        std::swap(m_ownsTail, other.m_ownsTail);
    }

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    const T &operator[](std::size_t i) const { return (*m_chunks[i / kChunk])[i % kChunk]; }
    const T &back() const { return (*this)[m_size - 1]; }

    void append(T value)
    {
        if (m_size % kChunk == 0) {
            m_chunks.push_back(std::make_shared<Chunk>());
            m_ownsTail = true;
        } else if (!m_ownsTail) {
            auto own = std::make_shared<Chunk>();
            for (std::size_t i = 0; i < m_size % kChunk; ++i)
                (*own)[i] = (*m_chunks.back())[i]; // no further: the writer may be busy there
            m_chunks.back() = std::move(own);
            m_ownsTail = true;
        }
        (*m_chunks.back())[m_size % kChunk] = std::move(value);
        ++m_size;
    }

    class Iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Iterator(const AppendLog *log, std::size_t i) : m_log(log), m_i(i) {}
        const T &operator*() const { return (*m_log)[m_i]; }
        const T *operator->() const { return &(*m_log)[m_i]; }
        Iterator &operator++()
        {
            ++m_i;
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator old = *this;
            ++m_i;
            return old;
        }
        bool operator==(const Iterator &other) const { return m_i == other.m_i; }

    private:
        const AppendLog *m_log = nullptr;
        std::size_t m_i = 0;
    };
    Iterator begin() const { return Iterator(this, 0); }
    Iterator end() const { return Iterator(this, m_size); }

private:
    using Chunk = std::array<T, kChunk>;
    std::vector<std::shared_ptr<Chunk>> m_chunks;
    std::size_t m_size = 0;
    bool m_ownsTail = false; ///< the last chunk is written by this log alone
};

} // namespace halfopen
