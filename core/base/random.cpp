// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <cmath>
#include <numbers>
#include <sstream>

namespace core
{

double Random::uniform()
{
    return static_cast<double>(m_engine() >> 11) * 0x1.0p-53;
}

double Random::uniform(double low, double high)
{
    return low + (high - low) * uniform();
}

double Random::normal()
{
    // The second value of the pair is thrown away, so that the engine alone is the whole state.
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::uint64_t Random::below(std::uint64_t bound)
{
    const std::uint64_t rest = (0 - bound) % bound; // 2^64 mod bound
    std::uint64_t value = m_engine();
    while (value < rest)
        value = m_engine();
    return value % bound;
}

std::string Random::state() const
{
    std::ostringstream out;
    out << m_engine;
    return out.str();
}

void Random::restore(const std::string& state)
{
    std::istringstream in(state);
    in >> m_engine;
}

std::uint64_t derivedSeed(std::uint64_t seed, std::uint64_t index)
{
    std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

} // namespace core
