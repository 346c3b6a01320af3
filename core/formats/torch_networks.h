// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/limits.h"
#include "core/formats/stored_network.h"
#include "core/formats/torch_content.h"

#include <vector>

namespace core
{

/// The state_dicts and whole modules in what torch.save saved, wherever they are in it. Throws
/// Error(Input) where there is none, saying what there is.
std::vector<StoredNetwork> findNetworks(const TorchContent& torch, MemoryBudget& budget);

} // namespace core
