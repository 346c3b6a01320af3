// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/attribution.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <fmt/format.h>

namespace core
{

namespace
{

constexpr int kBatch = 500;

int lastLayer(const Architecture& architecture)
{
    return static_cast<int>(architecture.layers().size()) - 1;
}

void checkLabel(const Architecture& architecture, int label)
{
    if (label < 0 || label >= architecture.classes())
        throw Error(ErrorKind::Usage, fmt::format("logit {}: the network has logits 0 to {}", label,
                                                  architecture.classes() - 1));
}

/// Of what the linear layer reads, before it was flattened.
Shape featureShape(const Architecture& architecture, int linear)
{
    const Shape shape = architecture.featureShape();
    const Shape read = architecture.inputOf(linear);
    return architecture.featureLayer() < linear && shape.count() == read.count() ? shape : read;
}

/// What the first layer gets.
std::vector<float> scaled(const InputSpec& input, ImageSpan image)
{
    std::vector<float> result;
    result.reserve(image.size());
    for (const float pixel : image)
        result.push_back(static_cast<float>((pixel - input.mean) / input.deviation));
    return result;
}

/// Places of a cover along one side.
int places(int size, int patch, int stride)
{
    return (size - patch) / stride + 1;
}

void checkCover(const InputSpec& input, const OcclusionOptions& options)
{
    if (options.patch < 1 || options.patch > std::min(input.height, input.width))
        throw Error(ErrorKind::Usage,
                    fmt::format("a cover of {} pixels: expected 1 to {}", options.patch,
                                std::min(input.height, input.width)));
    if (options.stride < 1)
        throw Error(ErrorKind::Usage,
                    fmt::format("a stride of {}: expected 1 or more", options.stride));
}

/// The image with a cover at each of the places first ... first + count - 1.
std::vector<float> covered(ImageSpan image, int width, const OcclusionOptions& options,
                           const OcclusionMap& map, int first, int count)
{
    std::vector<float> images;
    images.reserve(image.size() * static_cast<std::size_t>(count));
    for (int place = first; place < first + count; ++place) {
        const auto start = static_cast<std::ptrdiff_t>(images.size());
        images.insert(images.end(), image.begin(), image.end());
        const int top = place / map.columns * options.stride;
        const int left = place % map.columns * options.stride;
        for (int row = top; row < top + options.patch; ++row)
            std::fill_n(images.begin() + start + row * width + left, options.patch, options.fill);
    }
    return images;
}

std::vector<double> meanPerPixel(const OcclusionMap& map, const InputSpec& input,
                                 const OcclusionOptions& options)
{
    const auto area = static_cast<std::size_t>(input.height * input.width);
    std::vector<double> sum(area);
    std::vector<int> count(area);
    for (int place = 0; place < map.rows * map.columns; ++place)
        for (int i = 0; i < options.patch * options.patch; ++i) {
            const int row = place / map.columns * options.stride + i / options.patch;
            const int column = place % map.columns * options.stride + i % options.patch;
            const auto pixel = static_cast<std::size_t>(row * input.width + column);
            sum[pixel] += map.drops[static_cast<std::size_t>(place)];
            ++count[pixel];
        }
    for (std::size_t pixel = 0; pixel < area; ++pixel)
        sum[pixel] /= std::max(count[pixel], 1);
    return sum;
}

} // namespace

double LogitTerms::sum(int label) const
{
    double sum = bias[static_cast<std::size_t>(label)];
    for (int feature = 0; feature < count(); ++feature)
        sum += term(label, feature);
    return sum;
}

LogitTerms logitTerms(Backend& backend, const Model& model, ImageSpan image)
{
    const Architecture& architecture = model.architecture;
    const int linear = architecture.units().empty() ? 0 : architecture.units().back().weightLayer;
    if (!std::holds_alternative<Linear>(architecture.layers()[static_cast<std::size_t>(linear)]))
        throw Error(ErrorKind::Usage,
                    "the network's last layer with weights is a convolution, expected a linear "
                    "one, whose terms add up to the logits");
    LogitTerms result;
    result.shape = featureShape(architecture, linear);
    const auto layers = linear == 0 ? std::vector{linear} : std::vector{linear, linear - 1};
    auto outputs = backend.activations(model.parameters.values(), image, layers);
    result.logits = std::move(outputs.front().values);
    result.features =
        linear == 0 ? scaled(architecture.input(), image) : std::move(outputs.back().values);
    const auto weights = model.parameters.of(*model.parameters.find(linear, ParameterRole::Weight));
    const ParameterSlice* bias = model.parameters.find(linear, ParameterRole::Bias);
    assert(weights.size() == result.logits.size() * result.features.size());
    for (std::size_t label = 0; label < result.logits.size(); ++label) {
        result.bias.push_back(bias ? model.parameters.of(*bias)[label] : 0.0F);
        for (std::size_t i = 0; i < result.features.size(); ++i)
            result.terms.push_back(
                static_cast<double>(weights[label * result.features.size() + i]) *
                result.features[i]);
    }
    return result;
}

OcclusionMap occlusion(Backend& backend, const Model& model, ImageSpan image, int label,
                       const OcclusionOptions& options, std::stop_token stop)
{
    const InputSpec& input = model.architecture.input();
    checkLabel(model.architecture, label);
    checkCover(input, options);
    const int layer = lastLayer(model.architecture);
    const auto classes = static_cast<std::size_t>(model.architecture.classes());
    const auto logitsOf = [&](ImageSpan images) {
        return backend.activations(model.parameters.values(), images, std::span(&layer, 1))
            .front()
            .values;
    };
    OcclusionMap map;
    map.label = label;
    map.logit = logitsOf(image)[static_cast<std::size_t>(label)];
    map.rows = places(input.height, options.patch, options.stride);
    map.columns = places(input.width, options.patch, options.stride);
    const int total = map.rows * map.columns;
    for (int first = 0; first < total && !stop.stop_requested(); first += kBatch) {
        const int count = std::min(kBatch, total - first);
        const auto logits = logitsOf(covered(image, input.width, options, map, first, count));
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            map.drops.push_back(map.logit - logits[i * classes + static_cast<std::size_t>(label)]);
    }
    map.stopped = map.drops.size() < static_cast<std::size_t>(total);
    map.drops.resize(static_cast<std::size_t>(total));
    map.perPixel = meanPerPixel(map, input, options);
    return map;
}

GradientMap gradientAttribution(Backend& backend, const Model& model, ImageSpan image, int label)
{
    checkLabel(model.architecture, label);
    const std::array objective = {Objective{lastLayer(model.architecture), label, 0}};
    const ImageGradient found = backend.imageGradient(model.parameters.values(), objective, image);
    GradientMap map;
    map.label = label;
    map.logit = found.values.front();
    map.gradient = found.gradient;
    for (std::size_t pixel = 0; pixel < image.size(); ++pixel)
        map.timesInput.push_back(found.gradient[pixel] * image[pixel]);
    return map;
}

} // namespace core
