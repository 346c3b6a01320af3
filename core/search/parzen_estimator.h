// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/search/space.h"
#include "core/search/truncated_normal.h"

#include <span>
#include <vector>

namespace core
{

/// How a density spreads what was observed: each dimension by the gaps between neighbours, or all
/// by Scott's rule.
enum class Bandwidth { Neighbours, Scott };

/// A mixture of one component for each observation and one for the prior, over some dimensions of a
/// space: the estimator of TPE (Bergstra et al., NeurIPS 2011) with the weights and widths that
/// Optuna 3.1 takes by default. In one dimension or in all at once.
class ParzenEstimator
{
public:
    /// What the components are in one numerical dimension. Logarithms where the range is log.
    struct Numerical {
        double step = 0; ///< 0: continuous
        std::vector<TruncatedNormal> normals = {};
    };
    /// The probabilities of the categories, [component][category].
    struct Categorical {
        std::vector<std::vector<double>> probabilities;
    };

    /// `observations`, the oldest first, have a value for each dimension.
    ParzenEstimator(std::vector<Dimension> dimensions, std::span<const SearchPoint> observations,
                    Bandwidth bandwidth = Bandwidth::Neighbours);

    /// Of the components, the prior last; they add up to 1.
    const std::vector<double>& weights() const { return m_weights; }
    /// Of a dimension by its index.
    const std::variant<Numerical, Categorical>& components(std::size_t dimension) const
    {
        return m_components[dimension];
    }

    /// Logarithm of the density at a point, of integers and stepped ranges of the probability. Log
    /// ranges are measured by the logarithm. As in Optuna 3.1 a continuous component is not divided
    /// by its width, so that a narrow one has a lower peak than a density would.
    double logDensity(const SearchPoint& point) const;
    SearchPoint sample(Random& random) const;

private:
    double logDensity(std::size_t dimension, std::size_t component, double internal) const;

    std::vector<Dimension> m_dimensions;
    std::vector<double> m_weights;
    std::vector<std::variant<Numerical, Categorical>> m_components;
};

/// Oldest first: the newest 25 count 1, the older ones rise in a line from 1/n.
std::vector<double> observationWeights(std::size_t observations);

} // namespace core
