// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/channel_matching.h"

#include "core/inspect/assignment.h"
#include "core/inspect/receptive_field.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace core
{

namespace
{

constexpr int kBatch = 250;

/// Where on the input a map's rows or columns look.
struct Axis {
    double start = 0;
    double stride = 1;
    int count = 1;

    double at(int index) const { return start + stride * index; }
};

/// Positions of two maps that look at the same place, or the nearest to it.
std::vector<std::pair<int, int>> alignedIndices(const Axis& a, const Axis& b)
{
    std::vector<std::pair<int, int>> pairs;
    for (int i = 0; i < a.count; ++i) {
        const auto j = static_cast<int>(std::lround((a.at(i) - b.start) / b.stride));
        if (j >= 0 && j < b.count)
            pairs.emplace_back(i, j);
    }
    if (pairs.empty() && a.count > 0 && b.count > 0)
        pairs.emplace_back(0, 0);
    return pairs;
}

Axis rowsOf(const ReceptiveField& field, const Shape& shape)
{
    return {field.start + (field.height - 1) / 2.0, static_cast<double>(field.stride),
            shape.height};
}

Axis columnsOf(const ReceptiveField& field, const Shape& shape)
{
    return {field.start + (field.width - 1) / 2.0, static_cast<double>(field.stride), shape.width};
}

/// Sums over images and positions, from which all correlations of a unit follow.
class ResponseSums
{
public:
    ResponseSums(const Architecture& a, const Unit& unitA, const Architecture& b, const Unit& unitB)
        : m_shapeA(unitA.shape), m_shapeB(unitB.shape), m_sumA(channels(m_shapeA)),
          m_squaresA(channels(m_shapeA)), m_sumB(channels(m_shapeB)),
          m_squaresB(channels(m_shapeB)), m_products(m_sumA.size() * m_sumB.size())
    {
        const ReceptiveField fieldA = receptiveField(a, unitA.postLayer);
        const ReceptiveField fieldB = receptiveField(b, unitB.postLayer);
        const auto columns =
            alignedIndices(columnsOf(fieldA, m_shapeA), columnsOf(fieldB, m_shapeB));
        for (const auto& [rowA, rowB] :
             alignedIndices(rowsOf(fieldA, m_shapeA), rowsOf(fieldB, m_shapeB)))
            for (const auto& [columnA, columnB] : columns)
                m_positions.emplace_back(rowA * m_shapeA.width + columnA,
                                         rowB * m_shapeB.width + columnB);
    }

    /// [N, C, H, W] of each network.
    void add(std::span<const float> a, std::span<const float> b)
    {
        const auto countA = static_cast<std::size_t>(m_shapeA.count());
        const auto countB = static_cast<std::size_t>(m_shapeB.count());
        for (std::size_t i = 0; i * countA < a.size(); ++i)
            addImage(a.subspan(i * countA, countA), b.subspan(i * countB, countB));
    }

    UnitMatching matching(const std::string& name) const
    {
        UnitMatching result;
        result.unit = name;
        result.channelsA = m_shapeA.channels;
        result.channelsB = m_shapeB.channels;
        for (std::size_t i = 0; i < m_sumA.size(); ++i)
            for (std::size_t j = 0; j < m_sumB.size(); ++j)
                result.correlation.push_back(correlation(i, j));
        matchChannels(result);
        return result;
    }

private:
    static std::size_t channels(const Shape& shape)
    {
        return static_cast<std::size_t>(shape.channels);
    }

    void addImage(std::span<const float> a, std::span<const float> b)
    {
        const auto areaA = static_cast<std::size_t>(m_shapeA.area());
        const auto areaB = static_cast<std::size_t>(m_shapeB.area());
        m_count += static_cast<double>(m_positions.size());
        for (std::size_t i = 0; i < m_sumA.size(); ++i) {
            const auto mapA = a.subspan(i * areaA, areaA);
            for (const auto& position : m_positions)
                addValue(m_sumA[i], m_squaresA[i], mapA[static_cast<std::size_t>(position.first)]);
            for (std::size_t j = 0; j < m_sumB.size(); ++j)
                m_products[i * m_sumB.size() + j] += product(mapA, b.subspan(j * areaB, areaB));
        }
        for (std::size_t j = 0; j < m_sumB.size(); ++j)
            for (const auto& position : m_positions)
                addValue(m_sumB[j], m_squaresB[j],
                         b[j * areaB + static_cast<std::size_t>(position.second)]);
    }

    static void addValue(double& sum, double& squares, double value)
    {
        sum += value;
        squares += value * value;
    }

    double product(std::span<const float> mapA, std::span<const float> mapB) const
    {
        double sum = 0;
        for (const auto& [a, b] : m_positions)
            sum += static_cast<double>(mapA[static_cast<std::size_t>(a)]) *
                   mapB[static_cast<std::size_t>(b)];
        return sum;
    }

    double correlation(std::size_t i, std::size_t j) const
    {
        const double varianceA = m_squaresA[i] - m_sumA[i] * m_sumA[i] / m_count;
        const double varianceB = m_squaresB[j] - m_sumB[j] * m_sumB[j] / m_count;
        // What is constant has a variance of rounding errors only.
        constexpr double kConstant = 1e-10;
        if (!(varianceA > kConstant * m_squaresA[i]) || !(varianceB > kConstant * m_squaresB[j]))
            return 0;
        const double covariance =
            m_products[i * m_sumB.size() + j] - m_sumA[i] * m_sumB[j] / m_count;
        return std::clamp(covariance / std::sqrt(varianceA * varianceB), -1.0, 1.0);
    }

    Shape m_shapeA;
    Shape m_shapeB;
    std::vector<std::pair<int, int>> m_positions;
    std::vector<double> m_sumA;
    std::vector<double> m_squaresA;
    std::vector<double> m_sumB;
    std::vector<double> m_squaresB;
    std::vector<double> m_products; ///< [channels of a, channels of b]
    double m_count = 0;
};

/// A unit's index in each network.
std::vector<std::pair<const Unit*, const Unit*>> commonUnits(const Architecture& a,
                                                             const Architecture& b)
{
    std::vector<std::pair<const Unit*, const Unit*>> common;
    for (const Unit& unit : a.units()) {
        const auto other = std::ranges::find(b.units(), unit.name, &Unit::name);
        if (other != b.units().end() && unit.name != "logits")
            common.emplace_back(&unit, &*other);
    }
    return common;
}

std::vector<int> spread(int sample, int size)
{
    const int count = std::clamp(sample, 0, size);
    std::vector<int> indices;
    for (int i = 0; i < count; ++i)
        indices.push_back(static_cast<int>(static_cast<std::int64_t>(i) * size / count));
    return indices;
}

} // namespace

void matchChannels(UnitMatching& matching)
{
    // A pair that nothing binds must not cost a pair that something does.
    std::vector<double> benefit;
    for (const double correlation : matching.correlation)
        benefit.push_back(std::max(correlation, 0.0));
    const auto partner = assign(benefit, matching.channelsA, matching.channelsB);
    std::vector<bool> taken(static_cast<std::size_t>(matching.channelsB), false);
    for (int a = 0; a < matching.channelsA; ++a) {
        const int b = partner[static_cast<std::size_t>(a)];
        if (b >= 0 && matching.correlationOf(a, b) > 0) {
            matching.matched.push_back({a, b, matching.correlationOf(a, b)});
            taken[static_cast<std::size_t>(b)] = true;
        } else {
            matching.onlyA.push_back(a);
        }
    }
    for (int b = 0; b < matching.channelsB; ++b)
        if (!taken[static_cast<std::size_t>(b)])
            matching.onlyB.push_back(b);
}

std::vector<UnitMatching> matchUnits(Backend& backendA, const Model& a, Backend& backendB,
                                     const Model& b, const Dataset& data, int sample,
                                     const ProgressObserver& observer, std::stop_token stop)
{
    const auto common = commonUnits(a.architecture, b.architecture);
    std::vector<int> layersA;
    std::vector<int> layersB;
    std::vector<ResponseSums> sums;
    for (const auto& [unitA, unitB] : common) {
        layersA.push_back(unitA->postLayer);
        layersB.push_back(unitB->postLayer);
        sums.emplace_back(a.architecture, *unitA, b.architecture, *unitB);
    }
    const std::vector<int> images = spread(sample, data.size());
    for (std::size_t first = 0; first < images.size() && !stop.stop_requested(); first += kBatch) {
        const std::size_t count = std::min<std::size_t>(kBatch, images.size() - first);
        const auto pixels = data.imagesAsFloat(std::span(images).subspan(first, count));
        const auto outputsA = backendA.activations(a.parameters.values(), pixels, layersA);
        const auto outputsB = backendB.activations(b.parameters.values(), pixels, layersB);
        for (std::size_t unit = 0; unit < sums.size(); ++unit)
            sums[unit].add(outputsA[unit].values, outputsB[unit].values);
        if (observer)
            observer({"channels", first + count, images.size()});
    }
    std::vector<UnitMatching> matchings;
    for (std::size_t unit = 0; unit < sums.size(); ++unit)
        matchings.push_back(sums[unit].matching(common[unit].first->name));
    return matchings;
}

} // namespace core
