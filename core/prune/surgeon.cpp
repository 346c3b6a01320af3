// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/surgeon.h"

#include <Eigen/Cholesky>
#include <algorithm>

namespace core
{

namespace
{

using Indices = std::vector<std::size_t>;

Indices indicesWhere(std::span<const float> parameters, bool zero)
{
    Indices result;
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if ((parameters[i] == 0) == zero)
            result.push_back(i);
    return result;
}

Eigen::MatrixXd block(const Curvature& curvature, const Indices& rows, const Indices& columns)
{
    const std::size_t width = curvature.gradient.size();
    Eigen::MatrixXd result(rows.size(), columns.size());
    for (std::size_t j = 0; j < columns.size(); ++j)
        for (std::size_t i = 0; i < rows.size(); ++i)
            result(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
                curvature.matrix[rows[i] * width + columns[j]];
    return result;
}

/// Of what is added to the diagonal where all of it is zero: the inverse has to exist.
constexpr double kLeastDamping = 1e-12;

double dampingOf(const Eigen::MatrixXd& matrix, double damping)
{
    const double mean = matrix.rows() == 0 ? 0 : matrix.diagonal().mean();
    return std::max(mean * damping, kLeastDamping);
}

Eigen::VectorXd gradientOf(const Curvature& curvature, const Indices& indices)
{
    Eigen::VectorXd result(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i)
        result[static_cast<Eigen::Index>(i)] = curvature.gradient[indices[i]];
    return result;
}

/// What the curvature is between these parameters, damped.
Eigen::MatrixXd dampedBlock(const Curvature& curvature, const Indices& indices, double damping)
{
    Eigen::MatrixXd matrix = block(curvature, indices, indices);
    matrix.diagonal().array() += dampingOf(matrix, damping);
    return matrix;
}

} // namespace

struct Surgeon::Inverse {
    Indices parameters;       ///< that were not zero
    std::vector<char> isLeft; ///< of them
    Eigen::MatrixXd matrix;   ///< meaningful in the rows and columns of those left

    Eigen::Index placeOf(std::size_t parameter) const
    {
        return std::ranges::lower_bound(parameters, parameter) - parameters.begin();
    }
};

Surgeon::Surgeon(const Curvature& curvature, std::span<const float> parameters, double damping)
    : m_inverse(std::make_unique<Inverse>())
{
    m_inverse->parameters = indicesWhere(parameters, false);
    const auto size = static_cast<Eigen::Index>(m_inverse->parameters.size());
    m_inverse->isLeft.assign(m_inverse->parameters.size(), 1);
    m_inverse->matrix = dampedBlock(curvature, m_inverse->parameters, damping)
                            .llt()
                            .solve(Eigen::MatrixXd::Identity(size, size));
}

Surgeon::~Surgeon() = default;

std::vector<SurgeryCost> Surgeon::removals(std::span<const float> parameters) const
{
    std::vector<SurgeryCost> result;
    for (std::size_t i = 0; i < m_inverse->parameters.size(); ++i) {
        if (!m_inverse->isLeft[i])
            continue;
        const auto at = static_cast<Eigen::Index>(i);
        const std::size_t parameter = m_inverse->parameters[i];
        const double value = parameters[parameter];
        result.push_back({parameter, value * value / (2 * m_inverse->matrix(at, at))});
    }
    std::ranges::stable_sort(result, {}, &SurgeryCost::loss);
    return result;
}

std::vector<float> Surgeon::without(std::span<const float> parameters, std::size_t removed,
                                    double share) const
{
    std::vector<float> result(parameters.begin(), parameters.end());
    const Eigen::Index q = m_inverse->placeOf(removed);
    const double factor =
        share * static_cast<double>(parameters[removed]) / m_inverse->matrix(q, q);
    for (std::size_t i = 0; i < m_inverse->parameters.size(); ++i)
        if (m_inverse->isLeft[i]) {
            const double change = factor * m_inverse->matrix(static_cast<Eigen::Index>(i), q);
            float& value = result[m_inverse->parameters[i]];
            value = static_cast<float>(static_cast<double>(value) - change);
        }
    result[removed] = 0;
    return result;
}

void Surgeon::commit(std::size_t removed)
{
    const Eigen::Index q = m_inverse->placeOf(removed);
    const Eigen::VectorXd column = m_inverse->matrix.col(q);
    m_inverse->matrix -= column * column.transpose() / column[q];
    m_inverse->isLeft[static_cast<std::size_t>(q)] = 0;
}

std::vector<SurgeryCost> regrowths(const Curvature& curvature, std::span<const float> parameters,
                                   double damping)
{
    const Indices active = indicesWhere(parameters, false);
    const Indices absent = indicesWhere(parameters, true);
    Eigen::MatrixXd matrix = block(curvature, active, active);
    const double added = dampingOf(matrix, damping);
    matrix.diagonal().array() += added;
    const Eigen::MatrixXd across = block(curvature, active, absent);
    const Eigen::MatrixXd settled = matrix.llt().solve(across);
    const Eigen::VectorXd gradient = gradientOf(curvature, active);
    std::vector<SurgeryCost> result;
    for (std::size_t j = 0; j < absent.size(); ++j) {
        const auto at = static_cast<Eigen::Index>(j);
        const double own = curvature.matrix[absent[j] * parameters.size() + absent[j]];
        const double bend = std::max(0.0, own - across.col(at).dot(settled.col(at))) + added;
        const double slope = curvature.gradient[absent[j]] - settled.col(at).dot(gradient);
        result.push_back({absent[j], slope * slope / (2 * bend)});
    }
    std::ranges::stable_sort(result, std::ranges::greater(), &SurgeryCost::loss);
    return result;
}

std::vector<float> dampedStep(const Curvature& curvature, std::span<const float> parameters,
                              double damping)
{
    const Indices active = indicesWhere(parameters, false);
    const Eigen::VectorXd step =
        dampedBlock(curvature, active, damping).llt().solve(gradientOf(curvature, active));
    std::vector<float> result(parameters.begin(), parameters.end());
    for (std::size_t i = 0; i < active.size(); ++i) {
        float& value = result[active[i]];
        value = static_cast<float>(static_cast<double>(value) - step[static_cast<Eigen::Index>(i)]);
    }
    return result;
}

} // namespace core
