// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prune/curvature.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace core
{

namespace
{

constexpr std::size_t kImagesAtATime = 500;
constexpr Eigen::Index kTermsAtATime = 512;

/// Gathers the terms of the matrix, many at a time.
class TermSum
{
public:
    explicit TermSum(std::size_t parameters)
        : m_size(static_cast<Eigen::Index>(parameters)),
          m_sum(Eigen::MatrixXf::Zero(m_size, m_size)), m_terms(m_size, kTermsAtATime)
    {
    }

    void add(std::span<const float> gradient, double probability)
    {
        const Eigen::Map<const Eigen::VectorXf> column(gradient.data(), m_size);
        m_terms.col(m_waiting++) = column * static_cast<float>(std::sqrt(probability));
        ++m_count;
        if (m_waiting == kTermsAtATime)
            flush();
    }

    std::vector<double> mean(std::size_t images)
    {
        flush();
        std::vector<double> matrix(static_cast<std::size_t>(m_size * m_size));
        for (Eigen::Index row = 0; row < m_size; ++row)
            for (Eigen::Index column = 0; column <= row; ++column) {
                const double value =
                    static_cast<double>(m_sum(row, column)) / static_cast<double>(images);
                matrix[static_cast<std::size_t>(row * m_size + column)] = value;
                matrix[static_cast<std::size_t>(column * m_size + row)] = value;
            }
        return matrix;
    }

    std::uint64_t count() const { return m_count; }

private:
    void flush()
    {
        if (m_waiting == 0)
            return;
        m_sum.selfadjointView<Eigen::Lower>().rankUpdate(m_terms.leftCols(m_waiting));
        m_waiting = 0;
    }

    Eigen::Index m_size;
    Eigen::MatrixXf m_sum; ///< its lower half
    Eigen::MatrixXf m_terms;
    Eigen::Index m_waiting = 0;
    std::uint64_t m_count = 0;
};

std::vector<double> probabilitiesOf(std::span<const float> logits)
{
    const float highest = *std::ranges::max_element(logits);
    std::vector<double> result(logits.size());
    double sum = 0;
    for (std::size_t c = 0; c < logits.size(); ++c) {
        result[c] = std::exp(static_cast<double>(logits[c]) - static_cast<double>(highest));
        sum += result[c];
    }
    for (double& probability : result)
        probability /= sum;
    return result;
}

/// The sum over the images is added to `sum`.
void addGradient(Backend& backend, std::span<const float> parameters, const Dataset& data,
                 std::span<const int> indices, LossGradient& found, std::vector<double>& sum)
{
    backend.gradient(parameters, {.data = &data, .indices = indices}, found);
    for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += static_cast<double>(found.gradient[i]) * static_cast<double>(indices.size());
}

/// One call's backend, parameters and memory.
class CurvatureMeter
{
public:
    CurvatureMeter(Backend& backend, std::span<const float> parameters,
                   const CurvatureOptions& options)
        : m_backend(backend), m_parameters(parameters), m_options(options),
          m_lastLayer({static_cast<int>(backend.architecture().layers().size()) - 1}),
          m_terms(parameters.size()), m_gradient(parameters.size())
    {
    }

    void add(const Dataset& data, std::span<const int> indices)
    {
        addGradient(m_backend, m_parameters, data, indices, m_found, m_gradient);
        const std::vector<float> images = data.imagesAsFloat(indices);
        const LayerOutput logits =
            std::move(m_backend.activations(m_parameters, images, m_lastLayer).front());
        const std::size_t pixels = images.size() / indices.size();
        const std::size_t classes = logits.values.size() / indices.size();
        for (std::size_t i = 0; i < indices.size(); ++i)
            addImage(std::span(images).subspan(i * pixels, pixels),
                     std::span(logits.values).subspan(i * classes, classes));
        m_images += indices.size();
    }

    Curvature result()
    {
        for (double& entry : m_gradient)
            entry /= static_cast<double>(m_images);
        return {m_terms.mean(m_images), std::move(m_gradient), m_terms.count()};
    }

private:
    void addImage(std::span<const float> image, std::span<const float> logits)
    {
        const std::vector<double> probabilities = probabilitiesOf(logits);
        double squares = 0;
        for (const double probability : probabilities)
            squares += probability * probability;
        for (std::size_t c = 0; c < probabilities.size(); ++c) {
            const double pull = probabilities[c] * (squares - 2 * probabilities[c] + 1);
            if (pull < m_options.smallestPull)
                continue;
            const auto label = static_cast<std::uint8_t>(c);
            m_backend.gradient(m_parameters, {.images = image, .labels = std::span(&label, 1)},
                               m_found);
            m_terms.add(m_found.gradient, probabilities[c]);
        }
    }

    Backend& m_backend;
    std::span<const float> m_parameters;
    const CurvatureOptions& m_options;
    std::vector<int> m_lastLayer;
    TermSum m_terms;
    std::vector<double> m_gradient;
    LossGradient m_found;
    std::size_t m_images = 0;
};

} // namespace

std::optional<Curvature> measureCurvature(Backend& backend, std::span<const float> parameters,
                                          const Dataset& data, std::span<const int> indices,
                                          const CurvatureOptions& options, std::stop_token stop)
{
    CurvatureMeter meter(backend, parameters, options);
    for (std::size_t first = 0; first < indices.size(); first += kImagesAtATime) {
        if (stop.stop_requested())
            return std::nullopt;
        meter.add(data, indices.subspan(first, std::min(kImagesAtATime, indices.size() - first)));
    }
    return meter.result();
}

bool meanGradient(Backend& backend, std::span<const float> parameters, const Dataset& data,
                  std::vector<double>& gradient, std::stop_token stop)
{
    std::vector<int> indices(static_cast<std::size_t>(data.size()));
    std::iota(indices.begin(), indices.end(), 0);
    gradient.assign(parameters.size(), 0);
    LossGradient found;
    for (std::size_t first = 0; first < indices.size(); first += kImagesAtATime) {
        if (stop.stop_requested())
            return false;
        addGradient(
            backend, parameters, data,
            std::span(indices).subspan(first, std::min(kImagesAtATime, indices.size() - first)),
            found, gradient);
    }
    for (double& entry : gradient)
        entry /= static_cast<double>(data.size());
    return true;
}

} // namespace core
