// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/layer_chain.h"
#include "core/formats/stored_network.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace core
{

/// What is known of a layout before it is inferred: nothing for a state_dict; hyper-parameters, but
/// not the order of things done by functions, for a whole module.
struct LayoutHints {
    std::map<std::string, Convolution> convolutions; ///< by path, complete
    std::vector<Pool> pools;                         ///< the pooling modules, in order
    std::vector<Activation> activations;             ///< the activation modules, in order
    std::map<std::string, double> epsilons;          ///< of batch norms, by path
};

struct ModuleLayout {
    std::optional<Architecture> certain; ///< where the modules leave nothing open
    LayoutHints hints;
    std::vector<std::string> notes;
};

/// Reads the layers off a whole network's modules. Certain where they are a Sequential, or stand in
/// an order whose shapes fit and in which every layer has its activation function. Throws
/// Error(Input) naming modules that we can't run.
ModuleLayout layoutOfModules(const StoredNetwork& network, const LayerChain& chain);

/// Whether the tensors of the chain are those of the architecture, in order.
bool fitsTensors(const Architecture& architecture, const LayerChain& chain);

} // namespace core
