// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/layer_chain.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <unordered_map>

namespace core
{

namespace
{

constexpr std::size_t kMostLayers = 500;

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::Input, sentence);
}

/// The tensors of one module, by the last part of their names.
struct Group {
    std::string path;
    std::unordered_map<std::string, std::size_t> tensors;
    std::vector<std::size_t> order;
};

std::vector<Group> groupByPath(const TensorFile& file)
{
    std::vector<Group> groups;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < file.tensors.size(); ++i) {
        const std::string& name = file.tensors[i].name;
        const std::size_t dot = name.rfind('.');
        const std::string path = dot == std::string::npos ? "" : name.substr(0, dot);
        const auto [place, isNew] = places.emplace(path, groups.size());
        if (isNew)
            groups.push_back({path, {}, {}});
        Group& group = groups[place->second];
        group.tensors.emplace(name.substr(dot + 1), i); // npos + 1 is 0
        group.order.push_back(i);
    }
    return groups;
}

std::string listOf(const TensorFile& file, const std::vector<std::size_t>& tensors)
{
    constexpr std::size_t kMost = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(tensors.size(), kMost); ++i) {
        const StoredTensor& tensor = file.tensors[tensors[i]];
        text += fmt::format("{}{} {}", i == 0 ? "" : ", ", inQuotes(tensor.name),
                            describeShape(tensor.shape));
    }
    if (tensors.size() > kMost)
        text += fmt::format(" and {} more", tensors.size() - kMost);
    return text;
}

class LayerFinder
{
public:
    explicit LayerFinder(const TensorFile& file) : m_file(file) {}

    std::vector<FoundLayer> run()
    {
        for (const Group& group : groupByPath(m_file))
            if (!readGroup(group) && !readLoose(group))
                m_unknown.insert(m_unknown.end(), group.order.begin(), group.order.end());
        for (const std::size_t index : m_unknown)
            if (tensor(index).name.ends_with("zero_point"))
                refuse(fmt::format("is quantised (it has {}), expected plain numbers",
                                   listOf(m_file, {index})));
        if (!m_unknown.empty())
            refuse(
                fmt::format("has layers that are not supported: {}; expected convolutions, linear "
                            "layers, batch norms and PReLU",
                            listOf(m_file, m_unknown)));
        if (m_layers.size() > kMostLayers)
            refuse(fmt::format("has {} layers, expected at most {}", m_layers.size(), kMostLayers));
        return std::move(m_layers);
    }

private:
    static std::optional<std::size_t> find(const Group& group, const char* name)
    {
        const auto found = group.tensors.find(name);
        return found == group.tensors.end() ? std::nullopt : std::optional(found->second);
    }

    const StoredTensor& tensor(std::size_t index) const { return m_file.tensors[index]; }

    int extent(std::size_t index, std::size_t dimension) const
    {
        const std::int64_t value = tensor(index).shape[dimension];
        if (value < 1 || value > std::numeric_limits<int>::max())
            refuse(fmt::format("has the tensor {}, whose size makes no sense for a layer",
                               listOf(m_file, {index})));
        return static_cast<int>(value);
    }

    bool isVector(std::optional<std::size_t> index, int size) const
    {
        return index && tensor(*index).shape == std::vector<std::int64_t>{size};
    }

    /// One module with PyTorch's usual names.
    bool readGroup(const Group& group)
    {
        FoundLayer layer;
        layer.path = group.path;
        layer.weight = find(group, "weight");
        layer.bias = find(group, "bias");
        layer.runningMean = find(group, "running_mean");
        layer.runningVariance = find(group, "running_var");
        if (!layer.weight) {
            layer.weight = find(group, "weight_orig");
            layer.mask = find(group, "weight_mask");
        }
        if (!layer.bias) {
            layer.bias = find(group, "bias_orig");
            layer.biasMask = find(group, "bias_mask");
        }
        std::size_t used = find(group, "num_batches_tracked") ? 1 : 0;
        for (const auto& part : {layer.weight, layer.mask, layer.bias, layer.biasMask,
                                 layer.runningMean, layer.runningVariance})
            used += part ? 1 : 0;
        if (used != group.order.size() || !describeLayer(layer))
            return false;
        m_layers.push_back(std::move(layer));
        return true;
    }

