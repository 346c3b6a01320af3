// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/logits.h"

#include <algorithm>
#include <cmath>

namespace core
{

std::optional<std::vector<float>> logitsOf(Backend& backend, std::span<const float> parameters,
                                           const Dataset& data, const std::stop_token& stop)
{
    constexpr int kImagesAtATime = 500;
    const int last[] = {static_cast<int>(backend.architecture().layers().size()) - 1};
    std::vector<float> logits;
    for (int first = 0; first < data.size(); first += kImagesAtATime) {
        if (stop.stop_requested())
            return std::nullopt;
        const int count = std::min(kImagesAtATime, data.size() - first);
        const auto outputs =
            backend.activations(parameters, data.imagesAsFloat(first, count), last);
        const std::vector<float>& some = outputs.front().values;
        logits.insert(logits.end(), some.begin(), some.end());
    }
    return logits;
}

std::vector<float> softened(std::span<const float> logits, int classes, double temperature)
{
    std::vector<float> probabilities(logits.size());
    const auto width = static_cast<std::size_t>(classes);
    for (std::size_t first = 0; first + width <= logits.size(); first += width) {
        const std::span<const float> row = logits.subspan(first, width);
        const double highest = *std::ranges::max_element(row);
        const auto share = [&](float logit) { return std::exp((logit - highest) / temperature); };
        double sum = 0;
        for (const float logit : row)
            sum += share(logit);
        for (std::size_t i = 0; i < width; ++i)
            probabilities[first + i] = static_cast<float>(share(row[i]) / sum);
    }
    return probabilities;
}

} // namespace core
