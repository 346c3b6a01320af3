// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/layout_hints.h"

#include <optional>
#include <vector>

namespace core
{

/// What a state_dict leaves open about one convolution.
struct ConvolutionPlan {
    int stride = 1;
    int padding = 0;
    int dilation = 1;
    std::optional<Pool> poolBefore; ///< of the first one only
    std::optional<Pool> poolAfter;
    bool operator==(const ConvolutionPlan&) const = default;
};

/// One way to fill in everything that a chain of tensors doesn't say.
struct LayoutPlan {
    std::vector<ConvolutionPlan> convolutions;
    std::optional<Pool> globalPool; ///< behind the last convolution
    Activation activation;          ///< where there is no PReLU with slopes of its own
    std::vector<bool> activated;    ///< for each weight layer
    bool poolFirst = false;         ///< pools stand before the activation functions
    bool normLast = false;          ///< batch norms stand behind the activation functions
    InputSpec input;
    double geometry = 0;     ///< the part of `plausibility` that strides, paddings and pools have
    double plausibility = 0; ///< logarithm, larger is likelier; only differences mean something
    bool operator==(const LayoutPlan&) const = default;
};

/// The layers of the plan. Absent where they don't fit together.
std::optional<Architecture> makeArchitecture(const LayoutPlan& plan, const LayerChain& chain,
                                             const LayoutHints& hints);

/// Strides, paddings and pools that bring 28x28 pixels to what the first linear layer reads, or the
/// last convolution to one value a class; the most plausible first, at most `most`.
std::vector<LayoutPlan> enumerateGeometries(const LayerChain& chain, const LayoutHints& hints,
                                            std::size_t most);

} // namespace core
