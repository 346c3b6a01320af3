// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layer_chain.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace core
{

namespace
{

constexpr int kFewestClasses = 10;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

bool isWeight(const FoundLayer& layer)
{
    return layer.kind == FoundLayer::Kind::Convolution || layer.kind == FoundLayer::Kind::Linear;
}

bool isConvolution(const FoundLayer& layer)
{
    return layer.kind == FoundLayer::Kind::Convolution;
}

std::string describe(const FoundLayer& layer)
{
    if (isConvolution(layer))
        return fmt::format("{} [{},{},{},{}]", inQuotes(layer.path), layer.outputs, layer.inputs,
                           layer.kernelHeight, layer.kernelWidth);
    return fmt::format("{} [{},{}]", inQuotes(layer.path), layer.outputs, layer.inputs);
}

/// Groups of a convolution that reads `channels`; 0 where it can't.
int groupsFor(const FoundLayer& layer, int channels)
{
    if (layer.inputs < 1 || channels % layer.inputs != 0)
        return 0;
    const int groups = channels / layer.inputs;
    return layer.outputs % groups == 0 ? groups : 0;
}

/// What the layer behind `before` must read. A linear layer behind a convolution reads all of its
/// maps, whose size is not known here.
bool fitsBehind(const FoundLayer* before, const FoundLayer& layer)
{
    if (before == nullptr)
        return isConvolution(layer) && layer.inputs == 1;
    if (isConvolution(layer))
        return isConvolution(*before) && groupsFor(layer, before->outputs) > 0;
    if (isConvolution(*before))
        return layer.inputs % before->outputs == 0;
    return layer.inputs == before->outputs;
}

bool isChain(const std::vector<FoundLayer>& weights)
{
    const FoundLayer* before = nullptr;
    for (const FoundLayer& layer : weights) {
        if (!fitsBehind(before, layer))
            return false;
        before = &layer;
    }
    return true;
}

/// "conv10" behind "conv9".
bool naturallyBefore(const std::string& a, const std::string& b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    const auto digitsAt = [](const std::string& text, std::size_t at) {
        const std::size_t end = text.find_first_not_of("0123456789", at);
        return (end == std::string::npos ? text.size() : end) - at;
    };
    while (i < a.size() && j < b.size()) {
        const std::size_t m = digitsAt(a, i);
        const std::size_t n = digitsAt(b, j);
        if (m > 0 && n > 0) {
            if (m != n)
                return m < n;
            if (const int order = a.compare(i, m, b, j, n); order != 0)
                return order < 0;
            i += m;
            j += n;
        } else {
            if (a[i] != b[j])
                return a[i] < b[j];
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j;
}

/// Depth-first search for an order in which each layer reads what the one before gives.
class OrderSearch
{
public:
    explicit OrderSearch(std::vector<FoundLayer> layers)
        : m_layers(std::move(layers)), m_used(m_layers.size(), false)
    {
    }

    std::optional<std::vector<FoundLayer>> run()
    {
        if (!extend())
            return std::nullopt;
        return m_order;
    }

private:
    bool extend() // recursion as deep as there are layers, of which there are a few hundred at most
    {
        constexpr int kMostSteps = 20'000;
        if (m_order.size() == m_layers.size())
            return true;
        if (++m_steps > kMostSteps)
            return false;
        for (std::size_t i = 0; i < m_layers.size(); ++i) {
            const FoundLayer* before = m_order.empty() ? nullptr : &m_order.back();
            if (m_used[i] || !fitsBehind(before, m_layers[i]) || !exact(before, m_layers[i]))
                continue;
            m_used[i] = true;
            m_order.push_back(m_layers[i]);
            if (extend())
                return true;
            m_order.pop_back();
            m_used[i] = false;
        }
        return false;
    }

    /// Without the freedom of groups, of which any number could be imagined.
    static bool exact(const FoundLayer* before, const FoundLayer& layer)
    {
        return before == nullptr || !isConvolution(layer) || layer.inputs == before->outputs;
    }

    std::vector<FoundLayer> m_layers;
    std::vector<bool> m_used;
    std::vector<FoundLayer> m_order;
    int m_steps = 0;
};

std::optional<std::vector<FoundLayer>> orderedWeights(std::vector<FoundLayer> weights)
{
    if (isChain(weights))
        return weights;
    const auto asStored = weights;
    std::ranges::stable_sort(weights, [](const FoundLayer& a, const FoundLayer& b) {
        if (isConvolution(a) != isConvolution(b))
            return isConvolution(a);
        return naturallyBefore(a.path, b.path);
    });
    if (isChain(weights))
        return weights;
    return OrderSearch(asStored).run();
}

[[noreturn]] void refuseUnchained(const std::vector<FoundLayer>& weights)
{
    const auto convolution = std::ranges::find_if(weights, isConvolution);
    if (convolution == weights.end())
        refuse(fmt::format("is a fully connected network ({}), expected one with convolutions",
                           describeWeights(weights)));
    const bool readsGrey = std::ranges::any_of(
        weights, [](const FoundLayer& w) { return isConvolution(w) && w.inputs == 1; });
    if (!readsGrey)
        refuse(fmt::format("reads images of {} channels{} ({}), expected grey images of 1 channel",
                           convolution->inputs, convolution->inputs == 3 ? " (colour)" : "",
                           describe(*convolution)));
    refuse(
        fmt::format("has layers that don't follow one another from a grey image to its classes: {}",
                    describeWeights(weights)));
}

/// The end of a path, which often numbers it: "bn2" stands with "conv2".
std::string trailingDigits(const std::string& path)
{
    const std::size_t end = path.find_last_not_of("0123456789");
    return path.substr(end == std::string::npos ? 0 : end + 1);
}

/// Whether a batch norm or a PReLU may stand behind weight layer `place`; -1: before all of them.
bool mayStandBehind(const FoundLayer& extra, const std::vector<FoundLayer>& weights, int place)
{
    if (extra.kind == FoundLayer::Kind::Slope && extra.outputs == 1)
        return true;
    return extra.outputs == (place < 0 ? 1 : weights[static_cast<std::size_t>(place)].outputs);
}

/// Whether each extra fits behind the layer that it follows in the file, one each.
bool standAsStored(const std::vector<FoundLayer>& extras, const std::vector<FoundLayer>& weights,
                   const std::vector<int>& places)
{
    int last = -2;
    for (std::size_t e = 0; e < extras.size(); ++e) {
        if (places[e] <= last || !mayStandBehind(extras[e], weights, places[e]))
            return false;
        last = places[e];
    }
    return true;
}

/// For extras that were registered apart from the layers: in the order of their names, the layer
/// with the same number, else the first that fits. Empty where there is none.
std::vector<int> placesByName(std::vector<FoundLayer>& extras,
                              const std::vector<FoundLayer>& weights)
{
    std::ranges::stable_sort(extras, naturallyBefore, &FoundLayer::path);
    std::vector<int> places;
    for (const FoundLayer& extra : extras) {
        int place = -1;
        const std::string number = trailingDigits(extra.path);
        for (int w = places.empty() ? 0 : places.back() + 1; w < static_cast<int>(weights.size());
             ++w) {
            if (!mayStandBehind(extra, weights, w))
                continue;
            const FoundLayer& weight = weights[static_cast<std::size_t>(w)];
            const bool sameNumber =
                !number.empty() && isConvolution(weight) && number == trailingDigits(weight.path);
            if (place < 0 || sameNumber)
                place = w;
            if (sameNumber)
                break;
        }
        if (place < 0)
            return {};
        places.push_back(place);
    }
    return places;
}

} // namespace

std::string describeWeights(const std::vector<FoundLayer>& weights)
{
    constexpr std::size_t kMost = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(weights.size(), kMost); ++i)
        text += (i == 0 ? "" : ", ") + describe(weights[i]);
    return weights.size() > kMost ? text + ", ..." : text;
}

LayerChain chainLayers(std::vector<FoundLayer> layers)
{
    LayerChain chain;
    std::vector<std::string> paths; // of the weight layers, in the file's order
    std::vector<std::string> normAfter;
    std::vector<std::string> slopeAfter;
    for (FoundLayer& layer : layers) {
        const std::string before = paths.empty() ? "" : paths.back();
        if (isWeight(layer)) {
            paths.push_back(layer.path);
            chain.weights.push_back(std::move(layer));
        } else if (layer.kind == FoundLayer::Kind::BatchNorm) {
            chain.norms.push_back(std::move(layer));
            normAfter.push_back(before);
        } else {
            chain.slopes.push_back(std::move(layer));
            slopeAfter.push_back(before);
        }
    }
    if (chain.weights.empty())
        refuse("has no convolution and no linear layer");
    auto ordered = orderedWeights(chain.weights);
    if (!ordered)
        refuseUnchained(chain.weights);
    chain.weights = std::move(*ordered);
    if (chain.weights.back().outputs < kFewestClasses)
        refuse(fmt::format("ends in {} values ({}), expected at least {} classes",
                           chain.weights.back().outputs, describe(chain.weights.back()),
                           kFewestClasses));
    int channels = 1;
    for (const FoundLayer& layer : chain.weights) {
        chain.groups.push_back(isConvolution(layer) ? groupsFor(layer, channels) : 1);
        channels = layer.outputs;
    }

    const auto indexOf = [&chain](const std::string& path) {
        for (std::size_t i = 0; i < chain.weights.size(); ++i)
            if (chain.weights[i].path == path)
                return static_cast<int>(i);
        return -1;
    };
    const auto place = [&](std::vector<FoundLayer>& extras, const std::vector<std::string>& after,
                           const char* what) {
        std::vector<std::size_t> order(extras.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return indexOf(after[i]); });
        std::vector<FoundLayer> sorted;
        std::vector<int> hints;
        for (const std::size_t i : order) {
            sorted.push_back(std::move(extras[i]));
            hints.push_back(indexOf(after[i]));
        }
        extras = std::move(sorted);
        if (standAsStored(extras, chain.weights, hints))
            return hints;
        auto places = placesByName(extras, chain.weights);
        if (places.size() != extras.size())
            refuse(fmt::format("has {} {} that fit behind none of its layers ({})", extras.size(),
                               what, describeWeights(chain.weights)));
        return places;
    };
    chain.normBehind = place(chain.norms, normAfter, "batch norms");
    chain.slopeBehind = place(chain.slopes, slopeAfter, "PReLU slopes");
    return chain;
}

} // namespace core
