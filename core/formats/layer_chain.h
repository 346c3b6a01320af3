// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/stored_network.h"
#include "core/model/architecture.h"

#include <optional>
#include <string>
#include <vector>

namespace core
{

/// The tensors of one layer, as their names and shapes say.
struct FoundLayer {
    enum class Kind { Convolution, Linear, BatchNorm, Slope };
    Kind kind = Kind::Convolution;
    std::string path; ///< "features.0"
    int outputs = 0;  ///< channels; slopes
    int inputs = 0;   ///< of Convolution (in one group) and Linear
    int kernelHeight = 1;
    int kernelWidth = 1;
    // Indices into the file's tensors.
    std::optional<std::size_t> weight; ///< also scale and slope
    std::optional<std::size_t> mask;   ///< what torch.nn.utils.prune multiplies the weight by
    std::optional<std::size_t> bias;   ///< also shift
    std::optional<std::size_t> biasMask;
    std::optional<std::size_t> runningMean;
    std::optional<std::size_t> runningVariance;
};

/// Layers with tensors, in the order in which data flows through them.
struct LayerChain {
    std::vector<FoundLayer> weights; ///< convolutions, then linear layers
    std::vector<int> groups;         ///< of each of them
    std::vector<FoundLayer> norms;
    std::vector<int>
        normBehind; ///< for each norm: the weight layer that it stands behind; -1: none
    std::vector<FoundLayer> slopes;
    std::vector<int> slopeBehind;
};

/// Groups the tensors by layer. Throws Error(Input) naming the tensors that belong to no layer we
/// know.
std::vector<FoundLayer> findLayers(const TensorFile& file);

/// Puts the layers in order: as they stand in the file if each reads what the one before gives,
/// else by name, else by whatever order fits. Throws Error(Input) where they form no image
/// classifier: fully connected, for colour images, branching.
LayerChain chainLayers(std::vector<FoundLayer> layers);

/// "conv1" [4,1,4,4], "fc" [10,36]: for error messages.
std::string describeWeights(const std::vector<FoundLayer>& weights);

} // namespace core
