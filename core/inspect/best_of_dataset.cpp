// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/best_of_dataset.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace core
{

namespace
{

constexpr int kBatch = 500;

/// The objective's value for one image, given that image's part of the layer's output.
float valueOf(const Objective& objective, const Shape& shape, std::span<const float> output)
{
    const auto area = static_cast<std::size_t>(shape.area());
    const auto map = output.subspan(static_cast<std::size_t>(objective.channel) * area, area);
    if (objective.position)
        return map[static_cast<std::size_t>(*objective.position)];
    return std::accumulate(map.begin(), map.end(), 0.0F) / static_cast<float>(area);
}

} // namespace

std::vector<BestImage> bestOfDataset(Backend& backend, const Model& model, const Dataset& data,
                                     std::span<const Objective> objectives, std::stop_token stop)
{
    std::set<int> wanted;
    for (const Objective& objective : objectives)
        wanted.insert(objective.layer);
    const std::vector<int> layers(wanted.begin(), wanted.end());

    std::vector<BestImage> best(objectives.size());
    for (int first = 0; first < data.size() && !stop.stop_requested(); first += kBatch) {
        const int count = std::min(kBatch, data.size() - first);
        const auto outputs = backend.activations(model.parameters.values(),
                                                 data.imagesAsFloat(first, count), layers);
        for (std::size_t o = 0; o < objectives.size(); ++o) {
            const auto output =
                std::ranges::find(outputs, objectives[o].layer, &LayerOutput::layer);
            const auto size = static_cast<std::size_t>(output->shape.count());
            for (int i = 0; i < count; ++i) {
                const auto part =
                    std::span(output->values).subspan(static_cast<std::size_t>(i) * size, size);
                const float value = valueOf(objectives[o], output->shape, part);
                if (best[o].image < 0 || value > best[o].value)
                    best[o] = {first + i, value};
            }
        }
    }
    return best;
}

} // namespace core
