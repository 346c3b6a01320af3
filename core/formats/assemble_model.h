// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/layer_chain.h"
#include "core/formats/stored_network.h"
#include "core/model/model.h"

namespace core
{

/// Puts the file's tensors, under the names that they have there, into a model of this
/// architecture. Precondition: fitsTensors(architecture, chain).
Model assembleModel(const StoredNetwork& network, const LayerChain& chain,
                    const Architecture& architecture);

/// The tensors themselves, as the architecture's flat vector.
Parameters assembleParameters(const StoredNetwork& network, const LayerChain& chain,
                              const Architecture& architecture);

} // namespace core
