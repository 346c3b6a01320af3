// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/top_examples.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

constexpr int kBatch = 500;

void check(const Architecture& architecture, const ExampleSubject& subject)
{
    const auto layers = static_cast<int>(architecture.layers().size());
    if (subject.layer < 0 || subject.layer >= layers)
        throw Error(ErrorKind::Usage, fmt::format("layer {}: the network has layers 0 to {}",
                                                  subject.layer, layers - 1));
    const Shape shape = architecture.outputOf(subject.layer);
    if (subject.channel < 0 || subject.channel >= shape.channels)
        throw Error(ErrorKind::Usage, fmt::format("channel {}: the layer has channels 0 to {}",
                                                  subject.channel, shape.channels - 1));
    if (subject.position && (*subject.position < 0 || *subject.position >= shape.area()))
        throw Error(ErrorKind::Usage, fmt::format("position {}: the channel has positions 0 to {}",
                                                  *subject.position, shape.area() - 1));
}

/// Each seen image's value, and where in the map it is.
struct Values {
    std::vector<float> value;
    std::vector<int> position;
};

void add(Values& values, const ExampleSubject& subject, std::span<const float> map)
{
    const int position = subject.position
                             ? *subject.position
                             : static_cast<int>(std::ranges::max_element(map) - map.begin());
    values.value.push_back(map[static_cast<std::size_t>(position)]);
    values.position.push_back(position);
}

Values collect(Backend& backend, const Model& model, const Dataset& data,
               const ExampleSubject& subject, const ProgressObserver& observer,
               const std::stop_token& stop)
{
    const Shape shape = model.architecture.outputOf(subject.layer);
    const auto area = static_cast<std::size_t>(shape.area());
    Values values;
    for (int first = 0; first < data.size() && !stop.stop_requested(); first += kBatch) {
        const int count = std::min(kBatch, data.size() - first);
        const auto outputs =
            backend.activations(model.parameters.values(), data.imagesAsFloat(first, count),
                                std::span(&subject.layer, 1));
        const std::span<const float> all = outputs.front().values;
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            add(values, subject,
                all.subspan((i * static_cast<std::size_t>(shape.channels) +
                             static_cast<std::size_t>(subject.channel)) *
                                area,
                            area));
        if (observer)
            observer({"examples", static_cast<std::uint64_t>(first + count),
                      static_cast<std::uint64_t>(data.size())});
    }
    return values;
}

/// The first `count` images by `before(value, other value)`; of equal ones the first. Those without
/// a finite value can't be compared.
template<typename Before>
std::vector<int> firstBy(const std::vector<float>& values, int count, Before before)
{
    std::vector<int> order;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::isfinite(values[i]))
            order.push_back(static_cast<int>(i));
    const auto end = order.begin() + std::clamp(count, 0, static_cast<int>(order.size()));
    std::ranges::partial_sort(order, end, [&](int a, int b) {
        const float valueA = values[static_cast<std::size_t>(a)];
        const float valueB = values[static_cast<std::size_t>(b)];
        return valueA == valueB ? a < b : before(valueA, valueB);
    });
    order.erase(end, order.end());
    return order;
}

std::vector<Example> examples(const std::vector<int>& images, const Values& values,
                              const Model& model, const Dataset& data, int layer)
{
    const int width = model.architecture.outputOf(layer).width;
    std::vector<Example> result;
    for (const int image : images) {
        const auto i = static_cast<std::size_t>(image);
        const int row = values.position[i] / width;
        const int column = values.position[i] % width;
        result.push_back({image, data.labels[i], values.value[i], row, column,
                          receptiveWindow(model.architecture, layer, row, column)});
    }
    return result;
}

} // namespace

TopExamples topExamples(Backend& backend, const Model& model, const Dataset& data,
                        const ExampleSubject& subject, const TopExamplesOptions& options,
                        const ProgressObserver& observer, std::stop_token stop)
{
    check(model.architecture, subject);
    const Values values = collect(backend, model, data, subject, observer, stop);
    TopExamples result;
    result.data = data.description();
    result.images = static_cast<int>(values.value.size());
    result.stopped = result.images < data.size();
    result.strongest = examples(firstBy(values.value, options.count, std::greater<>()), values,
                                model, data, subject.layer);
    result.weakest = examples(firstBy(values.value, options.count, std::less<>()), values, model,
                              data, subject.layer);
    const auto labels = std::span(data.labels).first(values.value.size());
    const int classes = std::max(model.architecture.classes(),
                                 labels.empty() ? 0 : *std::ranges::max_element(labels) + 1);
    result.distribution = distributionOf(values.value, labels, classes, std::max(options.bins, 1));
    return result;
}

} // namespace core
