// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/class_means.h"

#include <algorithm>
#include <cmath>

namespace core
{

namespace
{

constexpr int kBatch = 500;

/// Welford's update; `deviation` holds the sum of squared differences until finish().
void add(ClassStatistics& statistics, int label, std::span<const float> features)
{
    const int count = ++statistics.count[static_cast<std::size_t>(label)];
    const std::size_t row = static_cast<std::size_t>(label) * features.size();
    for (std::size_t i = 0; i < features.size(); ++i) {
        double& mean = statistics.mean[row + i];
        const double difference = features[i] - mean;
        mean += difference / count;
        statistics.deviation[row + i] += difference * (features[i] - mean);
    }
}

void finish(ClassStatistics& statistics)
{
    const auto features = static_cast<std::size_t>(statistics.features());
    for (std::size_t i = 0; i < statistics.deviation.size(); ++i) {
        const int count = statistics.count[i / features];
        if (count > 0)
            statistics.deviation[i] = std::sqrt(statistics.deviation[i] / count);
    }
}

} // namespace

ClassStatistics classMeans(Backend& backend, const Model& model, const Dataset& data, Stage stage,
                           const ProgressObserver& observer, std::stop_token stop)
{
    const int layer = model.architecture.featureLayer(stage);
    ClassStatistics statistics;
    statistics.data = data.description();
    statistics.stage = stage;
    statistics.shape = model.architecture.outputOf(layer);
    const int labels =
        std::max(model.architecture.classes(),
                 data.labels.empty() ? 0 : *std::ranges::max_element(data.labels) + 1);
    const auto features = static_cast<std::size_t>(statistics.features());
    statistics.count.resize(static_cast<std::size_t>(labels));
    statistics.mean.resize(statistics.count.size() * features);
    statistics.deviation.resize(statistics.mean.size());

    for (int first = 0; first < data.size() && !stop.stop_requested(); first += kBatch) {
        const int count = std::min(kBatch, data.size() - first);
        const auto outputs = backend.activations(model.parameters.values(),
                                                 data.imagesAsFloat(first, count), {{layer}});
        const std::span<const float> values = outputs.front().values;
        for (int i = 0; i < count; ++i)
            add(statistics, data.labels[static_cast<std::size_t>(first + i)],
                values.subspan(static_cast<std::size_t>(i) * features, features));
        if (observer)
            observer({"class means", static_cast<std::uint64_t>(first + count),
                      static_cast<std::uint64_t>(data.size())});
    }
    finish(statistics);
    return statistics;
}

} // namespace core
