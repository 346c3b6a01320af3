// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/comparison.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace core
{

namespace
{

/// What a tensor is for, independently of how its file numbers the layers.
struct TensorKey {
    std::string unit; ///< "conv1"; "logits" may be the third unit of one network, another's fourth
    ParameterRole role = ParameterRole::Weight;
    int ordinal = 0; ///< among those of the same unit and role
    bool operator==(const TensorKey&) const = default;
};

std::string unitOf(const Architecture& architecture, int layer)
{
    std::string name;
    for (const Unit& unit : architecture.units())
        if (name.empty() || unit.weightLayer <= layer)
            name = unit.name;
    return name;
}

/// Trainable tensors with their keys.
struct KeyedTensor {
    TensorKey key;
    const ParameterSlice* slice = nullptr;
};

std::vector<KeyedTensor> keyedTensors(const Model& model)
{
    std::vector<KeyedTensor> tensors;
    for (const ParameterSlice& slice : model.parameters.slices()) {
        if (!isTrainable(slice.role))
            continue;
        TensorKey key{unitOf(model.architecture, slice.layer), slice.role, 0};
        while (std::ranges::find(tensors, key, &KeyedTensor::key) != tensors.end())
            ++key.ordinal;
        tensors.push_back({std::move(key), &slice});
    }
    return tensors;
}

void compareEntries(TensorDifference& difference, std::span<const float> a,
                    std::span<const float> b)
{
    difference.comparable = true;
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const bool inA = a[i] != 0.0F;
        const bool inB = b[i] != 0.0F;
        ++(inA ? (inB ? difference.mask.both : difference.mask.onlyA)
               : (inB ? difference.mask.onlyB : difference.mask.neither));
        const double apart = std::abs(static_cast<double>(b[i]) - a[i]);
        difference.changed += a[i] == b[i] ? 0 : 1;
        difference.maximum = std::max(difference.maximum, apart);
        sum += apart;
        squares += apart * apart;
    }
    difference.mean = a.empty() ? 0.0 : sum / static_cast<double>(a.size());
    difference.distance = std::sqrt(squares);
}

void count(AgreementCounts& counts, int label, int a, int b)
{
    ++counts.images;
    counts.agree += a == b ? 1 : 0;
    ++(a == label ? (b == label ? counts.both : counts.onlyA)
                  : (b == label ? counts.onlyB : counts.neither));
}

void checkComparable(const Model& a, const Model& b)
{
    if (a.architecture.classes() != b.architecture.classes())
        throw Error(ErrorKind::Input,
                    fmt::format("{} has {} classes and {} has {}: their answers can't be compared",
                                a.name, a.architecture.classes(), b.name,
                                b.architecture.classes()));
    const Shape inA = a.architecture.inputShape();
    const Shape inB = b.architecture.inputShape();
    if (inA != inB)
        throw Error(ErrorKind::Input,
                    fmt::format("{} reads images of {}x{} and {} of {}x{}: they can't be compared "
                                "on the same ones",
                                a.name, inA.height, inA.width, b.name, inB.height, inB.width));
}

} // namespace

std::vector<TensorDifference> parameterDifference(const Model& a, const Model& b)
{
    const auto inA = keyedTensors(a);
    const auto inB = keyedTensors(b);
    std::vector<TensorDifference> differences;
    for (const KeyedTensor& tensor : inA) {
        TensorDifference difference;
        difference.nameA = tensor.slice->name;
        difference.shapeA = tensor.slice->shape;
        const auto other = std::ranges::find(inB, tensor.key, &KeyedTensor::key);
        if (other != inB.end()) {
            difference.nameB = other->slice->name;
            difference.shapeB = other->slice->shape;
            if (difference.shapeA == difference.shapeB)
                compareEntries(difference, a.parameters.of(*tensor.slice),
                               b.parameters.of(*other->slice));
        }
        differences.push_back(std::move(difference));
    }
    for (const KeyedTensor& tensor : inB) {
        if (std::ranges::find(inA, tensor.key, &KeyedTensor::key) != inA.end())
            continue;
        TensorDifference difference;
        difference.nameB = tensor.slice->name;
        difference.shapeB = tensor.slice->shape;
        differences.push_back(std::move(difference));
    }
    return differences;
}

MaskCounts maskDifference(std::span<const TensorDifference> tensors)
{
    MaskCounts sum;
    for (const TensorDifference& tensor : tensors) {
        sum.both += tensor.mask.both;
        sum.onlyA += tensor.mask.onlyA;
        sum.onlyB += tensor.mask.onlyB;
        sum.neither += tensor.mask.neither;
    }
    return sum;
}

PredictionComparison comparePredictions(const Evaluation& a, const Evaluation& b,
                                        std::span<const std::uint8_t> labels, int classes)
{
    const auto size = static_cast<std::size_t>(classes);
    PredictionComparison comparison;
    comparison.classes = classes;
    comparison.perClass.resize(size);
    comparison.confusionDifference.resize(size * size);
    const std::size_t images =
        std::min({a.predictions.size(), b.predictions.size(), labels.size()});
    for (std::size_t i = 0; i < images; ++i) {
        const std::size_t label = labels[i];
        const int inA = a.predictions[i];
        const int inB = b.predictions[i];
        count(comparison.total, static_cast<int>(label), inA, inB);
        if (inA != inB)
            comparison.disagreements.push_back(
                {static_cast<int>(i), static_cast<int>(label), inA, inB});
        if (label >= size)
            continue; // a digit that the networks have no answer for
        count(comparison.perClass[label], static_cast<int>(label), inA, inB);
        --comparison.confusionDifference[label * size + static_cast<std::size_t>(inA)];
        ++comparison.confusionDifference[label * size + static_cast<std::size_t>(inB)];
    }
    return comparison;
}

Comparison compareModels(Backend& backendA, const Model& a, Backend& backendB, const Model& b,
                         const Dataset& data, const ComparisonOptions& options,
                         const ProgressObserver& observer, std::stop_token stop)
{
    checkComparable(a, b);
    const auto report = [&](std::uint64_t done) {
        if (observer)
            observer({"evaluations", done, 2});
    };
    Comparison comparison;
    comparison.data = data.description();
    comparison.nonzeroA = a.parameters.nonzero();
    comparison.nonzeroB = b.parameters.nonzero();
    comparison.tensors = parameterDifference(a, b);
    comparison.mask = maskDifference(comparison.tensors);
    comparison.a = backendA.evaluate(a.parameters.values(), data, stop);
    report(1);
    comparison.b = backendB.evaluate(b.parameters.values(), data, stop);
    report(2);
    comparison.predictions =
        comparePredictions(comparison.a, comparison.b, data.labels, a.architecture.classes());
    comparison.units =
        matchUnits(backendA, a, backendB, b, data, options.matchingImages, observer, stop);
    comparison.stopped = stop.stop_requested();
    return comparison;
}

} // namespace core
