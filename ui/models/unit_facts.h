// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation.h"
#include "core/model/model.h"
#include "ui/selection.h"

#include <optional>
#include <vector>

namespace ui
{

/// The weights that one output channel has for one input channel.
struct WeightMap {
    int input = 0; ///< the input channel
    int height = 0;
    int width = 0;
    std::vector<float> values; ///< [height, width]
};

/// Of a convolution the kernels, one an input channel; of a linear layer its row, in the shape of
/// what was flattened.
std::vector<WeightMap> weightMaps(const core::Model& model, int unit, int channel);

std::optional<float> biasOf(const core::Model& model, int unit, int channel);
/// Of the unit's PReLU; absent where there is none.
std::optional<float> slopeOf(const core::Model& model, int unit, int channel);

/// The index of the selected feature neuron; absent if the selection is not one.
std::optional<int> selectedFeature(const core::Architecture& architecture,
                                   const Selection& selection);

/// The last linear layer's weights from a feature neuron to each class; empty without such a layer.
std::vector<float> weightsToClasses(const core::Model& model, int feature);

/// What ablating the selection takes away: the selected feature neuron, else the channel; absent
/// where none is selected.
std::optional<core::AblationTarget> ablationTarget(const core::Architecture& architecture,
                                                   const Selection& selection);

} // namespace ui
