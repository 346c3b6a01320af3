// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/mean_activations.h"

#include <algorithm>
#include <numeric>

namespace core
{

namespace
{

constexpr int kBatch = 500;

/// Adds up images that lie one after the other.
void add(std::vector<double>& sum, std::span<const float> images)
{
    for (std::size_t first = 0; first < images.size(); first += sum.size())
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += images[first + i];
}

} // namespace

MeanActivations meanActivations(Backend& backend, std::span<const float> parameters,
                                const Dataset& data, const ProgressObserver& observer,
                                std::stop_token stop)
{
    const Architecture& architecture = backend.architecture();
    const auto layers = static_cast<int>(architecture.layers().size());
    std::vector<int> all(static_cast<std::size_t>(layers));
    std::iota(all.begin(), all.end(), 0);
    MeanActivations means;
    means.input.resize(static_cast<std::size_t>(architecture.inputShape().count()));
    for (const int layer : all)
        means.layers.emplace_back(static_cast<std::size_t>(architecture.outputOf(layer).count()));
    for (int first = 0; first < data.size() && !stop.stop_requested(); first += kBatch) {
        const int count = std::min(kBatch, data.size() - first);
        const auto images = data.imagesAsFloat(first, count);
        const auto outputs = backend.activations(parameters, images, all);
        add(means.input, images);
        for (std::size_t layer = 0; layer < outputs.size(); ++layer)
            add(means.layers[layer], outputs[layer].values);
        means.images += count;
        if (observer)
            observer({"mean activations", static_cast<std::uint64_t>(means.images),
                      static_cast<std::uint64_t>(data.size())});
    }
    const double images = std::max(means.images, 1);
    for (double& pixel : means.input)
        pixel = (pixel / images - architecture.input().mean) / architecture.input().deviation;
    for (auto& layer : means.layers)
        for (double& value : layer)
            value /= images;
    return means;
}

} // namespace core
