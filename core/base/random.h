// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <utility>

namespace core
{

/// Seedable generator whose sequence is the same on every platform, unlike the distributions of
/// <random>. Its state can be saved and restored. Not thread-safe.
class Random
{
public:
    explicit Random(std::uint64_t seed = 0) : m_engine(seed) {}

    std::uint64_t bits() { return m_engine(); }
    double uniform();                         ///< in [0, 1)
    double uniform(double low, double high);  ///< in [low, high)
    double normal();                          ///< mean 0, variance 1 (Box-Muller)
    std::uint64_t below(std::uint64_t bound); ///< in [0, bound), unbiased; bound > 0

    /// Fisher-Yates.
    template<typename T>
    void shuffle(std::span<T> items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

    std::string state() const;
    void restore(const std::string& state);

private:
    std::mt19937_64 m_engine;
};

/// A seed for the part `index` of work seeded by `seed`: parts are independent of how many there
/// are and of the order in which they run (SplitMix64; Steele et al., OOPSLA 2014).
std::uint64_t derivedSeed(std::uint64_t seed, std::uint64_t index);

} // namespace core
