// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace core::fused
{

/// Floats that begin on a cache line, so that every vector of any target can be loaded aligned.
class AlignedFloats
{
public:
    AlignedFloats() = default;
    /// Zeros.
    explicit AlignedFloats(std::size_t size)
        : m_size(size), m_data(static_cast<float*>(::operator new(size * sizeof(float), kLine)))
    {
        std::fill_n(m_data.get(), size, 0.0F);
    }

    float* data() { return m_data.get(); }
    const float* data() const { return m_data.get(); }
    std::size_t size() const { return m_size; }
    std::span<float> span() { return {data(), m_size}; }
    std::span<const float> span() const { return {data(), m_size}; }

private:
    static constexpr std::align_val_t kLine{64};
    struct Free {
        void operator()(float* data) const { ::operator delete(data, kLine); }
    };

    std::size_t m_size = 0;
    std::unique_ptr<float[], Free> m_data;
};

} // namespace core::fused
