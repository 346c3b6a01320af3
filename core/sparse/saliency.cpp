// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sparse/saliency.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace core
{

namespace
{

/// Of the parameters' length, up and down the gradient: as far as single precision needs. Ten times
/// as far, and units that switch on the way outweigh the derivative.
constexpr double kStepLength = 3e-5;

double length(std::span<const float> values)
{
    double squares = 0;
    for (const float value : values)
        squares += static_cast<double>(value) * value;
    return std::sqrt(squares);
}

std::vector<float> moved(std::span<const float> from, std::span<const float> along, double step)
{
    std::vector<float> result(from.begin(), from.end());
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] += static_cast<float>(step * along[i]);
    return result;
}

double sumOfLogits(Backend& backend, std::span<const float> parameters, ImageSpan image)
{
    const int last[] = {static_cast<int>(backend.architecture().layers().size()) - 1};
    const std::vector<LayerOutput> outputs = backend.activations(parameters, image, last);
    const std::vector<float>& logits = outputs.front().values;
    return std::accumulate(logits.begin(), logits.end(), 0.0);
}

} // namespace

std::vector<float> lossGradient(Backend& backend, std::span<const float> parameters,
                                const Dataset& data, std::span<const int> indices)
{
    LossGradient found;
    backend.gradient(parameters, {.data = &data, .indices = indices}, found);
    return std::move(found.gradient);
}

std::vector<double> snipSaliency(std::span<const float> parameters, std::span<const float> gradient)
{
    std::vector<double> saliency(parameters.size());
    for (std::size_t i = 0; i < saliency.size(); ++i)
        saliency[i] = std::abs(static_cast<double>(parameters[i]) * gradient[i]);
    return saliency;
}

std::vector<double> graspSaliency(Backend& backend, std::span<const float> parameters,
                                  std::span<const float> gradient, const Dataset& data,
                                  std::span<const int> indices)
{
    std::vector<double> saliency(parameters.size());
    const double slope = length(gradient);
    if (slope == 0)
        return saliency;
    const double step = kStepLength * length(parameters) / slope;
    const auto above = lossGradient(backend, moved(parameters, gradient, step), data, indices);
    const auto below = lossGradient(backend, moved(parameters, gradient, -step), data, indices);
    for (std::size_t i = 0; i < saliency.size(); ++i)
        saliency[i] = parameters[i] * (static_cast<double>(above[i]) - below[i]) / (2 * step);
    return saliency;
}

std::optional<std::vector<double>> synFlowSaliency(Backend& backend,
                                                   std::span<const float> parameters,
                                                   std::span<const std::uint8_t> mask,
                                                   const std::stop_token& stop)
{
    const InputSpec& input = backend.architecture().input();
    const std::vector<float> ones(static_cast<std::size_t>(input.height * input.width),
                                  static_cast<float>(input.mean + input.deviation));
    std::vector<float> magnitudes(parameters.size());
    for (std::size_t i = 0; i < magnitudes.size(); ++i)
        magnitudes[i] = mask[i] == 0 ? 0.0F : std::abs(parameters[i]);
    const double whole = sumOfLogits(backend, magnitudes, ones);
    std::vector<double> saliency(parameters.size());
    for (std::size_t i = 0; i < saliency.size(); ++i) {
        if (magnitudes[i] == 0)
            continue;
        if (stop.stop_requested())
            return std::nullopt;
        const float magnitude = std::exchange(magnitudes[i], 0.0F);
        saliency[i] = whole - sumOfLogits(backend, magnitudes, ones);
        magnitudes[i] = magnitude;
    }
    return saliency;
}

std::vector<std::uint8_t> maskOfHighest(std::span<const double> saliency,
                                        std::vector<std::size_t> candidates, std::size_t count)
{
    const auto of = [&](std::size_t i) {
        return std::isnan(saliency[i]) ? -std::numeric_limits<double>::infinity() : saliency[i];
    };
    std::ranges::stable_sort(candidates,
                             [&](std::size_t a, std::size_t b) { return of(a) > of(b); });
    std::vector<std::uint8_t> mask(saliency.size());
    candidates.resize(std::min(count, candidates.size()));
    for (const std::size_t kept : candidates)
        mask[kept] = 1;
    return mask;
}

} // namespace core