    bool describeLayer(FoundLayer& layer) const
    {
        if (layer.runningMean || layer.runningVariance)
            return describeNorm(layer);
        if (!layer.weight || !sameShape(layer.weight, layer.mask) ||
            !sameShape(layer.bias, layer.biasMask))
            return false;
        const auto& shape = tensor(*layer.weight).shape;
        switch (shape.size()) {
        case 4:
            layer.kind = FoundLayer::Kind::Convolution;
            layer.kernelHeight = extent(*layer.weight, 2);
            layer.kernelWidth = extent(*layer.weight, 3);
            break;
        case 2:
            layer.kind = FoundLayer::Kind::Linear;
            break;
        case 1:
            // A scale and a shift without statistics would be a layer or group norm.
            layer.kind = FoundLayer::Kind::Slope;
            layer.outputs = extent(*layer.weight, 0);
            return !layer.bias;
        default:
            return false;
        }
        layer.outputs = extent(*layer.weight, 0);
        layer.inputs = extent(*layer.weight, 1);
        return !layer.bias || isVector(layer.bias, layer.outputs);
    }

    bool sameShape(std::optional<std::size_t> a, std::optional<std::size_t> b) const
    {
        return !b || (a && tensor(*a).shape == tensor(*b).shape);
    }

    bool describeNorm(FoundLayer& layer) const
    {
        if (!layer.runningMean || !layer.runningVariance ||
            tensor(*layer.runningMean).shape.size() != 1 || layer.mask || layer.biasMask)
            return false;
        layer.kind = FoundLayer::Kind::BatchNorm;
        layer.outputs = extent(*layer.runningMean, 0);
        return isVector(layer.runningVariance, layer.outputs) &&
               layer.weight.has_value() == layer.bias.has_value() &&
               (!layer.weight ||
                (isVector(layer.weight, layer.outputs) && isVector(layer.bias, layer.outputs)));
    }

    /// Parameters without modules ("w1", "b1", or just numbers): a layer each weight, to which the
    /// vectors of its length belong: the first as its bias, the next as slopes.
    bool readLoose(const Group& group)
    {
        if (!group.path.empty())
            return false; // a module's: a recurrent layer, an embedding, attention
        std::vector<FoundLayer> layers;
        std::vector<std::pair<std::size_t, std::size_t>> vectors; // layers before it, tensor
        for (const std::size_t index : group.order) {
            const std::size_t rank = tensor(index).shape.size();
            if (rank == 1) {
                vectors.emplace_back(layers.size(), index);
                continue;
            }
            FoundLayer layer;
            layer.path = tensor(index).name;
            layer.weight = index;
            if ((rank != 2 && rank != 4) || !describeLayer(layer))
                return false;
            layers.push_back(std::move(layer));
        }
        std::vector<std::vector<FoundLayer>> slopes(layers.size());
        for (const auto& [before, index] : vectors)
            if (!placeVector(layers, slopes, before, index))
                return false;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            m_layers.push_back(std::move(layers[i]));
            m_layers.insert(m_layers.end(), slopes[i].begin(), slopes[i].end());
        }
        return !layers.empty();
    }

    /// `before` layers stand in front of the vector.
    bool placeVector(std::vector<FoundLayer>& layers, std::vector<std::vector<FoundLayer>>& slopes,
                     std::size_t before, std::size_t index) const
    {
        const auto takesBias = [&](FoundLayer& layer) {
            const bool fits = !layer.bias && isVector(index, layer.outputs);
            if (fits)
                layer.bias = index;
            return fits;
        };
        if (before > 0 && takesBias(layers[before - 1]))
            return true;
        if (before > 0 && isVector(index, layers[before - 1].outputs)) {
            FoundLayer slope;
            slope.kind = FoundLayer::Kind::Slope;
            slope.path = tensor(index).name;
            slope.weight = index;
            slope.outputs = layers[before - 1].outputs;
            slopes[before - 1].push_back(std::move(slope));
            return true;
        }
        return std::ranges::any_of(layers, takesBias);
    }

    const TensorFile& m_file;
    std::vector<FoundLayer> m_layers;
    std::vector<std::size_t> m_unknown;
};

} // namespace

std::vector<FoundLayer> findLayers(const TensorFile& file)
{
    return LayerFinder(file).run();
}

} // namespace core
